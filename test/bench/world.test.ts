import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { aircraftDay, worldAddresses } from "../../bench/world/aircraft-day.js";
import { makeWorld, worldPath } from "../../bench/world/make-world.js";
import { WORLD_KINDS } from "../../bench/world/mix.js";
import { makeTemplates, WORLD_DAY_MS } from "../../bench/world/templates.js";
import { traceText } from "../../bench/world/trace-text.js";
import type { WorldResult } from "../../bench/world/world-result.js";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import { findArchives, listMembers } from "../../src/io/archive.js";
import { TrackCollector } from "../../src/track/collector.js";
import { DAY_MS, METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";
import { testAirport, testAirports } from "../sim/airports.js";

const AIRPORTS = testAirports().airports;
const TEMPLATES = makeTemplates(AIRPORTS, 60, 1);
const DAYS = worldAddresses(300, 1).map((address) => aircraftDay(address, TEMPLATES, 1));
const BENCH = fileURLToPath(new URL("../../bench/world.js", import.meta.url));

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "wheelsdown-world-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function madeBytes(seed: number): Promise<Buffer> {
  return await inFolder(async (folder) => {
    const wish = { aircraftCount: 12, seed };
    await makeWorld(folder, wish, { airports: AIRPORTS });
    return readFileSync(worldPath(folder, wish));
  });
}

test("the same wish gives the same archive, another seed another one", async () => {
  const first = await madeBytes(1);
  assert.ok(first.equals(await madeBytes(1)));
  assert.ok(!first.equals(await madeBytes(2)));
});

test("an archive is a tar of gzip traces, and its facts count what is in it", async () => {
  await inFolder(async (folder) => {
    const wish = { aircraftCount: 12, seed: 1 };
    const facts = await makeWorld(folder, wish, { airports: AIRPORTS });
    const { archives } = await findArchives([{ path: worldPath(folder, wish), named: true }]);
    const { members, broken } = await listMembers(archives[0]!);
    assert.equal(broken, undefined);
    assert.equal(members.length, 12);
    const found = { pointCount: 0, jsonByteCount: 0, gzipByteCount: 0 };
    for (const member of members) {
      assert.match(member.path, /!2025\/10\/01\/traces\/(..)\/trace_full_~?[0-9a-f]{4}\1\.json$/);
      const input = await member.open();
      const plain = gunzipSync(await input.head(input.byteCount));
      found.gzipByteCount += input.byteCount;
      found.jsonByteCount += plain.length;
      found.pointCount += (JSON.parse(plain.toString()) as { trace: unknown[] }).trace.length;
    }
    const { pointCount, jsonByteCount, gzipByteCount } = facts;
    assert.deepEqual(found, { pointCount, jsonByteCount, gzipByteCount });
  });
});

test("every trace is read whole by the fast way, and says that it is simulated", async () => {
  for (const day of DAYS.slice(0, 60)) {
    const collector = new TrackCollector();
    const sink = collector.begin("trace", "readsb-trace");
    await readsbTraceReader.read([Buffer.from(traceText(day))], sink);
    const outcome = sink.finish("");
    assert.deepEqual(outcome.issues.counts, {}, day.address);
    assert.ok(!outcome.fellBack, day.address);
    const [track] = collector.take();
    assert.equal(track?.length, day.rows.length);
    assert.equal(track?.address, day.address);
    assert.ok(track?.sources[0]?.simulated);
  }
});

test("files run from a few points to thousands, as those of a day do", () => {
  const counts = DAYS.map(({ rows }) => rows.length).sort((a, b) => a - b);
  assert.ok(counts[0]! <= 3, `the shortest has ${counts[0]}`);
  assert.ok(counts[30]! < 60, `a tenth has up to ${counts[30]}`);
  assert.ok(counts[150]! > 200 && counts[150]! < 2000, `the middle one has ${counts[150]}`);
  assert.ok(counts[299]! > 2000, `the longest has ${counts[299]}`);
});

