import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import type { Feature, FeatureCollection, Position } from "geojson";
import { reachArea } from "../../src/geo/prism-area.js";
import { journeysGeoJson, movementsGeoJson, trackGeoJson } from "../../src/report/geojson.js";
import { tracksGpx } from "../../src/report/gpx.js";
import { movementsKml } from "../../src/report/kml.js";
import { reachGeoJson } from "../../src/report/reach-geojson.js";
import { movementJson } from "../../src/report/shapes.js";
import { tracksKml } from "../../src/report/track-kml.js";
import { tracksTripsGeoJson } from "../../src/report/trips-geojson.js";
import { isoSeconds } from "../../src/units/time.js";
import { antimeridianFixture, atlanticFixture, type Fixture } from "./fixture.js";

const HAS_GDAL = spawnSync("ogr2ogr", ["--version"]).status === 0;
const HOSTILE = `<b>&"' 🛬\u0001 Asunción`;

const folder = mkdtempSync(join(tmpdir(), "wheelsdown-gdal-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** @returns true when the test cannot run; where GDAL was installed that is a failure */
function isAbsent(context: TestContext): boolean {
  if (HAS_GDAL) return false;
  assert.notEqual(process.env["WHEELSDOWN_REQUIRE_GDAL"], "1", "no ogr2ogr");
  context.skip("no GDAL here: Debian's package gdal-bin has it");
  return true;
}

function runGdal(program: string, words: readonly string[]): string {
  const ran = spawnSync(program, words, { encoding: "utf8", maxBuffer: 2 ** 28 });
  assert.equal(ran.status, 0, `${program} ${words.join(" ")}: ${ran.error ?? ran.stderr}`);
  assert.doesNotMatch(ran.stderr, /ERROR|Warning/i, `${program} ${words.join(" ")}`);
  return ran.stdout;
}

/** Writes a file and has GDAL read it. @returns the features of each of its layers */
function readBack(name: string, text: string): Map<string, Feature[]> {
  const path = join(folder, name);
  writeFileSync(path, text);
  const listed = runGdal("ogrinfo", ["-ro", "-q", path]).trim().split("\n");
  const geometry = / \((?:3D )?(?:Multi )?(?:Point|Line String|Polygon)\)$/;
  const layers = listed.map((line) => line.replace(/^\d+: /, "").replace(geometry, ""));
  return new Map(
    layers.map((layer) => {
      const words = ["-f", "GeoJSON", "/vsistdout/", path, layer, "-lco", "COORDINATE_PRECISION=7"];
      const read = JSON.parse(runGdal("ogr2ogr", words)) as FeatureCollection;
      return [layer, read.features];
    }),
  );
}

function positionsOf({ geometry }: Feature): Position[] {
  if (geometry.type === "Point") return [geometry.coordinates];
  if (geometry.type === "LineString") return geometry.coordinates;
  if (geometry.type === "MultiLineString") return geometry.coordinates.flat();
  // GDAL gives the parts of a MultiGeometry of KML so.
  if (geometry.type === "GeometryCollection")
    return geometry.geometries.flatMap((one) =>
      positionsOf({ type: "Feature", properties: null, geometry: one }),
    );
  throw new Error(`no line: ${geometry.type}`);
}

function exportOf(fixture: Fixture) {
  const { track, contacts, gaps, model } = fixture;
  const journeys = [model.journey];
  return { track, contacts, gaps, journeys, title: HOSTILE, geoidHeightM: () => 20 };
}

function fixtures(): Fixture[] {
  const options = { simulated: true, registration: HOSTILE, callsign: HOSTILE, file: HOSTILE };
  return [atlanticFixture(options), antimeridianFixture(options)];
}

function movementsOf({ journey, identity }: Fixture) {
  return journey.stops
    .flatMap((stop) => [stop.landing, stop.takeoff])
    .flatMap((one) => (one ? [movementJson(one, identity)] : []));
}

/** Longitudes and latitudes of every point of a fixture, as they are written. */
function placesOf({ track }: Fixture): [number, number][] {
  return Array.from({ length: track.length }, (_, i) => [
    Number(track.lonDeg[i]!.toFixed(6)),
    Number(track.latDeg[i]!.toFixed(6)),
  ]);
}

/** GDAL gives back numbers to seven decimals. */
function assertSamePlaces(found: readonly Position[], wanted: readonly [number, number][]): void {
  assert.equal(found.length, wanted.length);
  found.forEach(([lon, lat], i) => {
    assert.ok(
      Math.abs(lon! - wanted[i]![0]) < 1e-6 && Math.abs(lat! - wanted[i]![1]) < 1e-6,
      `${i}`,
    );
  });
}

/** GDAL writes "2019-01-23T08:52:13Z", or with a blank or an offset, as its version likes. */
function timeMsOf(text: unknown): number {
  return Date.parse(String(text).replace(/\//g, "-").replace(" ", "T").replace(/\+00$/, "Z"));
}

test("GDAL reads from KML every position, gap and stop as it was written", (context) => {
  if (isAbsent(context)) return;
  fixtures().forEach((fixture, at) => {
    const layers = readBack(`track-${at}.kml`, tracksKml([exportOf(fixture)], HOSTILE));
    const part = (start: string) =>
      [...layers].find(([name]) => name.startsWith(start))?.[1] ?? assert.fail(start);
    const contacts = part("Contacts");
    assertSamePlaces(contacts.flatMap(positionsOf), placesOf(fixture));
    const gaps = part("Gaps");
    assert.equal(gaps.length, fixture.gaps.length);
    gaps.forEach(({ properties }, i) => {
      const { fromMs, toMs } = fixture.gaps[i]!;
      assert.equal(timeMsOf(properties?.["begin"]), Math.floor(fromMs / 1000) * 1000);
      assert.equal(timeMsOf(properties?.["end"]), Math.floor(toMs / 1000) * 1000);
      assert.match(String(properties?.["Name"]), /^SIMULATED not heard for/);
    });
    const stops = part("Stops");
    const placed = fixture.model.journey.stops.filter(({ lat }) => lat !== null);
    assertSamePlaces(
      stops.flatMap(positionsOf),
      placed.map(({ lon, lat }) => [lon!, lat!]),
    );
    assert.match(String(stops[0]!.properties?.["Name"]), /^SIMULATED 1 /);
  });
});

test("GDAL reads from GPX every position with its time and height, and a segment for each contact", (context) => {
  if (isAbsent(context)) return;
  fixtures().forEach((fixture, at) => {
    const { track, contacts, gaps, model } = fixture;
    const layers = readBack(`track-${at}.gpx`, tracksGpx([exportOf(fixture)], HOSTILE));
    const points = layers.get("track_points")!;
    assertSamePlaces(points.flatMap(positionsOf), placesOf(fixture));
    points.forEach(({ properties }, i) => {
      assert.equal(isoSeconds(timeMsOf(properties?.["time"])), isoSeconds(track.timeMs[i]!));
      const ele = (properties?.["ele"] ?? null) as number | null;
      if (track.ground[i] === 1) assert.equal(ele, null);
      else assert.ok(Math.abs(ele! - track.altitudeFt[i]! * 0.3048) < 0.1);
    });
    const segments = new Set(points.map(({ properties }) => properties?.["track_seg_id"]));
    assert.equal(segments.size, contacts.length);
    assert.equal(layers.get("waypoints")!.length, gaps.length + model.journey.stops.length);
    assert.match(
      String(layers.get("tracks")![0]!.properties?.["name"]),
      /<b>&"' 🛬\ufffd Asunción/,
    );
  });
});

test("GDAL reads GeoJSON with the same features, and a GeoPackage made of it keeps them all", (context) => {
  if (isAbsent(context)) return;
  fixtures().forEach((fixture, at) => {
    const { track } = fixture;
    const area = reachArea([{ latDeg: 60, lonDeg: 179 }], 400_000).map((rings) => ({
      type: "Feature" as const,
      properties: { kind: "reach", simulated: true },
      geometry: {
        type: "Polygon" as const,
        coordinates: rings.map((ring) => ring.map((p) => [...p])),
      },
    }));
    const texts = {
      track: trackGeoJson(fixture),
      journeys: journeysGeoJson([fixture.model]),
      movements: movementsGeoJson(movementsOf(fixture)),
      reach: reachGeoJson(area),
    };
    for (const [name, text] of Object.entries(texts)) {
      const wanted = (JSON.parse(text) as FeatureCollection).features;
      const file = `${name}-${at}`;
      const [found] = readBack(`${file}.geojson`, text).values();
      assert.equal(found!.length, wanted.length, name);
      found!.forEach(({ geometry, properties }, i) => {
        assert.deepEqual(geometry, wanted[i]!.geometry, `${name} ${i}`);
        assert.equal(properties?.["kind"], wanted[i]!.properties?.["kind"]);
        assert.equal(properties?.["simulated"], true);
      });
      const geopackage = join(folder, `${file}.gpkg`);
      runGdal("ogr2ogr", [
        "-f",
        "GPKG",
        geopackage,
        join(folder, `${file}.geojson`),
        "-nln",
        "all",
      ]);
      const summary = runGdal("ogrinfo", ["-ro", "-so", geopackage, "all"]);
      assert.match(summary, new RegExp(`Feature Count: ${wanted.length}\\b`), name);
    }
    assert.match(texts.track, new RegExp(`"points":${fixture.contacts[0]!.end}\\b`));
    assert.ok(track.length > 0);
  });
});

test("GDAL reads movements from KML, and the places of trips", (context) => {
  if (isAbsent(context)) return;
  fixtures().forEach((fixture, at) => {
    const movements = movementsOf(fixture);
    const layers = readBack(`movements-${at}.kml`, movementsKml(movements, HOSTILE));
    const found = [...layers.values()].flat();
    assert.equal(found.length, movements.length);
    assert.deepEqual(
      found.map(({ properties }) => timeMsOf(properties?.["begin"])).sort(),
      movements.map(({ timeFrom }) => Date.parse(timeFrom)).sort(),
    );
    const text = tracksTripsGeoJson([exportOf(fixture)]);
    const trips = [...readBack(`trips-${at}.geojson`, text).values()].flat();
    assert.equal(trips.length, (JSON.parse(text) as FeatureCollection).features.length);
  });
});

/** Positive for a ring that runs counterclockwise, degrees squared. */
function areaOf(ring: readonly (readonly [number, number])[]): number {
  return ring.slice(1).reduce((sum, [lon, lat], i) => {
    const [lastLon, lastLat] = ring[i]!;
    return sum + (lastLon * lat - lon * lastLat) / 2;
  }, 0);
}

test("areas of reach wind as RFC 7946 wants: outer rings counterclockwise, also over 180 degrees and a pole", () => {
  for (const [latDeg, lonDeg] of [
    [60, 179],
    [-60, -179],
    [89, 0],
    [-89, 30],
    [10, 20],
  ] as const) {
    for (const [outer, ...holes] of reachArea([{ latDeg, lonDeg }], 500_000)) {
      assert.ok(areaOf(outer!) > 0, `${latDeg} ${lonDeg}`);
      for (const hole of holes) assert.ok(areaOf(hole) < 0);
      assert.deepEqual(outer![0], outer!.at(-1));
      assert.ok(outer!.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90));
    }
  }
});
