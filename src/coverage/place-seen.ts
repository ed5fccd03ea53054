import { CHANCES_MIN, type SeenAnswer, type Span, spanOf } from "./answer.js";
import type { CoverageIndex } from "./coverage-index.js";
import { AROUND_M, type LandingQuestion, landingSeen, trialsIn } from "./landing-seen.js";
import { isSeen } from "./passage.js";

/** Unplaced misses count as a field's own when they are so many times those its neighbours may have left there. */
const OWN_MISSES_MIN = 2;

/**
 * As `landingSeen`, for telling fields from each other: from passages at this very field whose airport is sure, five or
 * more of them at the hours asked about. Neighbours are a first guess, and no ground to tell a field from them.
 *
 * Where (or at hours when) nothing is followed low, no airport is ever sure. There stops lost high count, unless they
 * may be spill: a stop missed at a busy field is taken for one at a strip nearby, and would make the strip look unheard.
 * Spill is at most what the sure fields within 30 NM miss, if whoever misses the arrival misses the departure as well.
 */
export function placeSeen(index: CoverageIndex, question: LandingQuestion): SeenAnswer {
  const sure = landingSeen(index, { ...question, placedOnly: true });
  if (sure.kind === "known" && sure.n >= CHANCES_MIN) return sure;
  const all = landingSeen(index, { ...question, placedOnly: false });
  if (all.kind === "unknown") return all;
  const { ident } = question.airport;
  if (all.ownCount < CHANCES_MIN)
    return { kind: "unknown", reason: `too little traffic of ${ident} itself: ${all.basis}` };
  if (isSpill(index, question))
    return {
      kind: "unknown",
      reason: `stops lost high near ${ident} may have been at its neighbours: ${all.basis}`,
    };
  return all;
}

function isSpill(index: CoverageIndex, question: LandingQuestion): boolean {
  const span = spanOf(question);
  const own = trialsIn(index, question.airport.ident, span);
  const ownMisses = own.filter((one) => !one.isPlaced && !isSeen(one)).length;
  const spill = index
    .airportsNear(question.airport, AROUND_M)
    .reduce((sum, { ident }) => sum + missesOf(index, ident, span), 0);
  return ownMisses < OWN_MISSES_MIN * spill;
}

/** Stops of a field that nobody may have placed: its missed passages, out of those that were placed at all. */
function missesOf(index: CoverageIndex, ident: string, span: Span): number {
  const placed = trialsIn(index, ident, span).filter(({ isPlaced }) => isPlaced);
  if (placed.length === 0) return 0;
  const seen = placed.filter((one) => isSeen(one)).length;
  // Half a chance on either side, as Jeffreys' prior has it: no field misses nothing for certain.
  const missedShare = (placed.length - seen + 0.5) / (placed.length + 1);
  return (placed.length * missedShare) / (1 - missedShare);
}
