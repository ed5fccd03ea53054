import type { LandingDayJson } from "../../api/shapes.js";
import { isTimed } from "../../journey/journey.js";
import type { FoundLanding } from "../../query/ask-lake.js";
import { utcDay } from "../../units/time.js";

/**
 * How landings lie in time, day by day (UTC), in order. A landing without a place that may be named is only possible.
 *
 * @param landings in or near the place asked for, or possible there
 * @returns days with at least one, and how many have a window too wide for a day
 */
export function landingDays(landings: readonly FoundLanding[]): {
  readonly days: readonly LandingDayJson[];
  readonly undated: number;
} {
  const days = new Map<string, { day: string; seen: number; inferred: number; possible: number }>();
  let undated = 0;
  for (const { movement, placed } of landings) {
    const [first, last] = [utcDay(movement.timeFromMs), utcDay(movement.timeToMs)];
    if (first !== last && !isTimed(movement)) {
      undated++;
      continue;
    }
    const day = first === last ? first : utcDay(movement.timeMs);
    const held = days.get(day) ?? { day, seen: 0, inferred: 0, possible: 0 };
    const isPlaced =
      placed.relation !== "possible" && (movement.airport !== undefined || movement.offAirport);
    held[isPlaced ? movement.evidence : "possible"]++;
    days.set(day, held);
  }
  return { days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), undated };
}
