import { plainCallsign, type RouteTable } from "../aircraft/route-table.js";
import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport, AirportTable } from "../place/airport.js";
import { callsignAt, GROUND_YES, type Track } from "../track/track.js";
import { METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import { placeName } from "./build.js";
import { entitledAirport } from "./candidates.js";
import type { Candidate, Movement, RouteStated } from "./movement.js";
import { withSaid } from "./weigh-coverage.js";

/** Share of known cases in which a list of routes was right at both ends. Source: docs/method.md, "Lists of routes" */
const RIGHT_SHARE = 0.65;
/**
 * Of the routes that are wrong, how many are taken to name a neighbour of the true field that is on the same list of
 * candidates: one in two. Most name a place far away, and then say nothing here. chosen: docs/method.md, "Lists of routes"
 */
const WRONG_NEARBY_SHARE = 0.5;
/** How much a field on the route gains in odds over one that is not: 0.65 / (0.35 x 0.5) = 3.7, a logarithm of 1.3. */
export const ON_ROUTE_ODDS = RIGHT_SHARE / ((1 - RIGHT_SHARE) * WRONG_NEARBY_SHARE);
/**
 * Without the list a field must hold this much, and be first, before the list may add what is missing for a name. The
 * odds alone would name from 0.71 on. chosen: docs/method.md, "Lists of routes", by what a list does that is wrong
 * at every callsign
 */
export const NAMED_WITHOUT_MIN = 0.75;
/** A receiver takes a new callsign some minutes after the last flight's: it is read this long after a take-off. */
const SETTLED_MS = 10 * MINUTE_MS;
/** Heard this near to a candidate after a silence, an aircraft may have been standing there, under its next callsign. */
const STANDING_M = 3 * METRES_PER_NM;

/** What is needed to look a route up. */
export interface RouteQuestion {
  /** The clean track that the movements were found in. */
  readonly track: Track;
  readonly routes: RouteTable;
  readonly airports: AirportTable;
}

/**
 * Looks up the route of the callsign under which each landing and take-off was made: the one heard last in the air
 * before it, or ten minutes after it. Nothing else is changed.
 *
 * @param movements of one aircraft, found in `track`
 * @returns as many, in the same order; with `route` set where the table has the callsign
 */
export function findRoutes(movements: readonly Movement[], question: RouteQuestion): Movement[] {
  return movements.map((movement) => {
    const { kind } = movement;
    if (kind !== "landing" && kind !== "takeoff") return movement;
    const callsign = plainCallsign(legCallsign(question.track, movement));
    const airports = question.routes.routeOf(callsign);
    if (!airports) return movement;
    // The first of a route is where no leg ends, the last where none begins.
    const ends = kind === "landing" ? airports.slice(1) : airports.slice(0, -1);
    const usual = ends.flatMap((code) => question.airports.find(code) ?? []);
    const { file, sha256 } = question.routes;
    return { ...movement, route: { file, sha256, callsign, airports, usual, before: [] } };
  });
}

/** @returns "" when none was heard in the air on the leg that the movement ends (or begins) */
function legCallsign(track: Track, { kind, timeFromMs, timeToMs }: Movement): string {
  const { timeMs, ground, length } = track;
  // Movements are rounded to whole milliseconds, points are not.
  const lastMs = kind === "landing" ? timeFromMs + 1 : timeToMs + SETTLED_MS;
  const firstMs = kind === "landing" ? Number.NEGATIVE_INFINITY : timeToMs - 1;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeMs[middle]! <= lastMs) low = middle + 1;
    else high = middle;
  }
  const at = low - 1;
  if (at < 0 || timeMs[at]! < firstMs || ground[at] === GROUND_YES) return "";
  return callsignAt(track, at);
}

/**
 * Lets the routes that were found weigh in on where an inferred landing or take-off was. Candidates on the route gain
 * `ON_ROUTE_ODDS`. What is named already stays as it is, to the digit; no name is taken away or exchanged, and none is
 * given to a field that did not hold three quarters of the probability without the list. That it happened is never touched.
 *
 * @param movements of one aircraft, in order of time; after coverage was weighed, if it is
 * @returns as many, in the same order; what the list changes nothing of is the same object
 */
