import assert from "node:assert/strict";
import { test } from "node:test";
import type { GapAnswerJson, GapEdgeJson } from "../../src/api/shapes.js";
import { aircraftDrawing } from "../../web/page/map/aircraft-drawing.js";
import { drawnPartOf, drawnPartText, isDrawnIn } from "../../web/page/map/drawn-part.js";
import { timeFeatures } from "../../web/page/map/track-times.js";
import { sceneOf } from "../../web/page/scene.js";
import { typedTimeMs } from "../../web/page/typed-time.js";
import { instantText, partOfListText, secondText } from "../../web/page/words.js";
import { isoAt, JOURNEY, TRACK } from "./fixture.js";

const PERIOD = { fromMs: Date.parse(isoAt(-30)), toMs: Date.parse(isoAt(330)) };
const scene = sceneOf(TRACK, [JOURNEY], PERIOD);
const EDGE: GapEdgeJson = {
  ...{ time: isoAt(60), lat: 47.4, lon: 26.4, altitudeFt: 34_000, speedKt: 450 },
  ...{ onGround: false, file: null, row: 1 },
};
const OPTIONS = { places: new Map(), selected: undefined, reach: undefined, others: [] };

test("an address that asks for no part draws everything, and so does one that makes no sense", () => {
  for (const params of [{}, { alt: "" }, { alt: ".." }, { alt: "low..high" }, { src: "radar" }])
    assert.equal(drawnPartOf(params), undefined, JSON.stringify(params));
});

test("altitudes and sources narrow what is drawn, and a sentence says so", () => {
  const part = drawnPartOf({ alt: "..10000", src: "adsb" })!;
  assert.equal(isDrawnIn(part, TRACK, 0), true, "the ground is below 10,000 ft");
  assert.equal(isDrawnIn(part, TRACK, 30), false);
  const mlat = { ...TRACK, source: TRACK.source.map(() => 1) };
  assert.equal(isDrawnIn(part, mlat, 0), false);
  const unknown = { ...TRACK, altitudeFt: TRACK.altitudeFt.map(() => null) };
  assert.equal(isDrawnIn(part, unknown, 30), false);
  assert.equal(isDrawnIn(drawnPartOf({ src: "adsb" }), unknown, 30), true);
  assert.equal(
    drawnPartText(part),
    "Drawn only: positions up to 10,000 ft; sent by the aircraft (ADS-B). Others were received.",
  );
});

test("a part leaves gaps, stops and their marks as they are", () => {
  const whole = aircraftDrawing(scene, OPTIONS);
  const part = aircraftDrawing(scene, { ...OPTIONS, part: drawnPartOf({ alt: "..10000" }) });
  assert.ok(part.track.features.length < whole.track.features.length);
  for (const { properties } of part.track.features)
    assert.ok(Number(properties?.["alt"]) <= 10_000);
  for (const name of ["gaps", "edges", "marks", "bounds", "key"] as const)
    assert.deepEqual(part[name], whole[name], name);
});

const airportInReach = (ident: string, lat: number, lon: number) => ({
  ...{ airport: ident, airportName: ident, country: "SN", lat, lon },
  ...{ fromLastKm: 10, toNextKm: 10, spareS: 600, longestRunwayM: 3500, longEnough: true },
});

test("a ring of what was in reach does not cover the mark of a stop there", () => {
  const stop = scene.stops.find((each) => each.airport !== null && each.openEnd === null)!;
  const reach: GapAnswerJson = {
    ...{ schema: "wheelsdown/gap-answer/1", id: "1", hex: TRACK.hex, durationS: 1, distanceKm: 1 },
    ...{ last: EDGE, next: EDGE, cruiseKt: 450, cruiseFrom: "", anywhere: false, reach: null },
    ...{ hardKt: 650, hardReach: null, airportsLeftOut: 0, movements: [], sentence: "" },
    othersHeard: { atLast: 0, atNext: 0 },
    simulated: true,
    airports: [
      airportInReach(stop.airport!, stop.lat!, stop.lon!),
      airportInReach("DAAG", 36.7, 3.2),
    ],
  };
  const { marks } = aircraftDrawing(scene, { ...OPTIONS, reach });
  const at = (ident: string) =>
    marks.features
      .filter(({ properties }) => properties?.["href"] === `/airport/${ident}`)
      .map(({ properties }) => properties?.["shape"]);
  assert.deepEqual(at(stop.airport!), [stop.evidence]);
  assert.deepEqual(at("DAAG"), ["possible"]);
});

test("a map of a part of a list says of which, and a map of all of it says nothing", () => {
  assert.equal(partOfListText(0, 100, 1304), "Marks and numbers: rows 1 to 100 of 1,304 only");
  assert.equal(
    partOfListText(1300, 4, 1304),
    "Marks and numbers: rows 1,301 to 1,304 of 1,304 only",
  );
  assert.equal(partOfListText(0, 100, null), "Marks and numbers: rows 1 to 100 only");
  assert.equal(partOfListText(0, 4, 4), "");
  assert.equal(partOfListText(0, 0, 0), "");
});

test("times along the track stand at received positions, and always at the edges of gaps", () => {
  assert.deepEqual(aircraftDrawing(scene, OPTIONS).times.features, []);
  const times = timeFeatures(scene);
  const places = new Set(TRACK.time.map((_, i) => `${TRACK.lon[i]} ${TRACK.lat[i]}`));
  for (const { geometry } of times) {
    assert.ok(geometry.type === "Point");
    assert.ok(places.has(geometry.coordinates.join(" ")));
  }
  const edges = times.filter(({ properties }) => properties?.["rank"] === 0);
  assert.deepEqual(
    edges.map(({ properties }) => String(properties?.["label"])),
    ["00:00Z\non the ground", "01:00Z\n34,000 ft", "04:00Z\n34,000 ft", "05:00Z\n1,500 ft"],
  );
});

test("a typed time is a clock of the day shown, or a whole time", () => {
  const nowMs = Date.parse("2019-01-23T22:10:00Z");
  const typed = (text: string) => {
    const timeMs = typedTimeMs(text, nowMs);
    return timeMs === undefined ? undefined : new Date(timeMs).toISOString();
  };
  assert.equal(typed("8:55"), "2019-01-23T08:55:00.000Z");
  assert.equal(typed(" 08:55:17Z "), "2019-01-23T08:55:17.000Z");
  assert.equal(typed("2019-01-24 01:02:03 UTC"), "2019-01-24T01:02:03.000Z");
  assert.equal(typed("2019-01-24"), "2019-01-24T00:00:00.000Z");
  for (const wrong of ["", "25:00", "08:61", "noon", "2019-02-30 08:00"])
    assert.equal(typed(wrong), undefined, wrong);
});

test("times in the address are as long as they have to be", () => {
  const at = Date.parse("2019-01-23T08:55:00Z");
  assert.equal(instantText(at), "2019-01-23T08:55Z");
  assert.equal(instantText(at + 17_000), "2019-01-23T08:55:17Z");
  assert.equal(instantText(at + 17_250), "2019-01-23T08:55:17.250Z");
  assert.equal(secondText(at + 17_250), "2019-01-23T08:55:17Z");
});
