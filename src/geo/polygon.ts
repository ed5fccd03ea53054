/** A position as GeoJSON writes it: longitude first, degrees. */
export type LonLat = readonly [lonDeg: number, latDeg: number];

/** Closed ring of positions whose longitudes run on past 180 instead of jumping to -180. */
export interface ContinuousRing {
  readonly positions: readonly LonLat[];
  readonly minLonDeg: number;
  readonly maxLonDeg: number;
  readonly minLatDeg: number;
  readonly maxLatDeg: number;
}

/** Outer ring first, then its holes. */
export type ContinuousPolygon = readonly ContinuousRing[];

/**
 * Makes the longitudes of a ring continuous, so that a plain test in the plane is right at 180 degrees.
 * An edge is taken the short way round, unless it spans exactly 360 degrees (the side of a world map).
 * A ring that ends 360 degrees from its start goes round a pole and is closed over the nearer one.
 *
 * @param ring positions; the last may repeat the first
 */
export function continuousRing(ring: readonly LonLat[]): ContinuousRing {
  const positions: LonLat[] = [];
  let shiftDeg = 0;
  const closed = closeRing(ring);
  closed.forEach(([lonDeg, latDeg], index) => {
    const previous = closed[index - 1];
    if (previous) {
      const stepDeg = lonDeg - previous[0];
      if (Math.abs(stepDeg) > 180 && Math.abs(stepDeg) < 360) shiftDeg -= Math.sign(stepDeg) * 360;
    }
    positions.push([lonDeg + shiftDeg, latDeg]);
  });
  const first = positions[0];
  const last = positions[positions.length - 1];
  if (first && last && Math.abs(last[0] - first[0]) > 180) {
    const meanLatDeg = positions.reduce((sum, [, latDeg]) => sum + latDeg, 0) / positions.length;
    const poleDeg = meanLatDeg < 0 ? -90 : 90;
    positions.push([last[0], poleDeg], [first[0], poleDeg], first);
  }
  return withBounds(positions);
}

function closeRing(ring: readonly LonLat[]): readonly LonLat[] {
  const first = ring[0];
  const last = ring[ring.length - 1];
  if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return ring;
  return [...ring, first];
}

function withBounds(positions: readonly LonLat[]): ContinuousRing {
  const bounds = { minLonDeg: 999, maxLonDeg: -999, minLatDeg: 99, maxLatDeg: -99 };
  for (const [lonDeg, latDeg] of positions) {
    bounds.minLonDeg = Math.min(bounds.minLonDeg, lonDeg);
    bounds.maxLonDeg = Math.max(bounds.maxLonDeg, lonDeg);
    bounds.minLatDeg = Math.min(bounds.minLatDeg, latDeg);
    bounds.maxLatDeg = Math.max(bounds.maxLatDeg, latDeg);
  }
  return { positions, ...bounds };
}

/**
 * Whether a polygon holds a point; edges are straight in longitude and latitude, as GeoJSON says (RFC 7946, 3.1.1).
 *
 * @returns false when a coordinate is NaN
 */
export function polygonContains(
  polygon: ContinuousPolygon,
  latDeg: number,
  lonDeg: number,
): boolean {
  return polygon.every((ring, index) => ringContains(ring, latDeg, lonDeg) === (index === 0));
}

function ringContains(ring: ContinuousRing, latDeg: number, lonDeg: number): boolean {
  if (!(latDeg >= ring.minLatDeg && latDeg <= ring.maxLatDeg)) return false;
  // At a pole every edge would lie on one side, because none crosses that parallel.
  const testLatDeg = Math.max(-89.999999, Math.min(89.999999, latDeg));
  // The ring may have been carried several turns away from -180..180.
  const firstTurn = Math.ceil((ring.minLonDeg - lonDeg) / 360);
  const lastTurn = Math.floor((ring.maxLonDeg - lonDeg) / 360);
  for (let turn = firstTurn; turn <= lastTurn; turn++) {
    if (isLeftOfOddEdges(ring.positions, testLatDeg, lonDeg + turn * 360)) return true;
  }
  return false;
}

