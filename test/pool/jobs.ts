import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import type { JobResult } from "../../src/pool/job.js";
import { WheelsdownError } from "../../src/units/errors.js";

/** What a task asks of the job: to wait, to fail in some way, or to give a column. */
export interface TestTask {
  readonly number: number;
  readonly waitMs?: number;
  readonly does?: "refuse" | "break" | "exit";
}

export interface TestResult {
  readonly number: number;
  readonly column: Float64Array;
  readonly threadId: number;
  readonly word: string;
}

export async function testJob(
  task: TestTask,
  setup: { readonly word: string },
): Promise<JobResult<TestResult>> {
  await sleep(task.waitMs ?? 0);
  if (task.does === "refuse") throw new WheelsdownError("input-invalid", `no ${task.number}`);
  if (task.does === "break") throw new RangeError(`a bug at ${task.number}`);
  if (task.does === "exit") process.exit(3);
  const column = new Float64Array(1000).fill(task.number);
  const value = { number: task.number, column, threadId, word: setup.word };
  return { value, transfer: [column.buffer] };
}
