import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { bearingDeg, destination, sphereDistanceM, turnDeg } from "../../src/geo/sphere.js";
import { arcPoints, GroundPath, turnTowards } from "../../src/sim/ground-path.js";

const latDeg = fc.double({ min: -60, max: 60, noNaN: true });
const lonDeg = fc.double({ min: -180, max: 180, noNaN: true });
const directionDeg = fc.double({ min: 0, max: 359.9, noNaN: true });

test("a path is as long as the great circle and ends where it was sent", () => {
  fc.assert(
    fc.property(latDeg, lonDeg, latDeg, lonDeg, (lat1, lon1, lat2, lon2) => {
      const path = new GroundPath({ latDeg: lat1, lonDeg: lon1 }, 0);
      path.lineTo({ latDeg: lat2, lonDeg: lon2 });
      const wantedM = sphereDistanceM(lat1, lon1, lat2, lon2);
      assert.ok(Math.abs(path.lengthM - wantedM) < 1);
      if (wantedM < 1) return;
      const at = { latDeg: 0, lonDeg: 0, trackDeg: 0 };
      path.read(path.lengthM, at);
      assert.ok(sphereDistanceM(at.latDeg, at.lonDeg, lat2, lon2) < 1);
    }),
    { seed: 1944 },
  );
});

test("positions run smoothly across the antimeridian", () => {
  const path = new GroundPath({ latDeg: 10, lonDeg: 179 }, 90);
  path.lineTo({ latDeg: 12, lonDeg: -179 });
  const at = { latDeg: 0, lonDeg: 0, trackDeg: 0 };
  let last: { latDeg: number; lonDeg: number } | undefined;
  for (let alongM = 0; alongM <= path.lengthM; alongM += 1000) {
    path.read(alongM, at);
    assert.ok(at.lonDeg >= -180 && at.lonDeg <= 180);
    if (last) {
      const stepM = sphereDistanceM(last.latDeg, last.lonDeg, at.latDeg, at.lonDeg);
      assert.ok(Math.abs(stepM - 1000) < 10, `step of ${stepM} m`);
    }
    last = { latDeg: at.latDeg, lonDeg: at.lonDeg };
  }
});

test("after the turn towards a target one flies straight at it", () => {
  fc.assert(
    fc.property(latDeg, lonDeg, directionDeg, directionDeg, (lat, lon, track, where) => {
      const start = { latDeg: lat, lonDeg: lon, trackDeg: track };
      const target = destination(start, where, 60_000);
      const angleDeg = turnTowards(start, target, 4000);
      const exit = angleDeg === 0 ? start : arcPoints(start, angleDeg, 4000).pop()!;
      const wantedDeg = bearingDeg(exit.latDeg, exit.lonDeg, target.latDeg, target.lonDeg);
      assert.ok(Math.abs(turnDeg(exit.trackDeg, wantedDeg)) < 0.5);
      assert.ok(Math.abs(angleDeg) <= 200, `turned ${angleDeg} degrees`);
    }),
    { seed: 1944 },
  );
});
