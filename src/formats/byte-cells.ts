import { roundedQuotient } from "./rounded-quotient.js";

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Below this every whole number is a double (IEEE 754). */
const WHOLE_MAX = 2 ** 53;
/** Powers of ten up to here are doubles too, so that dividing by one rounds once, as `Number` does. */
const PLACES_MAX = 22;
/** 1, 10, 100 and so on. */
export const POWERS = Float64Array.from({ length: PLACES_MAX + 1 }, (_, i) => 10 ** i);
/** So many digits are read as a whole number of 32 bits, and so many behind them as another. */
export const HALF_DIGITS = 9;

/**
 * A plain decimal number, "-12.5" and the like, exactly as `Number` reads it.
 *
 * @returns NaN for what is empty, or in any other form, or has more digits than can be read so: `Number` may know it
 */
export function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const isNegative = at > start;
  const first = at;
  let digits = 0;
  let high = 0;
  let low = 0;
  let point = -1;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (digits++ < HALF_DIGITS) high = high * 10 + digit;
      else low = low * 10 + digit;
    } else if (digit === POINT - ZERO && point < 0 && at > first) point = at;
    else return Number.NaN;
  }
  const places = point < 0 ? 0 : at - point - 1;
  if (at === first || (point >= 0 && places === 0)) return Number.NaN;
  const size =
    digits < HALF_DIGITS ? high / POWERS[places]! : longNumber(high, low, digits, places);
  return isNegative ? -size : size;
}

/**
 * A number of nine digits or more.
 *
 * @param high the first nine digits
 * @param low those behind them, up to nine
 * @param places how many of all stand behind the point
 * @returns NaN for one of more than eighteen digits, and for the few that cannot be rounded for sure
 */
export function longNumber(high: number, low: number, digits: number, places: number): number {
  if (digits > 2 * HALF_DIGITS) return Number.NaN;
  // Nine digits and up to nine zeros: at most 30 bits and 21 more before those zeros, so exact.
  const upper = high * POWERS[digits - HALF_DIGITS]!;
  const whole = upper + low;
  if (places === 0) return whole;
  return whole < WHOLE_MAX ? whole / POWERS[places]! : roundedQuotient(upper, low, POWERS[places]!);
}

/** @returns the value of six hex digits; -1 for anything else */
export function sixHexDigits(bytes: Uint8Array, start: number, end: number): number {
  return end - start === 6 ? hexDigits(bytes, start, end) : -1;
}

/** @returns the value of 1 to 6 hex digits; -1 for anything else */
export function hexDigits(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > 6) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const lower = byte | 32;
    const digit =
      byte >= 48 && byte <= 57 ? byte - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** "2019-01-23T23:41:07" */
const ISO_LENGTH = 19;
const DATE_LENGTH = 10;

/** Reads dates with times, and remembers the last day: rows of one follow one another. */
export class IsoTimes {
  #day = Number.NaN;
  #dayMs = Number.NaN;
  /** Of the last one read: whether it said that it is UTC, by a Z. */
  isZulu = false;

  /**
   * "2019-01-23T23:41:07Z", with a space for the T, with a fraction, or without the Z: taken as if it were UTC. Digits beyond
   * milliseconds are dropped.
   *
   * @returns milliseconds since 1970; NaN for anything else, which may be a time in another form
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    const between = bytes[start + DATE_LENGTH]!;
    if (end - start < ISO_LENGTH || (between !== 84 && between !== 32)) return Number.NaN;
    const dayMs = this.#dayMsOf(dateNumber(bytes, start));
    this.isZulu = bytes[end - 1] === 90;
    const timeEnd = this.isZulu ? end - 1 : end;
    return dayMs + clockMs(bytes, start + DATE_LENGTH + 1, timeEnd);
  }

  #dayMsOf(day: number): number {
    if (day !== this.#day) {
      this.#day = day;
      this.#dayMs = dayMsOf(day);
    }
    return this.#dayMs;
  }
}

/** "2019-01-23" as 20190123; NaN for what is no date in that form. */
function dateNumber(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return Number.NaN;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  return year * 10_000 + twoDigits(bytes, at + 5) * 100 + twoDigits(bytes, at + 8);
}

/**
 * @param number 20190123
 * @returns the start of that day; NaN for a day that does not exist
 */
export function dayMsOf(number: number): number {
  const day = number % 100;
  const month = Math.floor(number / 100) % 100;
  const year = Math.floor(number / 10_000);
  // What `Date.UTC` would take for a year of the last century.
  if (!(year >= 100)) return Number.NaN;
  const dayMs = Date.UTC(year, month - 1, day);
  const made = new Date(dayMs);
  // The 30th of February would become a day in March.
  return made.getUTCDate() === day && made.getUTCMonth() === month - 1 ? dayMs : Number.NaN;
}

/** "11:33:40", or with a fraction, of which three digits count. */
function clockMs(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start + 2] !== 58 || bytes[start + 5] !== 58) return Number.NaN;
  const hour = twoDigits(bytes, start);
  const minute = twoDigits(bytes, start + 3);
  const second = twoDigits(bytes, start + 6);
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
  const wholeMs = ((hour * 60 + minute) * 60 + second) * 1000;
  if (end === start + 8) return wholeMs;
  if (bytes[start + 8] !== POINT || end === start + 9) return Number.NaN;
  let partMs = 0;
  let scale = 100;
  for (let at = start + 9; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    if (scale >= 1) partMs += digit * scale;
    scale /= 10;
  }
  return wholeMs + partMs;
}

/** @returns 0 to 99; NaN where two digits do not stand */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
