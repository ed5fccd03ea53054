import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bearingDeg, sphereDistanceM, turnDeg } from "../../src/geo/sphere.js";
import type { Airport, AirportKind, Outlook } from "../../src/place/airport.js";
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

test("no airport within 70 NM of a place is higher than what is said to be the highest near", () => {
  const metres = 70 * 1852;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(airport, fc.integer({ min: -1200, max: 15_000 })), { maxLength: 100 }),
      place,
      (airports, at) => {
        const table = buildAirportTable(
          airports.map(([each, elevationFt], n) => {
            // A third of them beside the place that is asked about.
            const lonDeg = Math.max(-180, Math.min(180, at.lonDeg + 1 - n / 50));
            return { ...each, elevationFt, ...(n % 3 === 0 ? { latDeg: at.latDeg, lonDeg } : {}) };
          }),
        );
        const near = table.near(at, { radiusM: metres, limit: 100 });
        const highestFt = table.highestNear(at);
        for (const { elevationFt } of near) assert.ok(elevationFt <= highestFt);
      },
    ),
    { seed: 1944 },
  );
});

test("the highest airport near is the highest of those whose elevation is known", () => {
  const towns = [townAt(-200), townAt(Number.NaN), townAt(-1200)];
  assert.equal(buildAirportTable(towns).highestNear(TOWN), -200);
  assert.equal(buildAirportTable([townAt(Number.NaN)]).highestNear(TOWN), Number.NEGATIVE_INFINITY);
});

/** As `AheadIndex` says it, by the formulas of the sphere. */
function isAhead(
  outlook: Outlook,
  { latDeg, lonDeg, runways, kind }: Airport,
): { readonly offDeg: number; readonly fromM: number; readonly ahead: boolean } {
  const { from, headingDeg, radiusM, longestMinM } = outlook;
  const fromM = sphereDistanceM(from.latDeg, from.lonDeg, latDeg, lonDeg);
  const towardDeg = bearingDeg(from.latDeg, from.lonDeg, latDeg, lonDeg);
  const offDeg = Math.abs(turnDeg(headingDeg, towardDeg));
  const longEnough = Math.max(0, ...runways.map(({ lengthM }) => lengthM || 0)) >= longestMinM;
  const larger = kind === "large" || kind === "medium";
  return { offDeg, fromM, ahead: larger && longEnough && fromM <= radiusM && offDeg <= 60 };
}

test("airports ahead are those in front, within reach and with a long enough runway", () => {
  const outlook = fc.record({
    from: place,
    to: place,
    headingDeg: fc.double({ min: 0, max: 359.9, noNaN: true }),
    radiusM: fc.integer({ min: 1000, max: 9_000_000 }),
    longestMinM: fc.constantFrom(0, 1000, 5000),
  });
  fc.assert(
    fc.property(fc.array(airport, { maxLength: 200 }), outlook, (airports, asked) => {
      const table = buildAirportTable(airports);
      const found = table.ahead(asked);
      const seen = new Map(
        Array.from({ length: found.count }, (_, i) => [airports[found.positions[i]!]!, i]),
      );
      for (const each of airports) {
        const { offDeg, fromM, ahead } = isAhead(asked, each);
        const i = seen.get(each);
        // Rounding decides at the very edges, and beside the place itself no direction means anything.
        const edge = Math.min(Math.abs(offDeg - 60), Math.abs(fromM - asked.radiusM) / 1000);
        if (edge < 1e-3 || fromM < 1000) continue;
        assert.equal(i !== undefined, ahead);
        if (i === undefined) continue;
        assert.ok(Math.abs(found.offDeg[i]! - offDeg) < 1e-3);
        assert.ok(Math.abs(found.fromM[i]! - fromM) < 1);
        const toM = sphereDistanceM(asked.to.latDeg, asked.to.lonDeg, each.latDeg, each.lonDeg);
        assert.ok(Math.abs(found.toM[i]! - toM) < 1);
        assert.equal(found.isLarge[i] === 1, each.kind === "large");
      }
    }),
    { seed: 1944 },
  );
});
