/** A polygon written as its corners: "10,-70 12,-70 11,-65". */

import { type ContinuousPolygon, continuousRing, type LonLat } from "../geo/polygon.js";
import { crossingEdges } from "../geo/ring-crossing.js";
import { WheelsdownError } from "../units/errors.js";

/** chosen: more than anybody draws by hand; a file of GeoJSON holds larger ones */
export const CORNERS_MAX = 100;

const CORNER = /^([+-]?\d+(?:\.\d+)?),([+-]?\d+(?:\.\d+)?)$/;

/** A polygon out of its corners. */
export interface CornersPolygon {
  readonly polygon: ContinuousPolygon;
  readonly cornerCount: number;
}

/**
 * Reads corners "lat,lon lat,lon lat,lon", in degrees, in order round the area, with spaces or semicolons between them.
 * Edges are straight on the map and go the short way round, across 180 degrees too; a ring round a pole holds it.
 *
 * @returns undefined for what is no list of corners
 * @throws WheelsdownError "input-invalid" that says which corner is wrong, or which edges cross
 */
export function parseCorners(word: string): CornersPolygon | undefined {
  const parts = word
    .trim()
    .replace(/\s*,\s*/g, ",")
    .split(/\s*;\s*|\s+/)
    .filter((part) => part !== "");
  if (parts.length < 2 || !CORNER.test(parts[0]!) || !parts[1]!.includes(",")) return undefined;
  try {
    return polygonOf(parts);
  } catch (cause) {
    if (!(cause instanceof WheelsdownError)) throw cause;
    // A hundred corners are no sentence: the first one says which polygon it is.
    throw new WheelsdownError(cause.code, `polygon from ${parts[0]!} on: ${cause.message}`, {
      cause,
    });
  }
}

function polygonOf(parts: readonly string[]): CornersPolygon {
  const corners = parts.map(cornerOf);
  const [first, last] = [corners[0]!, corners[corners.length - 1]!];
  if (first[0] === last[0] && first[1] === last[1]) corners.pop();
  if (corners.length > CORNERS_MAX)
    throw invalid(`has ${corners.length} corners: write at most ${CORNERS_MAX}`);
  const distinct = new Set(corners.map(([lonDeg, latDeg]) => `${lonDeg},${latDeg}`));
  if (distinct.size < 3)
    throw invalid("needs three different corners: write lat,lon lat,lon lat,lon");
  checkEdges(corners);
  return { polygon: [continuousRing(corners)], cornerCount: corners.length };
}

function cornerOf(part: string, at: number): LonLat {
  const match = CORNER.exec(part);
  if (!match) throw invalid(`corner ${at + 1} is no lat,lon: write degrees, such as 10.6,-66.99`);
  // One meridian, one number: from -180 to 180 is no way round the globe.
  const [latDeg, lonDeg] = [Number(match[1]), Number(match[2]) === -180 ? 180 : Number(match[2])];
  if (Math.abs(latDeg) > 90 || Math.abs(lonDeg) > 180)
    throw invalid(
      `corner ${at + 1} lies on no globe: latitude comes first and is within -90..90, longitude within -180..180`,
    );
  return [lonDeg, latDeg];
}

function checkEdges(corners: readonly LonLat[]): void {
  corners.forEach(([lonDeg, latDeg], at) => {
    const [nextLonDeg, nextLatDeg] = corners[(at + 1) % corners.length]!;
    if (lonDeg === nextLonDeg && latDeg === nextLatDeg)
      throw invalid(`corner ${at + 1} is given twice in a row: leave one out`);
    if (Math.abs(lonDeg - nextLonDeg) === 180)
      throw invalid(
        `the edge after corner ${at + 1} spans half the globe, so it has no short way: put a corner between`,
      );
  });
  const crossing = crossingEdges(corners);
  if (crossing)
    throw invalid(
      `crosses or touches itself: the edges after corners ${crossing[0] + 1} and ${crossing[1] + 1} meet; give the corners in order round the area`,
    );
  if (corners.length === 3 && isFlat(corners))
    throw invalid("has no inside: its corners lie on one line");
}

/** Three corners in a line: their edges are all neighbours, so nothing tells that they cover each other. */
function isFlat(corners: readonly LonLat[]): boolean {
  const [a, b, c] = continuousRing(corners).positions as [LonLat, LonLat, LonLat];
  return (b[0] - a[0]) * (c[1] - a[1]) === (b[1] - a[1]) * (c[0] - a[0]);
}

function invalid(what: string): WheelsdownError {
  return new WheelsdownError("input-invalid", what);
}
