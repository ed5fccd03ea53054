import assert from "node:assert/strict";
import { type ChildProcess, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { contentOf } from "../lake/temporary-folder.js";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put, putArchive } from "./trace.js";

/** Enough that a run takes a second or two after it has begun. */
const AIRCRAFT = 60;

const folder = temporaryFolder();
const options = { cwd: folder };
const whole = join(folder, "whole");

before(async () => {
  putArchive(join(folder, "in"), AIRCRAFT);
  const { code, stdout, stderr } = await run(["ingest", "in", "--lake", "whole"], options);
  assert.equal(
    stderr,
    `whole: ${AIRCRAFT} inputs added, ${AIRCRAFT * 301} positions of ${AIRCRAFT} aircraft\n`,
  );
  assert.equal(stdout, "");
  assert.equal(code, 0);
});

async function assertReadable(lake: string): Promise<void> {
  assert.match(await runWell(["lake", "verify", "--lake", lake], options), /every file is as it/);
  const asked = await run(["landings", "--json", "--quiet", "--lake", lake], options);
  // Before the first batch there is nothing to answer from, and that is said instead of "none".
  if (asked.code === 66)
    assert.match(asked.stderr, /^error: the lake is empty; ingest files first/);
  else assert.equal(asked.code, 0, asked.stderr);
  jsonLines(asked.stdout);
}

test("what was ingested is passed over, and the lake stays as it is", async () => {
  const { stderr } = await run(["ingest", "in", "--lake", "whole"], options);
  assert.equal(
    stderr,
    `whole: 0 inputs added, 0 positions of 0 aircraft; ${AIRCRAFT} were there already\n`,
  );
  const other = temporaryFolder();
  await runWell(["ingest", "in", "--lake", other], options);
  assert.deepEqual(contentOf(other), contentOf(whole));
});

test('an answer for all aircraft of one day says neither "asked for" nor "1 days"', async () => {
  const words = ["landings", "--in", "SVMI", "--from", "2019-01-23", "--to", "2019-01-23"];
  const said = await runWell([...words, "--lake", "whole"], options);
  assert.match(
    said,
    /\n60 aircraft were heard to move; the lake holds positions on 1 of 1 day of this/,
  );
  const one = await runWell([...words, "--hex", "140000", "--lake", "whole"], options);
  assert.match(one, /\n1 aircraft asked for was heard to move; /);
});

test("a licence stated for an input that is there already is not taken, and that is told", async () => {
  const words = ["ingest", "in/2019/01/23/traces/00", "--lake", "licensed"];
  await runWell([...words, "--licence", "ODbL 1.0"], options);
  const content = contentOf(join(folder, "licensed"));
  const again = await run([...words, "--licence", "ODbL 1.0"], options);
  assert.doesNotMatch(again.stderr, /warning/);
  for (const licence of ["CC0", ""]) {
    const other = await run([...words, "--licence", licence], options);
    assert.match(
      other.stderr,
      /warning: 1 input was there already and keeps the licence it came under, not "(CC0)?": in.*140000.json; .*into a new lake/,
    );
    assert.equal(other.code, 0);
  }
  assert.doesNotMatch((await run(words, options)).stderr, /warning/);
  assert.deepEqual(contentOf(join(folder, "licensed")), content);
});

test("Ctrl-C ends with 130, leaves a lake that can be read, and the next run ends as an undisturbed one", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  const lake = join(folder, "interrupted");
  const lock = join(lake, "ingest.lock");
  let interruptedCount = 0;
  for (const waitMs of [0, 150, 500]) {
    const { code, signal, stderr } = await run(["ingest", "in", "--lake", lake], {
      ...options,
      onStart: async (child) => {
        while (!existsSync(lock) && child.exitCode === null) await sleep(2);
        await sleep(waitMs);
        child.kill("SIGINT");
      },
    });
    assert.equal(signal, null);
    if (code === 130) {
      interruptedCount++;
      assert.match(stderr, /interrupted, stopping after this step/);
      assert.match(stderr, /error: interrupted; what was complete is kept\n$/);
    } else assert.equal(code, 0, stderr);
    assert.ok(!existsSync(lock), "the lake is given back");
    await assertReadable(lake);
  }
  assert.ok(interruptedCount >= 1, `${interruptedCount} of 3 runs met their Ctrl-C`);
  await runWell(["ingest", "in", "--lake", lake], options);
  assert.deepEqual(jsonLines(await answerOf(lake)), jsonLines(await answerOf(whole)));
});

test("a killed run is gone on with, to the same end", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  const lake = join(folder, "killed");
  for (const waitMs of [100, 500]) {
    await run(["ingest", "in", "--lake", lake], {
      ...options,
      onStart: async (child) => {
        while (!existsSync(join(lake, "ingest.lock")) && child.exitCode === null) await sleep(2);
        await sleep(waitMs);
        child.kill("SIGKILL");
      },
    });
    await assertReadable(lake);
  }
  await runWell(["ingest", "in", "--lake", lake], options);
  assert.deepEqual(contentOf(lake), contentOf(whole));
});

