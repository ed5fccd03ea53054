// Feeds readers damaged documents, many of them, and stops at the first that crashes, hangs, keeps nonsense, loses a row or
// depends on how its bytes were cut. It prints the command that gives the same input again.
//
//   npm run fuzz -- --reader ID --inputs 1000000 [--seed 1] [--first 0] [--threads 2]
//
// Without --reader it takes them all, one after the other. `--reader parquet` is no reader of a format: it feeds damaged Parquet
// to what makes tables of it, which is a hundred times slower and only done when it is asked for.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { FUZZED, hasDocuments } from "./documents.js";
import { fuzzParquet } from "./parquet-files.js";
import type { FuzzTask } from "./worker.js";

/** An input that takes so long hangs. */
const HANG_MS = 10_000;
const TELL_MS = 10_000;

const { values } = parseArgs({
  options: {
    reader: { type: "string" },
    inputs: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "0" },
    threads: { type: "string", default: String(availableParallelism()) },
  },
});
const ids = values.reader === undefined ? FUZZED.map(({ id }) => id) : [values.reader];
for (const id of ids) {
  if (id === "parquet") {
    const asked = {
      seed: wholeNumber("seed", values.seed),
      first: wholeNumber("first", values.first),
      inputCount: wholeNumber("inputs", values.inputs),
    };
    if (!(await fuzzParquet(asked))) process.exitCode = 1;
    break;
  }
  if (!FUZZED.some((reader) => reader.id === id)) {
    console.error(
      `no reader "${id}"; there are: ${FUZZED.map((reader) => reader.id).join(", ")}, parquet`,
    );
    process.exitCode = 64;
    break;
  }
  const isFine = await fuzz(id);
  if (!isFine) {
    process.exitCode = 1;
    break;
  }
}

/** Deals inputs to threads: thread t of n takes every n-th. @returns false when one of them failed */
async function fuzz(readerId: string): Promise<boolean> {
  const inputCount = wholeNumber("inputs", values.inputs);
  const seed = wholeNumber("seed", values.seed);
  const first = wholeNumber("first", values.first);
  const threads = Math.max(1, Math.min(wholeNumber("threads", values.threads), inputCount));
  if (!hasDocuments(readerId))
    console.log(
      `${readerId} has no documents of its own in test/fuzz/documents.ts: it gets those of all others`,
    );
  const startMs = performance.now();
  const progress = new Int32Array(new SharedArrayBuffer(4 * threads));
  const sums = await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      runThread({ readerId, seed, first, inputCount, thread, threads, progress }),
    ),
  );
  if (sums.includes(undefined)) return false;
  const total = (name: "kept" | "issues" | "refused") =>
    sums.reduce((sum, one) => sum + one![name], 0);
  const seconds = (performance.now() - startMs) / 1000;
  console.log(
    `${readerId}: ${inputCount} inputs in ${seconds.toFixed(0)} s, ${total("kept")} points kept, ${total("issues")} issues, ` +
      `${total("refused")} inputs refused; none crashed, hung, gave nonsense or lost a row`,
  );
  return true;
}

interface Sums {
  readonly kept: number;
  readonly issues: number;
  readonly refused: number;
}

function runThread(task: FuzzTask): Promise<Sums | undefined> {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: task });
  const again = (index: number) =>
    `npm run fuzz -- --reader ${task.readerId} --seed ${task.seed} --first ${index} --inputs 1`;
  return new Promise((resolve) => {
    let before = -1;
    let toldMs = performance.now();
    const watch = setInterval(() => {
      const done = Atomics.load(task.progress, task.thread);
      if (done === before) {
        console.error(`hangs: ${again(task.first + task.thread + done * task.threads)}`);
        end(undefined);
      } else if (task.thread === 0 && performance.now() - toldMs > TELL_MS) {
        toldMs = performance.now();
        console.log(`  ${task.readerId}: some ${done * task.threads} inputs`);
      }
      before = done;
    }, HANG_MS);
    const end = (sums: Sums | undefined): void => {
      clearInterval(watch);
      void worker.terminate();
      resolve(sums);
    };
    worker.on("message", (message: Sums | { readonly index: number; readonly error: string }) => {
      if ("error" in message) {
        console.error(`${message.error}\nagain: ${again(message.index)}`);
        end(undefined);
      } else end(message);
    });
    worker.on("error", (error) => {
      console.error(error);
      end(undefined);
    });
  });
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} ${text} is no whole number`);
  process.exit(64);
}
