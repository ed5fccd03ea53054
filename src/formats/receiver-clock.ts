import { DAY_MS, HOUR_MS, SECOND_MS } from "../units/quantity.js";
import type { ClockKind } from "./terms.js";

// The 48 bits a receiver puts before each frame are one of two:
//
//   12 MHz   ticks since the receiver was switched on, 12 million a second
//   GPS      18 bits: second of the UTC day; 30 bits: nanosecond in it
//
// Neither holds a date. Programs put magic numbers there for frames that no receiver heard at one time.

const TICKS_PER_MS = 12_000;
const GPS_SECOND = 2 ** 30;
const NS_PER_MS = 1e6;
/** "FF 00 M L A T" and its neighbours: positions that were computed, passed on as frames. */
const MAGIC_MLAT = 0xff004d4c4154;
const MAGIC_LAST = 0xff004d4c4158;

/** Frames of one capture do not come more out of order. chosen: buffers of receivers hold less than a second */
const BACK_MS = 30 * SECOND_MS;
/** A longer silence means that the counter began anew, or was damaged. chosen: a receiver that hears nothing so long is off */
const AHEAD_MS = 6 * HOUR_MS;

/** @returns whether a counter is none but a mark of a computed position */
export function marksMlat(counter: number): boolean {
  return counter >= MAGIC_MLAT && counter <= MAGIC_LAST;
}

/** Turns a receiver's counter into moments, from the moment of the first frame on. */
export class ReceiverClock {
  readonly #kind: ClockKind;
  readonly #startMs: number;
  #first = Number.NaN;
  #lastMs = Number.NaN;

  /** @param startMs moment of the first frame; of a GPS clock, within twelve hours of it */
  constructor(kind: ClockKind, startMs: number) {
    this.#kind = kind;
    this.#startMs = startMs;
  }

  /**
   * @param counter 48 bits
   * @returns milliseconds since 1970; of a computed position those of the frame before; NaN for no time, or one that does not
   *   follow on what came before
   */
  readMs(counter: number): number {
    if (marksMlat(counter)) return this.#lastMs;
    // Programs that do not know the time write none.
    if (counter === 0) return Number.NaN;
    const timeMs = this.#kind === "gps" ? this.#gpsMs(counter) : this.#ticksMs(counter);
    const sinceLastMs = timeMs - this.#lastMs;
    // The counter of a receiver that was switched off and on begins anew: what follows has no known moment.
    if (Number.isNaN(timeMs) || sinceLastMs < -BACK_MS || sinceLastMs > AHEAD_MS) return Number.NaN;
    if (!(sinceLastMs < 0)) this.#lastMs = timeMs;
    return Math.round(timeMs);
  }

  #ticksMs(counter: number): number {
    if (Number.isNaN(this.#first)) this.#first = counter;
    return this.#startMs + (counter - this.#first) / TICKS_PER_MS;
  }

  #gpsMs(counter: number): number {
    const second = Math.floor(counter / GPS_SECOND);
    const nanosecond = counter % GPS_SECOND;
    if (second >= DAY_MS / SECOND_MS || nanosecond >= 1e9) return Number.NaN;
    const ofDayMs = second * SECOND_MS + nanosecond / NS_PER_MS;
    // The day that brings it nearest to what came before.
    const nearMs = Number.isNaN(this.#lastMs) ? this.#startMs : this.#lastMs;
    return ofDayMs + Math.round((nearMs - ofDayMs) / DAY_MS) * DAY_MS;
  }
}

/** @returns the 48-bit counter of six bytes, most significant first */
export function counterOf(bytes: Uint8Array, at: number): number {
  let counter = 0;
  for (let i = at; i < at + 6; i++) counter = counter * 256 + bytes[i]!;
  return counter;
}
