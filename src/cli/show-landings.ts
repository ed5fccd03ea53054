import type { Relation } from "../journey/where.js";
import { landingLines } from "../query/answer-lines.js";
import { askForLandings, type FoundLanding, type LandingAnswer } from "../query/ask-lake.js";
import type { Question, QuestionOptions } from "../query/question.js";
import { lakeWeigher, weighedLines } from "../query/weigh-lake.js";
import {
  coverageSentence,
  type LakeOptions,
  type LakeTools,
  withLake,
} from "../query/with-lake.js";
import type { ShowingOptions } from "../query/withhold.js";
import type { CoverageModel } from "../report/coverage-model.js";
import { landingJson } from "../report/landing-shape.js";
import { movementJson } from "../report/shapes.js";
import { ROUGH_MARK_NOTE, sureText, whenCell, whereText } from "./movement-text.js";
import { type FormatOptions, formatOf } from "./options.js";
import { showingNow, tellWithheld } from "./showing.js";
import type { Terminal } from "./terminal.js";
import { checkParquet, writeMovements } from "./write-table.js";

export interface LandingsOptions
  extends QuestionOptions,
    FormatOptions,
    LakeOptions,
    ShowingOptions {
  readonly basis?: boolean;
  /** True: also state it; undefined: only weigh it in; false: neither. */
  readonly coverage?: boolean | undefined;
}

/** Answers the question on the terminal. */
export async function showLandings(options: LandingsOptions, terminal: Terminal): Promise<void> {
  await checkParquet(options);
  const format = formatOf(options);
  const showing = showingNow(options);
  await withLake({ ...options, showing }, terminal, async (tools) => {
    const { lake, reference, question } = tools;
    const weigher = lakeWeigher(tools, options.coverage !== false);
    const { airports } = reference;
    // Asked beside the landings: neither waits for the other.
    const held = coverageSentence(lake, question);
    held.catch(() => undefined);
    const answer = await askForLandings(lake, question, { airports, weigher });
    const coverage = options.coverage ? await coverageHere(tools, answer.landings) : [];
    if (options.json) {
      for (const found of [...answer.landings, ...answer.unknownPlace])
        await terminal.line(JSON.stringify(landingJson(found)));
      for (const model of coverage) await terminal.line(JSON.stringify(model));
    } else if (format !== undefined) {
      // None of these formats has a column for how a landing stands to the place: only what lies there may be in it.
      const placed = answer.landings.filter((one) => one.placed.relation !== "possible");
      const shown = placed.map(({ movement, identity }) => movementJson(movement, identity));
      const possible = answer.landings.length - placed.length;
      if (possible > 0)
        terminal.note(
          `${possible} possible ones are left out here; --json has them, with "relation"`,
        );
      await writeMovements(options, shown, { title: "Landings", terminal });
    } else await writeText(answer, options, { question, terminal });
    const summary = [
      ...landingLines(answer, question, await held),
      ...weighedLines(weigher.source()),
      ...coverage.flatMap(({ at, sentences }) => ["", `${at.label}:`, ...sentences]),
    ];
    if (format === undefined) {
      if (answer.landings.length > 0) await terminal.line();
      for (const line of summary) await terminal.line(line);
    } else for (const line of summary) terminal.note(line);
    await tellWithheld(lake, options, terminal);
  });
}

async function coverageHere(
  tools: LakeTools,
  landings: readonly FoundLanding[],
): Promise<CoverageModel[]> {
  const { coverageOfArea } = await import("../query/measure-coverage.js");
  return await coverageOfArea(tools, landings);
}

async function writeText(
  answer: LandingAnswer,
  { basis }: LandingsOptions,
  { question, terminal }: { readonly question: Question; readonly terminal: Terminal },
): Promise<void> {
  if (answer.landings.length === 0) return;
  const simulated = answer.landings.some(({ movement }) => movement.simulated);
  if (simulated) await terminal.line("SIMULATED: none of this happened");
  const rows = answer.landings.map((found) => landingCells(found, question));
  await terminal.line(
    terminal.table(
      ["WHEN (UTC)", "AIRCRAFT", "TYPE", "WHERE", ...(question.place ? ["PLACE"] : []), "HOW SURE"],
      rows,
    ),
  );
  await terminal.line(ROUGH_MARK_NOTE);
  if (!basis) return;
  await terminal.line();
  for (const { movement, identity } of answer.landings) {
    const json = movementJson(movement, identity);
    await terminal.line(`${whenCell(json)} ${json.registration ?? json.hex}: ${json.basis}`);
  }
}

function landingCells({ movement, identity, placed }: FoundLanding, question: Question): string[] {
  const json = movementJson(movement, identity);
  const mark = json.simulated ? " SIMULATED" : "";
  return [
    whenCell(json),
    `${json.registration ?? json.hex}${mark}`,
    json.type ?? "",
    whereText(json),
    ...(question.place
      ? [`${placed.relation}${distanceText(placed.relation, placed.distance?.distanceM)}`]
      : []),
    sureText(json),
  ];
}

function distanceText(relation: Relation, distanceM: number | undefined): string {
  return relation === "in" || distanceM === undefined ? "" : `, ${Math.round(distanceM / 1000)} km`;
}
