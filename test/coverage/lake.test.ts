import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CoverageBuilder } from "../../src/coverage/builder.js";
import { partsToJson } from "../../src/coverage/coverage-json.js";
import { COVERAGE_FILE, lakeCoverage } from "../../src/lake/coverage-cache.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { cleanTrack } from "../../src/track/clean.js";
import type { Track } from "../../src/track/track.js";
import { DAY_MS } from "../../src/units/quantity.js";
import { inputOf, sourceOf } from "../lake/build-track.js";
import { temporaryFolder } from "../lake/temporary-folder.js";
import { testAirport } from "../sim/airports.js";
import { heardTrack, shuttle } from "./fly.js";

const [SVMI, TTPP] = [testAirport("SVMI"), testAirport("TTPP")];
const AIRPORTS = buildAirportTable([SVMI, TTPP]);
const OPTIONS = { airports: AIRPORTS, airportsSha256: "t".repeat(64) };
const CLI = fileURLToPath(new URL("../../program/cli/main.js", import.meta.url));
const ROOT = temporaryFolder();

function trackOf(address: string, letter: string): Track {
  const firstMs = Date.UTC(2019, 0, 7, 14);
  const flights = shuttle(TTPP, SVMI, { firstMs, count: 6, apartMs: DAY_MS });
  const { track } = heardTrack(flights, { address, hears: () => true });
  return { ...track, sources: [sourceOf(letter)] };
}

async function ingest(lake: Lake, letter: string, ...addresses: string[]): Promise<void> {
  const session = await lake.beginIngest();
  try {
    const tracks = addresses.map((address) => trackOf(address, letter));
    await session.addBatch({ inputs: [inputOf(letter)], tracks });
    await session.replaceMovements(session.awaitingMovements(), []);
  } finally {
    await session.close();
  }
}

test("coverage of a lake is that of its tracks, kept until the lake changes", async () => {
  const lake = await openLake(ROOT, { create: true });
  try {
    await ingest(lake, "a", "0d8001", "0d8002");
    const first = await lakeCoverage(lake, OPTIONS);
    assert.equal(first.kept, false);
    const builder = new CoverageBuilder();
    for (const address of await lake.addresses())
      builder.add(cleanTrack((await lake.track(address))!), AIRPORTS);
    assert.equal(partsToJson(first.coverage.parts), partsToJson(builder.parts()));

    const file = join(ROOT, COVERAGE_FILE);
    const bytes = readFileSync(file);
    const again = await lakeCoverage(lake, OPTIONS);
    assert.equal(again.kept, true);
    assert.equal(partsToJson(again.coverage.parts), partsToJson(first.coverage.parts));
    assert.equal(again.measurement, first.measurement);
    assert.deepEqual(readFileSync(file), bytes);
    assert.equal((await lakeCoverage(lake, { ...OPTIONS, airportsSha256: "u" })).kept, false);

    await ingest(lake, "b", "0d8003");
    const larger = await lakeCoverage(lake, OPTIONS);
    assert.equal(larger.kept, false);
    assert.equal(larger.coverage.parts.days[0]!.aircraftCount, 3);
    assert.deepEqual(await lake.verify(), []);
    assert.equal((await lakeCoverage(lake, OPTIONS)).measurement, larger.measurement);
    assert.notEqual(larger.measurement, first.measurement);

    writeFileSync(file, "broken");
    assert.equal((await lakeCoverage(lake, OPTIONS)).kept, false);
    assert.equal((await lakeCoverage(lake, OPTIONS)).kept, true);
  } finally {
    await lake.close();
  }
});

test("a measurement is named after what was measured, however it came into the lake", async () => {
  const measurements: string[] = [];
  for (const order of [
    ["a", "b"],
    ["b", "a"],
  ]) {
    const lake = await openLake(temporaryFolder(), { create: true });
    try {
      for (const letter of order) await ingest(lake, letter, letter === "a" ? "0d8001" : "0d8002");
      measurements.push((await lakeCoverage(lake, OPTIONS)).measurement);
    } finally {
      await lake.close();
    }
  }
  assert.match(measurements[0]!, /^[0-9a-f]{64}$/);
  assert.equal(measurements[1], measurements[0]);
});

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, "coverage", "--lake", ROOT, ...args],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

test("the command answers in words, in JSON and as a picture", () => {
  const period = ["--from", "2019-01-07", "--to", "2019-01-12"];
  const picture = join(ROOT, "svmi.svg");
  const text = run("--at", "SVMI", ...period, "--picture", picture);
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /would have been seen with probability 0\.9\d/);
  assert.match(text.stdout, /How far down its traffic is followed/);
  assert.match(text.stdout, /below 1,500 ft/);
  assert.match(readFileSync(picture, "utf8"), /^<\?xml.*\n<svg /);
  assert.equal(run("--at", "SVMI", ...period).stdout, text.stdout);

  const json = JSON.parse(run("--at", "SVMI", ...period, "--seen", "2", "--json").stdout);
  assert.equal(json.schema, "wheelsdown/coverage/1");
  assert.equal(json.simulated, false);
  assert.equal(json.landing.kind, "known");
  assert.equal(json.landing.seenCount, 2);
  assert.equal(json.bands.length, 5);
  assert.equal(json.measured.daysHeld, 6);

  const far = run("--at", "-60,10");
  assert.equal(far.status, 0, far.stderr);
  assert.match(far.stdout, /\?/);
});

test("the picture is written for a reader who closes the pipe at once", (context) => {
  if (process.platform === "win32") return context.skip("needs a POSIX shell");
  const picture = join(ROOT, "closed.svg");
  const shell = `"$0" "$1" coverage --lake "$2" --at SVMI --picture "$3" | true`;
  spawnSync("bash", ["-c", shell, process.execPath, CLI, ROOT, picture]);
  assert.match(readFileSync(picture, "utf8"), /<\/svg>\s*$/);
});

test("what is no place, no count or no lake is told", () => {
  for (const [args, message] of [
    [["--at", "VE"], /write an airport such as SVMI, or lat,lon/],
    [["--at", "SVMI", "--seen", "-1"], /no number of landings/],
    [["--at", "SVMI", "--from", "2019-01-09", "--to", "2019-01-07"], /is before/],
  ] as const) {
    const { status, stderr } = run(...args);
    assert.equal(status, 64, stderr);
    assert.match(stderr, message);
  }
});
