/**
 * Generator of the parity field without its leading bit: 25 bits 1111111111111010000001001.
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.3.3.1.2.
 */
const GENERATOR = 0xfff409;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 16;
  for (let bit = 0; bit < 8; bit++)
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
  const { length } = bytes;
  let remainder = 0;
  for (let i = 0; i < length - 3; i++)
    remainder = ((remainder << 8) & 0xffffff) ^ TABLE[(remainder >> 16) ^ bytes[i]!]!;
  const sent = (bytes[length - 3]! << 16) | (bytes[length - 2]! << 8) | bytes[length - 1]!;
  return remainder ^ sent;
}
