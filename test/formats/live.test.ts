import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAddress } from "../../src/aircraft/address.js";
import { detectReader } from "../../src/formats/detect.js";
import { eachTextLine } from "../../src/formats/lines.js";
import { readsbLinesReader } from "../../src/formats/readsb-lines.js";
import { readsbSnapshotReader } from "../../src/formats/readsb-snapshot.js";
import { cleanTrack } from "../../src/track/clean.js";
import { TrackCollector } from "../../src/track/collector.js";
import type { Point } from "../../src/track/track.js";
import { holdsContract, POINTS, plain, readText } from "./contract.js";
import { liveRecord, writeFeedLines, writeSnapshot } from "./live-documents.js";

const encoder = new TextEncoder();
const NOW_S = 1_548_286_867;

const HOSTILE_SNAPSHOTS = [
  `{"now":${NOW_S},"aircraft":{}}`,
  `{"now":${NOW_S},"aircraft":[null,5,[],{},"x",{"hex":5},{"hex":"4243a2","lat":"x","lon":{}}]}`,
  `{"now":${NOW_S},"aircraft":[{"hex":"4243a2","lat":412,"lon":1,"seen_pos":1e308}]}`,
  `{"now":1e308,"aircraft":[{"hex":"4243a2","lat":4,"lon":1,"seen_pos":-1e308}]}`,
  `{"now":"x","ac":[{"hex":"4243a2","lat":4,"lon":1}]}`,
  `{"ac":null,"now":${NOW_S}000}`,
  `{"__proto__":{"now":5},"aircraft":[{"hex":"4243a2"}]}`,
  `{"now":${NOW_S},"aircraft":${"[".repeat(5000)}`,
];

holdsContract({
  reader: readsbSnapshotReader,
  name: "aircraft.json",
  write: (address, points) => writeSnapshot(address, points),
  writeWithBadRow: (address, points) => writeSnapshot(address, points, { extra: [{}] }),
  hostile: HOSTILE_SNAPSHOTS,
});

holdsContract({
  reader: readsbLinesReader,
  name: "feed.jsonl",
  lines: true,
  write: (address, points) => writeFeedLines(address, points),
  writeWithBadRow: (address, points) => writeFeedLines(address, points, ['{"now":5,"hex":']),
  hostile: HOSTILE_SNAPSHOTS.flatMap((text) => [text, `${text}\n${text},\n`]),
});

const one = (fields: Readonly<Record<string, unknown>>, now: unknown = NOW_S) =>
  readText(
    readsbSnapshotReader,
    JSON.stringify({
      now,
      aircraft: [{ hex: "4243a2", lat: 23, lon: -82, seen_pos: 2, ...fields }],
    }),
  );

test("a position is as old as the snapshot says: now less seen_pos", async () => {
  const { tracks } = await one({ seen_pos: 12.25 });
  assert.equal(tracks[0]!.timeMs[0], NOW_S * 1000 - 12_250);
});

test("an answer of a service says the same as a snapshot of a receiver", async () => {
  const expected = plain(
    (await readText(readsbSnapshotReader, writeSnapshot("4243a2", POINTS))).tracks[0]!,
  );
  const { tracks } = await readText(
    readsbSnapshotReader,
    writeSnapshot("4243a2", POINTS, { form: "v2" }),
  );
  assert.deepEqual(plain(tracks[0]!), expected);
  const lines = await readText(readsbLinesReader, writeFeedLines("4243a2", POINTS));
  assert.deepEqual(plain(lines.tracks[0]!), expected);
});

test("an answer of a service that is damaged in its middle still knows its time", async () => {
  const text = writeSnapshot("4243a2", POINTS, { form: "v2" });
  const half = text.length / 2;
  const { report, error } = await readText(
    readsbSnapshotReader,
    `${text.slice(0, half)}\u0000"${text.slice(half + 2)}`,
  );
  assert.equal(error, undefined);
  assert.ok(report.keptCount >= 3 && report.keptCount < POINTS.length);
  assert.equal(report.issues.counts["truncated"], 1);
});

test("an answer of a service cut off before its time is refused, as nothing dates it", async () => {
  const text = writeSnapshot("4243a2", POINTS, { form: "v2" });
  const { error, tracks } = await readText(readsbSnapshotReader, text.slice(0, -120));
  assert.deepEqual(tracks, []);
  assert.match(error!.message, /"now" is missing.*save the whole answer/);
});

