import type { Coverage } from "../coverage/coverage.js";
import { HOUR_MS } from "../units/quantity.js";
import type { SeenQuestion, SeenShares } from "./weigh-coverage.js";

/** A stretch this short is a moment: coverage answers it by its hour. */
const MOMENT_MS = HOUR_MS;
/** Answers kept: the fields of a history come again and again. */
const ANSWERS_KEPT = 50_000;

/**
 * Fewer aircraft than this are somebody's selection, and no picture of what receivers hear. The rest is coverage's own
 * rule: a place with fewer than five checked passages is unknown, and unknown changes nothing. chosen: docs/coverage.md
 */
export const WEIGHED_MIN_AIRCRAFT = 30;

/**
 * Coverage as weighing asks it.
 *
 * @param measurement names what was measured, see `SeenShares`
 */
export function seenSharesOf(coverage: Coverage, measurement: string): SeenShares {
  const answers = new Map<string, number>();
  return {
    measurement,
    seenShare(question) {
      const fromHour = Math.floor(question.fromMs / HOUR_MS);
      const toHour = Math.floor(question.toMs / HOUR_MS);
      const key = `${question.airport.ident} ${fromHour} ${toHour} ${isMoment(question)}`;
      let answer = answers.get(key);
      if (answer === undefined) {
        answer = shareOf(coverage, question);
        if (answers.size >= ANSWERS_KEPT) answers.clear();
        answers.set(key, answer);
      }
      return answer;
    },
  };
}

function isMoment({ fromMs, toMs }: SeenQuestion): boolean {
  return toMs - fromMs <= MOMENT_MS;
}

/** A moment is its middle hour; longer stretches are whole hours, so that near ones give the same answer. */
function shareOf(coverage: Coverage, question: SeenQuestion): number {
  const { airport } = question;
  const fromMs = Math.floor(question.fromMs / HOUR_MS) * HOUR_MS;
  const toMs = Math.floor(question.toMs / HOUR_MS + 1) * HOUR_MS - 1;
  const listening = coverage.listeningShare(fromMs, toMs);
  if (listening === 0) return Number.NaN;
  const timeMs = (fromMs + toMs) / 2;
  const answer = coverage.placeSeen({
    airport,
    ...(isMoment(question) ? { timeMs } : { fromMs, toMs }),
  });
  return answer.kind === "known" ? answer.probability * listening : Number.NaN;
}
