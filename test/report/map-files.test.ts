import assert from "node:assert/strict";
import { test } from "node:test";
import { DOMParser, type Document, type Element } from "@xmldom/xmldom";
import type { FeatureCollection, LineString } from "geojson";
import { tracksCzml } from "../../src/report/czml.js";
import { trackGpx, tracksGpx } from "../../src/report/gpx.js";
import { movementsKml } from "../../src/report/kml.js";
import { movementJson } from "../../src/report/shapes.js";
import type { TrackExport } from "../../src/report/track-export.js";
import { tracksKml } from "../../src/report/track-kml.js";
import { tracksTripsGeoJson } from "../../src/report/trips-geojson.js";
import { isoSeconds } from "../../src/units/time.js";
import { antimeridianFixture, atlanticFixture, type Fixture } from "./fixture.js";

const HOSTILE = `<b>&"' 🛬 Asunción\u0001\u0000]]>\r\n`;

function exportOf(fixture: Fixture, title = "XX-DEMO"): TrackExport {
  const { track, contacts, gaps, model } = fixture;
  return { track, contacts, gaps, journeys: [model.journey], title, geoidHeightM: () => 20 };
}

/** Fails on anything that is not well-formed. */
function parseXml(text: string): Document {
  const problems: string[] = [];
  // It warns of replacement characters, which stand for what XML cannot hold.
  const onError = (level: string, message: string) => {
    if (level !== "warning") problems.push(`${level}: ${message}`);
  };
  const document = new DOMParser({ onError }).parseFromString(text, "application/xml");
  assert.deepEqual(problems, []);
  return document;
}

function named(node: Document | Element, name: string): Element[] {
  return [...node.getElementsByTagName(name)];
}

function textOf(node: Element, name: string): string | undefined {
  return named(node, name)[0]?.textContent ?? undefined;
}

function childNames(node: Element): string[] {
  return [...node.childNodes].filter((one) => one.nodeType === 1).map((one) => one.nodeName);
}

/** Checks that children come in the order of a schema's sequence; not all of it need be there. */
function assertOrder(node: Element, order: readonly string[]): void {
  const places = childNames(node).map((name) => order.indexOf(name));
  assert.ok(!places.includes(-1), `${node.nodeName}: ${childNames(node).join(" ")}`);
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
    node.nodeName,
  );
}

const FEATURES = ["Folder", "Placemark"];
const FEATURE_HEAD = ["name", "open", "description", "TimeSpan", "styleUrl"];

test("KML has its elements in the order of the schema, and one folder for each journey and aircraft", () => {
  const fixtures = [antimeridianFixture, atlanticFixture].map((make) => make({ simulated: true }));
  const document = parseXml(
    tracksKml(
      fixtures.map((one) => exportOf(one)),
      "Journeys",
    ),
  );
  const root = named(document, "Document")[0]!;
  assertOrder(root, ["name", "open", "description", "Style", ...FEATURES]);
  assert.equal(textOf(root, "name"), "SIMULATED Journeys");
  for (const folder of named(document, "Folder"))
    assertOrder(folder, [...FEATURE_HEAD, ...FEATURES]);
  for (const mark of named(document, "Placemark"))
    assertOrder(mark, [...FEATURE_HEAD, "Point", "MultiGeometry", "gx:Track"]);
  for (const track of named(document, "gx:Track")) {
    assertOrder(track, ["altitudeMode", "when", "gx:coord"]);
    assert.equal(named(track, "when").length, named(track, "gx:coord").length);
  }
  const folders = named(root, "Folder").map((one) => textOf(one, "name")!);
  assert.equal(folders.filter((name) => name === "SIMULATED XX-DEMO").length, 2);
  assert.equal(folders.filter((name) => name.startsWith("SIMULATED Journey 1 of")).length, 2);
  const styles = new Set(named(root, "Style").map((one) => `#${one.getAttribute("id")}`));
  for (const url of named(root, "styleUrl")) assert.ok(styles.has(url.textContent ?? ""));
});