test("points are on the ground, from other sources and after holes about as often as in real traces", () => {
  const rows = DAYS.flatMap((day) => day.rows);
  const ground = rows.filter(({ onGround }) => onGround).length / rows.length;
  assert.ok(ground > 0.02 && ground < 0.15, `on the ground: ${ground}`);
  const sources = new Set(DAYS.map(({ source }) => source));
  assert.deepEqual([...sources].sort(), ["adsb_icao", "mlat", "tisb_other"]);
  const adsb = DAYS.filter(({ source }) => source === "adsb_icao").length / DAYS.length;
  assert.ok(adsb > 0.85 && adsb < 0.98, `ADS-B: ${adsb}`);
  const withHole = DAYS.filter((day) =>
    day.rows.some((row, i) => i > 0 && row.timeMs - day.rows[i - 1]!.timeMs > 10 * MINUTE_MS),
  );
  const holes = withHole.length / DAYS.length;
  assert.ok(holes > 0.2 && holes < 0.95, `with a hole: ${holes}`);
});

test("a day holds only its own times, in order, and every address once", () => {
  for (const { rows, address } of DAYS) {
    assert.ok(rows.length > 0, address);
    rows.forEach(({ timeMs }, i) => {
      assert.ok(timeMs >= WORLD_DAY_MS && timeMs < WORLD_DAY_MS + DAY_MS, address);
      assert.ok(i === 0 || timeMs >= rows[i - 1]!.timeMs, address);
    });
  }
  assert.equal(new Set(DAYS.map(({ address }) => address)).size, DAYS.length);
  const folders = DAYS.map(({ address }) => address.slice(-2));
  assert.deepEqual(folders, [...folders].sort());
});

test("no aircraft of the day is faster than its kind flies", () => {
  for (const { rows, address, template } of DAYS) {
    // Wind aloft adds up to 95 kt; positions scatter, so short steps are left out.
    const limitKt = template.type.performance.cruiseKt + 110;
    for (let i = 1; i < rows.length; i++) {
      const [a, b] = [rows[i - 1]!, rows[i]!];
      const hours = (b.timeMs - a.timeMs) / 3_600_000;
      if (hours < 5 / 3600) continue;
      const nm = sphereDistanceM(a.latDeg, a.lonDeg, b.latDeg, b.lonDeg) / METRES_PER_NM;
      assert.ok(nm / hours < limitKt, `${address}: ${nm / hours} kt at row ${i}`);
    }
  }
});

test("every kind of aircraft flies, and more templates leave the first ones as they are", () => {
  assert.equal(new Set(TEMPLATES.map(({ kind }) => kind.name)).size, WORLD_KINDS.length);
  assert.deepEqual(makeTemplates(AIRPORTS, 10, 1), TEMPLATES.slice(0, 10));
  const sum = WORLD_KINDS.reduce((total, { share }) => total + share, 0);
  assert.ok(Math.abs(sum - 1) < 1e-9);
});

test("a table without any field for airliners is refused", () => {
  const strip = { ...testAirport("SVMI"), kind: "small" as const };
  assert.throws(() => makeTemplates([strip], 5, 1), /no large airport/);
});

test("the benchmark runs a tiny world from archive to answers", async () => {
  await inFolder(async (folder) => {
    const words = ["--aircraft", "3", "--rounds", "1", "--landings", "20", "--work", folder];
    const run = spawnSync(process.execPath, [BENCH, ...words, "--python", "no-such-python"], {
      encoding: "utf8",
    });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /^SIMULATED: 3 aircraft, \d+ points/m);
    assert.match(run.stdout, /^decode to columns, CPU +[\d.]+ R +goal 1\.7: (?:met|missed)/m);
    assert.match(run.stdout, /^pandas against wheelsdown +- times .*no-such-python did not run/m);
    const text = readFileSync(join(folder, "result-3-1.json"), "utf8");
    const result = JSON.parse(text) as WorldResult;
    const [size] = result.sizes;
    assert.equal(result.queries.pointCount, size?.world.pointCount);
    assert.ok(size!.ingestPeakRssMb > 50 && size!.ingestCpuMs > 0 && size!.gunzipMs > 0);
    assert.equal(result.landings?.landingCount, 20);
    assert.equal(result.peers.ways.length, 3);
  });
});
