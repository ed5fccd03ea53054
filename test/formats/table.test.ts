import assert from "node:assert/strict";
import { test } from "node:test";
import { describeUnreadable, detectReader } from "../../src/formats/detect.js";
import { tableReader } from "../../src/formats/table.js";
import { parseTableMap, tableMapText } from "../../src/formats/table-map.js";
import { holdsContract, POINTS, plain, readText } from "./contract.js";
import { writeStatesCsv } from "./documents.js";
import { writeFr24Csv } from "./fr24-documents.js";
import { TABLE_MAP, writeTable } from "./table-documents.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const context = (map: string, timeZone?: string) => ({ name: "x.csv", terms: { map, timeZone } });

const HOSTILE = [
  "When,Who,Y,X,Height (ft),V,Dir,Climb,Name,Sqk,Gnd\n",
  `${writeTable("4243a2", [])}1e308,4243a2,1e308,1e308,1e308,1e308,1e308,1e308,,,,\n`,
  `${writeTable("4243a2", [])}"1548286867,4243a2,23,-82\n1,2,3\n"`,
  `${writeTable("4243a2", [])}NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN\n`,
  "__proto__,constructor,toString\n1,2,3\n",
  '"""\n',
];

holdsContract({
  reader: tableReader,
  name: "own.csv",
  lines: true,
  context: context(TABLE_MAP),
  write: (address, points) => writeTable(address, points),
  writeWithBadRow: (address, points) =>
    writeTable(address, points, {}, ["1548286867,4243a2,x,,,,,,,,,"]),
  hostile: HOSTILE,
});

holdsContract({
  reader: tableReader,
  name: "excel.csv",
  lines: true,
  context: context(TABLE_MAP),
  write: (address, points) => writeTable(address, points, { delimiter: ";", commas: true }),
  writeWithBadRow: (address, points) =>
    writeTable(address, points, { delimiter: ";", commas: true }, ["1548286867;4243a2;x;;;;;;;;;"]),
  hostile: HOSTILE,
});

const read = (text: string, map: string, timeZone?: string) =>
  readText(tableReader, text, Infinity, context(map, timeZone));

/** The rows under a header, as points. */
async function pointsOf(header: string, rows: readonly string[], map: string, timeZone?: string) {
  const { tracks, report, error } = await read(
    `${header}\n${rows.map((row) => `${row}\n`).join("")}`,
    map,
    timeZone,
  );
  return { points: tracks.flatMap(plain), counts: report.issues.counts, report, error, tracks };
}

const ROW = "2019-01-23T23:41:07Z,23.5,-82.25,1000,100,10";
const HEADER = "t,y,x,a,v,r";
const MAP = "time=t,lat=y,lon=x,hex==4ca7b3";

test("units are those the mapping says", async () => {
  const cases: [string, string, number][] = [
    ["alt=a:m", "altitudeFt", 3281],
    ["alt=a:ft", "altitudeFt", 1000],
    ["alt=a:fl", "altitudeFt", 100_000],
    ["speed=v:kt", "groundSpeedKt", 100],
    ["speed=v:mps", "groundSpeedKt", 194],
    ["speed=v:kmh", "groundSpeedKt", 54],
    ["speed=v:mph", "groundSpeedKt", 87],
    ["rate=r:mps", "verticalRateFpm", 1969],
    ["rate=r:fpm", "verticalRateFpm", 10],
  ];
  for (const [part, name, expected] of cases) {
    const found = await pointsOf(HEADER, [ROW], `${MAP},${part}`);
    assert.equal(found.points[0]![name], expected, part);
  }
});

test("an altitude whose unit nobody says is refused, and read when the column's name says it", async () => {
  const { error } = await pointsOf(HEADER, [ROW], `${MAP},alt=a`);
  assert.match(
    error!.message,
    /"a" does not say what its altitudes are in; write alt=a:ft or alt=a:m/,
  );
  for (const [name, feet] of [
    ["altitude_m", 3281],
    ["Alt (ft)", 1000],
    ["altitudeFt", 1000],
  ] as const) {
    const found = await pointsOf(HEADER.replace("a", name), [ROW], `${MAP},alt=${name}`);
    assert.equal(found.points[0]!.altitudeFt, feet, name);
  }
});

