import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import {
  type DecodedPosition,
  globalPosition,
  globalSurfacePosition,
  localPosition,
  longitudeZones,
} from "../../src/mode-s/cpr.js";
import { encodePosition } from "../support/mode-s-frames.js";

const place = fc.record({
  latDeg: fc.double({ min: -89.9, max: 89.9, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 179.999, noNaN: true }),
});

/** Half a step of 360/59/131072 degrees of latitude, and of a whole circle of longitude at a pole. */
const AIRBORNE_M = 6;
const SURFACE_M = 2;

function apartM(a: DecodedPosition, b: DecodedPosition): number {
  return sphereDistanceM(a.latDeg, a.lonDeg, b.latDeg, b.lonDeg);
}

test("a pair gives the place it was made of to six metres, anywhere", () => {
  let decodedCount = 0;
  fc.assert(
    fc.property(place, fc.constantFrom("even" as const, "odd" as const), (at, newest) => {
      const even = encodePosition(at, { isOdd: false, isSurface: false });
      const odd = encodePosition(at, { isOdd: true, isSurface: false });
      const found = globalPosition(even, odd, newest);
      // At an edge between zones the two halves may lie in different ones.
      if (!found) return;
      decodedCount++;
      assert.ok(apartM(found, at) < AIRBORNE_M, JSON.stringify({ at, found }));
    }),
    { seed: 1944, numRuns: 5000 },
  );
  assert.ok(decodedCount > 4990);
});

test("one message beside a place within half a cell gives its own place", () => {
  fc.assert(
    fc.property(
      place,
      fc.boolean(),
      fc.boolean(),
      fc.double({ min: -0.7, max: 0.7, noNaN: true }),
      (at, isOdd, isSurface, awayDeg) => {
        const sent = encodePosition(at, { isOdd, isSurface });
        const reference = {
          latDeg: Math.max(-90, Math.min(90, at.latDeg + awayDeg)),
          lonDeg: at.lonDeg + awayDeg,
        };
        const found = localPosition(sent, reference);
        assert.ok(
          found && apartM(found, at) < AIRBORNE_M,
          JSON.stringify({ at, found, isSurface }),
        );
      },
    ),
    { seed: 1944, numRuns: 5000 },
  );
});

test("a surface pair is decoded in the quarter its reference is in", () => {
  fc.assert(
    fc.property(place, fc.double({ min: -40, max: 40, noNaN: true }), (at, awayDeg) => {
      const even = encodePosition(at, { isOdd: false, isSurface: true });
      const odd = encodePosition(at, { isOdd: true, isSurface: true });
      const latDeg = Math.max(-89, Math.min(89, at.latDeg + awayDeg));
      const reference = { latDeg, lonDeg: at.lonDeg + awayDeg };
      const found = globalSurfacePosition(even, odd, { newest: "odd", reference });
      if (!found) return;
      assert.ok(apartM(found, at) < SURFACE_M, JSON.stringify({ at, found }));
    }),
    { seed: 1944, numRuns: 5000 },
  );
});

test("any two messages give a place on the globe, or none", () => {
  const bits = fc.nat(131_071);
  fc.assert(
    fc.property(bits, bits, bits, bits, (latEven, lonEven, latOdd, lonOdd) => {
      const even = { isOdd: false, isSurface: false, latCpr: latEven, lonCpr: lonEven };
      const odd = { isOdd: true, isSurface: false, latCpr: latOdd, lonCpr: lonOdd };
      const found = globalPosition(even, odd, "even");
      if (!found) return;
      assert.ok(Math.abs(found.latDeg) <= 90 && found.lonDeg >= -180 && found.lonDeg < 180);
    }),
    { seed: 1944, numRuns: 5000 },
  );
});

test("longitude zones fall from 59 at the equator to 1 beyond 87 degrees", () => {
  assert.equal(longitudeZones(0), 59);
  assert.equal(longitudeZones(10.4704), 59);
  assert.equal(longitudeZones(10.4705), 58);
  assert.equal(longitudeZones(-52.2572), 36);
  assert.equal(longitudeZones(87), 2);
  assert.equal(longitudeZones(-87), 2);
  assert.equal(longitudeZones(87.0001), 1);
  assert.equal(longitudeZones(90), 1);
});

test("halves on both sides of an edge between longitude zones give no place", () => {
  // The even half at 10.47 degrees, the odd one of an aircraft that has crossed the edge.
  const even = encodePosition({ latDeg: 10.47, lonDeg: 20 }, { isOdd: false, isSurface: false });
  const odd = encodePosition({ latDeg: 10.4709, lonDeg: 20 }, { isOdd: true, isSurface: false });
  assert.equal(globalPosition(even, odd, "odd"), undefined);
});
