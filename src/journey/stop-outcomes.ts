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

/**
 * Joins what the landing and the take-off of one stop say: one stop, one place.
 *
 * That it stopped: a side that was seen settles it; of two inferred from one silence the lesser counts, because both are
 * about the same event. Where: a side that was seen settles that too; else the mean of both, since each was already
 * ranked with the other side in view, and multiplying them would count the same evidence twice.
 *
 * @returns undefined for an open end, which is no stop
 *
 * Source: docs/method.md, one number for a stop; measured by `npm run accuracy`, "one number for a stop".
 */
export function stopOutcomes({ openEnd, landing, takeoff }: Stop): StopOutcomes | undefined {
  const sides = [landing, takeoff].filter((side) => side !== undefined);
  if (openEnd || sides.length === 0) return undefined;
  const seen = sides.filter(({ evidence }) => evidence === "seen");
  const telling = seen.length > 0 ? seen : sides;
  const stopped =
    seen.length > 0
      ? Math.max(...seen.map(({ probability }) => probability))
      : Math.min(...sides.map(({ probability }) => probability));
  const offShare = telling.filter(({ offAirport }) => offAirport).length / telling.length;
  const airports = poolCandidates(telling).map(({ airport, probability }) => ({
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

/** The mean of several lists of candidates; a side that lists none has nothing to say of the place. */
function poolCandidates(sides: readonly Movement[]): Candidate[] {
  const saying = sides.filter((side) => side.candidates.length > 0 || side.offAirport);
  const shares = new Map<Candidate["airport"], number>();
  for (const { candidates } of saying)
    for (const { airport, probability } of candidates)
      shares.set(airport, (shares.get(airport) ?? 0) + probability / saying.length);
  return [...shares]
    .map(([airport, probability]) => ({ airport, probability }))
    .sort((a, b) => b.probability - a.probability || (a.airport.ident < b.airport.ident ? -1 : 1));
}
