// What a list of routes may add to where a landing or take-off was, and what it may not.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseAddress } from "../../src/aircraft/address.js";
import { parseRouteCsv } from "../../src/aircraft/route-csv.js";
import { Analyst } from "../../src/movement/analyse.js";
import type { Movement } from "../../src/movement/movement.js";
import { traitsOf } from "../../src/movement/traits.js";
import {
  findRoutes,
  NAMED_WITHOUT_MIN,
  ON_ROUTE_ODDS,
  weighRoutes,
} from "../../src/movement/weigh-routes.js";
import type { Airport } from "../../src/place/airport.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { HOUR_MS } from "../../src/units/quantity.js";
import { AIRPORTS, HIGH, PORT, STRIP, TOWN } from "../support/airports.js";
import { analyse, fly, type Pilot } from "../support/fly.js";

const AT_MS = Date.UTC(2024, 4, 1, 10);
const WEST = { latDeg: 50.1, lonDeg: 6.5 };
const EAST = { latDeg: 50.1, lonDeg: 15 };
/** 25 km from Town: a descent fits both. */
const CITY: Airport = { ...moved(TOWN, 0.22), ident: "XCTY", name: "City" };

function moved(airport: Airport, byDeg: number): Airport {
  const runways = airport.runways.map((runway) => {
    const [a, b] = runway.ends.map((end) => ({ ...end, latDeg: end.latDeg + byDeg }));
    return { ...runway, ends: [a!, b!] as const };
  });
  return { ...airport, latDeg: airport.latDeg + byDeg, runways };
}

const TWO_CITIES = buildAirportTable([TOWN, CITY, PORT], { timeZones: () => undefined });

function listOf(...rows: readonly string[]) {
  const text = ["callsign,route", ...rows].join("\n");
  return parseRouteCsv(text, { file: "routes.csv", sha256: "0".repeat(64) }).table;
}

/** A landing lost high, far from every field, with a list that gives `usual` for its callsign. */
function movement(over: Partial<Movement>, usual: readonly Airport[] = [TOWN]): Movement {
  return {
    kind: "landing",
    address: parseAddress("4ca7b3")!,
    timeFromMs: AT_MS,
    timeToMs: AT_MS + HOUR_MS / 4,
    timeMs: AT_MS + HOUR_MS / 8,
    airport: undefined,
    candidates: candidates([TOWN, 0.6], [CITY, 0.3]),
    offAirport: false,
    latDeg: 48,
    lonDeg: 11,
    evidence: "inferred",
    evidenceClass: "G5",
    probability: 0.9,
    basis: "last heard descending",
    callsign: "TST1",
    simulated: false,
    exhibits: [{ inputSha256: "0".repeat(64), file: "a.json", rowFrom: 0, rowTo: 1 }],
    route: {
      file: "routes.csv",
      sha256: "0".repeat(64),
      callsign: "TST1",
      airports: ["XPRT", ...usual.map(({ ident }) => ident)],
      usual,
      before: [],
    },
    ...over,
  };
}

function candidates(...pairs: readonly (readonly [Airport, number])[]): Movement["candidates"] {
  return pairs.map(([airport, probability]) => ({ airport, probability }));
}

test("a field on the route gains its odds, and the sentence says what it had without the list", () => {
  const [weighed] = weighRoutes([movement({})]);
  const total = 1 + 0.6 * (ON_ROUTE_ODDS - 1);
  assert.ok(Math.abs(weighed!.candidates[0]!.probability - (0.6 * ON_ROUTE_ODDS) / total) < 1e-12);
  assert.ok(Math.abs(weighed!.candidates[1]!.probability - 0.3 / total) < 1e-12);
  assert.equal(weighed!.airport, undefined);
  assert.equal(
    weighed!.basis,
    "last heard descending; the list of routes routes.csv gives XTWN for TST1: XTWN 0.85 instead of 0.60",
  );
  assert.deepEqual(weighed!.route?.before, movement({}).candidates);
});

test("with the list a field is named that was first and probable without it", () => {
  const [weighed] = weighRoutes([movement({ candidates: candidates([TOWN, 0.8], [CITY, 0.1]) })]);
  assert.equal(weighed!.airport, TOWN);
  assert.match(weighed!.basis, /XTWN 0\.94 instead of 0\.80; with that, XTWN \(Town\)$/);
});

test("what would need the list for most of its probability is not named, and that is said", () => {
  const [weighed] = weighRoutes([movement({ candidates: candidates([TOWN, 0.73], [CITY, 0.1]) })]);
  assert.ok(weighed!.candidates[0]!.probability > 0.9);
  assert.equal(weighed!.airport, undefined);
  assert.match(weighed!.basis, /XTWN 0\.91 instead of 0\.73, which was too little for a name$/);
});

test("a doubt about the track stays at the end of the sentence", () => {
  const [weighed] = weighRoutes([movement({ basis: "lost; in doubt: two emitters" })]);
  assert.match(weighed!.basis, /^lost; the list of routes .*; in doubt: two emitters$/);
});

test("a route that fits no candidate changes nothing, nor does one where a place is named or was seen", () => {
  const same = [
    movement({}, [PORT]),
    movement({}, []),
    movement({ route: undefined }),
    movement({ airport: CITY, candidates: candidates([CITY, 0.92], [TOWN, 0.05]) }),
    movement({ evidence: "seen", evidenceClass: "G1" }),
    movement({ evidenceClass: "G3" }),
    movement({ offAirport: true, candidates: [] }),
    // Contradicted elsewhere: it may not be named, however probable.
    movement({ candidates: candidates([TOWN, 0.95]) }),
    // Perhaps standing there, under the callsign of its next leg.
    movement({ evidenceClass: "G7", latDeg: TOWN.latDeg, lonDeg: TOWN.lonDeg }),
  ];
  for (const one of same) assert.equal(weighRoutes([one])[0], one);
});

