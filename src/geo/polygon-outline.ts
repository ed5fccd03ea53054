import { around } from "geokdbush";
import KDBush from "kdbush";
import { geodesicDistanceM } from "./geodesic.js";
import { type LonLat, nearestOnSegment, walkLine } from "./polygon.js";
import { sphereDistanceM } from "./sphere.js";

/** Longest piece of an outline; makes "the nearest line is near the nearest point" true to a known bound. */
const PIECE_M = 4_000;

const HALF_GLOBE_KM = 20_000;

/** Lines on the globe, ready to be asked for the nearest point. */
export interface Outline {
  readonly pieceCount: number;
  /**
   * Nearest point of all lines, across 180 degrees and over the poles.
   *
   * @returns undefined when the outline is empty or the place is NaN
   */
  nearest(latDeg: number, lonDeg: number): NearestLine | undefined;
}

export interface NearestLine {
  /** On the WGS-84 ellipsoid, metres. */
  readonly distanceM: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  /** The `tag` of the line. */
  readonly tag: number;
}

/** A line whose parts are straight in longitude and latitude; one position alone is an islet. */
export interface TaggedLine {
  readonly positions: readonly LonLat[];
  readonly tag: number;
}

/**
 * Builds an outline. Lines are cut into pieces of 4 km or less and their points put in a k-d tree that
 * knows the sphere; chosen: 4 km keeps the extra points under a tenth for 1:10 million coasts.
 */
export function buildOutline(lines: readonly TaggedLine[]): Outline {
  const lonDeg: number[] = [];
  const latDeg: number[] = [];
  const tags: number[] = [];
  // 1 where a line begins, so that no piece is drawn from the line before.
  const starts: number[] = [];
  const push = (tag: number, isStart: boolean) => (pointLonDeg: number, pointLatDeg: number) => {
    lonDeg.push(pointLonDeg);
    latDeg.push(pointLatDeg);
    tags.push(tag);
    starts.push(isStart ? 1 : 0);
  };
  for (const { positions, tag } of lines) {
    positions.forEach((position, index) => {
      if (index === 0) push(tag, true)(position[0], position[1]);
      else walkLine(positions[index - 1]!, position, PIECE_M, push(tag, false));
    });
  }
  return outlineOf({
    lonDeg: Float64Array.from(lonDeg),
    latDeg: Float64Array.from(latDeg),
    tags: Uint8Array.from(tags),
    starts: Uint8Array.from(starts),
  });
}

interface OutlineColumns {
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
  readonly tags: Uint8Array;
  readonly starts: Uint8Array;
}

function outlineOf(columns: OutlineColumns): Outline {
  const { lonDeg, latDeg } = columns;
  const length = lonDeg.length;
  const index = new KDBush(length);
  for (let i = 0; i < length; i++) index.add(lonDeg[i]!, latDeg[i]!);
  index.finish();
  return {
    pieceCount: length,
    nearest: (placeLatDeg, placeLonDeg) => {
      const [nearestPoint] = around(index, placeLonDeg, placeLatDeg, 1);
      if (nearestPoint === undefined || !Number.isFinite(placeLatDeg + placeLonDeg))
        return undefined;
      const pointM = sphereDistanceM(
        placeLatDeg,
        placeLonDeg,
        latDeg[nearestPoint]!,
        lonDeg[nearestPoint]!,
      );
      // The nearest piece is no farther than the nearest point, and its nearer end no farther than
      // half a piece from its foot. 1.001 and 1 m cover the two slightly different Earth radii.
      const radiusKm = (Math.hypot(pointM, PIECE_M / 2) * 1.001 + 1) / 1000;
      // The tree folds radii beyond half the globe back to small ones; there it needs none.
      const limitKm = radiusKm < HALF_GLOBE_KM ? radiusKm : Infinity;
      const candidates = around(index, placeLonDeg, placeLatDeg, Infinity, limitKm);
      return nearestPiece(columns, candidates, placeLatDeg, placeLonDeg);
    },
  };
}

function nearestPiece(
  columns: OutlineColumns,
  candidates: readonly number[],
  placeLatDeg: number,
  placeLonDeg: number,
): NearestLine | undefined {
  const { lonDeg, latDeg, tags, starts } = columns;
  let bestM = Number.POSITIVE_INFINITY;
  let best: LonLat | undefined;
  let tag = 0;
  for (const candidate of candidates) {
    for (const end of [candidate, candidate + 1]) {
      if (end >= lonDeg.length) continue;
      const begin = starts[end] === 1 ? end : end - 1;
      if (end !== candidate && begin === end) continue;
      const foot = nearestOnSegment(placeLatDeg, placeLonDeg, [
        [lonDeg[begin]!, latDeg[begin]!],
        [lonDeg[end]!, latDeg[end]!],
      ]);
      const distanceM = sphereDistanceM(placeLatDeg, placeLonDeg, foot[1], foot[0]);
      if (distanceM < bestM) {
        bestM = distanceM;
        best = foot;
        tag = tags[end]!;
      }
    }
  }
  if (!best) return undefined;
  const foot = { latDeg: best[1], lonDeg: best[0] };
  const distanceM = geodesicDistanceM({ latDeg: placeLatDeg, lonDeg: placeLonDeg }, foot);
  return { distanceM, ...foot, tag };
}
