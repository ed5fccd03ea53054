import { METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import { buildMovement, placeName } from "./build.js";
import { alignmentNear, type Ranked } from "./candidates.js";
import type { AirSpan } from "./ends.js";
import { type Field, type LandingDirection, offsetFrom } from "./field.js";
import type { Movement } from "./movement.js";
import type { Phase } from "./phases.js";
import type { Scene } from "./scene.js";
import { offsetAt } from "./vertical.js";

/** A pass is lower than this and rises again by at least the prominence on both sides. chosen: docs/method.md */
const PASS_MAX_FT = 1500;
const PROMINENCE_FT = 300;
const NEAR_RUNWAY_M = 4 * METRES_PER_NM;
const ALIGNED_POINTS = 3;
const LOOK_BACK_MS = 3 * MINUTE_MS;
const CLIMBING_FPM = 300;
const OVER_RUNWAY_FT = 500;
/** Between heights farther apart than this nobody knows what it did: no dip is seen across. chosen: test/movement/passes.test.ts */
const HEIGHTS_APART_MAX_MS = 5 * MINUTE_MS;

/**
 * Finds approaches to a runway in a stretch of air that ended in a climb and not on the ground: go-arounds and low
 * passes. A touch without a ground report cannot be told from a very low pass, and the sentence says so.
 */
export function findPasses(scene: Scene, span: AirSpan): Movement[] {
  return lowestPoints(scene, span).flatMap((index) => passAt(scene, span, index) ?? []);
}

/** Local minima of height that stand out by the prominence, lowest per dip. */
function lowestPoints(scene: Scene, { start, end }: AirSpan): number[] {
  const { heightFt, track } = scene;
  const minima: number[] = [];
  let known = -1;
  let lowest = -1;
  let highestSinceFt = Number.NEGATIVE_INFINITY;
  let climbedBefore = false;
  for (let i = start; i < end; i++) {
    const height = heightFt[i]!;
    if (Number.isNaN(height)) continue;
    if (known >= 0 && track.timeMs[i]! - track.timeMs[known]! > HEIGHTS_APART_MAX_MS) {
      lowest = -1;
      climbedBefore = false;
      highestSinceFt = Number.NEGATIVE_INFINITY;
    }
    known = i;
    if (lowest < 0) {
      highestSinceFt = Math.max(highestSinceFt, height);
      if (highestSinceFt - height >= PROMINENCE_FT && height < PASS_MAX_FT) {
        lowest = i;
        climbedBefore = true;
      }
      continue;
    }
    if (height < heightFt[lowest]!) lowest = i;
    else if (height - heightFt[lowest]! >= PROMINENCE_FT) {
      if (climbedBefore) minima.push(lowest);
      lowest = -1;
      climbedBefore = false;
      highestSinceFt = height;
    }
  }
  return minima;
}

function passAt(scene: Scene, span: AirSpan, index: number): Movement | undefined {
  if (scene.traits.kind !== "aeroplane") return undefined;
  const field = scene.fieldAt(index);
  if (!field || !(scene.fieldDistanceM[index]! < NEAR_RUNWAY_M)) return undefined;
  const direction = approachedDirection(scene, { field, span, index });
  if (!direction) return undefined;
  const offsetFt = offsetAt(scene, span.offsets, index);
  const lowestFt = Math.round(scene.heightFt[index]! + (offsetFt ?? 0));
  const overRunway = lowestFt < OVER_RUNWAY_FT && passesOver(scene, { field, direction, index });
  const kind =
    overRunway && !climbsOver(scene, { field, direction, index }) ? "low-pass" : "go-around";
  const { timeMs } = scene.track;
  const ranked: Ranked[] = [
    { field, weight: 1, distanceM: scene.fieldDistanceM[index]!, heightFt: lowestFt },
  ];
  return buildMovement(scene, {
    kind,
    evidence: "seen",
    evidenceClass: "N1",
    probability: 0.9,
    timeFromMs: timeMs[Math.max(span.start, index - 1)]!,
    timeToMs: timeMs[Math.min(span.end - 1, index + 1)]!,
    timeMs: timeMs[index]!,
    ranked,
    index,
    exhibitStart: index - 5,
    exhibitEnd: index + 6,
    runway: direction.name,
    basis: (airport) =>
      `in line with runway ${direction.name} of ${placeName(airport)}, lowest about ${Math.max(0, lowestFt)} ft above the field${
        offsetFt === undefined ? " (give or take 400 ft, local pressure unknown)" : ""
      } at ${isoSeconds(timeMs[index]!)}, then climbing; no report from the ground${
        lowestFt < 150 ? ", a brief touch cannot be excluded" : ""
      }`,
  });
}

interface PassPlace {
  readonly field: Field;
  readonly index: number;
}

/** The runway the aircraft was in line with for some points before its lowest one. */
function approachedDirection(
  scene: Scene,
  { field, span, index }: PassPlace & { readonly span: AirSpan },
): LandingDirection | undefined {
  const { timeMs } = scene.track;
  const votes = new Map<LandingDirection, number>();
  for (let i = index; i >= span.start && timeMs[index]! - timeMs[i]! <= LOOK_BACK_MS; i--) {
    const aligned = alignmentNear(scene, i, { field, landing: true });
    if (aligned) votes.set(aligned.direction, (votes.get(aligned.direction) ?? 0) + 1);
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= ALIGNED_POINTS ? best[0] : undefined;
}

function passesOver(
  scene: Scene,
  place: PassPlace & { readonly direction: LandingDirection },
): boolean {
  return pointsOver(scene, place).length > 0;
}

/** Over the runway itself: climbing tells a go-around, level flight a pass. */
function climbsOver(
  scene: Scene,
  place: PassPlace & { readonly direction: LandingDirection },
): boolean {
  const over = pointsOver(scene, place);
  const climbing = over.filter((i) => scene.track.verticalRateFpm[i]! > CLIMBING_FPM).length;
  return climbing * 2 > over.length;
}

function pointsOver(
  scene: Scene,
  { field, direction, index }: PassPlace & { readonly direction: LandingDirection },
): number[] {
  const { timeMs, latDeg, lonDeg, length } = scene.track;
  const over: number[] = [];
  for (let i = Math.max(0, index - 30); i < Math.min(length, index + 31); i++) {
    if (Math.abs(timeMs[i]! - timeMs[index]!) > 90_000) continue;
    const offset = offsetFrom(field, direction, { latDeg: latDeg[i]!, lonDeg: lonDeg[i]! });
    const inLength = offset.toThresholdM <= 0 && offset.toThresholdM >= -direction.lengthM;
    if (inLength && offset.besideM < 150) over.push(i);
  }
  return over;
}

/** Ground contact between two stretches of air at flying speed: wheels touched and it went on. */
export function touchAndGo(scene: Scene, phase: Phase, ranked: readonly Ranked[]): Movement {
  const { timeMs } = scene.track;
  const fixCount = phase.end - phase.start;
  return buildMovement(scene, {
    kind: "touch-and-go",
    evidence: "seen",
    evidenceClass: "T",
    probability: 0.95,
    timeFromMs: timeMs[Math.max(0, phase.start - 1)]!,
    timeToMs: timeMs[Math.min(scene.track.length - 1, phase.end)]!,
    timeMs: timeMs[phase.start]!,
    ranked,
    offAirport: ranked.length === 0,
    index: phase.start,
    exhibitStart: phase.start - 2,
    exhibitEnd: phase.end + 2,
    basis: (airport) =>
      `reported itself on the ground at ${placeName(airport)} for ${fixCount} ${fixCount === 1 ? "position" : "positions"} without slowing below flying speed, then climbed`,
  });
}
