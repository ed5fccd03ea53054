/** Where an aircraft can be at one moment of a gap: near enough to where it was last heard and to where it is next. */

import { bearingDeg, destination, sphereDistanceM } from "../../../src/geo/sphere.js";
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
  const ring: [number, number][] = [];
  for (let i = 0; i < BEARING_COUNT; i++) {
    const bearing = (i * 360) / BEARING_COUNT;
    let low = 0;
    let high = Math.min(fromLastM, toNextM) * 2;
    for (let step = 0; step < 24; step++) {
      const tryM = (low + high) / 2;
      const at = destination(middle, bearing, tryM);
      if (inside(at.latDeg, at.lonDeg)) low = tryM;
      else high = tryM;
    }
    const edge = destination(middle, bearing, low);
    ring.push([edge.lonDeg, edge.latDeg]);
  }
  ring.push(ring[0]!);
  return unwrapLine(ring);
}
