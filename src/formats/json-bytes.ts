// Pieces of JSON read from bytes. Each function takes the place where its piece starts and returns the place behind it,
// or -1 when it is no valid JSON or something these readers leave to `JSON.parse`: a backslash, a number that is not
// finite, a list in a list. A place outside the bytes reads as undefined, which fails every comparison below; so
// does the place -1, and a failed piece needs no check of its own before the next delimiter is compared.

export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
const BACKSLASH = 92;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const SPACE = 32;
const LETTER_A = 97;
const LETTER_E = 101;
const LETTER_F = 102;
const LETTER_L = 108;
const LETTER_N = 110;
const LETTER_R = 114;
const LETTER_S = 115;
const LETTER_T = 116;
const LETTER_U = 117;

/**
 * A whole number below 2^53 divided by a power of ten up to 22 is the double nearest to the text, as both are exact. Up to
 * nine digits it also fits a 32-bit integer, which is what the loops below count in.
 */
const INTEGER_DIGITS = 9;
const POWERS_OF_TEN = Float64Array.from({ length: INTEGER_DIGITS + 1 }, (_, i) => 10 ** i);
/** Texts of numbers longer than this are left to `JSON.parse`. */
const NUMBER_BYTES_MAX = 64;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** @returns the first place from `start` on that is no white space */
export function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (byte !== SPACE && byte !== 10 && byte !== 13 && byte !== 9) return at;
    at++;
  }
}

/**
 * Reads a number into a place of a column: the very double that `JSON.parse` gives.
 *
 * @returns the place behind it; -1 when it is no number, or none that is finite
 */
export function scanNumber(
  bytes: Uint8Array,
  start: number,
  column: Float64Array,
  index: number,
): number {
  let at = start;
  let byte = bytes[at]!;
  const isNegative = byte === MINUS;
  if (isNegative) byte = bytes[++at]!;
  const first = at;
  let value = (byte - ZERO) | 0;
  if (!(byte >= ZERO && value <= 9)) return -1;
  if (value === 0) byte = bytes[++at]!;
  else {
    for (byte = bytes[++at]!; isDigit(byte); byte = bytes[++at]!)
      value = (Math.imul(value, 10) + byte - ZERO) | 0;
  }
  let digitCount = at - first;
  let places = 0;
  if (byte === DOT) {
    const point = at;
    for (byte = bytes[++at]!; isDigit(byte); byte = bytes[++at]!)
      value = (Math.imul(value, 10) + byte - ZERO) | 0;
    places = at - point - 1;
    if (places === 0) return -1;
    digitCount += places;
  } else if (isDigit(byte)) return -1;
  // "e" or "E".
  if (digitCount > INTEGER_DIGITS || (byte | SPACE) === LETTER_E)
    return scanRareNumber(bytes, start, column, index);
  const magnitude = places === 0 ? value : value / POWERS_OF_TEN[places]!;
  column[index] = isNegative ? -magnitude : magnitude;
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** `scanMicro` leaves a number to `scanNumber`. */
export const NOT_MICRO = -2;
const PLACES = 6;
/** A sign, three digits, the point, six digits, the comma behind. */
const MICRO_BYTES = 12;
const FOUR_ZEROS = 0x30303030;
const FOUR_SIXES = 0x06060606;
const HIGH_HALVES = 0xf0f0f0f0 | 0;

/**
 * Reads a number of up to three digits before the point and six behind, as positions are written: six digits are taken as
 * words of four and of two. Anything else goes to `scanNumber`.
 *
 * @param view of the same bytes
 */
export function scanMicro(
  view: DataView,
  start: number,
  column: Float64Array,
  index: number,
): number {
  if (start + MICRO_BYTES > view.byteLength) return NOT_MICRO;
  const isNegative = view.getUint8(start) === MINUS;
  const first = isNegative ? start + 1 : start;
  let whole = (view.getUint8(first) ^ ZERO) | 0;
  if (whole > 9) return NOT_MICRO;
  let at = first + 1;
  let byte = view.getUint8(at);
  if (byte !== DOT) {
    if (!isDigit(byte) || whole === 0) return NOT_MICRO;
    whole = Math.imul(whole, 10) + byte - ZERO;
    byte = view.getUint8(++at);
    if (byte !== DOT) {
      if (!isDigit(byte)) return NOT_MICRO;
      whole = Math.imul(whole, 10) + byte - ZERO;
      if (view.getUint8(++at) !== DOT) return NOT_MICRO;
    }
  }
  const four = view.getInt32(at + 1, true) ^ FOUR_ZEROS;
  const two = view.getUint16(at + 5, true) ^ (FOUR_ZEROS & 0xffff);
  const odd = ((four + FOUR_SIXES) | four | (two + (FOUR_SIXES & 0xffff)) | two) & HIGH_HALVES;
  if (odd !== 0 || view.getUint8(at + 7) !== COMMA) return NOT_MICRO;
  // Tens and ones of each pair, the first digit in the lowest byte.
  const pairs = Math.imul(four, 10) + (four >>> 8);
  const places =
    (Math.imul(pairs & 0xff, 10_000) +
      Math.imul((pairs >>> 16) & 0xff, 100) +
      Math.imul(two & 0xff, 10) +
      (two >>> 8)) |
    0;
  const magnitude = (Math.imul(whole, 1_000_000) + places) / POWERS_OF_TEN[PLACES]!;
  column[index] = isNegative ? -magnitude : magnitude;
  return at + 7;
}

function scanRareNumber(
  bytes: Uint8Array,
  start: number,
  column: Float64Array,
  index: number,
): number {
  let end = start;
  let text = "";
  for (; end - start < NUMBER_BYTES_MAX; end++) {
    const letter = String.fromCharCode(bytes[end] ?? 0);
    if (!/[-+.0-9eE]/.test(letter)) break;
    text += letter;
  }
  if (end - start === NUMBER_BYTES_MAX || !NUMBER.test(text)) return -1;
  const value = Number(text);
  if (!Number.isFinite(value)) return -1;
  column[index] = value;
  return end;
}

/** `scanNumber`, and null as NaN. */
export function scanNumberOrNull(
  bytes: Uint8Array,
  start: number,
  column: Float64Array,
  index: number,
): number {
  if (bytes[start] !== LETTER_N) return scanNumber(bytes, start, column, index);
  column[index] = Number.NaN;
  return skipNull(bytes, start);
}

/** @returns the place behind `null`, or -1 */
export function skipNull(bytes: Uint8Array, at: number): number {
  return bytes[at] === LETTER_N &&
    bytes[at + 1] === LETTER_U &&
    bytes[at + 2] === LETTER_L &&
    bytes[at + 3] === LETTER_L
    ? at + 4
    : -1;
}

/** @returns the place behind a string's closing quote; -1 when it is none, or has a backslash or control character */
export function skipString(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== QUOTE) return -1;
  for (let at = start + 1; ; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (!(byte >= SPACE) || byte === BACKSLASH) return -1;
  }
}

