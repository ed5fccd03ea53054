import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bandAt,
  CELL_COUNT,
  cellAt,
  cellBounds,
  cellCentre,
  cellsNear,
  HEIGHT_BANDS,
} from "../../src/coverage/cell.js";
import { sphereDistanceM } from "../../src/geo/sphere.js";

const lat = fc.double({ min: -90, max: 90, noNaN: true });
const lon = fc.double({ min: -180, max: 180, noNaN: true });

test("every place lies in a cell, and inside that cell's bounds", () => {
  fc.assert(
    fc.property(lat, lon, (latDeg, lonDeg) => {
      const cell = cellAt(latDeg, lonDeg);
      assert.ok(cell >= 0 && cell < CELL_COUNT);
      const { southDeg, northDeg, westDeg, eastDeg } = cellBounds(cell);
      assert.ok(latDeg >= southDeg - 1e-9 && latDeg <= northDeg);
      // A bit's width short of 180 is 180 once 180 is added.
      const east = lonDeg > 180 - 1e-9 && westDeg === -180 ? -180 : lonDeg;
      assert.ok(
        east >= westDeg - 1e-9 && east <= eastDeg + 1e-9,
        `${east} in ${westDeg}..${eastDeg}`,
      );
    }),
    { seed: 1944 },
  );
});

/** Up to a constant. */
function areaOf(cell: number): number {
  const { southDeg, northDeg, westDeg, eastDeg } = cellBounds(cell);
  const rad = Math.PI / 180;
  return (Math.sin(northDeg * rad) - Math.sin(southDeg * rad)) * (eastDeg - westDeg);
}

test("cells have about the same size everywhere", () => {
  const equator = areaOf(cellAt(0.1, 0.1));
  for (let latDeg = -89.9; latDeg < 90; latDeg += 0.5) {
    const ratio = areaOf(cellAt(latDeg, 12)) / equator;
    assert.ok(ratio > 0.85 && ratio < 1.15, `${ratio} at ${latDeg}`);
  }
});

test("longitudes 180 and -180 are one place, and what is no place has no cell", () => {
  assert.equal(cellAt(51, 180), cellAt(51, -180));
  assert.equal(cellAt(51, 190), cellAt(51, -170));
  assert.equal(cellAt(Number.NaN, 0), -1);
  assert.equal(cellAt(0, Number.NaN), -1);
  assert.equal(cellAt(90.1, 0), -1);
  assert.ok(cellAt(90, 0) >= 0 && cellAt(-90, -180) === 0);
  assert.throws(() => cellBounds(CELL_COUNT), RangeError);
});

test("neighbours reach across the antimeridian and over a pole", () => {
  const fiji = cellAt(-17, 179.9);
  assert.ok(cellsNear(fiji, 100_000).includes(cellAt(-17, -179.9)));
  const pole = cellAt(89.9, 0);
  assert.ok(cellsNear(pole, 100_000).includes(cellAt(89.9, 179)));
});

test("neighbours are exactly the cells whose middle is that near", () => {
  for (const [latDeg, lonDeg] of [
    [10.6, -66.99],
    [-17, 179.9],
    [84, 20],
  ] as const) {
    const centre = cellCentre(cellAt(latDeg, lonDeg));
    const wanted: number[] = [];
    for (let cell = 0; cell < CELL_COUNT; cell++) {
      const at = cellCentre(cell);
      if (Math.abs(at.latDeg - centre.latDeg) > 2) continue;
      if (sphereDistanceM(centre.latDeg, centre.lonDeg, at.latDeg, at.lonDeg) <= 120_000)
        wanted.push(cell);
    }
    assert.deepEqual(cellsNear(cellAt(latDeg, lonDeg), 120_000), wanted);
  }
});

test("bands meet without a hole and take heights below the ground", () => {
  assert.equal(bandAt(-200), 1);
  assert.equal(bandAt(1499.9), 1);
  assert.equal(bandAt(1500), 2);
  assert.equal(bandAt(60_000), HEIGHT_BANDS.length - 1);
  assert.equal(bandAt(Number.NaN), -1);
});
