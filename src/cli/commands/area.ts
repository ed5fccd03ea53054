import { type Command, Option } from "commander";
import type { PlaceQuestion } from "../../journey/where.js";
import { parseDistanceM } from "../../place/area.js";
import { NOT_HEARD_NOTE } from "../../query/answer-lines.js";
import { areaOutcomes, tellPositionsNotKept } from "../../query/area-outcomes.js";
import { type AreaOrder, askForArea, callsignsOf, type SecondArea } from "../../query/ask-area.js";
import { readPeriod } from "../../query/measure-coverage.js";
import { type QuestionOptions, readArea, readDurationMs } from "../../query/question.js";
import { type PositionOptions, readPositionFilter } from "../../query/read-ranges.js";
import { lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence, type LakeTools, withLake } from "../../query/with-lake.js";
import type { ShowingOptions } from "../../query/withhold.js";
import { areaGeoJson } from "../../report/area-geojson.js";
import {
  type AreaJson,
  type AreaOutcome,
  areaCsvHeader,
  areaCsvRows,
  areaJson,
} from "../../report/area-shape.js";
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
  addPlace,
  type FormatOptions,
  type WeighOptions,
} from "../options.js";
import { runCommand } from "../run-command.js";
import { addShowing, showingNow, tellWithheld } from "../showing.js";
import type { Terminal } from "../terminal.js";
import { visibleLine } from "../terminal-text.js";

export interface AreaOptions
  extends QuestionOptions,
    PositionOptions,
    FormatOptions,
    WeighOptions,
    ShowingOptions {
  readonly lake: string;
  readonly also?: string;
  readonly alsoNear?: string;
  readonly apart?: string;
  readonly order?: AreaOrder;
}

export function addAreaCommand(program: Command): void {
  const command = program
    .command("area")
    .description(
      "Lists the aircraft that were heard in an area in a period: when first and last, how low, and whether they landed " +
        "there, may have landed, or passed over as far as anyone heard. With --also, only those heard in both areas. " +
        "Positions that are jumps or repeats are left out.",
    )
    .option("--also <place>", "a second area that must have been visited too")
    .option("--also-near <distance>", "with --also: also this far beyond its edge")
    .option(
      "--apart <time>",
      "with --also: at most this long between the two, such as 12h or 90min",
    )
    .addOption(
      new Option("--order <order>", "with --also: in which of the two it was heard first").choices([
        "in-first",
        "also-first",
      ]),
    )
    .option(
      "--altitude <ft..ft>",
      "visits with a position at such a pressure altitude, such as ..5000 (holds the ground) or 1000..5000",
    )
    .option("--speed <kt..kt>", "visits with a position at such a speed over ground")
    .option(
      "--angle <deg..deg>",
      "visits with a position flown in such a direction, clockwise: 270..90",
    );
  addNoCoverage(command);
  addPlace(command);
  addPeriod(command);
  addAircraftFilter(command);
  addShowing(command);
  addLake(command);
  addFormats(command, ["json", "csv", "geojson"]);
  addExamples(command, [
    "area --in VE --from 2019-01-20 --to 2019-01-27 --state RU",
    "area --near SVMI --within 30km --from 2018-12-10 --to 2018-12-10 --csv",
    "area --in SN --also PY --apart 24h --from 2019-01-23 --to 2019-01-24",
  ]);
  command.action((options: AreaOptions) =>
    runCommand(command, (terminal) => showArea(options, terminal)),
  );
}

/** Answers the question on the terminal. */
export async function showArea(options: AreaOptions, terminal: Terminal): Promise<void> {
  checkSecond(options);
  const filter = readPositionFilter(options);
  if (!options.in && !options.near)
    throw new WheelsdownError(
      "usage",
      "which area? give --in PLACE, or --near PLACE --within 50km",
    );
  const showing = showingNow(options);
  await withLake({ ...options, showing }, terminal, async (tools) => {
    const { lake, question, reference } = tools;
    const place = question.place!;
    const period = await readPeriod(question, lake);
    const also = await readSecond(options, tools);
    await tellPositionsNotKept(tools, period);
    const weigher = lakeWeigher(tools, options.coverage !== false);
    const outcomes = await areaOutcomes(tools, { airports: reference.airports, weigher });
    const output = new AreaOutput(options, terminal);
    const { signal } = terminal;
    const asked = { question: { ...question, place }, period, also, filter, signal };
    for await (const finding of askForArea(lake, asked)) {
      terminal.checkInterrupt();
      const callsigns = callsignsOf(finding.track, finding.visits);
      await output.add(
        areaJson({ ...finding, callsigns, outcome: outcomes.of(finding) }),
        options.geojson ? areaGeoJson.featuresOf(finding.track, finding.visits) : [],
      );
    }
    const lines = [
      ...summaryLines(output, { place, also }),
      await coverageSentence(lake, question),
      ...weighedLines(weigher.source()),
      NOT_HEARD_NOTE,
    ];
    await output.finish(lines);
    await tellWithheld(lake, options, terminal);
  });
}

function checkSecond({ also, alsoNear, apart, order }: AreaOptions): void {
  if (also === undefined && [alsoNear, apart, order].some((each) => each !== undefined))
    throw new WheelsdownError("usage", "--also-near, --apart and --order go with --also PLACE");
  if (apart !== undefined) readDurationMs(apart);
  if (alsoNear !== undefined) parseDistanceM(alsoNear);
}

