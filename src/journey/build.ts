import { geodesicDistanceM } from "../geo/geodesic.js";
import type { Analysis } from "../movement/analyse.js";
import type { Movement } from "../movement/movement.js";
import type { Airport, AirportTable } from "../place/airport.js";
import type { Gap } from "../track/gap.js";
import { isSimulated } from "../track/track.js";
import { HOUR_MS } from "../units/quantity.js";
import { isTimed, type Journey, type Leg, type Stop, timedMs } from "./journey.js";

/** A longer stop ends a journey: two nights on the ground and a day. chosen: `--max-stop` changes it */
export const STOP_MAX_MS = 48 * HOUR_MS;

export interface JourneyOptions {
  readonly airports: AirportTable;
  /** Longest stop inside one journey. */
  readonly stopMaxMs?: number;
}

/**
 * Chains an aircraft's landings and take-offs into stops, legs and journeys.
 *
 * @returns in time order; an aircraft never heard to move gives none
 */
export function buildJourneys(analysis: Analysis, options: JourneyOptions): Journey[] {
  const stops = withOpenEnds(analysis, stopsOf(analysis.movements, options.airports));
  const stopMaxMs = options.stopMaxMs ?? STOP_MAX_MS;
  const journeys: Journey[] = [];
  let first = 0;
  for (let at = 0; at < stops.length; at++) {
    const last = at === stops.length - 1;
    const unheard = !last && isUnheardLeg(stops[at]!, stops[at + 1]!, stopMaxMs);
    const long = at > first && stayMs(stops, at) > stopMaxMs;
    if (!last && !long && !unheard) continue;
    if (at > first) journeys.push(journeyOf(analysis, stops.slice(first, at + 1)));
    first = unheard ? at + 1 : at;
  }
  return journeys;
}

/** After a silence longer than a stop may be, any number of flights may lie between two places: no one leg joins them. */
function isUnheardLeg({ takeoff }: Stop, { landing }: Stop, longestMs: number): boolean {
  if (!takeoff || !landing || isTimed(takeoff) || isTimed(landing)) return false;
  return landing.timeToMs - takeoff.timeFromMs > longestMs;
}

function isAnchored(movement: Movement): boolean {
  return movement.kind === "landing" || movement.kind === "takeoff";
}

/** Pairs each landing with the take-off that follows it at the same place. */
function stopsOf(movements: readonly Movement[], airports: AirportTable): Stop[] {
  const stops: Stop[] = [];
  let landing: Movement | undefined;
  for (const movement of movements.filter(isAnchored)) {
    if (movement.kind === "landing") {
      if (landing) stops.push(stopOf(airports, { landing }));
      landing = movement;
      continue;
    }
    if (landing && isElsewhere(landing, movement)) {
      stops.push(stopOf(airports, { landing }));
      landing = undefined;
    }
    stops.push(stopOf(airports, { landing, takeoff: movement }));
    landing = undefined;
  }
  if (landing) stops.push(stopOf(airports, { landing }));
  return stops;
}

/** No field is common to landing and take-off further apart than this. chosen: docs/method.md */
const SAME_PLACE_MAX_M = 100_000;
/** Room for a ship's way, or for two readings of one field. chosen: test/journey */
const OFF_AIRPORT_MAX_M = 20_000;

function isElsewhere(landing: Movement, takeoff: Movement): boolean {
  if (landing.airport && takeoff.airport) return landing.airport !== takeoff.airport;
  if (landing.offAirport || takeoff.offAirport) {
    return (
      geodesicDistanceM(landing.airport ?? landing, takeoff.airport ?? takeoff) > OFF_AIRPORT_MAX_M
    );
  }
  const common = takeoff.candidates.some(({ airport }) =>
    landing.candidates.some((candidate) => candidate.airport === airport),
  );
  const from = landing.candidates[0]?.airport ?? landing;
  const to = takeoff.candidates[0]?.airport ?? takeoff;
  const hidden = landing.evidenceClass === "GAP" && takeoff.evidenceClass === "GAP";
  return !common && !hidden && geodesicDistanceM(from, to) > SAME_PLACE_MAX_M;
}

function stopOf(
  airports: AirportTable,
  {
    landing,
    takeoff,
  }: { readonly landing?: Movement | undefined; readonly takeoff?: Movement | undefined },
): Stop {
  const airport = landing?.airport ?? takeoffAirport(landing, takeoff);
  const place = airport ?? landing ?? takeoff!;
  return {
    airport,
    landing,
    takeoff,
    evidence: landing?.evidence === "seen" || takeoff?.evidence === "seen" ? "seen" : "inferred",
    latDeg: place.latDeg,
    lonDeg: place.lonDeg,
    timeZone: airport && airports.timeZoneOf(airport),
  };
}

