import type { Movement } from "../movement/movement.js";
import type { Airport } from "../place/airport.js";
import { type Area, type AreaDistance, distanceToArea, isInside } from "../place/area.js";
import { HOUR_MS, METRES_PER_NM } from "../units/quantity.js";

/** Which landings a question about a place asks for. */
export interface PlaceQuestion {
  readonly area: Area;
  /** How far beyond the area's edge still counts as near, metres; 0 for "in" only. */
  readonly nearM: number;
  /** `areaTest(...).holds` of the same place, for very many landings: what it denies is elsewhere without a distance. */
  readonly holds?: (latDeg: number, lonDeg: number) => boolean;
  /** Answers kept from landing to landing, for very many of them: they are at few airports. */
  readonly placedAirports?: Map<Airport, Placed>;
}

/**
 * How a landing stands to a place. "possible": the field cannot be named and one of the candidates lies there.
 * "unknown": nothing says where it was, so it cannot be ruled out here, nor placed here.
 */
export type Relation = "in" | "near" | "possible" | "unknown" | "elsewhere";

export interface Placed {
  readonly relation: Relation;
  /** From the airport named, or the position on no airport; absent where the place is not known. */
  readonly distance?: AreaDistance | undefined;
}

/** Less likely candidates are only listed: they name what was nearby, not where it was. chosen: docs/method.md */
const POSSIBLE_MIN_PROBABILITY = 0.1;
/** Fields elsewhere must hold this much of the probability for a landing to be called elsewhere. chosen: docs/method.md */
const RULED_OUT_MIN_SHARE = 0.5;
/** Over ground, faster than any aircraft this is asked of. chosen: docs/method.md */
const OUT_OF_REACH_KT = 1_200;

/** A little above the longest geodesic on WGS 84 (20,003,932 m, from pole to pole). */
const HALF_EARTH_M = 20_004_000;

/** Places a landing; a place that is not known has no distance. */
export function placeLanding(movement: Movement, question: PlaceQuestion): Placed {
  const { airport, candidates } = movement;
  if (airport) return placeAirport(airport, question);
  if (movement.offAirport) return placePoint(movement, question);
  if (isOutOfReach(movement, question)) return { relation: "elsewhere" };
  const here = candidates
    .map(({ airport: field, probability }) => ({
      probability,
      placed: placeAirport(field, question),
    }))
    .filter(({ placed }) => placed.relation !== "elsewhere");
  const hereShare = here.reduce((sum, { probability }) => sum + probability, 0);
  const share = candidates.reduce((sum, { probability }) => sum + probability, 0);
  if (hereShare >= POSSIBLE_MIN_PROBABILITY) return { relation: "possible" };
  // Candidates that hold little of the whole, all of them elsewhere, say little about here.
  return { relation: share - hereShare >= RULED_OUT_MIN_SHARE ? "elsewhere" : "unknown" };
}

function placeAirport(airport: Airport, question: PlaceQuestion): Placed {
  const known = question.placedAirports?.get(airport);
  if (known) return known;
  const placed = placePoint(airport, question);
  question.placedAirports?.set(airport, placed);
  return placed;
}

/** True for a stop inside a gap too short to have come here in it. The gap's ends are where it was heard. */
function isOutOfReach(movement: Movement, { area, nearM }: PlaceQuestion): boolean {
  const { evidenceClass, latDeg, lonDeg, timeFromMs, timeToMs } = movement;
  if (evidenceClass !== "GAP" || Number.isNaN(latDeg)) return false;
  const reachM = ((timeToMs - timeFromMs) / HOUR_MS) * OUT_OF_REACH_KT * METRES_PER_NM;
  // Nothing is further away. The distance to a coast takes longer than all else here, and is seldom needed.
  if (reachM >= HALF_EARTH_M) return false;
  const rough = area.kind === "country" ? area.countries.rough(area.code) : undefined;
  if (rough?.isWithin(latDeg, lonDeg, reachM + nearM)) return false;
  if (rough?.isBeyond(latDeg, lonDeg, reachM + nearM)) return true;
  const { distanceM, uncertaintyM } = distanceToArea(area, latDeg, lonDeg);
  return !isInside(area, latDeg, lonDeg) && distanceM - uncertaintyM - nearM > reachM;
}

/** How a point stands to a place: "in", "near" or "elsewhere". */
export function placePoint(
  point: { readonly latDeg: number; readonly lonDeg: number },
  { area, nearM, holds }: PlaceQuestion,
): Placed {
  if (holds && !holds(point.latDeg, point.lonDeg)) return { relation: "elsewhere" };
  const distance = distanceToArea(area, point.latDeg, point.lonDeg);
  if (isInside(area, point.latDeg, point.lonDeg)) return { relation: "in", distance };
  // What lies within the error of the line is near: leaving it out would be a statement we cannot make.
  const near = nearM > 0 && distance.distanceM - distance.uncertaintyM <= nearM;
  return near ? { relation: "near", distance } : { relation: "elsewhere", distance };
}
