import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { continuousRing } from "../../src/geo/polygon.js";
import { shapeOfPlace, shapeOfPolygons } from "../../src/geo/prism-shape.js";
import { destination } from "../../src/geo/sphere.js";
import { listInputs } from "../../src/io/list-inputs.js";
import { readInput } from "../../src/io/read-input.js";
import { reachVerdict } from "../../src/journey/reach.js";
import { type ReachAircraft, reachAircraft } from "../../src/journey/reach-bounds.js";
import { reachEdge, reachGapOf } from "../../src/journey/reach-gaps.js";
import type { ReachEdge, ReachGap, ReachPurpose } from "../../src/journey/reach-question.js";
import { type ReachTarget, reachTarget } from "../../src/journey/reach-target.js";
import { statedType } from "../../src/movement/traits.js";
import type { Airport } from "../../src/place/airport.js";
import { parseArea } from "../../src/place/area.js";
import type { MaritimeBorders } from "../../src/place/country.js";
import { loadReference, type Reference } from "../../src/reference/reference.js";
import { readSource } from "../../src/reference/sources.js";
import { buildJanuary2019 } from "../../src/sim/scenario-january-2019.js";
import { cleanTrack } from "../../src/track/clean.js";
import { TrackCollector } from "../../src/track/collector.js";
import { findContacts, findGaps } from "../../src/track/contacts.js";
import type { Track } from "../../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";
import { startRandom } from "./reach-random.js";

const SHARED = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const IS_REQUIRED = process.env["WHEELSDOWN_REQUIRE_SHARED"] === "1";

let folder = "";
let reference: Reference;
let maritime: MaritimeBorders;
const countries = new Map<string, ReachTarget>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "wheelsdown-reach-"));
  reference = await loadReference({ cacheDir: folder });
  maritime = JSON.parse((await readSource("maritime")).bytes.toString("utf8")) as MaritimeBorders;
});
after(() => rm(folder, { recursive: true, force: true }));

/** @returns true when the data is there; else says so, or fails where it must be there */
function hasShared(context: TestContext, name: string): boolean {
  if (existsSync(join(SHARED, name))) return true;
  assert.ok(!IS_REQUIRED, `${name} is missing`);
  context.skip(`${name} is not there`);
  return false;
}

function country(code: string): ReachTarget {
  const known = countries.get(code);
  if (known) return known;
  const names = { airports: reference.airports, countries: reference.countries };
  // No airports: only the hard bound is asked here.
  const airports = { ...reference.airports, airports: [] };
  const made = reachTarget(parseArea(code, names), { airports, maritime });
  countries.set(code, made);
  return made;
}

function placeTarget(at: { latDeg: number; lonDeg: number }, radiusM: number): ReachTarget {
  return {
    label: `${at.latDeg}, ${at.lonDeg}`,
    kind: "point",
    shape: shapeOfPlace(at),
    radiusM,
    marginM: 0,
    elevationFt: Number.NaN,
    source: "test",
    airports: [],
  };
}

/** A square of polygon edges round a place, so that outlines are tested and not only points. */
function squareTarget(at: { latDeg: number; lonDeg: number }, halfM: number): ReachTarget {
  const corners = [45, 135, 225, 315].map((directionDeg) => destination(at, directionDeg, halfM));
  const ring = continuousRing(corners.map(({ latDeg, lonDeg }) => [lonDeg, latDeg] as const));
  return { ...placeTarget(at, 0), kind: "polygon", shape: shapeOfPolygons([[ring]]) };
}

interface Tally {
  asked: number;
  impossible: string[];
  undetermined: number;
}

function ask(
  tally: Tally,
  question: {
    readonly gap: ReachGap;
    readonly aircraft: ReachAircraft;
    readonly target: ReachTarget;
    readonly purpose: ReachPurpose;
  },
): void {
  const { verdict, proof } = reachVerdict({ ...question, simulated: false });
  tally.asked++;
  if (verdict === "undetermined") tally.undetermined++;
  if (verdict === "impossible") tally.impossible.push(proof.statement);
}

