import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fr24CsvReader } from "../../src/formats/fr24-csv.js";
import type { Point } from "../../src/track/track.js";
import { holdsContract, POINTS, readText } from "./contract.js";
import { writeFr24Csv } from "./fr24-documents.js";

const UNNAMED = { "aircraft-unnamed": 1 };
const WEB = "Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction\n";
const API = "timestamp,lat,lon,alt,gspeed,vspeed,track,squawk,callsign,source\n";
const HOSTILE = [
  `${WEB}1548286867,x,y,"1,2,3",,,\n,,,,,,\n"`,
  `${WEB}1548286867,,,"${"9,".repeat(9999)}",1,1,1\n`,
  `${API}2019-01-23T23:41:07Z,NaN,Infinity,1e999,-1,x,y,z,"a\n`,
  `${API}9999999999999,1,1,1,1,1,1,1,1,1\n`,
  "__proto__,constructor,timestamp,position,altitude,speed\n1,2,3,4,5,6\n",
  "timestamp,lat,lon,alt,gspeed",
];

for (const form of ["web", "api"] as const) {
  holdsContract({
    reader: fr24CsvReader,
    name: `${form}.csv`,
    lines: true,
    namesNoAircraft: true,
    notes: UNNAMED,
    loses: form === "web" ? ["verticalRateFpm"] : [],
    write: (_, points) => writeFr24Csv(form, points),
    writeWithBadRow: (_, points) =>
      writeFr24Csv(form, points, [
        form === "web" ? '1548286867,,X,"x",1,1,1' : "x,1,1,1,1,1,1,1,,",
      ]),
    hostile: HOSTILE,
  });
}

const read = (text: string) => readText(fr24CsvReader, text);
const row = (altitude: number, speed: number, rate = 0) =>
  `${API}2019-01-23T23:41:07Z,23,-82,${altitude},${speed},${rate},90,0746,RSD1,ADSB\n`;

test("altitude 0 is no contact with the ground, and no altitude unless a rate says it is measured", async () => {
  const cases = [
    [0, 150, 0, Number.NaN],
    [0, 5, 0, Number.NaN],
    [0, 150, -704, 0],
    [25, 120, 0, 25],
  ] as const;
  for (const [altitudeFt, speedKt, rateFpm, expectedFt] of cases) {
    const [track] = (await read(row(altitudeFt, speedKt, rateFpm))).tracks;
    assert.deepEqual([track!.ground[0], track!.altitudeFt[0]], [2, expectedFt]);
  }
});

test("a web table never says more of altitude 0 than that it is not known", async () => {
  const points: Point[] = [{ ...POINTS[0]!, altitudeFt: 0, groundSpeedKt: 140 }];
  const [track] = (await read(writeFr24Csv("web", points))).tracks;
  assert.deepEqual([track!.ground[0], track!.altitudeFt[0]], [2, Number.NaN]);
});

test("the older table without UTC gives the same track", async () => {
  const expected = await read(writeFr24Csv("web", POINTS));
  const { report, tracks } = await read(writeFr24Csv("web-old", POINTS));
  assert.deepEqual(tracks[0], { ...expected.tracks[0]!, sources: tracks[0]!.sources });
  assert.deepEqual(report.issues.counts, UNNAMED);
});

test("the same track downloaded twice has one made-up address, another one another", async () => {
  const addresses: string[] = [];
  for (const points of [POINTS, POINTS.slice(0, 5), POINTS.slice(1)])
    addresses.push((await read(writeFr24Csv("web", points))).tracks[0]!.address);
  const [whole, half, other] = addresses;
  assert.equal(whole, half);
  assert.notEqual(whole, other);
});

test("the message says which callsign the unnamed track has", async () => {
  const [first, ...rest] = POINTS;
  const { report } = await read(writeFr24Csv("web", [{ ...first!, callsign: "" }, ...rest]));
  assert.match(report.issues.first[0]!.detail, /callsign RSD123.*listed as ~[0-9a-f]{6}$/);
});

