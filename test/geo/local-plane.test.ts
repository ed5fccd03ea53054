import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import {
  eastM,
  localPlaneAt,
  northM,
  planeDistanceNm,
  planeLengthM,
} from "../../src/geo/local-plane.js";
import { destination } from "../../src/geo/sphere.js";

const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

test("within 10 km the flat map is right to 0.2 %, up to 75 degrees of latitude", () => {
  fc.assert(
    fc.property(
      number(-75, 75),
      number(-180, 180),
      number(0, 359),
      number(500, 10_000),
      (latDeg, lonDeg, towardDeg, awayM) => {
        const plane = localPlaneAt(latDeg, lonDeg);
        const there = destination({ latDeg, lonDeg }, towardDeg, awayM);
        const flatM = Math.hypot(eastM(plane, there.lonDeg), northM(plane, there.latDeg));
        const trueM = geodesicDistanceM({ latDeg, lonDeg }, there);
        assert.ok(Math.abs(flatM - trueM) < 0.002 * trueM + 0.01, `${flatM} m, not ${trueM} m`);
      },
    ),
    { seed: 1944 },
  );
});

test("east and north have the right signs, across 180 degrees too", () => {
  const plane = localPlaneAt(-17, 179.99);
  assert.ok(eastM(plane, -179.99) > 2000 && eastM(plane, -179.99) < 2200);
  assert.ok(eastM(plane, 179.98) < -1000);
  assert.ok(northM(plane, -16.99) > 1100);
  const west = localPlaneAt(-17, -179.99);
  assert.ok(eastM(west, 179.99) < -2000);
});

test("the origin is nought, and an unknown place is unknown", () => {
  const plane = localPlaneAt(50, 10);
  assert.equal(eastM(plane, 10), 0);
  assert.equal(northM(plane, 50), 0);
  assert.ok(Number.isNaN(eastM(plane, Number.NaN)));
  assert.ok(Number.isNaN(northM(plane, Number.NaN)));
  assert.equal(planeDistanceNm(1852, 0), 1);
});

test("the length of a vector is that of its hypotenuse, of nothing nought, of the unknown unknown", () => {
  fc.assert(
    fc.property(number(-1e7, 1e7), number(-1e7, 1e7), (east, north) => {
      const lengthM = Math.hypot(east, north);
      assert.ok(Math.abs(planeLengthM(east, north) - lengthM) <= 1e-15 * lengthM);
    }),
    { seed: 1944 },
  );
  assert.equal(planeLengthM(0, 0), 0);
  assert.equal(planeLengthM(-3, 4), 5);
  assert.ok(Number.isNaN(planeLengthM(Number.NaN, 1)));
});