function parked(airport: Airport, timeMs: number): ReachEdge {
  return {
    timeMs,
    latDeg: airport.latDeg,
    lonDeg: airport.lonDeg,
    altitudeFt: Number.NaN,
    onGround: true,
    positionErrorM: 2 * METRES_PER_NM,
    source: "timetable",
  };
}

function knownAirport(ident: string): Airport {
  const found = reference.airports.find(ident);
  assert.ok(found, `${ident} is in the table`);
  return found;
}

interface RecordedFlight {
  readonly id: string;
  readonly aircraft: ReachAircraft;
  readonly from: Airport;
  readonly to: Airport;
  readonly takeoffMs: number;
  readonly landedMs: number;
}

function recordedFlights(): RecordedFlight[] {
  const path = join(SHARED, "prc2025-flightlist/flightlist_half0.csv.gz");
  const [head, ...rows] = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  const names = head!.split(",");
  return rows.map((row) => {
    const cells = row.match(/("([^"]*)"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, ""));
    const cell = (name: string) => cells[names.indexOf(name)]!.replaceAll('"', "").trim();
    return {
      id: cell("flight_id"),
      aircraft: reachAircraft({ typeDesignator: cell("aircraft_type") }),
      from: knownAirport(cell("origin_icao")),
      to: knownAirport(cell("destination_icao")),
      takeoffMs: Date.parse(cell("takeoff")),
      landedMs: Date.parse(cell("landed")),
    };
  });
}

