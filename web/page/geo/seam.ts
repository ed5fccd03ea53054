/** Lines and rings across 180 degrees: made continuous for a map that wraps, and cut free of seams nobody should see. */

/** Longitude, latitude. */
export type LonLatDeg = readonly [number, number];

/**
 * Makes longitudes continuous: neighbours are never more than half a circle apart, so values may leave -180..180.
 *
 * @returns a new line; an empty one stays empty
 */
export function unwrapLine(line: readonly LonLatDeg[]): [number, number][] {
  let shiftDeg = 0;
  let before = line[0]?.[0] ?? 0;
  return line.map(([lonDeg, latDeg]) => {
    if (lonDeg - before > 180) shiftDeg -= 360;
    else if (lonDeg - before < -180) shiftDeg += 360;
    before = lonDeg;
    return [lonDeg + shiftDeg, latDeg];
  });
}

/** chosen: the base map's own rounding is a thousandth of a degree */
const ON_SEAM_DEG = 0.002;

/** Whether both ends lie on the 180th meridian or on a pole: such a side is a cut of the map, not a coast. */
function isSeam(a: LonLatDeg, b: LonLatDeg): boolean {
  const meridian = Math.abs(Math.abs(a[0]) - 180) < ON_SEAM_DEG;
  const sameMeridian = meridian && Math.abs(Math.abs(b[0]) - 180) < ON_SEAM_DEG;
  const pole = 90 - Math.abs(a[1]) < ON_SEAM_DEG && 90 - Math.abs(b[1]) < ON_SEAM_DEG;
  return sameMeridian || pole;
}

/**
 * Cuts a line where it runs along the 180th meridian or a pole, and where it jumps across the map.
 *
 * @returns the pieces that are left, each of two points or more
 */
export function dropSeams(line: readonly LonLatDeg[]): LonLatDeg[][] {
  const pieces: LonLatDeg[][] = [];
  let piece: LonLatDeg[] = [];
  for (let i = 0; i < line.length; i++) {
    const here = line[i]!;
    const last = piece[piece.length - 1];
    if (last && (isSeam(last, here) || Math.abs(last[0] - here[0]) > 180)) {
      if (piece.length > 1) pieces.push(piece);
      piece = [];
    }
    piece.push(here);
  }
  if (piece.length > 1) pieces.push(piece);
  return pieces;
}

/**
 * Points along the shortest path between two places, with continuous longitudes.
 *
 * @param stepDeg distance of neighbours, degrees of arc
 * @returns both ends and what lies between; only the ends for places opposite each other
 *
 * Source: spherical linear interpolation of unit vectors.
 */
export function shortestPath(from: LonLatDeg, to: LonLatDeg, stepDeg = 1): [number, number][] {
  const a = vector(from);
  const b = vector(to);
  const cosine = Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  const arc = Math.acos(cosine);
  const sine = Math.sin(arc);
  const count = sine < 1e-9 ? 1 : Math.max(1, Math.ceil((arc * 180) / Math.PI / stepDeg));
  const line: [number, number][] = [[from[0], from[1]]];
  for (let i = 1; i < count; i++) {
    const t = i / count;
    const [p, q] = [Math.sin((1 - t) * arc) / sine, Math.sin(t * arc) / sine];
    const [x, y, z] = [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]];
    line.push([
      (Math.atan2(y, x) * 180) / Math.PI,
      (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI,
    ]);
  }
  line.push([to[0], to[1]]);
  return unwrapLine(line);
}

function vector([lonDeg, latDeg]: LonLatDeg): [number, number, number] {
  const [lon, lat] = [(lonDeg * Math.PI) / 180, (latDeg * Math.PI) / 180];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}
