// Fits the probabilities on the calibrate split and checks them on the held-back one.
//
//   npm run accuracy:calibrate -- --date 2026-11-22 [--quick] [--check]
//
// Writes src/movement/calibration-*.ts and the picture, unless told to check only. See docs/calibration.md.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { onLine, rowOf } from "../src/movement/calibration.js";
import type {
  CalibrationRow,
  CalibrationTable,
  StatementKind,
} from "../src/movement/calibration-shape.js";
import { CALIBRATION_TABLE } from "../src/movement/calibration-table.js";
import { ENGINE_VERSION } from "../src/movement/engine-version.js";
import type { AirportTable } from "../src/place/airport.js";
import { loadReference } from "../src/reference/reference.js";
import { reliabilitySvg } from "../src/report/reliability-picture.js";
import {
  binsOf,
  fitHappenedLines,
  fitPlaceLines,
  rowsOf,
  type Stated,
  scoreOf,
} from "./calibration-fit.js";
import {
  type CalibrationStatement,
  calibrationTrials,
  gatherStatements,
  methodWith,
} from "./calibration-statements.js";
import type { Case } from "./case.js";
import { realCases } from "./corpora/all.js";
import { evaluate } from "./evaluate.js";
import { ofKind } from "./match.js";
import { score } from "./metrics.js";
import { printRows, printScores } from "./print.js";
import { floorTrials } from "./questions/floors.js";
import { ordinary } from "./questions/setting.js";
import { casesOf, strictCasesOf } from "./split.js";

const TABLE_VERSION = "1";
/** Fitting needs the probabilities as the method states them. */
const NO_CALIBRATION: CalibrationTable = { ...CALIBRATION_TABLE, happened: [], there: [] };
const NAMED_FLOORS_FT = [500, 1_000, 2_000, 3_000, 5_000] as const;

interface Splits {
  readonly calibrate: readonly Case[];
  readonly heldBack: readonly Case[];
}

interface Gathered {
  readonly calibrate: readonly CalibrationStatement[];
  readonly heldBack: readonly CalibrationStatement[];
}

function happenedOf(statements: readonly CalibrationStatement[]): Stated[] {
  return statements.map(({ group, happenedStated, happened, event, airport }) => ({
    group,
    probability: happenedStated,
    so: happened,
    event,
    airport,
  }));
}

function thereOf(statements: readonly CalibrationStatement[]): Stated[] {
  return statements.flatMap(({ group, thereStated, there, event, airport }) =>
    thereStated === undefined || there === undefined
      ? []
      : [{ group, probability: thereStated, so: there, event, airport }],
  );
}

/** "It happened, at this airport": of all claims that state a place. */
function bothOf(
  statements: readonly CalibrationStatement[],
  after?: Pick<CalibrationTable, "happened" | "there">,
): Stated[] {
  return statements.flatMap(
    ({ group, happenedStated, thereStated, happened, there, event, airport }) => {
      if (thereStated === undefined) return [];
      const probability =
        applied(after?.happened, group, happenedStated) * applied(after?.there, group, thereStated);
      return [{ group, probability, so: happened && there === true, event, airport }];
    },
  );
}

function applied(
  rows: readonly CalibrationRow[] | undefined,
  group: Stated["group"],
  probability: number,
): number {
  const row = rows && rowOf(rows, group);
  return row ? onLine(probability, row) : probability;
}

function appliedAll(rows: readonly CalibrationRow[], statements: readonly Stated[]): Stated[] {
  return statements.map((each) => ({
    ...each,
    probability: applied(rows, each.group, each.probability),
  }));
}

function fitTable(gathered: Gathered, splits: Splits, fittedOn: string): CalibrationTable {
  const { calibrate, heldBack } = gathered;
  const happened = rowsOf(
    fitHappenedLines(happenedOf(calibrate)),
    happenedOf(calibrate),
    happenedOf(heldBack),
  );
  const there = rowsOf(fitPlaceLines(thereOf(calibrate)), thereOf(calibrate), thereOf(heldBack));
  const pairs: Record<StatementKind, readonly [before: Stated[], after: Stated[]]> = {
    happened: [happenedOf(heldBack), appliedAll(happened, happenedOf(heldBack))],
    there: [thereOf(heldBack), appliedAll(there, thereOf(heldBack))],
    "happened there": [bothOf(heldBack), bothOf(heldBack, { happened, there })],
  };
  const each = <T>(of: (before: Stated[], after: Stated[]) => T) =>
    ({
      happened: of(...pairs.happened),
      there: of(...pairs.there),
      "happened there": of(...pairs["happened there"]),
    }) satisfies Record<StatementKind, T>;
  return {
    version: TABLE_VERSION,
    fittedOn,
    engineVersion: ENGINE_VERSION,
    casesSha256: casesSha256([...splits.calibrate, ...splits.heldBack]),
    caseCount: {
      calibrate: countOf(calibrate, ({ caseId }) => caseId),
      heldBack: countOf(heldBack, ({ caseId }) => caseId),
    },
    airportCount: {
      calibrate: countOf(calibrate, ({ airport }) => airport),
      heldBack: countOf(heldBack, ({ airport }) => airport),
    },
    happened,
    there,
    reliability: each((_, after) => binsOf(after)),
    score: each((before, after) => scoreOf(before, after)),
  };
}

function countOf(
  statements: readonly CalibrationStatement[],
  keyOf: (statement: CalibrationStatement) => string,
): number {
  return new Set(statements.map(keyOf)).size;
}

