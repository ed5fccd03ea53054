/** Where an aircraft can be at one moment of a gap: near enough to where it was last heard and to where it is next. */

import {
  bearingDeg,
  destination,
  EARTH_RADIUS_M,
  sphereDistanceM,
} from "../../../src/geo/sphere.js";
import { type LonLatDeg, unwrapLine } from "./seam.js";

/** Two circles of reach at one moment. */
export interface LensQuestion {
  readonly last: LonLatDeg;
  readonly next: LonLatDeg;
  readonly fromLastM: number;
  readonly toNextM: number;
}

const BEARING_COUNT = 120;

/**
 * The area within `fromLastM` of one place and within `toNextM` of the other, as a closed ring with continuous
 * longitudes. For pictures only.
 *
 * @returns undefined when the circles do not meet
 */
export function lensRing({
  last,
  next,
  fromLastM,
  toNextM,
}: LensQuestion): [number, number][] | undefined {
  const apartM = sphereDistanceM(last[1], last[0], next[1], next[0]);
  if (!(fromLastM + toNextM >= apartM) || !(fromLastM > 0) || !(toNextM > 0)) return undefined;
  // One circle may lie inside the other; else the middle of the overlap sees every edge.
  const nearM = Math.max(-fromLastM, apartM - toNextM);
  const farM = Math.min(fromLastM, apartM + toNextM);
  const ahead = bearingDeg(last[1], last[0], next[1], next[0]);
  const middle = destination({ latDeg: last[1], lonDeg: last[0] }, ahead, (nearM + farM) / 2);
  const inside = (lat: number, lon: number) =>
    sphereDistanceM(last[1], last[0], lat, lon) <= fromLastM &&
    sphereDistanceM(next[1], next[0], lat, lon) <= toNextM;
  const reachM = 2 * Math.min(fromLastM, toNextM);
  const edges = Array.from({ length: BEARING_COUNT }, (_, i) => {
    const bearing = (i * 360) / BEARING_COUNT;
    return { bearing, at: edgeOf(middle, bearing, { reachM, inside }) };
  });
  for (const at of corners({ last, next, fromLastM, toNextM }, ahead)) {
    const bearing = bearingDeg(middle.latDeg, middle.lonDeg, at.latDeg, at.lonDeg);
    edges.push({ bearing, at });
  }
  edges.sort((a, b) => a.bearing - b.bearing);
  const ring = edges.map(({ at }): [number, number] => [at.lonDeg, at.latDeg]);
  ring.push(ring[0]!);
  return unwrapLine(ring);
}

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** The edge in one direction, by halving. */
function edgeOf(
  middle: Place,
  bearing: number,
  {
    reachM,
    inside,
  }: { readonly reachM: number; readonly inside: (lat: number, lon: number) => boolean },
): Place {
  let low = 0;
  let high = reachM;
  for (let step = 0; step < 24; step++) {
    const tryM = (low + high) / 2;
    const at = destination(middle, bearing, tryM);
    if (inside(at.latDeg, at.lonDeg)) low = tryM;
    else high = tryM;
  }
  return destination(middle, bearing, low);
}

/**
 * Where the two circles cross: without these points the lens would have blunt ends.
 *
 * Source: law of cosines on the sphere.
 */
function corners({ last, next, fromLastM, toNextM }: LensQuestion, aheadDeg: number): Place[] {
  const apart = sphereDistanceM(last[1], last[0], next[1], next[0]) / EARTH_RADIUS_M;
  const [r, s] = [fromLastM / EARTH_RADIUS_M, toNextM / EARTH_RADIUS_M];
  const cosine = (Math.cos(s) - Math.cos(r) * Math.cos(apart)) / (Math.sin(r) * Math.sin(apart));
  if (!(Math.abs(cosine) <= 1)) return [];
  const offDeg = (Math.acos(cosine) * 180) / Math.PI;
  const from = { latDeg: last[1], lonDeg: last[0] };
  return [aheadDeg - offDeg, aheadDeg + offDeg].map((each) => destination(from, each, fromLastM));
}
