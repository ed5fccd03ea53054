import type { Command } from "commander";
import type { Address } from "../../aircraft/address.js";
import type { ReadInput } from "../../io/read-input.js";
import type { IngestSession } from "../../lake/ingest.js";
import { type Lake, openLake } from "../../lake/lake.js";
import { rowFromMovement } from "../../lake/movement-row.js";
import type { InputRecord } from "../../lake/records.js";
import { Analyst } from "../../movement/analyse.js";
import { traitsOf } from "../../movement/traits.js";
import type { AirportTable } from "../../place/airport.js";
import { loadReference } from "../../reference/reference.js";
import type { Track } from "../../track/track.js";
import { identityOf } from "../known-identity.js";
import { addExamples, addLake } from "../options.js";
import { FileReading } from "../read-files.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";
import { counted } from "../terminal-text.js";

/** Points gathered before they are written: about 200 MB of memory. chosen: docs/lake.md */
const BATCH_POINTS = 1_000_000;
const BATCH_INPUTS = 5_000;
/** Aircraft whose movements are replaced in one change of the lake. */
const REPLACE_AIRCRAFT = 1_000;

export interface IngestOptions {
  readonly lake: string;
  readonly licence?: string;
}

export interface IngestSummary {
  readonly addedCount: number;
  readonly pointCount: number;
  readonly passedOverCount: number;
  readonly aircraftCount: number;
}

export function addIngestCommand(program: Command): void {
  const command = program
    .command("ingest")
    .summary("read files into a lake, once")
    .description(
      "Reads trace files into a lake and finds their movements. An input that is already there is passed over, so " +
        "the same folder can be given again; a run that was killed goes on where it stopped.",
    )
    .argument("<path...>", "files, folders or tar archives; - for standard input")
    .option("--licence <text>", "licence of these inputs, kept in the ledger");
  addLake(command);
  addExamples(command, [
    "ingest downloads/",
    'ingest --lake caribbean --licence "ODbL 1.0, adsb.lol" 2025-10-01/',
  ]);
  command.action((paths: string[], options: IngestOptions) =>
    runCommand(command, async (terminal) => {
      await ingestPaths(paths, options, terminal);
    }),
  );
}

/** Reads paths into a lake, made when it is not there. */
export async function ingestPaths(
  paths: readonly string[],
  options: IngestOptions,
  terminal: Terminal,
): Promise<IngestSummary> {
  const reading = new FileReading(terminal);
  const groups = await reading.groups(paths, { whole: false });
  const { airports } = await loadReference({ onProgress: (message) => terminal.note(message) });
  const lake = await openLake(options.lake, { create: true });
  const session = await lake.beginIngest();
  const ingest = new Ingest({ session, lake, terminal, airports, licence: options.licence ?? "" });
  try {
    const progress = terminal.progress("reading", groups.length);
    for (const group of groups) {
      for await (const read of reading.read(group, (sha256) => ingest.passOver(sha256))) {
        for (const input of read.inputs) reading.tellIssues(input);
        await ingest.add(read);
      }
      progress.step();
    }
    progress.stop();
    await ingest.flush();
    // Also what a killed run owes: at the end, as an undisturbed run does, to the same bytes.
    await ingest.inferMovements();
  } finally {
    await session.close();
    await lake.close();
  }
  reading.finish();
  tellSummary(ingest.summary, options.lake, terminal);
  if (reading.failedCount > 0) process.exitCode = 65;
  return ingest.summary;
}

function tellSummary(summary: IngestSummary, lake: string, terminal: Terminal): void {
  const { addedCount, pointCount, passedOverCount, aircraftCount } = summary;
  const already =
    passedOverCount > 0 ? `; ${counted(passedOverCount, "was", "were")} there already` : "";
  terminal.note(
    `${lake}: ${counted(addedCount, "input", "inputs")} added, ${pointCount} positions of ${aircraftCount} aircraft${already}`,
  );
}

interface IngestTools {
  readonly session: IngestSession;
  readonly lake: Lake;
  readonly terminal: Terminal;
  readonly airports: AirportTable;
  readonly licence: string;
}

class Ingest {
  readonly #tools: IngestTools;
  readonly #analyst: Analyst;
  #inputs: InputRecord[] = [];
  #tracks: Track[] = [];
  #heldPoints = 0;
  readonly #aircraft = new Set<Address>();
  readonly #counts = { added: 0, points: 0, passedOver: 0 };

  constructor(tools: IngestTools) {
    this.#tools = tools;
    this.#analyst = new Analyst(tools.airports);
  }

  get summary(): IngestSummary {
    const { added, points, passedOver } = this.#counts;
    return {
      addedCount: added,
      pointCount: points,
      passedOverCount: passedOver,
      aircraftCount: this.#aircraft.size,
    };
  }

  passOver(sha256: string): boolean {
    const known = this.#tools.session.hasInput(sha256);
    if (known) this.#counts.passedOver++;
    return known;
  }

  async add({
    tracks,
    inputs,
  }: {
    readonly tracks: readonly Track[];
    readonly inputs: readonly ReadInput[];
  }): Promise<void> {
    for (const input of inputs) {
      this.#inputs.push(recordOf(input, this.#tools.licence));
    }
    for (const track of tracks) {
      this.#tracks.push(track);
      this.#heldPoints += track.length;
      this.#aircraft.add(track.address);
    }
    if (this.#heldPoints >= BATCH_POINTS || this.#inputs.length >= BATCH_INPUTS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#inputs.length === 0) return;
    await this.#tools.session.addBatch({ inputs: this.#inputs, tracks: this.#tracks });
    this.#counts.added += this.#inputs.length;
    this.#counts.points += this.#heldPoints;
    this.#inputs = [];
    this.#tracks = [];
    this.#heldPoints = 0;
  }

  /** Infers anew what changed: an aircraft's whole track is read, because a gap may span any number of days. */
  async inferMovements(): Promise<void> {
    const { session, terminal, lake } = this.#tools;
    const awaiting = session.awaitingMovements();
    const progress = terminal.progress("finding movements", awaiting.length);
    for (let at = 0; at < awaiting.length; at += REPLACE_AIRCRAFT) {
      const addresses = awaiting.slice(at, at + REPLACE_AIRCRAFT);
      const rows = [];
      for (const address of addresses) {
        terminal.checkInterrupt();
        const track = await lake.track(address);
        if (track) {
          const identity = identityOf(track);
          const { movements } = this.#analyst.analyse(track, traitsOf(track));
          rows.push(...movements.map((movement) => rowFromMovement(movement, identity)));
        }
        progress.step();
      }
      await session.replaceMovements(addresses, rows);
    }
    progress.stop();
  }
}

function recordOf(input: ReadInput, licence: string): InputRecord {
  const { counts, first } = input.issues;
  return {
    sha256: input.sha256,
    file: input.file,
    format: input.format,
    byteCount: input.byteCount,
    rowCount: input.rowCount,
    keptCount: input.keptCount,
    issues: Object.keys(counts)
      .sort()
      .map((kind) => ({
        kind,
        count: counts[kind] ?? 0,
        examples: first
          .filter((issue) => issue.kind === kind)
          .map(({ row, detail }) => ({ row, detail })),
      })),
    firstMs: input.firstMs,
    lastMs: input.lastMs,
    complete: input.complete,
    licence,
    simulated: input.simulated,
  };
}
