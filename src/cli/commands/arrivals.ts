import type { Command } from "commander";
import type { Airport } from "../../place/airport.js";
import { arrivalLines } from "../../query/answer-lines.js";
import {
  type ArrivalAnswer,
  airportByWord,
  arrivalShapes,
  askForArrivals,
  type Direction,
} from "../../query/ask-arrivals.js";
import { coverageOfArea } from "../../query/measure-coverage.js";
import type { QuestionOptions } from "../../query/question.js";
import { lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence, type LakeTools, withLake } from "../../query/with-lake.js";
import type { ShowingOptions } from "../../query/withhold.js";
import type { ArrivalJson } from "../../report/arrival-shape.js";
import type { CoverageModel } from "../../report/coverage-model.js";
import { ROUGH_MARK_NOTE, sureText, whenCell, whereText } from "../movement-text.js";
import {
  addAircraftFilter,
  addExamples,
  addFormats,
  addLake,
  addNoCoverage,
  addPeriod,
  type FormatOptions,
  formatOf,
  type WeighOptions,
} from "../options.js";
import { runCommand } from "../run-command.js";
import { addShowing, showingNow, tellWithheld } from "../showing.js";
import type { Terminal } from "../terminal.js";
import { visibleLine } from "../terminal-text.js";
import { checkParquet, writeMovements } from "../write-table.js";

type ArrivalsOptions = QuestionOptions &
  FormatOptions &
  WeighOptions &
  ShowingOptions & { readonly lake: string };

/** Adds `arrivals` and `departures`. */
export function addArrivalsCommands(program: Command): void {
  add(program, "arrival", {
    description:
      "Lists all landings at an airport, with where each aircraft came from as far as the lake tells. Landings that may " +
      "have been here or at another field stand apart and are never added to the others. Then: what not being listed " +
      "means, measured from the traffic that was heard.",
  });
  add(program, "departure", {
    description:
      "Lists all take-offs from an airport, with where each aircraft landed next as far as the lake tells. Take-offs that " +
      "may have been here or at another field stand apart and are never added to the others.",
  });
}

function add(program: Command, direction: Direction, text: { readonly description: string }): void {
  const name = `${direction}s`;
  const command = program
    .command(name)
    .description(text.description)
    .argument("<airport>", "ident or IATA code");
  addNoCoverage(command);
  addPeriod(command);
  addAircraftFilter(command);
  addShowing(command);
  addLake(command);
  addFormats(command, ["json", "csv", "geojson", "kml", "parquet"]);
  addExamples(command, [
    `${name} SVMI --from 2018-12-10 --to 2018-12-15`,
    `${name} MUHA --state RU --json`,
  ]);
  command.action((airport: string, options: ArrivalsOptions) =>
    runCommand(command, (terminal) => showArrivals(airport, { direction, options }, terminal)),
  );
}

async function showArrivals(
  word: string,
  { direction, options }: { readonly direction: Direction; readonly options: ArrivalsOptions },
  terminal: Terminal,
): Promise<void> {
  await checkParquet(options);
  const format = formatOf(options);
  const showing = showingNow(options);
  await withLake({ ...options, showing }, terminal, async (tools) => {
    const { lake, reference, question } = tools;
    const { airports } = reference;
    const airport = airportByWord(word, airports);
    const weigher = lakeWeigher(tools, options.coverage !== false);
    const asked = { airport, direction, question };
    const answer = await askForArrivals(lake, asked, { airports, weigher });
    const silence = options.coverage === false ? [] : await silenceOf(tools, asked, answer);
    const all = arrivalShapes(answer, { ...asked, airports });
    const named = all.filter(({ relation }) => relation === "named");
    if (format === "json") {
      for (const one of all) await terminal.line(JSON.stringify(one));
      for (const model of silence) await terminal.line(JSON.stringify(model));
    } else if (format !== undefined) {
      const movements = named.map(({ movement }) => movement);
      if (all.length > named.length)
        terminal.note(
          `${all.length - named.length} possible ones are left out here; --json has them`,
        );
      const title = `${direction}s ${airport.ident}`;
      await writeMovements(options, movements, { title, terminal });
    } else await writeTables(all, direction, terminal);
    const lines = [
      ...arrivalLines(answer, airport, direction),
      await coverageSentence(lake, question),
      ...weighedLines(weigher.source()),
      ...silence.flatMap(({ sentences }) => sentences),
      ...(direction === "departure"
        ? ["What silence means is measured for landings: see `wheelsdown arrivals`."]
        : []),
    ];
    for (const line of lines) {
      if (format === undefined) await terminal.line(line);
      else terminal.note(line);
    }
    await tellWithheld(lake, options, terminal);
  });
}

/** What not seeing a landing here means. */
async function silenceOf(
  tools: LakeTools,
  { airport, direction }: { readonly airport: Airport; readonly direction: Direction },
  answer: ArrivalAnswer,
): Promise<CoverageModel[]> {
  if (direction === "departure") return [];
  const area = { kind: "airport", airport, label: airport.name } as const;
  const question = { ...tools.question, place: { area, nearM: 0 } };
  return coverageOfArea({ ...tools, question }, answer.named);
}

async function writeTables(
  all: readonly ArrivalJson[],
  direction: Direction,
  terminal: Terminal,
): Promise<void> {
  if (all.length === 0) return;
  if (all.some(({ simulated }) => simulated))
    await terminal.line("SIMULATED: none of this happened");
  const end = direction === "arrival" ? "FROM" : "TO";
  const head = ["WHEN (UTC)", "LOCAL", "AIRCRAFT", "TYPE", "CALLSIGN", end, "HOW SURE"];
  const named = all.filter(({ relation }) => relation === "named");
  const possible = all.filter(({ relation }) => relation === "possible");
  if (named.length > 0) await terminal.line(terminal.table(head, named.map(cells)));
  if (possible.length > 0) {
    await terminal.line();
    await terminal.line("May have been here, or at another field:");
    await terminal.line(
      terminal.table(
        [...head, "WHERE"],
        possible.map((one) => [...cells(one), whereText(one.movement)]),
      ),
    );
  }
  await terminal.line(ROUGH_MARK_NOTE);
  await terminal.line();
}

function cells({ movement, other }: ArrivalJson): string[] {
  const when = whenCell(movement);
  return [
    when,
    when.includes(" to ") ? "" : (movement.timeLocal ?? ""),
    `${visibleLine(movement.registration ?? movement.hex)}${movement.simulated ? " SIMULATED" : ""}`,
    visibleLine(movement.type ?? ""),
    visibleLine(movement.callsign ?? ""),
    other ? `${other.airport ?? "not named"}, ${whenCell(other)}` : "not heard",
    sureText(movement),
  ];
}