export function weighRoutes(movements: readonly Movement[]): Movement[] {
  const weighed = movements.map(weighOne);
  // One stop is one place: a name from a list may not make two of it.
  for (let at = 1; at < weighed.length; at++) {
    const [landing, takeoff] = [weighed[at - 1]!, weighed[at]!];
    if (landing.kind !== "landing" || takeoff.kind !== "takeoff") continue;
    if (!landing.airport || !takeoff.airport || landing.airport === takeoff.airport) continue;
    weighed[at - 1] = movements[at - 1]!;
    weighed[at] = movements[at]!;
  }
  return weighed;
}

function weighOne(movement: Movement): Movement {
  const { route, candidates } = movement;
  if (!route || !isOpen(movement)) return movement;
  const onRoute = candidates.filter(({ airport }) => route.usual.includes(airport));
  if (onRoute.length === 0) return movement;
  const after = weighCandidates(candidates, route.usual);
  const airport = nameWith(candidates, after);
  return {
    ...movement,
    candidates: after,
    airport,
    route: { ...route, before: candidates },
    basis: withSaid(movement.basis, sentence(route, { before: onRoute, after, airport })),
  };
}

/** True where the place is open: inferred, not named, and not heard so low at a field that the track itself speaks. */
function isOpen({ evidence, evidenceClass, ...movement }: Movement): boolean {
  const { airport, offAirport, candidates, latDeg, lonDeg } = movement;
  if (evidence !== "inferred" || airport || offAirport || candidates.length === 0) return false;
  // Lost on short final.
  if (evidenceClass === "G2" || evidenceClass === "G3") return false;
  // Candidates fit for a name that was not given: where it was is contradicted elsewhere.
  if (entitledAirport(candidates)) return false;
  if (evidenceClass !== "G7") return true;
  return !candidates.some(
    (one) => sphereDistanceM(latDeg, lonDeg, one.airport.latDeg, one.airport.lonDeg) < STANDING_M,
  );
}

/** Bayes; "none of the listed" counts as a field that is not on the route. */
function weighCandidates(
  candidates: readonly Candidate[],
  usual: readonly Airport[],
): readonly Candidate[] {
  const factor = ({ airport }: Candidate) => (usual.includes(airport) ? ON_ROUTE_ODDS : 1);
  const gained = candidates.reduce((sum, one) => sum + one.probability * (factor(one) - 1), 0);
  return candidates
    .map((one) => ({ ...one, probability: (one.probability * factor(one)) / (1 + gained) }))
    .sort((a, b) => b.probability - a.probability);
}

function nameWith(before: readonly Candidate[], after: readonly Candidate[]): Airport | undefined {
  const airport = entitledAirport(after);
  const [first] = before;
  return first && first.airport === airport && first.probability >= NAMED_WITHOUT_MIN
    ? airport
    : undefined;
}

/** "the list of routes routes.csv gives EGLL for BAW123: EGLL 0.86 instead of 0.62" */
function sentence(
  { file, callsign }: RouteStated,
  {
    before,
    after,
    airport,
  }: {
    readonly before: readonly Candidate[];
    readonly after: readonly Candidate[];
    readonly airport: Airport | undefined;
  },
): string {
  const gives = before.map((one) => one.airport.ident).join(" and ");
  const changes = before.map((one) => {
    const then = after.find((other) => other.airport === one.airport)!;
    return `${one.airport.ident} ${then.probability.toFixed(2)} instead of ${one.probability.toFixed(2)}`;
  });
  const said = `the list of routes ${file} gives ${gives} for ${callsign}: ${changes.join(", ")}`;
  if (airport) return `${said}; with that, ${placeName(airport)}`;
  return entitledAirport(after) ? `${said}, which was too little for a name` : said;
}
