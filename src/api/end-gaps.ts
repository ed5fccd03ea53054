/** Silences that reach out of a period: they begin before it, or end behind it. */

import { kilometres, rounded } from "../report/shapes.js";
import { cleanTrack } from "../track/clean.js";
import { findContacts, findGaps } from "../track/contacts.js";
import { GROUND_YES, type Track } from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import type { EndGapJson } from "./shapes.js";
import { gapId } from "./track-shape.js";

/**
 * @param received positions of the period and, at either end, as far as the next one outside of it; before cleaning
 * @param period an open end has no silence that could reach out of it
 * @returns in order of time; at most one at either end
 */
export function endGapsOf(
  received: Track,
  period: { readonly fromMs: number | undefined; readonly toMs: number | undefined },
): EndGapJson[] {
  const { track } = cleanTrack(received);
  const { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = period;
  return findGaps(track, findContacts(track))
    .filter((gap) => isInside(fromMs, gap) || isInside(toMs, gap))
    .map((gap): EndGapJson => {
      const placeOf = (index: number) => ({
        lat: rounded(track.latDeg[index]!, 5) ?? 0,
        lon: rounded(track.lonDeg[index]!, 5) ?? 0,
        onGround: track.ground[index] === GROUND_YES,
      });
      return {
        id: gapId(track.address, gap),
        from: isoSeconds(gap.fromMs),
        to: isoSeconds(gap.toMs),
        durationS: Math.round(gap.durationMs / SECOND_MS),
        distanceKm: kilometres(gap.distanceM),
        last: placeOf(gap.lastIndex),
        next: placeOf(gap.nextIndex),
      };
    });
}

function isInside(
  timeMs: number,
  gap: { readonly fromMs: number; readonly toMs: number },
): boolean {
  return gap.fromMs < timeMs && gap.toMs > timeMs;
}
