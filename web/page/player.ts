/** The clock of the aircraft screen: a moment, whether it runs, and how fast. */

import { computed, effect, signal } from "@preact/signals";
import { parseUtc } from "../../src/units/time.js";
import type { Scene } from "./scene.js";
import { eventTimesMs } from "./scene.js";
import { adjust, view } from "./state.js";
import { instantText } from "./words.js";

/** What is shown; null while it is loaded and on screens without a clock. */
export const scene = signal<Scene | null>(null);

/** The moment that is shown; NaN before anything is. */
export const clockMs = signal(Number.NaN);

/** Whether time goes by itself. */
export const isPlaying = signal(false);

/** Whether the map keeps the aircraft in its middle. */
export const isFollowing = signal(false);

/** Times as fast as life. */
export const SPEEDS = [60, 600, 3600] as const;

/** One of `SPEEDS`. */
export const speed = signal<number>(600);

const wanted = computed(() => view.value?.params["t"]);

// The address may change under the page: a link, or the way back.
effect(() => {
  const timeMs = parseUtc(wanted.value ?? "");
  if (timeMs === undefined || secondsOf(clockMs.peek()) === secondsOf(timeMs)) return;
  clockMs.value = timeMs;
});

function secondsOf(timeMs: number): number {
  return Math.floor(timeMs / 1000);
}

/** Shows a moment, within what is shown. */
export function setTime(timeMs: number): void {
  const shown = scene.value;
  if (!shown) return;
  clockMs.value = Math.min(shown.toMs, Math.max(shown.fromMs, timeMs));
  const written = isPlaying.value ? secondsOf(clockMs.value) * 1000 : clockMs.value;
  adjust({ t: instantText(written) });
}

/** Starts where the address says, else at the first position. */
export function showScene(next: Scene | null): void {
  isPlaying.value = false;
  scene.value = next;
  if (!next) return;
  const asked = parseUtc(wanted.value ?? "");
  const first = next.track.time[0];
  const startMs = first === undefined ? next.fromMs : Math.max(next.fromMs, first * 1000);
  clockMs.value =
    asked !== undefined && asked >= next.fromMs && asked <= next.toMs ? asked : startMs;
}

/** Goes to the next (1) or the previous (-1) event. */
export function stepEvent(direction: 1 | -1): void {
  const shown = scene.value;
  if (!shown) return;
  const times = eventTimesMs(shown);
  const now = clockMs.value;
  const next =
    direction > 0
      ? times.find((each) => each > now + 1000)
      : times.findLast((each) => each < now - 60_000);
  if (next !== undefined) setTime(next);
}

/** Plays or stops; at the end it begins anew. */
export function togglePlay(): void {
  const shown = scene.value;
  if (!shown) return;
  isPlaying.value = !isPlaying.value;
  if (!isPlaying.value) return;
  if (clockMs.value >= shown.toMs - 1000) clockMs.value = shown.fromMs;
  let beforeMs = performance.now();
  const step = (nowMs: number) => {
    if (!isPlaying.value || scene.value !== shown) return;
    setTime(clockMs.value + (nowMs - beforeMs) * speed.value);
    beforeMs = nowMs;
    if (clockMs.value >= shown.toMs) isPlaying.value = false;
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** The next of the speeds, and from the fastest the slowest. */
export function nextSpeed(): void {
  const at = SPEEDS.indexOf(speed.value as (typeof SPEEDS)[number]);
  speed.value = SPEEDS[(at + 1) % SPEEDS.length]!;
}
