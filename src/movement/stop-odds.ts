import { METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import type { GapCase } from "./gap-stops.js";
import type { Scene } from "./scene.js";

/**
 * How much each observation raises or lowers the odds that an aircraft stopped inside a gap.
 *
 * Source: docs/method.md, odds of a stop: chosen by reading errors, then checked by the accuracy figures.
 */
const PRIOR_ODDS = 0.02;
const LOSS_FACTOR = { G2: 100, G3: 60, G4: 20, G5: 4, GAP: 4 } as const;
/** Coming down from above the height at which a field can be told. */
const DESCENT_FACTOR = 4;
const NO_DESCENT_FACTOR = 0.5;
/** Level, but low over a field: a circuit, a drop, or a landing whose descent was not heard. */
const LOW_LEVEL_FACTOR = 4;
const LOW_LEVEL_FT = 1500;
const LOW_LEVEL_M = 5 * METRES_PER_NM;
const APPEARANCE_FACTOR = { low: 100, middle: 20, high: 5 } as const;
const CLIMB_FACTOR = 4;
const NO_CLIMB_FACTOR = 0.5;
const LOW_FT = 3500;
const MIDDLE_FT = 10_000;
/**
 * This much time to spare says nothing either way; more speaks for a stop with its square: with its third power when
 * it travelled straight, only in proportion when it was at work high up.
 */
const NEUTRAL_SPARE_MS = 20 * MINUTE_MS;
const SPARE_POWER = { travelling: 3, unknown: 2, circling: 1, passing: 1 } as const;
const SPARE_FACTOR_MAX = 10_000;
const SPARE_FACTOR_MIN = 0.25;
const ENDURANCE_FACTOR = 10_000;

/** Descents to a runway that end in a stop, for each that ends in a pass or a touch. chosen: one in thirty is trained */
const STOPS_PER_PASS = 30;
/** A pass is over at once: mean time to spare. A stop is short or long: log-normal, median and spread of ln(minutes). */
const PASS_MEAN_MIN = 4;
const STOP_MEDIAN_MIN = 60;
const STOP_SPREAD = 1.2;
/**
 * Staying up unheard, for each thirty stops: often for an aircraft at work, hardly for one that travels. Where it was
 * heard low on both sides it would have had to stay low: then it counts less, in proportion to the height.
 */
const STAYS_UP = { travelling: 0.1, unknown: 0.3, circling: 10, passing: 30 } as const;
const STAYS_UP_FULL_FT = 3000;
/** How long it stays unheard then: passes come up again soon, a circling aircraft is heard by chance. */
const STAYS_UP_MEAN_MIN = { travelling: 90, unknown: 90, circling: 90, passing: 25 } as const;

/**
 * Two questions after each other: did it come down to a field at all, and did it stay there. Descent and climb answer
 * the first; a low pass shows the same descent and climb, so only time answers the second.
 *
 * @returns the probability that it stopped, 0..1, not calibrated
 */
export function stopProbability(scene: Scene, found: GapCase): number {
  const { gap, spareMs } = found;
  const spare = spareMs / NEUTRAL_SPARE_MS;
  const power = 2 + (SPARE_POWER[found.manner] - 2) * heightShare(found);
  const spareFactor = Math.max(SPARE_FACTOR_MIN, Math.min(SPARE_FACTOR_MAX, spare ** power));
  // Nothing stays up longer than its fuel: then it landed, wherever that was.
  const enduranceFactor = gap.durationMs > scene.traits.enduranceMs ? ENDURANCE_FACTOR : 1;
  const odds =
    PRIOR_ODDS *
    lossFactor(scene, found) *
    appearanceFactor(scene, found) *
    spareFactor *
    enduranceFactor;
  return Math.min(0.999, (odds / (1 + odds)) * stayedProbability(found));
}

/**
 * Having come down: the probability that it stopped, from the minutes left after descent and climb, against a pass
 * that was over at once and against flying on unheard.
 */
function stayedProbability(found: GapCase): number {
  const { groundMs, manner } = found;
  const groundMin = groundMs / MINUTE_MS;
  if (!(groundMin > 0)) return 0;
  const stop =
    (STOPS_PER_PASS * Math.exp(-((Math.log(groundMin / STOP_MEDIAN_MIN) / STOP_SPREAD) ** 2) / 2)) /
    (groundMin * STOP_SPREAD * Math.sqrt(2 * Math.PI));
  const pass = Math.exp(-groundMin / PASS_MEAN_MIN) / PASS_MEAN_MIN;
  const meanMin = STAYS_UP_MEAN_MIN[manner];
  const staysUp =
    (STAYS_UP[manner] * heightShare(found) * Math.exp(-groundMin / meanMin)) / meanMin;
  return stop / (stop + pass + staysUp);
}

/** 0 where it was heard at the height of the field on both sides, 1 where it was high, or neither side shows a field. */
function heightShare({ loss, appearance }: GapCase): number {
  const edgeFt = Math.max(
    loss?.heightFt ?? STAYS_UP_FULL_FT,
    appearance?.heightFt ?? STAYS_UP_FULL_FT,
  );
  // Unknown counts as high: it must not make a stop look surer.
  return Number.isNaN(edgeFt) ? 1 : Math.max(0, Math.min(1, edgeFt / STAYS_UP_FULL_FT));
}

function lossFactor(scene: Scene, { gap, loss, descending }: GapCase): number {
  if (loss) return LOSS_FACTOR[loss.evidenceClass as keyof typeof LOSS_FACTOR];
  if (descending) return DESCENT_FACTOR;
  return isLowOverField(scene, gap.lastIndex) ? LOW_LEVEL_FACTOR : NO_DESCENT_FACTOR;
}

function appearanceFactor(scene: Scene, { gap, appearance, climbing }: GapCase): number {
  if (appearance) {
    if (appearance.near || appearance.heightFt <= LOW_FT) return APPEARANCE_FACTOR.low;
    return appearance.heightFt <= MIDDLE_FT ? APPEARANCE_FACTOR.middle : APPEARANCE_FACTOR.high;
  }
  if (climbing) return CLIMB_FACTOR;
  return isLowOverField(scene, gap.nextIndex) ? LOW_LEVEL_FACTOR : NO_CLIMB_FACTOR;
}

function isLowOverField({ heightFt, fieldDistanceM }: Scene, index: number): boolean {
  return heightFt[index]! < LOW_LEVEL_FT && fieldDistanceM[index]! < LOW_LEVEL_M;
}