test("the receiver's rough place and an old position are no positions", async () => {
  const { report } = await readText(
    readsbSnapshotReader,
    JSON.stringify({
      now: NOW_S,
      aircraft: [
        { hex: "4243a2", rr_lat: 40.7, rr_lon: 39.3, seen: 1 },
        { hex: "4243a2", lastPosition: { lat: 43.2, lon: 29.6, seen_pos: 3061 }, seen: 1 },
      ],
    }),
  );
  assert.equal(report.keptCount, 0);
  assert.deepEqual(report.issues.counts, { "row-without-position": 2 });
});

test("the names of older programs are read", async () => {
  const { tracks } = await one({ altitude: 3000, speed: 180, vert_rate: -640, nucp: 7 });
  const [track] = tracks;
  assert.deepEqual(
    [track!.altitudeFt[0], track!.groundSpeedKt[0], track!.verticalRateFpm[0], track!.nic[0]],
    [3000, 180, -640, 255],
  );
});

test("ground is on the ground at an unknown altitude; a number is in the air; nothing is neither", async () => {
  const cases = [
    [{ alt_baro: "ground" }, 1, Number.NaN],
    [{ alt_baro: 0 }, 0, 0],
    [{}, 2, Number.NaN],
  ] as const;
  for (const [fields, ground, altitudeFt] of cases) {
    const [track] = (await one(fields)).tracks;
    assert.deepEqual([track!.ground[0], track!.altitudeFt[0]], [ground, altitudeFt]);
  }
});

test("a geometric altitude stands in for a missing one and says so", async () => {
  const [track] = (await one({ alt_geom: 1250 })).tracks;
  assert.deepEqual([track!.altitudeFt[0], track!.flags[0], track!.ground[0]], [1250, 8, 2]);
});

test("how a position came about is kept, also in the way of dump1090", async () => {
  const cases = [
    [{ type: "mlat" }, 6],
    [{ mlat: ["lat", "lon", "gs"] }, 6],
    [{ tisb: ["lat", "lon"] }, 11],
    [{ mlat: ["gs"], tisb: [] }, 0],
  ] as const;
  for (const [fields, code] of cases)
    assert.equal((await one(fields)).tracks[0]!.positionSource[0], code);
});

test("squawks that are none and callsigns nobody set are unknown", async () => {
  const [track] = (await one({ squawk: "d276", flight: "@@@@@@@@" })).tracks;
  assert.deepEqual([track!.squawk[0], track!.callsigns[track!.callsignIndex[0]!]], [-1, ""]);
});

test("an address that became a number is refused with what to do", async () => {
  for (const hex of [123456, 4e24, "4.00E+22", "4e+22", "1234"]) {
    const { report } = await one({ hex });
    assert.equal(report.keptCount, 0);
    assert.match(report.issues.first[0]!.detail, /number.*use the file as downloaded/);
  }
});

test("lines may end with a comma, hold whole snapshots, and be empty", async () => {
  const lines = writeFeedLines("4243a2", POINTS.slice(0, 6)).replaceAll("\n", ",\n\n");
  const logged = writeSnapshot("4243a2", POINTS.slice(6)).replaceAll("\n", "");
  const { report, tracks } = await readText(readsbLinesReader, `${lines}${logged}\n`);
  assert.equal(report.rowCount, POINTS.length);
  assert.equal(tracks[0]!.length, POINTS.length);
  assert.deepEqual(
    [...tracks[0]!.sourceRow],
    POINTS.map((_, i) => i),
  );
});

test("a log of snapshots whose first line is longer than the first look is read line by line", async () => {
  const many = Array.from({ length: 400 }, () => ({}));
  const line = writeSnapshot("4243a2", POINTS, { extra: many }).replaceAll("\n", "");
  const padded = line.replace('"messages"', `"note":"${"x".repeat(70_000)}","messages"`);
  const text = `${padded}\n${padded}\n`;
  const reader = detectReader(encoder.encode(text).subarray(0, 65_536), "log");
  const { report } = await readText(reader ?? readsbSnapshotReader, text);
  assert.equal(report.keptCount, 2 * POINTS.length);
});

