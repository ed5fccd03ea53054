import type { Command } from "commander";
import type { Address } from "../../aircraft/address.js";
import { asksForAll } from "../../journey/select-aircraft.js";
import { parseDistanceM } from "../../place/area.js";
import { askForAircraft } from "../../query/ask-lake.js";
import {
  askForEncounters,
  askForSharedStays,
  identitiesOf,
  type TogetherTools,
} from "../../query/ask-together.js";
import { tellNotKept } from "../../query/kept-positions.js";
import { readPeriod } from "../../query/measure-coverage.js";
import { type QuestionOptions, readDurationMs } from "../../query/question.js";
import { lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence, withLake } from "../../query/with-lake.js";
import type { ShowingOptions } from "../../query/withhold.js";
import {
  encounterJson,
  sharedStayJson,
  type TogetherJson,
  togetherCsv,
} from "../../report/together-shape.js";
import { counted } from "../../units/counted.js";
import { WheelsdownError } from "../../units/errors.js";
import { SECOND_MS } from "../../units/quantity.js";
import { formatDuration, utcMinutes } from "../../units/time.js";
import {
  addAircraftFilter,
  addExamples,
  addFormats,
  addLake,
  addNoCoverage,
  addPeriod,
  type FormatOptions,
  type WeighOptions,
} from "../options.js";
import { runCommand } from "../run-command.js";
import { addShowing, showingNow, tellWithheld } from "../showing.js";
import type { Terminal } from "../terminal.js";
import { visibleLine } from "../terminal-text.js";

interface TogetherOptions
  extends Omit<QuestionOptions, "within">,
    FormatOptions,
    WeighOptions,
    ShowingOptions {
  readonly lake: string;
  readonly within?: string;
  readonly for?: string;
}

const DEFAULT_WITHIN = "5km";
const DEFAULT_FOR = "10min";
const NO_EVIDENCE =
  "Two aircraft at one place at one time is no evidence of a connection: at a busy airport, or on one route, many are.";

export function addTogetherCommand(program: Command): void {
  const command = program
    .command("together")
    .description(
      "For each aircraft asked for, lists the others that stood at the same airport while it did, as far as landings and " +
        "take-offs tell, and those that flew near it for some time. That is no evidence of a connection.",
    )
    .option(
      "--within <distance>",
      `in the air, at most this far apart (${DEFAULT_WITHIN} if left out)`,
    )
    .option("--for <time>", `in the air, at least so long (${DEFAULT_FOR} if left out)`);
  addNoCoverage(command);
  addAircraftFilter(command);
  addPeriod(command);
  addShowing(command);
  addLake(command);
  addFormats(command, ["json", "csv"]);
  addExamples(command, [
    "together --aircraft RA-96019 --from 2019-01-20 --to 2019-01-31",
    "together --hex 157713 --within 2km --for 30min --json",
  ]);
  command.action((options: TogetherOptions) =>
    runCommand(command, (terminal) => showTogether(options, terminal)),
  );
}

/** Answers on the terminal. */
export async function showTogether(options: TogetherOptions, terminal: Terminal): Promise<void> {
  const { within, for: least, ...rest } = options;
  const limits = {
    withinM: parseDistanceM(within ?? DEFAULT_WITHIN),
    leastMs: readDurationMs(least ?? DEFAULT_FOR),
  };
  const showing = showingNow(options);
  await withLake({ ...rest, showing }, terminal, async (tools) => {
    const { lake, question, reference } = tools;
    if (asksForAll(question.aircraft))
      throw new WheelsdownError("usage", "together with whom? give --aircraft, --hex or --fleet");
    const addresses = await askForAircraft(lake, question);
    const weigher = lakeWeigher(tools, options.coverage !== false);
    const { airports } = reference;
    const { signal } = terminal;
    const period = await readPeriod(question, lake);
    const asking = { lake, airports, weigher, period, signal };
    if (addresses.length > 0) await tellNotKept(lake, { ...period, isAnswered: true }, terminal);
    const stays = await sharedStays(addresses, asking);
    const encounters = await allEncounters(addresses, { limits, asking, terminal });
    const all = [...stays, ...encounters];
    if (options.json) for (const one of all) await terminal.line(JSON.stringify(one));
    else if (options.csv) await terminal.write(togetherCsv(all));
    else await writeTables(stays, encounters, terminal);
    const km = limits.withinM / 1000;
    const lines = [
      `${counted(addresses.length, "aircraft", "aircraft")} asked for: ${counted(stays.length, "shared stay", "shared stays")}, ` +
        `${counted(encounters.length, "time", "times")} within ${km} km in the air for ${formatDuration(limits.leastMs)} or longer`,
      ...repeatedLines(stays),
      NO_EVIDENCE,
      await coverageSentence(lake, question),
      ...weighedLines(weigher.source()),
    ];
    for (const line of lines) {
      if (options.json || options.csv) terminal.note(line);
      else await terminal.line(line);
    }
    await tellWithheld(lake, options, terminal);
  });
}

