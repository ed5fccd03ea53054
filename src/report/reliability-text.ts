import {
  CALIBRATION_GROUPS,
  type CalibrationGroup,
  type CalibrationTable,
  type StatementKind,
} from "../movement/calibration-shape.js";
import { CALIBRATED_MIN_EVENTS } from "./reliability-words.js";

/** What a group of evidence means, in words. */
export const GROUP_TEXT: Readonly<Record<CalibrationGroup, string>> = {
  seen: "G0, G1: seen on the ground close in time to the air",
  G2: "lost below 300 ft at a runway",
  G3: "lost on final approach, 300 to 1,500 ft",
  G4: "lost on the way down, below 4,000 ft",
  G5: "lost on the way down from cruise, up to 15,000 ft",
  G7: "first heard in a low climb, or on the ground after a silence",
  G8: "first heard in a climb, up to 20,000 ft",
  GAP: "a stop inside a gap",
};

export const STATEMENT_TEXT: Readonly<Record<StatementKind, string>> = {
  happened: "It happened",
  there: "At the first candidate, if it happened",
  "happened there": "It happened, at the first candidate",
};

/** Cells of the table of classes; "-" where nothing is known. */
export interface ClassRow {
  readonly group: CalibrationGroup;
  readonly meaning: string;
  readonly values: readonly string[];
}

export const CLASS_HEAD: readonly string[] = [
  "CLASS",
  "STATED",
  "EVENTS",
  "N",
  "SO",
  "BRIER",
  "WORTH",
];

/** One row per class: what is stated on the held-back split, on how much, how often it was so, and its Brier score. */
export function classRows(
  table: CalibrationTable,
  kind: "happened" | "there",
): readonly ClassRow[] {
  return CALIBRATION_GROUPS.flatMap((group) => {
    const row = table[kind].find((one) => one.group === group);
    if (!row) return [];
    const { heldBack, calibrate } = row;
    const enough = heldBack.eventCount + calibrate.eventCount >= CALIBRATED_MIN_EVENTS;
    return [
      {
        group,
        meaning: GROUP_TEXT[group],
        values: [
          figureText(heldBack.statedAfter),
          String(heldBack.eventCount),
          String(heldBack.statementCount),
          figureText(heldBack.happened),
          figureText(heldBack.brierAfter),
          enough ? "calibrated" : "not calibrated",
        ],
      },
    ];
  });
}

export const BIN_HEAD: readonly string[] = ["STATED", "MEAN", "N", "EVENTS", "SO", "95 % INTERVAL"];

/** One row per tenth of the scale that anything was stated in. */
export function binRows(table: CalibrationTable, kind: StatementKind): readonly string[][] {
  return table.reliability[kind]
    .filter(({ statementCount }) => statementCount > 0)
    .map(({ from, stated, statementCount, eventCount, happened, low, high }) => [
      `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`,
      figureText(stated),
      String(statementCount),
      String(eventCount),
      figureText(happened),
      `${figureText(low)} to ${figureText(high)}`,
    ]);
}

/** "Brier 0.022 before, 0.020 after; mean error of the scale (ECE) ..." of one kind on the held-back split. */
export function scoreSentence(table: CalibrationTable, kind: StatementKind): string {
  const { statementCount, eventCount, brierBefore, brierAfter, eceBefore, eceAfter } =
    table.score[kind];
  return `${statementCount} statements on ${eventCount} events; Brier ${figureText(brierBefore)} as the method states it, ${figureText(brierAfter)} calibrated; ECE ${figureText(eceBefore)}, ${figureText(eceAfter)}`;
}

/** What no number here can say. Source: docs/calibration.md */
export const NOT_SAID: readonly string[] = [
  "How many landings nobody claimed: the figures are over claims made, and silence makes none.",
  "That it holds elsewhere: the tracks are few, half of the arrivals are airliners at Heathrow, nearly none are military or over oceans.",
  "Anything of passes, touch-and-goes and contact with no airport: those are not calibrated.",
  "Fields weighed with coverage: the figures are of lists before that, and say nothing of what it added or took.",
  "That statements are independent: one landing is asked many times with more and more of it hidden; intervals count it once.",
];

/** @returns "0.953", "-" for what is not known */
export function figureText(value: number | null): string {
  return value === null ? "-" : value.toFixed(3);
}
