import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { InspectedJson, InspectSummaryJson } from "../../src/report/inspect-shape.js";
import { POINTS } from "../formats/contract.js";
import { captureFrames, writeBeast, writeSbs } from "../formats/raw-documents.js";
import { writeTable } from "../formats/table-documents.js";
import { tarOf } from "../support/tar.js";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };

before(() => {
  put(folder, "mixed/trace_full_4ca7b3.json", landingTrace({ hex: "4ca7b3" }));
  put(folder, "mixed/trace_full_4ca7b4.json", gzipSync(landingTrace({ hex: "4ca7b4" })));
  put(folder, "mixed/copy/trace_full_4ca7b3.json", landingTrace({ hex: "4ca7b3" }));
  put(folder, "mixed/own.csv", writeTable("4ca7b5", POINTS));
  put(folder, "mixed/notes.txt", "dear diary\n");
  put(folder, "stream.sbs", writeSbs("4ca7b6", POINTS));
  put(folder, "capture-20190123_231107.bin", writeBeast(captureFrames("4ca7b7", POINTS)));
  const whole = gzipSync(landingTrace({ hex: "4ca7b8" }));
  put(folder, "cut.json", whole.subarray(0, whole.length - 60));
});

async function inspected(...words: string[]) {
  const { code, stdout, stderr } = await run(["inspect", "--json", "--quiet", ...words], options);
  const lines = jsonLines(stdout);
  const summary = lines.pop() as unknown as InspectSummaryJson;
  return { code, stderr, files: lines as unknown as InspectedJson[], summary };
}

