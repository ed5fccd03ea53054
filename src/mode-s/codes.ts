/**
 * The bits of the 13-bit altitude and identity codes, left to right: C1 A1 C2 A2 C4 A4 X B1 D1 B2 D2 B4 D4. In an altitude
 * code X is M (metres) and D1 is Q (25-foot steps).
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.6.5.4 (AC) and 3.1.2.6.7.1 (ID).
 */
interface PulseDigits {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

function pulseDigits(code13: number): PulseDigits {
  const bit = (fromLeft: number) => (code13 >> (12 - fromLeft)) & 1;
  return {
    a: bit(1) | (bit(3) << 1) | (bit(5) << 2),
    b: bit(7) | (bit(9) << 1) | (bit(11) << 2),
    c: bit(0) | (bit(2) << 1) | (bit(4) << 2),
    d: bit(8) | (bit(10) << 1) | (bit(12) << 2),
  };
}

/**
 * Squawk of a 13-bit identity code.
 *
 * @returns its four octal digits read in decimal, 0 to 7777
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.6.7.1.
 */
export function squawkFromCode(code13: number): number {
  const { a, b, c, d } = pulseDigits(code13);
  return a * 1000 + b * 100 + c * 10 + d;
}

/**
 * Pressure altitude of a 13-bit altitude code.
 *
 * @returns feet; NaN when the code says that it is unknown, is in metres (nobody sends those, and the encoding of the
 *   standard was never completed), or is no code an altimeter gives
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.6.5.4; the 100-foot steps are those of 3.1.1.7.12.2.3 and its appendix.
 */
export function altitudeFtFromCode(code13: number): number {
  const isMetric = (code13 & 0x40) !== 0;
  if (code13 === 0 || isMetric) return Number.NaN;
  const isFine = (code13 & 0x10) !== 0;
  if (!isFine) return gillhamFt(pulseDigits(code13));
  // N is what is left of the code without M and Q.
  const n = ((code13 & 0x1f80) >> 2) | ((code13 & 0x20) >> 1) | (code13 & 0xf);
  return n * 25 - 1000;
}

/**
 * Pressure altitude of the 12-bit code of an airborne position: the 13-bit code without its M bit.
 *
 * Source: RTCA DO-260B, 2.2.3.2.3.4 (altitude encoding).
 */
export function altitudeFtFromShortCode(code12: number): number {
  return altitudeFtFromCode(((code12 & 0xfc0) << 1) | (code12 & 0x3f));
}

/** Steps of 500 ft in a Gray code of D2 D4 A1 A2 A4 B1 B2 B4, in each of them 100 ft in one of C1 C2 C4 there and back. */
function gillhamFt({ a, b, c, d }: PulseDigits): number {
  // D1 is not used below 62,000 ft, and is always zero here: it is Q.
  const gray500 = ((d & 2) << 6) | ((d & 4) << 4) | (reversed3(a) << 3) | reversed3(b);
  const hundreds = HUNDREDS[reversed3(c)]!;
  if (hundreds === 0) return Number.NaN;
  const step500 = fromGray(gray500);
  const step100 = step500 % 2 === 1 ? 6 - hundreds : hundreds;
  return step500 * 500 + step100 * 100 - 1300;
}

/** By C1 C2 C4 as a number: which hundred it is, 0 for none. */
const HUNDREDS = [0, 1, 3, 2, 5, 0, 4, 0] as const;

function reversed3(digit: number): number {
  return ((digit & 1) << 2) | (digit & 2) | (digit >> 2);
}

function fromGray(gray: number): number {
  let value = gray;
  for (let shift = 1; shift < 8; shift <<= 1) value ^= value >> shift;
  return value;
}

const LETTERS = "?ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????";

/**
 * Eight characters of six bits each.
 *
 * @param codeAt gives the code of a character, 0 to 63, by its place from 0
 * @returns without spaces at its ends; "" for an empty one; undefined when a character is none of the standard's
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.9.1.2, table 3-9.
 */
export function callsignFromCodes(codeAt: (place: number) => number): string | undefined {
  let text = "";
  for (let place = 0; place < 8; place++) text += LETTERS[codeAt(place)] ?? "?";
  // An aircraft without a callsign sends zeros.
  if (text === "????????" && codeAt(0) === 0) return "";
  return text.includes("?") ? undefined : text.trim();
}
