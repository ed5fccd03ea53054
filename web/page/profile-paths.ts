/** Lines of the altitude profile: few enough to draw, with every peak kept, and none through a gap. */

import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/units/quantity.js";
import type { Scene } from "./scene.js";
import { clockText } from "./words.js";

/** Where times and altitudes lie on the picture. */
export interface Scales {
  readonly x: (timeMs: number) => number;
  readonly y: (altitudeFt: number) => number;
}

type Dot = readonly [x: number, y: number];

/** @returns SVG paths: one sub-path for each stretch with known altitudes; the areas go down to `base` */
export function profilePaths(
  scene: Scene,
  { x, y }: Scales,
  base: number,
): { lines: string; areas: string } {
  const { time, altitudeFt } = scene.track;
  const lines: string[] = [];
  const areas: string[] = [];
  const flush = (dots: Dot[]) => {
    if (dots.length > 0) {
      const kept = thinned(dots);
      const line = kept.map(([dx, dy]) => `${dx.toFixed(1)} ${dy.toFixed(1)}`).join("L");
      lines.push(`M${line}${kept.length === 1 ? "h.1" : ""}`);
      areas.push(`M${kept[0]![0].toFixed(1)} ${base}L${line}V${base}Z`);
    }
    dots.length = 0;
  };
  const dots: Dot[] = [];
  for (const { start, end } of scene.runs) {
    for (let i = start; i < end; i++) {
      const timeMs = time[i]! * 1000;
      const altitude = altitudeFt[i] ?? null;
      if (altitude === null || timeMs < scene.fromMs || timeMs > scene.toMs) flush(dots);
      else dots.push([x(timeMs), y(Math.max(0, altitude))]);
    }
    flush(dots);
  }
  return { lines: lines.join(""), areas: areas.join("") };
}

/** First, lowest, highest and last of each half pixel: the picture is the same, with few points. */
function thinned(dots: readonly Dot[]): Dot[] {
  const kept: Dot[] = [];
  let start = 0;
  for (let i = 1; i <= dots.length; i++) {
    if (i < dots.length && Math.floor(dots[i]![0] * 2) === Math.floor(dots[start]![0] * 2))
      continue;
    let low = start;
    let high = start;
    for (let j = start + 1; j < i; j++) {
      if (dots[j]![1] < dots[low]![1]) low = j;
      if (dots[j]![1] > dots[high]![1]) high = j;
    }
    const indices = [...new Set([start, low, high, i - 1])].sort((a, b) => a - b);
    kept.push(...indices.map((index) => dots[index]!));
    start = i;
  }
  return kept;
}

/** @returns altitudes that get a line, ft */
export function profileTicks(maxFt: number): number[] {
  const step = maxFt > 20_000 ? 10_000 : 5000;
  return Array.from({ length: Math.floor(maxFt / step) + 1 }, (_, i) => i * step);
}

const TIME_STEPS_MS = [
  ...[5, 10, 15, 30].map((each) => each * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((each) => each * HOUR_MS),
  ...[1, 2, 5, 10, 30, 100, 365].map((each) => each * DAY_MS),
];

/** @returns times that get a label, at most about `countMax`: the clock, or the day at midnight */
export function timeTicks(
  fromMs: number,
  toMs: number,
  countMax: number,
): { timeMs: number; label: string }[] {
  const stepMs = TIME_STEPS_MS.find((each) => (toMs - fromMs) / each <= countMax) ?? 1000 * DAY_MS;
  const ticks: { timeMs: number; label: string }[] = [];
  for (let timeMs = Math.ceil(fromMs / stepMs) * stepMs; timeMs <= toMs; timeMs += stepMs) {
    const isMidnight = timeMs % DAY_MS === 0;
    const label = isMidnight
      ? new Date(timeMs).toUTCString().slice(5, 11).replace(/^0/, "")
      : clockText(timeMs);
    ticks.push({ timeMs, label });
  }
  return ticks;
}
