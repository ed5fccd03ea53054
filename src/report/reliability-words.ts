import { rowOf } from "../movement/calibration.js";
import { type CalibrationTable, calibrationGroup } from "../movement/calibration-shape.js";
import type { EvidenceClass } from "../movement/movement.js";

/** A word of likelihood with the range it stands for, 0..1. */
export interface LikelihoodWord {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** Source: Intelligence Community Directive 203, Analytic Standards (2015), section D.6.e.(2)(a). */
export const LIKELIHOOD_WORDS: readonly LikelihoodWord[] = [
  { word: "almost no chance", from: 0.01, to: 0.05 },
  { word: "very unlikely", from: 0.05, to: 0.2 },
  { word: "unlikely", from: 0.2, to: 0.45 },
  { word: "roughly even chance", from: 0.45, to: 0.55 },
  { word: "likely", from: 0.55, to: 0.8 },
  { word: "very likely", from: 0.8, to: 0.95 },
  { word: "almost certain", from: 0.95, to: 0.99 },
];

/** Fewer events than this behind a row, and its probabilities count as not calibrated. chosen: docs/calibration.md */
export const CALIBRATED_MIN_EVENTS = 50;
/** Stored figures are rounded to four decimals. */
const ROUNDING = 1e-4;

/** What a probability may be said to be. */
export type Standing =
  | { readonly kind: "not calibrated" }
  | {
      readonly kind: "calibrated";
      readonly low: number;
      readonly high: number;
      /** Undefined where the interval reaches over the edge of a word's range. */
      readonly word: LikelihoodWord | undefined;
    };

/** A probability that a movement happened, with what it rests on. */
export interface StatedProbability {
  readonly probability: number;
  readonly evidenceClass: EvidenceClass;
}

/**
 * How much stands behind a probability: the interval is that of the share observed in its class.
 *
 * @returns "not calibrated" with too few events, or for a value outside that interval or the values fitted on
 */
export function standingOf(
  { happened }: Pick<CalibrationTable, "happened">,
  { probability, evidenceClass }: StatedProbability,
): Standing {
  const row = rowOf(happened, calibrationGroup(evidenceClass));
  const none: Standing = { kind: "not calibrated" };
  if (!row || row.calibrate.eventCount + row.heldBack.eventCount < CALIBRATED_MIN_EVENTS)
    return none;
  const { low, high } = row;
  const least = Math.max(low, row.from) - ROUNDING;
  const most = Math.min(high, row.to) + ROUNDING;
  // NaN fails both comparisons.
  if (!(probability >= least && probability <= most)) return none;
  const word = LIKELIHOOD_WORDS.find(({ from, to }) => low >= from && high <= to);
  return { kind: "calibrated", low, high, word };
}

/** @returns "very likely (80-95 %)": no word stands without its range */
export function likelihoodText({ word, from, to }: LikelihoodWord): string {
  return `${word} (${Math.round(100 * from)}-${Math.round(100 * to)} %)`;
}
