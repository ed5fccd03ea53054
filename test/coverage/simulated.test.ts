import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CoverageBuilder } from "../../src/coverage/builder.js";
import type { Coverage } from "../../src/coverage/coverage.js";
import { partsToJson } from "../../src/coverage/coverage-json.js";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import { readInput } from "../../src/io/read-input.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { loadReference } from "../../src/reference/reference.js";
import { coverageModel } from "../../src/report/coverage-model.js";
import { coveragePicture } from "../../src/report/coverage-picture.js";
import { FORBIDDEN_WORDS } from "../../src/report/wording.js";
import { buildJanuary2019, scenarioIdents } from "../../src/sim/scenario-january-2019.js";
import type { TrueMovement } from "../../src/sim/simulate.js";
import { type CleanTrack, cleanTrack } from "../../src/track/clean.js";
import { TrackCollector } from "../../src/track/collector.js";
import { GROUND_YES } from "../../src/track/track.js";
import { DAY_MS, METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";
import { testAirport } from "../sim/airports.js";

const AIRPORTS = buildAirportTable(scenarioIdents().map(testAirport));
const SCENARIO = buildJanuary2019(AIRPORTS);
const TRACKS = await heardTracks();
const PERIOD = { fromMs: SCENARIO.periodFromMs, toMs: Date.UTC(2019, 0, 30) - 1 };

async function heardTracks(): Promise<Map<string, CleanTrack>> {
  const collector = new TrackCollector();
  for (const { path, text } of SCENARIO.files()) {
    const sink = collector.begin(path, readsbTraceReader.id);
    await readsbTraceReader.read([new TextEncoder().encode(text)], sink);
    sink.finish("a".repeat(64));
  }
  return new Map(collector.take().map((track) => [track.address, cleanTrack(track)]));
}

function measuredFrom(tracks: Iterable<CleanTrack>): Coverage {
  const builder = new CoverageBuilder();
  for (const track of tracks) builder.add(track, AIRPORTS);
  return builder.build();
}

const WHOLE = measuredFrom(TRACKS.values());

/** Heard on the ground or below 1,500 ft within 30 NM, from 10 min before the touchdown to 15 min after it. */
function wasSeen({ address, airport, timeMs }: TrueMovement): boolean {
  const { track } = TRACKS.get(address)!;
  for (let i = 0; i < track.length; i++) {
    const sinceMs = track.timeMs[i]! - timeMs;
    if (sinceMs < -10 * MINUTE_MS || sinceMs > 15 * MINUTE_MS) continue;
    const { latDeg, lonDeg, elevationFt } = airport;
    const awayM = sphereDistanceM(track.latDeg[i]!, track.lonDeg[i]!, latDeg, lonDeg);
    if (awayM > 30 * METRES_PER_NM) continue;
    if (track.ground[i] === GROUND_YES || track.altitudeFt[i]! - elevationFt <= 1500) return true;
  }
  return false;
}

test("at Caracas a landing is seen by day and not by night, when its receiver sleeps", () => {
  const airport = testAirport("SVMI");
  const day = WHOLE.landingSeen({ airport, timeMs: Date.UTC(2019, 0, 10, 16) });
  const night = WHOLE.landingSeen({ airport, timeMs: Date.UTC(2019, 0, 10, 1, 30) });
  assert.ok(day.kind === "known" && day.lower > 0.9, JSON.stringify(day));
  assert.ok(night.kind === "known" && night.upper < 0.5, JSON.stringify(night));
});

test("at Dakar traffic is followed to the hill's 2,500 ft and no further", () => {
  const { both } = WHOLE.airportFloors("GOBD", PERIOD);
  assert.ok(both.trialCount > 100 && both.seenCount === 0);
  // 2,500 ft above the sea at a field of 290 ft.
  assert.ok(both.medianFt > 1900 && both.medianFt < 2600, `${both.medianFt} ft`);
});

test("at Havana, where nobody listens, nothing is known", () => {
  const answer = WHOLE.landingSeen({ airport: testAirport("MUHA"), ...PERIOD });
  assert.equal(answer.kind, "unknown");
});

test("landings of aircraft that were not measured are predicted by those that were", () => {
  const addresses = [...TRACKS.keys()];
  let error = 0;
  let known = 0;
  let unknownSeen = 0;
  for (const part of [0, 1]) {
    const isMeasured = (address: string) => addresses.indexOf(address as never) % 2 === part;
    const coverage = measuredFrom(
      [...TRACKS].filter(([address]) => isMeasured(address)).map(([, track]) => track),
    );
    for (const movement of SCENARIO.truth) {
      if (movement.kind !== "landing" || isMeasured(movement.address)) continue;
      const { airport, timeMs } = movement;
      const answer = coverage.landingSeen({ airport, timeMs });
      const seen = wasSeen(movement);
      if (answer.kind === "unknown") {
        if (airport.ident === "MUHA" && seen) unknownSeen++;
        continue;
      }
      known++;
      error += (answer.probability - Number(seen)) ** 2;
    }
  }
  assert.ok(known > 600, `${known} known`);
  assert.ok(error / known < 0.03, `Brier ${error / known} of ${known}`);
  assert.equal(unknownSeen, 0);
});

test("the same tracks give the same bytes", () => {
  assert.equal(partsToJson(measuredFrom(TRACKS.values()).parts), partsToJson(WHOLE.parts));
});

test("sentences and picture say what is simulated, unknown and how much was missed", () => {
  const from = { inputCount: 3, partialInputCount: 1, key: "ab".repeat(32) };
  const at = (ident: string) => {
    const airport = testAirport(ident);
    const { latDeg, lonDeg } = airport;
    const place = { label: ident, latDeg, lonDeg, airport };
    return coverageModel(
      WHOLE,
      { ...place, ...PERIOD, seenCount: 0, timeZone: "America/Caracas" },
      from,
    );
  };
  const known = at("SVMI");
  assert.match(known.sentences[0]!, /would have been seen with probability 0\.\d\d \(95 %: /);
  assert.match(
    known.sentences[1]!,
    /^With no landing seen, up to 1 could have been missed \(95 %\)/,
  );
  assert.match(known.sentences[2]!, /^At 01-03Z, 23-24Z it is less: 0 of \d+ passages were seen/);
  const unknown = at("MUHA");
  assert.match(unknown.sentences[0]!, /is unknown: too little traffic/);
  for (const model of [known, unknown]) {
    for (const sentence of model.sentences) assert.doesNotMatch(sentence, FORBIDDEN_WORDS);
    const svg = coveragePicture(model);
    assert.match(svg, /SIMULATED: none of this happened/);
    assert.match(svg, /url\(#unknown\)/);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
    assert.equal(svg, coveragePicture(model));
  }
  // Numbers that are not known are null in JSON, never 0.
  assert.equal(unknown.bands[0]!.allDay.share, null);
  assert.equal(unknown.floors!.both.medianFt, null);
});

const SAMPLES = fileURLToPath(new URL("../../../../shared/data/traffic-samples/", import.meta.url));

test("real traffic at Zurich airport and over Switzerland is measured", async (context) => {
  const files = ["onground/zurich_airport.json.gz", "collections/switzerland.json.gz"];
  const paths = files.map((file) => SAMPLES + file);
  if (!paths.every((path) => existsSync(path))) {
    assert.notEqual(process.env["WHEELSDOWN_REQUIRE_SHARED"], "1", `no recordings in ${SAMPLES}`);
    context.skip("recordings are not here (../shared)");
    return;
  }
  const { airports } = await loadReference();
  const builder = new CoverageBuilder();
  for (const path of paths) {
    const collector = new TrackCollector();
    await readInput(path, collector);
    for (const track of collector.take()) builder.add(cleanTrack(track), airports);
  }
  const coverage = builder.build();
  const { days } = coverage.parts;
  const period = { fromMs: days[0]!.day * DAY_MS, toMs: (days.at(-1)!.day + 1) * DAY_MS - 1 };
  const zurich = airports.find("LSZH")!;
  const { both } = coverage.airportFloors("LSZH", period);
  assert.ok(both.followedCount >= 20 && both.followedMedianFt === 0, JSON.stringify(both));
  assert.ok(both.trialCount >= 10 && both.groundCount === both.trialCount);
  const day = Math.floor(coverage.parts.passages[0]!.fromMs / DAY_MS) * DAY_MS;
  const answer = coverage.landingSeen({ airport: zurich, fromMs: day, toMs: day + DAY_MS - 1 });
  // Six of six: the 2.5 % quantile of Beta(6.5, 0.5).
  assert.ok(answer.kind === "known" && answer.n === 6, JSON.stringify(answer));
  assert.ok(Math.abs(answer.lower - 0.6696) < 1e-3);
  const { latDeg, lonDeg } = zurich;
  const high = coverage
    .heardTable({ ...period, latDeg, lonDeg })
    .find(({ name }) => name === "20,000 ft and up")!;
  assert.ok(high.allDay.passes > 100 && high.allDay.share > 0.95, JSON.stringify(high.allDay));
  const ajaccio = coverage.landingSeen({ airport: airports.find("LFKJ")!, ...period });
  assert.equal(ajaccio.kind, "unknown");
});
