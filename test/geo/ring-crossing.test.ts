import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LonLat } from "../../src/geo/polygon.js";
import { crossingEdges } from "../../src/geo/ring-crossing.js";

const SQUARE: LonLat[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const BOW: LonLat[] = [
  [0, 0],
  [1, 1],
  [1, 0],
  [0, 1],
];

function shifted(ring: readonly LonLat[], byDeg: number): LonLat[] {
  return ring.map(([lonDeg, latDeg]) => {
    const turned = lonDeg + byDeg;
    return [turned > 180 ? turned - 360 : turned, latDeg];
  });
}

test("a bow tie crosses itself and a square does not, on either side of 180 degrees and across it", () => {
  for (const byDeg of [0, 179.5, -179.5, 100]) {
    assert.equal(crossingEdges(shifted(SQUARE, byDeg)), undefined);
    assert.deepEqual(crossingEdges(shifted(BOW, byDeg)), [0, 2]);
  }
});

test("a corner that touches another edge is a crossing, and neighbours at their corner are none", () => {
  const touching: LonLat[] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 0],
    [0, 4],
  ];
  assert.deepEqual(crossingEdges(touching), [0, 2]);
  assert.equal(
    crossingEdges([
      [0, 0],
      [1, 0],
      [0, 1],
    ]),
    undefined,
  );
  assert.equal(crossingEdges([]), undefined);
  assert.equal(crossingEdges([[0, 0]]), undefined);
});

test("a ring round a pole does not cross itself where it comes round, and a second round does", () => {
  const round: LonLat[] = [-135, -45, 45, 135].map((lonDeg) => [lonDeg, 70]);
  assert.equal(crossingEdges(round), undefined);
  const twice: LonLat[] = [
    ...round,
    ...[-135, -45, 45, 135].map((lonDeg): LonLat => [lonDeg, lonDeg > 0 ? 60 : 80]),
  ];
  assert.ok(crossingEdges(twice));
});

test("corners in order of their direction from the middle never cross", () => {
  const radii = fc.array(fc.double({ min: 0.5, max: 9, noNaN: true }), {
    minLength: 5,
    maxLength: 40,
  });
  fc.assert(
    fc.property(radii, fc.double({ min: -180, max: 180, noNaN: true }), (lengths, middleDeg) => {
      const ring = lengths.map((length, i): LonLat => {
        const turn = (2 * Math.PI * i) / lengths.length;
        return [length * Math.cos(turn), length * Math.sin(turn)];
      });
      assert.equal(crossingEdges(shifted(ring, middleDeg)), undefined);
    }),
    { seed: 1944 },
  );
});
