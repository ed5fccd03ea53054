import { type Command, Option } from "commander";
import {
  type ClockKind,
  parseReceiver,
  parseStart,
  parseTimeZone,
  type ReadingTerms,
} from "../formats/terms.js";
import { tableMapByWord } from "../query/table-maps.js";
import { ALTITUDE_MODES, type AltitudeMode } from "../report/heights.js";
import { WheelsdownError } from "../units/errors.js";

/** How an answer is written; at most one is chosen. */
export interface FormatOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly geojson?: boolean;
  readonly trips?: boolean;
  readonly kml?: boolean;
  readonly czml?: boolean;
  readonly gpx?: boolean;
  /** A file: Parquet cannot be written to a pipe. */
  readonly parquet?: string;
}

export type FormatName = keyof FormatOptions;

export const DEFAULT_LAKE = "./lake";

const FORMAT_HELP: Readonly<Record<FormatName, string>> = {
  json: "one JSON object per line, each with its schema",
  csv: "comma-separated values with a header",
  geojson: "GeoJSON, for maps",
  trips: "GeoJSON with height and time in each position, for kepler.gl",
  kml: "KML, for Google Earth",
  czml: "CZML, for Cesium",
  gpx: "GPX, for navigation programs",
  parquet: "into this file, as Parquet with points (GeoParquet), for pandas and DuckDB",
};

export function addFormats(command: Command, formats: readonly FormatName[]): Command {
  for (const format of formats) {
    const others = formats.filter((other) => other !== format);
    const flags = format === "parquet" ? "--parquet <file>" : `--${format}`;
    command.addOption(new Option(flags, FORMAT_HELP[format]).conflicts(others));
  }
  return command;
}

/** @returns the format asked for; undefined for text, for people */
export function formatOf(options: FormatOptions): FormatName | undefined {
  const names = Object.keys(FORMAT_HELP) as FormatName[];
  return names.find((name) => options[name] !== undefined && options[name] !== false);
}

/** How heights are drawn. */
export interface HeightChoice {
  readonly altitudeMode?: AltitudeMode;
}

export function addAltitudeMode(command: Command): Command {
  return command.addOption(
    new Option(
      "--altitude-mode <mode>",
      "heights in KML, CZML, GPX and trips: above mean sea level where geometric altitudes were received (auto, if left " +
        "out), always so (sea-level), pressure altitude (pressure), or none (ground)",
    ).choices(ALTITUDE_MODES),
  );
}

/** @throws WheelsdownError "usage" when the format chosen draws no heights */
export function checkAltitudeMode(
  { altitudeMode }: HeightChoice,
  format: FormatName | undefined,
  drawn: readonly string[],
): void {
  if (altitudeMode === undefined || (format !== undefined && drawn.includes(format))) return;
  const goesWith = drawn.map((name) => `--${name}`).join(", ");
  throw new WheelsdownError("usage", `--altitude-mode goes with one of ${goesWith}`);
}

export function addLake(command: Command): Command {
  return command.option("--lake <dir>", "folder of the lake", DEFAULT_LAKE);
}

export type { WeighOptions } from "../query/weigh-lake.js";

export function addNoCoverage(command: Command): Command {
  return command.option(
    "--no-coverage",
    "do not weigh what receivers hear at each field into inferred landings and take-offs",
  );
}

/** Options that say which aircraft. */
export function addAircraftFilter(command: Command): Command {
  return command
    .option("--aircraft <reg,...>", "registrations (or hex addresses)", collect)
    .option("--hex <hex,...>", "24-bit addresses, six hex digits", collect)
    .option("--fleet <name|file>", "a fleet: built in, added, or a CSV file", collect)
    .option("--state <code>", "State whose address block it is, such as RU")
    .option("--operator <name|prefix>", "operator the callsign prefix is assigned to, such as RSD")
    .option("--type <designator>", "ICAO type designator, such as IL96")
    .option("--callsign <pattern>", "callsign, * for any letters, such as RSD*")
    .option("--military", "marked as military by a source or its address block");
}

/** Options that say when. */
export function addPeriod(command: Command): Command {
  return command
    .option("--from <time>", "from this day or UTC time on")
    .option("--to <time>", "up to and with this day, or to this UTC time");
}

/** Options that say where. */
export function addPlace(command: Command): Command {
  return command
    .option(
      "--in <place>",
      "country code or name, airport, lat,lon, west,south,east,north, corners of a polygon lat,lon lat,lon lat,lon, " +
        "or a GeoJSON file",
    )
    .option(
      "--near <distance|place>",
      "with --in: also this far beyond its edge, such as 300km; or a place of its own",
    )
    .option("--within <distance>", "size of --near PLACE (100km if left out)");
}

/** What a user says of inputs that do not say it themselves; the same words are kept with what was read. */
export interface TermOptions {
  readonly tz?: string;
  readonly start?: string;
  readonly receiver?: string;
  readonly clock?: ClockKind;
  /** A mapping, the name of one that was saved, or a file that holds one. */
  readonly map?: string;
}

export function addReadingTerms(command: Command): Command {
  return command
    .option(
      "--map <columns|name|file>",
      "which columns of a table (CSV, Parquet) are what, such as time=T,lat=Y,lon=X,alt=Z:m,hex==4ca7b3; or a saved one",
    )
    .option(
      "--tz <zone>",
      "time zone of SBS text and of tables whose times are local, such as Europe/Moscow or UTC",
    )
    .option(
      "--start <time>",
      "UTC time of a Beast or AVR capture's first message; name takes it from each file's name",
    )
    .option(
      "--receiver <lat,lon>",
      "where the receiver of a Beast, AVR or hex capture stood, to place aircraft on the ground",
    )
    .addOption(
      new Option(
        "--clock <kind>",
        "how a Beast or AVR capture counts time (default: as it says, else 12mhz)",
      ).choices(["12mhz", "gps"]),
    );
}

export interface SaveMapOptions {
  readonly saveMap?: string;
}

/** Option that keeps a mapping for another time. */
export function addSaveMap(command: Command): Command {
  return command.option(
    "--save-map <name>",
    "keep --map, and --tz if given, under this name, for --map NAME",
  );
}

/**
 * @throws WheelsdownError "usage" for a mapping, zone, time or position that is none; "unknown-name" for a mapping that was
 *   not saved; "input-missing" or "input-invalid" for a file that holds none
 */
export async function readingTerms({
  map,
  tz,
  start,
  receiver,
  clock,
}: TermOptions): Promise<ReadingTerms> {
  return {
    ...(map !== undefined && (await tableMapByWord(map))),
    ...(tz !== undefined && { timeZone: parseTimeZone(tz) }),
    ...(start !== undefined && { start: parseStart(start) }),
    ...(receiver !== undefined && { receiver: parseReceiver(receiver) }),
    ...(clock !== undefined && { clock }),
  };
}

/** Repeated options gather into a list. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** An example block under a command's help. */
export function addExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText(
    "after",
    `\nExamples:\n${examples.map((line) => `  $ wheelsdown ${line}`).join("\n")}`,
  );
}
