import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import { movementsCsv } from "../../src/report/csv.js";
import type { DrawnPoint } from "../../src/report/dossier-model.js";
import { journeyJson } from "../../src/report/journey-shape.js";
import { gapJson, inputJson, movementJson, rounded } from "../../src/report/shapes.js";
import { thinLine } from "../../src/report/thin-line.js";
import {
  candidatesText,
  distanceText,
  evidenceClassText,
  FORBIDDEN_WORDS,
  gapSentence,
  grouped,
  journeySentence,
  kindText,
  landedSomewhereSentence,
  legSentence,
  lostOnApproachSentence,
  movementSentence,
  percentText,
  probabilityText,
  shareText,
  stopSentence,
} from "../../src/report/wording.js";
import { antimeridianFixture, atlanticFixture, GOBD, movement } from "./fixture.js";

const MOVEMENT_KEYS =
  "schema hex registration type callsign kind timeFrom timeTo time airport airportName country candidates offAirport lat lon runway evidence class probability basis simulated timeLocal timeZone exhibits coverage priors";

test("a movement's JSON has these keys in this order, and nothing else", () => {
  const at = { kind: "landing", timeMs: 0, latDeg: 1, lonDeg: 2 } as const;
  const json = movementJson(movement({ ...at, airport: GOBD }, { simulated: false }), {
    registration: "XX-DEMO",
    timeZone: "Africa/Dakar",
  });
  assert.equal(Object.keys(json).join(" "), MOVEMENT_KEYS);
  assert.equal(json.schema, "wheelsdown/movement/1");
  assert.equal(json.time, "1970-01-01T00:00:00Z");
  assert.equal(json.country, "SN");
  assert.match(json.timeLocal ?? "", /^Thu 1 Jan 1970 00:00/);
  assert.deepEqual(Object.keys(json.exhibits[0]!), ["input", "file", "rowFrom", "rowTo"]);
});

