import assert from "node:assert/strict";
import { test } from "node:test";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import type { Point } from "../../src/track/track.js";
import { holdsContract, POINTS, plain, readText } from "./contract.js";
import { writeTrace } from "./documents.js";

const row = (...values: unknown[]) => JSON.stringify(values);
const trace = (rows: string, header = '"icao":"4243a2","timestamp":1548286867') =>
  `{${header},"trace":[${rows}]}`;

holdsContract({
  reader: readsbTraceReader,
  name: "trace_full_4243a2.json",
  write: (address, points) => writeTrace(address, points),
  writeWithBadRow: (address, points) =>
    writeTrace(address, points, { extraRows: [[10, 23, "x", 3000, 200, 90, 0]] }),
  hostile: [
    trace("", '"icao":null,"timestamp":1'),
    trace("", '"icao":{"toString":1},"timestamp":1'),
    trace("", '"icao":["4243a2"],"timestamp":1'),
    trace("", '"icao":"4243a2"'),
    trace("", '"icao":"4243a2","timestamp":"yesterday"'),
    trace("", '"icao":"zzzzzz","timestamp":1'),
    trace("", '"icao":"000000","timestamp":1'),
    trace(row(0, 1, 2, 3, 4, 5, 6), '"icao":"4243a2","timestamp":1e308'),
    '{"icao":"4243a2","timestamp":1548286867,"trace":{}}',
    '{"icao":"4243a2","timestamp":1548286867,"trace":"x"}',
    trace("null,5,{},[],[[]],true"),
    trace(row([[1]], [2], { a: 1 }, [], {}, null, "x", [], [])),
    trace(row(0, 23, -82, { a: 1 }, [], "x", "y", {}, [1, 2], {}, [], {}, [], {})),
    trace(row(0, 23, -82, 3000, 200, 90, 1e308, 1e308, { flight: 5, squawk: [], nic: "a" })),
    trace(row(1e308, 1e308, -1e308, 1e308, 1e308, 1e308, 1e308, 1e308, null)),
    trace(row(0, 23, -82, 3000, 200, 90, 0, 0, { __proto__: null, constructor: 1 })),
    `{"__proto__":{"icao":"4243a2"},"icao":"4243a2","timestamp":1,"trace":[]}`,
  ],
});

const START_S = Math.floor(POINTS[0]!.timeMs / 1000);
const read = (text: string) => readText(readsbTraceReader, text);

test("rows of 9 and of 14 columns say the same", async () => {
  const old = await read(writeTrace("4243a2", POINTS, { columns: 9 }));
  const recent = await read(writeTrace("4243a2", POINTS, { columns: 14 }));
  assert.deepEqual(plain(old.tracks[0]!), plain(recent.tracks[0]!));
});

test("offsets count from the timestamp, be it the first point or midnight", async () => {
  const midnightS = Date.parse("2019-01-23T00:00:00Z") / 1000;
  const first = await read(writeTrace("4243a2", POINTS));
  const midnight = await read(writeTrace("4243a2", POINTS, { timestampS: midnightS }));
  assert.deepEqual(plain(midnight.tracks[0]!), plain(first.tracks[0]!));
  assert.equal(midnight.tracks[0]!.timeMs[0], POINTS[0]!.timeMs);
});

test('"ground" is a report from the ground and no altitude; its direction is a heading', async () => {
  const { tracks } = await read(trace(row(0, 23, -82, "ground", 12, 90, 0, null, null)));
  const [track] = tracks;
  assert.equal(track!.ground[0], 1);
  assert.ok(Number.isNaN(track!.altitudeFt[0]!));
  assert.ok(Number.isNaN(track!.trackAngleDeg[0]!));
  assert.equal(track!.groundSpeedKt[0], 12);
});

test("an altitude of null leaves air or ground unknown, a number means air", async () => {
  const rows = [row(0, 23, -82, null, 12, 90, 0), row(9, 23, -82, 0, 12, 90, 0)].join(",");
  const [track] = (await read(trace(rows))).tracks;
  assert.deepEqual([...track!.ground], [2, 0]);
  assert.ok(Number.isNaN(track!.altitudeFt[0]!));
  assert.equal(track!.altitudeFt[1], 0);
});

