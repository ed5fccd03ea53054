import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { openLake } from "../../src/lake/lake.js";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const lake = join(folder, "lake");
const options = { cwd: folder };

before(async () => {
  put(folder, "good.json", landingTrace());
  await runWell(["ingest", "good.json", "--lake", lake], options);
});

/** The lake of before must hold what it held, whole, after a command that was given something bad. */
async function assertLakeUnharmed(): Promise<void> {
  const status = JSON.parse(await runWell(["lake", "status", "--json", "--lake", lake])) as object;
  assert.deepEqual(
    { ...status, byteCount: 0, days: [] },
    {
      schema: "wheelsdown/lake-status/1",
      days: [],
      pointCount: 301,
      movementCount: 1,
      inputCount: 1,
      simulated: false,
      awaitingMovementCount: 0,
      byteCount: 0,
      generation: 2,
      partialInputCount: 0,
      traceDays: [],
      sources: [{ format: "readsb-trace", inputCount: 1, keptCount: 301 }],
      isEventsOnlyUnfinished: false,
      areaCopies: { days: [], staleDays: [], byteCount: 0, isBroken: false },
      notKept: { days: [], inputCount: 0, aircraftCount: 0 },
    },
  );
  assert.match(
    await runWell(["lake", "verify", "--lake", lake]),
    /every file is as it was written/,
  );
}

test("a file that is no track data is told for what it is, and ends with 65", async () => {
  put(folder, "terms/LICENCE.txt", "some terms");
  put(folder, "page.json", "<!DOCTYPE html><html><body>403 Forbidden</body></html>");
  put(folder, "empty.json", "");
  put(folder, "other.json", '{"features": []}');
  put(folder, "brackets.json", "[".repeat(100_000));
  put(folder, "deep.json", `{"icao":"4ca7b3","timestamp":1,"trace":${"[".repeat(100_000)}`);
  put(folder, "cut.json", landingTrace().slice(0, 150));
  put(folder, "line.json", `{"icao":"4ca7b3","r":"${"A".repeat(5_000_000)}"`);
  mkdirSync(join(folder, "folder.json"));
  const bad: [string, RegExp][] = [
    ["page.json", /page.json: an HTML page.*download it again/],
    ["empty.json", /empty.json: the file is empty; download it again/],
    ["other.json", /other.json: JSON, but of no kind that is read/],
    ["brackets.json", /brackets.json: JSON, but of no kind that is read/],
    ["deep.json", /deep.json: not valid JSON/],
    ["cut.json", /cut.json: not valid JSON.*download it again/],
    ["line.json", /line.json: JSON, but of no kind that is read/],
    ["folder.json", /there is no file in folder.json/],
  ];
  await assertFailures(
    [
      ...bad.map(([name, says]) => ({ words: ["movements", name], code: 65, says })),
      {
        // Two may run at once, and a lake has one writer.
        words: ["ingest", "terms", "--lake", join(folder, "terms-lake")],
        code: 65,
        says: /^error: the one file there is could not be read:\n {2}terms.LICENCE.txt: /,
      },
      {
        words: ["ingest", ...bad.map(([name]) => name), "--lake", lake],
        code: 65,
        says: /none of 7 files could be read:\n {2}brackets.json: JSON, but/,
      },
    ],
    options,
  );
  await assertLakeUnharmed();
});

test("UTF-16 is read by its mark; without one it and an empty standard input are told for what they are", async () => {
  const table = "time,icao24,lat,lon\n1548286867,4ca7b3,23.5,-82\n";
  put(folder, "wide.csv", Buffer.from(`\ufeff${table}`, "utf16le"));
  put(folder, "wide-bare.csv", Buffer.from(table, "utf16le"));
  const { stdout } = await run(["inspect", "wide.csv"], options);
  assert.match(stdout, /1 of 1 row used/);
  const says = /: UTF-16 text without a byte order mark; save it as UTF-8\n$/;
  await assertFailures([{ words: ["movements", "wide-bare.csv"], code: 65, says }], options);
  const empty = await run(["movements", "-"], { ...options, stdin: Buffer.alloc(0) });
  assert.equal(empty.code, 65);
  assert.match(empty.stderr, /^error: -: nothing came on standard input\n$/);
});

