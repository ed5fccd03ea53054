import { pointsUntil, trackUntil } from "../track/track-until.js";
import type { Analysis } from "./analyse.js";

/**
 * What a whole track said, as far as it was over by a moment. A track that is cut first and analysed then would end in the
 * air where it only goes on unseen, and a landing would be inferred from that.
 *
 * @param untilMs milliseconds since 1970 UTC; undefined cuts nothing
 */
export function analysisUntil(analysis: Analysis, untilMs: number | undefined): Analysis {
  const { clean, contacts, gaps, movements } = analysis;
  const count = pointsUntil(clean.track, untilMs);
  if (untilMs === undefined || count === clean.track.length) return analysis;
  return {
    ...analysis,
    clean: { ...clean, track: trackUntil(clean.track, untilMs) },
    contacts: contacts
      .filter(({ start }) => start < count)
      .map(({ start, end }) => ({ start, end: Math.min(end, count) })),
    gaps: gaps.filter(({ nextIndex }) => nextIndex < count),
    movements: movements.filter(({ timeToMs }) => timeToMs <= untilMs),
  };
}
