/** Time that goes by itself or from event to event, for aircraft; and the keys for it. */

import { signal } from "@preact/signals";
import { addKeys } from "./keys.js";
import { clockMs, isPlaying, scene, setTime } from "./player.js";
import { eventTimesMs } from "./scene.js";
import { togglePoint } from "./selection.js";
import { switchLayer, view } from "./state.js";

/** Whether the map keeps the aircraft in its middle. */
export const isFollowing = signal(false);

/** Whether a time is being typed. */
export const isTypingTime = signal(false);

/** Times as fast as life. */
export const SPEEDS = [60, 600, 3600] as const;

/** One of `SPEEDS`. */
export const speed = signal<number>(600);

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

/** Follows the aircraft, or no longer. */
export function switchFollowing(): void {
  isFollowing.value = !isFollowing.value;
}

addKeys({
  // Without an aircraft the space bar is the browser's.
  " ": () => scene.value !== null && togglePlay(),
  ",": () => stepEvent(-1),
  ".": () => stepEvent(1),
  f: switchFollowing,
  l: () => switchLayer("times"),
  t: () => {
    isTypingTime.value = scene.value !== null;
  },
  v: () => scene.value && togglePoint(view.value?.params ?? {}),
});
