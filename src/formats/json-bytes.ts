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

/**
 * Reads numbers and nulls with commas between them, each into its own cell, null as NaN. The same as `scanNumber` for each,
 * all in one loop: a call for each number costs as much as reading it.
 *
 * @param cells where they go, from `first` on, to its end at most
 * @returns the place behind the last one that the list or the cells have room for, or -1
 */
export function scanNumbers(
  bytes: Uint8Array,
  start: number,
  cells: Float64Array,
  first: number,
): number {
  let at = start;
  for (let cell = first; ; cell++) {
    const begin = at;
    let byte = bytes[at]!;
    const isNegative = byte === MINUS;
    if (isNegative) byte = bytes[++at]!;
    if (isDigit(byte)) {
      const whole = at;
      let value = byte - ZERO;
      for (byte = bytes[++at]!; isDigit(byte); byte = bytes[++at]!)
        value = (Math.imul(value, 10) + byte - ZERO) | 0;
      let digitCount = at - whole;
      let magnitude = value;
      const isUsual = digitCount === 1 || bytes[whole] !== ZERO;
      if (byte === DOT) {
        const point = at;
        for (byte = bytes[++at]!; isDigit(byte); byte = bytes[++at]!)
          value = (Math.imul(value, 10) + byte - ZERO) | 0;
        const places = at - point - 1;
        digitCount = places === 0 ? INTEGER_DIGITS + 1 : digitCount + places;
        magnitude = value / POWERS_OF_TEN[places]!;
      }
      if (digitCount > INTEGER_DIGITS || !isUsual || (byte | SPACE) === LETTER_E) {
        at = scanRareNumber(bytes, begin, cells, cell);
        if (at < 0) return -1;
      } else cells[cell] = isNegative ? -magnitude : magnitude;
    } else {
      at = isNegative ? -1 : skipNull(bytes, at);
      if (at < 0) return -1;
      cells[cell] = Number.NaN;
    }
    if (bytes[at] !== COMMA || cell + 1 === cells.length) return at;
    at++;
  }
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

// Text is compared eight bytes at a time, as numbers nobody looks at. Numbers that compare equal have the same bytes, but
// for 0 and -0, which need seven zero bytes; what is no number compares as different, and the caller looks closer.

/**
 * @param b start of text that holds no zero byte
 * @param most to compare; neither stretch may reach beyond the bytes
 * @returns how many bytes from `a` on are the same as those from `b` on
 */
export function sameLength(view: DataView, a: number, b: number, most: number): number {
  let length = 0;
  while (length + 8 <= most) {
    if (view.getFloat64(a + length, true) !== view.getFloat64(b + length, true)) {
      const first = view.getInt32(a + length, true) ^ view.getInt32(b + length, true);
      if (first !== 0) return length + sameBytes(first);
      const second = view.getInt32(a + length + 4, true) ^ view.getInt32(b + length + 4, true);
      if (second !== 0) return length + 4 + sameBytes(second);
    }
    length += 8;
  }
  while (length < most && view.getInt8(a + length) === view.getInt8(b + length)) length++;
  return length;
}

/** @returns how many of the first bytes are zero in a word that is not, read with its first byte lowest */
function sameBytes(difference: number): number {
  return (31 - Math.clz32(difference & -difference)) >> 3;
}

/**
 * @param b start of text that holds no zero byte
 * @param length eight or more; neither stretch may reach beyond the bytes
 * @returns whether so many bytes from `a` on are those from `b` on; false may also mean that this cannot tell
 */
export function isSame(view: DataView, a: number, b: number, length: number): boolean {
  const last = length - 8;
  for (let i = 0; i < last; i += 8)
    if (view.getFloat64(a + i, true) !== view.getFloat64(b + i, true)) return false;
  return view.getFloat64(a + last, true) === view.getFloat64(b + last, true);
}
