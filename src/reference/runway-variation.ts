import { around } from "geokdbush";
import KDBush from "kdbush";
import { normalDeg, turnDeg } from "../geo/sphere.js";
import type { Airport, RunwayEnd } from "../place/airport.js";
import { numberHeadingDeg } from "./join-runways.js";

/** Chosen: painted numbers are rounded to 10 degrees, so 25 of them give the mean within about a degree. */
const NEIGHBOUR_COUNT = 25;
/** Chosen: magnetic variation changes by a few degrees over this distance outside the polar regions. */
const NEIGHBOUR_RADIUS_KM = 1_000;
const NEIGHBOUR_COUNT_MIN = 5;

/**
 * Gives runways without a surveyed direction one: ten times the painted number, magnetic, plus the variation
 * that the nearest runways with surveyed ends show there (true direction less ten times their number, median).
 *
 * The result is good to about 7 degrees, 5 of them the rounding of the number. An end without position
 * (NaN) is how one sees that its heading was made this way. Runways without a number, or with two numbers that are
 * not opposite, keep NaN.
 */
export function fillHeadings(airports: readonly Airport[]): Airport[] {
  const variationAt = variationFrom(airports);
  return airports.map((airport) => {
    if (!airport.runways.some((runway) => runway.ends.some(lacksHeading))) return airport;
    const variationDeg = variationAt(airport.latDeg, airport.lonDeg);
    const runways = airport.runways.map((runway) => {
      const [low, high] = runway.ends;
      if (!lacksHeading(low) && !lacksHeading(high)) return runway;
      const numberDeg = runwayNumberDeg(low.name, high.name);
      const headingDeg = Math.round(normalDeg(numberDeg + variationDeg)) % 360;
      const backDeg = (headingDeg + 180) % 360;
      return {
        ...runway,
        ends: [
          { ...low, headingDeg },
          { ...high, headingDeg: backDeg },
        ] as const,
      };
    });
    return { ...airport, runways };
  });
}

function lacksHeading(end: RunwayEnd): boolean {
  return Number.isNaN(end.headingDeg) && !Number.isNaN(numberHeadingDeg(end.name));
}

/**
 * Direction of the lower end by the two painted numbers, magnetic. Some rows pair "09" with "24"; which
 * number is wrong nobody can tell, so they give none. One step apart (18 less 1) is a rounding, and the lower counts.
 */
function runwayNumberDeg(lowName: string, highName: string): number {
  const lowDeg = numberHeadingDeg(lowName);
  const highDeg = numberHeadingDeg(highName);
  if (Math.abs(turnDeg(lowDeg, highDeg)) < 170) return Number.NaN;
  return Number.isNaN(lowDeg) ? (highDeg + 180) % 360 : lowDeg;
}

function variationFrom(airports: readonly Airport[]): (latDeg: number, lonDeg: number) => number {
  const samples: { latDeg: number; lonDeg: number; variationDeg: number }[] = [];
  for (const { runways } of airports) {
    for (const { ends } of runways) {
      const [{ latDeg, lonDeg, headingDeg, name }, other] = ends;
      const variationDeg = turnDeg(numberHeadingDeg(name), headingDeg);
      if (Number.isFinite(variationDeg + latDeg + other.latDeg))
        samples.push({ latDeg, lonDeg, variationDeg });
    }
  }
  const index = new KDBush(samples.length);
  for (const { latDeg, lonDeg } of samples) index.add(lonDeg, latDeg);
  index.finish();
  return (latDeg, lonDeg) => {
    const near = around(index, lonDeg, latDeg, NEIGHBOUR_COUNT, NEIGHBOUR_RADIUS_KM);
    if (near.length < NEIGHBOUR_COUNT_MIN) return 0;
    const sorted = near.map((sample) => samples[sample]!.variationDeg).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)]!;
  };
}
