import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Address } from "../../src/aircraft/address.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import { addressFromHex, hexFromAddress } from "../../src/lake/records.js";
import {
  callsignAt,
  FLAG_ALTITUDE_GEOMETRIC,
  POSITION_SOURCES,
  type Track,
} from "../../src/track/track.js";
import { type BuiltPoint, buildTrack, inputOf, sourceOf } from "./build-track.js";
import { temporaryFolder } from "./temporary-folder.js";

const NOON_MS = Date.UTC(2019, 0, 23, 12);

async function lakeWith(tracks: readonly Track[], letters = "a"): Promise<Lake> {
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [...letters].map((letter) => inputOf(letter)), tracks });
  await session.close();
  return lake;
}

/** A track with what is only numbered differently made plain. */
function plain(track: Track | undefined): unknown {
  if (!track) return undefined;
  const { callsigns: _, callsignIndex: _index, sourceIndex, sources, ...columns } = track;
  return {
    ...columns,
    callsign: Array.from(columns.timeMs, (_time, i) => callsignAt(track, i)),
    source: Array.from(sourceIndex, (index) => sources[index]),
  };
}

test("a track comes back as it went in", async () => {
  const track = buildTrack(
    "4ca7b3",
    [
      { timeMs: NOON_MS, latDeg: -33.946111, lonDeg: 151.177222, row: 0 },
      {
        timeMs: NOON_MS + 1,
        latDeg: 90,
        lonDeg: -180,
        altitudeFt: -125,
        geometricAltitudeFt: 45_000,
        groundSpeedKt: 0,
        trackAngleDeg: 359.9,
        verticalRateFpm: -1984,
        onGround: true,
        flags: FLAG_ALTITUDE_GEOMETRIC,
        positionSource: "mlat",
        nic: 8,
        nacP: 0,
        sil: 3,
        callsign: "RSD'1\"",
        squawk: 7,
        row: 1,
      },
      { timeMs: NOON_MS + 9, latDeg: 0, lonDeg: 0, onGround: false, squawk: 7700, row: 4_000 },
    ],
    [sourceOf("a", { stated: { registration: "EI-DEO", military: false, operator: "Ó" } })],
  );
  const lake = await lakeWith([track]);
  assert.deepEqual(plain(await lake.track(track.address)), plain(track));
  await lake.close();
});

test("a non-ICAO address is another aircraft than the ICAO one with the same digits", async () => {
  const point = { timeMs: NOON_MS, latDeg: 1, lonDeg: 2, row: 0 };
  const tracks = [
    buildTrack("~4ca7b3", [{ ...point, callsign: "GROUND" }], [sourceOf("a")]),
    buildTrack("4ca7b3", [{ ...point, callsign: "AIR" }], [sourceOf("a")]),
    buildTrack("000001", [point], [sourceOf("a")]),
  ];
  const lake = await lakeWith(tracks);
  assert.deepEqual(await lake.addresses(), ["000001", "4ca7b3", "~4ca7b3"]);
  for (const track of tracks)
    assert.deepEqual(plain(await lake.track(track.address)), plain(track));
  assert.equal(await lake.track("abcdef" as Address), undefined);
  await lake.close();
});

test("any number of callsigns comes back, unknown ones between them", async () => {
  // What DuckDB counts words with is a byte up to 255 of them, two up to 65,535, then four.
  for (const count of [257, 259, 66_500]) {
    const rows = Array.from({ length: count }, (_, row) => row);
    // A track numbers no more than 65,534 callsigns.
    const tracks = ["4ca7b3", "4ca7b4", "4ca7b5"].map((address, part) => {
      const own = rows.filter((row) => row % 3 === part);
      const points = own.map((row) => {
        return { timeMs: NOON_MS + row, latDeg: 1, lonDeg: 2, row, squawk: row % 4096 };
      });
      const callsigns = ["", ...own.map((row) => `RSD${row}`)];
      const callsignIndex = Uint16Array.from(own, (row, i) => (row % 100 === 50 ? 0 : i + 1));
      return { ...buildTrack(address, points, [sourceOf("a")]), callsigns, callsignIndex };
    });
    const lake = await lakeWith(tracks);
    for (const track of tracks)
      assert.deepEqual(plain(await lake.track(track.address)), plain(track));
    await lake.close();
  }
});

