import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { destination } from "../../src/geo/sphere.js";
import type { SimState } from "../../src/sim/fly.js";
import { seededRandom } from "../../src/sim/random.js";
import { isUp, radioHorizonNm, receiverNetwork, type Station } from "../../src/sim/receivers.js";
import { HOUR_MS, METRES_PER_NM } from "../../src/units/quantity.js";

const STATION: Station = {
  name: "test",
  latDeg: 12,
  lonDeg: -69,
  antennaHeightFt: 50,
  rangeNm: 250,
  floorFt: 0,
  surfaceRangeNm: 3,
  lossShare: 0,
};

function stateAt(distanceNm: number, heightFt: number, onGround = false): SimState {
  const place = destination(STATION, 77, distanceNm * METRES_PER_NM);
  return {
    ...place,
    trackDeg: 0,
    headingDeg: 0,
    timeMs: 0,
    onGround,
    groundSpeedKt: 200,
    verticalRateFpm: 0,
    pressureAltitudeFt: heightFt,
    geometricAltitudeFt: heightFt,
  };
}

test("nothing below the radio horizon is heard, and all well above it is", () => {
  const network = receiverNetwork([STATION]);
  const random = seededRandom(1);
  const distanceNm = fc.double({ min: 1, max: 300, noNaN: true });
  const heightFt = fc.double({ min: 0, max: 41_000, noNaN: true });
  fc.assert(
    fc.property(distanceNm, heightFt, (distance, height) => {
      const limitNm = Math.min(250, radioHorizonNm(height, 50));
      const heard = network.hears(stateAt(distance, height), random);
      if (distance > limitNm + 0.01) assert.equal(heard, false);
      if (distance < 0.87 * limitNm) assert.equal(heard, true);
    }),
    { seed: 1944 },
  );
});

test("the horizon follows the usual rule of thumb", () => {
  assert.ok(Math.abs(radioHorizonNm(10_000, 0) - 123) < 0.01);
  assert.equal(radioHorizonNm(-200, 0), 0);
});

test("aircraft on the ground are heard near the station only, and not at all without surface range", () => {
  const random = seededRandom(1);
  assert.equal(receiverNetwork([STATION]).hears(stateAt(1, 0, true), random), true);
  assert.equal(receiverNetwork([STATION]).hears(stateAt(5, 0, true), random), false);
  const deaf = receiverNetwork([{ ...STATION, surfaceRangeNm: 0 }]);
  assert.equal(deaf.hears(stateAt(0.1, 0, true), random), false);
});

test("a floor hides what flies below it", () => {
  const network = receiverNetwork([{ ...STATION, floorFt: 2500 }]);
  assert.equal(network.hears(stateAt(5, 2400), seededRandom(1)), false);
  assert.equal(network.hears(stateAt(5, 2600), seededRandom(1)), true);
});

test("a station hears only in its hours and its life", () => {
  const station: Station = {
    ...STATION,
    hoursUtc: [11, 23],
    upFromMs: 24 * HOUR_MS,
    upToMs: 48 * HOUR_MS,
  };
  assert.equal(isUp(station, 12 * HOUR_MS), false);
  assert.equal(isUp(station, 34 * HOUR_MS), false);
  assert.equal(isUp(station, 35 * HOUR_MS), true);
  assert.equal(isUp(station, 47 * HOUR_MS), false);
  assert.equal(isUp(station, 60 * HOUR_MS), false);
});

test("loss takes its share", () => {
  const network = receiverNetwork([{ ...STATION, lossShare: 0.3 }]);
  const random = seededRandom(5);
  let heard = 0;
  for (let i = 0; i < 10_000; i++) if (network.hears(stateAt(10, 5000), random)) heard++;
  assert.ok(heard > 6800 && heard < 7200, `${heard} of 10000`);
});
