import { Worker } from "node:worker_threads";
import { WheelsdownError } from "../units/errors.js";
import type { WorkerAnswer, WorkerSetup } from "./worker.js";

/** What a thread allocates between two small rounds of collecting garbage; the default of 48 brings nothing here. */
const YOUNG_MB = 12;
/**
 * What a thread may keep in its heap: 50 MB are used. How soon garbage is collected follows from it; with Node's own limit of
 * some gigabytes a heap grows to three times what is in it. chosen: docs/performance.md, section 6
 */
const OLD_MB = 1024;

/** A task that waits for a thread, or is in one. */
interface Asked {
  readonly task: unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  doing: Asked | undefined;
}

/**
 * A fixed number of threads, started when there is work for them; each does one task at a time, waiting tasks are taken in
 * their order. A thread that ends is not replaced: its task fails, and so does everything asked afterwards.
 */
export class Threads {
  readonly #count: number;
  readonly #setup: WorkerSetup;
  readonly #threads: Thread[] = [];
  readonly #waiting: Asked[] = [];
  #broken: unknown;

  constructor(count: number, setup: WorkerSetup) {
    this.#count = count;
    this.#setup = setup;
  }

  /** @returns what the job gives for this task */
  run(task: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== undefined) reject(this.#broken);
      else {
        this.#waiting.push({ task, resolve, reject });
        this.#deal();
      }
    });
  }

  /** Ends all threads, also those at work: what they were asked fails. */
  async close(): Promise<void> {
    this.#breakDown(new WheelsdownError("interrupted", "the threads were stopped"));
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #deal(): void {
    while (this.#waiting.length > 0) {
      const idle = this.#threads.find(({ doing }) => doing === undefined) ?? this.#start();
      if (!idle) return;
      idle.doing = this.#waiting.shift()!;
      idle.worker.postMessage(idle.doing.task, []);
    }
  }

  #start(): Thread | undefined {
    if (this.#threads.length === this.#count) return undefined;
    const worker = new Worker(new URL("worker.js", import.meta.url), {
      workerData: this.#setup,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: OLD_MB },
    });
    const thread: Thread = { worker, doing: undefined };
    worker.on("message", (answer: WorkerAnswer) => {
      const asked = thread.doing;
      thread.doing = undefined;
      // Nobody asks any more: the pool was closed while this came.
      if (!asked) return;
      if ("value" in answer) asked.resolve(answer.value);
      else if ("bug" in answer) asked.reject(answer.bug);
      else asked.reject(new WheelsdownError(answer.failed.code, answer.failed.message));
      this.#deal();
    });
    worker.on("error", (error) => this.#breakDown(brokenThread(error)));
    worker.on("exit", (code) => this.#breakDown(new Error(`a thread ended by itself (${code})`)));
    this.#threads.push(thread);
    return thread;
  }

  /** The first reason stays: what follows is its consequence. */
  #breakDown(reason: unknown): void {
    this.#broken ??= reason;
    for (const thread of this.#threads) {
      thread.doing?.reject(this.#broken);
      thread.doing = undefined;
    }
    for (const { reject } of this.#waiting.splice(0)) reject(this.#broken);
  }
}

function brokenThread(cause: Error): Error {
  if ((cause as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") return cause;
  const message = "a thread ran out of memory; try again with --threads 1";
  return new WheelsdownError("io-failed", message, { cause });
}
