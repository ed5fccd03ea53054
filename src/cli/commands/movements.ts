import type { Command } from "commander";
import type { ReadInput } from "../../io/read-input.js";
import { type Analysis, Analyst } from "../../movement/analyse.js";
import { traitsOf } from "../../movement/traits.js";
import type { AirportTable } from "../../place/airport.js";
import { loadReference } from "../../reference/reference.js";
import { movementsCsv } from "../../report/csv.js";
import { movementsGeoJson } from "../../report/geojson.js";
import { movementsKml } from "../../report/kml.js";
import {
  gapJson,
  inputJson,
  integrityJson,
  type MovementJson,
  movementJson,
} from "../../report/shapes.js";
import type { Track } from "../../track/track.js";
import { SECOND_MS } from "../../units/quantity.js";
import { formatDuration } from "../../units/time.js";
import { atPlace, identityOf } from "../known-identity.js";
import {
  aircraftWords,
  kindWord,
  ROUGH_MARK_NOTE,
  sureText,
  whenCell,
  whereText,
} from "../movement-text.js";
import { addExamples, addFormats, type FormatOptions } from "../options.js";
import { FileReading } from "../read-files.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";
import { counted } from "../terminal-text.js";

interface MovementsOptions extends FormatOptions {
  readonly gaps?: boolean;
  readonly inputs?: boolean;
  readonly integrity?: boolean;
  readonly basis?: boolean;
}

export function addMovementsCommand(program: Command): void {
  const command = program
    .command("movements")
    .summary("landings and take-offs in files, straight from the files")
    .description(
      "Prints the landings, take-offs, touch-and-goes, go-arounds and low passes found in trace files. " +
        "Files are recognised by content; folders are searched. Nothing is stored.",
    )
    .argument("<path...>", "files, folders or tar archives; - for standard input")
    .option("--basis", "say what each movement rests on")
    .option("--gaps", "also list the stretches in which the aircraft was not heard")
    .option("--integrity", "with --json: what speaks against taking each track at its word")
    .option("--inputs", "also list what came of reading each input");
  addFormats(command, ["json", "csv", "geojson", "kml"]);
  addExamples(command, [
    "movements trace_full_4ca7b3.json",
    "movements --json --gaps --inputs downloads/ > movements.jsonl",
    "movements --kml downloads/ > movements.kml",
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
  const reading = new FileReading(terminal);
  const groups = await reading.groups(paths, { whole: true });
  let tables: { airports: AirportTable; analyst: Analyst } | undefined;
  const collected: MovementJson[] = [];
  const progress = terminal.progress("reading", groups.length);
  for (const group of groups) {
    for await (const { tracks, inputs } of reading.read(group)) {
      for (const input of inputs) {
        reading.tellIssues(input);
        if (options.inputs) await tellInput(input, options, terminal);
      }
      for (const track of tracks) {
        // Asked for by the first track only: a file that cannot be read is told at once.
        tables ??= await loadTables(terminal);
        const { airports, analyst } = tables;
        const analysis = analyst.analyse(track, traitsOf(track));
        const movements = movementsOf(analysis, track, airports);
        if (options.csv || options.geojson || options.kml) collected.push(...movements);
        else if (options.json) await writeJson({ analysis, movements }, options, terminal);
        else await writeText({ analysis, movements, track }, options, terminal);
      }
    }
    progress.step();
  }
  progress.stop();
  await writeCollected(collected, options, terminal);
  reading.finish();
  if (reading.failedCount > 0) process.exitCode = 65;
}

async function loadTables(
  terminal: Terminal,
): Promise<{ airports: AirportTable; analyst: Analyst }> {
  const { airports } = await loadReference({ onProgress: (message) => terminal.note(message) });
  return { airports, analyst: new Analyst(airports) };
}

function movementsOf(analysis: Analysis, track: Track, airports: AirportTable): MovementJson[] {
  const identity = identityOf(track);
  return analysis.movements.map((movement) =>
    movementJson(movement, atPlace(identity, movement, airports)),
  );
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
  else if (!options.csv && !options.geojson && !options.kml) {
    await terminal.line(
      `input ${json.file}: ${json.format}, ${json.kept} of ${json.rows} rows kept, sha256 ${json.sha256}`,
    );
  }
}

interface Found {
  readonly analysis: Analysis;
  readonly movements: readonly MovementJson[];
}

async function writeJson(
  { analysis, movements }: Found,
  options: MovementsOptions,
  terminal: Terminal,
): Promise<void> {
  for (const movement of movements) await terminal.line(JSON.stringify(movement));
  const { track } = analysis.clean;
  if (options.integrity)
    await terminal.line(JSON.stringify(integrityJson(track.address, analysis.integrity)));
  if (!options.gaps) return;
  for (const gap of analysis.gaps) await terminal.line(JSON.stringify(gapJson(gap, track)));
}

async function writeText(
  { analysis, movements, track }: Found & { readonly track: Track },
  options: MovementsOptions,
  terminal: Terminal,
): Promise<void> {
  const { clean, contacts, gaps } = analysis;
  const identity = identityOf(track);
  const heading = aircraftWords({
    hex: track.address,
    registration: identity.registration ?? null,
    type: identity.typeDesignator ?? null,
    simulated: track.sources.some(({ simulated }) => simulated),
  });
  await terminal.line(
    `${heading}: ${counted(clean.track.length, "position", "positions")} in ${counted(contacts.length, "contact", "contacts")}`,
  );
  for (const doubt of analysis.integrity.doubts) await terminal.line(`  in doubt: ${doubt}`);
  if (movements.length === 0) await terminal.line("  nothing can be said of a landing or take-off");
  else {
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
  if (options.gaps) {
    for (const gap of gaps) {
      const json = gapJson(gap, clean.track);
      await terminal.line(
        `  not heard ${json.from} to ${json.to}, ${formatDuration(json.durationS * SECOND_MS)}, ${json.distanceKm} km apart`,
      );
    }
  }
  await terminal.line();
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}

async function writeCollected(
  movements: readonly MovementJson[],
  options: MovementsOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.csv) await terminal.write(movementsCsv(movements));
  if (options.geojson) await terminal.write(movementsGeoJson(movements));
  if (options.kml) await terminal.write(movementsKml(movements, "Movements"));
}
