import Table from "cli-table3";
import { isoSeconds } from "../src/units/time.js";
import type { Matching } from "./match.js";
import type { Score } from "./metrics.js";

/** One line of a table: what was asked, and how it went. */
export interface ScoredRow {
  readonly name: string;
  readonly score: Score;
}

const COLUMNS = [
  "",
  "truth",
  "recall",
  "false",
  "precision",
  "named",
  "right",
  "wrong",
  "top 3",
  "median min",
  "90 % min",
  "itinerary",
  "Brier",
  "log loss",
  "ECE",
];

/** Prints scores as one table. */
export function printScores(title: string, rows: readonly ScoredRow[]): void {
  const table = plainTable(COLUMNS);
  for (const { name, score } of rows) {
    table.push([
      name,
      score.truthCount,
      rate(score.recall),
      score.falseCount,
      rate(score.precision),
      rate(score.coverage),
      rate(score.accuracy),
      score.wrongCount,
      rate(score.topThree),
      figure(score.medianErrorMin, 1),
      figure(score.ninetiethErrorMin, 1),
      rate(score.exactItinerary),
      figure(score.brier, 3),
      figure(score.logLoss, 2),
      figure(score.ece, 3),
    ]);
  }
  printTable(title, table);
}

/** Prints any table of texts. */
export function printRows(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const table = plainTable(head);
  for (const row of rows) table.push([...row]);
  printTable(title, table);
}

function plainTable(head: readonly string[]): Table.Table {
  return new Table({
    head: [...head],
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 1 },
    chars: blankBorders(),
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
  });
}

function blankBorders(): Record<string, string> {
  const names = ["top", "bottom", "left", "right", "mid", "middle"];
  const parts = ["", "-mid", "-left", "-right"];
  const chars: Record<string, string> = {};
  for (const name of names) for (const part of parts) chars[name + part] = "";
  return chars;
}

function printTable(title: string, table: Table.Table): void {
  console.log(`\n${title}`);
  console.log(table.toString());
}

/** @returns "0.973", "-" when nothing was asked */
export function rate(value: number): string {
  return figure(value, 3);
}

/** @returns a number with so many decimals, "-" for NaN */
export function figure(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : "-";
}

/** One line per error: where, what was said, what was true. */
export function errorLines(question: string, matchings: readonly Matching[]): string[] {
  return matchings.flatMap(({ outcomes, falseClaims }) => [
    ...outcomes.flatMap(({ each, truth, claim }) => {
      const ident = truth.airport?.ident ?? "no airport";
      const where = `${question} | ${each.id} | ${truth.kind} ${isoSeconds(truth.timeMs)}`;
      const key = `true ${ident} (${truth.grade}, ${truth.how})`;
      if (!claim) return [`missed  | ${where} | ${key}`];
      if (!claim.airport) {
        const list = claim.ranked
          .slice(0, 3)
          .map(({ airport, probability }) => `${airport.ident} ${probability.toFixed(2)}`)
          .join(", ");
        return [`unnamed | ${where} | ${key} | said ${list} | ${claim.why}`];
      }
      return claim.airport === truth.airport
        ? []
        : [`wrong   | ${where} | ${key} | said ${claim.airport.ident} | ${claim.why}`];
    }),
    ...falseClaims.map(
      ({ each, claim, why }) =>
        `false   | ${question} | ${each.id} | ${claim.kind} ${isoSeconds(claim.timeMs)} | said ${claim.airport?.ident ?? "unnamed"} p ${figure(claim.probability, 2)} | ${why} | ${claim.why}`,
    ),
  ]);
}
