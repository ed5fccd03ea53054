import assert from "node:assert/strict";
import { test } from "node:test";
import { array, double, assert as fcAssert, nat, property, record } from "fast-check";
import {
  continuousRing,
  type LonLat,
  nearestOnSegment,
  polygonContains,
} from "../../src/geo/polygon.js";
import { buildOutline } from "../../src/geo/polygon-outline.js";
import { destination, sphereDistanceM } from "../../src/geo/sphere.js";

const inRing = (ring: readonly LonLat[], latDeg: number, lonDeg: number) =>
  polygonContains([continuousRing(ring)], latDeg, lonDeg);

test("a ring that jumps at 180 degrees holds what lies on both sides of it and nothing else", () => {
  const fiji: LonLat[] = [
    [176, -20],
    [-178, -20],
    [-178, -12],
    [176, -12],
  ];
  assert.equal(inRing(fiji, -17, 179.5), true);
  assert.equal(inRing(fiji, -17, -179.5), true);
  assert.equal(inRing(fiji, -17, 180), true);
  assert.equal(inRing(fiji, -17, 0), false);
  assert.equal(inRing(fiji, -17, -177), false);
});

test("a ring round a pole holds the pole and not the equator", () => {
  const arctic: LonLat[] = [-180, -90, 0, 90].map((lonDeg): LonLat => [lonDeg, 70]);
  assert.equal(inRing(arctic, 90, 0), true);
  assert.equal(inRing(arctic, 75, 135), true);
  assert.equal(inRing(arctic, 60, 135), false);
  assert.equal(inRing(arctic, -80, 135), false);
});

test("a map of the whole world holds every place", () => {
  const world: LonLat[] = [
    [-180, -90],
    [180, -90],
    [180, 90],
    [-180, 90],
  ];
  assert.equal(inRing(world, 10, 20), true);
  assert.equal(inRing(world, -33, -170), true);
});

const square = (halfDeg: number): LonLat[] => [
  [-halfDeg, -halfDeg],
  [halfDeg, -halfDeg],
  [halfDeg, halfDeg],
  [-halfDeg, halfDeg],
];

test("a hole is outside, and an unknown coordinate is nowhere", () => {
  const polygon = [continuousRing(square(10)), continuousRing(square(2))];
  assert.equal(polygonContains(polygon, 5, 5), true);
  assert.equal(polygonContains(polygon, 1, 1), false);
  assert.equal(polygonContains(polygon, Number.NaN, 5), false);
});

test("the nearest point of a segment is its foot between the ends and an end beyond them", () => {
  const segment: [LonLat, LonLat] = [
    [179.5, 0],
    [-179.5, 0],
  ];
  const [lonDeg, latDeg] = nearestOnSegment(1, 180, segment);
  assert.ok(Math.abs(Math.abs(lonDeg) - 180) < 1e-9 && Math.abs(latDeg) < 1e-9);
  assert.deepEqual(nearestOnSegment(1, 170, segment), segment[0]);
  assert.deepEqual(nearestOnSegment(1, -170, segment), segment[1]);
});

test("an outline finds the same nearest distance as looking at every piece", () => {
  const place = record({
    latDeg: double({ min: -89.9, max: 89.9, noNaN: true }),
    lonDeg: double({ min: -180, max: 180, noNaN: true }),
  });
  const legs = array(record({ turnDeg: nat(359), lengthM: nat(30_000) }), {
    minLength: 1,
    maxLength: 12,
  });
  fcAssert(
    property(place, legs, place, nat(60_000), (start, steps, other, nearM) => {
      const positions: LonLat[] = [[start.lonDeg, start.latDeg]];
      for (const { turnDeg, lengthM } of steps) {
        const [lonDeg, latDeg] = positions[positions.length - 1]!;
        const next = destination({ latDeg, lonDeg }, turnDeg, lengthM);
        // Lines are straight on the map, so they may neither jump at 180 degrees nor touch a pole.
        if (Math.abs(next.lonDeg - lonDeg) < 90 && Math.abs(next.latDeg) < 85)
          positions.push([next.lonDeg, next.latDeg]);
      }
      const outline = buildOutline([{ positions, tag: 7 }]);
      for (const asked of [other, destination(start, 77, nearM)]) {
        const found = outline.nearest(asked.latDeg, asked.lonDeg)!;
        let bestM = Number.POSITIVE_INFINITY;
        positions.forEach(([lon1Deg, lat1Deg], index) => {
          const [lon2Deg, lat2Deg] = positions[Math.max(0, index - 1)]!;
          for (let share = 0; share <= 1; share += 0.01) {
            const lat = lat1Deg + (lat2Deg - lat1Deg) * share;
            const lon = lon1Deg + (lon2Deg - lon1Deg) * share;
            bestM = Math.min(bestM, sphereDistanceM(asked.latDeg, asked.lonDeg, lat, lon));
          }
        });
        // 0.6 % is the sphere against the ellipsoid; 400 m the raster of a hundredth of 30 km.
        assert.ok(found.distanceM <= bestM * 1.006 + 1, `${found.distanceM} > ${bestM}`);
        assert.ok(found.distanceM >= bestM * 0.994 - 400, `${found.distanceM} < ${bestM}`);
        assert.equal(found.tag, 7);
      }
    }),
    { seed: 1944, numRuns: 150 },
  );
});

test("an empty outline and an unknown place have no nearest point", () => {
  assert.equal(buildOutline([]).nearest(1, 2), undefined);
  const outline = buildOutline([{ positions: [[0, 0]], tag: 0 }]);
  assert.equal(outline.nearest(Number.NaN, 2), undefined);
});
