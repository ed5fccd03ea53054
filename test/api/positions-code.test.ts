import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseAddress } from "../../src/aircraft/address.js";
import { insideRuns } from "../../src/api/inside-runs.js";
import {
  ALTITUDE_GROUND,
  ALTITUDE_UNKNOWN,
  encodePositions,
  type PositionsBlock,
  type PositionsPart,
  positionsReader,
} from "../../src/api/positions-code.js";
import { positionsBlock } from "../../src/api/positions-of-track.js";
import { TrackBuilder } from "../../src/track/builder.js";
import { FLAG_ALTITUDE_GEOMETRIC } from "../../src/track/track.js";

const START_MS = Date.UTC(2019, 0, 23);

const HEAD: PositionsPart = {
  kind: "head",
  simulated: true,
  fromMs: START_MS,
  toMs: START_MS + 31 * 86_400_000,
  receivedMax: 4_000_000_000,
  sentMax: 2_000_000,
};
const END: PositionsPart = {
  kind: "end",
  heardCount: 12,
  sentCount: 7,
  aircraftCount: 1,
  leftOutCount: 3,
  setAsideCount: 2,
};

const BLOCK = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
  .chain((lengths) => {
    const count = lengths.reduce((sum, length) => sum + length, 0);
    const column = (min: number, max: number) =>
      fc.array(fc.integer({ min, max }), { minLength: count, maxLength: count });
    return fc.record({
      kind: fc.constant("aircraft" as const),
      hex: fc.constantFrom("000001", "4ca7b3", "~4ca7b3", "fffffe"),
      registration: fc.constantFrom("", "EI-DEO", "RA-96019", "A-1"),
      type: fc.constantFrom("", "B738"),
      simulated: fc.boolean(),
      heardCount: fc.integer({ min: count, max: 4_000_000_000 }),
      runLengths: fc.constant(Uint32Array.from(lengths)),
      timeMs: column(0, 31 * 86_400_000).map((all) => Uint32Array.from(all)),
      latE6: column(-90e6, 90e6).map((all) => Int32Array.from(all)),
      lonE6: column(-180e6, 180e6).map((all) => Int32Array.from(all)),
      altitude: column(-32_768, 32_767).map((all) => Int16Array.from(all)),
    });
  })
  .map((block) => ({ ...block }));

test("what is encoded is decoded the same, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(BLOCK, { maxLength: 5 }), fc.integer({ min: 1, max: 90 }), (all, cut) => {
      const parts: PositionsPart[] = [HEAD, ...all, END];
      const bytes = Buffer.concat(parts.map(encodePositions));
      const reader = positionsReader();
      const read: PositionsPart[] = [];
      for (let at = 0; at < bytes.length; at += cut) {
        assert.equal(reader.isWhole(), false);
        // As copies at odd places: no column may need to be aligned.
        read.push(...reader.push(Uint8Array.from(bytes.subarray(at, at + cut))));
      }
      assert.deepEqual(read, parts);
      assert.ok(reader.isWhole());
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("an answer that breaks off is not whole, and what is no such answer is refused", () => {
  const block = fc.sample(BLOCK, { seed: 3, numRuns: 1 })[0]!;
  const bytes = Buffer.concat([HEAD, block, END].map(encodePositions));
  const short = positionsReader();
  short.push(bytes.subarray(0, bytes.length - 1));
  assert.equal(short.isWhole(), false);
  const refused = (change: (view: DataView) => void) => {
    const copy = Uint8Array.from(bytes);
    change(new DataView(copy.buffer));
    assert.throws(() => positionsReader().push(copy), /no list of positions/);
  };
  refused((view) => view.setUint32(0, 9, true));
  refused((view) => view.setUint32(4, 7, true));
  refused((view) => view.setUint32(4, 0xfffffffc, true));
  refused((view) => view.setUint32(8, 2, true));
  const aircraftAt = 40;
  for (const at of [20, 24, 28, 32 + 8])
    refused((view) => view.setUint32(aircraftAt + at, 0xfffffff, true));
  assert.throws(() => positionsReader().push(encodePositions(END)), /no list of positions/);
  assert.throws(() => positionsReader().push(Buffer.concat([bytes, encodePositions(END)])));
  assert.throws(
    () => encodePositions({ ...block, altitude: new Int16Array(1_000) }),
    /positions in stretches/,
  );
});

interface Row {
  readonly atS: number;
  readonly latDeg: number;
  readonly altitudeFt?: number;
  readonly onGround?: boolean;
  readonly flags?: number;
}

function trackOf(rows: readonly Row[]) {
  const builder = new TrackBuilder(parseAddress("4ca7b3")!);
  for (const [row, { atS, ...rest }] of rows.entries())
    builder.add({ timeMs: START_MS + atS * 1000, lonDeg: 179.9, row, ...rest }, 0);
  return builder.build([]);
}

const OPTIONS = { registration: "", type: "", simulated: false, fromMs: START_MS, limit: 1000 };

function blockOf(rows: readonly Row[], holds = (latDeg: number) => latDeg < 60): PositionsBlock {
  return positionsBlock(insideRuns(trackOf(rows), holds), OPTIONS);
}

test("a line ends where the area is left, and where nobody heard it for more than five minutes", () => {
  const rows = [0, 10, 20, 321, 330].map((atS) => ({ atS, latDeg: 50 + atS / 1000 }));
  assert.deepEqual([...blockOf(rows).runLengths], [3, 2]);
  const outAndIn = [50, 51, 61, 52, 53].map((latDeg, i) => ({ atS: i * 10, latDeg }));
  const block = blockOf(outAndIn);
  assert.deepEqual([...block.runLengths], [2, 2]);
  assert.deepEqual([...block.latE6], [50e6, 51e6, 52e6, 53e6]);
  assert.equal(block.heardCount, 4);
  const nowhere = blockOf(outAndIn, () => false);
  assert.deepEqual([nowhere.heardCount, nowhere.runLengths.length], [0, 0]);
});

test("unknown and geometric altitudes are unknown, the ground is the ground, and great heights fit", () => {
  const all = [
    { altitudeFt: 35_004 },
    { altitudeFt: -204 },
    { altitudeFt: 120_000 },
    { altitudeFt: 35_000, flags: FLAG_ALTITUDE_GEOMETRIC },
    {},
    { onGround: true },
  ];
  const rows = all.map((one, i) => ({ atS: i, latDeg: 50, ...one }));
  assert.deepEqual(
    [...blockOf(rows).altitude],
    [3500, -20, 12_000, ALTITUDE_UNKNOWN, ALTITUDE_UNKNOWN, ALTITUDE_GROUND],
  );
});

test("however few positions may be sent, the ends of every stretch are among them", () => {
  const rows = Array.from({ length: 3000 }, (_, i) => {
    return { atS: i * 10 + Math.floor(i / 700) * 3600, latDeg: 50 + (i % 7) / 100, altitudeFt: i };
  });
  const inside = insideRuns(trackOf(rows), () => true);
  for (const limit of [0, 1, 5, 9, 50, 500]) {
    const block = positionsBlock(inside, { ...OPTIONS, limit });
    assert.equal(block.runLengths.length, inside.runs.length);
    assert.ok(block.timeMs.length <= Math.max(limit, 2 * inside.runs.length));
    let at = 0;
    for (const [place, length] of block.runLengths.entries()) {
      const { start, end } = inside.runs[place]!;
      assert.equal(block.timeMs[at], rows[start]!.atS * 1000);
      assert.equal(block.timeMs[at + length - 1], rows[end - 1]!.atS * 1000);
      at += length;
    }
  }
});
