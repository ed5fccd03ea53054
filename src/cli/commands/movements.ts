import type { Command } from "commander";
import type { RouteTable } from "../../aircraft/route-table.js";
import type { ReadInput } from "../../io/read-input.js";
import { type Analysis, Analyst } from "../../movement/analyse.js";
import type { Movement } from "../../movement/movement.js";
import { traitsOf } from "../../movement/traits.js";
import { findRoutes, weighRoutes } from "../../movement/weigh-routes.js";
import type { AirportTable } from "../../place/airport.js";
import { atPlace, identityOf } from "../../query/known-identity.js";
import { weighedLines } from "../../query/weigh-lake.js";
import type { ShowingOptions } from "../../query/withhold.js";
import { loadReference } from "../../reference/reference.js";
import {
  type GapJson,
  gapJson,
  inputJson,
  integrityJson,
  type MovementIdentity,
  type MovementJson,
  movementJson,
} from "../../report/shapes.js";
import { GROUND_YES, type Track } from "../../track/track.js";
import { counted } from "../../units/counted.js";
import { SECOND_MS } from "../../units/quantity.js";
import { formatDuration } from "../../units/time.js";
import { askedTerms } from "../asked-terms.js";
import { FilesShown, type ShownTrack } from "../files-shown.js";
import {
  aircraftWords,
  kindWord,
  ROUGH_MARK_NOTE,
  sureText,
  whenCell,
  whereText,
} from "../movement-text.js";
import {
  addExamples,
  addFormats,
  addNoCoverage,
  addReadingTerms,
  addSaveMap,
  type FormatOptions,
  formatOf,
  type SaveMapOptions,
  type TermOptions,
  type WeighOptions,
} from "../options.js";
import { FileReading } from "../read-files.js";
import { readRoutes } from "../read-routes.js";
import { runCommand } from "../run-command.js";
import { addShowing, showingNow, writeWithheld } from "../showing.js";
import type { Terminal } from "../terminal.js";
import { FilesWeigher } from "../weigh-files.js";
import { checkParquet, writeMovements } from "../write-table.js";

interface MovementsOptions
  extends FormatOptions,
    WeighOptions,
    TermOptions,
    SaveMapOptions,
    ShowingOptions {
  readonly gaps?: boolean;
  readonly inputs?: boolean;
  readonly integrity?: boolean;
  readonly basis?: boolean;
  /** False with --no-priors. */
  readonly priors?: boolean;
  /** A list of routes. */
  readonly routes?: string;
}

export function addMovementsCommand(program: Command): void {
  const command = program
    .command("movements")
    .description(
      "Prints the landings, take-offs, touch-and-goes, go-arounds and low passes found in trace files. " +
        "Files are recognised by content; folders are searched. Nothing is stored. From 30 aircraft on, what is heard of " +
        "them at each field weighs in on what nobody saw; answers then come when all files are read.",
    )
    .argument("<path...>", "files, folders, tar or ZIP archives; - for standard input")
    .option("--basis", "say what each movement rests on")
    .option("--gaps", "also list the stretches in which the aircraft was not heard")
    .option("--integrity", "with --json: what speaks against taking each track at its word")
    .option("--inputs", "also list what came of reading each input");
  command.option(
    "--no-priors",
    "choose among fields by the track alone: not by kind, service, runways, military use or the aircraft's own visits",
  );
  command.option(
    "--routes <file>",
    "let a list of routes (CSV with callsign and route) weigh in where the place is open; what it changed is told",
  );
  addNoCoverage(command);
  addShowing(command);
  addReadingTerms(command);
  addSaveMap(command);
  addFormats(command, ["json", "csv", "geojson", "kml", "parquet"]);
  addExamples(command, [
    "movements trace_full_4ca7b3.json",
    "movements --json --gaps --inputs downloads/ > movements.jsonl",
    "movements --kml downloads/ > movements.kml",
    "movements --routes routes.csv.gz --basis downloads/",
    "movements --map time=Time,lat=Lat,lon=Lon,alt=Height:m,hex==4ca7b3 --tz Europe/Paris own.csv",
  ]);
  command.action((paths: string[], options: MovementsOptions) =>
    runCommand(command, (terminal) => runMovements(paths, options, terminal)),
  );
}

