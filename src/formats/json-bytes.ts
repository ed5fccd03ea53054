// Pieces of JSON read from bytes. Each function takes the place where its piece starts and returns the place behind it,
// or -1 when it is no valid JSON or something these readers leave to `JSON.parse`: a backslash, a number over 15 digits
// that is none, a list in a list. A place outside the bytes reads as undefined, which fails every comparison below; so
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

/** A whole number below 2^53 divided by a power of ten up to 22 is the double nearest to the text: both are exact. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);
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
  let value = byte - ZERO;
  if (!(value >= 0 && value <= 9)) return -1;
  const startsWithZero = value === 0;
  byte = bytes[++at]!;
  for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
    value = value * 10 + digit;
    byte = bytes[++at]!;
  }
  let digitCount = at - first;
  if (startsWithZero && digitCount > 1) return -1;
  if (byte === DOT) {
    const point = at;
    byte = bytes[++at]!;
    for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
      value = value * 10 + digit;
      byte = bytes[++at]!;
    }
    const places = at - point - 1;
    if (places === 0) return -1;
    digitCount += places;
    if (digitCount <= EXACT_DIGITS) value /= POWERS_OF_TEN[places]!;
  }
  // "e" or "E".
  if (digitCount > EXACT_DIGITS || (byte | SPACE) === LETTER_E)
    return scanRareNumber(bytes, start, column, index);
  column[index] = isNegative ? -value : value;
  return at;
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

/** @returns how many bytes from `a` on are the same as those from `b` on, `most` at most */
export function sameLength(view: DataView, a: number, b: number, most: number): number {
  const end = Math.min(most, view.byteLength - Math.max(a, b));
  let length = 0;
  while (length + 4 <= end && view.getInt32(a + length) === view.getInt32(b + length)) length += 4;
  while (length < end && view.getInt8(a + length) === view.getInt8(b + length)) length++;
  return length;
}