test("KML holds every point once, gaps in dashes with their time, stops with evidence, rows and hashes", () => {
  const fixture = atlanticFixture({ simulated: false });
  const document = parseXml(tracksKml([exportOf(fixture)], "XX-DEMO"));
  assert.equal(named(document, "gx:coord").length, fixture.track.length);
  const marks = named(document, "Placemark");
  const gaps = marks.filter((one) => textOf(one, "name")?.startsWith("not heard for"));
  assert.equal(gaps.length, fixture.gaps.length);
  for (const gap of gaps) {
    assert.match(textOf(gap, "name")!, /^not heard for [^:]+: shortest path, not a route$/);
    assert.match(textOf(gap, "begin")!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.match(textOf(gap, "description")!, /Not observed\..*SHA-256 [0-9a-f]{64}/);
  }
  assert.ok(named(gaps[0]!, "LineString").length > 10, "the line is in dashes");
  const stops = marks.filter((one) => named(one, "Point").length > 0);
  assert.equal(stops.length, 4);
  const told = stops.map((one) => textOf(one, "description")!);
  assert.match(told[1]!, /<p>Seen: received there\.<\/p>.*seen rolling on a runway.*SHA-256/);
  assert.match(told[3]!, /<p>Inferred: nobody received the stop\.<\/p>.*When it left is not/);
  assert.ok(stops.every((one) => named(one, "TimeSpan").length === 1));
  assert.doesNotMatch(tracksKml([exportOf(fixture)], "XX-DEMO"), /simulated/i);
});

test("names with markup, emoji and control characters stay well-formed, and stay text in a balloon", () => {
  const options = { simulated: true, registration: HOSTILE, callsign: HOSTILE, file: HOSTILE };
  const fixture = atlanticFixture(options);
  const input = exportOf(fixture, HOSTILE);
  const movements = fixture.model.journey.stops.flatMap(({ landing }) =>
    landing ? [landing] : [],
  );
  for (const text of [
    tracksKml([input], HOSTILE),
    movementsKml(movements, HOSTILE),
    tracksGpx([input], HOSTILE),
  ]) {
    const document = parseXml(text);
    const name = named(document, "name")[0]!.textContent!;
    assert.match(name, /^SIMULATED <b>&"' 🛬 Asunción\ufffd\ufffd\]\]>\r\n$/);
    for (const description of named(document, "description"))
      assert.doesNotMatch(description.textContent!, /<b>/);
  }
  for (const text of [tracksCzml([input], HOSTILE), tracksTripsGeoJson([input])]) {
    assert.ok(JSON.parse(text));
    assert.doesNotMatch(text, /<b>[^"]*<\/p>/);
  }
});

test("GPX has waypoints before tracks, a segment for each contact, and says which height it gives", () => {
  const fixture = atlanticFixture({ simulated: true });
  const document = parseXml(tracksGpx([exportOf(fixture)], "XX-DEMO"));
  const root = document.documentElement!;
  assertOrder(root, ["metadata", "wpt", "rte", "trk"]);
  assertOrder(named(document, "metadata")[0]!, ["name", "desc"]);
  for (const waypoint of named(document, "wpt"))
    assertOrder(waypoint, ["ele", "time", "name", "cmt", "desc", "type"]);
  const [track, ...others] = named(document, "trk");
  assert.equal(others.length, 0, "one track for each journey");
  assertOrder(track!, ["name", "cmt", "desc", "type", "trkseg"]);
  assert.equal(named(track!, "trkseg").length, fixture.contacts.length);
  const points = named(track!, "trkpt");
  assert.equal(points.length, fixture.track.length);
  for (const point of points) assertOrder(point, ["ele", "time", "geoidheight"]);
  const grounded = fixture.track.ground.filter((one) => one === 1).length;
  assert.equal(points.filter((one) => named(one, "ele").length === 0).length, grounded);
  assert.match(textOf(named(document, "metadata")[0]!, "desc")!, /^SIMULATED: .*pressure altitude/);
  const types = named(document, "wpt").map((one) => textOf(one, "type"));
  assert.deepEqual(
    [types.filter((one) => one === "gap, not observed").length, types.length],
    [fixture.gaps.length, fixture.gaps.length + 4],
  );
});

test("a longitude of 180 is one that GPX allows", () => {
  const { track, contacts } = atlanticFixture({ simulated: false });
  const at180 = { ...track, lonDeg: track.lonDeg.map(() => 180) };
  const gpx = trackGpx({ track: at180, contacts, title: "t" });
  assert.match(gpx, /lon="-180"/);
  assert.doesNotMatch(gpx, /lon="180"/);
});

test("geometric altitudes become altitudes above the sea in KML and GPX, and stay as they are in CZML", () => {
  const fixture = atlanticFixture({ simulated: false });
  const { track } = fixture;
  const geometricAltitudeFt = track.altitudeFt.map((ft) => ft + 500);
  const input = { ...exportOf(fixture), track: { ...track, geometricAltitudeFt } };
  const index = track.altitudeFt.findIndex((ft) => ft > 30_000);
  const geometricM = geometricAltitudeFt[index]! * 0.3048;
  const kml = tracksKml([input], "t");
  assert.match(kml, /altitude above mean sea level \(geometric, EGM96\)<\/name>/);
  assert.ok(kml.includes(` ${Number((geometricM - 20).toFixed(1))}</gx:coord>`));
  const ele = `<ele>${Number((geometricM - 20).toFixed(1))}</ele>`;
  assert.ok(tracksGpx([input], "t").includes(ele));
  assert.match(tracksGpx([input], "t"), /<geoidheight>20<\/geoidheight>/);
  assert.ok(tracksCzml([input], "t").includes(`,${Number(geometricM.toFixed(1))},`));
});

interface Packet {
  readonly id: string;
  readonly parent?: string;
  readonly clock?: { readonly interval: string };
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly position?: { readonly epoch?: string; readonly cartographicDegrees: number[] };
  readonly polyline?: { readonly material: object; readonly arcType: string };
}

test("CZML begins with its document, its samples go forward in time, and gaps are dashes nothing moves along", () => {
  const fixture = antimeridianFixture({ simulated: true });
  const packets = JSON.parse(tracksCzml([exportOf(fixture)], "XX-DEMO")) as Packet[];
  const [first, ...rest] = packets;
  assert.deepEqual([first!.id, (first as { version?: string }).version], ["document", "1.0"]);
  assert.match(first!.clock!.interval, /^\d{4}-\d\d-\d\dT[\d:]+Z\/\d{4}-\d\d-\d\dT[\d:]+Z$/);
  const ids = packets.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "ids are of one packet only");
  // A parent stands before its children, as the guide wants it.
  rest.forEach(
    ({ parent }, i) => parent && assert.ok(ids.slice(0, i + 1).includes(parent), parent),
  );
  let sampleCount = 0;
  for (const { position } of rest) {
    if (position?.epoch === undefined) continue;
    const numbers = position.cartographicDegrees;
    assert.equal(numbers.length % 4, 0);
    for (let i = 4; i < numbers.length; i += 4) assert.ok(numbers[i]! > numbers[i - 4]!);
    sampleCount += numbers.length / 4;
  }
  assert.equal(sampleCount, fixture.track.length);
  const gaps = rest.filter(({ properties }) => properties?.["kind"] === "gap");
  assert.equal(gaps.length, fixture.gaps.length);
  for (const { polyline, position } of gaps) {
    assert.ok("polylineDash" in polyline!.material);
    assert.equal(polyline!.arcType, "GEODESIC");
    assert.equal(position, undefined);
  }
  // Cesium stops at a property that is null.
  for (const { properties } of rest)
    assert.ok(Object.values(properties ?? {}).every((one) => one !== null));
});

test("trips are lines of longitude, latitude, height and seconds, cut at 180 degrees, gaps named", () => {
  const fixture = antimeridianFixture({ simulated: true });
  const text = tracksTripsGeoJson([exportOf(fixture)]);
  const { features } = JSON.parse(text) as FeatureCollection<LineString>;
  for (const { geometry, properties } of features) {
    assert.equal(geometry.type, "LineString");
    assert.equal(properties?.["simulated"], true);
    assert.match(String(properties?.["kind"]), /^(contact|gap)$/);
    let last = geometry.coordinates[0]!;
    assert.ok(geometry.coordinates.length >= 2);
    for (const at of geometry.coordinates) {
      assert.equal(at.length, 4);
      assert.ok(at[3]! >= last[3]! && Math.abs(at[0]! - last[0]!) <= 180);
      last = at;
    }
  }
  const gaps = features.filter(({ properties }) => properties?.["kind"] === "gap");
  assert.ok(gaps.length >= fixture.gaps.length);
  assert.ok(gaps.every(({ properties }) => properties?.["evidence"] === "not observed"));
});

test("only what lies in the journeys is written, and everything where there is none", () => {
  const fixture = atlanticFixture({ simulated: false });
  const whole = exportOf(fixture);
  const { timeMs } = fixture.track;
  const third = fixture.contacts[2]!;
  const journey = {
    ...fixture.model.journey,
    from: isoSeconds(timeMs[third.start]!),
    to: isoSeconds(timeMs[third.end - 1]!),
  };
  const part = parseXml(tracksKml([{ ...whole, journeys: [journey] }], "t"));
  assert.equal(named(part, "gx:coord").length, third.end - third.start);
  const all = parseXml(tracksKml([{ ...whole, journeys: [] }], "t"));
  assert.equal(named(all, "gx:coord").length, fixture.track.length);
});

test("one movement is one placemark, in the folder of how it is known", () => {
  const { journey, identity } = atlanticFixture({ simulated: true });
  const movements = journey.stops
    .flatMap((stop) => [stop.landing, stop.takeoff])
    .flatMap((one) => (one ? [movementJson(one, identity)] : []));
  const document = parseXml(movementsKml(movements, "Landings"));
  const folders = named(document, "Folder");
  assert.deepEqual(
    folders.map((one) => [textOf(one, "name"), named(one, "Placemark").length]),
    [
      ["Seen", 5],
      ["Inferred (nobody received the event itself)", 1],
    ],
  );
  assert.deepEqual(named(parseXml(movementsKml([], "Landings: none")), "Placemark"), []);
});
