/** JSON of stops, legs and journeys: `wheelsdown/stop/1` and `wheelsdown/journey/1`. */

import { type Journey, type Leg, type Stop, timedMs } from "../journey/journey.js";
import { placesOfStop, stopOutcomes } from "../journey/stop-outcomes.js";
import type { Movement } from "../movement/movement.js";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds, localTime } from "../units/time.js";
import {
  type CandidateJson,
  candidateJson,
  isoOrNull,
  kilometres,
  type MovementIdentity,
  type MovementJson,
  movementJson,
  nauticalMiles,
  rounded,
  textOrNull,
} from "./shapes.js";

/** One place where the journey touched ground. Times are the best estimates of its two movements. */
export interface StopJson {
  readonly schema: "wheelsdown/stop/1";
  readonly hex: string;
  /** 1, 2, ... for stops in order of time; an open end before them is 0, one after them the next number. */
  readonly number: number;
  /** Not a stop but where the aircraft was first ("before") or last ("after") heard in the air; null for stops. */
  readonly openEnd: "before" | "after" | null;
  readonly airport: string | null;
  readonly airportName: string | null;
  readonly country: string | null;
  /** Where it may have been, given that it stopped: both movements taken together, most probable first. */
  readonly candidates: readonly CandidateJson[];
  /** One number for each thing that may have been, both movements taken together; null for an open end. */
  readonly outcomes: StopOutcomesJson | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly evidence: "seen" | "inferred";
  readonly arrival: string | null;
  readonly arrivalLocal: string | null;
  readonly departure: string | null;
  readonly departureLocal: string | null;
  readonly timeZone: string | null;
  readonly simulated: boolean;
  readonly landing: MovementJson | null;
  readonly takeoff: MovementJson | null;
}

/** Shares of one whole: together they are 1. Joined from numbers of which some are calibrated; not calibrated itself. */
export interface StopOutcomesJson {
  readonly airports: readonly CandidateJson[];
  readonly offAirport: number;
  readonly cannotTell: number;
  readonly noStop: number;
}

/** From one stop to the next; numbers refer to `StopJson.number`. */
export interface LegJson {
  readonly from: number;
  readonly to: number;
  readonly departure: string | null;
  readonly arrival: string | null;
  readonly durationS: number | null;
  /** Great-circle length between the two places. */
  readonly distanceKm: number | null;
  readonly distanceNm: number | null;
  readonly gapCount: number;
  readonly largestGapS: number | null;
  /** Share of the leg's time in contact, 0..1. */
  readonly seenShare: number | null;
}

export interface JourneyJson {
  readonly schema: "wheelsdown/journey/1";
  readonly hex: string;
  readonly registration: string | null;
  readonly type: string | null;
  readonly from: string;
  readonly to: string;
  readonly distanceKm: number | null;
  readonly distanceNm: number | null;
  readonly largestGapS: number | null;
  readonly simulated: boolean;
  readonly stops: readonly StopJson[];
  readonly legs: readonly LegJson[];
}

/**
 * @param number of the stop within its journey, see `StopJson.number`
 * @param journey gives address and the mark of simulation
 */
export function stopJson(
  stop: Stop,
  number: number,
  journey: Pick<Journey, "address" | "simulated">,
  identity: MovementIdentity = {},
): StopJson {
  const arrivalMs = timedMs(stop.landing);
  const departureMs = timedMs(stop.takeoff);
  const placed: MovementIdentity = { ...identity, timeZone: stop.timeZone ?? identity.timeZone };
  return {
    schema: "wheelsdown/stop/1",
    hex: journey.address,
    number,
    openEnd: stop.openEnd ?? null,
    airport: textOrNull(stop.airport?.ident),
    airportName: textOrNull(stop.airport?.name),
    country: textOrNull(stop.airport?.country),
    candidates: placesOfStop(stop).map(candidateJson),
    outcomes: outcomesOf(stop),
    lat: rounded(stop.latDeg, 5),
    lon: rounded(stop.lonDeg, 5),
    evidence: stop.evidence,
    arrival: isoOrNull(arrivalMs),
    arrivalLocal: localOrNull(arrivalMs, placed.timeZone),
    departure: isoOrNull(departureMs),
    departureLocal: localOrNull(departureMs, placed.timeZone),
    timeZone: textOrNull(placed.timeZone),
    simulated: journey.simulated,
    landing: movementOrNull(stop.landing, placed),
    takeoff: movementOrNull(stop.takeoff, placed),
  };
}

/** The JSON of a journey; a leg whose stop is not in the journey is our mistake. */
export function journeyJson(journey: Journey, identity: MovementIdentity = {}): JourneyJson {
  const first = firstNumber(journey.stops);
  const stops = journey.stops.map((stop, at) => stopJson(stop, first + at, journey, identity));
  const distanceM = journey.legs.reduce((sum, leg) => sum + leg.distanceM, 0);
  const largestMs = journey.legs.reduce((most, leg) => Math.max(most, leg.largestGapMs || 0), 0);
  return {
    schema: "wheelsdown/journey/1",
    hex: journey.address,
    registration: textOrNull(identity.registration),
    type: textOrNull(identity.typeDesignator),
    from: isoSeconds(journey.fromMs),
    to: isoSeconds(journey.toMs),
    distanceKm: journey.legs.length === 0 ? null : kilometres(distanceM),
    distanceNm: journey.legs.length === 0 ? null : nauticalMiles(distanceM),
    largestGapS: journey.legs.length === 0 ? null : Math.round(largestMs / SECOND_MS),
    simulated: journey.simulated,
    stops,
    legs: journey.legs.map((leg) => legJson(leg, journey.stops)),
  };
}

function legJson(leg: Leg, stops: readonly Stop[]): LegJson {
  const from = stops.indexOf(leg.from);
  const to = stops.indexOf(leg.to);
  if (from < 0 || to < 0) throw new RangeError("a leg ends at a stop that its journey lacks");
  return {
    from: from + firstNumber(stops),
    to: to + firstNumber(stops),
    departure: isoOrNull(leg.departureMs),
    arrival: isoOrNull(leg.arrivalMs),
    durationS: rounded((leg.arrivalMs - leg.departureMs) / SECOND_MS, 0),
    distanceKm: kilometres(leg.distanceM),
    distanceNm: nauticalMiles(leg.distanceM),
    gapCount: leg.gaps.length,
    largestGapS: rounded(leg.largestGapMs / SECOND_MS, 0),
    seenShare: rounded(leg.seenShare, 3),
  };
}

/** An open end is no stop: what follows the one at the beginning counts from 1. */
function firstNumber(stops: readonly Stop[]): number {
  return stops[0]?.openEnd === "before" ? 0 : 1;
}

function outcomesOf(stop: Stop): StopOutcomesJson | null {
  const outcomes = stopOutcomes(stop);
  if (!outcomes) return null;
  return {
    airports: outcomes.airports.map(candidateJson),
    offAirport: share(outcomes.offAirport),
    cannotTell: share(outcomes.cannotTell),
    noStop: share(outcomes.noStop),
  };
}

function share(probability: number): number {
  return rounded(probability, 4) ?? 0;
}

function movementOrNull(
  movement: Movement | undefined,
  identity: MovementIdentity,
): MovementJson | null {
  return movement ? movementJson(movement, identity) : null;
}

function localOrNull(timeMs: number, timeZone: string | undefined): string | null {
  return Number.isFinite(timeMs) ? (localTime(timeMs, timeZone) ?? null) : null;
}
