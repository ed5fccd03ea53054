import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flightAwareKmlReader } from "../../src/formats/flightaware-kml.js";
import { fr24KmlReader } from "../../src/formats/fr24-kml.js";
import { scanKml } from "../../src/formats/kml.js";
import type { Reader } from "../../src/formats/reader.js";
import { tar1090KmlReader } from "../../src/formats/tar1090-kml.js";
import { GROUND_NO, GROUND_YES } from "../../src/track/track.js";
import { holdsContract, POINTS, readText } from "./contract.js";
import {
  fr24Placemark,
  writeFlightAwareKml,
  writeFr24Kml,
  writeTar1090Kml,
} from "./kml-documents.js";

const UNNAMED = { "aircraft-unnamed": 1 };
const ALTITUDE_UNSAID = { "altitude-kind-unknown": 1 };
const BOMB = `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>`;
const HOSTILE = [
  "<kml></kml>",
  `${BOMB}<kml><Document><name>&b;</name></Document></kml>`,
  `<kml>${"<Folder>".repeat(9999)}`,
  "<kml><Placemark><TimeStamp><when>x</when></TimeStamp></Placemark></kml>",
  "<kml><Placemark><Point><coordinates>9e999,NaN,1</coordinates></Point></Placemark></kml>",
  "<kml><Document><name>FlightAware</name><gx:Track><gx:coord>1 2 3</gx:coord></gx:Track></Document></kml>",
  "<kml><gx:Track><when>2019-01-23T23:41:07Z</when><gx:coord>1 412 3</gx:coord></gx:Track></kml>",
  "<kml></Placemark></Placemark><Placemark></kml>",
];

holdsContract({
  reader: fr24KmlReader,
  name: "XX1-1234.kml",
  namesNoAircraft: true,
  notes: UNNAMED,
  loses: ["verticalRateFpm"],
  write: (_, points) => writeFr24Kml(points),
  writeWithBadRow: (_, points) =>
    writeFr24Kml(points, {
      extra: [fr24Placemark(POINTS[0]!).replace(/<coordinates>.*?</, "<coordinates>x<")],
    }),
  hostile: HOSTILE,
});

holdsContract({
  reader: flightAwareKmlReader,
  name: "FlightAware_XX1.kml",
  namesNoAircraft: true,
  notes: UNNAMED,
  loses: ["groundSpeedKt", "verticalRateFpm"],
  write: (_, points) => writeFlightAwareKml(points),
  writeWithBadRow: (_, points) =>
    writeFlightAwareKml(points, {
      when: ["<when>x</when>"],
      coord: ["<gx:coord>1 2 3</gx:coord>"],
    }),
  hostile: HOSTILE,
});

holdsContract({
  reader: tar1090KmlReader,
  name: "RA-96019-track-EGM96.kml",
  loses: ["groundSpeedKt", "verticalRateFpm", "callsign"],
  notes: ALTITUDE_UNSAID,
  write: (address, points) => writeTar1090Kml(address.toUpperCase(), points),
  writeWithBadRow: (address, points) =>
    writeTar1090Kml(address.toUpperCase(), points, {
      when: ["<when >x</when>"],
      coord: ["<gx:coord >1 2 3</gx:coord>"],
    }),
  hostile: HOSTILE,
});

test("a map's export names aircraft by registration or address; what may be either is neither", async () => {
  const cases = [
    ["N342NB", "a3c5ea", {}],
    ["4CA7B3", "4ca7b3", {}],
    ["RA-96019", /^~/, UNNAMED],
    ["165829", /^~/, UNNAMED],
  ] as const;
  for (const [name, address, counts] of cases) {
    const { report, tracks } = await readText(tar1090KmlReader, writeTar1090Kml(name, POINTS));
    assert.equal(tracks.length, 1);
    if (typeof address === "string") assert.equal(tracks[0]!.address, address);
    else assert.match(tracks[0]!.address, address);
    assert.deepEqual(report.issues.counts, { ...counts, ...ALTITUDE_UNSAID });
    const [source] = tracks[0]!.sources;
    assert.equal(source!.stated.registration, name === "4CA7B3" ? undefined : name);
  }
});

test("a stretch without an altitude mode is on the ground, and its zeros are no altitude", async () => {
  const points = POINTS.map((point, index) => ({ ...point, onGround: index < 2 }));
  const text = writeTar1090Kml("4CA7B3", points);
  const [track] = (await readText(tar1090KmlReader, text)).tracks;
  assert.deepEqual([...track!.ground.slice(0, 3)], [GROUND_YES, GROUND_YES, GROUND_NO]);
  assert.ok(Number.isNaN(track!.altitudeFt[0]));
  assert.equal(Math.round(track!.altitudeFt[2]!), points[2]!.altitudeFt);
  const none = "<kml><Folder><name>X track</name><gx:Track></gx:Track></Folder></kml>";
  assert.match(
    (await readText(tar1090KmlReader, none)).error!.message,
    /no position.*export it again/,
  );
});

