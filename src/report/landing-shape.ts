import type { Placed, Relation } from "../journey/where.js";
import type { Movement } from "../movement/movement.js";
import { kilometres, type MovementIdentity, type MovementJson, movementJson } from "./shapes.js";

/** A landing as an answer about a place: how it stands to the place, and the movement itself. */
export interface LandingJson {
  readonly schema: "wheelsdown/landing/1";
  readonly relation: Relation;
  readonly distanceKm: number | null;
  readonly distanceUncertaintyKm: number | null;
  /** "about 52 km from the coast of Venezuela (...)"; null without a place. */
  readonly distanceStatement: string | null;
  readonly simulated: boolean;
  readonly movement: MovementJson;
}

export function landingJson(found: {
  readonly movement: Movement;
  readonly identity: MovementIdentity;
  readonly placed: Placed;
}): LandingJson {
  const { relation, distance } = found.placed;
  return {
    schema: "wheelsdown/landing/1",
    relation,
    distanceKm: distance ? kilometres(distance.distanceM) : null,
    distanceUncertaintyKm: distance ? kilometres(distance.uncertaintyM) : null,
    distanceStatement: distance?.statement ?? null,
    simulated: found.movement.simulated,
    movement: movementJson(found.movement, found.identity),
  };
}
