import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cleanTrack } from "../../src/track/clean.js";
import type { Point } from "../../src/track/track.js";
import { MINUTE_MS, SECOND_MS } from "../../src/units/quantity.js";
import { TOWN } from "../support/airports.js";
import { fly, trackOf } from "../support/fly.js";

const START_MS = Date.parse("2024-05-01T10:00:00Z");

/** One degree of longitude at 50 north in ten minutes: about 232 kt. */
function eastward(count: number, rest: Partial<Point> = {}): Point[] {
  return Array.from({ length: count }, (_, i) => ({
    timeMs: START_MS + i * 10 * SECOND_MS,
    latDeg: 50,
    lonDeg: 10 + i / 60,
    altitudeFt: 20_000,
    groundSpeedKt: 232,
    onGround: false,
    row: i,
    ...rest,
  }));
}

const clean = (points: readonly Point[]) => cleanTrack(trackOf(points));

test("an ordinary track is left as it is", () => {
  const { track, setAside, altitudeSpikeCount } = clean(eastward(100));
  assert.equal(track.length, 100);
  assert.deepEqual(setAside, { kept: 100, duplicate: 0, stale: 0, jump: 0 });
  assert.equal(altitudeSpikeCount, 0);
});

test("no point, one point and two points are no trouble", () => {
  assert.equal(clean([]).track.length, 0);
  assert.equal(clean(eastward(1)).track.length, 1);
  assert.equal(clean(eastward(2)).track.length, 2);
});

test("a track of unknown altitudes and speeds keeps all its positions", () => {
  const bare = eastward(50).map(({ timeMs, latDeg, lonDeg, row }) => ({
    timeMs,
    latDeg,
    lonDeg,
    row,
  }));
  assert.equal(clean(bare).track.length, 50);
});

test("the same day from two sources counts once", () => {
  const points = eastward(50);
  const twice = [...points, ...points.map((point) => ({ ...point, row: point.row + 1000 }))];
  const { track, setAside } = clean(twice);
  assert.equal(track.length, 50);
  assert.equal(setAside.duplicate, 50);
});

test("a position that repeats while the aircraft says it moves is stale", () => {
  const stuck = eastward(20, { lonDeg: 10 });
  const { track, setAside } = clean(stuck);
  assert.equal(track.length, 1);
  assert.equal(setAside.stale, 19);
});

test("standing at a gate repeats a position too, and stays: it is evidence of standing", () => {
  const standing = eastward(20, { lonDeg: 10, groundSpeedKt: 0, onGround: true });
  assert.equal(clean(standing).track.length, 20);
  const withoutFlag = eastward(20, { lonDeg: 10, groundSpeedKt: 0, onGround: undefined });
  assert.equal(clean(withoutFlag).track.length, 20);
});

test("the change from air to ground is kept even at the same place and second", () => {
  const points: Point[] = [
    { timeMs: START_MS, latDeg: 50, lonDeg: 10, onGround: false, row: 0 },
    { timeMs: START_MS + 400, latDeg: 50, lonDeg: 10, onGround: true, row: 1 },
  ];
  assert.equal(clean(points).track.length, 2);
});

test("one wild point is set aside and the rest stays whole", () => {
  const points = eastward(60);
  points[30] = { ...points[30]!, latDeg: -20, lonDeg: 120 };
  const { track, setAside } = clean(points);
  assert.equal(track.length, 59);
  assert.equal(setAside.jump, 1);
  assert.ok(track.latDeg.every((latDeg) => latDeg === 50));
});

test("a wild point at the very start or end is set aside", () => {
  for (const at of [0, 59]) {
    const points = eastward(60);
    points[at] = { ...points[at]!, latDeg: -20, lonDeg: 120 };
    const { track } = clean(points);
    assert.equal(track.length, 59);
    assert.ok(track.latDeg.every((latDeg) => latDeg === 50));
  }
});

test("a spoofed stretch is set aside as one, and what comes after it is kept", () => {
  const points = eastward(300);
  for (let i = 100; i < 160; i++) points[i] = { ...points[i]!, latDeg: 33.8, lonDeg: 35.5 };
  const { track, setAside } = clean(points);
  assert.ok(track.latDeg.every((latDeg) => latDeg === 50));
  assert.equal(track.length, 240);
  assert.equal(setAside.jump + setAside.stale, 60);
});

test("two aircraft on one address are not woven into one: the one heard more remains", () => {
  const here = eastward(200);
  const there = eastward(120).map((point) => ({
    ...point,
    timeMs: point.timeMs + 3 * SECOND_MS,
    latDeg: 10,
    lonDeg: point.lonDeg + 60,
    row: point.row + 1000,
  }));
  const { track, setAside } = clean([...here, ...there]);
  assert.equal(track.length, 200);
  assert.equal(setAside.jump, 120);
  assert.ok(track.latDeg.every((latDeg) => latDeg === 50));
});

