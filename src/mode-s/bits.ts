/**
 * Bits of a message as the standards number them: from 1, the most significant of the first byte.
 *
 * @param bytes the message; bits beyond its end are 0
 * @param first number of the first bit
 * @param count 1 to 24
 */
export function bitsOf(bytes: Uint8Array, first: number, count: number): number {
  const at = (first - 1) >> 3;
  const inByte = (first - 1) & 7;
  // Four bytes hold 24 bits wherever they begin. What is read beyond the end counts as 0 in bit operations.
  const window =
    (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  return (window << inByte) >>> (32 - count);
}

/** What comes before ME in an extended squitter: format, capability and address. */
const BEFORE_ME = 32;

/**
 * Bits of ME, the 56 bits an extended squitter carries, numbered from 1 as the standards do.
 *
 * @param bytes the whole message of 14 bytes
 */
export function meBitsOf(bytes: Uint8Array, first: number, count: number): number {
  return bitsOf(bytes, first + BEFORE_ME, count);
}
