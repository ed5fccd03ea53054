import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { contentOf } from "../lake/temporary-folder.js";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const DAY_MS = Date.UTC(2019, 0, 23);
const LATER_MS = DAY_MS + 3 * 86_400_000;
const GONE = /positions of 2019-01-23 were read from 2 inputs and not kept .*fills them in/;

before(async () => {
  put(folder, "old/a.json", landingTrace({ hex: "4ca7b3", registration: "EI-DEO" }));
  put(folder, "old/b.json", landingTrace({ hex: "140001", registration: "RA-00001" }));
  put(
    folder,
    "new/c.json",
    landingTrace({ hex: "140001", registration: "RA-00001", dayMs: LATER_MS }),
  );
  put(folder, "new/d.json", landingTrace({ hex: "a00001", registration: "N1", dayMs: LATER_MS }));
  await runWell(["ingest", "old", "new", "--lake", "plain"], options);
  await runWell(["ingest", "old", "--events-only", "--lake", "events"], options);
  await runWell(["ingest", "old", "--events-only", "--lake", "mixed"], options);
  await runWell(["ingest", "new", "--lake", "mixed"], options);
});

const movementWords = [
  ["landings", "--in", "VE", "--json"],
  ["landings", "--in", "SVMI", "--csv"],
  ["arrivals", "SVMI", "--json", "--no-coverage"],
];

test("questions about movements are answered as from a lake with positions", async () => {
  for (const words of movementWords) {
    const answer = await runWell([...words, "--lake", "mixed", "--quiet"], options);
    assert.equal(answer, await runWell([...words, "--lake", "plain", "--quiet"], options));
    assert.match(answer, /SVMI/);
  }
  const { code, stdout } = await run(["landings", "--in", "VE", "--lake", "events"], options);
  assert.equal(code, 0);
  assert.match(stdout, GONE);
});

const of = (words: string[]) => [...words, "--lake", "events"];

test("questions that need positions say that they were not kept, and give no answer that reads as absence", async () => {
  await assertFailures(
    [
      { words: of(["area", "--in", "VE"]), code: 66, says: GONE },
      { words: of(["area", "--in", "VE", "--from", "2019-01-23", "--json"]), code: 66, says: GONE },
      {
        words: of(["track", "--hex", "4ca7b3", "--csv"]),
        code: 66,
        says: /positions of 2019-01-23 were read from 1 input and not kept/,
      },
      {
        words: of(["reach", "--hex", "4ca7b3", "--in", "VE"]),
        code: 66,
        says: /reach of 4ca7b3 not worked out: positions were read and not kept/,
      },
      {
        words: of(["journeys", "--hex", "4ca7b3", "--json"]),
        code: 66,
        says: /journeys of 4ca7b3 not worked out/,
      },
      { words: of(["lake", "compact", "--layout", "area"]), code: 66, says: GONE },
    ],
    options,
  );
  const dossier = await run(
    ["dossier", "--hex", "4ca7b3", "--out", "packet", "--lake", "events"],
    options,
  );
  assert.equal(dossier.code, 66);
  assert.match(dossier.stderr, /journeys of 4ca7b3 not worked out/);
  const page = readFileSync(join(folder, "packet/dossier.json"), "utf8");
  assert.match(page, /not kept/);
});

test("what can be answered in part is, with the rest told and the exit code that says so", async () => {
  const asked = ["--from", "2019-01-20", "--to", "2019-01-30", "--lake", "mixed"];
  const area = await run(["area", "--in", "VE", "--json", ...asked], options);
  assert.equal(area.code, 66);
  assert.match(area.stderr, /the answer is not whole: positions of 2019-01-23/);
  assert.deepEqual(
    jsonLines(area.stdout).map(({ hex }) => hex),
    ["140001", "a00001"],
  );
  const text = await run(["area", "--in", "VE", ...asked], options);
  assert.match(text.stdout, GONE);
  const later = ["--from", "2019-01-26", "--to", "2019-01-26", "--lake", "mixed"];
  await runWell(["area", "--in", "VE", ...later], options);
  const track = await run(["track", "--hex", "140001", "--csv", ...asked], options);
  assert.equal(track.code, 66);
  assert.match(track.stderr, /not whole: positions of 2019-01-23 were read from 1 input/);
  await runWell(["track", "--hex", "a00001", ...asked], options);
  await runWell(["track", "--hex", "140001", ...later], options);
  const together = await run(["together", "--hex", "a00001", ...asked], options);
  assert.equal(together.code, 66);
  const journeys = await run(["journeys", "--hex", "140001,a00001", ...asked], options);
  assert.equal(journeys.code, 66);
  assert.match(journeys.stdout, /a00001|N1/);
  assert.match(journeys.stderr, /journeys of 140001 not worked out/);
});