/** The take-off names the stop unless the landing's own candidates exclude its field. */
function takeoffAirport(
  landing: Movement | undefined,
  takeoff: Movement | undefined,
): Airport | undefined {
  if (!landing || landing.candidates.length === 0) return takeoff?.airport;
  return landing.candidates.some(({ airport }) => airport === takeoff?.airport)
    ? takeoff?.airport
    : undefined;
}

/** A track that begins or ends in the air has an end that is no stop, and says so. */
function withOpenEnds(analysis: Analysis, stops: readonly Stop[]): Stop[] {
  const { track } = analysis.clean;
  if (stops.length === 0) return [];
  const open = (openEnd: "before" | "after", index: number): Stop => ({
    openEnd,
    evidence: "seen",
    latDeg: track.latDeg[index]!,
    lonDeg: track.lonDeg[index]!,
  });
  const all = [...stops];
  if (!stops[0]!.takeoff || stops[0]!.landing) all.unshift(open("before", 0));
  if (!stops.at(-1)!.landing || stops.at(-1)!.takeoff) all.push(open("after", track.length - 1));
  return all;
}

/**
 * How long a stop may have been: for one that nobody saw, as long as the silence around it. Where its landing or its
 * take-off is missing, it lay between the stops before and after.
 */
function stayMs(stops: readonly Stop[], at: number): number {
  const { landing, takeoff } = stops[at]!;
  if (landing?.evidenceClass === "GAP" && takeoff?.evidenceClass === "GAP") {
    return takeoff.timeToMs - landing.timeFromMs;
  }
  const previous = stops[at - 1];
  const next = stops[at + 1];
  const cameMs = landing?.timeMs ?? previous?.takeoff?.timeFromMs ?? previous?.landing?.timeFromMs;
  const leftMs = takeoff?.timeMs ?? next?.landing?.timeToMs ?? next?.takeoff?.timeFromMs;
  return cameMs === undefined || leftMs === undefined ? Number.POSITIVE_INFINITY : leftMs - cameMs;
}

function journeyOf(analysis: Analysis, stops: readonly Stop[]): Journey {
  const { track } = analysis.clean;
  const first = stops[0]!;
  const last = stops.at(-1)!;
  return {
    address: track.address,
    stops,
    legs: stops.slice(1).map((to, at) => legOf(analysis, stops[at]!, to)),
    fromMs: startMs(first) ?? track.timeMs[0]!,
    toMs: endMs(last) ?? track.timeMs[track.length - 1]!,
    simulated: isSimulated(track),
  };
}

/** A journey lasts as long as the aircraft was known to be on it: up to the edge of a silence, not into it. */
function startMs({ takeoff, landing }: Stop): number | undefined {
  if (!takeoff) return landing?.timeMs;
  return isTimed(takeoff) ? takeoff.timeMs : takeoff.timeToMs;
}

function endMs({ takeoff, landing }: Stop): number | undefined {
  if (!landing) return takeoff?.timeMs;
  return isTimed(landing) ? landing.timeMs : landing.timeFromMs;
}

function legOf({ clean, gaps }: Analysis, from: Stop, to: Stop): Leg {
  const { timeMs, length } = clean.track;
  const departureMs = from.openEnd === "before" ? timeMs[0]! : timedMs(from.takeoff);
  const arrivalMs = to.openEnd === "after" ? timeMs[length - 1]! : timedMs(to.landing);
  const fromMs = firstKnown(departureMs, from.takeoff?.timeFromMs, from.landing?.timeToMs);
  const toMs = firstKnown(arrivalMs, to.landing?.timeToMs, to.takeoff?.timeFromMs);
  const inside = gaps.filter((gap) => overlapMs(gap, fromMs, toMs) > 0);
  const silentMs = inside.reduce((sum, gap) => sum + overlapMs(gap, departureMs, arrivalMs), 0);
  return {
    from,
    to,
    departureMs,
    arrivalMs,
    distanceM: from.airport && to.airport ? geodesicDistanceM(from, to) : Number.NaN,
    gaps: inside,
    largestGapMs: inside.reduce(
      (largest, gap) => Math.max(largest, overlapMs(gap, fromMs, toMs)),
      0,
    ),
    seenShare:
      arrivalMs > departureMs ? Math.max(0, 1 - silentMs / (arrivalMs - departureMs)) : Number.NaN,
  };
}

function firstKnown(...timesMs: readonly (number | undefined)[]): number {
  return timesMs.find((timeMs) => timeMs !== undefined && !Number.isNaN(timeMs)) ?? Number.NaN;
}

function overlapMs(gap: Gap, fromMs: number, toMs: number): number {
  return Math.max(0, Math.min(gap.toMs, toMs) - Math.max(gap.fromMs, fromMs));
}
