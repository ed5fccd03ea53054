import { type ContinuousPolygon, type LonLat, polygonContains } from "./polygon.js";
import {
  angleRad,
  CURVATURE_MAX_M,
  EQUATOR_RADIUS_M,
  type LatLon,
  placeOfReduced,
  reducedVector,
  type UnitVector,
  unitOf,
} from "./reduced-sphere.js";

/** A cap on the ellipsoid: everything it stands for lies within `radiusM` of its centre. */
export interface Cap {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly centre: UnitVector;
  readonly radiusM: number;
  /** The line this cap was made for; undefined for a cap over other caps. */
  readonly line?: readonly [LonLat, LonLat] | undefined;
  readonly parts: readonly Cap[];
}

/** Polygons, or a single place, ready to be asked whether a prism meets them. */
export interface PrismShape {
  readonly polygons: readonly ContinuousPolygon[];
  /** One cap over all edges, with smaller ones inside; undefined for a shape without any edge. */
  readonly top: Cap | undefined;
  readonly edgeCount: number;
}

const RAD = Math.PI / 180;

/** Outlines of polygons, holes included, as a tree of caps. */
export function shapeOfPolygons(polygons: readonly ContinuousPolygon[]): PrismShape {
  const edges: Cap[] = [];
  for (const polygon of polygons) {
    for (const { positions } of polygon) {
      for (let i = 1; i < positions.length; i++) {
        edges.push(capOfLine([positions[i - 1]!, positions[i]!]));
      }
    }
  }
  return { polygons, top: treeOf(edges), edgeCount: edges.length };
}

/** One place without size. */
export function shapeOfPlace({ latDeg, lonDeg }: LatLon): PrismShape {
  const position: LonLat = [lonDeg, latDeg];
  const known = Number.isFinite(latDeg + lonDeg);
  return { polygons: [], top: known ? capOfLine([position, position]) : undefined, edgeCount: 1 };
}

/** @returns true when a polygon of the shape holds the place; a place shape holds nothing */
export function shapeContains(shape: PrismShape, { latDeg, lonDeg }: LatLon): boolean {
  return shape.polygons.some((polygon) => polygonContains(polygon, latDeg, lonDeg));
}

/**
 * A cap round a line that is straight in longitude and latitude, as GeoJSON has it.
 *
 * The radius is an upper bound of each half's length: no degree of latitude is longer than on the circle of greatest
 * curvature radius, and no degree of longitude longer than that times the cosine of the half's lowest latitude.
 */
export function capOfLine(line: readonly [LonLat, LonLat]): Cap {
  const [from, to] = line;
  const lonDeg = (from[0] + to[0]) / 2;
  const latDeg = (from[1] + to[1]) / 2;
  const middle: LonLat = [lonDeg, latDeg];
  const radiusM = Math.max(lineLengthMaxM(from, middle), lineLengthMaxM(middle, to));
  return { latDeg, lonDeg, centre: reducedVector({ latDeg, lonDeg }), radiusM, line, parts: [] };
}

/** @returns the two halves of a line's cap */
export function halvesOf(line: readonly [LonLat, LonLat]): [Cap, Cap] {
  const [from, to] = line;
  const middle: LonLat = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return [capOfLine([from, middle]), capOfLine([middle, to])];
}

function lineLengthMaxM(from: LonLat, to: LonLat): number {
  const crossesEquator = from[1] * to[1] <= 0;
  const lowestLatDeg = crossesEquator ? 0 : Math.min(Math.abs(from[1]), Math.abs(to[1]));
  const eastRad = (to[0] - from[0]) * RAD * Math.cos(lowestLatDeg * RAD);
  return CURVATURE_MAX_M * Math.hypot(eastRad, (to[1] - from[1]) * RAD);
}

/** Joins neighbours two by two; neighbours along an outline lie near each other. */
function treeOf(edges: readonly Cap[]): Cap | undefined {
  let level = edges;
  while (level.length > 1) {
    const next: Cap[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const second = level[i + 1];
      next.push(second ? capOver(level[i]!, second) : level[i]!);
    }
    level = next;
  }
  return level[0];
}

function capOver(a: Cap, b: Cap): Cap {
  const sum = unitOf(a.centre.x + b.centre.x, a.centre.y + b.centre.y, a.centre.z + b.centre.z);
  const centre = sum ?? a.centre;
  const radiusM = Math.max(
    EQUATOR_RADIUS_M * angleRad(centre, a.centre) + a.radiusM,
    EQUATOR_RADIUS_M * angleRad(centre, b.centre) + b.radiusM,
  );
  return { ...placeOfReduced(centre), centre, radiusM, parts: [a, b] };
}
