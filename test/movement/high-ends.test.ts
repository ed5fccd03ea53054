// What is said of an aircraft that is lost, or found, thousands of feet up, and of long silences.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Analyst } from "../../src/movement/analyse.js";
import { FieldLookup } from "../../src/movement/field-lookup.js";
import type { Movement } from "../../src/movement/movement.js";
import { traitsOf } from "../../src/movement/traits.js";
import type { Airport } from "../../src/place/airport.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { PORT, TOWN } from "../support/airports.js";
import { analyse, fly, type Pilot } from "../support/fly.js";

const WEST = { latDeg: 50.1, lonDeg: 6.5 };
const EAST = { latDeg: 50.1, lonDeg: 15 };
const movementsOf = (pilot: Pilot): readonly Movement[] => analyse(pilot.track()).movements;

/** Leaves out what was sent from a point on below an altitude. */
function heardAbove(pilot: Pilot, altitudeFt: number, from = 0): Pilot {
  const kept = pilot.points.filter((p, i) => i < from || (p.altitudeFt ?? 0) >= altitudeFt);
  pilot.points.splice(0, pilot.points.length, ...kept);
  return pilot;
}

test("lost thousands of feet up in a descent from cruise: it landed, and the place is a list", () => {
  const pilot = fly().start(WEST, 30_000).approach(TOWN, "09L", { fromNm: 30, downToFt: 8000 });
  const [landing, ...more] = movementsOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(landing?.kind, "landing");
  assert.equal(landing.evidenceClass, "G5");
  assert.equal(landing.evidence, "inferred");
  assert.ok(landing.candidates.some(({ airport }) => airport === TOWN));
  assert.ok(landing.airport === undefined || landing.airport === TOWN);
  assert.ok(landing.timeToMs - landing.timeMs >= 30 * 60_000 - 1);
});

test("first heard thousands of feet up, climbing on to cruise: it took off", () => {
  const pilot = fly().takeOff(TOWN, "09L").flyTo(EAST, { altitudeFt: 30_000, speedKt: 400 });
  const [takeoff, ...more] = movementsOf(heardAbove(pilot, 9000));
  assert.deepEqual(more, []);
  assert.equal(takeoff?.kind, "takeoff");
  assert.equal(takeoff.evidenceClass, "G8");
  assert.ok(takeoff.candidates.some(({ airport }) => airport === TOWN));
});

test("changing its level by a thousand feet is neither arriving nor departing", () => {
  for (const [fromFt, toFt] of [
    [11_000, 10_000],
    [10_000, 11_000],
  ] as const) {
    const near = { latDeg: TOWN.latDeg, lonDeg: TOWN.lonDeg - 0.4 };
    const pilot = fly().start(WEST, fromFt).flyTo(near, { altitudeFt: toFt, speedKt: 300 });
    assert.deepEqual(movementsOf(pilot), [], `${fromFt} to ${toFt} ft`);
  }
});

test("a glider that comes down is not taken to have landed", () => {
  const pilot = fly({ typeDesignator: "GLID" }).start(WEST, 12_000, 80);
  pilot.approach(TOWN, "09L", { fromNm: 15, downToFt: 5200 });
  assert.ok(movementsOf(pilot).every(({ evidenceClass }) => evidenceClass !== "G5"));
});

test("standing at a field months after a loss high up does not tell that it landed there then", () => {
  const pilot = fly().start(WEST, 30_000).approach(TOWN, "09L", { fromNm: 30, downToFt: 8000 });
  pilot.silence(90 * 24 * 60).stand(10, TOWN);
  const [landing] = movementsOf(pilot);
  assert.equal(landing?.kind, "landing");
  assert.ok(landing.timeToMs - landing.timeFromMs > 80 * 24 * 3_600_000);
});

test("fields without elevation give no claim from high up, and no time that is not one", () => {
  const unknown = { ...TOWN, elevationFt: Number.NaN };
  const table = buildAirportTable([unknown], { timeZones: () => undefined });
  const analystOf = (pilot: Pilot) => {
    const track = pilot.track();
    return new Analyst(table).analyse(track, traitsOf(track)).movements;
  };
  for (const downToFt of [9000, 2500, 600]) {
    const pilot = fly().start(WEST, 30_000).approach(TOWN, "09L", { fromNm: 30, downToFt });
    for (const { timeMs, basis } of analystOf(pilot)) {
      assert.ok(Number.isFinite(timeMs));
      assert.doesNotMatch(basis, /NaN/);
    }
    const from = pilot.points.length;
    pilot.silence(120).takeOff(TOWN, "09L", { toFt: 4000 });
    pilot.flyTo(EAST, { altitudeFt: 30_000, speedKt: 400 });
    for (const { timeMs } of analystOf(heardAbove(pilot, downToFt, from)))
      assert.ok(Number.isFinite(timeMs));
  }
});

