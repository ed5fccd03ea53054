import { type Command, InvalidArgumentError } from "commander";
import { askForAircraft } from "../../query/ask-lake.js";
import { type FoundJourneys, findJourneys } from "../../query/find-journeys.js";
import { exportOf, titleOfAll } from "../../query/journey-kml.js";
import { LeftOut } from "../../query/kept-positions.js";
import type { QuestionOptions } from "../../query/question.js";
import { trackDocument } from "../../query/track-document.js";
import { lakeWeigher, weighedLines } from "../../query/weigh-lake.js";
import { coverageSentence, withLake } from "../../query/with-lake.js";
import type { ShowingOptions } from "../../query/withhold.js";
import { journeysCsv } from "../../report/csv.js";
import { journeysGeoJson } from "../../report/geojson.js";
import { buildJourneyModel } from "../../report/journey-model.js";
import {
  type JourneyJson,
  journeyJson,
  type LegJson,
  type StopJson,
} from "../../report/journey-shape.js";
import { shareText } from "../../report/wording.js";
import { counted } from "../../units/counted.js";
import { HOUR_MS, SECOND_MS } from "../../units/quantity.js";
import { formatDuration, utcMinutes } from "../../units/time.js";
import { aircraftWords, ROUGH_TIME_NOTE, whenCell } from "../movement-text.js";
import {
  addAircraftFilter,
  addAltitudeMode,
  addExamples,
  addFormats,
  addLake,
  addNoCoverage,
  addPeriod,
  checkAltitudeMode,
  type FormatOptions,
  formatOf,
  type HeightChoice,
  type WeighOptions,
} from "../options.js";
import { runCommand } from "../run-command.js";
import { addShowing, showingNow, tellWithheld } from "../showing.js";
import type { Terminal } from "../terminal.js";

const ONE_NUMBER_NOTE =
  "Under HOW SURE: the probability of a stop that nobody saw, landing and take-off taken together (not calibrated).";

export interface JourneysOptions
  extends QuestionOptions,
    FormatOptions,
    HeightChoice,
    WeighOptions,
    ShowingOptions {
  readonly lake: string;
  readonly maxStop?: number;
}

export function addJourneysCommand(program: Command): void {
  const command = program
    .command("journeys")
    .description(
      "Chains an aircraft's landings and take-offs into journeys: each stop with UTC and local time, seen or inferred; " +
        "each leg with its length and the longest stretch in which nobody heard the aircraft.",
    )
    .option("--max-stop <hours>", "a longer stop ends a journey (48 if left out)", hours);
  addNoCoverage(command);
  addAircraftFilter(command);
  addPeriod(command);
  addShowing(command);
  addLake(command);
  addFormats(command, ["json", "csv", "geojson", "kml", "czml", "gpx"]);
  addAltitudeMode(command);
  addExamples(command, [
    "journeys --aircraft RA-96019 --from 2019-01-20 --to 2019-01-31",
    "journeys --fleet ru-government --max-stop 12 --json",
    "journeys --aircraft RA-96019 --kml > journeys.kml",
  ]);
  command.action((options: JourneysOptions) =>
    runCommand(command, (terminal) => showJourneys(options, terminal)),
  );
}

/** @throws InvalidArgumentError for anything but a positive number */
export function hours(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("write a number of hours, such as 12");
  return value;
}

/** Answers the question on the terminal. */
export async function showJourneys(options: JourneysOptions, terminal: Terminal): Promise<void> {
  checkAltitudeMode(options, formatOf(options), ["kml", "czml", "gpx"]);
  const showing = showingNow(options);
  await withLake({ ...options, showing }, terminal, async (tools) => {
    const { lake, reference, question } = tools;
    const weigher = lakeWeigher(tools, options.coverage !== false);
    const addresses = await askForAircraft(lake, question);
    const { fromMs, toMs } = question;
    const stopMaxMs = options.maxStop === undefined ? undefined : options.maxStop * HOUR_MS;
    const output = new JourneyOutput(options, terminal);
    const leftOut = new LeftOut();
    for await (const found of findJourneys(lake, addresses, {
      airports: reference.airports,
      weigher,
      fromMs,
      toMs,
      stopMaxMs,
      leftOut,
    })) {
      terminal.checkInterrupt();
      await output.add(found);
    }
    leftOut.tell("journeys", terminal, output.count > 0);
    await output.finish();
    const coverage = await coverageSentence(lake, question);
    terminal.note(
      `${counted(output.count, "journey", "journeys")} of ${addresses.length} aircraft; ${coverage}`,
    );
    for (const line of weighedLines(weigher.source())) terminal.note(line);
    await tellWithheld(lake, options, terminal);
  });
}

/** Writes journeys as they come, or gathers them for formats that need all of them. */
class JourneyOutput {
  readonly #options: JourneysOptions;
  readonly #terminal: Terminal;
  readonly #gathered: FoundJourneys[] = [];
  count = 0;

