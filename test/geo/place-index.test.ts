import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Place, PlaceIndex } from "../../src/geo/place-index.js";
import { sphereDistanceM } from "../../src/geo/sphere.js";

const place = fc.record({
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
});

const isOdd = (at: number) => at % 2 === 1;

function distancesM(places: readonly Place[], from: Place, found: readonly number[]): number[] {
  return found.map((index) => {
    const { latDeg, lonDeg } = places[index]!;
    return sphereDistanceM(from.latDeg, from.lonDeg, latDeg, lonDeg);
  });
}

test("a search through a box finds what a search outwards finds, also at poles and across 180 degrees", () => {
  fc.assert(
    fc.property(
      fc.array(place, { maxLength: 150 }),
      place,
      fc.oneof(fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: 1, max: 30_000_000 })),
      fc.integer({ min: 0, max: 30 }),
      (places, from, radiusM, limit) => {
        const index = new PlaceIndex(places);
        const circle = { radiusM, limit };
        // Places may be equally far off: which of them comes first is not promised.
        const outwardsM = distancesM(places, from, index.nearest(from, circle));
        const throughBoxM = distancesM(places, from, index.within(from, circle));
        assert.equal(throughBoxM.length, outwardsM.length);
        throughBoxM.forEach((distanceM, at) => {
          assert.ok(Math.abs(distanceM - outwardsM[at]!) < 1e-3);
        });
      },
    ),
    { seed: 1944, numRuns: 500 },
  );
});

test("a search through growing boxes finds what a search outwards finds, in the same order, equals included", () => {
  const near = fc.record({
    latDeg: fc.integer({ min: 4900, max: 5100 }).map((hundredths) => hundredths / 100),
    lonDeg: fc.integer({ min: 900, max: 1100 }).map((hundredths) => hundredths / 100),
  });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(near, place), { maxLength: 150 }),
      fc.oneof(near, place),
      fc.oneof(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 1, max: 30_000_000 })),
      fc.integer({ min: 0, max: 30 }),
      (places, from, radiusM, limit) => {
        const index = new PlaceIndex(places);
        const circle = { radiusM, limit };
        assert.deepEqual(index.fewest(from, circle, isOdd), index.nearest(from, circle, isOdd));
      },
    ),
    { seed: 1944, numRuns: 1000 },
  );
});

test("everything inside a circle is found, nearest first, and nothing outside it", () => {
  const places = [0, 1, 2, 3].map((step) => ({ latDeg: 50, lonDeg: 10 + step }));
  const index = new PlaceIndex(places);
  const from = { latDeg: 50, lonDeg: 12.1 };
  assert.deepEqual(index.within(from, { radiusM: 100_000, limit: 9 }), [2, 3, 1]);
  assert.deepEqual(index.within(from, { radiusM: 100_000, limit: 2 }), [2, 3]);
});

test("an empty index and a point that is none find nothing", () => {
  const circle = { radiusM: 1e6, limit: 5 };
  assert.deepEqual(new PlaceIndex([]).within({ latDeg: 1, lonDeg: 1 }, circle), []);
  const index = new PlaceIndex([{ latDeg: 1, lonDeg: 1 }]);
  assert.deepEqual(index.within({ latDeg: Number.NaN, lonDeg: 1 }, circle), []);
  assert.deepEqual(index.nearest({ latDeg: 1, lonDeg: Number.NaN }, circle), []);
  assert.deepEqual(
    index.fewest({ latDeg: Number.NaN, lonDeg: 1 }, circle, () => true),
    [],
  );
});
