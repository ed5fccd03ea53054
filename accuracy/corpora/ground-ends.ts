// Reads from a full track what it shows of its own ends. This makes truth, so it shares nothing with the detectors
// under test: only positions, flags, speeds and the table's runways.
import { eastM, localPlaneAt, northM } from "../../src/geo/local-plane.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import { GROUND_YES, type Track } from "../../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";

/** Points `start` up to, not including, `end` of a track, and the end of them that is asked about. */
export interface TrackEnd {
  readonly start: number;
  readonly end: number;
  readonly side: "first" | "last";
}

/** A lift-off or touchdown seen with the ground around it. */
export interface SeenEnd {
  readonly airport: Airport;
  readonly timeMs: number;
  readonly toleranceMs: number;
}

/** Slower than this an aeroplane rolls: chosen below any stall, above any taxi. */
const ROLL_MAX_KT = 40;
const FLAG_MAX_KT = 200;
const LOOK_MS = 10 * MINUTE_MS;
/** Pressure altitude against elevation: QNH 990 to 1036 hPa. */
const QNH_MAX_FT = 700;
const SAME_LEVEL_FT = 60;
const FIELD_M = 1 * METRES_PER_NM;
/** A second airport this much further away could as well be meant. */
const AMBIGUOUS_M = 500;
const SEARCH_M = 6 * METRES_PER_NM;
const REPORT_LAG_MS = 10_000;

/**
 * Finds the touchdown (side "last") or lift-off (side "first") of a stretch that ends on the ground.
 *
 * @returns undefined when the end was not on the ground, when it lies at no one airport, or when all of it is ground
 */
export function seenEnd(track: Track, at: TrackEnd, airports: AirportTable): SeenEnd | undefined {
  const slow = slowPoints(track, at);
  if (slow.length < 2) return undefined;
  const baseFt = median(slow.map((i) => track.altitudeFt[i]!).filter(Number.isFinite));
  const airport = airportAt(track, slow, airports);
  if (!airport) return undefined;
  const offFt = Math.abs(baseFt - airport.elevationFt);
  const flagged = slow.some((i) => track.ground[i] === GROUND_YES);
  if (offFt > QNH_MAX_FT && !flagged) return undefined;
  const edge = groundEdge(track, at, baseFt);
  if (edge === undefined) return undefined;
  return { airport, ...edge };
}

function indexFrom({ start, end, side }: TrackEnd, step: number): number {
  return side === "last" ? end - 1 - step : start + step;
}

function slowPoints(track: Track, at: TrackEnd): number[] {
  const edgeMs = track.timeMs[indexFrom(at, 0)]!;
  const slow: number[] = [];
  for (let step = 0; step < at.end - at.start; step++) {
    const i = indexFrom(at, step);
    if (Math.abs(track.timeMs[i]! - edgeMs) > LOOK_MS) break;
    const isFlagged = track.ground[i] === GROUND_YES && !(track.groundSpeedKt[i]! > FLAG_MAX_KT);
    if (isFlagged || track.groundSpeedKt[i]! < ROLL_MAX_KT) slow.push(i);
    // The stretch must end slow; a slow climb a minute later is no roll.
    else if (slow.length === 0 && step > 2) break;
  }
  return slow;
}

function groundEdge(
  track: Track,
  at: TrackEnd,
  baseFt: number,
): { timeMs: number; toleranceMs: number } | undefined {
  let lastGround = -1;
  let airborneRun = 0;
  for (let step = 0; step < at.end - at.start; step++) {
    const i = indexFrom(at, step);
    if (isGroundLike(track, i, baseFt)) {
      lastGround = i;
      airborneRun = 0;
    } else if (++airborneRun >= 3 && lastGround >= 0) {
      const neighbour = at.side === "last" ? lastGround - 1 : lastGround + 1;
      const timeMs = track.timeMs[lastGround]!;
      const gapMs = Math.abs(track.timeMs[neighbour]! - timeMs);
      return { timeMs, toleranceMs: gapMs + REPORT_LAG_MS };
    }
  }
  return undefined;
}

function isGroundLike(track: Track, i: number, baseFt: number): boolean {
  const speedKt = track.groundSpeedKt[i]!;
  if (track.ground[i] === GROUND_YES) return !(speedKt > FLAG_MAX_KT);
  if (track.altitudeFt[i]! > baseFt + 3 * SAME_LEVEL_FT) return false;
  if (speedKt < ROLL_MAX_KT) return true;
  return track.altitudeFt[i]! <= baseFt + SAME_LEVEL_FT;
}

function airportAt(
  track: Track,
  slow: readonly number[],
  airports: AirportTable,
): Airport | undefined {
  const place = {
    latDeg: median(slow.map((i) => track.latDeg[i]!)),
    lonDeg: median(slow.map((i) => track.lonDeg[i]!)),
  };
  return airportNear(airports, place);
}

/**
 * The one airport whose runways a position lies at.
 *
 * @returns undefined within no field, and where two would do
 */
export function airportNear(
  airports: AirportTable,
  place: { readonly latDeg: number; readonly lonDeg: number },
): Airport | undefined {
  const near = airports
    .near(place, { radiusM: SEARCH_M, limit: 30, accept: isForAeroplanes })
    .map((airport) => ({ airport, distanceM: runwayDistanceM(airport, place) }))
    .sort((a, b) => a.distanceM - b.distanceM);
  const [best, second] = near;
  if (!best || best.distanceM > FIELD_M) return undefined;
  if (second && second.distanceM < best.distanceM + AMBIGUOUS_M) return undefined;
  return best.airport;
}

function isForAeroplanes({ kind }: Airport): boolean {
  return kind !== "heliport" && kind !== "closed" && kind !== "seaplane";
}

/** @returns metres from a position to the nearest runway, or to the reference point where none is laid out */
export function runwayDistanceM(
  airport: Airport,
  { latDeg, lonDeg }: { readonly latDeg: number; readonly lonDeg: number },
): number {
  const plane = localPlaneAt(latDeg, lonDeg);
  let bestM = Number.POSITIVE_INFINITY;
  for (const { ends } of airport.runways) {
    const [a, b] = ends.map((end) => [eastM(plane, end.lonDeg), northM(plane, end.latDeg)]);
    const distanceM = segmentDistanceM(a as [number, number], b as [number, number]);
    if (distanceM < bestM) bestM = distanceM;
  }
  if (Number.isFinite(bestM)) return bestM;
  return Math.hypot(eastM(plane, airport.lonDeg), northM(plane, airport.latDeg));
}

/** Distance of the origin from a segment; NaN ends give NaN. */
function segmentDistanceM(a: readonly [number, number], b: readonly [number, number]): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const lengthSquared = dx * dx + dy * dy;
  const share =
    lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, -(a[0] * dx + a[1] * dy) / lengthSquared));
  return Math.hypot(a[0] + share * dx, a[1] + share * dy);
}

/** @returns the middle value; NaN for none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