  constructor(options: JourneysOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
  }

  async add(found: FoundJourneys): Promise<void> {
    this.count += found.journeys.length;
    const format = formatOf(this.#options);
    if (format !== undefined && format !== "json") {
      this.#gathered.push(found);
      return;
    }
    for (const journey of found.journeys) {
      const shape = journeyJson(journey, found.identity);
      if (format === "json") await this.#terminal.line(JSON.stringify(shape));
      else await this.#terminal.line(journeyText(shape, this.#terminal));
    }
  }

  async finish(): Promise<void> {
    const terminal = this.#terminal;
    const all = this.#gathered;
    const format = formatOf(this.#options);
    switch (format) {
      case "csv":
        await terminal.write(journeysCsv(all.flatMap(shapesOf)));
        return;
      case "geojson":
        await terminal.write(journeysGeoJson(all.flatMap(modelsOf)));
        return;
      case "kml":
      case "czml":
      case "gpx": {
        const { altitudeMode } = this.#options;
        const inputs = all.map((found) => exportOf(found));
        const title = titleOfAll(inputs);
        const document = await trackDocument(format, inputs, { title, altitudeMode });
        for (const piece of document) await terminal.write(piece);
        return;
      }
      case undefined:
        if (this.count > 0) await terminal.line(`${ROUGH_TIME_NOTE}\n${ONE_NUMBER_NOTE}\n`);
    }
  }
}

function shapesOf({ journeys, identity }: FoundJourneys): JourneyJson[] {
  return journeys.map((journey) => journeyJson(journey, identity));
}

function modelsOf({
  analysis,
  journeys,
  identity,
}: FoundJourneys): ReturnType<typeof buildJourneyModel>[] {
  const { contacts, gaps, clean } = analysis;
  return journeys.map((journey) =>
    buildJourneyModel({ journey, track: clean.track, contacts, gaps, identity }),
  );
}

function journeyText(journey: JourneyJson, terminal: Terminal): string {
  const rows = journey.stops.flatMap((stop, at) => {
    const leg = journey.legs[at];
    return leg ? [stopCells(stop), legCells(leg)] : [stopCells(stop)];
  });
  const heading = `${aircraftWords(journey)}, ${utcMinutes(Date.parse(journey.from))} to ${utcMinutes(Date.parse(journey.to))}`;
  return `${heading}\n${terminal.table(["", "PLACE", "ARRIVED", "LEFT", "HOW SURE"], rows)}\n`;
}

function stopCells(stop: StopJson): string[] {
  const place = stop.openEnd
    ? `heard in the air ${stop.openEnd === "after" ? "last" : "first"} at ${stop.lat}, ${stop.lon}`
    : stop.airport
      ? `${stop.airport} ${stop.airportName ?? ""}`
      : candidateWords(stop);
  return [
    stop.openEnd ? "?" : String(stop.number),
    place,
    stop.landing ? timeCell(whenCell(stop.landing), stop.arrivalLocal) : "",
    stop.takeoff ? timeCell(whenCell(stop.takeoff), stop.departureLocal) : "",
    howSure(stop),
  ];
}

/** How it is known; of a stop that nobody saw also the one number for it. */
function howSure(stop: StopJson): string {
  if (stop.openEnd) return "";
  const classes = [stop.landing?.class, stop.takeoff?.class].filter(Boolean).join("/");
  const known = `${stop.evidence} ${classes}`;
  if (stop.evidence === "seen" || !stop.outcomes) return known;
  const { airports, noStop } = stop.outcomes;
  const here = airports.find(({ airport }) => airport === stop.airport);
  const number = here ? `${shareText(here.probability)} here` : `${shareText(1 - noStop)} stopped`;
  return `${known}\n${number}`;
}

/** A place that cannot be named: what was last heard, and the fields that come into question. */
function candidateWords(stop: StopJson): string {
  const idents = stop.candidates.map(({ airport }) => airport).join(", ");
  if (stop.landing?.class === "GAP" && stop.takeoff?.class === "GAP") {
    const ahead = idents ? `; fields ahead: ${idents}` : "";
    return `place not known, last heard at ${stop.lat}, ${stop.lon}${ahead}`;
  }
  return idents ? `one of ${idents} ...` : `place not known, near ${stop.lat}, ${stop.lon}`;
}

function timeCell(when: string, local: string | null): string {
  return local && !when.includes(" to ") ? `${when}\n${local}` : when;
}

function legCells(leg: LegJson): string[] {
  const length = leg.distanceKm === null ? "" : `${Math.round(leg.distanceKm)} km`;
  const time = leg.durationS === null ? "" : formatDuration(leg.durationS * SECOND_MS);
  const silent = leg.largestGapS
    ? `not heard for up to ${formatDuration(leg.largestGapS * SECOND_MS)}`
    : "";
  return ["", `  ${[length, time].filter(Boolean).join(", ")}`, silent, "", ""];
}
