import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import {
  cutAtAntimeridian,
  dashedLine,
  greatCircleLine,
  type LonLat,
  splitAtAntimeridian,
} from "../../src/report/lines.js";

const SEED = { seed: 1944 };

function lengthM(line: readonly LonLat[]): number {
  return line.reduce((sum, [lon, lat], i) => {
    const last = line[i - 1];
    return last ? sum + sphereDistanceM(last[1], last[0], lat, lon) : sum;
  }, 0);
}

test("a path over the pole goes up one meridian and down the other, never across the map", () => {
  for (const [from, to] of [
    [
      [10, 80],
      [-170, 80],
    ],
    [
      [-60, -85],
      [120, -70],
    ],
  ] as [LonLat, LonLat][]) {
    const pole = from[1] > 0 ? 90 : -90;
    const line = greatCircleLine(from, to);
    assert.equal(line.filter(([, lat]) => lat === pole).length, 2);
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!];
      if (a[1] === pole && b[1] === pole) continue;
      assert.ok(Math.abs(a[0] - b[0]) < 1e-6, `${a} to ${b} keeps its meridian`);
    }
    for (const part of splitAtAntimeridian(line)) assert.ok(part.length >= 2);
  }
});

test("a path that passes the pole at some distance is bent finely", () => {
  const line = greatCircleLine([0, 88], [170, 88]);
  for (let i = 1; i < line.length; i++) {
    const turn = Math.abs(((line[i]![0] - line[i - 1]![0] + 540) % 360) - 180);
    assert.ok(turn <= 10, `${line[i - 1]} to ${line[i]} turns by ${turn}`);
  }
});

/** Nearly opposite places have a shortest path that numbers of 64 bits do not settle. */
const OPPOSITE_M = 19_900_000;

const place = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

test("a path between any two places is no longer than the shortest way", () => {
  fc.assert(
    fc.property(place, place, (from: LonLat, to: LonLat) => {
      const shortestM = sphereDistanceM(from[1], from[0], to[1], to[0]);
      fc.pre(shortestM < OPPOSITE_M);
      const line = greatCircleLine(from, to);
      assert.ok(lengthM(line) <= shortestM * 1.001 + 100, `${lengthM(line)} for ${shortestM}`);
      assert.deepEqual([line[0], line.at(-1)], [from, to]);
      assert.ok(line.length < 1500);
    }),
    { ...SEED, numRuns: 300 },
  );
});

test("dashes begin and end at the two places and leave out nearly half of the way", () => {
  fc.assert(
    fc.property(place, place, (from: LonLat, to: LonLat) => {
      const shortestM = sphereDistanceM(from[1], from[0], to[1], to[0]);
      fc.pre(shortestM < OPPOSITE_M);
      const dashes = dashedLine(from, to);
      if (dashes.length === 0) return;
      const drawnM = dashes.reduce((sum, dash) => sum + lengthM(dash), 0);
      assert.ok(drawnM <= shortestM * 1.001 + 100);
      if (shortestM > 5_000) assert.ok(drawnM < shortestM * 0.68, `${drawnM} of ${shortestM}`);
      for (const dash of dashes)
        for (let i = 1; i < dash.length; i++)
          assert.ok(Math.abs(dash[i]![0] - dash[i - 1]![0]) <= 180);
    }),
    { ...SEED, numRuns: 300 },
  );
});

test("numbers beside longitude and latitude are cut at 180 degrees in proportion", () => {
  const parts = cutAtAntimeridian([
    [179, 10, 1000, 0],
    [-177, 14, 3000, 40],
  ]);
  assert.deepEqual(parts, [
    [
      [179, 10, 1000, 0],
      [180, 11, 1500, 10],
    ],
    [
      [-180, 11, 1500, 10],
      [-177, 14, 3000, 40],
    ],
  ]);
});
