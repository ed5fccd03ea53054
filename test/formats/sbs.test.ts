import assert from "node:assert/strict";
import { test } from "node:test";
import { sbsReader } from "../../src/formats/sbs.js";
import { holdsContract, POINTS, readText } from "./contract.js";
import { RAW_CONTEXT, writeSbs } from "./raw-documents.js";

const DATE = "2019/01/24,02:41:07.000";
const line = (type: number, rest: string, { hex = "4243A2", date = DATE } = {}) =>
  `MSG,${type},1,1,${hex},1,${date},${date},${rest}\n`;
const PLACE = ",10000,,,23,-82,,,0,0,0,";

holdsContract({
  reader: sbsReader,
  name: "stream.sbs",
  context: RAW_CONTEXT,
  lines: true,
  write: (address, points) => writeSbs(address, points),
  writeWithBadRow: (address, points) => writeSbs(address, points, ["Total processed 12 messages"]),
  hostile: [
    line(3, PLACE, { hex: "" }),
    line(3, PLACE, { hex: "toString" }),
    line(3, PLACE, { hex: "1234567" }),
    line(3, PLACE, { date: "2019/02/30,02:41:07.000" }),
    line(3, PLACE, { date: "2019/01/24,25:99:99" }),
    line(3, PLACE, { date: "NaN,Infinity" }),
    line(3, ",1e9,1e9,1e9,1e9,1e9,1e9,1e9,1e9,1e9,1e9,1e9"),
    line(3, ",,,,--23,8.2.1,,,,,,"),
    line(9, PLACE),
    "MSG,3\n",
    `MSG${",".repeat(9000)}\n`,
    `${",".repeat(21)}\n`,
    "AIR,,,,,\nID,,,,,,,,,\n",
  ],
});

const read = (text: string, timeZone: string | undefined = "UTC") =>
  readText(sbsReader, text, undefined, { name: "x", terms: { timeZone } });

test("without a zone SBS text is refused, and the option that gives it is named", async () => {
  const { error, tracks } = await readText(sbsReader, line(3, PLACE), undefined, {
    name: "x",
    terms: {},
  });
  assert.equal(error?.code, "input-invalid");
  assert.match(error!.message, /--tz Europe\/Moscow or --tz UTC/);
  assert.deepEqual(tracks, []);
});

test("local times are read in their zone, in summer and in winter", async () => {
  const cases = [
    ["UTC", "2019/01/24,02:41:07.000", "2019-01-24T02:41:07.000Z"],
    ["Europe/Moscow", "2019/01/24,02:41:07.500", "2019-01-23T23:41:07.500Z"],
    ["Europe/Berlin", "2019/07/24,02:41:07.000", "2019-07-24T00:41:07.000Z"],
    ["Europe/Berlin", "2019/01/24,02:41:07.000", "2019-01-24T01:41:07.000Z"],
    ["Asia/Kathmandu", "2019/01/24,02:41:07.000", "2019-01-23T20:56:07.000Z"],
  ] as const;
  for (const [zone, date, expected] of cases) {
    const { tracks } = await read(line(3, PLACE, { date }), zone);
    assert.equal(new Date(tracks[0]!.timeMs[0]!).toISOString(), expected);
  }
});

test("an hour that clocks showed twice, or never, gives no point and is counted", async () => {
  const twice = await read(line(3, PLACE, { date: "2019/10/27,02:30:00.000" }), "Europe/Berlin");
  assert.deepEqual(twice.report.issues.counts, { "local-time-ambiguous": 1 });
  const never = await read(line(3, PLACE, { date: "2019/03/31,02:30:00.000" }), "Europe/Berlin");
  assert.deepEqual(never.report.issues.counts, { "local-time-skipped": 1 });
  assert.equal(twice.report.keptCount + never.report.keptCount, 0);
});

const at = (second: string) => ({ date: `2019/01/24,02:41:${second}` });

test("what other lines say of an aircraft stands beside its position for ten seconds", async () => {
  const { tracks } = await read(
    line(1, "RSD123  ,,,,,,,,,,,", at("00.000")) +
      line(4, ",,250,90,,,-640,,,,,", at("01.000")) +
      line(6, ",,,,,,,0123,0,0,0,", at("02.000")) +
      line(3, PLACE, at("05.000")) +
      line(3, PLACE.replace("10000", ""), at("30.000")),
  );
  const [track] = tracks;
  assert.deepEqual(
    [track!.groundSpeedKt[0], track!.trackAngleDeg[0], track!.verticalRateFpm[0]],
    [250, 90, -640],
  );
  assert.deepEqual([track!.squawk[0], track!.callsigns[track!.callsignIndex[0]!]], [123, "RSD123"]);
  assert.ok(Number.isNaN(track!.groundSpeedKt[1]!) && Number.isNaN(track!.altitudeFt[1]!));
  assert.equal(track!.callsigns[track!.callsignIndex[1]!], "RSD123");
});

test("a position of the surface is on the ground, and its direction may be a heading", async () => {
  const { tracks } = await read(line(2, ",,12,90,23,-82,,,,,,"));
  assert.deepEqual([...tracks[0]!.ground], [1]);
  assert.equal(tracks[0]!.groundSpeedKt[0], 12);
  assert.ok(Number.isNaN(tracks[0]!.trackAngleDeg[0]!));
});

test("the ground flag is -1, 1, 0 or silent", async () => {
  for (const [flag, ground] of [
    ["-1", 1],
    ["1", 1],
    ["0", 0],
    ["", 2],
  ]) {
    const { tracks } = await read(line(3, `${PLACE}${flag}`));
    assert.deepEqual([...tracks[0]!.ground], [ground]);
  }
});

test("zeros before an address may be left out", async () => {
  const { tracks } = await read(line(3, PLACE, { hex: "1012B" }));
  assert.equal(tracks[0]!.address, "01012b");
});

test("lines of which none has a time are refused", async () => {
  const { error } = await read(line(3, PLACE, { date: "," }));
  assert.match(error!.message, /times are all empty/);
});

test("a line without a time among others is counted", async () => {
  const { report } = await read(line(3, PLACE) + line(3, PLACE, { date: "," }));
  assert.equal(report.keptCount, 1);
  assert.deepEqual(report.issues.counts, { "time-missing": 1 });
});

test("the contract's points come at the times that clocks in Moscow show", async () => {
  const { tracks } = await readText(sbsReader, writeSbs("4243a2", POINTS), undefined, RAW_CONTEXT);
  assert.deepEqual(
    [...tracks[0]!.timeMs],
    POINTS.map(({ timeMs }) => timeMs),
  );
});
