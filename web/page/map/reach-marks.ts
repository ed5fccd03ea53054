/** Airports in reach of a gap, on the map. */

import type { GapAnswerJson } from "../../../src/api/shapes.js";
import type { Mark } from "./drawing.js";

/**
 * Airports in reach of a gap: open rings, and crosses where the runway is too short for the type.
 *
 * Where anywhere was in reach there is nothing to tell apart, and nothing is drawn.
 *
 * @param namedMax so many of the rings, from the most time left, have their idents
 */
export function reachMarks(reach: GapAnswerJson | undefined, namedMax: number): Mark[] {
  if (!reach || reach.anywhere) return [];
  return reach.airports.map(({ airport, lat, lon, longEnough }, at) => ({
    latDeg: lat,
    lonDeg: lon,
    shape: longEnough === false ? "excluded" : "possible",
    label: "",
    detail: at < namedMax && longEnough !== false ? airport : "",
    href: `/airport/${airport}`,
    rank: 3 + at,
  }));
}