test("no list makes a name out of little, takes one away, or touches anything but the place", () => {
  const fields = [TOWN, CITY, PORT, HIGH, STRIP];
  const share = fc.double({ min: 0.001, max: 1, noNaN: true });
  const shares = fc.array(share, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(shares, fc.subarray(fields), fc.boolean(), (weights, usual, takeoff) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const listed = weights.slice(0, 5).map((weight, i) => [fields[i]!, weight / total] as const);
      const sorted = candidates(...listed.toSorted((a, b) => b[1] - a[1]));
      const kind = takeoff ? "takeoff" : "landing";
      const given = movement({ kind, candidates: sorted }, usual);
      const [weighed] = weighRoutes([given]);
      const { airport, candidates: after, basis: _b, route: _r, ...rest } = weighed!;
      const { airport: _a, candidates: before, basis: _bb, route: _rr, ...restBefore } = given;
      assert.deepEqual(rest, restBefore);
      if (airport) {
        assert.equal(airport, before[0]!.airport);
        assert.ok(before[0]!.probability >= NAMED_WITHOUT_MIN);
        assert.ok(usual.includes(airport));
      }
      assert.deepEqual(idents(after), idents(before));
      assert.ok(after.reduce((sum, { probability }) => sum + probability, 0) < 1 + 1e-9);
    }),
    { seed: 1944 },
  );
});

test("a name from the list never makes two places of one stop", () => {
  const landing = movement({ candidates: candidates([TOWN, 0.8], [CITY, 0.1]) });
  const takeoff = movement({
    kind: "takeoff",
    timeFromMs: AT_MS + HOUR_MS,
    timeToMs: AT_MS + 2 * HOUR_MS,
    airport: CITY,
    candidates: candidates([CITY, 0.95]),
  });
  assert.deepEqual(weighRoutes([landing, takeoff]), [landing, takeoff]);
  assert.equal(weighRoutes([landing])[0]!.airport, TOWN);
});

function idents(list: Movement["candidates"]): string[] {
  return list.map(({ airport }) => airport.ident).toSorted();
}

/** Of the first movement, at Town. */
function shareOf([first]: readonly Movement[]): number {
  return first!.candidates.find(({ airport }) => airport === TOWN)!.probability;
}

/** Comes from cruise, straight towards Town, and is lost. */
function descent(downToFt: number): Pilot {
  return fly({ callsign: "TST1" })
    .start(WEST, 30_000)
    .approach(TOWN, "09L", { fromNm: 30, downToFt });
}

function routed(pilot: Pilot, rows: readonly string[], airports = TWO_CITIES): Movement[] {
  const track = pilot.track();
  const { clean, movements } = new Analyst(airports).analyse(track, traitsOf(track));
  const found = findRoutes(movements, { track: clean.track, routes: listOf(...rows), airports });
  return weighRoutes(found);
}

test("a landing is looked for where legs of the route end, a take-off where they begin", () => {
  const without = shareOf(routed(descent(8000), ["TST9,XPRT-XTWN"]));
  assert.ok(shareOf(routed(descent(8000), ["TST1,XPRT-XTWN"])) > without);
  assert.ok(shareOf(routed(descent(8000), ["TST1,XPRT-XTWN-XSTR"])) > without);
  assert.equal(shareOf(routed(descent(8000), ["TST1,XTWN-XPRT"])), without);
  assert.equal(shareOf(routed(descent(8000), ["TST2,XPRT-XTWN"])), without);
  const up = fly({ callsign: "TST1" })
    .takeOff(TOWN, "09L")
    .flyTo(EAST, { altitudeFt: 30_000, speedKt: 400 });
  const kept = up.points.filter((point) => (point.altitudeFt ?? 0) >= 9000);
  up.points.splice(0, up.points.length, ...kept);
  const [takeoff] = routed(up, ["TST1,XTWN-XPRT"]);
  assert.deepEqual(takeoff!.route?.usual, [TOWN]);
  assert.equal(takeoff!.route?.callsign, "TST1");
});

test("a strange stop stays: routed from A to B, it clearly came down to C, and C is named", () => {
  for (const downToFt of [900, 2500]) {
    const [plain] = analyse(descent(downToFt).track()).movements;
    assert.equal(plain!.airport, TOWN);
    for (const rows of [["TST1,XSTR-XPRT"], ["TST1,XTWN-XPRT"], ["TST1,XPRT-XHGH"]]) {
      const [landing, ...more] = routed(descent(downToFt), rows, AIRPORTS);
      assert.deepEqual(more, []);
      const { route, ...rest } = landing!;
      assert.deepEqual(rest, plain);
      assert.deepEqual(route?.before, []);
      assert.equal(route?.airports.join("-"), rows[0]!.slice(5));
    }
    // Even where the route ends at the neighbouring field.
    const [landing] = routed(descent(downToFt), ["TST1,XPRT-XCTY"]);
    assert.equal(landing!.airport, TOWN);
  }
});

test("a callsign heard on the ground, or only on the leg before, gives no route", () => {
  const stopped = fly({ callsign: "TST1" })
    .start(WEST, 30_000)
    .approach(TOWN, "09L")
    .stand(30, TOWN);
  const [landing] = routed(stopped, ["TST1,XPRT-XTWN"]);
  assert.equal(landing!.evidence, "seen");
  assert.equal(landing!.route?.callsign, "TST1");
  const standing = fly({ callsign: "TST1" }).stand(10, TOWN).silence(300).stand(10, PORT);
  for (const one of routed(standing, ["TST1,XPRT-XTWN"])) assert.equal(one.route, undefined);
});