test("a city of heliports hides no airport", () => {
  const pads = Array.from({ length: 200 }, (_, i): Airport => {
    const place = { latDeg: TOWN.latDeg + (i % 20) / 500, lonDeg: TOWN.lonDeg + i / 4000 };
    return { ...TOWN, ...place, ident: `XH${i}`, kind: "heliport", runways: [] };
  });
  const lookup = new FieldLookup(
    buildAirportTable([...pads, TOWN], { timeZones: () => undefined }),
  );
  const nearest = lookup.nearest(
    { latDeg: Float64Array.of(TOWN.latDeg), lonDeg: Float64Array.of(TOWN.lonDeg) },
    0,
    false,
  );
  assert.equal(lookup.field(nearest).airport.ident, TOWN.ident);
  const near = lookup.near(TOWN, { radiusM: 10_000, isHelicopter: false });
  assert.deepEqual(
    near.map(({ airport }) => airport.ident),
    [TOWN.ident],
  );
});

test("one position far from any field is no landing, whatever its rate", () => {
  const pilot = fly().start(WEST, 20_000).approach(TOWN, "09L", { fromNm: 25, downToFt: 3600 });
  const last = pilot.points.at(-1)!;
  pilot.points.splice(0, pilot.points.length, last);
  assert.deepEqual(movementsOf(pilot), []);
});

test("flying level and low across a field is no landing", () => {
  const south = { latDeg: TOWN.latDeg - 0.3, lonDeg: TOWN.lonDeg };
  const altitudeFt = TOWN.elevationFt + 250;
  const pilot = fly().start(south, altitudeFt, 120);
  pilot.flyTo(TOWN, { altitudeFt, speedKt: 120 });
  assert.ok(movementsOf(pilot).every(({ evidenceClass }) => evidenceClass !== "G2"));
});

test("one position between silences descends when its own rate says so", () => {
  const pilot = fly().start(WEST, 20_000).approach(TOWN, "09L", { fromNm: 15, downToFt: 1200 });
  const last = pilot.points.at(-1)!;
  const kept = pilot.points.filter(({ timeMs }) => timeMs < last.timeMs - 8 * 60_000);
  pilot.points.splice(0, pilot.points.length, ...kept, last);
  const [landing] = movementsOf(pilot);
  assert.equal(landing?.kind, "landing");
  assert.equal(landing.airport, TOWN);
  assert.ok(landing.evidenceClass === "G3" || landing.evidenceClass === "G4");
});

/** Lost in cruise and heard again in the climb from a field, so many hours later. */
function climbsOutAfter(hours: number): readonly Movement[] {
  const pilot = fly().start(WEST, 35_000).flyTo({ latDeg: 50.1, lonDeg: 7.2 });
  const from = pilot.points.length;
  pilot.silence(hours * 60).takeOff(PORT, "18", { toFt: 4000 });
  pilot.flyTo(EAST, { altitudeFt: 20_000, speedKt: 300 });
  return movementsOf(heardAbove(pilot, 700, from));
}

test("after a day of silence the climb tells where it took off, not where it had landed", () => {
  const [landing, takeoff] = climbsOutAfter(30);
  assert.equal(takeoff?.airport, PORT);
  assert.equal(landing?.airport, undefined);
  assert.equal(landing?.candidates[0]?.airport, PORT);
  assert.ok(landing.candidates[0].probability < 0.8);
  const [soon] = climbsOutAfter(5);
  assert.equal(soon?.airport, PORT);
});

test("of the fields ahead, one that there was no time for is hardly a place to look at", () => {
  const beyond: Airport = { ...TOWN, ident: "XFAR", latDeg: 50.1, lonDeg: 21.5 };
  const airports = buildAirportTable([TOWN, beyond], { timeZones: () => undefined });
  const shareBeyond = (silenceMin: number) => {
    const pilot = fly().start(WEST, 36_000).flyTo({ latDeg: 50.1, lonDeg: 9 });
    const track = pilot.silence(silenceMin).flyTo({ latDeg: 50.1, lonDeg: 6 }).track();
    const [landing] = new Analyst(airports).analyse(track, traitsOf(track)).movements;
    assert.equal(landing?.evidenceClass, "GAP");
    return landing.candidates.find(({ airport }) => airport === beyond)?.probability ?? 0;
  };
  assert.ok(shareBeyond(120) < 0.01);
  assert.ok(shareBeyond(360) > 0.1);
});
