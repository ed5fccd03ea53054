import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "../../src/geo/sphere.js";
import { findGaps } from "../../src/track/contacts.js";
import { TOWN } from "../support/airports.js";
import { analyse, fly, type Pilot } from "../support/fly.js";

const WEST = { latDeg: 50.1, lonDeg: 6.5 };
const EAST = { latDeg: 50.1, lonDeg: 15 };
const landingsOf = (pilot: Pilot) =>
  analyse(pilot.track()).movements.filter(({ kind }) => kind === "landing");

/** Flies round a square of 12 NM, so that it comes nowhere. */
function circle(pilot: Pilot, rounds: number, altitudeFt: number): Pilot {
  for (let round = 0; round < rounds; round++)
    for (const directionDeg of [45, 135, 225, 315])
      pilot.flyTo(destination(TOWN, directionDeg, 15_000), { altitudeFt, speedKt: 180 });
  return pilot;
}

test("two hours missing from a straight flight are a stop; from circling over one area they are not", () => {
  const straight = fly().start(WEST, 35_000).flyTo({ latDeg: 50.1, lonDeg: 9.5 });
  straight.silence(120).flyTo(EAST);
  assert.equal(landingsOf(straight).length, 1);
  const circling = circle(fly().start(WEST, 8000, 180), 4, 8000);
  circle(circling.silence(120), 4, 8000);
  assert.deepEqual(landingsOf(circling), []);
});

test("approach after approach with everything low unheard is not stop after stop", () => {
  const pilot = fly().start(WEST, 8000, 180);
  for (let i = 0; i < 5; i++) {
    pilot.approach(TOWN, "09L", { fromNm: 12, downToFt: 3000 });
    pilot.silence(14).flyTo(destination(TOWN, 90, 12_000), { altitudeFt: 3200, speedKt: 180 });
    pilot.flyTo(destination(TOWN, 270, 22_000), { altitudeFt: 4500, speedKt: 180 });
  }
  const gaps = findGaps(pilot.track(), analyse(pilot.track()).contacts);
  assert.ok(gaps.length >= 4);
  assert.deepEqual(landingsOf(pilot), []);
});

/** There and back across the country for two hours, then down to 6,000 ft, 12 NM from Town. */
function sightsee(pilot: Pilot): Pilot {
  for (const place of [
    { latDeg: 51, lonDeg: 12 },
    { latDeg: 50.2, lonDeg: 11.2 },
    { latDeg: 51, lonDeg: 10.8 },
    { latDeg: 50.1, lonDeg: 10.9 },
  ])
    pilot.flyTo(place, { altitudeFt: 12_000, speedKt: 150 });
  return pilot.flyTo(destination(TOWN, 45, 22_000), { altitudeFt: 6300, speedKt: 150 });
}

test("lost in a descent on a tour an aircraft is not said to have landed at a field it never was at", () => {
  const stranger = sightsee(fly().start({ latDeg: 50.5, lonDeg: 11.2 }, 12_000, 150));
  const [landing] = landingsOf(stranger);
  assert.equal(landing?.evidenceClass, "G5");
  assert.equal(landing.airport, undefined);
  assert.ok(landing.candidates.every(({ probability }) => probability <= 0.5));
});

test("lost in the same descent near to where its tour began it is", () => {
  const local = sightsee(fly().start(destination(TOWN, 90, 10_000), 3000, 150));
  const [landing] = landingsOf(local).slice(-1);
  assert.ok(landing!.candidates[0]!.probability > 0.5);
});

test("who came straight to the same place was on the way to land there", () => {
  const straight = fly().start({ latDeg: 51.8, lonDeg: 13 }, 12_000, 150);
  straight.flyTo({ latDeg: 50.8, lonDeg: 11.2 });
  straight.flyTo(destination(TOWN, 45, 22_000), { altitudeFt: 6300, speedKt: 150 });
  assert.ok(landingsOf(straight)[0]!.candidates[0]!.probability > 0.5);
});
