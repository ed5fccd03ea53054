// What runs in each thread of a pool: it imports the job's module once, and does one task at a time.
import { parentPort, workerData } from "node:worker_threads";
import { type ErrorCode, WheelsdownError } from "../units/errors.js";
import type { Job } from "./job.js";

/** What a thread is started with. */
export interface WorkerSetup {
  readonly moduleUrl: string;
  readonly jobName: string;
  readonly setup: object;
}

/** What comes back; an error the user can act on keeps its code, which copying between threads would lose. */
export type WorkerAnswer =
  | { readonly value: unknown }
  | { readonly failed: { readonly code: ErrorCode; readonly message: string } }
  | { readonly bug: Error };

const { moduleUrl, jobName, setup } = workerData as WorkerSetup;
const job = import(moduleUrl).then(
  (module: Record<string, Job<object, unknown, unknown>>) => module[jobName]!,
);
const port = parentPort!;

port.on("message", (task: unknown) => {
  void answer(task);
});

async function answer(task: unknown): Promise<void> {
  try {
    const { value, transfer } = await (await job)(task, setup);
    port.postMessage({ value } satisfies WorkerAnswer, transfer);
  } catch (error) {
    port.postMessage(failureOf(error));
  }
}

function failureOf(error: unknown): WorkerAnswer {
  if (error instanceof WheelsdownError)
    return { failed: { code: error.code, message: error.message } };
  return { bug: error instanceof Error ? error : new Error(String(error)) };
}
