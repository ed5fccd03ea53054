import { sphereDistanceM } from "../src/geo/sphere.js";
import { selectPoints } from "../src/track/builder.js";
import { GROUND_UNKNOWN, GROUND_YES, type Track } from "../src/track/track.js";
import { METRES_PER_NM } from "../src/units/quantity.js";
import type { Truth, TruthKind } from "./case.js";

/** Low points this far from an airport belong to another one. */
const AROUND_M = 60 * METRES_PER_NM;

/** Keeps the points for which `keep` holds. */
export function keepPoints(track: Track, keep: (index: number) => boolean): Track {
  const kept: number[] = [];
  for (let i = 0; i < track.length; i++) if (keep(i)) kept.push(i);
  return selectPoints(track, Uint32Array.from(kept));
}

/** A track of its own columns, so that a column may be changed. */
export function copyOf(track: Track): Track {
  return keepPoints(track, () => true);
}

/** Height above an airport below which nothing is heard, at which ends. */
export interface Floor {
  readonly heightFt: number;
  readonly ends: "landing" | "takeoff" | "both";
}

/**
 * Removes everything low around known landings and take-offs, as if no receiver stood near: each end reaches half way
 * to the next one in time.
 *
 * @param truths all known ends of the track, oldest first; those without an airport are left alone
 */
export function removeBelow(track: Track, truths: readonly Truth[], floor: Floor): Track {
  const removed = new Uint8Array(track.length);
  truths.forEach((truth, at) => {
    if (!truth.airport || (floor.ends !== "both" && floor.ends !== truth.kind)) return;
    markLow(track, removed, {
      truth,
      fromMs: middleMs(truths[at - 1], truth, Number.NEGATIVE_INFINITY),
      toMs: middleMs(truth, truths[at + 1], Number.POSITIVE_INFINITY),
      heightFt: floor.heightFt,
    });
  });
  return keepPoints(track, (i) => removed[i] === 0);
}

function middleMs(a: Truth | undefined, b: Truth | undefined, otherwiseMs: number): number {
  return a && b ? (a.timeMs + b.timeMs) / 2 : otherwiseMs;
}

interface LowEnd {
  readonly truth: Truth;
  readonly fromMs: number;
  readonly toMs: number;
  readonly heightFt: number;
}

function markLow(track: Track, removed: Uint8Array, { truth, fromMs, toMs, heightFt }: LowEnd) {
  const { latDeg, lonDeg, elevationFt } = truth.airport!;
  const ceilingFt = (Number.isFinite(elevationFt) ? elevationFt : 0) + heightFt;
  let lowBefore = truth.kind === "takeoff";
  for (let i = 0; i < track.length; i++) {
    const timeMs = track.timeMs[i]!;
    if (timeMs < fromMs || timeMs > toMs) continue;
    const altitudeFt = track.altitudeFt[i]!;
    // An unknown altitude is as low as its neighbour's.
    const low =
      track.ground[i] === GROUND_YES ||
      altitudeFt < ceilingFt ||
      (Number.isNaN(altitudeFt) && lowBefore);
    lowBefore = low;
    if (low && sphereDistanceM(track.latDeg[i]!, track.lonDeg[i]!, latDeg, lonDeg) < AROUND_M)
      removed[i] = 1;
  }
}

/** Removes what lies in any of the intervals. */
export function removeBetween(
  track: Track,
  intervals: readonly { readonly fromMs: number; readonly toMs: number }[],
): Track {
  return keepPoints(
    track,
    (i) =>
      !intervals.some(({ fromMs, toMs }) => track.timeMs[i]! > fromMs && track.timeMs[i]! < toMs),
  );
}

/** Keeps one point per so many milliseconds, the first of each. */
export function keepEvery(track: Track, everyMs: number): Track {
  let nextMs = Number.NEGATIVE_INFINITY;
  return keepPoints(track, (i) => {
    if (track.timeMs[i]! < nextMs) return false;
    nextMs = track.timeMs[i]! + everyMs;
    return true;
  });
}

/** A circle in which someone listens. */
export interface Disc {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly radiusM: number;
}

/** Keeps what lies in any of the discs. */
export function keepInside(track: Track, discs: readonly Disc[]): Track {
  return keepPoints(track, (i) =>
    discs.some(
      (disc) =>
        sphereDistanceM(track.latDeg[i]!, track.lonDeg[i]!, disc.latDeg, disc.lonDeg) <
        disc.radiusM,
    ),
  );
}

/** The same track from a source that never says whether it is on the ground. */
export function withoutGroundFlag(track: Track): Track {
  const copy = copyOf(track);
  copy.ground.fill(GROUND_UNKNOWN);
  return copy;
}

/** The same track from a source without vertical rates. */
export function withoutVerticalRate(track: Track): Track {
  const copy = copyOf(track);
  copy.verticalRateFpm.fill(Number.NaN);
  return copy;
}

/** The same track on a day of another air pressure, as far as pressure altitudes go. */
export function withAltitudeOffset(track: Track, offsetFt: number): Track {
  const copy = copyOf(track);
  for (let i = 0; i < copy.length; i++) copy.altitudeFt[i]! += offsetFt;
  return copy;
}

/** The same track without callsigns. */
export function withoutCallsign(track: Track): Track {
  const copy = copyOf(track);
  copy.callsignIndex.fill(0);
  return { ...copy, callsigns: [""] };
}

/** @returns the kinds a floor takes away */
export function kindsOf(ends: Floor["ends"]): readonly TruthKind[] {
  return ends === "both" ? ["landing", "takeoff"] : [ends];
}