/** The usual landing, then two hours and a half on the stand. */
function parkedTrace(): string {
  const trace = JSON.parse(landingTrace({ hex: "a00009", registration: "N9" })) as {
    trace: unknown[][];
  };
  const [last] = trace.trace.slice(-1);
  const rows = Array.from({ length: 300 }, (_, i) => [44_760 + (i + 1) * 30, ...last!.slice(1)]);
  return JSON.stringify({ ...trace, trace: [...trace.trace, ...rows] });
}

async function told(lake: string): Promise<string> {
  const text = await runWell(
    ["landings", "--in", "VE", "--json", "--quiet", "--lake", lake],
    options,
  );
  const stops = await runWell(
    ["departures", "SVMI", "--json", "--no-coverage", "--quiet", "--lake", lake],
    options,
  );
  return (text + stops).replaceAll(/"rowFrom":\d+,"rowTo":\d+|, \d+ positions/g, "");
}

test("a stop in the silence between two runs is inferred as from one", async () => {
  put(folder, "parked/1.json", parkedTrace());
  put(folder, "again/2.json", landingTrace({ hex: "a00009", registration: "N9", dayMs: LATER_MS }));
  for (const lake of ["runs", "runs-plain"]) {
    const eventsOnly = lake === "runs" ? ["--events-only"] : [];
    for (const path of ["parked", "again"])
      await runWell(["ingest", path, ...eventsOnly, "--lake", lake], options);
  }
  const plain = await told("runs-plain");
  assert.match(plain, /"direction":"departure".*"evidence":"inferred"/);
  assert.equal(await told("runs"), plain);
});

test("the status and the ledger tell which positions are not there", async () => {
  const status = await runWell(["lake", "status", "--lake", "mixed"], options);
  assert.match(status, /EVENTS ONLY, 1 day \(2019-01-23\), 2 aircraft: /);
  const [json] = jsonLines(await runWell(["lake", "status", "--json", "--lake", "mixed"], options));
  assert.deepEqual(json!.notKept, { days: ["2019-01-23"], inputCount: 2, aircraftCount: 2 });
  const inputs = await runWell(["lake", "inputs", "--lake", "mixed"], options);
  assert.equal(inputs.match(/EVENTS ONLY/g)?.length, 2);
  const kept = jsonLines(await runWell(["lake", "inputs", "--json", "--lake", "mixed"], options));
  assert.deepEqual(
    kept.map(({ positionsKept }) => positionsKept),
    [true, true, false, false],
  );
  assert.match(await runWell(["lake", "verify", "--lake", "mixed"], options), /as it was written/);
});

async function coverage(lake: string): Promise<string> {
  const asked = ["coverage", "--at", "SVMI", "--from", "2019-01-20", "--to", "2019-01-30"];
  const text = await runWell([...asked, "--json", "--quiet", "--lake", lake], options);
  return JSON.stringify(jsonLines(text)).replaceAll(/"[0-9a-f]{64}"/g, "");
}

test("every byte is the same for any number of threads, and after being given again", async () => {
  const words = ["ingest", "old", "new", "--events-only"];
  await runWell([...words, "--threads", "1", "--lake", "one"], options);
  await runWell([...words, "--threads", "2", "--lake", "two"], options);
  const one = contentOf(join(folder, "one"));
  assert.deepEqual(contentOf(join(folder, "two")), one);
  assert.equal(await coverage("one"), await coverage("plain"), "coverage is measured all the same");
  rmSync(join(folder, "one/coverage.bin"));
  const again = await run([...words, "--lake", "one"], options);
  assert.equal(again.code, 0);
  assert.match(again.stderr, /4 were there already/);
  assert.deepEqual(contentOf(join(folder, "one")), one);
});

test("the same inputs without the option fill the positions in", async () => {
  const filled = await run(["ingest", "old", "new", "--lake", "one"], options);
  assert.equal(filled.code, 0, filled.stderr);
  assert.match(filled.stderr, /4 inputs added/);
  const { "manifest.json": _one, ...one } = contentOf(join(folder, "one"));
  const {
    "manifest.json": _plain,
    "coverage.bin": _coverage,
    ...plain
  } = contentOf(join(folder, "plain"));
  assert.deepEqual(one, plain);
  await runWell(["area", "--in", "VE", "--lake", "one"], options);
});

test("one input of a day filled in leaves the other's movements and says what is still missing", async () => {
  await runWell(["ingest", "old", "--events-only", "--lake", "part"], options);
  await runWell(["ingest", "old/a.json", "--lake", "part"], options);
  const [words] = movementWords;
  await runWell(["ingest", "old", "--lake", "part-plain"], options);
  assert.equal(
    await runWell([...words!, "--lake", "part", "--quiet"], options),
    await runWell([...words!, "--lake", "part-plain", "--quiet"], options),
  );
  const area = await run(["area", "--in", "VE", "--json", "--lake", "part"], options);
  assert.equal(area.code, 66);
  assert.deepEqual(
    jsonLines(area.stdout).map(({ hex }) => hex),
    ["4ca7b3"],
  );
});
