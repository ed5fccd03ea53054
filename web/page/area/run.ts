/** A question about areas while it runs: what came so far, how far it is, and how it ended. */

import { signal } from "@preact/signals";
import type { AreaEndJson, AreaLineJson, AreaVisitsJson } from "../../../src/api/shapes.js";
import { responseOf } from "../api.js";

/** How a question stands. Whatever it says, `found` came from the server; only "done" without `next` is all there is. */
export interface AreaRun {
  readonly query: string;
  readonly state: "running" | "done" | "stopped" | "failed";
  readonly examined: number;
  readonly found: readonly AreaVisitsJson[];
  readonly end: AreaEndJson | undefined;
  /** What the server said against it. */
  readonly detail: string;
  readonly startedMs: number;
}

/** Aircraft of one answer. chosen: a table and a map of more are no longer read, and files hold all */
export const FOUND_MAX = 500;

/** The question on the screen; null before the first one. */
export const areaRun = signal<AreaRun | null>(null);

/** Whether the reader has just pressed Ask: then the answer is brought before the eyes, and not on the way back. */
export const isJustAsked = signal(false);

/** Answers that came to their end, so that the way back does not ask again. chosen: some megabytes each */
const KEPT_MAX = 3;
const kept = new Map<string, AreaRun>();
let stopping: AbortController | undefined;
/** A screen that is redrawn for each line would do nothing else. chosen: as often as a person reads */
const SHOW_EVERY_MS = 250;

/** Asks, unless this very question is running or was answered; what stopped or failed is asked again. */
export function runArea(query: string): void {
  const now = areaRun.value;
  if (now?.query === query && (now.state === "running" || now.state === "done")) return;
  leaveArea();
  const before = kept.get(query);
  if (before) {
    areaRun.value = before;
    return;
  }
  const controller = new AbortController();
  stopping = controller;
  const state: AreaRun = {
    query,
    state: "running",
    examined: 0,
    found: [],
    end: undefined,
    detail: "",
    startedMs: Date.now(),
  };
  areaRun.value = state;
  read(state, controller.signal).catch(() => undefined);
}

/** Stops the question; what was found stays, and says that it is not all. */
export function stopArea(): void {
  stopping?.abort();
  if (areaRun.value?.state === "running") areaRun.value = { ...areaRun.value, state: "stopped" };
}

/** Stops the question and forgets it: the screen shows another one, or none. */
export function leaveArea(): void {
  stopping?.abort();
  areaRun.value = null;
}

async function read(start: AreaRun, stop: AbortSignal): Promise<void> {
  let run = start;
  let shownMs = 0;
  const show = (next: Partial<AreaRun>, isNow = false) => {
    run = { ...run, ...next };
    if (stop.aborted || (!isNow && performance.now() - shownMs < SHOW_EVERY_MS)) return;
    shownMs = performance.now();
    areaRun.value = run;
  };
  try {
    for await (const line of lines(`/api/area.jsonl?${start.query}&limit=${FOUND_MAX}`, stop)) {
      if (line.schema === "wheelsdown/area-progress/1") show({ examined: line.examined });
      else if (line.schema === "wheelsdown/area-visits/1") show({ found: [...run.found, line] });
      else show({ end: line, examined: line.examined });
    }
    if (!run.end)
      throw new Error("The answer broke off before its end: what is listed is not all.");
    show({ state: "done" }, true);
    if (!stop.aborted) keep(run);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    show({ state: "failed", detail }, true);
  }
}

function keep(run: AreaRun): void {
  kept.set(run.query, run);
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_MAX))) kept.delete(old);
}

async function* lines(path: string, stop: AbortSignal): AsyncGenerator<AreaLineJson> {
  const { body } = await responseOf(path, stop);
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error("The answer broke off before its end: what is listed is not all.");
    });
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part !== "") yield JSON.parse(part) as AreaLineJson;
  }
}
