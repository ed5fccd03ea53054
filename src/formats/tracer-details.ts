import { plainNumber } from "./byte-cells.js";
import { lettersOf } from "./csv-row.js";
import { HeldCell } from "./held-cell.js";
import { parseSquawk } from "./text.js";

/** What the object in a cell `details` says, as far as it is read. */
export interface TracerDetails {
  readonly rateFpm: number;
  readonly callsign: string | undefined;
  readonly squawk: number | undefined;
}

/** What no details say. */
export const NO_DETAILS: TracerDetails = {
  rateFpm: Number.NaN,
  callsign: undefined,
  squawk: undefined,
};

/**
 * Reads an object as Python prints one, `{'flight': 'SWA3512 ', 'baro_rate': 1408}`.
 *
 * @param text in which quotes that a table writes twice stand once
 */
export function detailsOf(text: string): TracerDetails {
  return {
    rateFpm: Number(firstOf(RATE.exec(text)) ?? Number.NaN),
    callsign: firstOf(CALLSIGN.exec(text)),
    squawk: parseSquawk(firstOf(SQUAWK.exec(text))),
  };
}

/** The text in quotes, or the number. */
function firstOf(match: RegExpExecArray | null): string | undefined {
  return match?.[1] || match?.[2] || undefined;
}

function inDetails(name: string): RegExp {
  return new RegExp(`'${name}': (?:'([^']*)'|(-?[\\d.]+))`);
}

const RATE = inDetails("baro_rate");
const CALLSIGN = inDetails("flight");
const SQUAWK = inDetails("squawk");

const SPACE = 32;
const APOSTROPHE = 39;
const COLON = 58;
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const RATE_NAME = bytesOf("'baro_rate'");
const CALLSIGN_NAME = bytesOf("'flight'");
const SQUAWK_NAME = bytesOf("'squawk'");

/** Reads details as `detailsOf` does, straight from their bytes; gives up where a value is not of the usual kind. */
export class QuickDetails {
  readonly #callsign = new HeldCell<string | undefined>(undefined);
  readonly #squawk = new HeldCell<number | undefined>(undefined);
  rateFpm = Number.NaN;
  callsign: string | undefined;
  squawk: number | undefined;

  /** Writes what the bytes say. @returns false where only `detailsOf` knows */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    let rate = -1;
    let callsign = -1;
    let squawk = -1;
    // Every second byte is enough: before the colon behind a name stands an apostrophe.
    for (let second = start + 1; second < end; second += 2) {
      const isColon = bytes[second] === COLON;
      if (!isColon && bytes[second] !== APOSTROPHE) continue;
      const at = isColon ? second : second + 1;
      if (at >= end || bytes[at] !== COLON) continue;
      if (rate < 0 && endsWith(bytes, start, at, RATE_NAME)) rate = at + 2;
      else if (callsign < 0 && endsWith(bytes, start, at, CALLSIGN_NAME)) callsign = at + 2;
      else if (squawk < 0 && endsWith(bytes, start, at, SQUAWK_NAME)) squawk = at + 2;
    }
    const callsignEnd = quotedEnd(bytes, callsign, end);
    const squawkEnd = quotedEnd(bytes, squawk, end);
    this.rateFpm = rate < 0 ? Number.NaN : plainNumber(bytes, rate, numberEnd(bytes, rate, end));
    if (callsignEnd < 0 || squawkEnd < 0 || (rate >= 0 && Number.isNaN(this.rateFpm))) return false;
    this.callsign = callsign < 0 ? undefined : this.#callsignIn(bytes, callsign + 1, callsignEnd);
    this.squawk = squawk < 0 ? undefined : this.#squawkIn(bytes, squawk + 1, squawkEnd);
    return true;
  }

  #callsignIn(bytes: Uint8Array, start: number, end: number): string | undefined {
    const held = this.#callsign;
    if (held.isSame(bytes, start, end)) return held.value;
    return held.hold(bytes, start, end, lettersOf(bytes, start, end) || undefined);
  }

  #squawkIn(bytes: Uint8Array, start: number, end: number): number | undefined {
    const held = this.#squawk;
    if (held.isSame(bytes, start, end)) return held.value;
    return held.hold(bytes, start, end, parseSquawk(lettersOf(bytes, start, end)));
  }
}

/** @returns whether a name in apostrophes stands before a colon, and a space behind it */
function endsWith(bytes: Uint8Array, first: number, colon: number, name: Uint8Array): boolean {
  const start = colon - name.length;
  if (start < first || bytes[colon + 1] !== SPACE) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name[i]) return false;
  return true;
}

/** @returns the place of the apostrophe that closes a text, 0 where none is looked for, -1 where there is none */
function quotedEnd(bytes: Uint8Array, start: number, end: number): number {
  if (start < 0) return 0;
  if (bytes[start] !== APOSTROPHE) return -1;
  for (let at = start + 1; at < end; at++) if (bytes[at] === APOSTROPHE) return at;
  return -1;
}

/** @returns the place behind a number of digits, signs and points */
function numberEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= 45 && bytes[at]! <= 57 && bytes[at] !== 47) at++;
  return at;
}
