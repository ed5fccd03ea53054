// The package is CommonJS and Node finds no named exports in it.
import geographicLib from "geographiclib-geodesic";

/**
 * Shortest distance on the WGS-84 ellipsoid.
 *
 * @returns metres, exact to a millimetre, also between antipodes; NaN when a coordinate is NaN
 *
 * Source: Karney, Algorithms for geodesics, J. Geodesy 87 (2013).
 */
export function geodesicDistanceM(
  from: { readonly latDeg: number; readonly lonDeg: number },
  to: { readonly latDeg: number; readonly lonDeg: number },
): number {
  const { Geodesic } = geographicLib;
  const result = Geodesic.WGS84.Inverse(
    from.latDeg,
    from.lonDeg,
    to.latDeg,
    to.lonDeg,
    Geodesic.DISTANCE,
  );
  return result.s12 ?? Number.NaN;
}
