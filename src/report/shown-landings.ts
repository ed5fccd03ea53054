import type { JourneyModel } from "./dossier-model.js";
import type { MovementJson } from "./shapes.js";

/**
 * Landings that are not already stops of a shown journey: those are told there, and told twice they would look
 * like two.
 */
export function landingsOutsideJourneys<T>(
  landings: readonly T[],
  movementOf: (landing: T) => MovementJson,
  journeys: readonly JourneyModel[],
): T[] {
  const shown = new Set(
    journeys.flatMap(({ journey }) =>
      journey.stops.flatMap(({ landing }) => (landing ? [keyOf(landing)] : [])),
    ),
  );
  return landings.filter((landing) => !shown.has(keyOf(movementOf(landing))));
}

function keyOf({ hex, kind, timeFrom, timeTo }: MovementJson): string {
  return [hex, kind, timeFrom, timeTo].join(" ");
}
