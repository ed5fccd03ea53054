import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { continuousRing, type LonLat, polygonContains } from "../../src/geo/polygon.js";
import { detourToleranceM, leastDetour } from "../../src/geo/prism.js";
import { reachArea } from "../../src/geo/prism-area.js";
import { type PrismShape, shapeOfPlace, shapeOfPolygons } from "../../src/geo/prism-shape.js";
import {
  angleRad,
  EQUATOR_RADIUS_M,
  type LatLon,
  POLE_RADIUS_M,
  placeOfReduced,
  reducedVector,
} from "../../src/geo/reduced-sphere.js";
import { normalLonDeg } from "../../src/geo/sphere.js";

const SEED = { seed: 1944 };

const lat = fc.double({ min: -90, max: 90, noNaN: true });
const lon = fc.double({ min: -180, max: 180, noNaN: true });
const place: fc.Arbitrary<LatLon> = fc.record({ latDeg: lat, lonDeg: lon });

function polygon(...rings: LonLat[][]): PrismShape {
  return shapeOfPolygons([rings.map(continuousRing)]);
}

function box(fromLat: number, fromLon: number, toLat: number, toLon: number): LonLat[] {
  return [
    [fromLon, fromLat],
    [toLon, fromLat],
    [toLon, toLat],
    [fromLon, toLat],
    [fromLon, fromLat],
  ];
}

/** A star-shaped outline round a centre, its corners at random distances. */
const outline = fc
  .record({
    centre: fc.record({ latDeg: fc.double({ min: -80, max: 80, noNaN: true }), lonDeg: lon }),
    radiiDeg: fc.array(fc.double({ min: 0.2, max: 6, noNaN: true }), {
      minLength: 3,
      maxLength: 9,
    }),
  })
  .map(({ centre, radiiDeg }): LonLat[] =>
    radiiDeg.map((radiusDeg, at): LonLat => {
      const turn = (2 * Math.PI * at) / radiiDeg.length;
      const shrink = Math.cos((centre.latDeg * Math.PI) / 180);
      return [
        centre.lonDeg + (radiusDeg * Math.cos(turn)) / Math.max(0.2, shrink),
        Math.max(-89, Math.min(89, centre.latDeg + radiusDeg * Math.sin(turn))),
      ];
    }),
  );

function detour(shape: PrismShape, from: LatLon, to: LatLon) {
  const found = leastDetour(shape, [from, to]);
  assert.ok(found);
  assert.ok(
    found.leastM <= found.attainedM &&
      found.attainedM - found.leastM <= detourToleranceM(found.attainedM),
  );
  return found;
}

function sumM(from: LatLon, at: LatLon, to: LatLon): number {
  return geodesicDistanceM(from, at) + geodesicDistanceM(at, to);
}

/** Dense points of a ring's edges, straight in longitude and latitude. */
function edgePoints(ring: readonly LonLat[], perEdge: number): LatLon[] {
  const closed = [...ring, ring[0]!];
  return closed.slice(1).flatMap((to, at) => {
    const from = closed[at]!;
    return Array.from({ length: perEdge + 1 }, (_, step) => ({
      lonDeg: from[0] + ((to[0] - from[0]) * step) / perEdge,
      latDeg: from[1] + ((to[1] - from[1]) * step) / perEdge,
    }));
  });
}

test("distances lie between the two radii times the angle on the sphere of reduced latitudes", () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      const angle = angleRad(reducedVector(a), reducedVector(b));
      const distanceM = geodesicDistanceM(a, b);
      assert.ok(distanceM >= POLE_RADIUS_M * angle - 0.01);
      assert.ok(distanceM <= EQUATOR_RADIUS_M * angle + 0.01);
    }),
    { ...SEED, numRuns: 2_000 },
  );
});

test("a place goes to the sphere and back", () => {
  fc.assert(
    fc.property(place, (a) => {
      const back = placeOfReduced(reducedVector(a));
      assert.ok(geodesicDistanceM(a, back) < 1e-6);
    }),
    SEED,
  );
});

test("the least detour equals a dense search along the edges and inside", () => {
  fc.assert(
    fc.property(outline, place, place, (ring, from, to) => {
      const shape = polygon(ring);
      const found = detour(shape, from, to);
      const inside = [from, to].some(({ latDeg, lonDeg }) =>
        polygonContains(shape.polygons[0]!, latDeg, lonDeg),
      );
      const points = edgePoints(ring, 300);
      const densestM = inside
        ? geodesicDistanceM(from, to)
        : Math.min(...points.map((at) => sumM(from, at, to)));
      // Nothing found by hand is smaller than what was called the least.
      assert.ok(densestM >= found.leastM - 0.01, `${densestM} ${found.leastM}`);
      // The step of the dense search is up to 8 km; the sum is flat at its minimum.
      assert.ok(densestM <= found.attainedM + 5_000, `${densestM} ${found.attainedM}`);
    }),
    { ...SEED, numRuns: 300 },
  );
});