test("columns are found by name in any case, by number, and by a name in quotes", async () => {
  const rows = ["2019-01-23T23:41:07Z;23.5;-82.25;4CA7B3"];
  const header = 'Date, UTC;Y "lat";x;ICAO';
  const map = 'time="date, utc",lat="y ""lat""",lon=#3,hex=icao';
  const named = await pointsOf(header, rows, map);
  assert.equal(named.error, undefined);
  assert.equal(named.tracks[0]!.address, "4ca7b3");
  assert.equal(named.points.length, 1);
  assert.equal(tableMapText(parseTableMap(map)), map);
});

test("a table without names is read by numbers, its first line too", async () => {
  const map = "time=#1,lat=#2,lon=#3,hex==4ca7b3";
  const { report, points: found } = await pointsOf(
    "1548286867,23.5,-82.25",
    ["1548286868,23.5,-82.24"],
    map,
  );
  assert.equal(found.length, 2);
  assert.equal(report.rowCount, 2);
});

test("a column that is there twice is refused until it is said which", async () => {
  const { error } = await pointsOf(
    "t,lat,lat,x",
    ["1548286867,1,2,3"],
    "time=t,lat=lat,lon=x,hex==4ca7b3",
  );
  assert.match(error!.message, /2 columns called "lat"; say which, #2 or #3/);
});

test("times in every form give the same moment", async () => {
  const forms: [string, string, string?][] = [
    ["1548286867", "time=t"],
    ["1548286867000", "time=t"],
    ["1548286867.000", "time=t:s"],
    ["1548286867000", "time=t:ms"],
    ["2019-01-23T23:41:07Z", "time=t"],
    ["2019-01-23 23:41:07 UTC", "time=t"],
    ["2019-01-23 23:41:07+00", "time=t"],
    ["2019-01-24T02:41:07.000+0300", "time=t"],
    ["2019-01-24 02:41:07", "time=t", "Europe/Moscow"],
    ["23/01/2019 23:41:07", 'time=t:"DD/MM/YYYY HH:mm:ss"', "UTC"],
    ["1/23/2019 11:41:07 PM", 'time=t:"M/D/YYYY h:mm:ss A"', "UTC"],
    ["23-Jan-2019 18:41:07 -0500", 'time=t:"DD-MMM-YYYY HH:mm:ss Z"'],
  ];
  for (const [time, part, zone] of forms) {
    const found = await pointsOf(
      "t,y,x",
      [`${time},23.5,-82.25`],
      `${part},lat=y,lon=x,hex==4ca7b3`,
      zone,
    );
    assert.equal(found.points[0]?.timeMs, 1_548_286_867_000, `${time} ${found.error?.message}`);
  }
});

test("a fraction of a second is one, however many digits it has", async () => {
  const map = 'time=t:"DD/MM/YYYY HH:mm:ss",lat=y,lon=x,hex==4ca7b3';
  for (const [fraction, ms] of [
    ["5", 500],
    ["05", 50],
    ["123456", 123],
  ] as const) {
    const row = `23/01/2019 23:41:07.${fraction},23.5,-82.25`;
    const found = await pointsOf("t,y,x", [row], map, "UTC");
    assert.equal(found.points[0]!.timeMs, 1_548_286_867_000 + ms);
  }
});

test("a date and a time of day in columns of their own are one moment", async () => {
  const map = "time=Time,date=Date:DD.MM.YYYY,lat=y,lon=x,hex==4ca7b3";
  const found = await pointsOf(
    "Date;Time;y;x",
    ["24.01.2019;00:41:07;23,5;-82,25"],
    map,
    "Europe/Paris",
  );
  assert.equal(found.points[0]!.timeMs, 1_548_286_867_000);
  assert.equal(found.points[0]!.lonDeg, -82.25);
});

test("times without a zone are refused until the zone is said, and never taken for UTC", async () => {
  const row = ROW.replace("Z", "");
  const { error, points: none } = await pointsOf(HEADER, [row], MAP);
  assert.deepEqual(none, []);
  assert.match(error!.message, /name no zone .*give --tz/);
  const utc = await pointsOf(
    HEADER.replace("t", "Time (UTC)"),
    [row],
    MAP.replace("=t", "=Time (UTC)"),
  );
  assert.equal(utc.points.length, 1);
  const other = await pointsOf(
    HEADER.replace("t", "Time (UTC)"),
    [row],
    MAP.replace("=t", "=Time (UTC)"),
    "Europe/Paris",
  );
  assert.match(
    other.error!.message,
    /says that times are UTC, and --tz Europe\/Paris that they are not/,
  );
});

test("a local time that clocks showed twice or never is counted and left out", async () => {
  const found = await pointsOf(
    "t,y,x",
    [
      "2019-10-27 02:30:00,23.5,-82",
      "2019-03-31 02:30:00,23.5,-82",
      "2019-10-27 12:30:00,23.5,-82",
    ],
    MAP,
    "Europe/Paris",
  );
  assert.deepEqual(found.counts, { "local-time-ambiguous": 1, "local-time-skipped": 1 });
  assert.equal(found.points.length, 1);
});

test("a day that does not exist is no time", async () => {
  const map = 'time=t:"DD/MM/YYYY HH:mm",lat=y,lon=x,hex==4ca7b3';
  const { counts } = await pointsOf(
    "t,y,x",
    ["31/02/2019 23:41,23.5,-82", "01/13/2019 23:41,23.5,-82"],
    map,
    "UTC",
  );
  assert.deepEqual(counts, { "time-malformed": 2 });
});

test("decimal commas are read, and thousands where decimals have points", async () => {
  const header = "t;y;x;a";
  const map = `${MAP},alt=a:ft`;
  const comma = await pointsOf(header, ["1548286867;23,5;-82,25;3.500"], map);
  assert.deepEqual([comma.points[0]!.latDeg, comma.points[0]!.altitudeFt], [23.5, 3500]);
  const point = await pointsOf(header, ["1548286867;23.5;-82.25;3,500"], map);
  assert.equal(point.points[0]!.altitudeFt, 3500);
  const open = await pointsOf(header, ["1548286867;23;-82;3,500"], map);
  assert.equal(Number.isNaN(open.points[0]!.altitudeFt), true);
  assert.deepEqual(open.counts, { "value-malformed": 1 });
});

test("decimal commas between commas are counted, never shifted into other columns", async () => {
  const { counts, points: found } = await pointsOf("t,y,x,a", ["1548286867,23,5,-82,25,1000"], MAP);
  assert.deepEqual(found, []);
  assert.deepEqual(counts, { "row-malformed": 1 });
});

test("addresses that a spreadsheet damaged are counted with what happened to them", async () => {
  const rows = ["4.00E+22", "12345", "A1B2", "#N/A", "400E22", "00a1b2"];
  const { counts, report, tracks } = await pointsOf(
    "t,y,x,icao",
    rows.map((hex) => `1548286867,23.5,-82.25,${hex}`),
    "time=t,lat=y,lon=x,hex=icao",
  );
  assert.deepEqual(counts, { "address-invalid": 4 });
  assert.match(report.issues.first[0]!.detail, /"4.00E\+22" has become a number; a spreadsheet/);
  assert.deepEqual(
    tracks.map(({ address }) => address),
    ["00a1b2", "400e22"],
  );
});

test("a registration without an address names a made-up track, one for each, and is told", async () => {
  const rows = ["RA-96019", "ra-96019", "CU-T1250"].map(
    (reg, i) => `154828686${i},23.5,-82.25,${reg}`,
  );
  const { counts, tracks } = await pointsOf("t,y,x,reg", rows, "time=t,lat=y,lon=x,reg=reg");
  assert.deepEqual(counts, { "aircraft-unnamed": 2 });
  assert.deepEqual(
    tracks.map(({ length, sources }) => [length, sources[0]!.stated.registration]).sort(),
    [
      [1, "CU-T1250"],
      [2, "RA-96019"],
    ],
  );
  assert.ok(tracks.every(({ address }) => address.startsWith("~")));
});

test("the word ground in place of an altitude is one", async () => {
  const { tracks, counts } = await pointsOf(
    "t,y,x,a",
    ["1548286867,23.5,-82.25,ground"],
    `${MAP},alt=a:ft`,
  );
  assert.equal(tracks[0]!.ground[0], 1);
  assert.deepEqual(counts, {});
});

test("a mapping that says too little, or nonsense, is wrong usage and says what is missing", () => {
  const cases: [string, RegExp][] = [
    ["lat=y,lon=x,hex=h", /which column is time/],
    ["time=t,lat=y,lon=x", /whose positions.*hex==4ca7b3/],
    ["time=t,lat=y,lon=x,hex=h,alt=a:km", /"km" as unit of alt; write ft, m, fl/],
    ["time=t,lat=y,lon=x,hex=h,lat=z", /lat twice/],
    ["time=t,lat==5,lon=x,hex=h", /one value for all rows; only hex, reg/],
    ["time=?,lat=y,lon=x,hex=h", /leaves time open/],
    ["time=t,lat=y,lon=x,hex=h,alt=a:?", /leaves alt open/],
    ["time=t,lat=y,lon=x,hex=h,height=z", /the field height; there are/],
    ["time=t,lat=y,lon=x,hex=h,squawk=s:oct", /gives squawk a unit/],
    ['time=t,lat="y,lon=x', /quote/],
    ["time=t,lat=#0,lon=x,hex=h", /counted from #1/],
    ["nonsense", /not written field=COLUMN/],
    ["", /which column is time/],
  ];
  for (const [text, expected] of cases) assert.throws(() => parseTableMap(text), expected, text);
});

test("a mapping reads tables that have its columns, and no others", () => {
  const table = bytes(writeTable("4243a2", POINTS));
  const states = bytes(writeStatesCsv("4243a2", POINTS));
  const terms = { map: TABLE_MAP };
  assert.equal(detectReader(table, "x"), undefined);
  assert.equal(detectReader(table, "x", { terms })?.id, "table");
  assert.equal(detectReader(states, "x", { terms })?.id, "opensky-states");
  const named = { map: "time=time,lat=lat,lon=lon,hex=icao24" };
  assert.equal(detectReader(states, "x", { terms: named })?.id, "table");
  const numbered = { map: "time=#1,lat=#3,lon=#4,hex=#2" };
  assert.equal(detectReader(states, "x", { terms: numbered })?.id, "opensky-states");
  assert.equal(detectReader(table, "x", { terms: numbered })?.id, "table");
  assert.match(
    describeUnreadable(table, named),
    /without the column "time", "lat", "lon", "icao24" that --map names/,
  );
});

test("a table that somebody knows is not asked about", () => {
  for (const text of [writeFr24Csv("api", POINTS), writeStatesCsv("4243a2", POINTS)])
    assert.notEqual(detectReader(bytes(text), "x.csv"), undefined);
});

test("what a table calls by an id of its own gets a made-up track for each, also among thousands", async () => {
  const rows = Array.from(
    { length: 6000 },
    (_, i) => `${1_548_286_867 + i},${(i % 80) + 0.5},${(i % 170) + 0.25},f${i}`,
  );
  const { tracks, counts } = await pointsOf("t,y,x,fid", rows, "time=t,lat=y,lon=x,id=fid");
  assert.equal(tracks.length, 6000);
  assert.deepEqual(counts, { "aircraft-unnamed": 6000 });
});

test("names in another encoding than UTF-8 are no hindrance: the column is given by its number", async () => {
  const text =
    "Zeit;Breite;L\u00e4nge;H\u00f6he\n1548286867;23,5;-82,25;1000\n1548286868;23,5;-82,26;900\n";
  const latin1 = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const map = "time=Zeit,lat=Breite,lon=#3,alt=#4:m,hex==4ca7b3";
  assert.equal(detectReader(latin1, "x", { terms: { map } })?.id, "table");
  const { report } = await readText(tableReader, latin1, Infinity, context(map));
  assert.equal(report.keptCount, 2);
});