test("damaged callsigns that UTF-8 cannot tell apart are kept as one, a zero inside is marked", async () => {
  const point = { timeMs: NOON_MS, latDeg: 1, lonDeg: 2 };
  const callsigns = ["RSD\ud800", "RSD\ud801", "RSD\0A", "RSD\0B"];
  const points = callsigns.map((callsign, row) => ({ ...point, row, callsign }));
  const lake = await lakeWith([buildTrack("4ca7b3", points, [sourceOf("a")])]);
  const read = (await lake.track("4ca7b3" as Address))!;
  assert.deepEqual(
    callsigns.map((_, i) => callsignAt(read, i)),
    ["RSD\ufffd", "RSD\ufffd", "RSD\ufffdA", "RSD\ufffdB"],
  );
  await lake.close();
});

function atNoon(source: number, row: number): BuiltPoint {
  return { timeMs: NOON_MS, latDeg: source, lonDeg: row, row, source };
}

test("points of equal times keep their order, also between inputs and batches", async () => {
  const both = buildTrack(
    "4ca7b3",
    [atNoon(1, 9), atNoon(0, 5), atNoon(1, 3)],
    [sourceOf("a"), sourceOf("b")],
  );
  const later = buildTrack("4ca7b3", [atNoon(0, 7)], [sourceOf("c")]);
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [inputOf("a"), inputOf("b")], tracks: [both] });
  await session.addBatch({ inputs: [inputOf("c")], tracks: [later] });
  await session.close();
  const read = (await lake.track(both.address))!;
  assert.deepEqual([...read.sourceRow], [9, 5, 3, 7]);
  assert.deepEqual(
    read.sources.map(({ file }) => file),
    ["a.json", "b.json", "c.json"],
  );
  assert.deepEqual([...read.sourceIndex], [1, 0, 1, 2]);
  await lake.close();
});

function after(timeMs: number, row: number): BuiltPoint {
  return { timeMs: NOON_MS + timeMs, latDeg: 1, lonDeg: 1, row };
}

test("two tracks of one address in one batch are merged by time", async () => {
  const lake = await lakeWith(
    [
      buildTrack("4ca7b3", [after(0, 0), after(20, 2)], [sourceOf("a")]),
      buildTrack("4ca7b2", [after(30, 0)], [sourceOf("a")]),
      buildTrack("4ca7b3", [after(10, 1), after(20, 3)], [sourceOf("b")]),
    ],
    "ab",
  );
  assert.deepEqual([...(await lake.track("4ca7b3" as Address))!.sourceRow], [0, 1, 2, 3]);
  await lake.close();
});

test("a track crosses midnight and years in one piece, and a period cuts both ends in", async () => {
  const days = [Date.UTC(1969, 11, 31, 23, 59, 59, 999), 0, Date.UTC(2019, 11, 31), NOON_MS * 2];
  const track = buildTrack(
    "4ca7b3",
    days.map((timeMs, row) => ({ timeMs, latDeg: row, lonDeg: 179.999999, row })),
    [sourceOf("a")],
  );
  const lake = await lakeWith([track]);
  assert.deepEqual((await lake.status()).days.slice(0, 3), [
    "1969-12-31",
    "1970-01-01",
    "2019-12-31",
  ]);
  assert.deepEqual(plain(await lake.track(track.address)), plain(track));
  const part = await lake.track(track.address, { fromMs: days[1]!, toMs: days[2]! });
  assert.deepEqual([...part!.timeMs], days.slice(1, 3));
  assert.equal(await lake.track(track.address, { fromMs: 1, toMs: days[2]! - 0.5 }), undefined);
  await lake.close();
});

function near(a: ArrayLike<number>, b: ArrayLike<number>, step: number): void {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++)
    assert.ok(Object.is(a[i], b[i]) || Math.abs(a[i]! - b[i]!) <= step * 0.5001, `${a[i]} ${b[i]}`);
}

