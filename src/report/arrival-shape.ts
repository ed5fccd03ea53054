/** JSON of arrivals and departures: `wheelsdown/arrival/1`. */

import type { Movement } from "../movement/movement.js";
import { type MovementIdentity, type MovementJson, movementJson } from "./shapes.js";

export interface ArrivalJson {
  readonly schema: "wheelsdown/arrival/1";
  readonly direction: "arrival" | "departure";
  /** The airport asked about. */
  readonly at: string;
  /** "named": ascribed to this airport; "possible": this airport is one of several. */
  readonly relation: "named" | "possible";
  readonly simulated: boolean;
  readonly movement: MovementJson;
  /** The take-off before an arrival, the landing after a departure; null when there is none in the lake. */
  readonly other: MovementJson | null;
}

export function arrivalJson(found: {
  readonly direction: "arrival" | "departure";
  readonly at: string;
  readonly relation: "named" | "possible";
  readonly movement: Movement;
  readonly identity: MovementIdentity;
  readonly other: Movement | undefined;
  readonly otherTimeZone: string | undefined;
}): ArrivalJson {
  const { direction, at, relation, movement, identity, other, otherTimeZone } = found;
  return {
    schema: "wheelsdown/arrival/1",
    direction,
    at,
    relation,
    simulated: movement.simulated,
    movement: movementJson(movement, identity),
    other: other ? movementJson(other, { ...identity, timeZone: otherTimeZone }) : null,
  };
}
