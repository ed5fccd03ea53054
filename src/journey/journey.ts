import type { Address } from "../aircraft/address.js";
import type { Movement } from "../movement/movement.js";
import type { Airport } from "../place/airport.js";
import type { Gap } from "../track/gap.js";
import { HOUR_MS } from "../units/quantity.js";

/**
 * A landing and the next take-off at one place. The first stop of a journey may lack its landing and the last one
 * its take-off: the aircraft came from, or went to, where nobody heard it.
 */
export interface Stop {
  /**
   * Set when this is no stop but an open end: the aircraft was first ("before") or last ("after") heard in the air
   * here, and the data does not say where it came from or went to.
   */
  readonly openEnd?: "before" | "after" | undefined;
  /** Undefined when no single airport may be named. */
  readonly airport?: Airport | undefined;
  readonly landing?: Movement | undefined;
  readonly takeoff?: Movement | undefined;
  /** "seen" when a movement here was seen, "inferred" when each was inferred. */
  readonly evidence: "seen" | "inferred";
  readonly latDeg: number;
  readonly lonDeg: number;
  /** IANA name, undefined when unknown. */
  readonly timeZone?: string | undefined;
}

/** From one stop to the next. */
export interface Leg {
  readonly from: Stop;
  readonly to: Stop;
  /** Best estimates; NaN where neither a movement nor a contact bounds it. */
  readonly departureMs: number;
  readonly arrivalMs: number;
  /** Geodesic length between the two places, metres; NaN when a place is unknown. */
  readonly distanceM: number;
  /** Every gap that lies (partly) inside the leg, in time order. */
  readonly gaps: readonly Gap[];
  readonly largestGapMs: number;
  /** Share of the leg's time in contact, 0..1; NaN when times are unknown. */
  readonly seenShare: number;
}

/** Legs in a row by one aircraft whose stops are shorter than a limit. */
export interface Journey {
  readonly address: Address;
  readonly stops: readonly Stop[];
  readonly legs: readonly Leg[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly simulated: boolean;
}

/** An estimate inside an interval wider than this is no time to print or to reckon with. chosen: docs/method.md */
export const TIMED_MAX_MS = 3 * HOUR_MS;

/** True when a movement's time is known well enough to be given as one. */
export function isTimed(movement: Pick<Movement, "timeFromMs" | "timeToMs">): boolean {
  return movement.timeToMs - movement.timeFromMs <= TIMED_MAX_MS;
}

/** @returns the time of a movement, NaN when there is none or it is known only to lie in a wide interval */
export function timedMs(movement: Movement | undefined): number {
  return movement && isTimed(movement) ? movement.timeMs : Number.NaN;
}
