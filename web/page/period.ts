/** Which stretch of time is shown. */

import type { JourneyJson } from "../../src/api/shapes.js";
import { DAY_MS, MINUTE_MS } from "../../src/units/quantity.js";
import { parseUtc } from "../../src/units/time.js";
import { mainJourney } from "./scene.js";
import type { View } from "./url.js";

/** Shown on either side of a journey. chosen: taxiing belongs to it */
const AROUND_MS = 30 * MINUTE_MS;

/** A stretch of time that is shown. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * What an aircraft's screen begins with: the period in the address, else the journey with most legs, else the last
 * day it was heard.
 *
 * @param journeys undefined while they are not there
 * @param lastHeard ISO time; null when never, undefined while that is not there
 */
export function periodOf(
  params: View["params"],
  journeys: readonly JourneyJson[] | undefined,
  lastHeard: string | null | undefined,
): Period | undefined {
  const fromMs = parseUtc(params["from"] ?? "");
  const toMs = parseUtc(params["to"] ?? "");
  if (fromMs !== undefined || toMs !== undefined) {
    // A bare day as the end means its end, as everywhere.
    const lastMs =
      toMs !== undefined && !params["to"]?.includes("T") ? toMs + DAY_MS - MINUTE_MS : toMs;
    const start = fromMs ?? (lastMs ?? 0) - DAY_MS;
    return { fromMs: start, toMs: Math.max(start + MINUTE_MS, lastMs ?? start + DAY_MS) };
  }
  const journey = journeys && mainJourney(journeys);
  if (journey) return periodOfJourney(journey);
  const lastMs = Date.parse(lastHeard ?? "");
  if (!journeys || !Number.isFinite(lastMs)) return undefined;
  const endMs = Math.ceil(lastMs / MINUTE_MS) * MINUTE_MS;
  return { fromMs: endMs - DAY_MS, toMs: endMs };
}

/** @returns the period a journey is shown in, whole minutes */
export function periodOfJourney(journey: JourneyJson): Period {
  const floor = Math.floor(Date.parse(journey.from) / MINUTE_MS) * MINUTE_MS;
  const ceiling = Math.ceil(Date.parse(journey.to) / MINUTE_MS) * MINUTE_MS;
  return { fromMs: floor - AROUND_MS, toMs: ceiling + AROUND_MS };
}

/** @returns the journeys of which more than taxiing lies in a period */
export function within(journeys: readonly JourneyJson[], { fromMs, toMs }: Period): JourneyJson[] {
  return journeys.filter(
    ({ from, to }) =>
      Date.parse(to) > fromMs + AROUND_MS / 2 && Date.parse(from) < toMs - AROUND_MS / 2,
  );
}
