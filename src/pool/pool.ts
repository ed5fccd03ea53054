import type { Job } from "./job.js";
import { Threads } from "./threads.js";

export interface PoolOptions<Setup extends object> {
  /** Module that exports the job, and the job's name there. */
  readonly moduleUrl: string;
  readonly jobName: string;
  /** Copied to each thread once; what is in a `SharedArrayBuffer` is shared. */
  readonly setup: Setup;
  /** 1 does the work in the thread that asks, when it asks. */
  readonly threads: number;
  /** Tasks that may be under way or done and not yet taken, for each thread: what bounds the memory. */
  readonly aheadPerThread: number;
}

/** A task with what its job made of it. */
export interface Done<Task, Result> {
  readonly task: Task;
  readonly result: Result;
}

/** Threads that do one kind of job. */
export interface Pool<Task, Result> {
  /**
   * Does the tasks, whoever is done first, and gives the results in the order of the tasks. Tasks are taken from
   * their source as room is made, never more than the pool's limit ahead of what was given.
   *
   * @throws WheelsdownError what a job threw, "io-failed" when a thread broke down for want of memory
   */
  inOrder(tasks: Iterable<Task> | AsyncIterable<Task>): AsyncGenerator<Done<Task, Result>, void>;
  /** Ends all threads, also those at work. */
  close(): Promise<void>;
}

/** Opens a pool; threads start with the first tasks. Close it, or the process goes on. */
export async function openPool<Setup extends object, Task, Result>(
  options: PoolOptions<Setup>,
): Promise<Pool<Task, Result>> {
  if (options.threads <= 1) return await poolOfNone(options);
  const { moduleUrl, jobName, setup, threads } = options;
  const pool = new Threads(threads, { moduleUrl, jobName, setup });
  const aheadMax = threads * options.aheadPerThread;
  return {
    inOrder: (tasks) =>
      runAhead(tasks, { aheadMax, run: (task) => pool.run(task) as Promise<Result> }),
    close: () => pool.close(),
  };
}

/** No thread at all: the same job, called here. */
async function poolOfNone<Setup extends object, Task, Result>(
  options: PoolOptions<Setup>,
): Promise<Pool<Task, Result>> {
  const module = (await import(options.moduleUrl)) as Record<string, Job<Setup, Task, Result>>;
  const job = module[options.jobName]!;
  return {
    async *inOrder(tasks) {
      for await (const task of tasks) {
        const { value } = await job(task, options.setup);
        yield { task, result: value };
      }
    },
    close: async () => {},
  };
}

async function* runAhead<Task, Result>(
  tasks: Iterable<Task> | AsyncIterable<Task>,
  how: { readonly aheadMax: number; run(task: Task): Promise<Result> },
): AsyncGenerator<Done<Task, Result>, void> {
  const source =
    Symbol.asyncIterator in tasks ? tasks[Symbol.asyncIterator]() : tasks[Symbol.iterator]();
  const underWay: { task: Task; result: Promise<Result> }[] = [];
  let isEnd = false;
  try {
    for (;;) {
      while (!isEnd && underWay.length < how.aheadMax) {
        const next = await source.next();
        if (next.done) isEnd = true;
        else {
          const result = how.run(next.value);
          // Its turn comes later; until then a failure is nobody's to catch, and must not end the process.
          result.catch(() => undefined);
          underWay.push({ task: next.value, result });
        }
      }
      const first = underWay.shift();
      if (!first) return;
      yield { task: first.task, result: await first.result };
    }
  } finally {
    await source.return?.();
  }
}
