import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import type { DossierManifest } from "../../src/report/dossier-manifest.js";
import type { VerificationJson } from "../../src/report/verification-shape.js";
import type { Point } from "../../src/track/track.js";
import { CAPTURE_START_MS, captureFrames, writeBeast, writeSbs } from "../formats/raw-documents.js";
import { contentOf } from "../lake/temporary-folder.js";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const MOSCOW = ["--tz", "Europe/Moscow"];

/** The landing of `landingTrace` as points. */
function landingPoints(): Point[] {
  const { timestamp, trace } = JSON.parse(landingTrace()) as {
    timestamp: number;
    trace: [number, number, number, number | "ground", number][];
  };
  return trace.map(([offsetS, latDeg, lonDeg, altitude, groundSpeedKt], row) => ({
    timeMs: (timestamp + offsetS) * 1000,
    latDeg,
    lonDeg,
    altitudeFt: altitude === "ground" ? undefined : altitude,
    groundSpeedKt,
    onGround: altitude === "ground",
    callsign: "TST123",
    row,
  }));
}

before(() => {
  // Times as clocks in Moscow show them.
  put(folder, "stream.sbs", writeSbs("4ca7b3", landingPoints()));
  put(folder, "trace_full_4ca7b4.json", landingTrace({ hex: "4ca7b4" }));
  const points = landingPoints()
    .slice(0, 50)
    .map((point) => ({
      ...point,
      timeMs: point.timeMs - landingPoints()[0]!.timeMs + CAPTURE_START_MS + 60_000,
    }));
  put(folder, "capture-20190123_231107.bin", writeBeast(captureFrames("4ca7b5", points)));
  put(folder, "capture.bin", writeBeast(captureFrames("4ca7b6", points)));
});

async function landingTimes(...words: string[]): Promise<unknown[]> {
  const found = jsonLines(await runWell(["movements", "--json", "--quiet", ...words], options));
  return found.filter(({ kind }) => kind === "landing").map(({ time }) => time);
}

test("SBS text gives its landing at the time its zone says, and another in another zone", async () => {
  const [trace] = await landingTimes("trace_full_4ca7b4.json");
  assert.deepEqual(await landingTimes("stream.sbs", ...MOSCOW), [trace]);
  const [utc] = await landingTimes("stream.sbs", "--tz", "UTC");
  assert.equal(Date.parse(String(utc)) - Date.parse(String(trace)), 3 * 3_600_000);
});

test("the machine's own zone changes nothing", async () => {
  const words = ["movements", "--json", "--inputs", "stream.sbs", ...MOSCOW];
  const here = await runWell(words, options);
  for (const TZ of ["America/Caracas", "Pacific/Kiritimati"])
    assert.equal(await runWell(words, { ...options, env: { TZ } }), here);
});

test("a file that needs a word is told which, and the others are read", async () => {
  const words = ["movements", "--json", "stream.sbs", "trace_full_4ca7b4.json", "capture.bin"];
  const { code, stdout, stderr } = await run(words, options);
  assert.equal(code, 65);
  assert.match(stderr, /stream\.sbs: .*give --tz with the zone/);
  assert.match(stderr, /capture\.bin: .*give --start/);
  assert.deepEqual(
    jsonLines(stdout).map(({ hex, kind }) => `${String(hex)} ${String(kind)}`),
    ["4ca7b4 landing"],
  );
});

function wrong(...words: string[]): string[] {
  return ["movements", "stream.sbs", ...words];
}

test("a zone, time, position or clock that is none is wrong usage", async () => {
  await assertFailures(
    [
      {
        words: wrong("--tz", "Moscow/Europe"),
        code: 64,
        says: /--tz Moscow\/Europe is no time zone/,
      },
      { words: wrong("--tz", "+03:00"), code: 64, says: /IANA/ },
      { words: wrong("--start", "yesterday"), code: 64, says: /--start yesterday is no UTC time/ },
      { words: wrong("--receiver", "91,0"), code: 64, says: /latitude,longitude/ },
      { words: wrong("--clock", "sundial"), code: 64, says: /12mhz, gps/ },
    ],
    options,
  );
});

