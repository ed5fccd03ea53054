import type { BoundingBox } from "../geo/box.js";
import { grownBox } from "../geo/box.js";
import { sphereDistanceM } from "../geo/sphere.js";
import { HOLE_MAX_MS } from "../track/contacts.js";
import type { Contact } from "../track/gap.js";
import { GROUND_YES, type Track } from "../track/track.js";
import { MINUTE_MS } from "../units/quantity.js";

/** A stretch of a contact short enough to have a small box. */
export interface Piece {
  /** Indices of points, both included. */
  readonly first: number;
  readonly last: number;
  readonly fromMs: number;
  /** Exclusive, but for the last piece of a contact. */
  readonly toMs: number;
  readonly box: BoundingBox;
}

/** chosen: at 480 kt such a piece is 240 NM long, and its box holds little that was never near */
const PIECE_MS = 30 * MINUTE_MS;

/** Cuts contacts into pieces, each with a box that holds whatever came within `withinM` of it. */
export function piecesOf(track: Track, contacts: readonly Contact[], withinM: number): Piece[] {
  const pieces: Piece[] = [];
  for (const { start, end } of contacts) {
    for (let first = start; first < end - 1; ) {
      let last = first + 1;
      while (last + 1 < end && track.timeMs[last]! - track.timeMs[first]! < PIECE_MS) last++;
      const box = grownBox(boxOfPoints(track, first, last), withinM);
      pieces.push({
        first,
        last,
        fromMs: track.timeMs[first]!,
        toMs: track.timeMs[last]! + (last === end - 1 ? 1 : 0),
        box,
      });
      first = last;
    }
  }
  return pieces;
}

function boxOfPoints({ latDeg, lonDeg }: Track, first: number, last: number): BoundingBox {
  let [southDeg, northDeg] = [90, -90];
  let [west, east] = [0, 0];
  const lon0Deg = lonDeg[first]!;
  let runDeg = 0;
  for (let i = first; i <= last; i++) {
    southDeg = Math.min(southDeg, latDeg[i]!);
    northDeg = Math.max(northDeg, latDeg[i]!);
    if (i > first) runDeg += stepDeg(lonDeg[i - 1]!, lonDeg[i]!);
    west = Math.min(west, runDeg);
    east = Math.max(east, runDeg);
  }
  if (east - west >= 360) return { southDeg, northDeg, westDeg: -180, eastDeg: 180 };
  return { southDeg, northDeg, westDeg: turned(lon0Deg + west), eastDeg: turned(lon0Deg + east) };
}

/** Degrees from one meridian to another, the short way. */
function stepDeg(fromDeg: number, toDeg: number): number {
  return ((((toDeg - fromDeg + 180) % 360) + 360) % 360) - 180;
}

function turned(lonDeg: number): number {
  return lonDeg >= -180 && lonDeg <= 180 ? lonDeg : ((((lonDeg + 180) % 360) + 360) % 360) - 180;
}

/** How far another aircraft was at one of its positions. */
export interface Sight {
  readonly timeMs: number;
  /** On a sphere, to a position between two received ones. */
  readonly distanceM: number;
  /** Difference of pressure altitudes; NaN when one is unknown. */
  readonly heightFt: number;
  /** Of the other aircraft. */
  readonly latDeg: number;
  readonly lonDeg: number;
}

/**
 * Distances of another aircraft's positions in the time of a piece, in order of time. Both must be in the air. Between two
 * received positions of the first aircraft, at most 5 min apart, a straight line in latitude and longitude is taken.
 */
export function sightsOf(track: Track, piece: Piece, other: Track): Sight[] {
  const sights: Sight[] = [];
  let at = piece.first;
  for (let i = 0; i < other.length; i++) {
    const timeMs = other.timeMs[i]!;
    if (timeMs < piece.fromMs || timeMs >= piece.toMs) continue;
    while (at + 1 < piece.last && track.timeMs[at + 1]! <= timeMs) at++;
    if (other.ground[i] === GROUND_YES || track.ground[at] === GROUND_YES) continue;
    const spanMs = track.timeMs[at + 1]! - track.timeMs[at]!;
    const share = spanMs > 0 ? Math.min(1, (timeMs - track.timeMs[at]!) / spanMs) : 0;
    const between = (column: Float64Array | Float32Array) =>
      column[at]! + share * (column[at + 1]! - column[at]!);
    const lonDeg = turned(
      track.lonDeg[at]! + share * stepDeg(track.lonDeg[at]!, track.lonDeg[at + 1]!),
    );
    sights.push({
      timeMs,
      distanceM: sphereDistanceM(between(track.latDeg), lonDeg, other.latDeg[i]!, other.lonDeg[i]!),
      heightFt: Math.abs(between(track.altitudeFt) - other.altitudeFt[i]!),
      latDeg: other.latDeg[i]!,
      lonDeg: other.lonDeg[i]!,
    });
  }
  return sights;
}

/** A stretch in which two aircraft flew near each other. */
export interface Encounter {
  readonly fromMs: number;
  readonly toMs: number;
  readonly closest: Sight;
  /** Positions of the other aircraft in it. */
  readonly count: number;
}

/**
 * Finds stretches near each other: no position farther away lies in one, and no silence of more than 5 min.
 *
 * @param sights of one other aircraft, in order of time
 */
export function findEncounters(
  sights: readonly Sight[],
  limits: { readonly withinM: number; readonly leastMs: number },
): Encounter[] {
  const runs: Sight[][] = [];
  let isNear = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const sight of sights) {
    const wasNear = isNear && sight.timeMs - lastMs <= HOLE_MAX_MS;
    isNear = sight.distanceM <= limits.withinM;
    lastMs = sight.timeMs;
    if (!isNear) continue;
    if (wasNear) runs.at(-1)!.push(sight);
    else runs.push([sight]);
  }
  return runs
    .map((run): Encounter => {
      const closest = run.reduce((best, one) => (one.distanceM < best.distanceM ? one : best));
      return { fromMs: run[0]!.timeMs, toMs: run.at(-1)!.timeMs, closest, count: run.length };
    })
    .filter(({ fromMs, toMs }) => toMs - fromMs >= limits.leastMs);
}
