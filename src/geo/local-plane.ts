import { METRES_PER_NM } from "../units/quantity.js";
import { normalLonDeg } from "./sphere.js";

/**
 * A flat map around one point, metres east and north: right to 0.1 % within 50 km, which covers an approach.
 * Scales follow the WGS-84 ellipsoid at the origin's latitude.
 */
export interface LocalPlane {
  readonly originLatDeg: number;
  readonly originLonDeg: number;
  readonly metresPerLatDeg: number;
  readonly metresPerLonDeg: number;
}

/** Source: series for the length of a degree, WGS-84 (National Geospatial-Intelligence Agency, TR8350.2). */
export function localPlaneAt(latDeg: number, lonDeg: number): LocalPlane {
  const phi = (latDeg * Math.PI) / 180;
  return {
    originLatDeg: latDeg,
    originLonDeg: lonDeg,
    metresPerLatDeg: 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
    metresPerLonDeg: 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi),
  };
}

/** @returns metres east of the plane's origin, the short way round the globe */
export function eastM(plane: LocalPlane, lonDeg: number): number {
  return normalLonDeg(lonDeg - plane.originLonDeg) * plane.metresPerLonDeg;
}

/** @returns metres north of the plane's origin */
export function northM(plane: LocalPlane, latDeg: number): number {
  return (latDeg - plane.originLatDeg) * plane.metresPerLatDeg;
}

/** @returns nautical miles between two points of a plane */
export function planeDistanceNm(eastDeltaM: number, northDeltaM: number): number {
  return Math.hypot(eastDeltaM, northDeltaM) / METRES_PER_NM;
}

/**
 * @returns length of a vector of the plane, metres: to the last bit what V8's `Math.hypot` gives, which is left to
 *   engines by its standard and boxes its arguments, too slow for every point
 */
export function planeLengthM(eastDeltaM: number, northDeltaM: number): number {
  const longerM = Math.max(Math.abs(eastDeltaM), Math.abs(northDeltaM));
  if (longerM === 0) return 0;
  const eastPart = eastDeltaM / longerM;
  const northPart = northDeltaM / longerM;
  return Math.sqrt(eastPart * eastPart + northPart * northPart) * longerM;
}
