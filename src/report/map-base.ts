/** The land, borders and names under a journey, drawn for one view. */
import {
  type GeoProjection,
  type GeoStream,
  geoArea,
  geoContains,
  geoGraticule,
  geoPath,
} from "d3-geo";
import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Polygon } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** Land, borders and countries of the world, decoded once and drawn often. */
export interface World {
  readonly land: Feature | FeatureCollection;
  readonly borders: MultiLineString;
  readonly countries: readonly { readonly name: string; readonly parts: readonly Polygon[] }[];
}

/** Places where a country's name may stand, the largest visible part's middle. */
export interface CountryName {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BasePaths {
  readonly land: string;
  readonly borders: string;
  readonly graticule: string;
}

interface WorldObjects {
  readonly [key: string]: GeometryCollection<{ name?: string }>;
}

/**
 * Decodes a world-atlas topology with the objects `land` and `countries`.
 *
 * @throws RangeError when `topology` is something else
 */
export function decodeWorld(topology: unknown): World {
  const known = asTopology(topology);
  const { land, countries } = known.objects;
  if (!land || !countries) throw new RangeError("the world topology lacks land or countries");
  return {
    land: feature(known, land),
    borders: mesh(known, countries, (a, b) => a !== b),
    countries: feature(known, countries).features.flatMap((country) => {
      const parts = polygonsOf(country.geometry);
      const { name } = country.properties;
      return name && parts.length > 0 ? [{ name, parts }] : [];
    }),
  };
}

/** @param detailPx points nearer than this to the last one drawn are left out */
export function basePaths(world: World, projection: GeoProjection, detailPx: number): BasePaths {
  const path = geoPath({ stream: (sink) => projection.stream(thinned(sink, detailPx)) }).digits(1);
  const step: [number, number] = projection.scale() > 1200 ? [5, 5] : [15, 15];
  return {
    land: path(world.land) ?? "",
    borders: path(world.borders) ?? "",
    graticule: path(geoGraticule().step(step)()) ?? "",
  };
}

/** Names of the countries large enough in this view, the largest first. */
export function countryNames(world: World, projection: GeoProjection): CountryName[] {
  const path = geoPath(projection);
  const names = world.countries.flatMap(({ name, parts }) => {
    let largest: Polygon | undefined;
    let areaMax = 0;
    for (const part of parts) {
      const area = path.area(part);
      if (area > areaMax) [largest, areaMax] = [part, area];
    }
    // chosen: 250 square pixels, about the size of a name of four letters.
    if (!largest || areaMax < 250 || isOutlying(largest, parts)) return [];
    const [x, y] = path.centroid(largest);
    // The middle of a crescent, or of land around the far side of the globe, lies in another country.
    const middle = projection.invert?.([x, y]);
    if (middle && !geoContains(largest, middle)) return [];
    const [[x0, y0], [x1, y1]] = path.bounds(largest);
    return [{ name, x, y, width: x1 - x0, height: y1 - y0, areaMax }];
  });
  return names.sort((a, b) => b.areaMax - a.areaMax || (a.name < b.name ? -1 : 1));
}

/** A far small part must not carry the name of the whole: "France" would stand in South America. */
function isOutlying(part: Polygon, parts: readonly Polygon[]): boolean {
  // chosen: French Guiana is 15 % of the main part of France, Alaska 22 % of that of the United States.
  return geoArea(part) < 0.18 * Math.max(...parts.map((one) => geoArea(one)));
}

function asTopology(value: unknown): Topology<WorldObjects> {
  const isTopology =
    typeof value === "object" &&
    value !== null &&
    (value as { type?: unknown }).type === "Topology" &&
    typeof (value as { objects?: unknown }).objects === "object";
  if (!isTopology) throw new RangeError("the world map is no TopoJSON topology");
  return value as Topology<WorldObjects>;
}

function polygonsOf(geometry: Feature["geometry"]): Polygon[] {
  if (geometry.type === "Polygon") return [geometry];
  if (geometry.type !== "MultiPolygon") return [];
  const many: MultiPolygon = geometry;
  return many.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
}

/** Drops points that would fall on the same spot of the paper, and rings too small to see. */
function thinned(sink: GeoStream, detailPx: number): GeoStream {
  let line: [number, number][] = [];
  const flush = () => {
    const first = line[0];
    const last = line[line.length - 1];
    if (!first || !last || line.length < 2) return;
    sink.lineStart();
    for (const [x, y] of line) sink.point(x, y);
    sink.lineEnd();
  };
  let isPolygon = false;
  let pending: [number, number] | undefined;
  return {
    point(x, y) {
      const last = line[line.length - 1];
      if (last && Math.hypot(x - last[0], y - last[1]) < detailPx) pending = [x, y];
      else {
        pending = undefined;
        line.push([x, y]);
      }
    },
    lineStart() {
      line = [];
      pending = undefined;
    },
    lineEnd() {
      // An open line keeps its true end; a ring closes by itself.
      if (pending && !isPolygon) line.push(pending);
      if (!isPolygon || line.length > 2) flush();
    },
    polygonStart() {
      isPolygon = true;
      sink.polygonStart();
    },
    polygonEnd() {
      isPolygon = false;
      sink.polygonEnd();
    },
    sphere() {
      sink.sphere?.();
    },
  };
}
