/**
 * Bits of a message as the standards number them: from 1, the most significant of the first byte.
 *
 * @param bytes the message
 * @param first number of the first bit
 * @param count 1 to 30
 * @throws RangeError when the bits lie outside the message
 */
export function bitsOf(bytes: Uint8Array, first: number, count: number): number {
  if (first < 1 || first + count - 1 > bytes.length * 8)
    throw new RangeError(`bits ${first}+${count} of ${bytes.length} bytes`);
  let value = 0;
  let left = count;
  let at = first - 1;
  while (left > 0) {
    const inByte = at & 7;
    const taken = Math.min(8 - inByte, left);
    const byte = bytes[at >> 3]!;
    value = (value << taken) | ((byte >> (8 - inByte - taken)) & ((1 << taken) - 1));
    at += taken;
    left -= taken;
  }
  return value;
}
