import type { Movement } from "../movement/movement.js";
import { type Area, type AreaDistance, distanceToArea, isInside } from "../place/area.js";

/** Which landings a question about a place asks for. */
export interface PlaceQuestion {
  readonly area: Area;
  /** How far beyond the area's edge still counts as near, metres; 0 for "in" only. */
  readonly nearM: number;
}

/**
 * How a landing stands to a place. "possible": the field cannot be named and one of the candidates lies there.
 * "unknown": nothing says where it was, so it cannot be ruled out here, nor placed here.
 */
export type Relation = "in" | "near" | "possible" | "unknown" | "elsewhere";

export interface Placed {
  readonly relation: Relation;
  /** Distance of the nearest place that counts; absent for "unknown". */
  readonly distance?: AreaDistance | undefined;
}

/** Less likely candidates are only listed: they name what was nearby, not where it was. chosen: docs/method.md */
const POSSIBLE_MIN_PROBABILITY = 0.1;

/** Places a landing; distances are from the airport when one is named, else from the position heard. */
export function placeLanding(movement: Movement, question: PlaceQuestion): Placed {
  const { airport, candidates } = movement;
  if (airport) return placePoint(airport, question);
  if (movement.offAirport) return placePoint(movement, question);
  const possible = candidates
    .filter(({ probability }) => probability >= POSSIBLE_MIN_PROBABILITY)
    .map((candidate) => placePoint(candidate.airport, question))
    .filter(({ relation }) => relation !== "elsewhere")
    .sort((a, b) => (a.distance?.distanceM ?? 0) - (b.distance?.distanceM ?? 0));
  if (possible[0]) return { relation: "possible", distance: possible[0].distance };
  // A stop somewhere in a gap has few or no candidates; that none of them is here says little.
  return { relation: movement.evidenceClass === "GAP" ? "unknown" : "elsewhere" };
}

function placePoint(
  point: { readonly latDeg: number; readonly lonDeg: number },
  { area, nearM }: PlaceQuestion,
): Placed {
  const distance = distanceToArea(area, point.latDeg, point.lonDeg);
  if (isInside(area, point.latDeg, point.lonDeg)) return { relation: "in", distance };
  // What lies within the error of the line is near: leaving it out would be a statement we cannot make.
  const near = nearM > 0 && distance.distanceM - distance.uncertaintyM <= nearM;
  return near ? { relation: "near", distance } : { relation: "elsewhere", distance };
}
