import assert from "node:assert/strict";
import { test } from "node:test";
import { threadId } from "node:worker_threads";
import { openPool, type Pool } from "../../src/pool/pool.js";
import type { TestResult, TestTask } from "./jobs.js";

function poolOf(threads: number): Promise<Pool<TestTask, TestResult>> {
  const moduleUrl = new URL("jobs.js", import.meta.url).href;
  const setup = { word: "lake" };
  return openPool({ moduleUrl, jobName: "testJob", setup, threads, aheadPerThread: 2 });
}

/** Early tasks take longest, so that threads end them in another order. */
const TASKS: readonly TestTask[] = Array.from({ length: 24 }, (_, number) => {
  return { number, waitMs: number % 5 === 0 ? 30 : 1 };
});

for (const threads of [1, 2, 4]) {
  test(`results come in the order of tasks with ${threads} threads`, async () => {
    const pool = await poolOf(threads);
    const found: TestResult[] = [];
    for await (const { task, result } of pool.inOrder(TASKS)) {
      assert.equal(task.number, result.number);
      found.push(result);
    }
    await pool.close();
    assert.deepEqual(
      found.map(({ number }) => number),
      TASKS.map(({ number }) => number),
    );
    for (const { number, column, word } of found) {
      assert.equal(column.length, 1000);
      assert.equal(column[999], number);
      assert.equal(word, "lake");
    }
    const threadIds = new Set(found.map((result) => result.threadId));
    if (threads === 1) assert.deepEqual([...threadIds], [threadId]);
    else assert.ok(threadIds.size > 1 && !threadIds.has(threadId));
  });
}

test("tasks are taken only as far ahead as the pool may be", async () => {
  const pool = await poolOf(2);
  let takenCount = 0;
  function* endless(): Generator<TestTask> {
    for (;;) yield { number: takenCount++ };
  }
  let givenCount = 0;
  for await (const { result } of pool.inOrder(endless())) {
    assert.equal(result.number, givenCount++);
    assert.ok(takenCount - givenCount < 2 * 2, `${takenCount} taken, ${givenCount} given`);
    if (givenCount === 50) break;
  }
  await pool.close();
});

for (const threads of [1, 2]) {
  test(`errors keep their kind, and come at their task's turn, with ${threads} threads`, async () => {
    for (const [does, expected] of [
      ["refuse", { name: "WheelsdownError", code: "input-invalid", message: "no 3" }],
      ["break", { name: "RangeError", message: "a bug at 3" }],
    ] as const) {
      const pool = await poolOf(threads);
      const given: number[] = [];
      const run = async () => {
        const tasks = [0, 1, 2, 3, 4].map((number) => ({
          number,
          waitMs: number === 3 ? 0 : 20,
          ...(number === 3 ? { does } : {}),
        }));
        for await (const { result } of pool.inOrder(tasks)) given.push(result.number);
      };
      await assert.rejects(run(), expected);
      assert.deepEqual(given, [0, 1, 2]);
      await pool.close();
    }
  });
}

test("a thread that breaks down ends the work with an error, not in silence", async () => {
  const pool = await poolOf(2);
  const run = async () => {
    for await (const _ of pool.inOrder([{ number: 0 }, { number: 1, does: "exit" as const }]));
  };
  await assert.rejects(run(), /thread|worker/i);
  await pool.close();
});

test("a pool can be closed while its threads are at work", async () => {
  const pool = await poolOf(2);
  for await (const _ of pool.inOrder([{ number: 0 }, { number: 1, waitMs: 60_000 }])) break;
  await pool.close();
});
