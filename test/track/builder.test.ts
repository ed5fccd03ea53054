import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseAddress } from "../../src/aircraft/address.js";
import { selectPoints, TrackBuilder } from "../../src/track/builder.js";
import { callsignAt, isSimulated, type Point, type TrackSource } from "../../src/track/track.js";

const ADDRESS = parseAddress("4ca7b3")!;

function source(file: string, simulated = false): TrackSource {
  return { inputSha256: "ab".repeat(32), file, format: "test", simulated, stated: {} };
}

function point(timeMs: number, row: number, rest: Partial<Point> = {}): Point {
  return { timeMs, latDeg: 50, lonDeg: 10, row, ...rest };
}

test("points come out in order of time, and equal times in the order they came in", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 600 }), (times) => {
      const builder = new TrackBuilder(ADDRESS);
      times.forEach((timeMs, row) => {
        builder.add(point(timeMs, row), 0);
      });
      const track = builder.build([source("a")]);
      assert.equal(track.length, times.length);
      for (let i = 1; i < track.length; i++) {
        const [before, now] = [track.timeMs[i - 1]!, track.timeMs[i]!];
        assert.ok(
          before < now || (before === now && track.sourceRow[i - 1]! < track.sourceRow[i]!),
        );
      }
    }),
    { seed: 1944 },
  );
});

test("every column is as long as the track", () => {
  const builder = new TrackBuilder(ADDRESS);
  for (let row = 0; row < 1000; row++) builder.add(point(row, row), 0);
  const track = builder.build([source("a")]);
  const columns = Object.values(track).filter((value) => ArrayBuffer.isView(value));
  assert.equal(columns.length, 18);
  for (const column of columns) assert.equal((column as Uint8Array).length, 1000);
});

test("what a source does not say is unknown, never nought", () => {
  const builder = new TrackBuilder(ADDRESS);
  builder.add(point(0, 0), 0);
  const track = builder.build([source("a")]);
  const unknown = [
    track.altitudeFt,
    track.geometricAltitudeFt,
    track.groundSpeedKt,
    track.trackAngleDeg,
    track.verticalRateFpm,
  ].map((column) => column[0]!);
  assert.ok(unknown.every(Number.isNaN));
  assert.equal(track.ground[0], 2);
  assert.deepEqual([track.nic[0], track.nacP[0], track.sil[0]], [255, 255, 255]);
  assert.equal(track.squawk[0], -1);
  assert.equal(callsignAt(track, 0), "");
});

test("an integrity that no transponder can send is unknown and not another number", () => {
  const builder = new TrackBuilder(ADDRESS);
  for (const nic of [300, -1, 2.5, 1e308, Number.NaN]) builder.add(point(0, 0, { nic }), 0);
  builder.add(point(0, 0, { nic: 11, nacP: 15, sil: 3 }), 0);
  const track = builder.build([source("a")]);
  assert.deepEqual([...track.nic], [255, 255, 255, 255, 255, 11]);
  assert.deepEqual([track.nacP[5], track.sil[5]], [15, 3]);
});

test("nought is nought: an aircraft can be at 0 ft and stand still", () => {
  const builder = new TrackBuilder(ADDRESS);
  builder.add(point(0, 0, { altitudeFt: 0, groundSpeedKt: 0, onGround: false }), 0);
  const track = builder.build([source("a")]);
  assert.deepEqual([track.altitudeFt[0], track.groundSpeedKt[0], track.ground[0]], [0, 0, 0]);
});

test("a track without points is a track", () => {
  const track = new TrackBuilder(ADDRESS).build([]);
  assert.equal(track.length, 0);
  assert.equal(isSimulated(track), false);
});

test("two overlapping inputs make one track that still knows which row came from where", () => {
  const builder = new TrackBuilder(ADDRESS);
  for (const row of [0, 1, 2]) builder.add(point(row * 1000, row, { callsign: "ONE" }), 0);
  for (const row of [0, 1, 2]) builder.add(point(row * 1000 + 500, row, { callsign: "TWO" }), 1);
  const track = builder.build([source("a"), source("b")]);
  assert.deepEqual([...track.sourceIndex], [0, 1, 0, 1, 0, 1]);
  assert.deepEqual([...track.sourceRow], [0, 0, 1, 1, 2, 2]);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => callsignAt(track, i)),
    ["ONE", "TWO", "ONE", "TWO"],
  );
});

test("longitudes keep their precision: a metre is not rounded away", () => {
  const builder = new TrackBuilder(ADDRESS);
  builder.add(
    { timeMs: 1_556_704_800_123, latDeg: -16.123_456_7, lonDeg: 179.999_999_1, row: 0 },
    0,
  );
  const track = builder.build([source("a")]);
  assert.deepEqual(
    [track.timeMs[0], track.latDeg[0], track.lonDeg[0]],
    [1_556_704_800_123, -16.123_456_7, 179.999_999_1],
  );
});

test("one simulated source marks the whole track", () => {
  const builder = new TrackBuilder(ADDRESS);
  builder.add(point(0, 0), 0);
  assert.equal(isSimulated(builder.build([source("a"), source("b", true)])), true);
});

test("a selection keeps provenance and leaves the original alone", () => {
  const builder = new TrackBuilder(ADDRESS);
  for (let row = 0; row < 5; row++) builder.add(point(row, row), 0);
  const track = builder.build([source("a")]);
  const part = selectPoints(track, Uint32Array.of(1, 3));
  assert.deepEqual([...part.sourceRow], [1, 3]);
  part.altitudeFt[0] = 99;
  assert.ok(Number.isNaN(track.altitudeFt[1]!));
});
