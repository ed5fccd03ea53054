// The package is one CommonJS file whose named exports Node cannot see, so the whole of it is imported.
import geographicLib from "geographiclib-geodesic";

/**
 * Shortest distance on the WGS-84 ellipsoid, for outlines.
 *
 * @returns metres; NaN when a coordinate is NaN
 *
 * Source: Karney, Algorithms for geodesics, J. Geodesy 87 (2013).
 */
export function outlineDistanceM(
  from: { readonly latDeg: number; readonly lonDeg: number },
  to: { readonly latDeg: number; readonly lonDeg: number },
): number {
  const { Geodesic } = geographicLib;
  const { WGS84, DISTANCE } = Geodesic;
  return WGS84.Inverse(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg, DISTANCE).s12 ?? Number.NaN;
}