test("callsign and squawk hold until the next ones", async () => {
  const rows = [
    row(0, 23, -82, 3000, 200, 90, 0, 0, null),
    row(10, 23.1, -82, 3000, 200, 90, 0, 0, { flight: "RSD123  ", squawk: "0042" }),
    row(20, 23.2, -82, 3000, 200, 90, 0, 0, null),
    row(30, 23.3, -82, 3000, 200, 90, 0, 0, { flight: "        ", squawk: "d276" }),
    row(40, 23.4, -82, 3000, 200, 90, 0, 0, { flight: "RSD9    " }),
  ];
  const [track] = (await read(trace(rows.join(",")))).tracks;
  const callsigns = [...track!.callsignIndex].map((index) => track!.callsigns[index]);
  assert.deepEqual(callsigns, ["", "RSD123", "RSD123", "RSD123", "RSD9"]);
  assert.deepEqual([...track!.squawk], [-1, 42, 42, 42, 42]);
});

test("geometric altitude comes from its column, else the detail, else the flag", async () => {
  const rows = [
    row(0, 23, -82, 3000, 200, 90, 0, 0, { alt_geom: 3100 }, "adsb_icao", 3200, null, null, null),
    row(9, 23, -82, 3000, 200, 90, 0, 0, { alt_geom: 3100 }, "adsb_icao", null, null, null, null),
    row(18, 23, -82, 3000, 200, 90, 8, 0, null, "adsb_icao", null, null, null, null),
    row(27, 23, -82, 3000, 200, 90, 0, 0, null, "adsb_icao", null, null, null, null),
  ];
  const [track] = (await read(trace(rows.join(",")))).tracks;
  assert.deepEqual([...track!.geometricAltitudeFt], [3200, 3100, 3000, Number.NaN]);
  assert.equal(track!.flags[2], 8);
});

test("the header's word on the aircraft is kept as stated, flags taken apart", async () => {
  const header = { r: "VP-BJG ", t: "GLEX", desc: "", ownOp: "X", dbFlags: 1 | 8, year: "2008" };
  const { tracks } = await read(writeTrace("4243a2", POINTS, { header }));
  assert.deepEqual(tracks[0]!.sources[0]!.stated, {
    registration: "VP-BJG",
    typeDesignator: "GLEX",
    operator: "X",
    military: true,
    privacyAddress: false,
    limitedDisplay: true,
  });
});

test("an input that says it is simulated is marked so, and nothing else is", async () => {
  for (const [simulated, expected] of [
    [true, true],
    ["true", false],
    [0, false],
  ] as const) {
    const { report } = await read(writeTrace("4243a2", POINTS, { header: { simulated } }));
    assert.equal(report.simulated, expected);
  }
});

test("a trace without rows is read and gives nothing", async () => {
  const { report, error, tracks } = await read(writeTrace("4243a2", []));
  assert.equal(error, undefined);
  assert.equal(report.rowCount, 0);
  assert.deepEqual(tracks, []);
});

test("a damaged byte in a long trace costs only the rows after it", async () => {
  const many: Point[] = Array.from({ length: 3000 }, (_, i) => ({
    ...POINTS[0]!,
    timeMs: START_S * 1000 + i * 5000,
    latDeg: 20 + i / 1024,
    row: i,
  }));
  const text = writeTrace("4243a2", many);
  const at = Math.floor(text.length / 2);
  const { report, error } = await read(`${text.slice(0, at)}\u0001${text.slice(at + 1)}`);
  assert.equal(error, undefined);
  assert.ok(report.keptCount > 1400, `${report.keptCount} rows were kept`);
  assert.equal(report.issues.counts["truncated"], 1);
});

test("an error names what is wrong with the header", async () => {
  const wrong: [string, RegExp][] = [
    [trace("", '"icao":"zz","timestamp":1'), /"icao" is "zz"/],
    [trace("", '"icao":"4243a2"'), /"timestamp" is missing/],
    ['{"icao":"4243a2","timestamp":1,"trace":5}', /"trace" is not a list/],
  ];
  for (const [text, message] of wrong) {
    const { error } = await read(text);
    assert.equal(error?.code, "input-invalid");
    assert.match(error!.message, message);
  }
});
