import {
  type CalibrationGroup,
  type CalibrationRow,
  type CalibrationTable,
  calibrationGroup,
  type LogitLine,
} from "./calibration-shape.js";
import type { Candidate, EvidenceClass } from "./movement.js";

/** No statement is ever surer than this, however the sets turned out: they are small. chosen: docs/calibration.md */
export const CALIBRATED_MIN = 0.02;
export const CALIBRATED_MAX = 0.995;
/** Logarithms of odds are taken between these. */
const LOGIT_MIN = 1e-4;

/** @returns the logarithm of the odds; probabilities nearer to 0 or 1 than 0.0001 count as 0.0001 from them */
export function logitOf(probability: number): number {
  const inside = Math.max(LOGIT_MIN, Math.min(1 - LOGIT_MIN, probability));
  return Math.log(inside / (1 - inside));
}

/** @returns the probability of the logarithm of odds */
export function fromLogit(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/**
 * A stated probability on its line, 0.02 to 0.995; NaN gives NaN.
 *
 * Source: Platt 1999, "Probabilistic outputs", on the logarithm of odds instead of a margin.
 */
export function onLine(probability: number, { offset, slope }: LogitLine): number {
  const fitted = fromLogit(offset + slope * logitOf(probability));
  return Math.max(CALIBRATED_MIN, Math.min(CALIBRATED_MAX, fitted));
}

/** @returns the row of a group, or undefined when nothing was fitted for it */
export function rowOf(
  rows: readonly CalibrationRow[],
  group: CalibrationGroup | undefined,
): CalibrationRow | undefined {
  return group && rows.find((row) => row.group === group);
}

/** What is to be calibrated. */
export interface Statement {
  readonly probability: number;
  readonly evidenceClass: EvidenceClass;
  /** As the method states them, most probable first. */
  readonly candidates: readonly Candidate[];
}

/**
 * The probability that a movement happened, as the table has it.
 *
 * @returns the probability as stated where the table has no row for its evidence
 */
export function calibrated(table: CalibrationTable, statement: Statement): number {
  const group = calibrationGroup(statement.evidenceClass);
  const row = rowOf(table.happened, group);
  return row ? onLine(statement.probability, row) : statement.probability;
}

/**
 * Candidates with the first one's probability as the table has it; what is left is shared out among the others as it
 * was before, none getting more than the first. Their sum stays at most 1 and their order stays.
 */
export function calibratedCandidates(
  table: CalibrationTable,
  { evidenceClass, candidates }: Statement,
): readonly Candidate[] {
  const [first, ...others] = candidates;
  const row = rowOf(table.there, calibrationGroup(evidenceClass));
  if (!first || !row) return candidates;
  const probability = onLine(first.probability, row);
  const left = (1 - probability) / Math.max(1e-9, 1 - first.probability);
  return [
    { ...first, probability },
    ...others.map((other) => ({
      ...other,
      probability: Math.min(probability, other.probability * left),
    })),
  ];
}
