import { around } from "geokdbush";
import KDBush from "kdbush";
import { turnDeg } from "../geo/sphere.js";
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
      if (!areOpposite(low.name, high.name)) return runway;
      return { ...runway, ends: [filled(low, variationDeg), filled(high, variationDeg)] as const };
    });
    return { ...airport, runways };
  });
}

function lacksHeading(end: RunwayEnd): boolean {
  return Number.isNaN(end.headingDeg) && !Number.isNaN(numberHeadingDeg(end.name));
}

/** Some rows pair "09" with "24"; which number is wrong nobody can tell, so neither gives a direction. */
function areOpposite(lowName: string, highName: string): boolean {
  const turn = Math.abs(turnDeg(numberHeadingDeg(lowName), numberHeadingDeg(highName)));
  return !(turn < 170);
}

function filled(end: RunwayEnd, variationDeg: number): RunwayEnd {
  if (!lacksHeading(end)) return end;
  const headingDeg = (numberHeadingDeg(end.name) + variationDeg + 360) % 360;
  return { ...end, headingDeg: Math.round(headingDeg) % 360 };
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
