import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placeLanding } from "../../src/journey/where.js";
import type { Movement } from "../../src/movement/movement.js";
import { distanceToCountryM } from "../../src/place/distance.js";
import { CORNER_MAX_M, OUTSIDE_MAX_M, roughDistance } from "../../src/place/rough-distance.js";
import { loadReference } from "../../src/reference/reference.js";
import { HOUR_MS } from "../../src/units/quantity.js";

const { countries } = await loadReference();
const codes = countries.codes();
const anywhere = {
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
};

test("what is said roughly of a distance to a country is never false", () => {
  const asked = fc.record({
    ...{ code: fc.constantFrom(...codes), ...anywhere },
    share: fc.double({ min: 0.5, max: 1.5, noNaN: true }),
  });
  fc.assert(
    fc.property(asked, ({ code, latDeg, lonDeg, share }) => {
      const exact = distanceToCountryM(countries, code, latDeg, lonDeg);
      const rough = countries.rough(code);
      // Around the true distance, where bounds that are too narrow would show.
      const distanceM = exact.distanceM * share;
      if (rough.isBeyond(latDeg, lonDeg, distanceM))
        assert.ok(exact.distanceM - exact.uncertaintyM > distanceM, code);
      if (rough.isWithin(latDeg, lonDeg, distanceM))
        assert.ok(exact.distanceM + exact.uncertaintyM < distanceM, code);
    }),
    { seed: 1944, numRuns: 3000 },
  );
});

test("the margin is ample for every country: corners of its claim, lines of its land, uncertainties", (t) => {
  let [cornerM, uncertaintyM] = [0, 0];
  for (const code of codes) {
    const outline = countries.outline(code);
    if (!outline) continue;
    uncertaintyM = Math.max(uncertaintyM, outline.uncertaintyMaxM);
    const corners = code === "AQ" ? [] : countries.claims(code).flatMap(([outer]) => outer ?? []);
    for (let i = 0; i < corners.length; i += Math.ceil(corners.length / 40)) {
      const [lonDeg, latDeg] = corners[i]!;
      const { distanceM } = outline.nearest(latDeg, lonDeg)!;
      cornerM = Math.max(cornerM, distanceM);
    }
    const [first, ...rest] = outline.boxes;
    const most = Math.ceil(rest.length / 30);
    for (const box of [first!, ...rest.filter((_, index) => index % most === 0)]) {
      const land = outline.nearest(box.northDeg, box.westDeg)!;
      const isOutside = countries
        .rough(code)
        .isBeyond(land.latDeg, land.lonDeg, 100_000 - OUTSIDE_MAX_M);
      assert.ok(!isOutside, `${code}: land lies 100 km outside of what it claims`);
    }
  }
  t.diagnostic(`corner to land ${Math.round(cornerM)} m, uncertainty ${uncertaintyM} m`);
  assert.ok(uncertaintyM + 100_000 < OUTSIDE_MAX_M);
  assert.ok(cornerM < CORNER_MAX_M * 0.9);
});

test("a gap rules a country out, or not, exactly as the distance to its land does", () => {
  const asked = fc.record({
    ...{ code: fc.constantFrom("VE", "FR", "US", "KI", "SJ", "RU", "AQ"), ...anywhere },
    hours: fc.double({ min: 0, max: 10, noNaN: true }),
    nearM: fc.constantFrom(0, 0, 300_000),
  });
  const exactly = { ...countries, rough: () => roughDistance([]) };
  fc.assert(
    fc.property(asked, ({ code, latDeg, lonDeg, hours, nearM }) => {
      const gap = {
        ...{ latDeg, lonDeg, evidenceClass: "GAP", candidates: [], offAirport: false },
        ...{ timeFromMs: 0, timeToMs: hours * HOUR_MS },
      } as unknown as Movement;
      const [quick, exact] = [countries, exactly].map((table) => {
        const area = { kind: "country", label: code, name: code, code, countries: table } as const;
        return placeLanding(gap, { area, nearM });
      });
      assert.deepEqual(quick, exact);
    }),
    { seed: 1944, numRuns: 2000 },
  );
});

test("nothing is said of a country without a polygon, nor of an unknown place", () => {
  const none = countries.rough("XX");
  assert.ok(!none.isBeyond(0, 0, 1) && !none.isWithin(0, 0, 3e7));
  const france = countries.rough("FR");
  assert.ok(!france.isBeyond(Number.NaN, 0, 1) && !france.isWithin(Number.NaN, 0, 3e7));
});