test("crossing 180 degrees is no jump", () => {
  const points = eastward(120).map((point) => {
    const lonDeg = point.lonDeg + 169;
    return { ...point, latDeg: -17, lonDeg: lonDeg > 180 ? lonDeg - 360 : lonDeg };
  });
  const { track, setAside } = clean(points);
  assert.equal(track.length, 120);
  assert.equal(setAside.jump, 0);
});

test("half a day of silence allows any distance an aircraft can fly", () => {
  const points = eastward(60);
  for (let i = 30; i < 60; i++) {
    const point = points[i]!;
    points[i] = { ...point, timeMs: point.timeMs + 12 * 60 * MINUTE_MS, lonDeg: point.lonDeg + 90 };
  }
  assert.equal(clean(points).track.length, 60);
});

test("a lone altitude spike is blanked and its position stays", () => {
  const points = eastward(60);
  points[30] = { ...points[30]!, altitudeFt: 100 };
  const { track, altitudeSpikeCount } = clean(points);
  assert.equal(track.length, 60);
  assert.equal(altitudeSpikeCount, 1);
  assert.ok(Number.isNaN(track.altitudeFt[30]!));
  assert.equal(track.altitudeFt[29], 20_000);
  assert.equal(track.altitudeFt[31], 20_000);
});

test("blanking an altitude leaves the track that was given as it was", () => {
  const given = trackOf(eastward(5).map((p, i) => (i === 2 ? { ...p, altitudeFt: 45_000 } : p)));
  const { track, altitudeSpikeCount } = cleanTrack(given);
  assert.equal(altitudeSpikeCount, 1);
  assert.ok(Number.isNaN(track.altitudeFt[2]));
  assert.equal(given.altitudeFt[2], 45_000);
});

test("a spike is blanked also where the source says nothing of air or ground", () => {
  const points = eastward(60, { onGround: undefined });
  points[30] = { ...points[30]!, altitudeFt: 100 };
  assert.equal(clean(points).altitudeSpikeCount, 1);
});

test("between two spikes the good altitude is kept", () => {
  const points = eastward(60);
  for (const i of [30, 32]) points[i] = { ...points[i]!, altitudeFt: 100 };
  const { track, altitudeSpikeCount } = clean(points);
  assert.equal(altitudeSpikeCount, 2);
  assert.equal(track.altitudeFt[31], 20_000);
});

test("a last altitude that no aircraft could have reached is blanked: it is no approach", () => {
  const points = eastward(60);
  points[59] = { ...points[59]!, altitudeFt: 100 };
  const { track, altitudeSpikeCount } = clean(points);
  assert.equal(altitudeSpikeCount, 1);
  assert.ok(Number.isNaN(track.altitudeFt[59]!));
  const first = eastward(60);
  first[0] = { ...first[0]!, altitudeFt: 100 };
  assert.ok(Number.isNaN(clean(first).track.altitudeFt[0]!));
});

test("a steep climb is no spike", () => {
  const climbing = eastward(60).map((point, i) => ({ ...point, altitudeFt: i * 1000 }));
  assert.equal(clean(climbing).altitudeSpikeCount, 0);
});

test("cleaning moves nothing and invents nothing, and counts add up", () => {
  const coordinate = fc.double({ min: -80, max: 80, noNaN: true });
  const wildPoint = fc.record({
    seconds: fc.integer({ min: 0, max: 5000 }),
    latDeg: coordinate,
    lonDeg: coordinate,
    altitudeFt: fc.option(fc.integer({ min: 0, max: 45_000 }), { nil: undefined }),
    groundSpeedKt: fc.option(fc.integer({ min: 0, max: 600 }), { nil: undefined }),
    onGround: fc.option(fc.boolean(), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(wildPoint, { maxLength: 80 }), (wild) => {
      const points = wild.map(({ seconds, ...rest }, row) => ({
        ...rest,
        timeMs: START_MS + seconds * SECOND_MS,
        row,
      }));
      const whole = trackOf(points);
      const { track, setAside } = cleanTrack(whole);
      assert.equal(track.length, setAside.kept);
      assert.equal(
        setAside.kept + setAside.duplicate + setAside.stale + setAside.jump,
        whole.length,
      );
      const rows = new Map([...whole.sourceRow].map((row, i) => [row, i]));
      for (let i = 0; i < track.length; i++) {
        const at = rows.get(track.sourceRow[i]!)!;
        assert.equal(track.latDeg[i], whole.latDeg[at]);
        assert.equal(track.lonDeg[i], whole.lonDeg[at]);
        assert.equal(track.timeMs[i], whole.timeMs[at]);
      }
      if (whole.length > 0) assert.ok(track.length > 0);
    }),
    { seed: 1944 },
  );
});

test("a flown circuit loses no point", () => {
  const pilot = fly().stand(5, TOWN).takeOff(TOWN, "09L").land(TOWN, "09L").stand(5);
  const whole = pilot.track();
  assert.equal(cleanTrack(whole).track.length, whole.length);
});