async function inputs(...words: string[]): Promise<Record<string, unknown>[]> {
  const said = await runWell(["movements", "--json", "--inputs", "--quiet", ...words], options);
  return jsonLines(said).filter(({ schema }) => schema === "wheelsdown/input/1");
}

test("a capture's beginning is given, or taken from its name, and stands in what is said of it", async () => {
  const [named] = await inputs("capture-20190123_231107.bin", "--start", "name");
  assert.equal(named!.format, "beast --start 2019-01-23T23:11:07.000Z");
  assert.equal(named!.kept, 50);
  const [given] = await inputs("capture.bin", "--start", "2019-01-23T23:11:07Z", ...MOSCOW);
  assert.equal(given!.format, "beast --start 2019-01-23T23:11:07.000Z");
});

test("two captures that are to begin at one moment are told", async () => {
  const words = ["movements", "capture.bin", "capture-20190123_231107.bin"];
  const { code, stderr } = await run([...words, "--start", "2019-01-23T23:11:07Z"], options);
  assert.equal(code, 0);
  assert.match(stderr, /read as beginning at the same --start as capture-2019/);
});

test("a lake holds one reading of the same bytes, and says so when another is asked for", async () => {
  const ingest = (...words: string[]) =>
    run(["ingest", "stream.sbs", "--lake", "one", ...words], options);
  assert.equal((await ingest(...MOSCOW)).code, 0);
  const content = contentOf(join(folder, "one"));
  const [input] = jsonLines(await runWell(["lake", "inputs", "--json", "--lake", "one"], options));
  assert.equal(input!.format, "sbs --tz Europe/Moscow");
  for (const words of [MOSCOW, [], [...MOSCOW, "--start", "2019-01-23T23:11:07Z"]]) {
    const again = await ingest(...words);
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stderr, /1 was there already/);
  }
  const other = await ingest("--tz", "UTC");
  assert.equal(other.code, 65);
  assert.match(other.stderr, /read as sbs --tz Europe\/Moscow, and not as sbs --tz UTC/);
  assert.deepEqual(contentOf(join(folder, "one")), content);
});

test("threads read with the same words", async () => {
  const words = ["ingest", "stream.sbs", "trace_full_4ca7b4.json", ...MOSCOW];
  for (const threads of ["1", "2"])
    await runWell([...words, "--threads", threads, "--lake", `threads-${threads}`], options);
  assert.deepEqual(contentOf(join(folder, "threads-1")), contentOf(join(folder, "threads-2")));
});

test("a dossier names the zone its inputs were read with, and verify tells a lake of another", async () => {
  await runWell(["ingest", "stream.sbs", "--lake", "given", ...MOSCOW], options);
  await runWell(["ingest", "stream.sbs", "--lake", "other", "--tz", "UTC"], options);
  await runWell(["dossier", "--in", "SVMI", "--lake", "given", "--out", "packet"], options);
  const text = readFileSync(join(folder, "packet/manifest.json"), "utf8");
  const manifest = JSON.parse(text) as DossierManifest;
  assert.deepEqual(
    manifest.inputs.map(({ file, readAs }) => [file, readAs]),
    [["stream.sbs", "--tz Europe/Moscow"]],
  );
  await runWell(["verify", "packet", "--lake", "given"], options);
  const ran = await run(["verify", "packet", "--json", "--quiet", "--lake", "other"], options);
  assert.equal(ran.code, 1, ran.stderr);
  const { again } = JSON.parse(ran.stdout) as VerificationJson;
  assert.ok(
    again!.causes.includes(
      "stream.sbs was read with --tz Europe/Moscow then, and with --tz UTC here",
    ),
    again!.causes.join("\n"),
  );
});