async function runMovements(
  paths: readonly string[],
  options: MovementsOptions,
  terminal: Terminal,
): Promise<void> {
  await checkParquet(options);
  const reading = new FileReading(terminal, await askedTerms(paths, options, terminal));
  const groups = await reading.groups(paths, { whole: true });
  const routes =
    options.routes === undefined ? undefined : await loadRoutes(options.routes, terminal);
  let tables: Tables | undefined;
  const isWeighed = options.coverage !== false;
  const held: (ReadInput | TrackFindings)[] = [];
  const output = new MovementsOutput(options, terminal);
  const files = new FilesShown(showingNow(options));
  const progress = terminal.progress("reading", groups.length);
  for (const group of groups) {
    const { tracks, inputs } = await reading.read(group);
    const found: (ReadInput | TrackFindings)[] = [...inputs];
    for (const input of inputs) reading.tellIssues(input);
    for (const track of tracks) {
      // Asked for by the first track only: a file that cannot be read is told at once.
      tables ??= await loadTables(options, terminal);
      const { airports } = tables;
      const whole = withRoutes(tables.analyst.analyse(track, traitsOf(track)), routes, airports);
      if (isWeighed) await tables.weigher.add(whole);
      const shown = files.take(whole, track);
      if (shown) found.push(trackFindings(shown, options));
    }
    // Whose silence means what is known when all are read; without coverage each is told as it comes.
    if (isWeighed) held.push(...found);
    else for (const one of found) await output.add(one, tables?.airports);
    progress.step();
  }
  progress.stop();
  const alone = files.takeAlone();
  if (alone) held.push(trackFindings(alone, options));
  for (const one of held) {
    // The first track loaded the tables.
    const weighed =
      "movements" in one && isWeighed
        ? { ...one, movements: tables!.weigher.weigh(one.movements) }
        : one;
    await output.add(weighed, tables?.airports);
  }
  await output.finish();
  await writeWithheld(files.json(), options, terminal);
  if (options.inputs && reading.slowCount > 0)
    terminal.note(
      `${counted(reading.slowCount, "trace is", "traces are")} written in another form than usual, and read whole by JSON.parse`,
    );
  reading.finish();
  const source = tables?.weigher.source();
  // A few files are no picture of what receivers hear, and nobody thinks they are: that needs no word.
  if (source?.kind === "weighed") for (const line of weighedLines(source)) terminal.note(line);
  if (reading.isFaulty) process.exitCode = 65;
}

/** @throws WheelsdownError "input-missing" or "input-invalid" */
async function loadRoutes(path: string, terminal: Terminal): Promise<RouteTable> {
  const { table, rowCount, counts, issues } = await readRoutes(path);
  const known = counted(table.callsignCount, "callsign", "callsigns");
  terminal.note(
    `${path}: routes of ${known} in ${counted(rowCount, "row", "rows")}, sha256 ${table.sha256}`,
  );
  const leftOut = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const [first] = issues;
  if (first)
    terminal.warn(
      `${path}: ${counted(leftOut, "row", "rows")} left out; the first, row ${first.row}: ${first.detail}`,
    );
  return table;
}

function withRoutes(
  analysis: Analysis,
  routes: RouteTable | undefined,
  airports: AirportTable,
): Analysis {
  if (!routes) return analysis;
  const { track } = analysis.clean;
  return { ...analysis, movements: findRoutes(analysis.movements, { track, routes, airports }) };
}

interface Tables {
  readonly airports: AirportTable;
  readonly analyst: Analyst;
  readonly weigher: FilesWeigher;
}

async function loadTables(
  { priors: usePriors = true }: MovementsOptions,
  terminal: Terminal,
): Promise<Tables> {
  if (!usePriors)
    terminal.note("without priors: the probabilities of places are not those that were calibrated");
  const { airports } = await loadReference({ onProgress: (message) => terminal.note(message) });
  const analyst = new Analyst(airports, { usePriors });
  return { airports, analyst, weigher: new FilesWeigher(airports) };
}

/** All that is printed of one track, without its points: any number of them can be held. */
interface TrackFindings {
  readonly heading: string;
  readonly identity: MovementIdentity;
  readonly doubts: readonly string[];
  readonly movements: readonly Movement[];
  /** Why there is none, where the track itself shows it. */
  readonly silence: string | undefined;
  /** What was asked for beside the movements. */
  readonly integrity: object | undefined;
  readonly gaps: readonly GapJson[];
}

