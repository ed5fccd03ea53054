import assert from "node:assert/strict";
import { test } from "node:test";
import { openSkyReader } from "../../src/formats/opensky.js";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import { holdsContract, POINTS, plain, readText } from "./contract.js";
import { writeStatesCsv, writeStatesJson, writeTrace } from "./documents.js";

const HEADER = "time,icao24,lat,lon,velocity,onground,baroaltitude\n";
const HOSTILE = [
  '[{"icao24":null,"latitude":1,"longitude":2,"timestamp":3}]',
  '[{"icao24":"4243a2","latitude":"x","longitude":[],"timestamp":{}}]',
  '[{"icao24":"4243a2","latitude":1e308,"longitude":1,"timestamp":1e308}]',
  '[{"icao24":{"toString":1},"latitude":1}]',
  "[null,5,[],[[]],true]",
  '{"icao24":null}',
  '{"icao24":5}',
  '{"icao24":"abc"}',
  '{"icao24":{"0":"4243a2"},"latitude":null,"longitude":5,"timestamp":"x"}',
  '{"icao24":{"0":"4243a2"},"__proto__":{"0":1}}',
  `${HEADER}"1548286867,4243a2,23,-82\n1,2,3\n`,
  `${HEADER}1548286867,4243a2,412,-82,,,\n,,,,,,\n"`,
  `${HEADER}1e308,4243a2,1e308,1e308,1e308,1e308,1e308\n`,
  `${HEADER}NaN,4243a2,NaN,NaN,NaN,NaN,NaN\n`,
  "__proto__,constructor,icao24,lat,lon,time\n1,2,4243a2,23,-82,1548286867\n",
  "icao24,lat,lon,time",
];

holdsContract({
  reader: openSkyReader,
  name: "states.csv",
  lines: true,
  write: (address, points) => writeStatesCsv(address, points),
  writeWithBadRow: (address, points) =>
    writeStatesCsv(address, points, ["1548286867,4243a2,x,,,,,,,,,,"]),
  hostile: HOSTILE,
});

holdsContract({
  reader: openSkyReader,
  name: "states.json",
  write: (address, points) => writeStatesJson(address, points),
  writeWithBadRow: (address, points) => writeStatesJson(address, points, [{ icao24: "4243a2" }]),
  hostile: HOSTILE,
});

const read = (text: string) => readText(openSkyReader, text);

test("the two readers give the same track for the same points", async () => {
  const trace = await readText(readsbTraceReader, writeTrace("4243a2", POINTS));
  const expected = plain(trace.tracks[0]!);
  for (const text of [writeStatesCsv("4243a2", POINTS), writeStatesJson("4243a2", POINTS)]) {
    const { tracks } = await read(text);
    assert.deepEqual(plain(tracks[0]!), expected);
    assert.deepEqual([...tracks[0]!.ground], [...trace.tracks[0]!.ground]);
    assert.deepEqual([...tracks[0]!.squawk], [...trace.tracks[0]!.squawk]);
    assert.deepEqual([...tracks[0]!.trackAngleDeg], [...trace.tracks[0]!.trackAngleDeg]);
  }
});

test("a frame written by columns says the same as records", async () => {
  const records = JSON.parse(writeStatesJson("4243a2", POINTS)) as Record<string, unknown>[];
  const columns = Object.fromEntries(
    Object.keys(records[0]!).map((name) => [
      name,
      Object.fromEntries(records.map((record, i) => [String(i), record[name]])),
    ]),
  );
  const text = JSON.stringify(columns);
  assert.ok(openSkyReader.sniff(new TextEncoder().encode(text), "x.json") > 0);
  const { tracks } = await read(text);
  assert.deepEqual(
    plain(tracks[0]!),
    POINTS.map((_, i) => plain(tracks[0]!)[i]),
  );
  assert.equal(tracks[0]!.length, POINTS.length);
});

test("many aircraft in one table make as many tracks", async () => {
  const both =
    writeStatesCsv("4243a2", POINTS) + writeStatesCsv("0b0001", POINTS).replace(/^.*\n/, "");
  const { report, tracks } = await read(both);
  assert.deepEqual(
    tracks.map(({ address }) => address),
    ["0b0001", "4243a2"],
  );
  assert.equal(report.addresses.length, 2);
});

test("semicolons and tabs separate columns too", async () => {
  const commas = writeStatesCsv("4243a2", POINTS);
  const expected = plain((await read(commas)).tracks[0]!);
  for (const separator of [";", "\t"]) {
    const { tracks } = await read(commas.replaceAll(",", separator));
    assert.deepEqual(plain(tracks[0]!), expected);
  }
});