test("the reason is told once, not as a warning and again as an error", async () => {
  const { stderr } = await run(["movements", "page.json"], options);
  assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
});

test("a broken link, a pipe, a socket and a device are refused at once", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX files");
  symlinkSync("nowhere", join(folder, "dangling.json"));
  assert.equal(spawnSync("mkfifo", [join(folder, "pipe.csv")]).status, 0);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, "socket"), resolve));
  await assertFailures(
    [
      { words: ["movements", "dangling.json"], code: 66, says: /dangling.json: no such file/ },
      { words: ["movements", "pipe.csv"], code: 65, says: /pipe.csv: a pipe, socket or device/ },
      { words: ["movements", "socket"], code: 65, says: /socket: a pipe, socket or device/ },
      { words: ["movements", "/dev/null"], code: 65, says: /null: a pipe, socket or device/ },
      {
        words: ["ingest", "pipe.csv", "--lake", lake],
        code: 65,
        says: /write its content to a file/,
      },
      { words: ["fleet", "show", "./pipe.csv"], code: 65, says: /fleet file .*a pipe/ },
    ],
    options,
  );
  server.close();
  // Met in a folder they are passed over: nobody named them.
  mkdirSync(join(folder, "mixed"));
  symlinkSync("../good.json", join(folder, "mixed/link.json"));
  symlinkSync("nowhere", join(folder, "mixed/dangling.json"));
  spawnSync("mkfifo", [join(folder, "mixed/pipe")]);
  const movements = jsonLines(await runWell(["movements", "--json", "mixed"], options));
  assert.equal(movements.length, 1);
});

test("a compressed file that breaks off is read up to the break and marked partial", async () => {
  const packed = gzipSync(landingTrace());
  put(folder, "cut.gz.json", packed.subarray(0, packed.length - 400));
  const { code, stdout, stderr } = await run(
    ["movements", "--json", "--inputs", "cut.gz.json"],
    options,
  );
  assert.equal(code, 65);
  assert.match(stderr, /cut.gz.json: .*1 x truncated-gzip/);
  assert.match(stderr, /\nwarning: not whole, what comes at the end is missing: cut.gz.json\n$/);
  const [input] = jsonLines(stdout);
  assert.equal(input!["schema"], "wheelsdown/input/1");
  assert.equal((input!["issues"] as Record<string, number>)["truncated"], 1);
  const other = join(folder, "partial-lake");
  const ingest = await run(["ingest", "cut.gz.json", "--lake", other], options);
  assert.equal(ingest.code, 65);
  assert.match(ingest.stderr, /warning: not whole, .*: cut.gz.json\n.*1 input added/);
  assert.match(await runWell(["lake", "inputs", "--lake", other]), / PARTIAL +cut.gz.json/);
});