const skipped = new Float64Array(1);

/** @returns the place behind a string, number, true, false or null, or -1 */
export function skipScalar(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case QUOTE:
      return skipString(bytes, at);
    case LETTER_N:
      return skipNull(bytes, at);
    case LETTER_T:
      return bytes[at + 1] === LETTER_R && bytes[at + 2] === LETTER_U && bytes[at + 3] === LETTER_E
        ? at + 4
        : -1;
    case LETTER_F:
      return bytes[at + 1] === LETTER_A &&
        bytes[at + 2] === LETTER_L &&
        bytes[at + 3] === LETTER_S &&
        bytes[at + 4] === LETTER_E
        ? at + 5
        : -1;
    default:
      return scanNumber(bytes, at, skipped, 0);
  }
}

/** @returns the place behind a scalar or a list of scalars written without spaces, or -1 */
export function skipValue(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== OPEN_BRACKET) return skipScalar(bytes, start);
  if (bytes[start + 1] === CLOSE_BRACKET) return start + 2;
  let at = skipScalar(bytes, start + 1);
  while (bytes[at] === COMMA) at = skipScalar(bytes, at + 1);
  return bytes[at] === CLOSE_BRACKET ? at + 1 : -1;
}

/**
 * @param b start of text that holds no zero byte; with one, two words might differ and yet be equal as numbers
 * @returns how many bytes from `a` on are the same as those from `b` on, `most` at most
 */
export function sameLength(view: DataView, a: number, b: number, most: number): number {
  const end = Math.min(most, view.byteLength - Math.max(a, b));
  let length = 0;
  // Eight bytes at a time, as numbers nobody looks at: what compares equal is equal, what is no number is looked at below.
  while (length + 8 <= end && view.getFloat64(a + length) === view.getFloat64(b + length))
    length += 8;
  if (length + 4 <= end && view.getInt32(a + length) === view.getInt32(b + length)) length += 4;
  while (length < end && view.getInt8(a + length) === view.getInt8(b + length)) length++;
  return length;
}
