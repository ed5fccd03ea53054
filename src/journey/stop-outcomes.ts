import type { Candidate, Movement } from "../movement/movement.js";
import type { Stop } from "./journey.js";

/** All that may be said of one stop, as shares of one whole: together they are 1. */
export interface StopOutcomes {
  /** It stopped, and at this airport; most probable first. */
  readonly airports: readonly Candidate[];
  /** It stopped on a surface that is no airport. */
  readonly offAirport: number;
  /** It stopped, but at none of those listed, or it cannot be told where. */
  readonly cannotTell: number;
  /** It did not stop: it flew on unheard. */
  readonly noStop: number;
}

/** As many fields as a movement lists. chosen: as `CANDIDATES_KEPT` */
const PLACES_KEPT = 5;

/**
 * Joins what the landing and the take-off of one stop say: one stop, one place.
 *
 * That it stopped: who landed, or took off, was on the ground, so the surer side counts. Where: `placesOfStop`.
 *
 * @returns undefined for an open end, which is no stop
 *
 * Source: docs/method.md, one number for a stop; measured by `npm run accuracy`, "one number for a stop".
 */
export function stopOutcomes(stop: Stop): StopOutcomes | undefined {
  const sides = sidesOf(stop);
  if (stop.openEnd || sides.length === 0) return undefined;
  const stopped = Math.max(...sides.map(({ probability }) => probability));
  const telling = tellingSides(sides);
  const offShare = telling.filter(({ offAirport }) => offAirport).length / telling.length;
  const airports = placesOfStop(stop).map(({ airport, probability }) => ({
    airport,
    probability: stopped * probability,
  }));
  const placed = airports.reduce((sum, { probability }) => sum + probability, 0);
  const offAirport = stopped * offShare;
  return {
    airports,
    offAirport,
    cannotTell: Math.max(0, stopped - placed - offAirport),
    noStop: 1 - stopped,
  };
}

/**
 * Where a stop was, given that it was one: as the side says that was seen, else the one that may name a field, else the
 * mean of both, since each was ranked with the other in view, and multiplying them would count the same evidence twice.
 *
 * @returns most probable first; their sum is at most 1
 */
export function placesOfStop(stop: Stop): Candidate[] {
  const sides = tellingSides(sidesOf(stop));
  const saying = sides.filter((side) => side.candidates.length > 0 || side.offAirport);
  const shares = new Map<Candidate["airport"], number>();
  for (const { candidates } of saying)
    for (const { airport, probability } of candidates)
      shares.set(airport, (shares.get(airport) ?? 0) + probability / saying.length);
  return [...shares]
    .map(([airport, probability]) => ({ airport, probability }))
    .sort((a, b) => b.probability - a.probability || (a.airport.ident < b.airport.ident ? -1 : 1))
    .slice(0, PLACES_KEPT);
}

function sidesOf({ landing, takeoff }: Stop): Movement[] {
  return [landing, takeoff].filter((side) => side !== undefined);
}

function tellingSides(sides: readonly Movement[]): readonly Movement[] {
  const seen = sides.filter(({ evidence }) => evidence === "seen");
  if (seen.length > 0) return seen;
  const naming = sides.filter(({ airport }) => airport !== undefined);
  return naming.length > 0 ? naming : sides;
}