/** Source: even-odd rule; Shimrat, Algorithm 112, Communications of the ACM 5 (1962). */
function isLeftOfOddEdges(positions: readonly LonLat[], latDeg: number, lonDeg: number): boolean {
  let inside = false;
  for (let i = 1; i < positions.length; i++) {
    const [lon1Deg, lat1Deg] = positions[i - 1]!;
    const [lon2Deg, lat2Deg] = positions[i]!;
    if (lat1Deg > latDeg === lat2Deg > latDeg) continue;
    const crossingLonDeg =
      lon1Deg + ((latDeg - lat1Deg) / (lat2Deg - lat1Deg)) * (lon2Deg - lon1Deg);
    if (lonDeg < crossingLonDeg) inside = !inside;
  }
  return inside;
}

/** Sum of a ring's area on the sphere in square degrees at the equator; for ordering sizes only. */
export function ringAreaDeg2(ring: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [lon1Deg, lat1Deg] = ring[i - 1]!;
    const [lon2Deg, lat2Deg] = ring[i]!;
    const sin1 = Math.sin((lat1Deg * Math.PI) / 180);
    const sin2 = Math.sin((lat2Deg * Math.PI) / 180);
    sum += ((lon2Deg - lon1Deg) * (sin1 + sin2)) / 2;
  }
  return (Math.abs(sum) * 180) / Math.PI;
}

/**
 * Cuts a line, straight in longitude and latitude, into pieces no longer than `stepM`, and hands each new
 * point to `visit`: every point but the first of the line.
 *
 * The map's straight line matters: the 49th parallel drawn with two points is no great circle.
 */
export function walkLine(
  from: LonLat,
  to: LonLat,
  stepM: number,
  visit: (lonDeg: number, latDeg: number) => void,
): void {
  const lonDeltaDeg = to[0] - from[0];
  const latDeltaDeg = to[1] - from[1];
  const widest = Math.cos((Math.min(Math.abs(from[1]), Math.abs(to[1])) * Math.PI) / 180);
  const lengthM = Math.hypot(lonDeltaDeg * widest, latDeltaDeg) * METRES_PER_DEG;
  const pieceCount = Math.max(1, Math.ceil(lengthM / stepM));
  for (let piece = 1; piece <= pieceCount; piece++) {
    const share = piece / pieceCount;
    visit(from[0] + lonDeltaDeg * share, from[1] + latDeltaDeg * share);
  }
}

/** A little over the longest degree on the ellipsoid, so that pieces never come out too long. */
const METRES_PER_DEG = 111_700;

/**
 * The point of a short segment that lies nearest to a place.
 *
 * @param segment two ends, less than half the globe apart
 * @returns longitude and latitude of that point; one of the ends when the foot lies outside
 *
 * Source: projection onto the plane of a great circle with unit vectors (Gade, J. Navigation 63, 2010).
 */
export function nearestOnSegment(
  latDeg: number,
  lonDeg: number,
  segment: readonly [LonLat, LonLat],
): LonLat {
  const [from, to] = segment;
  const a = unitVector(from[1], from[0]);
  const b = unitVector(to[1], to[0]);
  const p = unitVector(latDeg, lonDeg);
  const chord: Vector = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const chordSquared = dot(chord, chord);
  if (chordSquared === 0) return from;
  const normal = cross(a, b);
  const normalSquared = dot(normal, normal);
  if (normalSquared === 0) return from;
  // Drop p onto the plane of the great circle; where that lies along the chord decides.
  const height = dot(p, normal) / normalSquared;
  const foot: Vector = [
    p[0] - height * normal[0],
    p[1] - height * normal[1],
    p[2] - height * normal[2],
  ];
  const length = Math.sqrt(dot(foot, foot));
  if (!(length > 1e-12)) return from;
  const onSphere: Vector = [foot[0] / length, foot[1] / length, foot[2] / length];
  const toA = dot(onSphere, a);
  const toB = dot(onSphere, b);
  const isBetween = Math.min(toA, toB) >= dot(a, b) && dot(cross(a, onSphere), normal) >= 0;
  if (isBetween && dot(cross(onSphere, b), normal) >= 0) return lonLatOf(onSphere);
  return dot(p, a) >= dot(p, b) ? from : to;
}

type Vector = readonly [number, number, number];

function unitVector(latDeg: number, lonDeg: number): Vector {
  const lat = (latDeg * Math.PI) / 180;
  const lon = (lonDeg * Math.PI) / 180;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

function lonLatOf(v: Vector): LonLat {
  return [
    (Math.atan2(v[1], v[0]) * 180) / Math.PI,
    (Math.atan2(v[2], Math.hypot(v[0], v[1])) * 180) / Math.PI,
  ];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