/** One line per case, sorted: its name, whether its key is complete, and its truths. */
function casesSha256(cases: readonly Case[]): string {
  const lines = cases.map(({ id, complete, truths }) => {
    const ends = truths.map((truth) => `${truth.kind} ${truth.airport?.ident} ${truth.timeMs}`);
    return [id, String(complete), ...ends].join("|");
  });
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

const HEAD =
  "// Written by `npm run accuracy:calibrate`: not to be edited by hand. See docs/calibration.md.";

/** What happened, where it was, and the reliability of the held-back split, in a file each: all stay readable. */
function writeTable({ reliability, score: scores, there, ...table }: CalibrationTable): void {
  const rows = source(table).replace(
    /}$/,
    ",there: THERE, reliability: RELIABILITY, score: SCORE }",
  );
  const files: Record<string, readonly string[]> = {
    "src/movement/calibration-table.ts": [
      'import { THERE } from "./calibration-place.js";',
      'import { RELIABILITY, SCORE } from "./calibration-reliability.js";',
      'import type { CalibrationTable } from "./calibration-shape.js";',
      "",
      "/**",
      " * What was stated and what was so.",
      " *",
      " * Source: fitted on the calibrate split of the accuracy harness, checked on the held-back one.",
      " */",
      `export const CALIBRATION_TABLE: CalibrationTable = ${rows};`,
    ],
    "src/movement/calibration-place.ts": [
      'import type { CalibrationTable } from "./calibration-shape.js";',
      "",
      "/** Lines for the first candidate, given that it happened. */",
      `export const THERE: CalibrationTable["there"] = ${source(there)};`,
    ],
    "src/movement/calibration-reliability.ts": [
      'import type { CalibrationTable } from "./calibration-shape.js";',
      "",
      "/** The held-back split in tenths of the scale, calibrated. */",
      `export const RELIABILITY: CalibrationTable["reliability"] = ${source(reliability)};`,
      "",
      "/** Brier score and calibration error of the held-back split. */",
      `export const SCORE: CalibrationTable["score"] = ${source(scores)};`,
    ],
  };
  for (const [file, lines] of Object.entries(files))
    writeFileSync(file, [HEAD, ...lines, ""].join("\n"));
  execFileSync("npx", ["biome", "check", "--write", ...Object.keys(files)], { stdio: "inherit" });
}

/** On one line: the formatter breaks what does not fit. */
function source(value: object): string {
  return JSON.stringify(value).replace(/"(\w+)":/g, "$1:");
}

function printRowsOf(title: string, rows: readonly CalibrationRow[]): void {
  printRows(
    title,
    ["", "offset", "slope", "split", "n", "events", "stated", "after", "so", "Brier", "after"],
    rows.flatMap(({ group, offset, slope, calibrate, heldBack }) =>
      [["calibrate", calibrate] as const, ["held-back", heldBack] as const].map(([split, one]) => [
        group,
        offset,
        slope,
        split,
        one.statementCount,
        one.eventCount,
        one.statedBefore ?? "-",
        one.statedAfter ?? "-",
        one.happened ?? "-",
        one.brierBefore ?? "-",
        one.brierAfter ?? "-",
      ]),
    ),
  );
}

function printTable(table: CalibrationTable): void {
  printRowsOf("It happened", table.happened);
  printRowsOf("It was at the first candidate, given that it happened", table.there);
  for (const kind of ["happened", "there", "happened there"] as const) {
    printRows(
      `Held back, calibrated: ${kind}`,
      ["from", "n", "events", "stated", "so"],
      table.reliability[kind].map((bin) => [
        bin.from,
        bin.statementCount,
        bin.eventCount,
        bin.stated ?? "-",
        bin.happened ?? "-",
      ]),
    );
    console.log(JSON.stringify(table.score[kind]));
  }
}

/** How many airports are named, and how many rightly, before and after, on cases nothing was fitted on. */
function printNamed(cases: readonly Case[], airports: AirportTable, table: CalibrationTable): void {
  const methods = [
    methodWith("before", airports, NO_CALIBRATION),
    methodWith("after", airports, table),
  ];
  const rows = NAMED_FLOORS_FT.flatMap((heightFt) => {
    const trials = floorTrials(cases, { heightFt, ends: "both" });
    return methods.flatMap((method) => {
      const matchings = evaluate(trials, method);
      return (["landing", "takeoff"] as const).map((kind) => ({
        name: `${heightFt} ft, ${kind}s, ${method.name}`,
        score: score(ofKind(matchings, kind)),
      }));
    });
  });
  printScores("Held back, nothing heard below a floor at both ends", rows);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      date: { type: "string" },
      quick: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
    },
  });
  const dataFolder = join(process.cwd(), "..", "shared", "data");
  if (!existsSync(dataFolder)) throw new Error("needs ../shared/data, which is not here");
  if (!values.check && !/^\d{4}-\d\d-\d\d$/.test(values.date ?? ""))
    throw new Error("say the day of the fit: --date 2026-11-22");
  const { airports } = await loadReference();
  const cases = await realCases(dataFolder, airports);
  const splits = { calibrate: casesOf(cases, "calibrate"), heldBack: casesOf(cases, "held-back") };
  if (values.check) {
    printNamed(ordinary(splits.heldBack), airports, CALIBRATION_TABLE);
    console.log("\nand without airports that any other split has:");
    printNamed(ordinary(strictCasesOf(cases, "held-back")), airports, CALIBRATION_TABLE);
    return;
  }
  const engine = methodWith("as stated", airports, NO_CALIBRATION);
  const gathered = {
    calibrate: gatherStatements(calibrationTrials(splits.calibrate, values.quick), engine),
    heldBack: gatherStatements(calibrationTrials(splits.heldBack, values.quick), engine),
  };
  const table = fitTable(gathered, splits, values.date!);
  printTable(table);
  if (values.quick) return;
  writeTable(table);
  writeFileSync("docs/pictures/reliability.svg", reliabilitySvg(table));
}

await main();
