/**
 * Generator of the parity field without its leading bit: 25 bits 1111111111111010000001001.
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.3.3.1.2.
 */
const GENERATOR = 0xfff409;

/** Bytes of a long message before its parity. */
const DATA_BYTES = 11;

/**
 * What each value of each byte adds to the remainder: parity is linear, so every byte can be asked on its own. The last 256 are
 * those of the byte just before the parity, whatever the length.
 */
const TABLE = Uint32Array.from({ length: DATA_BYTES * 256 }, (_, index) => {
  const bytesBehind = DATA_BYTES - (index >> 8);
  let remainder = (index & 0xff) << 16;
  for (let bit = 0; bit < 8 * bytesBehind; bit++)
    remainder = remainder & 0x800000 ? (remainder << 1) ^ GENERATOR : remainder << 1;
  return remainder & 0xffffff;
});

/**
 * What is left of a message's last 24 bits when the parity of the bits before them is taken out: 0 for an undamaged
 * extended squitter, the interrogator's code (up to 0x7f) for an all-call reply, the address for every other reply.
 *
 * @param bytes 7 or 14 bytes
 * @returns 24 bits
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.3.3 (error protection, PI and AP fields).
 */
export function parityRest(bytes: Uint8Array): number {
  const end = bytes.length - 3;
  let rest = (bytes[end]! << 16) | (bytes[end + 1]! << 8) | bytes[end + 2]!;
  for (let i = 0, at = (DATA_BYTES - end) << 8; i < end; i++, at += 256)
    rest ^= TABLE[at + bytes[i]!]!;
  return rest;
}
