import { EARTH_RADIUS_M } from "../geo/sphere.js";
import type { DrawnPoint } from "./dossier-model.js";

/** chosen: 100 km, so that a straight line between drawn points stays within 200 m of the great circle. */
const SPACING_MAX_M = 100_000;
const RAD = Math.PI / 180;

/**
 * Leaves out points that add nothing to the shape of a line on the globe. First and last stay; no kept point is
 * moved, and none is invented.
 *
 * @param limit at most about so many points are kept; the tolerance doubles until they fit
 * @returns the kept points and how far a dropped one may lie from the drawn line, metres
 *
 * Source: Douglas and Peucker 1973, on great circles, without recursion.
 */
export function thinLine(
  points: readonly DrawnPoint[],
  options: { readonly toleranceM: number; readonly limit: number },
): { readonly points: readonly DrawnPoint[]; readonly toleranceM: number } {
  let toleranceM = options.toleranceM;
  let kept = thinOnce(points, toleranceM);
  // Half the Earth's girth drops everything that spacing lets go, so this ends.
  while (kept.length > options.limit && toleranceM < EARTH_RADIUS_M) {
    toleranceM *= 2;
    kept = thinOnce(points, toleranceM);
  }
  return { points: kept, toleranceM };
}

function thinOnce(points: readonly DrawnPoint[], toleranceM: number): DrawnPoint[] {
  if (points.length < 3) return [...points];
  const vectors = unitVectors(points);
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const stack: [number, number][] = [[0, points.length - 1]];
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [first, last] = span;
    if (last - first < 2) continue;
    const far = farthest(vectors, first, last);
    let cut = far.distanceM > toleranceM ? far.index : -1;
    if (cut < 0 && chordM(vectors, first, last) > SPACING_MAX_M) cut = (first + last) >> 1;
    if (cut < 0) continue;
    keep[cut] = 1;
    stack.push([first, cut], [cut, last]);
  }
  return points.filter((_, index) => keep[index] === 1);
}

function unitVectors(points: readonly DrawnPoint[]): Float64Array {
  const vectors = new Float64Array(points.length * 3);
  points.forEach(([, latDeg, lonDeg], index) => {
    const cosLat = Math.cos(latDeg * RAD);
    vectors[index * 3] = cosLat * Math.cos(lonDeg * RAD);
    vectors[index * 3 + 1] = cosLat * Math.sin(lonDeg * RAD);
    vectors[index * 3 + 2] = Math.sin(latDeg * RAD);
  });
  return vectors;
}

/** The point between `first` and `last` that lies farthest from the straight chord between them. */
function farthest(
  vectors: Float64Array,
  first: number,
  last: number,
): { index: number; distanceM: number } {
  const ax = vectors[first * 3]!;
  const ay = vectors[first * 3 + 1]!;
  const az = vectors[first * 3 + 2]!;
  const bx = vectors[last * 3]! - ax;
  const by = vectors[last * 3 + 1]! - ay;
  const bz = vectors[last * 3 + 2]! - az;
  const length2 = bx * bx + by * by + bz * bz;
  let index = -1;
  let worst2 = -1;
  for (let i = first + 1; i < last; i++) {
    let px = vectors[i * 3]!;
    let py = vectors[i * 3 + 1]!;
    let pz = vectors[i * 3 + 2]!;
    px -= ax;
    py -= ay;
    pz -= az;
    const along = length2 > 0 ? (px * bx + py * by + pz * bz) / length2 : 0;
    const t = along < 0 ? 0 : along > 1 ? 1 : along;
    // The chord dips below the sphere; the arc's point is the chord's, brought back to the surface.
    const cx = ax + t * bx;
    const cy = ay + t * by;
    const cz = az + t * bz;
    const norm = Math.sqrt(cx * cx + cy * cy + cz * cz) || 1;
    const dx = px + ax - cx / norm;
    const dy = py + ay - cy / norm;
    const dz = pz + az - cz / norm;
    const distance2 = dx * dx + dy * dy + dz * dz;
    if (distance2 > worst2) {
      worst2 = distance2;
      index = i;
    }
  }
  return { index, distanceM: Math.sqrt(Math.max(0, worst2)) * EARTH_RADIUS_M };
}

function chordM(vectors: Float64Array, first: number, last: number): number {
  const dx = vectors[last * 3]! - vectors[first * 3]!;
  const dy = vectors[last * 3 + 1]! - vectors[first * 3 + 1]!;
  const dz = vectors[last * 3 + 2]! - vectors[first * 3 + 2]!;
  return Math.sqrt(dx * dx + dy * dy + dz * dz) * EARTH_RADIUS_M;
}
