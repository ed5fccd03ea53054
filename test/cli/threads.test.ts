import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { contentOf } from "../lake/temporary-folder.js";
import { tarOf } from "../support/tar.js";
import { assertFailures, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const AIRCRAFT = 150;
const INPUTS = ["day.tar", "more.tar.gz", "loose"];

function hexOf(index: number): string {
  return (0x4ca000 + index).toString(16);
}

/** Aircraft in a tar, some of them again in a compressed one, copies, files of no format, broken ones. */
before(() => {
  const traces = Array.from({ length: AIRCRAFT }, (_, index) => {
    const hex = hexOf(index);
    return { name: `traces/trace_full_${hex}.json`, content: gzipSync(landingTrace({ hex })) };
  });
  put(folder, "day.tar", tarOf([...traces, { name: "traces/notes.txt", content: "notes" }]));
  const later = [3, 4, 200, 201, 200].map((index, copy) => {
    const trace = JSON.parse(landingTrace({ hex: hexOf(index) })) as { timestamp: number };
    const content = JSON.stringify({ ...trace, timestamp: trace.timestamp + 86_400 * (copy + 1) });
    return { name: `later/${copy}/trace_full_${hexOf(index)}.json`, content };
  });
  const bad = {
    name: "bad/trace_full_4ca0ff.json",
    content: '{"icao":"zz","timestamp":1,"trace":[]}',
  };
  put(folder, "more.tar.gz", gzipSync(tarOf([...later, bad, traces[7]!])));
  put(folder, "loose/copy.json", traces[9]!.content);
  put(folder, "loose/cut.json.gz", traces[9]!.content.subarray(0, 500));
  put(folder, "loose/trace_full_4ca0fe.json", landingTrace({ hex: "4ca0fe" }));
  put(folder, "loose/trace_full_4ca0fe.json.gz", gzipSync(landingTrace({ hex: "4ca0fe" })));
});

function ingest(lake: string, threads: number) {
  const words = ["ingest", ...INPUTS, "--lake", lake, "--threads", String(threads)];
  return run(words, options);
}

test("any number of threads leaves the same bytes and says the same", async () => {
  const one = await ingest("one", 1);
  assert.match(one.stderr, /: the same bytes as /);
  assert.match(one.stderr, /"icao" is "zz"/);
  assert.match(one.stderr, /of no format that is read/);
  assert.match(one.stderr, /\d+ inputs added/);
  const expected = contentOf(join(folder, "one"));
  for (const threads of [2, 4]) {
    const lake = `with-${threads}`;
    const ran = await ingest(lake, threads);
    assert.equal(ran.stderr.replaceAll(lake, "one"), one.stderr);
    assert.equal(ran.code, one.code);
    assert.deepEqual(contentOf(join(folder, lake)), expected, `${threads} threads`);
  }
});

test("a run with threads that is killed is gone on with, to the same end, by any number of them", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  await ingest("whole", 2);
  const whole = contentOf(join(folder, "whole"));
  for (const waitMs of [200, 500, 900]) {
    const lake = `killed-${waitMs}`;
    const words = ["ingest", ...INPUTS, "--lake", lake, "--threads", "2"];
    await run(words, {
      ...options,
      onStart: async (child) => {
        const lock = join(folder, lake, "ingest.lock");
        while (!existsSync(lock) && child.exitCode === null) await sleep(2);
        await sleep(waitMs);
        child.kill("SIGKILL");
      },
    });
    await ingest(lake, waitMs === 500 ? 1 : 4);
    assert.deepEqual(contentOf(join(folder, lake)), whole, `killed after ${waitMs} ms`);
  }
});

test("killed after its first batch, threads or none, a run ends with the same bytes", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  // Two batches of inputs: 50 aircraft that come again and again, so that some are whole only after the second.
  const rows = Array.from({ length: 5_600 }, (_, i) => ({
    name: `row-${i}.json`,
    content: `{"icao":"${hexOf(i % 50)}","timestamp":${1548201600 + i * 60},"trace":[[0,10.5,-67,200,90,90,0,0,null]]}`,
  }));
  put(folder, "rows.tar", tarOf(rows));
  await runWell(rowsInto("rows-whole", 1), options);
  for (const threads of [1, 2]) {
    const lake = `rows-killed-${threads}`;
    const manifest = join(folder, lake, "manifest.json");
    const { signal } = await run(rowsInto(lake, threads), {
      ...options,
      onStart: async (child) => {
        while (!hasChange(manifest) && child.exitCode === null) await sleep(2);
        child.kill("SIGKILL");
      },
    });
    assert.equal(signal, "SIGKILL");
    const { stderr } = await run(rowsInto(lake, 3 - threads), options);
    assert.match(stderr, /5000 were there already/);
    assert.deepEqual(contentOf(join(folder, lake)), contentOf(join(folder, "rows-whole")));
  }
});

function rowsInto(lake: string, threads: number): string[] {
  return ["ingest", "rows.tar", "--lake", lake, "--threads", String(threads)];
}

/** True when at least one change of a lake is on disk. */
function hasChange(manifest: string): boolean {
  return existsSync(manifest) && /"generation": *[1-9]/.test(readFileSync(manifest, "utf8"));
}

test("Ctrl-C with threads at work ends with 130 and gives the lake back", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  const lock = join(folder, "stopped", "ingest.lock");
  const { code, stderr } = await run(["ingest", ...INPUTS, "--lake", "stopped", "--threads", "2"], {
    ...options,
    onStart: async (child) => {
      while (!existsSync(lock) && child.exitCode === null) await sleep(2);
      child.kill("SIGINT");
    },
  });
  assert.equal(code, 130, stderr);
  assert.match(stderr, /error: interrupted; what was complete is kept\n$/);
  assert.ok(!existsSync(lock));
  await ingest("stopped", 2);
  await runWell(["lake", "verify", "--lake", "stopped"], options);
});

test("a number of threads that is none is refused", async () => {
  const words = ["ingest", "day.tar", "--lake", "refused", "--threads"];
  await assertFailures(
    ["0", "17", "1.5", "two"].map((count) => {
      return { words: [...words, count], code: 64, says: /write a whole number from 1 to 16/ };
    }),
    options,
  );
});
