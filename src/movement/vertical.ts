import { sphereDistanceM } from "../geo/sphere.js";
import { MINUTE_MS } from "../units/quantity.js";
import type { Phase } from "./phases.js";
import type { Scene } from "./scene.js";

const LOOK_MS = 3 * MINUTE_MS;
const RATES_WANTED = 5;
/** Three of five rates at least this steep make a sustained descent or climb. Source: docs/method.md, class G4. */
const STEADY_FPM = 300;
const STEADY_RATES = 3;
const CHANGE_MIN_FT = 400;

/**
 * Whether an aircraft was descending when last heard at `index` (looking back), or climbing when first heard there
 * (looking ahead): by its vertical rates, else by the change of altitude.
 */
export function isDescendingBefore(scene: Scene, index: number, first: number): boolean {
  return steady(scene, { index, limit: first, step: -1 }) < 0;
}

/** A descent from cruise, or a climb to it, takes no longer. */
const CHANGE_MS = 30 * MINUTE_MS;

/** Whether an aircraft has come down by so much within half an hour: arriving, not just flying low. */
export function cameDown(
  scene: Scene,
  { index, first, byFt }: { readonly index: number; readonly first: number; readonly byFt: number },
): boolean {
  const { timeMs, altitudeFt } = scene.track;
  for (let i = index; i >= first && timeMs[index]! - timeMs[i]! <= CHANGE_MS; i--) {
    if (altitudeFt[i]! - altitudeFt[index]! >= byFt) return true;
  }
  return false;
}

/** Whether an aircraft goes up by so much within half an hour. */
export function wentUp(
  scene: Scene,
  { index, end, byFt }: { readonly index: number; readonly end: number; readonly byFt: number },
): boolean {
  const { timeMs, altitudeFt } = scene.track;
  for (let i = index; i < end && timeMs[i]! - timeMs[index]! <= CHANGE_MS; i++) {
    if (altitudeFt[i]! - altitudeFt[index]! >= byFt) return true;
  }
  return false;
}

export function isClimbingAfter(scene: Scene, index: number, end: number): boolean {
  return steady(scene, { index, limit: end - 1, step: 1 }) > 0;
}

/** True when so few rates were received around an edge that they make no sustained descent or climb. */
export function hasFewRates(
  scene: Scene,
  { index, limit, step }: { readonly index: number; readonly limit: number; readonly step: 1 | -1 },
): boolean {
  const { timeMs, verticalRateFpm } = scene.track;
  let rates = 0;
  for (let i = index; step > 0 ? i <= limit : i >= limit; i += step) {
    if (Math.abs(timeMs[i]! - timeMs[index]!) > LOOK_MS) break;
    if (!Number.isNaN(verticalRateFpm[i]!) && ++rates >= STEADY_RATES) return false;
  }
  return rates > 0;
}

function steady(
  scene: Scene,
  { index, limit, step }: { readonly index: number; readonly limit: number; readonly step: 1 | -1 },
): number {
  const { timeMs, altitudeFt, verticalRateFpm } = scene.track;
  let up = 0;
  let down = 0;
  let rates = 0;
  let changeFt = 0;
  for (let i = index; step > 0 ? i <= limit : i >= limit; i += step) {
    if (Math.abs(timeMs[i]! - timeMs[index]!) > LOOK_MS) break;
    const later =
      step > 0 ? altitudeFt[i]! - altitudeFt[index]! : altitudeFt[index]! - altitudeFt[i]!;
    if (!Number.isNaN(later)) changeFt = later;
    if (rates < RATES_WANTED && !Number.isNaN(verticalRateFpm[i]!)) {
      rates++;
      if (verticalRateFpm[i]! >= STEADY_FPM) up++;
      if (verticalRateFpm[i]! <= -STEADY_FPM) down++;
    }
  }
  if (down >= STEADY_RATES || changeFt <= -CHANGE_MIN_FT) return up >= STEADY_RATES ? 0 : -1;
  if (up >= STEADY_RATES || changeFt >= CHANGE_MIN_FT) return 1;
  // A point or two between silences have no more to say than their own rates, if those agree.
  if (rates === 0 || rates >= STEADY_RATES) return 0;
  return down === rates ? -1 : up === rates ? 1 : 0;
}

/** QNH offsets beyond this are no pressure: 1500 ft is 50 hPa. A bare 0 on a high field is a placeholder. */
const OFFSET_MAX_FT = 1500;
const OFFSET_HOLDS_MS = 4 * 3_600_000;
const OFFSET_HOLDS_M = 150_000;

/** What to add to pressure altitude to get altitude, learned where the aircraft stood on a field of known elevation. */
export interface PressureOffset {
  readonly timeMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly offsetFt: number;
}

/** Learns one offset per ground phase that has altitudes. */
export function learnOffsets(scene: Scene, phases: readonly Phase[]): PressureOffset[] {
  const { track, heightFt } = scene;
  return phases.flatMap((phase) => {
    if (phase.kind !== "ground") return [];
    const heights: number[] = [];
    for (let i = phase.start; i < phase.end; i++) {
      const usable = Math.abs(heightFt[i]!) <= OFFSET_MAX_FT && track.altitudeFt[i] !== 0;
      if (usable) heights.push(heightFt[i]!);
    }
    if (heights.length === 0) return [];
    heights.sort((a, b) => a - b);
    const middle = Math.floor((phase.start + phase.end) / 2);
    return {
      timeMs: track.timeMs[middle]!,
      latDeg: track.latDeg[middle]!,
      lonDeg: track.lonDeg[middle]!,
      offsetFt: -heights[Math.floor(heights.length / 2)]!,
    };
  });
}

/** @returns the offset learned nearest in time, undefined when none holds here and now */
export function offsetAt(
  scene: Scene,
  offsets: readonly PressureOffset[],
  index: number,
): number | undefined {
  const { timeMs, latDeg, lonDeg } = scene.track;
  let best: PressureOffset | undefined;
  for (const offset of offsets) {
    const apartMs = Math.abs(offset.timeMs - timeMs[index]!);
    if (apartMs > OFFSET_HOLDS_MS) continue;
    const apartM = sphereDistanceM(offset.latDeg, offset.lonDeg, latDeg[index]!, lonDeg[index]!);
    if (apartM > OFFSET_HOLDS_M) continue;
    if (!best || apartMs < Math.abs(best.timeMs - timeMs[index]!)) best = offset;
  }
  return best?.offsetFt;
}
