import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { releaseMemory } from "../../src/io/release-memory.js";

/** In the first moments of a thread nothing is released yet; how long they last depends on what else runs. */
async function firstMomentsOver(): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    const probe = Buffer.allocUnsafeSlow(100_000);
    releaseMemory([probe.buffer]);
    if (probe.length === 0) return;
    await setTimeout(10);
  }
}

test("memory that was given back is empty at once, and counted no longer", async () => {
  await firstMomentsOver();
  // A thousand times two megabytes would be noticed before the collector is.
  let mostBytes = 0;
  for (let i = 0; i < 1000; i++) {
    const bytes = Buffer.allocUnsafeSlow(2e6);
    releaseMemory([bytes.buffer]);
    assert.equal(bytes.length, 0);
    mostBytes = Math.max(mostBytes, process.memoryUsage().arrayBuffers);
  }
  assert.ok(mostBytes < 20e6, `${mostBytes} bytes`);
});

test("memory that others may look into is left alone", () => {
  const small = Buffer.from("one of many in a pool");
  const shared = new SharedArrayBuffer(1e6);
  releaseMemory([small.buffer, shared]);
  assert.equal(small.toString(), "one of many in a pool");
  assert.equal(shared.byteLength, 1e6);
});
