import { sphereDistanceM } from "../geo/sphere.js";
import { METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import type { AirSpan } from "./ends.js";
import { findPasses } from "./passes.js";
import type { Scene } from "./scene.js";

/**
 * How an aircraft flew on both sides of a gap: from place to place, circling over one area (a survey, a patrol, a fire),
 * or passing low over a field again and again (circuits, an inspection of landing aids). Who is at work may stay up
 * unheard; who travels has no other reason to be late than a stop.
 */
export type Manner = "travelling" | "circling" | "passing" | "unknown";

const LOOK_MS = 60 * MINUTE_MS;
/** Shorter ways say nothing: a turn after take-off is not work. */
const WAY_MIN_M = 30 * METRES_PER_NM;
/** Distance made good over distance flown. chosen: docs/method.md, how it flew */
const STRAIGHT_MIN = 0.8;
const CROOKED_MAX = 0.45;
/** A hold or a diversion is not that long beside the way made good. chosen: docs/method.md, how it flew */
const TOUR_MIN_M = 100 * METRES_PER_NM;
const TOUR_MADE_GOOD_MAX = 0.3;
/** Surveys, inspections and training stay below this for an hour. chosen: docs/method.md, how it flew */
const LOW_WORK_FT = 12_000;
/** One go-around happens to everybody; two passes are the purpose. */
const PASSES_MIN = 2;
/** A short way between two gaps that ends where it began, low over the same field. */
const LOCAL_MS = 40 * MINUTE_MS;
const LOCAL_M = 30 * METRES_PER_NM;
const LOCAL_END_M = 20 * METRES_PER_NM;
const LOCAL_END_FT = 6000;

/** Two stretches in the air with a gap between them. */
export interface AirHole {
  readonly before: AirSpan;
  readonly after: AirSpan;
  /** Whether the far end of each stretch is a gap too, and no ground. */
  readonly gapBefore: boolean;
  readonly gapAfter: boolean;
}

/**
 * True when an aircraft was circling or passing low over fields in the hour before it was lost, or after it was found:
 * then a descent, or a climb, is as well the next turn of its work.
 */
export function isAtWork(scene: Scene, span: AirSpan, side: "lost" | "found"): boolean {
  if (scene.traits.kind !== "aeroplane") return false;
  const hour = side === "lost" ? lastHour(scene, span) : firstHour(scene, span);
  if (findPasses(scene, hour).length >= PASSES_MIN) return true;
  // Airliners are led round in circles too, but they came down from cruise before.
  return straightness(scene, hour) <= CROOKED_MAX && highestFt(scene, hour) < LOW_WORK_FT;
}

/**
 * True of a way flown for its own sake: sightseeing, surveys, training. It is long, and made good little of it, so
 * that a descent far from where it began is as well the next part of it.
 */
export function isTour(scene: Scene, span: AirSpan): boolean {
  if (scene.traits.kind !== "aeroplane") return false;
  const { wayM, madeGoodM } = measureWay(scene, span);
  return wayM >= TOUR_MIN_M && madeGoodM <= TOUR_MADE_GOOD_MAX * wayM;
}

function highestFt({ track }: Scene, { start, end }: AirSpan): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = start; i < end; i++)
    if (track.altitudeFt[i]! > highest) highest = track.altitudeFt[i]!;
  return highest;
}

/** Reads how an aircraft flew in the hour before and after a gap; of gliders and helicopters it is unknown. */
export function mannerOf(scene: Scene, hole: AirHole): Manner {
  if (scene.traits.kind !== "aeroplane") return "unknown";
  const before = straightness(scene, lastHour(scene, hole.before));
  const after = straightness(scene, firstHour(scene, hole.after));
  if (isBetweenGaps(scene, hole)) return "passing";
  const passCount =
    findPasses(scene, lastHour(scene, hole.before)).length +
    findPasses(scene, firstHour(scene, hole.after)).length;
  if (passCount >= PASSES_MIN) return "passing";
  if (before <= CROOKED_MAX && after <= CROOKED_MAX) return "circling";
  const straight = Math.max(before || 0, after || 0) >= STRAIGHT_MIN;
  return straight && !(Math.min(before, after) <= CROOKED_MAX) ? "travelling" : "unknown";
}

function lastHour({ track }: Scene, span: AirSpan): AirSpan {
  const endMs = track.timeMs[span.end - 1]!;
  let start = span.end - 1;
  while (start > span.start && endMs - track.timeMs[start - 1]! <= LOOK_MS) start--;
  return { ...span, start };
}

function firstHour({ track }: Scene, span: AirSpan): AirSpan {
  const startMs = track.timeMs[span.start]!;
  let end = span.start + 1;
  while (end < span.end && track.timeMs[end]! - startMs <= LOOK_MS) end++;
  return { ...span, end };
}

/** @returns distance made good over distance flown, 0..1; NaN when it flew too short a way to say */
function straightness(scene: Scene, span: AirSpan): number {
  const { wayM, madeGoodM } = measureWay(scene, span);
  return wayM < WAY_MIN_M ? Number.NaN : madeGoodM / wayM;
}

function measureWay(
  { track }: Scene,
  { start, end }: AirSpan,
): { readonly wayM: number; readonly madeGoodM: number } {
  const { latDeg, lonDeg } = track;
  const between = (i: number, k: number) =>
    sphereDistanceM(latDeg[i]!, lonDeg[i]!, latDeg[k]!, lonDeg[k]!);
  let wayM = 0;
  for (let i = start + 1; i < end; i++) wayM += between(i - 1, i);
  return { wayM, madeGoodM: between(start, end - 1) };
}

/** Out of one gap and into the next within minutes, without having gone anywhere. */
function isBetweenGaps(scene: Scene, { before, after, gapBefore, gapAfter }: AirHole): boolean {
  return (gapBefore && isLocal(scene, before)) || (gapAfter && isLocal(scene, after));
}

function isLocal({ track, heightFt }: Scene, { start, end }: AirSpan): boolean {
  const { timeMs, latDeg, lonDeg } = track;
  const last = end - 1;
  if (timeMs[last]! - timeMs[start]! > LOCAL_MS) return false;
  if (!(heightFt[start]! < LOCAL_END_FT && heightFt[last]! < LOCAL_END_FT)) return false;
  const fromStartM = (i: number) =>
    sphereDistanceM(latDeg[start]!, lonDeg[start]!, latDeg[i]!, lonDeg[i]!);
  if (fromStartM(last) > LOCAL_END_M) return false;
  for (let i = start; i < end; i++) if (fromStartM(i) > LOCAL_M) return false;
  return true;
}
