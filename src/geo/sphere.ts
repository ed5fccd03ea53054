/** Mean Earth radius R1 of the GRS-80 ellipsoid, metres. Source: Moritz, Geodetic Reference System 1980. */
export const EARTH_RADIUS_M = 6_371_008.8;

const RAD = Math.PI / 180;

/**
 * Great-circle distance on a sphere: good to 0.6 %, for screening and thresholds only. Printed distances
 * come from `geodesicDistanceM`.
 *
 * @returns metres; NaN when any argument is NaN
 *
 * Source: haversine formula, Sinnott 1984.
 */
export function sphereDistanceM(
  lat1Deg: number,
  lon1Deg: number,
  lat2Deg: number,
  lon2Deg: number,
): number {
  const sinLat = Math.sin(((lat2Deg - lat1Deg) * RAD) / 2);
  const sinLon = Math.sin(((lon2Deg - lon1Deg) * RAD) / 2);
  const a = sinLat * sinLat + Math.cos(lat1Deg * RAD) * Math.cos(lat2Deg * RAD) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** @returns initial bearing of the great circle, degrees 0..360 from true north */
export function bearingDeg(
  lat1Deg: number,
  lon1Deg: number,
  lat2Deg: number,
  lon2Deg: number,
): number {
  const deltaRad = (lon2Deg - lon1Deg) * RAD;
  const y = Math.sin(deltaRad) * Math.cos(lat2Deg * RAD);
  const x =
    Math.cos(lat1Deg * RAD) * Math.sin(lat2Deg * RAD) -
    Math.sin(lat1Deg * RAD) * Math.cos(lat2Deg * RAD) * Math.cos(deltaRad);
  return normalDeg(Math.atan2(y, x) / RAD);
}

/** Where one arrives from a point, going `distanceM` along `directionDeg` on the sphere. */
export function destination(
  from: { readonly latDeg: number; readonly lonDeg: number },
  directionDeg: number,
  distanceM: number,
): { latDeg: number; lonDeg: number } {
  const angle = distanceM / EARTH_RADIUS_M;
  const lat = from.latDeg * RAD;
  const direction = directionDeg * RAD;
  const sinLat =
    Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(direction);
  const lon =
    from.lonDeg * RAD +
    Math.atan2(
      Math.sin(direction) * Math.sin(angle) * Math.cos(lat),
      Math.cos(angle) - Math.sin(lat) * sinLat,
    );
  return { latDeg: Math.asin(sinLat) / RAD, lonDeg: normalLonDeg(lon / RAD) };
}

/** @returns the direction brought into 0 up to, not including, 360 */
export function normalDeg(directionDeg: number): number {
  // Most are in range already, and a remainder of floating-point numbers is slow.
  if (directionDeg >= 0 && directionDeg < 360) return directionDeg;
  const turned = directionDeg % 360;
  if (turned >= 0) return turned;
  // The least negative numbers round up to 360 itself, which is 0.
  const positive = turned + 360;
  return positive === 360 ? 0 : positive;
}

/** @returns the longitude brought into -180..180 */
export function normalLonDeg(lonDeg: number): number {
  return normalDeg(lonDeg + 180) - 180;
}

/** @returns signed turn from one direction to another, over -180 and up to 180 */
export function turnDeg(fromDeg: number, toDeg: number): number {
  const turn = normalDeg(toDeg - fromDeg);
  return turn > 180 ? turn - 360 : turn;
}
