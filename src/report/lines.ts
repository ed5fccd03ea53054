import { geoInterpolate } from "d3-geo";
import { sphereDistanceM } from "../geo/sphere.js";

/** Longitude and latitude, degrees: the order of GeoJSON and KML, used only on the way out to them. */
export type LonLat = readonly [number, number];

/** chosen: 100 km; a straight line between such points leaves the great circle by under 1 km below 80° latitude. */
const GREAT_CIRCLE_STEP_M = 100_000;

/**
 * Points of the shortest path between two positions, both ends included, so close together that programs which
 * draw straight lines still show a great circle. Antipodes have no single shortest path; one is taken.
 */
export function greatCircleLine(from: LonLat, to: LonLat): LonLat[] {
  const lengthM = sphereDistanceM(from[1], from[0], to[1], to[0]);
  const steps = Math.max(1, Math.ceil(lengthM / GREAT_CIRCLE_STEP_M));
  const at = geoInterpolate([from[0], from[1]], [to[0], to[1]]);
  const line: LonLat[] = [from];
  for (let i = 1; i < steps; i++) line.push(at(i / steps));
  line.push(to);
  return line;
}

/**
 * Cuts a line where it crosses 180°, so that no part spans more than half the globe.
 *
 * @returns parts of at least two points each, the cut ends exactly on ±180; a single point gives no part
 *
 * Source: RFC 7946, section 3.1.9.
 */
export function splitAtAntimeridian(line: readonly LonLat[]): LonLat[][] {
  const parts: LonLat[][] = [];
  let part: LonLat[] = [];
  for (const point of line) {
    const last = part[part.length - 1];
    if (last && Math.abs(point[0] - last[0]) > 180) {
      const side = last[0] > 0 ? 180 : -180;
      const latDeg = latitudeAtSide(last, point, side);
      // A point that already lies on the meridian needs no second copy of itself.
      if (last[0] !== side) part.push([side, latDeg]);
      if (part.length > 1) parts.push(part);
      part = point[0] === -side ? [] : [[-side, latDeg]];
    }
    part.push(point);
  }
  if (part.length > 1) parts.push(part);
  return parts;
}

function latitudeAtSide(last: LonLat, next: LonLat, side: number): number {
  const nextLonDeg = next[0] + (side > 0 ? 360 : -360);
  const span = nextLonDeg - last[0];
  if (span === 0) return last[1];
  return last[1] + ((next[1] - last[1]) * (side - last[0])) / span;
}
