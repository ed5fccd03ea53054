/**
 * The sphere of reduced latitudes, on which distances on the WGS-84 ellipsoid have proven bounds.
 *
 * With the reduced latitude B (tan B = (b / a) tan latitude) a step on the ellipsoid is
 * ds^2 = (a^2 sin^2 B + b^2 cos^2 B) dB^2 + a^2 cos^2 B dL^2, and b^2 <= a^2 sin^2 B + b^2 cos^2 B <= a^2. So every
 * path, and with it the geodesic, is at least b and at most a times the length of its image on the unit sphere.
 */

/** Semi-axes of WGS-84, metres. Source: National Geospatial-Intelligence Agency, TR8350.2. */
export const EQUATOR_RADIUS_M = 6_378_137;
export const POLE_RADIUS_M = 6_356_752.314_245;
/** Largest radius of curvature in any direction (at the poles), a^2 / b: no degree is longer than on this circle. */
export const CURVATURE_MAX_M = EQUATOR_RADIUS_M ** 2 / POLE_RADIUS_M;

const RAD = Math.PI / 180;
const AXIS_RATIO = POLE_RADIUS_M / EQUATOR_RADIUS_M;

export interface UnitVector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface LatLon {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** @returns the unit vector of a place at its reduced latitude; NaN in, NaN out */
export function reducedVector({ latDeg, lonDeg }: LatLon): UnitVector {
  const lat = latDeg * RAD;
  const lon = lonDeg * RAD;
  const flat = Math.cos(lat);
  const high = AXIS_RATIO * Math.sin(lat);
  const length = Math.hypot(flat, high);
  const cosReduced = flat / length;
  return { x: cosReduced * Math.cos(lon), y: cosReduced * Math.sin(lon), z: high / length };
}

/** @returns the place of a vector of any length but 0, longitude -180..180 */
export function placeOfReduced({ x, y, z }: UnitVector): LatLon {
  return {
    latDeg: Math.atan2(z, AXIS_RATIO * Math.hypot(x, y)) / RAD,
    lonDeg: Math.atan2(y, x) / RAD,
  };
}

/** @returns the angle between two unit vectors, radians, exact for small and for straight angles */
export function angleRad(a: UnitVector, b: UnitVector): number {
  const crossX = a.y * b.z - a.z * b.y;
  const crossY = a.z * b.x - a.x * b.z;
  const crossZ = a.x * b.y - a.y * b.x;
  const dot = a.x * b.x + a.y * b.y + a.z * b.z;
  return Math.atan2(Math.sqrt(crossX * crossX + crossY * crossY + crossZ * crossZ), dot);
}

/** @returns a vector of length 1, or undefined when there is no direction in it */
export function unitOf(x: number, y: number, z: number): UnitVector | undefined {
  const length = Math.hypot(x, y, z);
  return length > 1e-12 ? { x: x / length, y: y / length, z: z / length } : undefined;
}