/** Everything the lake answers, with the inputs. */
async function answerOf(lake: string): Promise<string> {
  const [landings, inputs] = await Promise.all([
    runWell(["landings", "--json", "--quiet", "--lake", lake], options),
    runWell(["lake", "inputs", "--json", "--lake", lake], options),
  ]);
  return landings + inputs;
}

test("of two ingests at once the second is refused, and the first ends well", async () => {
  const lake = join(folder, "busy");
  const lock = join(lake, "ingest.lock");
  let writing: ChildProcess | undefined;
  const first = run(["ingest", "in", "--lake", lake], {
    ...options,
    onStart: (child) => {
      writing = child;
    },
  });
  while (!existsSync(lock)) await sleep(2);
  // So few files are read before a second process has started.
  writing!.kill("SIGSTOP");
  try {
    await assertFailures(
      [
        {
          words: ["ingest", "in", "--lake", lake],
          code: 74,
          says: /process \d+ on .* is writing to the lake .*; wait for it/,
        },
      ],
      options,
    );
  } finally {
    writing!.kill("SIGCONT");
  }
  assert.equal((await first).code, 0);
  assert.deepEqual(contentOf(lake), contentOf(whole));
});

test("a lake of a newer program, a broken one and none at all are refused with what to do", async () => {
  const copies = ["newer", "torn", "headless", "cut"].map((name) => {
    cpSync(whole, join(folder, name), { recursive: true });
    return join(folder, name);
  });
  const [newer, torn, headless, cut] = copies as [string, string, string, string];
  const about = JSON.parse(readFileSync(join(newer, "lake.json"), "utf8")) as object;
  writeFileSync(join(newer, "lake.json"), JSON.stringify({ ...about, schemaVersion: 99 }));
  writeFileSync(join(torn, "manifest.json"), '{"files": [');
  rmSync(join(headless, "manifest.json"));
  const movements = Object.keys(contentOf(cut)).find((name) => /^movements.*parquet$/.test(name))!;
  writeFileSync(join(cut, movements), "cut");
  put(folder, "plain.txt", "a file");
  const contents = copies.map(contentOf);
  const one = "in/2019/01/23/traces/00/trace_full_140000.json";
  const says = {
    newer: /has schema version 99, this program knows up to 1; install a newer wheelsdown/,
    torn: /manifest.json is broken: it is no JSON/,
    headless: /manifest.json is missing.*restore it or ingest into a new folder/,
  };
  await assertFailures(
    [
      { words: ["landings", "--lake", newer], code: 65, says: says.newer },
      { words: ["aircraft", "RA-96019", "--lake", newer], code: 65, says: says.newer },
      { words: ["ingest", one, "--lake", newer], code: 65, says: says.newer },
      { words: ["journeys", "--lake", torn], code: 65, says: says.torn },
      { words: ["ingest", one, "--lake", torn], code: 65, says: says.torn },
      { words: ["lake", "status", "--lake", headless], code: 65, says: says.headless },
      { words: ["ingest", one, "--lake", headless], code: 65, says: says.headless },
      {
        words: ["landings", "--lake", cut],
        code: 74,
        says: /reading the lake .* failed: .*movements/,
      },
      {
        words: ["ingest", one, "--lake", "plain.txt"],
        code: 74,
        says: /cannot make a lake in .*plain/,
      },
      { words: ["landings", "--lake", "plain.txt"], code: 66, says: /there is no lake in / },
    ],
    options,
  );
  assert.deepEqual(copies.map(contentOf), contents);
  const verify = await run(["lake", "verify", "--lake", cut]);
  assert.equal(verify.code, 65);
  assert.match(verify.stdout, /^changed: movements.*\n1 file is not as written; /);
});

test("simulated and observed inputs never share a lake", async () => {
  put(folder, "simulated.json", landingTrace({ simulated: true }));
  const content = contentOf(whole);
  const says = /simulated.json is simulated, but the lake holds what is observed.*another folder/;
  const words = ["ingest", "simulated.json", "--lake", "whole"];
  await assertFailures([{ words, code: 65, says }], options);
  assert.deepEqual(contentOf(whole), content);
});

test("a full disk ends with 74, leaves the lake readable, and room lets the run end", async (context) => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const mount = (size: string) =>
    spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", disk]).status === 0;
  if (process.platform !== "linux" || !mount("size=48k"))
    return context.skip("needs the right to mount a small disk");
  try {
    const lake = join(disk, "lake");
    const { code, stderr } = await run(["ingest", "in", "--lake", lake], options);
    assert.match(stderr, /error: writing to the lake .* failed: .*run the ingest again/);
    assert.equal(code, 74);
    await assertReadable(lake);
    assert.ok(mount("size=50m,remount"));
    await runWell(["ingest", "in", "--lake", lake], options);
    assert.deepEqual(contentOf(lake), contentOf(whole));
  } finally {
    spawnSync("umount", ["-l", disk]);
  }
});
