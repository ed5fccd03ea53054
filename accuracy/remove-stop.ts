import { GROUND_YES, type Track } from "../src/track/track.js";
import { HOUR_MS } from "../src/units/quantity.js";
import type { Case, Truth } from "./case.js";
import type { Trial } from "./evaluate.js";
import { keepPoints, removeBetween } from "./thin.js";

/** Up to which height the aircraft is heard before the stop, and from which height after it. */
export interface StopCut {
  readonly lostAboveFt: number;
  readonly backAboveFt: number;
}

/** A landing and the take-off after it, at the same place. */
export interface Stop {
  readonly landing: Truth;
  readonly takeoff: Truth;
}

/** With less than this the far end is no flight any more. */
const LEAST_POINTS = 5;
const LOOK_MS = 2 * HOUR_MS;
/** What lies further off says little of this stop, and a month of it would be read again for each. */
const AROUND_MS = 36 * HOUR_MS;

/** @returns the stops of a case: a landing, then a take-off from the same airport */
export function stopsOf(each: Case): Stop[] {
  return each.truths.flatMap((landing, at) => {
    const takeoff = each.truths[at + 1];
    return takeoff &&
      landing.kind === "landing" &&
      takeoff.kind === "takeoff" &&
      landing.airport &&
      landing.airport === takeoff.airport
      ? [{ landing, takeoff }]
      : [];
  });
}

/**
 * Cuts one whole stop out of a track: everything from the last fix above a height before it to the first fix above a
 * height after it.
 *
 * @returns undefined when the track never was so high on either side, or nearly nothing would remain
 */
export function withoutStop(each: Case, stop: Stop, cut: StopCut): Trial | undefined {
  const { track } = each;
  const elevationFt = stop.landing.airport!.elevationFt || 0;
  const fromMs = lastAbove(track, stop.landing.timeMs, elevationFt + cut.lostAboveFt);
  const toMs = firstAbove(track, stop.takeoff.timeMs, elevationFt + cut.backAboveFt);
  if (fromMs === undefined || toMs === undefined) return undefined;
  const around = keepPoints(
    track,
    (i) => track.timeMs[i]! > fromMs - AROUND_MS && track.timeMs[i]! < toMs + AROUND_MS,
  );
  const thinned = removeBetween(around, [{ fromMs, toMs }]);
  const before = thinned.timeMs.filter((timeMs) => timeMs <= fromMs).length;
  if (before < LEAST_POINTS || thinned.length - before < LEAST_POINTS) return undefined;
  return { each, track: thinned, asked: [stop.landing, stop.takeoff] };
}

function isAbove(track: Track, i: number, altitudeFt: number): boolean {
  return track.ground[i] !== GROUND_YES && track.altitudeFt[i]! >= altitudeFt;
}

function lastAbove(track: Track, beforeMs: number, altitudeFt: number): number | undefined {
  for (let i = track.length - 1; i >= 0; i--) {
    if (track.timeMs[i]! >= beforeMs) continue;
    if (beforeMs - track.timeMs[i]! > LOOK_MS) return undefined;
    if (isAbove(track, i, altitudeFt)) return track.timeMs[i]!;
  }
  return undefined;
}

function firstAbove(track: Track, afterMs: number, altitudeFt: number): number | undefined {
  for (let i = 0; i < track.length; i++) {
    if (track.timeMs[i]! <= afterMs) continue;
    if (track.timeMs[i]! - afterMs > LOOK_MS) return undefined;
    if (isAbove(track, i, altitudeFt)) return track.timeMs[i]!;
  }
  return undefined;
}
