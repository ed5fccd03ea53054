import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cleanTrack } from "../../src/track/clean.js";
import type { Point } from "../../src/track/track.js";
import { SECOND_MS } from "../../src/units/quantity.js";
import { trackOf } from "../support/fly.js";

const START_MS = Date.parse("2024-05-01T10:00:00Z");

interface Stretch {
  readonly startS: number;
  readonly endS: number;
  readonly latDeg: number;
}

/** 360 kt eastward along the equator, a position every 10 s; each stretch at a latitude of its own. */
function eastward(stretches: readonly Stretch[]): Point[] {
  const points: Point[] = [];
  for (const { startS, endS, latDeg } of stretches)
    for (let s = startS; s < endS; s += 10)
      points.push({
        timeMs: START_MS + s * SECOND_MS,
        latDeg,
        lonDeg: 20 + s / 600,
        altitudeFt: 30_000,
        groundSpeedKt: 360,
        row: points.length,
      });
  return points;
}

const clean = (stretches: readonly Stretch[]) => cleanTrack(trackOf(eastward(stretches)));

/** One degree of latitude is 60 NM: a third of one is 20 NM. */
const SHIFT_20_NM_DEG = 1 / 3;
const SHIFT_60_NM_DEG = 1;

test("a lasting shift of 20 NM costs the positions beside it, not all on one side", () => {
  const { setAside, jumpRuns } = clean([
    { startS: 0, endS: 1200, latDeg: 0 },
    { startS: 1200, endS: 4800, latDeg: SHIFT_20_NM_DEG },
  ]);
  assert.equal(jumpRuns, 1);
  assert.ok(setAside.jump >= 1 && setAside.jump <= 6, `${setAside.jump} set aside`);
  assert.equal(setAside.kept + setAside.jump, 480);
});

test("two lasting shifts, there and back, cost a few positions each", () => {
  const { setAside, jumpRuns } = clean([
    { startS: 0, endS: 1200, latDeg: 0 },
    { startS: 1200, endS: 2400, latDeg: SHIFT_20_NM_DEG },
    { startS: 2400, endS: 3600, latDeg: 0 },
  ]);
  assert.ok(setAside.jump <= 12, `${setAside.jump} set aside`);
  assert.ok(jumpRuns <= 2);
});

test("a stretch that far away for two minutes only is set aside whole", () => {
  const { setAside, track } = clean([
    { startS: 0, endS: 1200, latDeg: 0 },
    { startS: 1200, endS: 1320, latDeg: SHIFT_20_NM_DEG },
    { startS: 1320, endS: 3600, latDeg: 0 },
  ]);
  assert.equal(setAside.jump, 12);
  assert.ok(track.latDeg.every((latDeg) => latDeg === 0));
});

test("a lasting shift of 60 NM is no correction: the side heard more remains", () => {
  const { setAside, track } = clean([
    { startS: 0, endS: 1200, latDeg: 0 },
    { startS: 1200, endS: 4800, latDeg: SHIFT_60_NM_DEG },
  ]);
  assert.equal(setAside.jump, 120);
  assert.ok(track.latDeg.every((latDeg) => latDeg === SHIFT_60_NM_DEG));
});

test("neighbours that remain could always have been flown between, and every point is counted", () => {
  const stretch = fc.record({
    lengthS: fc.integer({ min: 10, max: 1500 }),
    latDeg: fc.constantFrom(0, 0.2, SHIFT_20_NM_DEG, 0.5, SHIFT_60_NM_DEG, 10),
  });
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 12 }), (parts) => {
      let startS = 0;
      const stretches = parts.map(({ lengthS, latDeg }) => {
        const made = { startS, endS: startS + lengthS, latDeg };
        startS = Math.ceil((startS + lengthS) / 10) * 10;
        return made;
      });
      const total = eastward(stretches).length;
      const { track, setAside } = clean(stretches);
      assert.equal(track.length + setAside.jump + setAside.stale + setAside.duplicate, total);
      for (let i = 1; i < track.length; i++) {
        const stepNm = 60 * Math.abs(track.latDeg[i]! - track.latDeg[i - 1]!);
        const hours = (track.timeMs[i]! - track.timeMs[i - 1]!) / 3_600_000;
        assert.ok(stepNm <= 10.1 + 750 * hours);
      }
    }),
    { seed: 1944 },
  );
});