function trackFindings(
  { track, analysis: { clean, contacts, gaps, integrity, movements } }: ShownTrack,
  options: MovementsOptions,
): TrackFindings {
  const identity = identityOf(track);
  const words = aircraftWords({
    hex: track.address,
    registration: identity.registration ?? null,
    type: identity.typeDesignator ?? null,
    simulated: track.sources.some(({ simulated }) => simulated),
  });
  const positions = counted(clean.track.length, "position", "positions");
  return {
    heading: `${words}: ${positions} in ${counted(contacts.length, "contact", "contacts")}`,
    identity,
    doubts: integrity.doubts,
    movements,
    silence: lacksHeights(clean.track)
      ? "no position has an altitude or says that it is on the ground"
      : undefined,
    integrity: options.integrity ? integrityJson(track.address, integrity) : undefined,
    gaps: options.gaps ? gaps.map((gap) => gapJson(gap, clean.track)) : [],
  };
}

function lacksHeights({ altitudeFt, ground }: Track): boolean {
  return !ground.includes(GROUND_YES) && altitudeFt.every((value) => Number.isNaN(value));
}

/** Writes inputs and tracks in the order in which they come, or gathers them for formats that need all of them. */
class MovementsOutput {
  readonly #options: MovementsOptions;
  readonly #terminal: Terminal;
  readonly #gathered: MovementJson[] = [];

  constructor(options: MovementsOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
  }

  async add(one: ReadInput | TrackFindings, airports: AirportTable | undefined): Promise<void> {
    if (!("movements" in one)) {
      if (this.#options.inputs) await tellInput(one, this.#options, this.#terminal);
      return;
    }
    // The first track loaded the tables.
    const movements = weighRoutes(one.movements).map((movement) =>
      movementJson(movement, atPlace(one.identity, movement, airports!)),
    );
    const format = formatOf(this.#options);
    if (format === "json") await writeJson(one, movements, this.#terminal);
    else if (format !== undefined) this.#gathered.push(...movements);
    else await writeText(one, movements, { options: this.#options, terminal: this.#terminal });
  }

  async finish(): Promise<void> {
    const format = formatOf(this.#options);
    if (format === undefined || format === "json") return;
    const terminal = this.#terminal;
    await writeMovements(this.#options, this.#gathered, { title: "Movements", terminal });
  }
}

async function tellInput(
  input: ReadInput,
  options: MovementsOptions,
  terminal: Terminal,
): Promise<void> {
  const json = inputJson({
    file: input.file,
    sha256: input.sha256,
    format: input.format,
    rows: input.rowCount,
    kept: input.keptCount,
    issues: input.issues.counts,
    simulated: input.simulated,
  });
  if (options.json) await terminal.line(JSON.stringify(json));
  else if (formatOf(options) === undefined) {
    await terminal.line(
      `input ${json.file}: ${json.format}, ${json.kept} of ${json.rows} rows kept, sha256 ${json.sha256}`,
    );
  }
}

async function writeJson(
  { integrity, gaps }: TrackFindings,
  movements: readonly MovementJson[],
  terminal: Terminal,
): Promise<void> {
  for (const movement of movements) await terminal.line(JSON.stringify(movement));
  if (integrity) await terminal.line(JSON.stringify(integrity));
  for (const gap of gaps) await terminal.line(JSON.stringify(gap));
}

async function writeText(
  { heading, doubts, silence, gaps }: TrackFindings,
  movements: readonly MovementJson[],
  { options, terminal }: { readonly options: MovementsOptions; readonly terminal: Terminal },
): Promise<void> {
  await terminal.line(heading);
  for (const doubt of doubts) await terminal.line(`  in doubt: ${doubt}`);
  if (movements.length === 0) {
    const why = silence === undefined ? "" : `: ${silence}`;
    await terminal.line(`  nothing can be said of a landing or take-off${why}`);
  } else {
    const rows = movements.map((one) => [
      whenCell(one),
      kindWord(one),
      whereText(one),
      one.runway ?? "",
      sureText(one),
    ]);
    await terminal.line(
      indent(terminal.table(["WHEN (UTC)", "WHAT", "WHERE", "RUNWAY", "HOW SURE"], rows)),
    );
    await terminal.line(`  ${ROUGH_MARK_NOTE}`);
    if (options.basis) {
      for (const one of movements)
        await terminal.line(`  ${whenCell(one)} ${kindWord(one)}: ${one.basis}`);
    }
  }
  for (const { from, to, durationS, distanceKm } of gaps)
    await terminal.line(
      `  not heard ${from} to ${to}, ${formatDuration(durationS * SECOND_MS)}, ${distanceKm} km apart`,
    );
  await terminal.line();
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}
