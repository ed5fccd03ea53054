import assert from "node:assert/strict";
import { test } from "node:test";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { type InputSink, TrackCollector } from "../../src/track/collector.js";
import type { Point } from "../../src/track/track.js";

const A = parseAddress("4ca7b3")!;
const B = parseAddress("~000001")!;
const START_MS = Date.parse("2024-05-01T10:00:00Z");

function point(rest: Partial<Point> = {}): Point {
  return { timeMs: START_MS, latDeg: 50, lonDeg: 10, row: 0, ...rest };
}

function feed(sink: InputSink, address: Address, points: readonly Point[]): void {
  for (const each of points) {
    sink.row();
    sink.point(address, each);
  }
}

test("points of one address from two inputs make one track with two sources", () => {
  const collector = new TrackCollector();
  for (const file of ["a.json", "b.json"]) {
    const sink = collector.begin(file, "test");
    feed(sink, A, [point()]);
    sink.finish(file === "a.json" ? "aa" : "bb");
  }
  const [track] = collector.take();
  assert.deepEqual(
    track!.sources.map(({ file, inputSha256 }) => [file, inputSha256]),
    [
      ["a.json", "aa"],
      ["b.json", "bb"],
    ],
  );
  assert.deepEqual([...track!.sourceIndex], [0, 1]);
});

test("two inputs read at the same time stay two sources", () => {
  const collector = new TrackCollector();
  const [a, b] = [collector.begin("a.json", "test"), collector.begin("b.json", "test")];
  for (let i = 0; i < 5; i++) {
    feed(a, A, [point({ timeMs: START_MS + i * 1000 })]);
    feed(b, A, [point({ timeMs: START_MS + i * 1000 + 500 })]);
  }
  a.finish("aa");
  b.finish("bb");
  assert.equal(collector.take()[0]!.sources.length, 2);
});

test("tracks come out in order of address, once", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  feed(sink, B, [point()]);
  feed(sink, A, [point()]);
  sink.finish("aa");
  assert.deepEqual(
    collector.take().map(({ address }) => address),
    [A, B],
  );
  assert.deepEqual(collector.take(), []);
});

test("what cannot be a position is counted, told and left out", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  feed(sink, A, [
    point({ latDeg: 412 }),
    point({ lonDeg: -181 }),
    point({ latDeg: 0, lonDeg: 0 }),
    point({ latDeg: Number.NaN }),
    point({ timeMs: Number.POSITIVE_INFINITY }),
    point({ timeMs: -1 }),
    point({ timeMs: Number.NaN }),
    point(),
  ]);
  const report = sink.finish("aa");
  assert.equal(report.rowCount, 8);
  assert.equal(report.keptCount, 1);
  assert.deepEqual(report.issues.counts, {
    "latitude-out-of-range": 2,
    "longitude-out-of-range": 1,
    "position-zero": 1,
    "time-out-of-range": 3,
  });
  assert.equal(collector.take()[0]!.length, 1);
});

test("the edges of the globe are positions", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  feed(sink, A, [
    point({ latDeg: 90 }),
    point({ latDeg: -90 }),
    point({ lonDeg: 180 }),
    point({ lonDeg: -180 }),
    point({ latDeg: 0 }),
  ]);
  assert.equal(sink.finish("aa").keptCount, 5);
});

test("a wrong altitude or speed costs that value and not the position", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  feed(sink, A, [
    point({ altitudeFt: 1e308, groundSpeedKt: -5, verticalRateFpm: 1e9, trackAngleDeg: 1000 }),
  ]);
  const report = sink.finish("aa");
  assert.equal(report.keptCount, 1);
  assert.equal(Object.keys(report.issues.counts).length, 4);
  const [track] = collector.take();
  assert.ok(Number.isNaN(track!.altitudeFt[0]!));
  assert.ok(Number.isNaN(track!.groundSpeedKt[0]!));
});

test("an elevation below the sea is no wrong altitude", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  feed(sink, A, [point({ altitudeFt: -1325 })]);
  assert.deepEqual(sink.finish("aa").issues.counts, {});
});

test("the first issues are kept in full, all are counted", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  feed(
    sink,
    A,
    Array.from({ length: 1000 }, (_, row) => point({ latDeg: 412, row })),
  );
  const { issues } = sink.finish("aa");
  assert.equal(issues.counts["latitude-out-of-range"], 1000);
  assert.equal(issues.first.length, 20);
  assert.deepEqual(issues.first[0], {
    kind: "latitude-out-of-range",
    row: 0,
    detail: "latitude 412 is outside -90..90",
  });
});

test("the period is that of the points kept, in whatever order they come", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  const empty = collector.begin("b.json", "test").finish("bb");
  assert.ok(Number.isNaN(empty.firstMs) && Number.isNaN(empty.lastMs));
  feed(sink, A, [
    point({ timeMs: START_MS + 5000 }),
    point({ timeMs: START_MS - 5000 }),
    point({ timeMs: START_MS - 99_000, latDeg: 412 }),
    point(),
  ]);
  const report = sink.finish("aa");
  assert.deepEqual([report.firstMs, report.lastMs], [START_MS - 5000, START_MS + 5000]);
});

test("what an input says of an aircraft goes with that input, later words winning", () => {
  const collector = new TrackCollector();
  const sink = collector.begin("a.json", "test");
  sink.identity(A, { registration: "OLD", typeDesignator: "A320" });
  feed(sink, A, [point()]);
  sink.identity(A, { registration: "NEW" });
  sink.simulated();
  assert.equal(sink.finish("aa").simulated, true);
  const [source] = collector.take()[0]!.sources;
  assert.deepEqual(source!.stated, { registration: "NEW", typeDesignator: "A320" });
  assert.equal(source!.simulated, true);
});
