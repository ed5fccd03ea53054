/** What a job gives, and the memory that goes over to the thread that asked, not copied. */
export interface JobResult<Result> {
  readonly value: Result;
  readonly transfer: ArrayBuffer[];
}

/**
 * Work that any thread can do: exported by a module, it gets everything it needs as plain values. `setup` is the same
 * object for all jobs of a thread, so a job may keep there what it made, under a key of its own (`WeakMap`).
 */
export type Job<Setup extends object, Task, Result> = (
  task: Task,
  setup: Setup,
) => Promise<JobResult<Result>>;
