import type { Command } from "commander";
import { VERSION } from "../../io/version.js";
import { writeAtomically } from "../../io/write-file.js";
import type { CalibrationTable, StatementKind } from "../../movement/calibration-shape.js";
import { CALIBRATION_TABLE } from "../../movement/calibration-table.js";
import { ENGINE_VERSION } from "../../movement/engine-version.js";
import { METHOD_CLASSES, methodJson, WEIGHTS_SOURCE } from "../../report/method-shape.js";
import { reliabilitySvg } from "../../report/reliability-picture.js";
import {
  BIN_HEAD,
  binRows,
  CLASS_HEAD,
  classRows,
  NOT_SAID,
  STATEMENT_TEXT,
  scoreSentence,
} from "../../report/reliability-text.js";
import { CALIBRATED_MIN_EVENTS } from "../../report/reliability-words.js";
import { evidenceClassText } from "../../report/wording.js";
import { addExamples, addFormats, type FormatOptions } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

const STATEMENTS: readonly StatementKind[] = ["happened", "there", "happened there"];
export interface MethodOptions extends FormatOptions {
  readonly picture?: string;
}

export function addMethodCommand(program: Command): void {
  const command = program
    .command("method")
    .description(
      "Shows what the numbers rest on: the classes of evidence, how often statements\n" +
        "of each were right on tracks with known answers, and what that cannot say.",
    )
    .option("--picture <file>", "write the reliability diagram to an SVG file");
  addFormats(command, ["json"]);
  addExamples(command, ["method", "method --picture reliability.svg", "method --json"]);
  command.action((options: MethodOptions) =>
    runCommand(command, (terminal) => showMethod(options, terminal)),
  );
}

/** Prints the method's figures, and draws them when asked. */
export async function showMethod(options: MethodOptions, terminal: Terminal): Promise<void> {
  if (options.picture) {
    await writeAtomically(options.picture, reliabilitySvg(CALIBRATION_TABLE));
    terminal.note(`${options.picture} written`);
  }
  if (options.json) await terminal.line(JSON.stringify(methodJson(CALIBRATION_TABLE, VERSION)));
  else for (const text of methodText(CALIBRATION_TABLE, terminal)) await terminal.line(text);
}

function* methodText(table: CalibrationTable, terminal: Terminal): Generator<string> {
  yield `wheelsdown ${VERSION}, engine ${ENGINE_VERSION}`;
  yield `calibration table ${table.version}, fitted ${table.fittedOn} on engine ${table.engineVersion}: ${table.caseCount.calibrate} tracks (${table.airportCount.calibrate} airports), checked on ${table.caseCount.heldBack} others (${table.airportCount.heldBack} airports)`;
  yield `SHA-256 over the cases used: ${table.casesSha256}`;
  yield WEIGHTS_SOURCE;
  yield "";
  yield "Classes of evidence";
  yield terminal.table(
    ["CLASS", "MEANING"],
    METHOD_CLASSES.map((name) => [name, evidenceClassText(name)]),
  );
  yield "N1, N2, T and the other candidates of a list are not calibrated";
  for (const kind of ["happened", "there"] as const) {
    yield "";
    yield `${STATEMENT_TEXT[kind]}: what is stated and what was so, on the tracks held back`;
    yield terminal.table(
      CLASS_HEAD,
      classRows(table, kind).map(({ group, values }) => [group, ...values]),
    );
  }
  yield `EVENTS: different landings and take-offs; N: statements made of them with more and more hidden; "calibrated" from ${CALIBRATED_MIN_EVENTS} events of both splits`;
  for (const kind of STATEMENTS) {
    yield "";
    yield `Reliability, held back: ${STATEMENT_TEXT[kind]}`;
    yield terminal.table(BIN_HEAD, binRows(table, kind));
    yield scoreSentence(table, kind);
  }
  yield "";
  yield "What these figures cannot say";
  for (const text of NOT_SAID) yield `- ${text}`;
}
