// Airport choice as the compared rules make it: by distance from a fix, nothing else.
import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import type { Track } from "../../src/track/track.js";
import { METRES_PER_NM } from "../../src/units/quantity.js";
import type { Claim, TruthKind } from "../case.js";

/** Anything at all within this is found: chosen, wider than every rule's own limit. */
const SEARCH_M = 100 * METRES_PER_NM;
const CONSIDERED = 60;

/** How one rule picks an airport. */
export interface PlaceRule {
  readonly radiusM: number;
  /** Added to the distance of fields without scheduled service. */
  readonly handicapM: number;
}

/** @returns the airport a distance rule names at a position, or undefined when none is near enough */
export function nearestAirport(
  airports: AirportTable,
  place: { readonly latDeg: number; readonly lonDeg: number },
  { radiusM, handicapM }: PlaceRule,
): Airport | undefined {
  let best: Airport | undefined;
  let bestM = Number.POSITIVE_INFINITY;
  const near = airports.near(place, {
    radiusM: Math.min(radiusM, SEARCH_M),
    limit: handicapM > 0 ? CONSIDERED * 4 : CONSIDERED,
    accept: isForAeroplanes,
  });
  for (const airport of near) {
    const distanceM =
      sphereDistanceM(place.latDeg, place.lonDeg, airport.latDeg, airport.lonDeg) +
      (airport.scheduled ? 0 : handicapM);
    if (distanceM < bestM) {
      best = airport;
      bestM = distanceM;
    }
  }
  return best;
}

function isForAeroplanes({ kind }: Airport): boolean {
  return kind !== "heliport" && kind !== "closed";
}

/** A claim at a point of a track, with an airport or without. */
export function claimAt(
  track: Track,
  at: { readonly kind: TruthKind; readonly index: number; readonly timeMs?: number },
  airport: Airport | undefined,
  why: string,
): Claim {
  const timeMs = at.timeMs ?? track.timeMs[at.index]!;
  return {
    kind: at.kind,
    timeFromMs: timeMs,
    timeToMs: timeMs,
    timeMs,
    airport,
    ranked: airport ? [{ airport, probability: 1 }] : [],
    probability: Number.NaN,
    why,
  };
}

/** Cuts a track at holes longer than a limit; `end` is exclusive. */
export function pieces(
  track: Track,
  isCut: (last: number, next: number) => boolean,
): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  for (let i = 1; i <= track.length; i++) {
    if (i < track.length && !isCut(i - 1, i)) continue;
    found.push({ start, end: i });
    start = i;
  }
  return track.length === 0 ? [] : found;
}
