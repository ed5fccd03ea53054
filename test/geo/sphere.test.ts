import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bearingDeg,
  destination,
  normalDeg,
  normalLonDeg,
  sphereDistanceM,
  turnDeg,
} from "../../src/geo/sphere.js";

const SEED = { seed: 1944 };
const degrees = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const directionDeg = degrees(0, 359.999_999);
const latDeg = degrees(-89, 89);
const lonDeg = degrees(-180, 180);

test("a turn stays within half a circle and arrives", () => {
  fc.assert(
    fc.property(directionDeg, directionDeg, (fromDeg, toDeg) => {
      const turn = turnDeg(fromDeg, toDeg);
      assert.ok(turn > -180 && turn <= 180);
      assert.ok(Math.abs(turnDeg(fromDeg + turn, toDeg)) < 1e-9);
    }),
    SEED,
  );
});

test("turns over north are short ones", () => {
  assert.equal(turnDeg(359, 1), 2);
  assert.equal(turnDeg(1, 359), -2);
  assert.equal(turnDeg(0, 180), 180);
  assert.equal(turnDeg(180, 0), 180);
});

test("a direction is brought into 0 up to 360, and 360 itself is 0", () => {
  fc.assert(
    fc.property(degrees(-1e6, 1e6), (anyDeg) => {
      const turned = normalDeg(anyDeg);
      assert.ok(turned >= 0 && turned < 360, `${anyDeg} gave ${turned}`);
    }),
    SEED,
  );
  assert.equal(normalDeg(360), 0);
  assert.equal(normalDeg(-1e-17), 0);
  assert.equal(normalDeg(-90), 270);
});

test("a longitude is brought into -180..180 without moving it", () => {
  fc.assert(
    fc.property(degrees(-1000, 1000), (anyDeg) => {
      const turned = normalLonDeg(anyDeg);
      assert.ok(turned >= -180 && turned <= 180);
      assert.ok(Math.abs(Math.sin(((turned - anyDeg) * Math.PI) / 360)) < 1e-9);
    }),
    SEED,
  );
  assert.equal(normalLonDeg(181), -179);
  assert.equal(normalLonDeg(-181), 179);
});

test("distance is the same both ways, never negative and at most half round the Earth", () => {
  fc.assert(
    fc.property(latDeg, lonDeg, latDeg, lonDeg, (lat1, lon1, lat2, lon2) => {
      const there = sphereDistanceM(lat1, lon1, lat2, lon2);
      const back = sphereDistanceM(lat2, lon2, lat1, lon1);
      assert.ok(there >= 0 && there <= 20_015_116);
      assert.ok(Math.abs(there - back) < 1e-3);
    }),
    SEED,
  );
});

test("going somewhere and measuring agree, across 180 degrees too", () => {
  fc.assert(
    fc.property(latDeg, lonDeg, directionDeg, degrees(1000, 5e6), (lat, lon, towardDeg, awayM) => {
      const there = destination({ latDeg: lat, lonDeg: lon }, towardDeg, awayM);
      assert.ok(there.lonDeg >= -180 && there.lonDeg <= 180);
      const measuredM = sphereDistanceM(lat, lon, there.latDeg, there.lonDeg);
      assert.ok(Math.abs(measuredM - awayM) < 0.01);
      const bearing = bearingDeg(lat, lon, there.latDeg, there.lonDeg);
      assert.ok(Math.abs(turnDeg(bearing, towardDeg)) < 1e-3);
    }),
    SEED,
  );
});

test("the antimeridian is a line like any other", () => {
  const acrossM = sphereDistanceM(0, 179.9, 0, -179.9);
  assert.ok(Math.abs(acrossM - sphereDistanceM(0, 9.9, 0, 10.1)) < 1e-3);
  assert.ok(Math.abs(bearingDeg(0, 179.9, 0, -179.9) - 90) < 1e-9);
});

test("half round the Earth is measured, and standing still is nothing", () => {
  assert.ok(Math.abs(sphereDistanceM(90, 0, -90, 77) - Math.PI * 6_371_008.8) < 1);
  assert.ok(Math.abs(sphereDistanceM(0, 0, 0, 180) - Math.PI * 6_371_008.8) < 1);
  assert.equal(sphereDistanceM(51.5, -0.1, 51.5, -0.1), 0);
});

test("an unknown coordinate makes an unknown distance and bearing", () => {
  assert.ok(Number.isNaN(sphereDistanceM(Number.NaN, 0, 0, 0)));
  assert.ok(Number.isNaN(sphereDistanceM(0, 0, 0, Number.NaN)));
  assert.ok(Number.isNaN(bearingDeg(0, Number.NaN, 0, 0)));
  assert.ok(Number.isNaN(normalDeg(Number.NaN)));
});
