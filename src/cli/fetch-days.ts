import type { DayOutcome, DayTools } from "../fetch/archive-day.js";
import type { FetchFolder } from "../fetch/fetch-folder.js";
import { HttpClient } from "../io/http-client.js";
import { WheelsdownError } from "../units/errors.js";
import type { Progress, Terminal } from "./terminal.js";

/** Options that bound a run, as commander gives them. */
export interface FetchLimits {
  readonly pause: string;
  readonly retries: string;
  readonly timeout: string;
  readonly maxBytes: string;
}

/** More would be no pause but a stop. */
const SECONDS_MAX = 3600;
const RETRIES_MAX = 100;
const MEGABYTE = 1e6;
const SIZES: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** @throws WheelsdownError "usage" */
export function makeClient(limits: FetchLimits, terminal: Terminal): HttpClient {
  const silenceMaxMs = readNumber(limits.timeout, "--timeout", SECONDS_MAX) * 1000;
  if (silenceMaxMs === 0) throw new WheelsdownError("usage", "--timeout 0 would give up at once");
  return new HttpClient({
    pauseMs: readNumber(limits.pause, "--pause", SECONDS_MAX) * 1000,
    retryCount: Math.floor(readNumber(limits.retries, "--retries", RETRIES_MAX)),
    silenceMaxMs,
    maxBytes: readByteCount(limits.maxBytes),
    onNote: (text) => terminal.note(text),
    checkInterrupt: () => terminal.checkInterrupt(),
  });
}

function readNumber(text: string, option: string, max: number): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw new WheelsdownError("usage", `${option} ${text} is no number from 0 to ${max}`);
}

function readByteCount(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text.trim());
  const bytes = Number(match?.[1]) * (SIZES[(match?.[2] ?? "").toLowerCase()] ?? Number.NaN);
  if (bytes > 0) return bytes;
  throw new WheelsdownError("usage", `--max-bytes ${text} is no size: write 500MB or 20GB`);
}

/** What days are fetched with. */
export interface FetchRun {
  readonly client: HttpClient;
  readonly terminal: Terminal;
  readonly folder: FetchFolder;
}

/**
 * Fetches days in order. One that fails does not stop the others, unless no server was ever reached or the limit of
 * bytes is used up.
 *
 * @throws WheelsdownError "interrupted", or what failed when no server was ever reached
 */
export async function fetchDays(
  days: readonly string[],
  { client, terminal, folder }: FetchRun,
  fetchDay: (day: string, tools: DayTools) => Promise<DayOutcome>,
): Promise<DayOutcome[]> {
  const outcomes: DayOutcome[] = [];
  for (const day of days) {
    terminal.checkInterrupt();
    if (client.isSpent) {
      outcomes.push({ kind: "failed", day, reason: "not begun: --max-bytes is used up" });
      continue;
    }
    const progress = new DayProgress(day, terminal);
    try {
      const outcome = await fetchDay(day, {
        client,
        folder,
        onNote: (text) => terminal.note(text),
        onProgress: (done, total, unit) => progress.show(done, total, unit),
        checkInterrupt: () => terminal.checkInterrupt(),
      });
      outcomes.push(outcome);
    } catch (error) {
      const isPassing = error instanceof WheelsdownError && error.code !== "interrupted";
      if (!isPassing || !client.wasAnswered) throw error;
      terminal.warn(`${day}: ${error.message}`);
      outcomes.push({ kind: "failed", day, reason: error.message });
    } finally {
      progress.stop();
    }
  }
  terminal.note(`${client.receivedBytes} bytes received in this run`);
  return outcomes;
}

/** A progress line in megabytes or files. */
class DayProgress {
  readonly #day: string;
  readonly #terminal: Terminal;
  #line: Progress | undefined;
  #total = 0;
  #shown = 0;

  constructor(day: string, terminal: Terminal) {
    this.#day = day;
    this.#terminal = terminal;
  }

  show(done: number, total: number, unit: "bytes" | "files"): void {
    const size = unit === "bytes" ? MEGABYTE : 1;
    // The size of a part is known once it begins: then the line begins anew.
    if (total !== this.#total) {
      const label = unit === "bytes" ? `${this.#day} (MB)` : this.#day;
      this.#line = this.#terminal.progress(label, Math.ceil(total / size));
      this.#total = total;
      this.#shown = 0;
    }
    for (; this.#shown < Math.floor(done / size); this.#shown++) this.#line?.step();
  }

  stop(): void {
    this.#line?.stop();
  }
}
