import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanTrack } from "../../src/track/clean.js";
import { assessIntegrity } from "../../src/track/integrity.js";
import type { Point } from "../../src/track/track.js";
import { trackOf } from "../support/fly.js";

const START_MS = Date.UTC(2024, 4, 1, 10);

/** A minute-by-minute cruise eastwards, changed point by point. */
function cruise(count: number, change: (at: number) => Partial<Point> = () => ({})): Point[] {
  return Array.from({ length: count }, (_, at) => ({
    timeMs: START_MS + at * 60_000,
    latDeg: 50,
    lonDeg: 5 + at * 0.19,
    altitudeFt: 35_000,
    groundSpeedKt: 440,
    onGround: false,
    row: at,
    ...change(at),
  }));
}

function assess(points: readonly Point[]) {
  return assessIntegrity(cleanTrack(trackOf(points)));
}

test("a plain flight leaves no doubt", () => {
  const integrity = assess(cruise(60, () => ({ sil: 3, nacP: 9, nic: 8 })));
  assert.deepEqual(integrity.doubts, []);
  assert.equal(integrity.grave, false);
  assert.equal(integrity.silZeroShare, 0);
});

test("one wild position is told and not grave", () => {
  const integrity = assess(cruise(60, (at) => (at === 30 ? { latDeg: -20 } : {})));
  assert.equal(integrity.jumpCount, 1);
  assert.equal(integrity.grave, false);
  assert.match(integrity.doubts.join(), /1 positions? set aside/);
});

test("positions that alternate between two continents are two emitters on one address", () => {
  const integrity = assess(cruise(80, (at) => (at % 10 < 3 ? { latDeg: -20, lonDeg: 100 } : {})));
  assert.equal(integrity.grave, true);
  assert.match(integrity.doubts.join(), /two emitters/);
});

test("messages that vouch for nothing are a grave doubt when they are most, or when they come with jumps", () => {
  assert.equal(assess(cruise(60, () => ({ sil: 0 }))).grave, true);
  assert.equal(assess(cruise(60, (at) => ({ sil: at % 5 === 0 ? 0 : 3 }))).grave, false);
  const jumpy = cruise(60, (at) => ({
    sil: at % 5 === 0 ? 0 : 3,
    ...(at === 30 ? { latDeg: -20 } : {}),
  }));
  assert.equal(assess(jumpy).grave, true);
});

test("shares of too few statements are unknown", () => {
  const integrity = assess(cruise(60, (at) => (at < 10 ? { sil: 0 } : {})));
  assert.ok(Number.isNaN(integrity.silZeroShare));
  assert.equal(integrity.grave, false);
});

test("low accuracy as under jamming and rebroadcasts are told and not grave", () => {
  const jammed = assess(cruise(60, () => ({ sil: 3, nacP: 1 })));
  assert.match(jammed.doubts.join(), /NACp/);
  assert.equal(jammed.grave, false);
  const echoed = assess(cruise(60, () => ({ positionSource: "tisb_icao" })));
  assert.match(echoed.doubts.join(), /TIS-B/);
});