test("no point of a grid over the polygon has a smaller sum", () => {
  fc.assert(
    fc.property(outline, place, place, (ring, from, to) => {
      const shape = polygon(ring);
      const found = detour(shape, from, to);
      const { minLatDeg, maxLatDeg, minLonDeg, maxLonDeg } = shape.polygons[0]![0]!;
      for (let row = 0; row <= 20; row++) {
        for (let column = 0; column <= 20; column++) {
          const latDeg = minLatDeg + ((maxLatDeg - minLatDeg) * row) / 20;
          const lonDeg = minLonDeg + ((maxLonDeg - minLonDeg) * column) / 20;
          if (!polygonContains(shape.polygons[0]!, latDeg, lonDeg)) continue;
          assert.ok(sumM(from, { latDeg, lonDeg }, to) >= found.leastM - 0.01);
        }
      }
    }),
    { ...SEED, numRuns: 60 },
  );
});

test("the two ends may change places", () => {
  fc.assert(
    fc.property(outline, place, place, (ring, from, to) => {
      const there = detour(polygon(ring), from, to);
      const back = detour(polygon(ring), to, from);
      assert.ok(Math.abs(there.leastM - back.leastM) <= detourToleranceM(there.attainedM));
    }),
    { ...SEED, numRuns: 200 },
  );
});

test("turning the globe under everything changes nothing, also across 180 degrees", () => {
  const turn = fc.double({ min: -360, max: 360, noNaN: true });
  fc.assert(
    fc.property(outline, place, place, turn, (ring, from, to, byDeg) => {
      const turned = ring.map(([lonDeg, latDeg]): LonLat => [normalLonDeg(lonDeg + byDeg), latDeg]);
      const move = ({ latDeg, lonDeg }: LatLon) => ({
        latDeg,
        lonDeg: normalLonDeg(lonDeg + byDeg),
      });
      const before = detour(polygon(ring), from, to);
      const after = detour(polygon(turned), move(from), move(to));
      assert.ok(Math.abs(before.leastM - after.leastM) <= detourToleranceM(before.attainedM) + 1);
    }),
    { ...SEED, numRuns: 200 },
  );
});

test("an area whose only near part is the middle of a long edge is found there", () => {
  // Corners 2,000 km away, the edge 55 km: a test of corners alone would call it out of reach.
  const shape = polygon(box(0.5, -20, 20, 20));
  const from = { latDeg: 0, lonDeg: -0.5 };
  const to = { latDeg: 0, lonDeg: 0.5 };
  const found = detour(shape, from, to);
  assert.ok(
    Math.abs(found.leastM - sumM(from, { latDeg: 0.5, lonDeg: 0 }, to)) <=
      detourToleranceM(found.attainedM),
  );
  assert.ok(Math.abs(found.lonDeg) < 0.2);
  for (const [lonDeg, latDeg] of box(0.5, -20, 20, 20))
    assert.ok(sumM(from, { latDeg, lonDeg }, to) > found.leastM * 10);
});

test("a huge polygon round both ends costs no detour at all", () => {
  const from = { latDeg: 10, lonDeg: 20 };
  const to = { latDeg: 30, lonDeg: -20 };
  assert.equal(
    detour(polygon(box(-60, -80, 60, 80)), from, to).leastM,
    geodesicDistanceM(from, to),
  );
});

test("a line that crosses an area without ending in it costs no detour", () => {
  const from = { latDeg: 0, lonDeg: -10 };
  const to = { latDeg: 0, lonDeg: 10 };
  const found = detour(polygon(box(-1, -1, 1, 1)), from, to);
  assert.ok(found.attainedM - geodesicDistanceM(from, to) <= detourToleranceM(found.attainedM));
});

test("the nearer of mainland and island counts", () => {
  const island = box(10, 30, 10.1, 30.1);
  const shape = shapeOfPolygons([
    [continuousRing(box(-60, 100, 60, 160))],
    [continuousRing(island)],
  ]);
  const from = { latDeg: 10, lonDeg: 29 };
  const found = detour(shape, from, from);
  assert.ok(Math.abs(found.leastM - 2 * geodesicDistanceM(from, { latDeg: 10, lonDeg: 30 })) < 300);
});

test("inside a hole the edge of the hole is what has to be reached", () => {
  const shape = polygon(box(-20, -20, 20, 20), box(-5, -5, 5, 5));
  const centre = { latDeg: 0, lonDeg: 0 };
  const found = detour(shape, centre, centre);
  assert.ok(Math.abs(found.leastM - 2 * geodesicDistanceM(centre, { latDeg: 5, lonDeg: 0 })) < 300);
  assert.ok(detour(shape, { latDeg: 10, lonDeg: 0 }, centre).leastM < 1_200_000);
});

