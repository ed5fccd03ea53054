import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { describeUnreadable, detectReader } from "../../src/formats/detect.js";
import { openSkyRestReader } from "../../src/formats/opensky-rest.js";
import { vrsListReader } from "../../src/formats/vrs-list.js";
import { writeOpenSkyAnswer, writeVrsList } from "./answer-documents.js";
import { holdsContract, plain, readText } from "./contract.js";

const HOSTILE = [
  '{"time":1548286867,"states":null}',
  '{"time":1548286867,"states":[null,5,[],[[]],{},["4243a2",{},[],"x",null,412,{}]]}',
  '{"time":1548286867,"states":[["4243a2",0,0,1e308,0,1e308,1e308]]}',
  '{"icao24":{},"path":[[1548286867,23,-82,1,1,1]]}',
  `{"icao24":"4243a2","path":[${"[".repeat(5000)}`,
  '{"acList":[null,5,[],{},{"Icao":5},{"Icao":"4243a2","Lat":"x"},{"Icao":"4243a2","Lat":412,"Long":1,"PosTime":1548286867000}]}',
  '{"acList":[{"Icao":"4243A2","Lat":1,"Long":2,"PosTime":"/Date(1548286867000)/"}]}',
  '{"acList":{}}',
];

for (const form of ["states", "tracks"] as const) {
  holdsContract({
    reader: openSkyRestReader,
    name: `${form}.json`,
    loses: form === "tracks" ? ["groundSpeedKt", "verticalRateFpm"] : [],
    write: (address, points) => writeOpenSkyAnswer(form, address, points),
    writeWithBadRow: (address, points) => writeOpenSkyAnswer(form, address, points, [[]]),
    hostile: HOSTILE,
  });
}

holdsContract({
  reader: vrsListReader,
  name: "AircraftList.json",
  write: (address, points) => writeVrsList(address, points),
  writeWithBadRow: (address, points) => writeVrsList(address, points, [{}]),
  hostile: HOSTILE,
});

test("OpenSky's states are metric, longitude first, and as old as the position and not the answer", async () => {
  const row = [
    "4243a2",
    "RSD1 ",
    "X",
    1_548_286_860,
    1_548_286_866,
    -82,
    23,
    1000,
    true,
    100,
    90,
    -5.08,
  ];
  const text = JSON.stringify({
    time: 1_548_286_867,
    states: [[...row, null, 1100, "0746", false, 2]],
  });
  const [track] = (await readText(openSkyRestReader, text)).tracks;
  assert.deepEqual(plain(track!), [
    {
      timeMs: 1_548_286_860_000,
      latDeg: 23,
      lonDeg: -82,
      altitudeFt: 3281,
      groundSpeedKt: 194,
      verticalRateFpm: -1000,
      callsign: "RSD1",
    },
  ]);
  assert.deepEqual([track!.ground[0], track!.positionSource[0], track!.squawk[0]], [1, 6, 746]);
});

test("OpenSky's list of legs is refused: its airports are estimates and it holds no positions", () => {
  const text =
    '[{"icao24":"4243a2","firstSeen":1,"estDepartureAirport":"UUEE","estArrivalAirport":"MUHA"}]';
  const head = new TextEncoder().encode(text);
  assert.equal(detectReader(head, "x"), undefined);
  assert.match(describeUnreadable(head), /airports it estimated and no positions/);
});

const vrs = (fields: Readonly<Record<string, unknown>>) =>
  readText(
    vrsListReader,
    JSON.stringify({
      acList: [{ Icao: "4243A2", Lat: 23, Long: -82, PosTime: 1_548_286_860_000, ...fields }],
      stm: 1_548_286_867_000,
    }),
  );

test("a list of Virtual Radar Server is dated by each position and not by the list", async () => {
  assert.equal((await vrs({})).tracks[0]!.timeMs[0], 1_548_286_860_000);
});

test("airspeeds, headings and doubtful callsigns are not taken for what they are not", async () => {
  const [track] = (
    await vrs({ Spd: 250, SpdTyp: 2, Trak: 90, TrkH: true, Call: "RSD1", CallSus: true })
  ).tracks;
  assert.deepEqual(
    [track!.groundSpeedKt[0], track!.trackAngleDeg[0], track!.callsigns[track!.callsignIndex[0]!]],
    [Number.NaN, Number.NaN, ""],
  );
});

test("an aircraft of which nothing says whether it is on the ground is neither", async () => {
  assert.equal((await vrs({})).tracks[0]!.ground[0], 2);
  assert.equal((await vrs({ Gnd: true })).tracks[0]!.ground[0], 1);
});

test("routes by callsign are the source's word, and an address marked bad is counted", async () => {
  const [track] = (await vrs({ From: "UUEE Moscow", To: "MUHA Havana", Reg: "RA-96016" })).tracks;
  assert.deepEqual(track!.sources[0]!.stated, {
    registration: "RA-96016",
    airports: { origin: "UUEE Moscow", destination: "MUHA Havana", basis: "route-table" },
  });
  assert.deepEqual((await vrs({ Bad: true })).report.issues.counts, { "address-invalid": 1 });
});

test("any values in any place crash nothing, and each row is kept or counted", async () => {
  const value = fc.oneof(
    fc.constantFrom("4243a2", "x", 23, -82, 412, 1_548_286_867, 1e308, true, null),
    fc.jsonValue({ maxDepth: 1 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(value, { maxLength: 18 }), { maxLength: 6 }),
      async (rows) => {
        const names = ["Icao", "Lat", "Long", "PosTime", "Alt", "Spd", "Gnd"];
        const records = rows.map((row) =>
          Object.fromEntries(names.map((name, i) => [name, row[i]])),
        );
        const texts = [
          [openSkyRestReader, JSON.stringify({ time: 1, states: rows })],
          [openSkyRestReader, JSON.stringify({ icao24: "4243a2", path: rows })],
          [vrsListReader, JSON.stringify({ acList: records })],
        ] as const;
        for (const [reader, text] of texts) {
          const { report, tracks } = await readText(reader, text);
          const refused = Object.entries(report.issues.counts)
            .filter(([kind]) => !/Ft-|Kt-|Deg-|Fpm-/.test(kind))
            .reduce((sum, [, count]) => sum + count, 0);
          assert.equal(report.keptCount + refused, report.rowCount, text);
          for (const track of tracks)
            assert.ok(track.latDeg.every((latDeg) => Math.abs(latDeg) <= 90));
        }
      },
    ),
    { seed: 1944, numRuns: 200 },
  );
});