test("half a JSON file is read up to its last whole row, and that is told", async () => {
  const whole = landingTrace();
  put(folder, "half.json", whole.slice(0, whole.length / 2));
  const { code, stdout, stderr } = await run(["movements", "--inputs", "half.json"], options);
  assert.equal(code, 65);
  assert.match(stderr, /half.json: 1 x truncated \(the file breaks off or is damaged; rows before/);
  assert.match(stdout, /^input half.json: readsb-trace, (\d+) of \1 rows kept/);
});

test("a file whose last part is zeros, or of which no row can be used, ends with 65", async () => {
  const whole = Buffer.from(landingTrace());
  put(folder, "zeros.json", Buffer.from(whole).fill(0, whole.length - 4096));
  put(folder, "rowless.json", '{"icao":"4ca7b3","timestamp":1548201600,"trace":[[0,412,10,1,1]]}');
  for (const command of [["movements"], ["ingest", "--lake", join(folder, "faulty-lake")]]) {
    const { code, stderr } = await run([...command, "zeros.json", "rowless.json"], options);
    assert.equal(code, 65);
    assert.match(
      stderr,
      /warning: not whole, .*: zeros.json\nwarning: no row could be used: rowless/,
    );
  }
});

test("impossible values are counted and left out; what a source writes cannot trick a terminal", async () => {
  const trace = JSON.parse(landingTrace()) as { r: string; trace: unknown[] };
  trace.r = "\u001b[2J\u202eEI\nDEO";
  trace.trace.push(
    [90_000, 412, 10, 100, 100, 0, 0, 0, null],
    "x",
    null,
    [],
    [90_001, 10, 999, 1, 1, 1, 1],
  );
  trace.trace.push([90_002, 10.6, -67, 9e9, -5, 1e9, 0, 1e12, null]);
  put(folder, "odd.json", JSON.stringify(trace));
  const { code, stdout, stderr } = await run(["movements", "odd.json"], options);
  assert.equal(code, 0);
  for (const kind of ["latitude-out-of-range", "longitude-out-of-range", "altitudeFt-out-of-range"])
    assert.ok(stderr.includes(`1 x ${kind}`), stderr);
  assert.match(stderr, /3 x row-malformed/);
  assert.match(stderr, /first: row 301, latitude 412 is outside -90..90/);
  assert.match(stdout, /^\\u001b\[2J\\u202eEI\\u000aDEO \(A320\)/);
  const [movement] = jsonLines(await runWell(["movements", "--json", "odd.json"], options));
  assert.equal(movement!["registration"], "\u001b[2J\u202eEI\nDEO");
});

test("a folder's wrong date is told, and the rows are believed", async () => {
  put(folder, "wrong/2020/05/06/traces/b3/trace_full_4ca7b3.json", landingTrace());
  const { stdout, stderr } = await run(["movements", "--json", "wrong"], options);
  assert.match(stderr, /folder-date-differs \(the folder says 2020-05-06, the rows 2019-01-23/);
  assert.match(String(jsonLines(stdout)[0]!["time"]), /^2019-01-23T/);
  for (let i = 0; i < 30; i++) {
    const hex = `4ca7${10 + i}`;
    put(folder, `wrong/2020/05/06/traces/${10 + i}/trace_full_${hex}.json`, landingTrace({ hex }));
  }
  const many = await run(["movements", "--json", "wrong"], options);
  assert.equal(many.stderr.match(/folder-date-differs/g)?.length, 1);
  assert.match(many.stderr, /the rows are right\); so for 30 more files\n/);
});

test("a folder that cannot be listed is told with the reason, and the others are read", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX paths");
  put(folder, "listed/good.json", landingTrace());
  // Too long a path can be listed by nobody, not even by root: two that are not too long, one put below the other.
  const long = Array<string>(10).fill("x".repeat(230)).join("/");
  mkdirSync(join(folder, "listed/deep", long), { recursive: true });
  mkdirSync(join(folder, "aside", long), { recursive: true });
  const below = join(folder, "listed/deep", long, "aside");
  renameSync(join(folder, "aside"), below);
  try {
    const { code, stdout, stderr } = await run(["movements", "--json", "listed"], options);
    assert.equal(jsonLines(stdout).length, 1);
    assert.match(stderr, /^warning: cannot list listed\/deep\/.* \(ENAMETOOLONG\)\n$/);
    assert.equal(code, 65);
  } finally {
    renameSync(below, join(folder, "aside"));
  }
});

test("the same bytes under two names are read once, also when a path is given twice", async () => {
  put(folder, "twice/a.json", landingTrace());
  put(folder, "twice/b.json", landingTrace());
  const { stdout, stderr } = await run(["movements", "--json", "twice", "./twice/a.json"], options);
  assert.equal(jsonLines(stdout).length, 1);
  assert.match(stderr, /twice\/b.json: the same bytes as .*twice\/a.json, read once\n$/);
});

test("names with blanks, quotes, line ends, other scripts and a leading dash are read and told in one line", async (context) => {
  if (process.platform === "win32") return context.skip("Windows forbids such names");
  const names = ['a b\'s "c".json', "line\nend.json", "самолёт ✈.json", "-dash.json"];
  names.forEach((name, i) =>
    put(folder, `names/${name}`, landingTrace({ hex: `4ca7b${i}` }).slice(0, -2)),
  );
  const cwd = { cwd: join(folder, "names") };
  const { code, stdout, stderr } = await run(["movements", "--json", "--", ...names], cwd);
  assert.equal(code, 65);
  // One for each, and one with the names of those that are not whole.
  assert.equal(stderr.trimEnd().split("\n").length, names.length + 1, stderr);
  const files = jsonLines(stdout).map(({ exhibits }) => (exhibits as { file: string }[])[0]!.file);
  assert.deepEqual(files, names, "in order of their addresses");
});

test("ten thousand unrelated files cost seconds and one line", async () => {
  const many = join(folder, "many");
  mkdirSync(many);
  for (let i = 0; i < 10_000; i++) writeFileSync(join(many, `note-${i}.txt`), `nothing ${i % 100}`);
  const startMs = performance.now();
  const { code, stdout, stderr } = await run(["movements", "--json", "many", "good.json"], options);
  assert.equal(code, 0);
  assert.equal(stderr, "10000 files of no format that is read, passed over\n");
  assert.equal(jsonLines(stdout).length, 1);
  assert.ok(performance.now() - startMs < 60_000);
  await assertFailures(
    [
      {
        words: ["movements", "many"],
        code: 65,
        says: /none of 10000 files could be read:(\n .*){5}\n {2}and 9995 more\n$/,
      },
    ],
    options,
  );
});

test("a huge sparse file and a gzip bomb cost neither time nor memory", async (context) => {
  sparse("sparse.json", "");
  sparse("sparse-trace.json", '{"icao":"4ca7b3","timestamp":1547000000,"trace":[[0,1,2,3,4,5,6],');
  put(
    folder,
    "bomb.json",
    gzipBomb(context, '{"icao":"4ca7b3","timestamp":1,"trace":[[0,1,2,3,4,5,6],'),
  );
  put(folder, "bomb-of-zeros.json", gzipBomb(context, ""));
  await assertFailures(
    [
      { words: ["movements", "sparse.json"], code: 65, says: /sparse.json: binary data/ },
      { words: ["movements", "bomb-of-zeros.json"], code: 65, says: /binary data/ },
      {
        words: ["movements", "bomb.json"],
        code: 65,
        says: /bomb.json: larger than 512 MB unpacked/,
      },
      { words: ["movements", "sparse-trace.json"], code: 65, says: /larger than 512 MB unpacked/ },
      { words: ["fleet", "show", "./sparse.json"], code: 65, says: /larger than 64 MB/ },
    ],
    { ...options, env: { NODE_OPTIONS: "--max-old-space-size=1500" } },
  );
});

function sparse(name: string, head: string): void {
  const path = put(folder, name, head);
  closeSync(openSync(path, "r+"));
  truncateSync(path, 600e6);
}

/** A gigabyte of zeros in a megabyte, made from one packed block repeated. */
function gzipBomb(_context: TestContext, head: string): Buffer {
  const flushed = { finishFlush: constants.Z_SYNC_FLUSH };
  const block = deflateRawSync(Buffer.alloc(16 << 20), flushed);
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  return Buffer.concat([header, deflateRawSync(head, flushed), ...Array<Buffer>(64).fill(block)]);
}

test("an empty lake, as after an ingest that was killed at once, answers no question with none", async () => {
  const empty = join(folder, "empty-lake");
  await (await openLake(empty, { create: true })).close();
  for (const words of [
    ["landings", "--in", "FR"],
    ["journeys", "--hex", "4ca7b3"],
  ]) {
    const { code, stderr } = await run([...words, "--lake", empty], options);
    assert.equal(code, 66, stderr);
    assert.match(stderr, /the lake is empty; ingest files first/);
  }
});
