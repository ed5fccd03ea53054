import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport, AirportKind } from "../../src/place/airport.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { TOWN } from "../support/airports.js";

const KINDS: AirportKind[] = ["large", "medium", "small", "heliport", "seaplane", "closed"];

const place = fc.record({
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
});
const airport = fc
  .tuple(place, fc.constantFrom(...KINDS))
  .map(([at, kind]): Airport => ({ ...TOWN, ...at, kind }));

function isLarger({ kind }: Airport): boolean {
  return kind === "large" || kind === "medium";
}

function townAt(elevationFt: number): Airport {
  return { ...TOWN, elevationFt };
}

test("the larger airports near a place are those that a search through all of them accepts", () => {
  fc.assert(
    fc.property(
      fc.array(airport, { maxLength: 200 }),
      place,
      fc.integer({ min: 1, max: 30_000_000 }),
      fc.integer({ min: 0, max: 20 }),
      (airports, at, radiusM, limit) => {
        const table = buildAirportTable(airports);
        const wanted = table.near(at, { radiusM, limit, accept: isLarger }).filter(isLarger);
        const found = table.nearLarger(at, { radiusM, limit });
        assert.ok(found.every(isLarger));
        // Two may be equally far off, and then either may come first.
        const distanceM = ({ latDeg, lonDeg }: Airport) =>
          Math.round(sphereDistanceM(at.latDeg, at.lonDeg, latDeg, lonDeg));
        assert.deepEqual(found.map(distanceM), wanted.map(distanceM));
      },
    ),
    { seed: 1944 },
  );
});

test("the highest airport is the highest of those whose elevation is known", () => {
  assert.equal(
    buildAirportTable([townAt(-200), townAt(Number.NaN), townAt(-1200)]).highestFt,
    -200,
  );
  assert.equal(buildAirportTable([townAt(Number.NaN)]).highestFt, Number.NEGATIVE_INFINITY);
});
