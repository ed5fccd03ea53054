import { parentPort, workerData } from "node:worker_threads";
import { FUZZED } from "./documents.js";
import { inputOf, tryInput } from "./try-input.js";

/** A thread's share of the inputs. */
export interface FuzzTask {
  readonly readerId: string;
  readonly seed: number;
  readonly first: number;
  readonly inputCount: number;
  readonly thread: number;
  readonly threads: number;
  /** How many inputs each thread has done, so that one that hangs is noticed. */
  readonly progress: Int32Array;
}

const task = workerData as FuzzTask;
const reader = FUZZED.find(({ id }) => id === task.readerId)!;
const sums = { kept: 0, issues: 0, refused: 0 };
let failure: { index: number; error: string } | undefined;
const { first, inputCount, thread, threads } = task;
for (let index = first + thread; index < first + inputCount && !failure; index += threads) {
  try {
    const { keptCount, issueCount, isRefused } = await tryInput(
      reader,
      inputOf(task.readerId, task.seed, index),
    );
    sums.kept += keptCount;
    sums.issues += issueCount;
    if (isRefused) sums.refused++;
  } catch (error) {
    failure = { index, error: String((error as Error).stack) };
  }
  Atomics.add(task.progress, thread, 1);
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort!.postMessage(failure ?? sums);