test("a movement's JSON says which priors were used, and what a list of routes changed", () => {
  const at = { kind: "landing", timeMs: 0, latDeg: 1, lonDeg: 2, airport: GOBD } as const;
  const plain = movement(at, { simulated: false });
  assert.deepEqual(movementJson(plain).priors, { fields: true, routes: null });
  assert.equal(movementJson({ ...plain, fieldPriors: false }).priors.fields, false);
  const said = { file: "routes.csv", sha256: "a".repeat(64), callsign: "AFR1" };
  const airports = ["LFPG", "GOBD"];
  const before = [{ airport: GOBD, probability: 0.61234 }];
  const route = { ...said, airports, usual: [GOBD], before };
  assert.deepEqual(movementJson({ ...plain, route }).priors.routes, {
    ...said,
    airports,
    before: [{ airport: "GOBD", probability: 0.6123 }],
  });
  const table = movementsCsv([movementJson({ ...plain, route })]);
  assert.match(table, /fields; routes AFR1 LFPG-GOBD sha256:a{64}, changed",0,-20000,20000\r\n$/);
});

test("what is unknown is null in JSON, never an empty text, NaN or 0", () => {
  const at = { kind: "landing", timeMs: 0, latDeg: Number.NaN, lonDeg: Number.NaN } as const;
  const bare = movement({ ...at, probability: Number.NaN }, { simulated: false, callsign: "  " });
  const json = movementJson(bare);
  for (const key of ["registration", "type", "callsign", "airport", "country", "lat", "lon"]) {
    assert.equal(json[key as keyof typeof json], null, key);
  }
  assert.equal(json.probability, null);
  assert.equal(json.timeLocal, null);
  assert.equal(rounded(-0.000001, 3), 0);
  assert.ok(!Object.is(rounded(-0.000001, 3), -0));
});

test("a gap's JSON holds both edges, and an input's JSON sorts its issues", () => {
  const { track, gaps } = atlanticFixture({ simulated: true });
  const gap = gapJson(gaps[0]!, track);
  assert.equal(gap.durationS, 12_240);
  assert.equal(gap.last.altitudeFt, 34_000);
  assert.ok(gap.last.time < gap.next.time);
  assert.equal(gap.simulated, true);
  const summary = { file: "f", sha256: "0", format: "x", rows: 2, kept: 1, simulated: false };
  const input = inputJson({ ...summary, issues: { b: 1, a: 2 } });
  assert.equal(JSON.stringify(input.issues), '{"a":2,"b":1}');
});

test("a journey's JSON numbers its stops, and an unplaced leg has no length", () => {
  const { journey, identity } = antimeridianFixture({ simulated: false });
  const json = journeyJson(journey, identity);
  assert.deepEqual(
    json.stops.map((stop) => stop.number),
    [1, 2, 3, 4],
  );
  assert.equal(json.stops[2]!.airport, null);
  assert.equal(json.stops[2]!.candidates.length, 4);
  assert.equal(json.legs[1]!.distanceKm, null);
  assert.equal(json.distanceKm, null);
  assert.match(json.stops[0]!.departureLocal ?? "", /^Thu 29 Feb 2024 08:40 \(UTC\+12\)/);
});

test("no template uses a word that claims too much", () => {
  const sentences: string[] = [];
  for (const fixture of [
    atlanticFixture({ simulated: false }),
    antimeridianFixture({ simulated: false }),
  ]) {
    const { journey, gaps } = fixture.model;
    sentences.push(journeySentence(journey), ...journey.stops.map(stopSentence));
    sentences.push(...gaps.map(gapSentence));
    sentences.push(...journey.legs.map((leg) => legSentence(leg, journey.stops)));
    for (const stop of journey.stops) {
      for (const one of [stop.landing, stop.takeoff])
        if (one) sentences.push(movementSentence(one));
    }
  }
  const classes = ["G0", "G1", "G2", "G3", "G4", "G5", "G7", "G8", "GAP", "N1", "N2", "T"] as const;
  sentences.push(...classes.map(evidenceClassText));
  const kinds = ["landing", "takeoff", "touch-and-go", "go-around", "low-pass"] as const;
  sentences.push(...kinds.map(kindText));
  for (const sentence of sentences) {
    assert.doesNotMatch(sentence, FORBIDDEN_WORDS);
    assert.doesNotMatch(sentence, /NaN|undefined|null|Invalid/);
  }
});

test("sentences say what was received, and leave out what is unknown", () => {
  const lost = { altitudeFt: 2400, place: "Dakar (GOBD)", timeMs: 0 };
  assert.equal(
    lostOnApproachSentence(lost),
    "Lost at 2,400 ft on approach to Dakar (GOBD) at 1970-01-01 00:00Z; the landing itself was not received.",
  );
  assert.doesNotMatch(lostOnApproachSentence({ ...lost, altitudeFt: Number.NaN }), / ft/);
  const candidates = [
    { airport: "MUHA", probability: 0.61 },
    { airport: "MUVR", probability: 0.22 },
  ];
  assert.equal(
    landedSomewhereSentence({ fromMs: 0, toMs: 3_600_000, candidates }),
    "Landed somewhere between 1970-01-01 00:00Z and 1970-01-01 01:00Z; one of MUHA 0.61, MUVR 0.22.",
  );
  assert.equal(candidatesText([]), undefined);
});

test("numbers are never rounded to a claim of certainty", () => {
  assert.equal(shareText(0.99999), ">0.999");
  assert.equal(shareText(0.001), "<0.01");
  assert.equal(percentText(0.9999), ">99 %");
  assert.equal(percentText(0.0001), "<1 %");
  assert.equal(percentText(1), "100 %");
  assert.equal(probabilityText(0.83), "0.83 (not calibrated)");
  assert.equal(probabilityText(null), "not stated");
  assert.equal(grouped(1_234_567), "1,234,567");
  assert.equal(distanceText(1852), "1,852 km (1,000 NM)");
});

const walk = fc.array(
  fc.tuple(
    fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  ),
  { minLength: 1, maxLength: 300 },
);

test("a thinned line keeps its ends, invents no point and stays under the limit", () => {
  fc.assert(
    fc.property(walk, (steps) => {
      let [lat, lon] = [50, 179];
      const points = steps.map(([north, east], index): DrawnPoint => {
        lat += north;
        lon = ((lon + east + 540) % 360) - 180;
        return [index * 1000, lat, lon];
      });
      const thin = thinLine(points, { toleranceM: 100, limit: 60 });
      assert.ok(thin.points.every((point) => points.includes(point)));
      assert.equal(thin.points[0], points[0]);
      assert.equal(thin.points[thin.points.length - 1], points[points.length - 1]);
      assert.ok(thin.toleranceM >= 100);
    }),
    { seed: 1944 },
  );
});

test("a long straight line keeps a point at least every 100 km or so", () => {
  const { model } = atlanticFixture({ simulated: false });
  for (const { points, receivedCount } of model.contacts) {
    assert.ok(points.length < Math.max(20, receivedCount));
    for (let i = 1; i < points.length; i++) {
      const [, lat1, lon1] = points[i - 1]!;
      const [, lat2, lon2] = points[i]!;
      assert.ok(sphereDistanceM(lat1, lon1, lat2, lon2) < 101_000);
    }
  }
});
