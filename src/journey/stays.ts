import type { Movement } from "../movement/movement.js";
import type { Airport } from "../place/airport.js";
import { MINUTE_MS } from "../units/quantity.js";

/** An aircraft on the ground of one airport, as far as its landings and take-offs tell. */
export interface Stay {
  readonly airport: Airport;
  /**
   * From the landing to the take-off, as far as it surely stood there: an end known only within more than 20 min counts
   * from where it is sure. Both are the same where only one of the two is known.
   */
  readonly fromMs: number;
  readonly toMs: number;
  readonly landing: Movement | undefined;
  readonly takeoff: Movement | undefined;
}

/**
 * Pairs landings with take-offs from the same airport. A landing without one is a stay of no length, and so is a take-off
 * without a landing: how long it stood there is not known, and nothing is filled in.
 *
 * @param history one aircraft's landings and take-offs in order of time
 */
export function findStays(history: readonly Movement[]): Stay[] {
  const ends = history.filter(({ kind }) => kind === "landing" || kind === "takeoff");
  const stays: Stay[] = [];
  for (let i = 0; i < ends.length; i++) {
    const one = ends[i]!;
    const next = ends[i + 1];
    const { airport } = one;
    if (!airport) continue;
    if (one.kind === "takeoff") {
      stays.push({
        airport,
        fromMs: one.timeMs,
        toMs: one.timeMs,
        landing: undefined,
        takeoff: one,
      });
      continue;
    }
    const isPair = next?.kind === "takeoff" && next.airport?.ident === airport.ident;
    const toMs = isPair ? thereUntilMs(next) : one.timeMs;
    stays.push({
      airport,
      fromMs: isPair ? Math.min(thereFromMs(one), toMs) : one.timeMs,
      toMs,
      landing: one,
      takeoff: isPair ? next : undefined,
    });
    if (isPair) i++;
  }
  return stays;
}

/** An interval wider than this is no time; chosen: as tables of movements have it. */
const POINT_IN_TIME_MS = 20 * MINUTE_MS;

/** When it was there at the latest: the estimate, or the end of an interval too wide for one. */
function thereFromMs({ timeFromMs, timeMs, timeToMs }: Movement): number {
  return timeToMs - timeFromMs > POINT_IN_TIME_MS ? timeToMs : timeMs;
}

function thereUntilMs({ timeFromMs, timeMs, timeToMs }: Movement): number {
  return timeToMs - timeFromMs > POINT_IN_TIME_MS ? timeFromMs : timeMs;
}

/** When two stays at one airport overlap; a stay of no length may lie inside the other. */
export function overlapOf(
  a: Stay,
  b: Stay,
): { readonly fromMs: number; readonly toMs: number } | undefined {
  if (a.airport.ident !== b.airport.ident) return undefined;
  const fromMs = Math.max(a.fromMs, b.fromMs);
  const toMs = Math.min(a.toMs, b.toMs);
  return fromMs <= toMs ? { fromMs, toMs } : undefined;
}