test("an area over the pole is reached over the pole", () => {
  const cap = polygon([
    [-180, 85],
    [-90, 85],
    [0, 85],
    [90, 85],
  ]);
  const from = { latDeg: 80, lonDeg: 0 };
  const to = { latDeg: 80, lonDeg: 180 };
  const found = detour(cap, from, to);
  assert.ok(found.attainedM - geodesicDistanceM(from, to) <= detourToleranceM(found.attainedM));
  const inside = leastDetour(cap, [{ latDeg: 90, lonDeg: 47 }]);
  assert.equal(inside?.leastM, 0);
  const pole = { latDeg: -90, lonDeg: 0 };
  const south = leastDetour(cap, [pole], { toleranceM: 100 });
  const wholeM = geodesicDistanceM(pole, { latDeg: 85, lonDeg: 0 });
  assert.ok(south && Math.abs(south.leastM - wholeM) <= 101);
});

test("one end alone gives the distance to the outline", () => {
  fc.assert(
    fc.property(outline, place, (ring, from) => {
      const found = leastDetour(polygon(ring), [from]);
      const points = edgePoints(ring, 200);
      const nearestM = Math.min(...points.map((at) => geodesicDistanceM(from, at)));
      assert.ok(found && found.leastM <= nearestM + 0.01);
    }),
    { ...SEED, numRuns: 200 },
  );
});

test("a place without size has the sum of its distances", () => {
  fc.assert(
    fc.property(place, place, place, (from, at, to) => {
      const found = leastDetour(shapeOfPlace(at), [from, to]);
      assert.ok(found && Math.abs(found.attainedM - sumM(from, at, to)) < 0.001);
      assert.ok(found.leastM <= found.attainedM);
    }),
    SEED,
  );
});

test("what is unknown gives no answer", () => {
  const shape = polygon(box(0, 0, 1, 1));
  assert.equal(leastDetour(shape, [{ latDeg: Number.NaN, lonDeg: 0 }]), undefined);
  assert.equal(leastDetour(shapeOfPolygons([]), [{ latDeg: 0, lonDeg: 0 }]), undefined);
  assert.equal(
    leastDetour(shapeOfPlace({ latDeg: Number.NaN, lonDeg: 0 }), [{ latDeg: 0, lonDeg: 0 }]),
    undefined,
  );
});

test("a reach area holds every point in reach and hardly any other, at poles and across 180 degrees", () => {
  const near = fc.record({ upDeg: fc.double({ min: -15, max: 15, noNaN: true }), eastDeg: lon });
  fc.assert(
    fc.property(
      place,
      fc.option(place, { nil: undefined }),
      fc.double({ min: 1_000, max: 8e6, noNaN: true }),
      fc.array(fc.oneof(place, near), { minLength: 20, maxLength: 20 }),
      (from, to, extraM, others) => {
        const sumMaxM = (to ? geodesicDistanceM(from, to) : 0) + extraM;
        const areas = reachArea(to ? [from, to] : [from], sumMaxM).map((rings) =>
          rings.map(continuousRing),
        );
        for (const other of others) {
          const at =
            "latDeg" in other
              ? other
              : {
                  latDeg: Math.max(-90, Math.min(90, from.latDeg + other.upDeg)),
                  lonDeg: normalLonDeg(from.lonDeg + other.eastDeg / 10),
                };
          const waysM = to ? sumM(from, at, to) : geodesicDistanceM(from, at);
          const drawn = areas.some((rings) => polygonContains(rings, at.latDeg, at.lonDeg));
          if (waysM <= sumMaxM - 100) assert.ok(drawn, `${waysM} of ${sumMaxM} left out`);
          if (waysM > sumMaxM * 1.006 + 100) assert.ok(!drawn, `${waysM} of ${sumMaxM} drawn in`);
        }
      },
    ),
    { ...SEED, numRuns: 500 },
  );
});

test("reach areas are closed rings inside the map, outsides counterclockwise", () => {
  fc.assert(
    fc.property(
      place,
      place,
      fc.double({ min: 1_000, max: 4e7, noNaN: true }),
      (from, to, moreM) => {
        for (const rings of reachArea([from, to], geodesicDistanceM(from, to) + moreM)) {
          rings.forEach((ring, at) => {
            assert.ok(ring.length >= 4);
            assert.deepEqual(ring[0], ring[ring.length - 1]);
            let turn = 0;
            ring.forEach(([lonDeg, latDeg], i) => {
              assert.ok(Math.abs(lonDeg) <= 180 && Math.abs(latDeg) <= 90);
              const next = ring[i + 1] ?? ring[0]!;
              turn += lonDeg * next[1] - next[0] * latDeg;
            });
            assert.equal(turn > 0, at === 0);
          });
        }
      },
    ),
    { ...SEED, numRuns: 500 },
  );
});

test("ends too far apart for the time leave no area", () => {
  const from = { latDeg: 0, lonDeg: 0 };
  assert.deepEqual(reachArea([from, { latDeg: 0, lonDeg: 10 }], 500_000), []);
  assert.deepEqual(reachArea([from], Number.NaN), []);
});
