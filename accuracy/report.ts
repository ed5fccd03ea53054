import type { Matching } from "./match.js";
import { type Score, score } from "./metrics.js";
import { errorLines, printRows, printScores } from "./print.js";

/** Any table that is not one of scores. */
export interface PlainTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A table of scores, one row per question asked. */
export interface ScoreTable {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly score: Score }[];
}

/** Gathers what is measured: printed as it comes, kept for the file of numbers. */
export class Report {
  readonly scores: ScoreTable[] = [];
  readonly tables: PlainTable[] = [];
  readonly errors: string[] = [];
  readonly #quiet: boolean;

  /** @param options `quiet` keeps the tables from the screen */
  constructor(options: { readonly quiet?: boolean } = {}) {
    this.#quiet = options.quiet ?? false;
  }

  /** Scores and prints one table; the errors of each row are kept. */
  score(title: string, rows: readonly (readonly [string, readonly Matching[]])[]): void {
    const scored = rows.map(([name, matchings]) => ({ name, score: score(matchings) }));
    for (const [name, matchings] of rows)
      this.errors.push(...errorLines(`${title}: ${name}`, matchings));
    this.scores.push({ title, rows: scored });
    if (!this.#quiet) printScores(title, scored);
  }

  /** Prints one plain table. */
  table(table: PlainTable): void {
    this.tables.push(table);
    if (!this.#quiet) printRows(table.title, table.head, table.rows);
  }

  /** A measured score by table and row, for tests. */
  scoreOf(title: string, name: string): Score | undefined {
    return this.scores.find((table) => table.title === title)?.rows.find((row) => row.name === name)
      ?.score;
  }
}
