import { geoInterpolate } from "d3-geo";
import { sphereDistanceM } from "../geo/sphere.js";

/** Longitude and latitude, degrees: the order of GeoJSON and KML, used only on the way out to them. */
export type LonLat = readonly [number, number];

/** chosen: 100 km; a straight line between such points leaves the great circle by under 1 km below 80° latitude. */
const GREAT_CIRCLE_STEP_M = 100_000;
/** chosen: near a pole longitude runs on fast, and a straight line between two longitudes is a detour. */
const LONGITUDE_STEP_MAX_DEG = 5;
/** chosen: a path that misses the pole by less is drawn through it: its longitudes cannot be stepped through. */
const POLE_MISS_MAX_M = 1_000;

/**
 * Points of the shortest path between two positions, both ends included, so close together that programs which
 * draw straight lines still show a great circle. Antipodes have no single shortest path; one is taken. A path over a pole
 * goes up to 90° on one meridian and down from there on the other.
 */
export function greatCircleLine(from: LonLat, to: LonLat): LonLat[] {
  const lengthM = sphereDistanceM(from[1], from[0], to[1], to[0]);
  const steps = Math.max(1, Math.ceil(lengthM / GREAT_CIRCLE_STEP_M));
  const at = geoInterpolate([from[0], from[1]], [to[0], to[1]]);
  const line: LonLat[] = [from];
  for (let i = 1; i <= steps; i++) {
    const end = i === steps ? to : at(i / steps);
    line.push(...betweenMeridians(line[line.length - 1]!, end), end);
  }
  return line;
}

/** Points between two of a path whose longitudes lie far apart: the pole, or as many as it takes. */
function betweenMeridians(from: LonLat, to: LonLat): LonLat[] {
  const turnedDeg = Math.abs(turnBetweenDeg(from[0], to[0]));
  const steps = Math.ceil(turnedDeg / LONGITUDE_STEP_MAX_DEG);
  const lengthM = sphereDistanceM(from[1], from[0], to[1], to[0]);
  if (steps <= 1 || lengthM < POLE_MISS_MAX_M || isPole(from) || isPole(to)) return [];
  const poleDeg = from[1] + to[1] > 0 ? 90 : -90;
  if (poleMissM(from, to, poleDeg) < POLE_MISS_MAX_M)
    return [
      [from[0], poleDeg],
      [to[0], poleDeg],
    ];
  const at = geoInterpolate([from[0], from[1]], [to[0], to[1]]);
  // Even steps of the path are uneven ones of longitude: most of its turn lies where it is nearest to the pole.
  const fine = steps * 8;
  const points: LonLat[] = [];
  let last = from;
  for (let i = 1; i < fine; i++) {
    const point = at(i / fine);
    if (Math.abs(turnBetweenDeg(last[0], point[0])) < LONGITUDE_STEP_MAX_DEG / 2) continue;
    points.push(point);
    last = point;
  }
  return points;
}

/** How near a path comes to a pole: distance of the pole from its two ends, less their distance from each other. */
function poleMissM(from: LonLat, to: LonLat, poleDeg: number): number {
  const a = sphereDistanceM(from[1], from[0], poleDeg, 0);
  const b = sphereDistanceM(to[1], to[0], poleDeg, 0);
  const turned = (turnBetweenDeg(from[0], to[0]) * Math.PI) / 180;
  // So near to the pole the sphere is flat enough: height of a triangle over its longest side.
  const side = Math.sqrt(a * a + b * b - 2 * a * b * Math.cos(turned));
  return side === 0 ? a : (a * b * Math.abs(Math.sin(turned))) / side;
}

function isPole([, lat]: LonLat): boolean {
  return Math.abs(lat) === 90;
}

function turnBetweenDeg(fromDeg: number, toDeg: number): number {
  return ((((toDeg - fromDeg) % 360) + 540) % 360) - 180;
}

/** chosen: as many dashes as can be told apart on a line across a screen. */
const DASHES_MAX = 30;
/** chosen: a dash is no shorter, so that a line of some kilometres is not crumbs. */
const DASH_MIN_M = 500;

/**
 * The shortest path between two positions in dashes, for formats that have none: the first begins at `from`, the last
 * ends at `to`, and what lies between two dashes is as long as they are.
 */
export function dashedLine(from: LonLat, to: LonLat): LonLat[][] {
  const lengthM = sphereDistanceM(from[1], from[0], to[1], to[0]);
  const dashes = Math.min(DASHES_MAX, Math.max(1, Math.floor(lengthM / DASH_MIN_M / 2)));
  const at = geoInterpolate([from[0], from[1]], [to[0], to[1]]);
  const pieces = 2 * dashes - 1;
  return Array.from({ length: dashes }, (_, i) => {
    const start = i === 0 ? from : at((2 * i) / pieces);
    const end = i === dashes - 1 ? to : at((2 * i + 1) / pieces);
    return greatCircleLine(start, end);
  }).flatMap(splitAtAntimeridian);
}

/**
 * Cuts a line where it crosses 180°, so that no part spans more than half the globe.
 *
 * @returns parts of at least two points each, the cut ends exactly on ±180; a single point gives no part
 *
 * Source: RFC 7946, section 3.1.9.
 */
export function splitAtAntimeridian(line: readonly LonLat[]): LonLat[][] {
  return cutAtAntimeridian(line);
}

/**
 * The same for positions that carry more numbers than longitude and latitude: at a cut these lie between those of the two
 * points beside it, as the latitude does.
 */
export function cutAtAntimeridian<P extends readonly number[]>(line: readonly P[]): P[][] {
  const parts: P[][] = [];
  let part: P[] = [];
  for (const point of line) {
    const last = part[part.length - 1];
    if (last && Math.abs(point[0]! - last[0]!) > 180) {
      const side = last[0]! > 0 ? 180 : -180;
      // A point that already lies on the meridian needs no second copy of itself.
      if (last[0] !== side) part.push(pointAtSide(last, point, { side, lonDeg: side }));
      if (part.length > 1) parts.push(part);
      part = point[0] === -side ? [] : [pointAtSide(last, point, { side, lonDeg: -side })];
    }
    part.push(point);
  }
  if (part.length > 1) parts.push(part);
  return parts;
}

/** Where the way from one point to the next meets the meridian `side`, told as longitude `lonDeg`. */
function pointAtSide<P extends readonly number[]>(
  last: P,
  next: P,
  { side, lonDeg }: { readonly side: number; readonly lonDeg: number },
): P {
  const nextLonDeg = next[0]! + (side > 0 ? 360 : -360);
  const span = nextLonDeg - last[0]!;
  const share = span === 0 ? 0 : (side - last[0]!) / span;
  const point = last.map((from, at) => (at === 0 ? lonDeg : from + (next[at]! - from) * share));
  // As many numbers as the two points beside it have.
  return point as readonly number[] as P;
}
