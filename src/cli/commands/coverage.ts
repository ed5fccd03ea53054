import type { Command } from "commander";
import { writeAtomically } from "../../io/write-file.js";
import type { LakeCoverage } from "../../lake/coverage-cache.js";
import { coverageAt } from "../../query/measure-coverage.js";
import { partialDayWords, withLake } from "../../query/with-lake.js";
import { EVERYTHING } from "../../query/withhold.js";
import type { CoverageModel, CoverageQuestion } from "../../report/coverage-model.js";
import { coveragePicture } from "../../report/coverage-picture.js";
import {
  floorsTextTable,
  heardTextTable,
  measuredText,
  type TextTable,
} from "../../report/coverage-text.js";
import { WheelsdownError } from "../../units/errors.js";
import { utcMinutes } from "../../units/time.js";
import { addExamples, addFormats, addLake, addPeriod, type FormatOptions } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

interface CoverageOptions extends FormatOptions {
  readonly at: string;
  readonly from?: string;
  readonly to?: string;
  readonly seen: string;
  readonly picture?: string;
  readonly lake: string;
}

const HOURS_TOGETHER = 3;

export function addCoverageCommand(program: Command): void {
  const command = program
    .command("coverage")
    .description(
      "Says what receivers hear at a place, measured from the other aircraft of the lake: by height, by hour of the day,\n" +
        "and at an airport down to which height its traffic is followed. From that: with what probability a landing would\n" +
        "have been seen, and how many could have been missed. With too little traffic it says unknown.",
    )
    .requiredOption("--at <place>", "airport, or lat,lon")
    .option("--seen <count>", "landings that were seen there, then", "0")
    .option("--picture <file>", "also write the table as a picture (SVG)");
  addPeriod(command);
  addLake(command);
  addFormats(command, ["json"]);
  addExamples(command, [
    "coverage --at SVMI --from 2019-01-20 --to 2019-01-27",
    "coverage --at 22.99,-82.41 --from 2019-01-23 --to 2019-01-24 --picture havana.svg",
  ]);
  command.action((options: CoverageOptions) =>
    runCommand(command, (terminal) => showCoverage(options, terminal)),
  );
}

/** Answers on the terminal. */
export async function showCoverage(options: CoverageOptions, terminal: Terminal): Promise<void> {
  const seenCount = readCount(options.seen);
  const { at, from, to, lake: dir } = options;
  // No aircraft is shown by it, so every position counts.
  const showing = EVERYTHING;
  const asked = { in: at, lake: dir, showing, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  await withLake(asked, terminal, async ({ lake, reference, question }) => {
    const found = await coverageAt({ lake, reference, question, notices: terminal }, at, seenCount);
    const { model } = found;
    // Before printing: a reader that has enough (`| head`) ends the program.
    if (options.picture !== undefined) {
      await writeAtomically(options.picture, coveragePicture(model));
      terminal.note(`wrote ${options.picture}`);
    }
    if (options.json) await terminal.line(JSON.stringify(model));
    else await writeText(model, { ...found, terminal });
    for (const line of await partialDayWords(lake, question)) terminal.warn(line);
  });
}

function readCount(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new WheelsdownError("usage", `--seen ${text} is no number of landings: write 0, 1, 2 ...`);
}

async function writeText(
  model: CoverageModel,
  tools: {
    readonly measured: LakeCoverage;
    readonly question: CoverageQuestion;
    readonly terminal: Terminal;
  },
): Promise<void> {
  const { measured, question, terminal } = tools;
  const { fromMs, toMs, latDeg, lonDeg } = question;
  if (model.simulated) await terminal.line("SIMULATED: none of this happened");
  await terminal.line(`${model.at.label}, ${utcMinutes(fromMs)} to ${utcMinutes(toMs)}\n`);
  for (const sentence of model.sentences) await terminal.line(sentence);
  if (model.sentences.length > 0) await terminal.line();
  if (model.floors && model.floors.both.followedCount + model.floors.both.trialCount > 0)
    await writeTable(floorsTextTable(model.floors), terminal);
  const heard = { latDeg, lonDeg, fromMs, toMs, hoursTogether: HOURS_TOGETHER };
  await writeTable(heardTextTable(measured.coverage.heardTable(heard)), terminal);
  await terminal.line(measuredText(model));
  await terminal.line(
    "Only aircraft heard somewhere in the lake are counted: nothing is said of those that send nothing.",
  );
}

async function writeTable(
  { title, head, rows, note }: TextTable,
  terminal: Terminal,
): Promise<void> {
  await terminal.line(title);
  await terminal.line(terminal.table(head, rows));
  await terminal.line(`(${note})\n`);
}
