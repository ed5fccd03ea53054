import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import { lensRing } from "../../web/page/geo/lens.js";
import { dropSeams, type LonLatDeg, shortestPath, unwrapLine } from "../../web/page/geo/seam.js";
import { boundsOf, reachFeatures } from "../../web/page/map/drawing.js";

const place = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -80, max: 80, noNaN: true }),
);

test("an unwrapped line never jumps, and stays at the same places", () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (line) => {
      const unwrapped = unwrapLine(line);
      unwrapped.forEach(([lonDeg, latDeg], i) => {
        if (i > 0) assert.ok(Math.abs(lonDeg - unwrapped[i - 1]![0]) <= 180);
        assert.equal(latDeg, line[i]![1]);
        assert.ok(Math.abs(Math.sin(((lonDeg - line[i]![0]) * Math.PI) / 360)) < 1e-6);
      });
    }),
    { seed: 1944 },
  );
});

test("sides of a ring along 180 degrees or a pole are no coast", () => {
  const square: LonLatDeg[] = [
    [170, 60],
    [180, 60],
    [180, 70],
    [170, 70],
    [170, 60],
  ];
  assert.deepEqual(dropSeams(square), [
    [
      [170, 60],
      [180, 60],
    ],
    [
      [180, 70],
      [170, 70],
      [170, 60],
    ],
  ]);
  const polar: LonLatDeg[] = [
    [-180, 80],
    [0, 75],
    [180, 80],
    [180, 90],
    [-180, 90],
    [-180, 80],
  ];
  assert.deepEqual(dropSeams(polar), [polar.slice(0, 3)]);
});

test("the shortest path is as long as the distance, across 180 degrees too", () => {
  fc.assert(
    fc.property(place, place, (from, to) => {
      const distanceM = sphereDistanceM(from[1], from[0], to[1], to[0]);
      fc.pre(distanceM < 1.9e7);
      const line = shortestPath(from, to);
      let lengthM = 0;
      for (let i = 1; i < line.length; i++) {
        const [a, b] = [line[i - 1]!, line[i]!];
        lengthM += sphereDistanceM(a[1], a[0], b[1], b[0]);
        assert.ok(Math.abs(a[0] - b[0]) <= 180);
      }
      assert.ok(Math.abs(lengthM - distanceM) < 1 + distanceM * 1e-6);
    }),
    { seed: 1944 },
  );
});

test("opposite places have no one shortest path: both ends, and no NaN", () => {
  assert.deepEqual(shortestPath([0, 0], [180, 0]), [
    [0, 0],
    [180, 0],
  ]);
});

test("every corner of a lens is in reach of both places, and one lies at the edge", () => {
  const last: LonLatDeg = [170, 55];
  const next: LonLatDeg = [-165, 60];
  const apartM = sphereDistanceM(55, 170, 60, -165);
  const [fromLastM, toNextM] = [apartM * 0.5, apartM * 0.7];
  const ring = lensRing({ last, next, fromLastM, toNextM })!;
  for (const [lonDeg, latDeg] of ring) {
    assert.ok(sphereDistanceM(55, 170, latDeg, lonDeg) <= fromLastM + 1);
    assert.ok(sphereDistanceM(60, -165, latDeg, lonDeg) <= toNextM + 1);
  }
  assert.deepEqual(ring[0], ring[ring.length - 1]);
  // Its two ends are where both circles cross.
  const ends = ring.filter(
    ([lonDeg, latDeg]) =>
      Math.abs(sphereDistanceM(55, 170, latDeg, lonDeg) - fromLastM) < 1 &&
      Math.abs(sphereDistanceM(60, -165, latDeg, lonDeg) - toNextM) < 1,
  );
  assert.equal(ends.length, 2);
});

test("places too far apart have no lens", () => {
  assert.equal(lensRing({ last: [0, 0], next: [90, 0], fromLastM: 1e6, toNextM: 1e6 }), undefined);
  assert.equal(
    lensRing({ last: [0, 0], next: [1, 0], fromLastM: Number.NaN, toNextM: 1e6 }),
    undefined,
  );
});

test("bounds go the short way around: across 180 degrees where that is shorter", () => {
  assert.deepEqual(
    boundsOf([
      [170, 10],
      [-170, 20],
    ]),
    [170, 10, 190, 20],
  );
  assert.deepEqual(
    boundsOf([
      [-60, -25],
      [37, 55],
      [-17, 14],
    ]),
    [-60, -25, 37, 55],
  );
  assert.deepEqual(boundsOf([[5, 6]]), [5, 6, 5, 6]);
  assert.equal(boundsOf([]), undefined);
});

test("an area of reach is filled whole and outlined without its cuts; none is none", () => {
  const ring = [
    [170, 60],
    [180, 60],
    [180, 70],
    [170, 70],
    [170, 60],
  ];
  const { areas, lines } = reachFeatures({ type: "Polygon", coordinates: [ring] });
  assert.equal(areas.length, 1);
  assert.equal(lines.length, 2);
  assert.deepEqual(reachFeatures(null), { areas: [], lines: [] });
});
