import assert from "node:assert/strict";
import { test } from "node:test";
import { describeUnreadable, detectReader } from "../../src/formats/detect.js";
import { ownPositionsReader } from "../../src/formats/own-positions.js";
import { FILE_TABLES } from "../../src/lake/schema.js";
import { trackCsv } from "../../src/report/csv.js";
import { movementTable } from "../../src/report/movement-table.js";
import { positionTable } from "../../src/report/position-table.js";
import { holdsContract, POINTS, readText } from "./contract.js";
import { OWN_NAMES, writeOwnPositions } from "./documents.js";

holdsContract({
  reader: ownPositionsReader,
  name: "track.csv",
  lines: true,
  write: (address, points) => writeOwnPositions(address, points),
  writeWithBadRow: (address, points) =>
    writeOwnPositions(address, points, [
      "4243a2,2019-01-23T00:00:00Z,x,5,,,,,,,f,0,false,,1548201600000,,,,",
    ]),
  hostile: [
    `${OWN_NAMES}\n4243a2,,412,-82,,,,,,,,,,,1e308,,,,\n"`,
    `${OWN_NAMES}\n4243a2,,NaN,NaN,NaN,NaN,NaN,NaN,x,,,,x,,NaN,NaN,x,,\n`,
    `${OWN_NAMES}\n${",".repeat(40)}\n`,
    OWN_NAMES,
  ],
});

const bytes = (text: string) => new TextEncoder().encode(text);

test("the columns that are read are those that are written", () => {
  const names = positionTable([]).columns.map(({ name }) => name);
  assert.equal(names.join(","), OWN_NAMES);
});

test("what is written of a track and read again is the same track, and written again the same bytes", async () => {
  const first = await readText(ownPositionsReader, writeOwnPositions("4243a2", POINTS));
  const text = trackCsv(first.tracks[0]!);
  assert.equal(detectReader(bytes(text), "x"), ownPositionsReader);
  const again = await readText(ownPositionsReader, text);
  for (const name of [
    "timeMs",
    "latDeg",
    "lonDeg",
    "altitudeFt",
    "groundSpeedKt",
    "ground",
  ] as const)
    assert.deepEqual(again.tracks[0]![name], first.tracks[0]![name], name);
  assert.deepEqual(again.tracks[0]!.positionSource, first.tracks[0]!.positionSource);
  assert.deepEqual(again.tracks[0]!.callsigns, first.tracks[0]!.callsigns);
});

test("simulated positions stay simulated", async () => {
  const text = writeOwnPositions("4243a2", POINTS).replaceAll(",false,,", ",true,,");
  const { report } = await readText(ownPositionsReader, text);
  assert.equal(report?.simulated, true);
  assert.equal(
    (await readText(ownPositionsReader, writeOwnPositions("4243a2", POINTS))).report?.simulated,
    false,
  );
});

test("other tables of this program are told apart, and no mapping is guessed for them", () => {
  const movements = movementTable([])
    .columns.map(({ name }) => name)
    .join(",");
  assert.match(describeUnreadable(bytes(`${movements}\n`)), /^movements as wheelsdown writes them/);
  for (const { kind, columns } of FILE_TABLES) {
    const line = columns.map(({ name }) => name).join(",");
    assert.match(
      describeUnreadable(bytes(`${line}\n`)),
      /^a file out of the store of a lake/,
      kind,
    );
  }
});

test("a table of OpenSky's estimates is refused as its JSON is", () => {
  const line = "icao24,firstseen,estdepartureairport,lastseen,estarrivalairport,callsign,day\n";
  assert.match(describeUnreadable(bytes(line)), /^OpenSky's list of legs/);
});