test("times are seconds, milliseconds or ISO text, UTC when no zone is given", async () => {
  const times = ["1548286867", "1548286867000", "2019-01-23T23:41:07Z", "2019-01-23 23:41:07"];
  const zoned = ["2019-01-24T00:41:07+01:00", "2019-01-23 23:41:07+00:00"];
  for (const time of [...times, ...zoned]) {
    const { tracks } = await read(`${HEADER}${time},4243a2,23,-82,100,false,1000\n`);
    assert.equal(tracks[0]?.timeMs[0], 1_548_286_867_000, time);
  }
});

test("columns of OpenSky are metric: 1000 m are 3281 ft, 100 m/s are 194 kt", async () => {
  const { tracks } = await read(
    "time,icao24,lat,lon,velocity,vertrate,baroaltitude,geoaltitude\n1548286867,4243a2,23,-82,100,-5.08,1000,1100\n",
  );
  const [track] = tracks;
  assert.equal(Math.round(track!.altitudeFt[0]!), 3281);
  assert.equal(Math.round(track!.geometricAltitudeFt[0]!), 3609);
  assert.equal(Math.round(track!.groundSpeedKt[0]!), 194);
  assert.equal(Math.round(track!.verticalRateFpm[0]!), -1000);
});

test("a vertical_rate beside metric columns is m/s, as OpenSky's live interface gives it", async () => {
  const { tracks } = await read(
    "time,icao24,latitude,longitude,velocity,vertical_rate,baro_altitude\n1548286867,4243a2,23,-82,100,-5.08,1000\n",
  );
  assert.equal(Math.round(tracks[0]!.verticalRateFpm[0]!), -1000);
  assert.equal(Math.round(tracks[0]!.altitudeFt[0]!), 3281);
});

test("a vertical_rate_fpm is feet per minute whatever stands beside it", async () => {
  const { tracks } = await read(
    "time,icao24,lat,lon,velocity,vertical_rate_fpm\n1548286867,4243a2,23,-82,100,-1000\n",
  );
  assert.equal(tracks[0]!.verticalRateFpm[0], -1000);
});

test("an empty cell is unknown, and 0 m is 0 ft", async () => {
  const { tracks } = await read(
    `${HEADER}1548286867,4243a2,23,-82,,,\n1548286877,4243a2,23,-82,0,1,0\n`,
  );
  const [track] = tracks;
  assert.ok(Number.isNaN(track!.groundSpeedKt[0]!) && Number.isNaN(track!.altitudeFt[0]!));
  assert.deepEqual([...track!.ground], [2, 1]);
  assert.deepEqual([track!.groundSpeedKt[1], track!.altitudeFt[1]], [0, 0]);
});

test("a last line without its line end is read when it is whole", async () => {
  const text = writeStatesCsv("4243a2", POINTS);
  const { report } = await read(text.trimEnd());
  assert.equal(report.keptCount, POINTS.length);
  assert.deepEqual(report.issues.counts, {});
});

test("tables put one behind the other are read; the second header is one bad row", async () => {
  const { report } = await read(writeStatesCsv("4243a2", POINTS).repeat(2));
  assert.equal(report.keptCount, 2 * POINTS.length);
  assert.deepEqual(report.issues.counts, { "address-invalid": 1 });
});

test("decimal commas and addresses that became numbers are refused with what to do", async () => {
  const text =
    "time;icao24;lat;lon\n1548286867;4243a2;23,5;-82,5\n1548286867;4.00E+22;23.5;-82.5\n";
  const { report } = await read(text);
  assert.equal(report.keptCount, 0);
  assert.match(report.issues.first[0]!.detail, /latitude "23,5" has a decimal comma/);
  assert.match(report.issues.first[1]!.detail, /"4.00E\+22" has become a number.*as downloaded/);
});

test("a table without OpenSky's altitudes says so of a column that may hold some", async () => {
  const text = "time,icao24,lat,lon,altitude_m\n1548286867,4243a2,23.5,-82.5,900\n";
  const { report } = await read(text);
  assert.equal(report.keptCount, 1);
  assert.deepEqual(report.issues.counts, { "column-unread": 1 });
  assert.match(report.issues.first[0]!.detail, /^"altitude_m" .*--map/);
  const known = await read(text.replace("altitude_m", "baroaltitude"));
  assert.deepEqual(known.report.issues.counts, {});
});