test("a column hex names the aircraft where somebody added one", async () => {
  const { report, tracks } = await read(`hex,${row(100, 100).replace("\n", "\n4243A2,")}`);
  assert.equal(tracks[0]!.address, "4243a2");
  assert.deepEqual(report.issues.counts, {});
});

test("tables put one behind the other are tracks of their own", async () => {
  const second = POINTS.map((point) => ({ ...point, timeMs: point.timeMs + 86_400_000 }));
  const { report, tracks } = await read(writeFr24Csv("web", POINTS) + writeFr24Csv("web", second));
  assert.equal(tracks.length, 2);
  assert.deepEqual(report.issues.counts, { "aircraft-unnamed": 2, "row-is-header": 1 });
});

test("a position that was computed and not received is left out and counted", async () => {
  const { report } = await read(row(100, 100).replace("ADSB", "ESTIMATED"));
  assert.equal(report.keptCount, 0);
  assert.deepEqual(report.issues.counts, { "position-estimated": 1 });
});

test("what a spreadsheet did to times is repaired by the column UTC, and else refused", async () => {
  const rounded = writeFr24Csv("web", POINTS).replaceAll(/^15\d+/gm, "1.55E+09");
  const [track] = (await read(rounded)).tracks;
  assert.deepEqual(
    [...track!.timeMs],
    POINTS.map(({ timeMs }) => timeMs),
  );
  const { report } = await read(writeFr24Csv("web-old", POINTS).replaceAll(/^15\d+/gm, "1.55E+09"));
  assert.equal(report.keptCount, 0);
  assert.deepEqual(report.issues.counts, { "row-without-time": POINTS.length });
  assert.match(report.issues.first[0]!.detail, /spreadsheet rounds/);
});

test("semicolons between cells leave the comma inside a position", async () => {
  const text = writeFr24Csv("web", POINTS)
    .replaceAll(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/gm, ";")
    .replaceAll('"', "");
  const { report } = await read(text);
  assert.equal(report.keptCount, POINTS.length);
  assert.deepEqual(report.issues.counts, UNNAMED);
});

test("decimal commas are refused with what to do", async () => {
  const places = ['"23,5,-82,5"', '"23;5"'];
  for (const place of places) {
    const { report } = await read(`${WEB}1548286867,,X,${place},1,1,1\n`);
    assert.equal(report.keptCount, 0);
    assert.equal(report.issues.counts["row-without-position"], 1);
  }
  const { report } = await read(`${WEB.replaceAll(",", ";")}1548286867;;X;23,5,-82,5;1;1;1\n`);
  assert.match(report.issues.first[0]!.detail, /decimal commas.*decimal points/);
  const altitude = await read(`${WEB}1548286867,,X,"23,-82","1,5",1,1\n`);
  assert.equal(altitude.report.keptCount, 1);
  assert.ok(altitude.report.issues.first.some(({ detail }) => detail.includes("decimal comma")));
});

test("any cells in any order crash nothing, and each row is kept or counted", async () => {
  const cell = fc.oneof(
    fc.double(),
    fc.constantFrom(
      "",
      "0",
      "-1",
      "412",
      '"1,2"',
      "NaN",
      "1e9",
      "1548286867",
      "2019-01-23T23:41:07Z",
      "x",
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 7, maxLength: 10 }), { maxLength: 8 }),
      async (rows) => {
        for (const header of [WEB, API]) {
          const { report, tracks } = await read(
            `${header}${rows.map((cells) => `${cells.join()}\n`).join("")}`,
          );
          const { counts } = report!.issues;
          const refused = Object.entries(counts)
            .filter(([kind]) => /^row-|^position-|^latitude|^longitude|^time-|^address/.test(kind))
            .reduce((sum, [, count]) => sum + count, 0);
          assert.equal(report!.keptCount + refused, report!.rowCount);
          for (const track of tracks)
            assert.ok(track.latDeg.every((latDeg) => Math.abs(latDeg) <= 90));
        }
      },
    ),
    { seed: 1944, numRuns: 200 },
  );
});
