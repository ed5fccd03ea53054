/** Which stops may be counted as stops, and which are one and the same. */

import type { StopJson } from "./journey-shape.js";
import type { MovementJson } from "./shapes.js";
import { landedText, UNSURE_TEXT } from "./wording.js";

/** True for a stop that nobody saw and that is not probable enough to be told as a fact. */
export function isUnsureStop({ evidence, landing, takeoff }: StopJson): boolean {
  const shown = landing ?? takeoff;
  return evidence === "inferred" && shown !== null && isUnsure(shown);
}

/** True for an inferred movement that is told as what may have happened. */
export function isUnsure(movement: Pick<MovementJson, "probability">): boolean {
  return landedText(movement) === UNSURE_TEXT;
}

/** The same for a stop that ends one journey and begins the next. */
export function stopKey({ hex, landing, takeoff }: StopJson): string {
  return [hex, landing?.timeFrom, landing?.timeTo, takeoff?.timeFrom, takeoff?.timeTo].join(" ");
}
