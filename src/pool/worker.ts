// What runs in each thread of a pool: it imports the job's module once, and calls the job for each task.
import { Tinypool } from "tinypool";
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
  | { readonly failed: { readonly code: ErrorCode; readonly message: string } };

const { moduleUrl, jobName, setup } = Tinypool.workerData as WorkerSetup;
const module = (await import(moduleUrl)) as Record<string, Job<object, unknown, unknown>>;
const job = module[jobName]!;

/** Called by the pool's package for each task. */
export async function work(task: unknown): Promise<unknown> {
  try {
    const { value, transfer } = await job(task, setup);
    return Tinypool.move({
      [Tinypool.transferableSymbol]: transfer,
      [Tinypool.valueSymbol]: { value } satisfies WorkerAnswer,
    } as never);
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    return { failed: { code: error.code, message: error.message } } satisfies WorkerAnswer;
  }
}