async function readSecond(
  { also, alsoNear, apart, order }: AreaOptions,
  { reference }: LakeTools,
): Promise<SecondArea | undefined> {
  if (also === undefined) return undefined;
  return {
    place: {
      area: await readArea(also, reference),
      nearM: alsoNear === undefined ? 0 : parseDistanceM(alsoNear),
    },
    apartMaxMs: apart === undefined ? Number.POSITIVE_INFINITY : readDurationMs(apart),
    order,
  };
}

/** Writes findings as they come; the table waits for all, because it is sorted by time. */
class AreaOutput {
  readonly #options: AreaOptions;
  readonly #terminal: Terminal;
  readonly #rows: AreaJson[] = [];
  readonly counts: Record<AreaOutcome, number> = { landed: 0, possible: 0, passed: 0 };
  #isBegun = false;
  #simulated = false;

  constructor(options: AreaOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
  }

  get count(): number {
    const { landed, possible, passed } = this.counts;
    return landed + possible + passed;
  }

  async add(area: AreaJson, lines: ReturnType<typeof areaGeoJson.featuresOf>): Promise<void> {
    const { json, csv, geojson } = this.#options;
    this.counts[area.outcome]++;
    this.#simulated ||= area.simulated;
    if (json) await this.#terminal.line(JSON.stringify(area));
    else if (csv) {
      await this.#begin(areaCsvHeader());
      await this.#terminal.write(areaCsvRows(area));
    } else if (geojson) {
      const begun = this.#isBegun;
      await this.#begin(areaGeoJson.head());
      await this.#terminal.write(areaGeoJson.features(area, lines, begun));
    } else this.#rows.push(area);
  }

  async #begin(text: string): Promise<void> {
    if (!this.#isBegun) await this.#terminal.write(text);
    this.#isBegun = true;
  }

  async finish(lines: readonly string[]): Promise<void> {
    const { json, csv, geojson } = this.#options;
    if (csv) await this.#begin(areaCsvHeader());
    if (geojson) {
      await this.#begin(areaGeoJson.head());
      await this.#terminal.write(areaGeoJson.tail(this.#simulated));
    }
    if (json || csv || geojson) {
      for (const line of lines) this.#terminal.note(line);
      return;
    }
    if (this.#rows.length > 0) {
      if (this.#simulated) await this.#terminal.line("SIMULATED: none of this happened");
      await this.#terminal.line(areaTable(this.#rows, this.#terminal));
      await this.#terminal.line();
    }
    for (const line of lines) await this.#terminal.line(line);
  }
}

function areaTable(rows: readonly AreaJson[], terminal: Terminal): string {
  const hasSecond = rows.some(({ also }) => also);
  const sorted = [...rows].sort((a, b) => compare(a.firstHeard, b.firstHeard));
  return terminal.table(
    [
      "FIRST HEARD (UTC)",
      "LAST HEARD",
      "AIRCRAFT",
      "TYPE",
      "CALLSIGN",
      "LOWEST",
      "WHAT IT DID",
      ...(hasSecond ? ["THE OTHER AREA"] : []),
    ],
    sorted.map((area) => [
      utcMinutes(Date.parse(area.firstHeard)),
      utcMinutes(Date.parse(area.lastHeard)),
      `${visibleLine(area.registration ?? area.hex)}${area.simulated ? " SIMULATED" : ""}`,
      visibleLine(area.type ?? ""),
      area.callsigns.map(visibleLine).join(" "),
      lowestText(area),
      didText(area),
      ...(hasSecond ? [secondText(area)] : []),
    ]),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lowestText({ lowestAltitudeFt, groundPositions }: AreaJson): string {
  if (groundPositions > 0) return "on the ground";
  return lowestAltitudeFt === null ? "?" : `${lowestAltitudeFt} ft`;
}

const DID: Readonly<Record<AreaOutcome, string>> = {
  landed: "landed or stood there",
  possible: "may have landed",
  passed: "passed over",
};

function didText(area: AreaJson): string {
  const [first, last] = [area.visits[0]!, area.visits.at(-1)!];
  const ends = [
    ...(first.entry === "seen" ? [] : ["first heard inside"]),
    ...(last.exit === "seen" ? [] : ["last heard inside"]),
  ];
  const visits = area.visits.length > 1 ? [`${area.visits.length} visits`] : [];
  return [DID[area.outcome], ...visits, ...ends].join("; ");
}

function secondText({ also }: AreaJson): string {
  const first = also?.visits[0];
  if (!also || !first) return "";
  const apart =
    also.apartS === 0 ? "at the same time" : `${formatDuration(also.apartS * SECOND_MS)} apart`;
  return `${utcMinutes(Date.parse(first.from))}, ${apart}`;
}

function summaryLines(
  output: AreaOutput,
  { place, also }: { readonly place: PlaceQuestion; readonly also: SecondArea | undefined },
): string[] {
  const { landed, possible, passed } = output.counts;
  const both = also ? ` and in ${placeWords(also.place)}` : "";
  const heard = `${counted(output.count, "aircraft was", "aircraft were")} heard in ${placeWords(place)}${both}`;
  if (output.count === 0) return [heard];
  return [
    `${heard}:`,
    `  ${landed} landed or stood there${also ? " (in the first area)" : ""}, seen or inferred`,
    `  ${possible} may have landed there`,
    `  ${passed} passed over, as far as anyone heard`,
    "LOWEST is pressure altitude, not height above the ground.",
  ];
}

function placeWords({ area, nearM }: PlaceQuestion): string {
  return `${area.label}${nearM > 0 ? `, or within ${Math.round(nearM / 1000)} km of it` : ""}`;
}