test("a file is told what it is, what it holds and what to type next", async () => {
  const text = await runWell(["inspect", "mixed/trace_full_4ca7b4.json"], options);
  assert.match(text, /^mixed\/trace_full_4ca7b4\.json: readsb \/ tar1090 trace in gzip\n/);
  assert.match(text, /1 aircraft \(4ca7b4.*\d+ positions, 20\d\d-/);
  assert.match(text, /(\d+) of \1 rows used \(100 %\)/);
  assert.match(text, /next: wheelsdown movements mixed\/trace_full_4ca7b4\.json\n/);
});

test("a folder is listed with its sum, bytes that come twice counted once, and nothing is written", async () => {
  const names = readdirSync(folder, { recursive: true }).length;
  const { code, files, summary } = await inspected("mixed");
  assert.equal(code, 0);
  assert.deepEqual(
    files.map(({ file, outcome, format }) => [file, outcome, format]),
    [
      ["mixed/copy/trace_full_4ca7b3.json", "read", "readsb-trace"],
      ["mixed/notes.txt", "unknown", null],
      ["mixed/own.csv", "unknown", null],
      ["mixed/trace_full_4ca7b3.json", "read", "readsb-trace"],
      ["mixed/trace_full_4ca7b4.json", "read", "readsb-trace"],
    ],
  );
  assert.equal(files[3]!.sameAs, "mixed/copy/trace_full_4ca7b3.json");
  assert.equal(summary.aircraftCount, 2);
  assert.equal(summary.kept, files[0]!.kept! + files[4]!.kept!);
  assert.equal(summary.next, "wheelsdown ingest mixed");
  assert.equal(readdirSync(folder, { recursive: true }).length, names);
});

test("what needs a word is told which, and the command that gives it", async () => {
  const { code, files } = await inspected("stream.sbs", "capture-20190123_231107.bin");
  assert.equal(code, 65);
  assert.deepEqual(
    files.map(({ outcome, needs, next }) => [outcome, needs, next]),
    [
      ["refused", ["--start"], "wheelsdown movements --start name capture-20190123_231107.bin"],
      ["refused", ["--tz"], "wheelsdown movements --tz ZONE stream.sbs"],
    ],
  );
  const told = await inspected("stream.sbs", "--tz", "Europe/Moscow");
  assert.equal(told.code, 0);
  assert.equal(told.files[0]!.format, "sbs --tz Europe/Moscow");
  assert.equal(told.files[0]!.next, "wheelsdown movements --tz Europe/Moscow stream.sbs");
  // A message that gives no position need not be wrong.
  assert.equal(told.files[0]!.keptShare, null);
});

test("a table nobody knows is told what it looks like", async () => {
  const { code, stdout } = await run(["inspect", "mixed/own.csv"], options);
  assert.equal(code, 65);
  assert.match(
    stdout,
    /own\.csv: not read\n  a table of no kind that is known; it looks like --map/,
  );
  assert.match(stdout, /next: wheelsdown movements --map '.*' mixed\/own\.csv/);
});

test("issues are told by kind with the first rows, and a file that breaks off as partial", async () => {
  put(
    folder,
    "bad.csv",
    "time,icao24,lat,lon\n1548286867,4ca7b3,412,-82\n1548286868,4ca7b3,23.5,-82\n1548286869,zz,23,-82\n",
  );
  const text = await runWell(["inspect", "bad.csv"], options);
  assert.match(text, /1 of 3 rows used \(33.3 %\)/);
  assert.match(text, /1 x latitude-out-of-range\n {4}row 0: latitude 412 is outside -90\.\.90/);
  assert.match(text, /1 x address-invalid\n {4}row 2: /);
  const { code, files } = await inspected("cut.json");
  assert.equal(code, 65);
  assert.equal(files[0]!.outcome, "partial");
});

test("a folder of thousands is summed up by format in a few lines, and --all lists each", async () => {
  for (let i = 0; i < 2000; i++) {
    const hex = (0x400000 + i).toString(16);
    const name = `many/trace_full_${hex}.json`;
    if (i === 0) put(folder, name, landingTrace({ hex }));
    else writeFileSync(join(folder, name), landingTrace({ hex }));
  }
  writeFileSync(join(folder, "many/readme.md"), "# hello\n");
  const { code, stdout, stderr } = await run(["inspect", "many"], options);
  assert.equal(code, 0, stderr);
  assert.ok(stdout.split("\n").length < 12, stdout);
  assert.match(stdout, /2001 files: 2000 aircraft/);
  assert.match(stdout, /readsb \/ tar1090 trace +2000 +2000/);
  assert.match(stdout, /not read: many\/readme\.md: not a format/);
  const all = await runWell(["inspect", "--all", "--quiet", "many"], options);
  assert.equal(all.match(/^many\/.*readsb/gm)?.length, 2000);
});

test("members of archives and standard input are looked at like files", async () => {
  const name = "traces/b3/trace_full_4ca7b3.json";
  const tar = tarOf([{ name, content: landingTrace({ hex: "4ca7b3" }) }]);
  put(folder, "day.tar", tar);
  put(folder, "day.tar.gz", gzipSync(tar));
  for (const archive of ["day.tar", "day.tar.gz"]) {
    const { code, files } = await inspected(archive);
    assert.equal(code, 0);
    assert.equal(files[0]!.file, `${archive}!${name}`);
    assert.equal(files[0]!.next, `wheelsdown movements ${archive}`);
  }
  const piped = await run(["inspect", "--json", "-"], {
    ...options,
    stdin: readFileSync(join(folder, "mixed/trace_full_4ca7b3.json")),
  });
  assert.equal(piped.code, 0, piped.stderr);
  assert.equal(jsonLines(piped.stdout)[0]!.format, "readsb-trace");
});

test("exit codes say what went wrong", async () => {
  put(folder, "empty/.hidden", "x");
  await assertFailures(
    [
      { words: ["inspect", "nowhere"], code: 66, says: /cannot read nowhere/ },
      { words: ["inspect", "empty"], code: 65, says: /there is no file in empty/ },
      { words: ["inspect", "mixed", "--map", "x=y"], code: 64, says: /the field x; there are/ },
      { words: ["inspect", "mixed", "--map", "mine"], code: 64, says: /no saved mapping/ },
    ],
    options,
  );
  assert.equal((await inspected("mixed/notes.txt")).code, 65);
});
