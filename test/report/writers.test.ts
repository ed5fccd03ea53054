import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import type { Feature, FeatureCollection, Position } from "geojson";
import {
  gapsCsv,
  journeysCsv,
  movementsCsv,
  spreadsheetText,
  trackCsv,
} from "../../src/report/csv.js";
import { journeysGeoJson, movementsGeoJson, trackGeoJson } from "../../src/report/geojson.js";
import { movementsKml, trackKml } from "../../src/report/kml.js";
import { greatCircleLine, type LonLat, splitAtAntimeridian } from "../../src/report/lines.js";
import { movementJson } from "../../src/report/shapes.js";
import { xmlText } from "../../src/report/xml-text.js";
import { antimeridianFixture, atlanticFixture } from "./fixture.js";

const HOSTILE = `=cmd|' /C calc'!A0</script>,"\r\n`;
const SEED = { seed: 1944 };

function rows(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
}

function movementsOf(fixture: ReturnType<typeof atlanticFixture>) {
  return fixture.journey.stops
    .flatMap((stop) => [stop.landing, stop.takeoff])
    .flatMap((one) => (one ? [movementJson(one, fixture.identity)] : []));
}

test("CSV comes back from an independent reader as it went in, hostile names included", () => {
  const fixture = atlanticFixture({
    simulated: true,
    registration: HOSTILE,
    callsign: HOSTILE,
    file: HOSTILE,
  });
  const movements = rows(movementsCsv(movementsOf(fixture)));
  assert.equal(movements.length, 6);
  for (const row of movements) {
    assert.equal(row["registration"], `'${HOSTILE}`);
    assert.equal(row["callsign"], `'${HOSTILE.trim()}`);
    assert.equal(row["simulated"], "true");
  }
  assert.equal(rows(journeysCsv([fixture.model.journey])).length, 4);
  assert.equal(rows(gapsCsv(fixture.model.gaps)).length, fixture.gaps.length);
  const points = rows(trackCsv(fixture.track));
  assert.equal(points.length, fixture.track.length);
  assert.ok(points.every((row) => row["simulated"] === "true"));
});

test("no text cell of a CSV begins a formula, and every text survives", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const [[cell]] = parse(stringify([[spreadsheetText(text), "end"]]), {}) as [[string]];
      assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/);
      assert.equal(
        cell.replace(/^'(?=[=+\-@\t\r\n])/, ""),
        text.replace(/^'(?=[=+\-@\t\r\n])/, ""),
      );
    }),
    SEED,
  );
});

test("negative numbers stay numbers in a CSV", () => {
  const [first] = rows(trackCsv(atlanticFixture({ simulated: false }).track)).slice(-1);
  assert.equal(first?.["lon"], "-82.4091");
});

function linesOf(feature: Feature): Position[][] {
  if (feature.geometry.type === "LineString") return [feature.geometry.coordinates];
  if (feature.geometry.type === "MultiLineString") return feature.geometry.coordinates;
  return [];
}

test("GeoJSON lines are cut at the antimeridian, and every feature says how it is known", () => {
  const fixture = antimeridianFixture({ simulated: true });
  const texts = [
    journeysGeoJson([fixture.model]),
    trackGeoJson(fixture),
    movementsGeoJson(movementsOf(fixture)),
  ];
  for (const text of texts) {
    const all = JSON.parse(text) as FeatureCollection;
    for (const feature of all.features) {
      assert.equal(feature.properties?.["simulated"], true);
      assert.match(String(feature.properties?.["evidence"]), /^(seen|inferred|not observed)$/);
      for (const line of linesOf(feature)) {
        assert.ok(line.length >= 2);
        for (let i = 1; i < line.length; i++) {
          assert.ok(Math.abs(line[i]![0]! - line[i - 1]![0]!) <= 180);
        }
      }
    }
  }
  const all = JSON.parse(texts[0]!) as FeatureCollection;
  assert.ok(all.features.some((feature) => feature.geometry.type === "MultiLineString"));
  assert.ok(all.features.some((feature) => feature.properties?.["kind"] === "gap"));
});