test("a recording without times is refused; lines with one are read and the others counted", async () => {
  const line = JSON.stringify(liveRecord("4243a2", POINTS[0]!, POINTS[0]!.timeMs));
  const { error } = await readText(readsbLinesReader, `${line},\n${line},\n`);
  assert.match(error!.message, /no line says when it was written/);
  const { report } = await readText(
    readsbLinesReader,
    `${line}\n${writeFeedLines("4243a2", POINTS)}`,
  );
  assert.equal(report.keptCount, POINTS.length);
  assert.deepEqual(report.issues.counts, { "row-without-time": 1 });
});

test("a line without end is passed over in bounded memory", async () => {
  const chunk = encoder.encode("x".repeat(1000));
  function* chunks() {
    for (let i = 0; i < 1000; i++) yield chunk;
    yield encoder.encode("\nshort\r\nlast");
  }
  const lines: { text: string | undefined; isOpen: boolean }[] = [];
  await eachTextLine(chunks(), (text, isOpen) => lines.push({ text, isOpen }), 5000);
  assert.deepEqual(lines, [
    { text: undefined, isOpen: false },
    { text: "short", isOpen: false },
    { text: "last", isOpen: true },
  ]);
});

/** What a receiver writes every few seconds: the same fix until a newer one comes. */
async function readSuccessive(points: readonly Point[], everyMs: number, roundS: number) {
  const collector = new TrackCollector();
  const firstMs = points[0]!.timeMs;
  const lastMs = points.at(-1)!.timeMs;
  let fileCount = 0;
  for (let nowMs = firstMs; nowMs <= lastMs + 40_000; nowMs += everyMs) {
    const fix = points.findLast(({ timeMs }) => timeMs <= nowMs)!;
    const record = liveRecord("4243a2", fix, nowMs);
    const age = Math.round((record["seen_pos"] as number) / roundS) * roundS;
    const text = JSON.stringify({ now: nowMs / 1000, aircraft: [{ ...record, seen_pos: age }] });
    const sink = collector.begin(`history_${fileCount++}.json`, "readsb-snapshot");
    await readsbSnapshotReader.read([encoder.encode(text)], sink);
    sink.finish("00".repeat(32));
  }
  return { track: collector.take()[0]!, fileCount };
}

test("a fix that comes again in successive files is one fix, wherever seen_pos is rounded", async () => {
  const points = POINTS.map((point, i) => ({ ...point, timeMs: POINTS[0]!.timeMs + i * 17_400 }));
  for (const roundS of [0.001, 0.1, 1]) {
    const { track, fileCount } = await readSuccessive(points, 5_000, roundS);
    assert.equal(track.length, fileCount);
    const clean = cleanTrack(track);
    assert.equal(clean.track.length, points.length, `rounded to ${roundS} s`);
    assert.deepEqual(
      [...clean.track.latDeg],
      points.map(({ latDeg }) => latDeg),
    );
    for (const [i, { timeMs }] of points.entries())
      assert.ok(Math.abs(clean.track.timeMs[i]! - timeMs) <= roundS * 1000);
  }
});

test("an aircraft that stands gives evidence of standing again with each file", async () => {
  const gate: Point = { ...POINTS[0]!, groundSpeedKt: 0, onGround: true };
  const points = [
    gate,
    { ...gate, timeMs: gate.timeMs + 30_000 },
    { ...gate, timeMs: gate.timeMs + 60_000 },
  ];
  const { track } = await readSuccessive(points, 5_000, 0.1);
  const clean = cleanTrack(track);
  assert.equal(clean.track.length, points.length);
  assert.equal(clean.setAside.duplicate, track.length - points.length);
});

test("an aircraft in more files than rows can name loses rows, told, and no row names a wrong file", () => {
  const collector = new TrackCollector();
  const point = POINTS[0]!;
  const address = parseAddress("4243a2")!;
  const add = (i: number) => {
    const sink = collector.begin(`${i}.json`, "readsb-snapshot");
    sink.row();
    sink.point(address, { ...point, timeMs: point.timeMs + i });
    return sink.finish("00".repeat(32));
  };
  for (let i = 0; i < 65_536; i++) add(i);
  const { keptCount, issues } = add(65_536);
  assert.equal(keptCount, 0);
  assert.deepEqual(issues.counts, { "too-many-files": 1 });
  assert.match(issues.first[0]!.detail, /more than 65536 files; read them in parts/);
  const [track] = collector.take();
  assert.equal(track!.length, 65_536);
  assert.equal(track!.sources[track!.sourceIndex[65_535]!]!.file, "65535.json");
});
