import { hexDigits, sixHexDigits } from "./byte-cells.js";

// BaseStation text, one message a line, 22 fields between commas; any of them may be empty:
//
//    0 MSG                       1 type 1-8          2 session   3 aircraft number   4 address, hex   5 number
//    6 date generated            7 time generated    8 date logged                   9 time logged     both LOCAL
//   10 callsign                 11 altitude ft      12 ground speed kt              13 direction deg
//   14 latitude                 15 longitude        16 vertical rate ft/min         17 squawk
//   18 alert                    19 emergency        20 ident (SPI)                  21 on ground: 0, -1 or 1
//
// Types of MSG: 1 callsign, 2 position on the ground, 3 position in the air, 4 velocity, 5 and 7 altitude, 6 squawk, 8 all-call.
// MLAT stands for MSG where positions were computed. SEL, ID, AIR, STA and CLK lines say what a screen showed; ID has a callsign.

export const SBS_FIELDS = 22;
export const FIELD = {
  type: 1,
  address: 4,
  date: 6,
  time: 7,
  callsign: 10,
  altitude: 11,
  groundSpeed: 12,
  direction: 13,
  latitude: 14,
  longitude: 15,
  verticalRate: 16,
  squawk: 17,
  onGround: 21,
} as const;

const COMMA = 44;
const DECODER = new TextDecoder();

/** Where the fields of one line lie; used again for the next line. */
export class SbsFields {
  bytes: Uint8Array = new Uint8Array(0);
  /** Starts of fields; the one after the last is the end of the line and one more. */
  readonly starts = new Int32Array(SBS_FIELDS + 1);
  count = 0;

  /** @returns how many fields the line has; more than 22 are not told apart */
  cut(bytes: Uint8Array, start: number, end: number): number {
    const { starts } = this;
    this.bytes = bytes;
    let count = 1;
    starts[0] = start;
    for (let at = start; at < end; at++) {
      if (bytes[at] !== COMMA) continue;
      if (count > SBS_FIELDS) break;
      starts[count++] = at + 1;
    }
    if (count <= SBS_FIELDS) starts[count] = end + 1;
    this.count = count;
    return count;
  }

  isEmpty(field: number): boolean {
    return this.starts[field + 1]! - this.starts[field]! <= 1;
  }

  /** @returns whether `text(field)` is this text, without making one */
  isText(field: number, text: string): boolean {
    const { bytes, starts } = this;
    const start = starts[field]!;
    const end = starts[field + 1]! - 1;
    if (end - start < text.length) return false;
    for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
    for (let at = start + text.length; at < end; at++) if (bytes[at] !== 32) return false;
    return true;
  }

  /** @returns without spaces at its ends */
  text(field: number): string {
    const { bytes } = this;
    const start = this.starts[field]!;
    const end = this.starts[field + 1]! - 1;
    let text = "";
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte > 127) return DECODER.decode(bytes.subarray(start, end)).trim();
      text += String.fromCharCode(byte);
    }
    return text.trim();
  }
}

/** Digits after the point that a double keeps exactly beside the ones before it. */
const DIGITS_MAX = 15;
const POWERS = Float64Array.from({ length: DIGITS_MAX + 1 }, (_, i) => 10 ** i);

/**
 * A decimal number, exactly as `Number` reads it.
 *
 * @returns NaN for an empty field and for what is no number
 */
export function numberOf(fields: SbsFields, field: number): number {
  const { bytes, starts } = fields;
  let at = starts[field]!;
  const end = starts[field + 1]! - 1;
  const isNegative = bytes[at] === 45;
  if (isNegative) at++;
  if (at >= end) return Number.NaN;
  let value = 0;
  let digits = 0;
  let point = -1;
  for (; at < end; at++) {
    const digit = bytes[at]! - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
    } else if (bytes[at] === 46 && point < 0) point = digits;
    else return Number.NaN;
  }
  if (digits === 0) return Number.NaN;
  if (digits > DIGITS_MAX) return Number(fields.text(field));
  if (point >= 0) value /= POWERS[digits - point]!;
  return isNegative ? -value : value;
}

const TILDE = 126;
/** Marks an address that is no ICAO one in `packedHexOf`. */
export const OTHER_ADDRESS = 1 << 24;

/**
 * An address of 1 to 6 hex digits: some feeds leave zeros before it out.
 *
 * @returns its 24 bits, and OTHER_ADDRESS where a "~" stands before it; -1 for what is none
 */
export function packedHexOf({ bytes, starts }: SbsFields, field: number): number {
  const start = starts[field]!;
  const end = starts[field + 1]! - 1;
  if (bytes[start] !== TILDE) return hexDigits(bytes, start, end);
  const value = sixHexDigits(bytes, start + 1, end);
  return value < 0 ? -1 : OTHER_ADDRESS + value;
}

/** "2019/10/20,11:33:40.310", and three digits more. */
const TIME_LENGTH_MAX = 26;

/** Reads dates and times, and remembers the last day. */
export class LocalTimes {
  #day = Number.NaN;
  #dayMs = Number.NaN;

  /**
   * Date and time as they stand: "2019/10/20" and "11:33:40.310", taken as if they were UTC.
   *
   * @param dateField the time is in the field behind it
   * @returns milliseconds; NaN for what is no date with a time
   */
  read({ bytes, starts }: SbsFields, dateField: number): number {
    const start = starts[dateField]!;
    const timeStart = starts[dateField + 1]!;
    const end = starts[dateField + 2]! - 1;
    if (timeStart - 1 - start !== 10 || end - start > TIME_LENGTH_MAX) return Number.NaN;
    const day = dayNumber(bytes, start);
    if (day !== this.#day) {
      this.#day = day;
      this.#dayMs = dayMsOf(day);
    }
    return this.#dayMs + ofDayMs(bytes, timeStart, end);
  }
}

/** "2019/10/20" as 20191020; NaN for what is no date in that form. */
function dayNumber(bytes: Uint8Array, at: number): number {
  if (!isMark(bytes[at + 4]) || !isMark(bytes[at + 7])) return Number.NaN;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  return year * 10_000 + twoDigits(bytes, at + 5) * 100 + twoDigits(bytes, at + 8);
}

function dayMsOf(number: number): number {
  const day = number % 100;
  const month = Math.floor(number / 100) % 100;
  const dayMs = Date.UTC(Math.floor(number / 10_000), month - 1, day);
  const made = new Date(dayMs);
  // The 30th of February would become a day in March.
  return made.getUTCDate() === day && made.getUTCMonth() === month - 1 ? dayMs : Number.NaN;
}

/** "11:33:40.310", "11:33:40" or more digits; what is beyond milliseconds is dropped. */
function ofDayMs(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 8 || bytes[start + 2] !== 58 || bytes[start + 5] !== 58) return Number.NaN;
  const hour = twoDigits(bytes, start);
  const minute = twoDigits(bytes, start + 3);
  const second = twoDigits(bytes, start + 6);
  if (!(hour < 24 && minute < 60 && second < 61)) return Number.NaN;
  let partMs = 0;
  if (length > 8) {
    if (bytes[start + 8] !== 46) return Number.NaN;
    let scale = 100;
    for (let at = start + 9; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (!(digit >= 0 && digit <= 9)) return Number.NaN;
      partMs += digit * Math.floor(scale);
      scale /= 10;
    }
  }
  return ((hour * 60 + minute) * 60 + second) * 1000 + partMs;
}

/** A slash or a hyphen. */
function isMark(byte: number | undefined): boolean {
  return byte === 47 || byte === 45;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