const place = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
);

test("cutting at the antimeridian keeps all points, in order, and adds only points on ±180", () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 2, maxLength: 20 }), (line: LonLat[]) => {
      const parts = splitAtAntimeridian(line);
      const kept = parts.flat().filter((point) => line.includes(point));
      const inner = line.filter((point) => Math.abs(point[0]) < 180);
      for (const part of parts) {
        assert.ok(part.length >= 2);
        for (let i = 1; i < part.length; i++) {
          assert.ok(Math.abs(part[i]![0] - part[i - 1]![0]) <= 180);
        }
      }
      const added = parts.flat().filter((point) => !line.includes(point));
      assert.ok(added.every((point) => Math.abs(point[0]) === 180));
      assert.deepEqual(
        kept.filter((point) => Math.abs(point[0]) < 180),
        inner,
      );
    }),
    SEED,
  );
});

test("a great circle keeps its ends and goes the short way over 180°", () => {
  const line = greatCircleLine([179, 60], [-179, 60]);
  assert.deepEqual(line[0], [179, 60]);
  assert.deepEqual(line[line.length - 1], [-179, 60]);
  assert.ok(line.every(([lon]) => Math.abs(lon) >= 179));
});

test("KML is well formed with hostile names, one track a contact, and gaps that say so", () => {
  const fixture = atlanticFixture({ simulated: true, registration: HOSTILE, callsign: HOSTILE });
  const { track, contacts, gaps } = fixture;
  const journeys = [fixture.model.journey];
  const kml = trackKml({ track, contacts, gaps, journeys, title: `Journey of ${HOSTILE}` });
  assert.doesNotMatch(kml, /<\/script/);
  assert.match(kml, /<Document><name>SIMULATED Journey/);
  assert.ok((kml.match(/<gx:Track>/g)?.length ?? 0) >= contacts.length);
  assert.equal(kml.match(/<when>/g)?.length, kml.match(/<gx:coord>/g)?.length);
  assert.equal(kml.match(/<when>/g)?.length, track.length);
  assert.match(kml, /<name>SIMULATED not heard for [^<]*: shortest path, not a route</);
  assert.doesNotMatch(kml, /NaN|undefined|null/);
  const opened = [...kml.matchAll(/<([a-zA-Z:]+)(?:\s[^>]*)?>/g)].map((match) => match[1]!);
  const closed = [...kml.matchAll(/<\/([a-zA-Z:]+)>/g)].map((match) => match[1]!);
  assert.deepEqual(opened.sort(), closed.sort());
});

test("KML of real positions does not say simulated", () => {
  const fixture = atlanticFixture({ simulated: false });
  const kml = movementsKml(movementsOf(fixture), "Landings");
  assert.doesNotMatch(kml, /simulated/i);
  assert.match(kml, /<Document><name>Landings/);
});

test("XML text holds no character that XML 1.0 forbids", () => {
  assert.equal(xmlText(`\u0000<&>"'\ud800`), "\ufffd&lt;&amp;&gt;&quot;&apos;\ufffd");
  assert.equal(xmlText("Asunción 🛬"), "Asunción 🛬");
});

test("what is on the ground is clamped to it, never given an altitude", () => {
  const fixture = atlanticFixture({ simulated: false });
  const { track, contacts, gaps } = fixture;
  const kml = trackKml({ track, contacts, gaps, journeys: [], title: "t" });
  for (const [, mode, body] of kml.matchAll(
    /<altitudeMode>(\w+)<\/altitudeMode>(.*?)<\/gx:Track>/g,
  )) {
    const heights = [...body!.matchAll(/<gx:coord>[^ <]+ [^ <]+ ([^<]+)</g)].map(
      (match) => match[1],
    );
    if (mode === "clampToGround") assert.ok(heights.every((one) => one === "0"));
  }
  assert.match(kml, /: on the ground</);
});
