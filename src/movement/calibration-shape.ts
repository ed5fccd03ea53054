import type { EvidenceClass } from "./movement.js";

/**
 * Movements whose probabilities are fitted together: by what was received.
 */
export type CalibrationGroup = "seen" | "G2" | "G3" | "G4" | "G5" | "G7" | "G8" | "GAP";

/** Strongest first. The first four are fitted so that none is worth less than one after it. */
export const CALIBRATION_GROUPS: readonly CalibrationGroup[] = [
  "seen",
  "G2",
  "G3",
  "G4",
  "G5",
  "G7",
  "G8",
  "GAP",
];

/** What became of the statements of one group in one split. Shares are 0..1, NaN is never stored: null is "none". */
export interface SplitFigures {
  readonly statementCount: number;
  /** Different landings and take-offs (or false claims of one track) behind them: the same one is asked many times. */
  readonly eventCount: number;
  readonly statedBefore: number | null;
  readonly statedAfter: number | null;
  readonly happened: number | null;
  readonly brierBefore: number | null;
  readonly brierAfter: number | null;
}

/** Calibrated odds: `offset` plus `slope` times the logarithm of the odds stated. */
export interface LogitLine {
  readonly offset: number;
  readonly slope: number;
}

/** One group's fitted line with what it was fitted on and checked on. */
export interface CalibrationRow extends LogitLine {
  readonly group: CalibrationGroup;
  /** Least and greatest calibrated value among the statements it was fitted on; outside of them nothing is known. */
  readonly from: number;
  readonly to: number;
  /** 95 % interval of the share that was so, over both splits: airports weighted as in the fit, each event once. */
  readonly low: number;
  readonly high: number;
  readonly calibrate: SplitFigures;
  readonly heldBack: SplitFigures;
}

/** One tenth of the scale of probabilities, on the held-back split. */
export interface CalibrationBin {
  readonly from: number;
  readonly statementCount: number;
  readonly eventCount: number;
  readonly stated: number | null;
  readonly happened: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Brier score and expected calibration error of all statements of one kind. */
export interface CalibrationScore {
  readonly statementCount: number;
  readonly eventCount: number;
  readonly brierBefore: number;
  readonly brierAfter: number;
  readonly eceBefore: number;
  readonly eceAfter: number;
}

/** What can be stated: that it happened, that it was there if it happened, and both. */
export type StatementKind = "happened" | "there" | "happened there";

/** Everything the fit left behind; `accuracy/calibrate.ts` writes it. */
export interface CalibrationTable {
  readonly version: string;
  /** Day of the fit as given to it, "2026-11-22". */
  readonly fittedOn: string;
  /** Engine whose probabilities were fitted. */
  readonly engineVersion: string;
  /** SHA-256 over the names and truths of all cases used. */
  readonly casesSha256: string;
  /** Tracks that gave at least one statement. */
  readonly caseCount: { readonly calibrate: number; readonly heldBack: number };
  readonly airportCount: { readonly calibrate: number; readonly heldBack: number };
  /** That the movement happened. */
  readonly happened: readonly CalibrationRow[];
  /** That it was at the first candidate, given that it happened. */
  readonly there: readonly CalibrationRow[];
  /** The held-back split, calibrated. */
  readonly reliability: Readonly<Record<StatementKind, readonly CalibrationBin[]>>;
  readonly score: Readonly<Record<StatementKind, CalibrationScore>>;
}

/** @returns undefined for what is not calibrated: passes, touches and contact with no airport */
export function calibrationGroup(evidenceClass: EvidenceClass): CalibrationGroup | undefined {
  switch (evidenceClass) {
    case "G0":
    case "G1":
      return "seen";
    case "G2":
    case "G3":
    case "G4":
    case "G5":
    case "G7":
    case "G8":
      return evidenceClass;
    case "GAP":
      return evidenceClass;
    default:
      return undefined;
  }
}
