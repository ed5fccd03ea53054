/** The clock of the aircraft screen: a moment, and whether it runs. */

import { computed, effect, signal } from "@preact/signals";
import { parseUtc } from "../../src/units/time.js";
import type { Scene } from "./scene.js";
import { adjust, view } from "./state.js";
import { instantText } from "./words.js";

/** What is shown; null while it is loaded and on screens without a clock. */
export const scene = signal<Scene | null>(null);

/** The moment that is shown; NaN before anything is. */
export const clockMs = signal(Number.NaN);

/** Whether time goes by itself. */
export const isPlaying = signal(false);

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
