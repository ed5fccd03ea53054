import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAddress } from "../../src/aircraft/address.js";
import { type TrackFormat, trackDocument } from "../../src/query/track-document.js";
import { gathered, joined, jsonPieces, slicesOf, wholeText } from "../../src/report/pieces.js";
import { TrackBuilder } from "../../src/track/builder.js";
import { findContacts, findGaps } from "../../src/track/contacts.js";
import type { Track } from "../../src/track/track.js";
import { SECOND_MS } from "../../src/units/quantity.js";
import { isoSeconds } from "../../src/units/time.js";

test("texts are joined as arrays of them are, and an empty list is an empty text", () => {
  assert.equal(wholeText(joined([["a", "b"], ["c"]], ", ")), "ab, c");
  assert.equal(wholeText(joined([], ", ")), "");
});

test("pieces that are gathered hold the same text, each but the last long enough to be sent", () => {
  const text = Array.from({ length: 100 }, (_, i) => "x".repeat(i));
  const pieces = [...gathered(text, 500)];
  assert.equal(wholeText(pieces), wholeText(text));
  assert.ok(pieces.length > 5 && pieces.slice(0, -1).every(({ length }) => length >= 500));
});

test("slices of a stretch follow each other and hold all of it", () => {
  const slices = [...slicesOf({ start: 3, end: 7_003, level: "ground" })];
  assert.deepEqual([slices[0]?.start, slices.at(-1)?.end], [3, 7_003]);
  for (let i = 1; i < slices.length; i++) assert.equal(slices[i]!.start, slices[i - 1]!.end);
  assert.ok(slices.every(({ level }) => level === "ground"));
  assert.deepEqual([...slicesOf({ start: 5, end: 5 })], []);
});

test("JSON with long arrays in it is what JSON.stringify writes, whatever names look like", () => {
  // What a place looks like inside: a name from outside may say the same.
  for (const name of ["plain", "\u00000", "\u00001", '"]}'])
    for (const slices of [[], [[]], [[1, 2], [], [3]], [[[1.5, -2]], [[3, null]]]]) {
      const make = (at: unknown, other: unknown) => ({ name, at, deep: { other, end: [name] } });
      assert.equal(
        wholeText(jsonPieces((place) => make(place, place), [slices, [[0]]])),
        JSON.stringify(make(slices.flat(), [0])),
      );
    }
});

const LONG = 30_000;
const SOURCE = {
  inputSha256: "ab".repeat(32),
  file: "made.json",
  format: "readsb-trace",
  simulated: false,
  stated: {},
};

/** Heard each second for hours; the ground at both ends, and a geometric altitude most of the time. */
function longTrack(): Track {
  const points = new TrackBuilder(parseAddress("4ca7b3")!);
  for (let i = 0; i < LONG; i++)
    points.add(
      {
        timeMs: 1_700_000_000_000 + i * SECOND_MS,
        latDeg: 10 + i * 1e-4,
        lonDeg: -60 + i * 1e-4,
        altitudeFt: 30_000,
        geometricAltitudeFt: i % 50 === 0 ? undefined : 30_500,
        onGround: i < 10 || i > LONG - 10,
        row: i,
      },
      0,
    );
  return points.build([SOURCE]);
}

const track = longTrack();
const contacts = findContacts(track);
const drawn = [{ track, contacts, gaps: findGaps(track, contacts), journeys: [], title: "long" }];

function textsIn(xml: string, tag: string): string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([^<]+)</${tag}>`, "g"))].map(([, text]) => text!);
}

async function piecesOf(format: TrackFormat): Promise<string[]> {
  return [...(await trackDocument(format, drawn, { title: "long" }))];
}

test("one contact of many positions is written in pieces, and holds each position once and in order", async () => {
  assert.equal(contacts.length, 1);
  for (const format of ["geojson", "kml", "czml", "gpx"] as const) {
    const pieces = await piecesOf(format);
    assert.ok(pieces.length > 5, `${format}: ${pieces.length} pieces`);
    assert.ok(
      pieces.every(({ length }) => length < 1_000_000),
      `${format}: none is long`,
    );
  }
  const { features } = JSON.parse((await piecesOf("geojson")).join(""));
  const { coordinates } = features[0].geometry as { coordinates: [number, number][] };
  assert.equal(coordinates.length, LONG);
  assert.ok(coordinates.every(([lon], i) => lon === Number((-60 + i * 1e-4).toFixed(6))));
  const kml = (await piecesOf("kml")).join("");
  assert.equal(textsIn(kml, "when").length, LONG);
  assert.equal(kml.match(/<gx:coord>/g)?.length, LONG);
  const gpx = textsIn((await piecesOf("gpx")).join(""), "time");
  assert.deepEqual(
    gpx,
    Array.from(track.timeMs, (timeMs) => isoSeconds(timeMs)),
  );
  const packets = JSON.parse((await piecesOf("czml")).join("")) as {
    position?: { cartographicDegrees: number[] };
  }[];
  const samples = packets.flatMap(({ position }) => position?.cartographicDegrees ?? []);
  assert.equal(samples.length, 4 * LONG);
});