async function sharedStays(
  addresses: readonly Address[],
  tools: TogetherTools,
): Promise<TogetherJson[]> {
  const found = await askForSharedStays(addresses, tools);
  const identities = await identitiesOf(tools.lake, [
    ...new Set(found.flatMap(({ address, other }) => [address, other])),
  ]);
  const named = (address: Address) => ({ address, identity: identities.get(address) ?? {} });
  return found.map((shared) =>
    sharedStayJson({
      ...shared,
      one: named(shared.address),
      other: named(shared.other),
      timeZone: tools.airports.timeZoneOf(shared.stay.airport),
    }),
  );
}

async function allEncounters(
  addresses: readonly Address[],
  {
    limits,
    asking,
    terminal,
  }: {
    readonly limits: { readonly withinM: number; readonly leastMs: number };
    readonly asking: TogetherTools;
    readonly terminal: Terminal;
  },
): Promise<TogetherJson[]> {
  const found: TogetherJson[] = [];
  const progress = terminal.progress("looking around", addresses.length);
  for (const address of addresses) {
    terminal.checkInterrupt();
    for (const one of await askForEncounters(address, limits, asking)) {
      const { identity, other, otherIdentity, encounter, simulated } = one;
      found.push(
        encounterJson({
          one: { address, identity },
          other: { address: other, identity: otherIdentity },
          encounter,
          simulated,
        }),
      );
    }
    progress.step();
  }
  progress.stop();
  return found;
}

async function writeTables(
  stays: readonly TogetherJson[],
  encounters: readonly TogetherJson[],
  terminal: Terminal,
): Promise<void> {
  if ([...stays, ...encounters].some(({ simulated }) => simulated))
    await terminal.line("SIMULATED: none of this happened");
  if (stays.length > 0) {
    await terminal.line(
      terminal.table(
        ["BOTH THERE FROM (UTC)", "TO", "LOCAL", "AIRPORT", "AIRCRAFT", "OTHER", "OTHER'S STAY"],
        stays.map(stayCells),
      ),
    );
    await terminal.line();
  }
  if (encounters.length > 0) {
    await terminal.line(
      terminal.table(
        ["NEAR FROM (UTC)", "FOR", "AIRCRAFT", "OTHER", "CLOSEST", "HEIGHT APART", "WHERE"],
        encounters.map(encounterCells),
      ),
    );
    await terminal.line();
  }
}

function stayCells(one: TogetherJson): string[] {
  const { otherStay } = one;
  return [
    utcMinutes(Date.parse(one.from)),
    one.durationS === 0 ? "then" : utcMinutes(Date.parse(one.to)),
    one.fromLocal ?? "",
    one.airport ?? "",
    nameOf(one.aircraft),
    nameOf(one.other),
    otherStay ? stayText(otherStay) : "",
  ];
}

function stayText({ from, to, landing, takeoff }: NonNullable<TogetherJson["otherStay"]>): string {
  const [first, last] = [utcMinutes(Date.parse(from)), utcMinutes(Date.parse(to))];
  if (!landing) return `took off ${last}, landing not known`;
  if (!takeoff) return `landed ${first}, take-off not known`;
  return `${first} to ${last}`;
}

/** Pairs that shared more than one airport: what a reader would look for in a long table. */
function repeatedLines(stays: readonly TogetherJson[]): string[] {
  const pairs = new Map<string, { readonly words: string; readonly airports: Set<string> }>();
  for (const { aircraft, other, airport } of stays) {
    const key = `${aircraft.hex} ${other.hex}`;
    const pair = pairs.get(key) ?? {
      words: `${nameOf(aircraft)} and ${nameOf(other)}`,
      airports: new Set<string>(),
    };
    pairs.set(key, pair);
    pair.airports.add(airport ?? "");
  }
  return [...pairs.values()]
    .filter(({ airports }) => airports.size > 1)
    .sort((a, b) => b.airports.size - a.airports.size)
    .map(
      ({ words, airports }) =>
        `  at ${airports.size} airports: ${words}: ${[...airports].join(", ")}`,
    );
}

function encounterCells(one: TogetherJson): string[] {
  const { closest } = one;
  return [
    utcMinutes(Date.parse(one.from)),
    formatDuration(one.durationS * SECOND_MS),
    nameOf(one.aircraft),
    nameOf(one.other),
    `${closest?.distanceKm ?? "?"} km`,
    closest?.heightFt === null ? "?" : `${closest?.heightFt} ft`,
    `${closest?.lat}, ${closest?.lon}`,
  ];
}

function nameOf({ hex, registration, type }: TogetherJson["aircraft"]): string {
  return `${visibleLine(registration ?? hex)}${type ? ` (${visibleLine(type)})` : ""}`;
}