const DESCRIPTION = (registration: string) =>
  `<b>Dubai</b> Aircraft<span style="float: right;">(B738)</span><br>Registration<br>
<span><a href="https://www.flightradar24.com/reg/x" style="color: #333;">${registration}</a></span>`;

test("a registration in the export is stated; one of the United States also names the address", async () => {
  const cases = [
    ["A6-FDN", /^~/],
    ["RA-96016", /^~/],
    ["N342NB", /^a3c5ea$/],
  ] as const;
  for (const [registration, expected] of cases) {
    const text = writeFr24Kml(POINTS, { description: DESCRIPTION(registration) });
    const { tracks } = await readText(fr24KmlReader, text);
    assert.match(tracks[0]!.address, expected);
    assert.deepEqual(tracks[0]!.sources[0]!.stated, { registration, typeDesignator: "B738" });
  }
});

test("FlightAware calls private aircraft by their registration, which names the address", async () => {
  const text = writeFlightAwareKml(POINTS.map((point) => ({ ...point, callsign: "N342NB" })));
  const { report, tracks } = await readText(flightAwareKmlReader, text);
  assert.equal(tracks[0]!.address, "a3c5ea");
  assert.deepEqual(report.issues.counts, {});
});

test("neither export says that an aircraft is on the ground", async () => {
  const points = POINTS.map((point) => ({ ...point, altitudeFt: 0 }));
  const fr24 = (await readText(fr24KmlReader, writeFr24Kml(points))).tracks[0]!;
  assert.ok(fr24.ground.every((ground) => ground === 2));
  assert.ok(fr24.altitudeFt.every((altitudeFt) => Number.isNaN(altitudeFt)));
  const flightAware = (await readText(flightAwareKmlReader, writeFlightAwareKml(points)))
    .tracks[0]!;
  assert.ok(flightAware.ground.every((ground) => ground === 2));
});

test("the planned airports of FlightAware are no positions", async () => {
  const airports =
    "<Placemark><name>EDDF Airport</name><Point><coordinates>8.5,50,0</coordinates></Point></Placemark>";
  const text = writeFlightAwareKml(POINTS).replace(
    "</name><Placemark>",
    `</name>${airports}<Placemark>`,
  );
  const { report } = await readText(flightAwareKmlReader, text);
  assert.equal(report.rowCount, POINTS.length);
});

test("times without a place and places without a time are counted", async () => {
  const more = await readText(
    flightAwareKmlReader,
    writeFlightAwareKml(POINTS, { when: ["<when>x</when>"] }),
  );
  assert.equal(more.report.rowCount, POINTS.length + 1);
  assert.equal(more.report.issues.counts["row-without-position"], 1);
});

test("an export without a track is refused with what it should hold", async () => {
  const none = "<kml><Document><name>FlightAware</name></Document></kml>";
  assert.match(
    (await readText(flightAwareKmlReader, none)).error!.message,
    /no position.*gx:Track/,
  );
  const route = "<kml><Folder><name>Route</name></Folder></kml>";
  assert.match((await readText(fr24KmlReader, route)).error!.message, /no position.*"Route"/);
});

test("a text without end is refused in bounded memory", async () => {
  const chunk = new TextEncoder().encode("x".repeat(1e6));
  function* chunks() {
    yield new TextEncoder().encode("<kml><name>");
    for (;;) yield chunk;
  }
  const damage = await scanKml(chunks(), { close: () => undefined });
  assert.match(damage!, /larger than 64 MB/);
});

test("any elements in any order crash nothing, and each row is kept or counted", async () => {
  const piece = fc.constantFrom(
    "<Placemark>",
    "</Placemark>",
    "<gx:Track>",
    "</gx:Track>",
    "<when>2019-01-23T23:41:07Z</when>",
    "<when>x</when>",
    "<gx:coord>-82 23 100</gx:coord>",
    "<gx:coord>-82 412 100</gx:coord>",
    "<TimeStamp><when>2019-01-23T23:41:07Z</when></TimeStamp>",
    "<Point><coordinates>-82,23,0</coordinates></Point>",
    "<name>N1</name>",
    "&amp;<![CDATA[<x>]]>",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const readers = [fr24KmlReader, flightAwareKmlReader, tar1090KmlReader] satisfies Reader[];
      for (const reader of readers) {
        const { report, tracks } = await readText(
          reader,
          `<kml><Document>${pieces.join("")}</Document></kml>`,
        );
        const { counts } = report.issues;
        const refused = Object.entries(counts)
          .filter(([kind]) => /^row-|^latitude|^longitude/.test(kind))
          .reduce((sum, [, count]) => sum + count, 0);
        assert.equal(report.keptCount + refused, report.rowCount, pieces.join(""));
        for (const track of tracks)
          assert.ok(track.latDeg.every((latDeg) => Math.abs(latDeg) <= 90));
      }
    }),
    { seed: 1944, numRuns: 300 },
  );
});