function vectorOf({ latDeg, lonDeg }: { latDeg: number; lonDeg: number }): number[] {
  const lat = (latDeg * Math.PI) / 180;
  const lon = (lonDeg * Math.PI) / 180;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** Points along the great circle; equal steps on the chord are near enough for a point to be passed. */
function between(from: Airport, to: Airport, share: number): { latDeg: number; lonDeg: number } {
  const a = vectorOf(from);
  const b = vectorOf(to);
  const [x, y, z] = [0, 1, 2].map((axis) => a[axis]! * (1 - share) + b[axis]! * share);
  return {
    latDeg: (Math.atan2(z!, Math.hypot(x!, y!)) * 180) / Math.PI,
    lonDeg: (Math.atan2(y!, x!) * 180) / Math.PI,
  };
}

test("none of 5,597 recorded airline flights is called impossible", (context) => {
  if (!hasShared(context, "prc2025-flightlist")) return;
  const flights = recordedFlights();
  assert.equal(flights.length, 5_597);
  const tally: Tally = { asked: 0, impossible: [], undetermined: 0 };
  const names = { airports: reference.airports, countries: reference.countries };
  const random = startRandom(2025);
  for (const { aircraft, from, to, takeoffMs, landedMs } of flights) {
    const start = parked(from, takeoffMs);
    const end = parked(to, landedMs);
    const period = { fromMs: takeoffMs, toMs: landedMs };
    const arrival = reachTarget(parseArea(to.ident, names), { airports: reference.airports });
    const departure = reachTarget(parseArea(from.ident, names), { airports: reference.airports });
    const landing = { aircraft, purpose: "landing" as const };
    const passing = { aircraft, purpose: "overflight" as const };
    ask(tally, { ...landing, gap: { before: start, ...period }, target: arrival });
    ask(tally, { ...landing, gap: { after: end, ...period }, target: departure });
    ask(tally, { ...landing, gap: { before: start, ...period }, target: country(to.country) });
    const whole = { before: start, after: end, ...period };
    const middle = between(from, to, 0.1 + 0.8 * random());
    ask(tally, { ...passing, gap: whole, target: placeTarget(middle, 0) });
    ask(tally, { ...passing, gap: whole, target: squareTarget(middle, 1_000) });
    ask(tally, { ...passing, gap: whole, target: country(from.country) });
    ask(tally, { ...passing, gap: whole, target: country(to.country) });
  }
  context.diagnostic(
    `${tally.asked} questions on ${flights.length} flights: ${tally.impossible.length} false impossibles, ${tally.undetermined} undetermined`,
  );
  assert.deepEqual(tally.impossible, []);
  assert.equal(tally.undetermined, 0);
});

/** Cuts random windows out of a track and asks whether each removed point could have been. */
function cutAndAsk(
  tally: Tally,
  track: Track,
  { random, cutCount }: { readonly random: () => number; readonly cutCount: number },
): void {
  if (track.length < 3) return;
  const aircraft = reachAircraft({ typeDesignator: statedType(track) });
  for (let cut = 0; cut < cutCount; cut++) {
    const a = Math.floor(random() * track.length);
    // Short and long windows alike: half are at most 40 points.
    const span = cut % 2 === 0 ? 2 + Math.floor(random() * 40) : track.length;
    const b = Math.min(track.length - 1, a + 2 + Math.floor(random() * span));
    if (b - a < 2) continue;
    const start = reachEdge(track, a);
    const end = reachEdge(track, b);
    const period = { fromMs: start.timeMs, toMs: end.timeMs };
    for (let probe = 0; probe < 4; probe++) {
      const point = reachEdge(track, a + 1 + Math.floor(random() * (b - a - 1)));
      const purpose: ReachPurpose = point.onGround ? "landing" : "overflight";
      const whole = { before: start, after: end, ...period };
      const near = placeTarget(point, point.positionErrorM);
      ask(tally, { gap: whole, aircraft, purpose, target: near });
      const square = squareTarget(point, point.positionErrorM);
      ask(tally, { gap: whole, aircraft, purpose, target: square });
      if (probe > 0) continue;
      const open = { before: start, fromMs: start.timeMs, toMs: point.timeMs };
      ask(tally, { gap: open, aircraft, purpose, target: near });
      const late = { after: end, fromMs: point.timeMs, toMs: end.timeMs };
      ask(tally, { gap: late, aircraft, purpose, target: near });
      for (const { code } of reference.countries.at(point.latDeg, point.lonDeg))
        ask(tally, { gap: whole, aircraft, purpose, target: country(code) });
    }
  }
}

async function tracksUnder(name: string): Promise<Track[]> {
  const tracks: Track[] = [];
  for await (const { path } of listInputs([join(SHARED, name)])) {
    const collector = new TrackCollector();
    const read = await readInput(path, collector).catch(() => undefined);
    if (read) tracks.push(...collector.take());
  }
  return tracks;
}

for (const { name, cutCount } of [
  { name: "traffic-samples", cutCount: 8 },
  { name: "readsb", cutCount: 100 },
]) {
  test(`no point cut out of a track of ${name} is called impossible`, async (context) => {
    if (!hasShared(context, name)) return;
    const tracks = await tracksUnder(name);
    assert.ok(tracks.length > 10);
    const tally: Tally = { asked: 0, impossible: [], undetermined: 0 };
    const random = startRandom(1944);
    for (const track of tracks) cutAndAsk(tally, cleanTrack(track).track, { random, cutCount });
    context.diagnostic(
      `${tally.asked} questions on ${tracks.length} tracks: ${tally.impossible.length} false impossibles, ${tally.undetermined} undetermined`,
    );
    assert.deepEqual(tally.impossible.slice(0, 10), []);
    // The way out "the edges contradict the bound" must stay rare, or the zero above would be cheap.
    assert.ok(tally.undetermined <= tally.asked * 0.001, `${tally.undetermined} undetermined`);
  });
}

test("no simulated landing in a silence, and no point cut out, is called impossible", async (context) => {
  const scenario = buildJanuary2019(reference.airports);
  const collector = new TrackCollector();
  for (const { name, text } of [...scenario.files()].map((file, at) => ({
    ...file,
    name: String(at),
  }))) {
    const sink = collector.begin(name, readsbTraceReader.id);
    await readsbTraceReader.read([Buffer.from(text)], sink);
    sink.finish(name);
  }
  const cuts: Tally = { asked: 0, impossible: [], undetermined: 0 };
  const landings: Tally = { asked: 0, impossible: [], undetermined: 0 };
  const names = { airports: reference.airports, countries: reference.countries };
  const random = startRandom(96);
  for (const raw of collector.take()) {
    const { track } = cleanTrack(raw);
    cutAndAsk(cuts, track, { random, cutCount: 20 });
    const aircraft = reachAircraft({ typeDesignator: statedType(track) });
    const happened = scenario.truth.filter(
      ({ address, kind }) => address === track.address && kind === "landing",
    );
    for (const gap of findGaps(track, findContacts(track))) {
      for (const { timeMs, airport } of happened) {
        if (timeMs <= gap.fromMs || timeMs >= gap.toMs) continue;
        const target = reachTarget(parseArea(airport.ident, names), {
          airports: reference.airports,
        });
        const asked = { gap: reachGapOf(track, gap), aircraft, purpose: "landing" as const };
        ask(landings, { ...asked, target });
        ask(landings, { ...asked, target: country(airport.country) });
      }
    }
  }
  context.diagnostic(
    `cuts: ${cuts.asked} questions, ${cuts.impossible.length} false impossibles; unheard landings: ${landings.asked} questions, ${landings.impossible.length} false impossibles`,
  );
  assert.ok(landings.asked > 20);
  assert.deepEqual([...cuts.impossible, ...landings.impossible].slice(0, 10), []);
  assert.equal(cuts.undetermined + landings.undetermined, 0);
});

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

test("most countries truly out of reach are proven so", (context) => {
  if (!hasShared(context, "prc2025-flightlist")) return;
  const flights = recordedFlights().filter((_, at) => at % 280 === 0);
  const codes = reference.countries.codes();
  const counts = { truly: 0, trulyProven: 0, unusual: 0, unusualProven: 0, asked: 0 };
  let spentMs = 0;
  for (const { aircraft, from, to, takeoffMs, landedMs } of flights) {
    const { hardSpeedBoundKt, cruiseKt } = aircraft.performance;
    const hours = (landedMs - takeoffMs) / (60 * MINUTE_MS);
    const whole = {
      before: parked(from, takeoffMs),
      after: parked(to, landedMs),
      fromMs: takeoffMs,
      toMs: landedMs,
    };
    for (const code of codes) {
      const target = country(code);
      const startMs = performance.now();
      const found = reachVerdict({
        gap: whole,
        aircraft,
        target,
        purpose: "overflight",
        simulated: false,
      });
      spentMs += performance.now() - startMs;
      counts.asked++;
      const proven = found.verdict === "impossible" ? 1 : 0;
      const nearest = found.proof.nearest;
      if (!nearest) continue;
      const at = { latDeg: nearest.lat, lonDeg: nearest.lon };
      const wayNm = (geodesicDistanceM(from, at) + geodesicDistanceM(at, to)) / METRES_PER_NM;
      if (wayNm > hardSpeedBoundKt * hours) {
        counts.truly++;
        counts.trulyProven += proven;
      }
      if (wayNm > (cruiseKt + 50) * hours) {
        counts.unusual++;
        counts.unusualProven += proven;
      }
    }
  }
  context.diagnostic(
    `${flights.length} flights x ${codes.length} countries: beyond the hard bound without margins ${counts.truly}, proven ${percent(counts.trulyProven, counts.truly)}; beyond cruise + 50 kt ${counts.unusual}, proven ${percent(counts.unusualProven, counts.unusual)}; ${((1000 * spentMs) / counts.asked).toFixed(0)} us a question`,
  );
  assert.ok(counts.truly > 1_000);
  assert.ok(counts.trulyProven >= 0.99 * counts.truly);
  assert.ok(counts.unusualProven >= 0.85 * counts.unusual);
});
