import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readItem, SeenInputs } from "../../src/cli/read-item.js";
import { describeUnreadable, detectReader } from "../../src/formats/detect.js";
import { readsbHeatmapReader } from "../../src/formats/readsb-heatmap.js";
import { TrackCollector } from "../../src/track/collector.js";
import { readText } from "./contract.js";
import { HEATMAP_START_MS, type Heard, writeHeatmap } from "./heatmap-documents.js";

const SLICES: readonly (readonly Heard[])[] = [
  [
    { hex: 0x4243a2, callsign: "RSD123", squawk: 7700 },
    { hex: 0x4243a2, lat: 23.5, lon: -82.25, alt: 400, gs: 2505 },
    { hex: (5 << 27) | 0x0b0001, lat: -33.5, lon: 151.25, alt: -123, gs: 0 },
  ],
  [
    { hex: 0x4243a2, lat: 23.6, lon: -82.3, alt: -124, gs: -1 },
    { hex: 0x0100_0000 | 0x2a4f11, lat: 1, lon: 2, alt: 0, gs: 100 },
  ],
];
const CHUNK = writeHeatmap(SLICES);

test("a chunk gives what its slices say, dated to the middle of each", async () => {
  const { report, error, tracks } = await readText(readsbHeatmapReader, CHUNK);
  assert.equal(error, undefined);
  assert.equal(report.rowCount, 4);
  assert.equal(report.keptCount, 4);
  assert.deepEqual(report.issues.counts, {});
  const [cuban, ours, other] = tracks;
  assert.deepEqual(
    [
      cuban!.address,
      cuban!.ground[0],
      cuban!.latDeg[0],
      cuban!.altitudeFt[0],
      cuban!.positionSource[0],
    ],
    ["0b0001", 1, -33.5, Number.NaN, 6],
  );
  assert.deepEqual([...ours!.timeMs], [HEATMAP_START_MS + 15_000, HEATMAP_START_MS + 45_000]);
  assert.deepEqual([...ours!.altitudeFt], [10_000, Number.NaN]);
  assert.deepEqual([...ours!.groundSpeedKt], [250.5, Number.NaN]);
  assert.deepEqual([...ours!.ground], [0, 2]);
  assert.deepEqual([...ours!.squawk], [7700, 7700]);
  assert.equal(ours!.callsigns[ours!.callsignIndex[1]!], "RSD123");
  assert.equal(other!.address, "~2a4f11");
});

test("the size of pieces changes nothing in a chunk", async () => {
  const whole = await readText(readsbHeatmapReader, CHUNK);
  for (const size of [1, 7, 16, 33]) {
    const pieces = await readText(readsbHeatmapReader, CHUNK, size);
    assert.deepEqual(pieces.report, whole.report);
    assert.deepEqual(pieces.tracks, whole.tracks);
  }
});

test("a chunk that breaks off gives its first positions and says so", async () => {
  const whole = (await readText(readsbHeatmapReader, CHUNK)).tracks;
  for (let cut = 1; cut < CHUNK.length; cut++) {
    const { report, tracks } = await readText(readsbHeatmapReader, CHUNK.subarray(0, cut));
    // Cut behind the last slice's mark nobody can tell how many positions it had.
    const isSeen = cut % 16 !== 0 || cut < 16 * 7;
    assert.equal(report.issues.counts["truncated"] ?? 0, isSeen ? 1 : 0, `cut at ${cut}`);
    for (const track of tracks) {
      const full = whole.find(({ address }) => address === track.address)!;
      assert.deepEqual([...track.latDeg], [...full.latDeg].slice(0, track.length));
    }
  }
});

test("it is known by its records and not by its name", () => {
  assert.equal(readsbHeatmapReader.sniff(CHUNK, "x"), 3);
  assert.equal(readsbHeatmapReader.sniff(CHUNK.subarray(16 * 2), "x"), 3);
  const others = [new Uint8Array(0), new Uint8Array(999), new TextEncoder().encode("x".repeat(99))];
  for (const bytes of others) assert.equal(readsbHeatmapReader.sniff(bytes, "00.bin.ttf"), 0);
});

test("an address or a position that cannot be is counted and never kept", async () => {
  const wrong = writeHeatmap([
    [
      { hex: 0, lat: 1, lon: 2 },
      { hex: 0x4243a2, lat: 412, lon: 2 },
      { hex: 0x4243a2, lat: 1, lon: 999 },
    ],
  ]);
  const { report } = await readText(readsbHeatmapReader, wrong);
  assert.equal(report.keptCount, 0);
  assert.deepEqual(report.issues.counts, {
    "address-invalid": 1,
    "latitude-out-of-range": 1,
    "longitude-out-of-range": 1,
  });
});

test("any bytes changed anywhere crash nothing, and each position is kept or counted", async () => {
  const change = fc.tuple(fc.nat(CHUNK.length - 1), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
      const bytes = CHUNK.slice();
      for (const [at, value] of changes) bytes[at] = value;
      readsbHeatmapReader.sniff(bytes, "x");
      const { report, tracks } = await readText(readsbHeatmapReader, bytes);
      const refused = Object.entries(report.issues.counts)
        .filter(([kind]) => !/Ft-|Kt-|^truncated/.test(kind))
        .reduce((sum, [, count]) => sum + count, 0);
      assert.equal(report.keptCount + refused, report.rowCount);
      for (const track of tracks) assert.ok(track.latDeg.every((latDeg) => Math.abs(latDeg) <= 90));
    }),
    { seed: 1944, numRuns: 500 },
  );
});

test("a chunk is read when it is named itself, and passed over where it lies beside traces", async () => {
  assert.equal(detectReader(CHUNK, "x"), undefined);
  assert.equal(detectReader(CHUNK, "x", { named: true })?.id, "readsb-heatmap");
  assert.match(describeUnreadable(CHUNK), /heatmap.*traces.*name the file itself/);
  const folder = await mkdtemp(join(tmpdir(), "heatmap-"));
  const path = join(folder, "08.bin.ttf");
  await writeFile(path, gzipSync(CHUNK));
  try {
    for (const named of [true, false]) {
      const collector = new TrackCollector();
      const context = { collector, seen: new SeenInputs(), terms: {} };
      const outcome = await readItem({ path, named, place: { kind: "file", path } }, context);
      assert.equal(outcome.kind, named ? "read" : "unknown");
      assert.equal(collector.pointCount, named ? 4 : 0);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
