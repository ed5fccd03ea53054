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