test("any track comes back within the rounding the schema states", async () => {
  const unknown = fc.constant(undefined);
  const point = fc.record({
    timeMs: fc.integer({ min: 0, max: 3 }).map((step) => NOON_MS + step * 43_200_000),
    latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
    lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
    altitudeFt: fc.oneof(unknown, fc.float({ min: -1500, max: 60_000, noNaN: true })),
    geometricAltitudeFt: fc.oneof(unknown, fc.integer({ min: -1500, max: 60_000 })),
    groundSpeedKt: fc.oneof(unknown, fc.float({ min: 0, max: 2000, noNaN: true })),
    trackAngleDeg: fc.oneof(unknown, fc.float({ min: 0, max: Math.fround(359.9), noNaN: true })),
    verticalRateFpm: fc.oneof(unknown, fc.integer({ min: -32_768, max: 32_767 })),
    onGround: fc.oneof(unknown, fc.boolean()),
    positionSource: fc.constantFrom(...POSITION_SOURCES),
    nic: fc.oneof(unknown, fc.integer({ min: 0, max: 11 })),
    callsign: fc.oneof(unknown, fc.string({ minLength: 1, maxLength: 8 })),
    squawk: fc.oneof(unknown, fc.integer({ min: 0, max: 7777 })),
    row: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  });
  const points = fc.array(point, { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(points, async (drawn) => {
      const sorted = drawn.toSorted((a, b) => a.timeMs - b.timeMs);
      const track = buildTrack("4ca7b3", sorted as BuiltPoint[], [sourceOf("a")]);
      const lake = await lakeWith([track]);
      const read = (await lake.track(track.address))!;
      await lake.close();
      near(read.latDeg, track.latDeg, 1e-6);
      near(read.lonDeg, track.lonDeg, 1e-6);
      near(read.altitudeFt, track.altitudeFt, 1);
      near(read.groundSpeedKt, track.groundSpeedKt, 0.1);
      near(read.trackAngleDeg, track.trackAngleDeg, 0.1);
      for (const name of [
        "timeMs",
        "geometricAltitudeFt",
        "verticalRateFpm",
        "ground",
        "positionSource",
        "nic",
        "squawk",
        "sourceRow",
      ] as const)
        assert.deepEqual([...read[name]], [...track[name]], name);
      for (let i = 0; i < track.length; i++)
        assert.equal(callsignAt(read, i), callsignAt(track, i));
    }),
    { seed: 1944, numRuns: 12 },
  );
});

test("more rows than one of DuckDB's chunks come back whole and in order", async () => {
  const track = buildTrack(
    "4ca7b3",
    Array.from({ length: 5000 }, (_, row) => {
      return { timeMs: NOON_MS + row * 1000, latDeg: row / 100, lonDeg: 1, row };
    }),
    [sourceOf("a")],
  );
  const lake = await lakeWith([track]);
  assert.deepEqual(plain(await lake.track(track.address)), plain(track));
  await lake.close();
});

test("ledger and identities come back as they went in", async () => {
  const stated = { registration: "N1", typeDesignator: "GLF5", limitedDisplay: true };
  const track = buildTrack(
    "a00001",
    [{ timeMs: NOON_MS, latDeg: 1, lonDeg: 1, row: 0 }],
    [sourceOf("a", { stated })],
  );
  const silent = buildTrack("a00002", [], [sourceOf("a")]);
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  const inputs = [
    inputOf("b", { firstMs: NOON_MS, lastMs: NOON_MS, complete: false, licence: "" }),
    inputOf("a"),
  ];
  await session.addBatch({ inputs, tracks: [track, silent] });
  await session.close();
  assert.deepEqual(await lake.inputs(), inputs);
  assert.deepEqual(await lake.identities(track.address), [
    {
      inputSha256: "a".repeat(64),
      address: "a00001",
      stated,
      firstMs: NOON_MS,
      lastMs: NOON_MS,
      pointCount: 1,
    },
  ]);
  assert.equal((await lake.identities()).length, 2);
  // Named by an input, but never heard: no aircraft of this lake.
  assert.deepEqual(await lake.addresses(), ["a00001"]);
  await lake.close();
});

test("hex numbers and addresses are two ways to write one thing", () => {
  const text = fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 0xffffff }))
    .map(([other, value]) => {
      return `${other ? "~" : ""}${value.toString(16).padStart(6, "0")}` as Address;
    });
  fc.assert(
    fc.property(text, (address) => addressFromHex(hexFromAddress(address)) === address),
    { seed: 1944 },
  );
});
