import { join } from "node:path";
import type { Address } from "../aircraft/address.js";
import type { ReadInput } from "../io/read-input.js";
import { releaseMemory } from "../io/release-memory.js";
import { HeldMovements, packMovements } from "../lake/held-movements.js";
import type { IngestSession } from "../lake/ingest.js";
import type { Lake } from "../lake/lake.js";
import type { IngestBatch, InputRecord } from "../lake/records.js";
import type { SharedAirports } from "../reference/airport-cache.js";
import type { Track } from "../track/track.js";
import type { IngestRead } from "./read-files.js";
import { analystOf, rowsOfTrack } from "./read-job.js";
import type { Terminal } from "./terminal.js";

/** Points gathered before they are written: about 200 MB of memory. chosen: docs/lake.md */
const BATCH_POINTS = 1_000_000;
const BATCH_INPUTS = 5_000;
/**
 * Aircraft of which a killed run may have to infer movements once more. Each change of the lake writes the whole month again,
 * so it waits for many. chosen: docs/performance.md, section 6
 */
const REPLACE_AIRCRAFT = 8_000;

/** What an ingest came to. */
export interface IngestSummary {
  readonly addedCount: number;
  readonly pointCount: number;
  readonly aircraftCount: number;
}

interface IngestTools {
  readonly session: IngestSession;
  readonly lake: Lake;
  readonly terminal: Terminal;
  readonly licence: string;
  readonly airports: SharedAirports;
}

/** Gathers what was read into batches, writes them, and finds the movements of what changed. */
export class IngestRun {
  readonly #tools: IngestTools;
  #inputs: InputRecord[] = [];
  #tracks: Track[] = [];
  #heldPoints = 0;
  readonly #aircraft = new Set<Address>();
  /** Packed movements of aircraft whose points all came with one track, and that the lake had none of. */
  readonly #movements: HeldMovements;
  readonly #counts = { added: 0, points: 0 };
  /** The batch before, on its way to the disk while the next is gathered. */
  #writing: Promise<void> = Promise.resolve();

  constructor(tools: IngestTools) {
    this.#tools = tools;
    this.#movements = new HeldMovements(join(tools.session.tmpFolder, "movements"));
  }

  /** Lets go of what is held; before the session is closed. */
  close(): void {
    this.#movements.close();
  }

  get summary(): IngestSummary {
    const { added, points } = this.#counts;
    return { addedCount: added, pointCount: points, aircraftCount: this.#aircraft.size };
  }

  async add({ tracks, inputs, movements }: IngestRead): Promise<void> {
    for (const input of inputs) this.#inputs.push(recordOf(input, this.#tools.licence));
    for (const [index, track] of tracks.entries()) {
      this.#tracks.push(track);
      this.#heldPoints += track.length;
      this.#hold(track, movements[index]);
    }
    if (this.#heldPoints >= BATCH_POINTS || this.#inputs.length >= BATCH_INPUTS)
      await this.#beginFlush();
  }

  /** Movements are those of the whole track: an aircraft that comes again has to be looked at in the lake. */
  #hold({ address }: Track, packed: Uint8Array | undefined): void {
    const isAgain = this.#aircraft.has(address);
    this.#aircraft.add(address);
    if (isAgain) this.#movements.drop(address);
    else if (packed) this.#movements.add(address, packed);
  }

  /** Writes what is held, and ends when it is on disk. */
  async flush(): Promise<void> {
    await this.#beginFlush();
    await this.#writing;
  }

  /** Begins to write what is held; one batch at a time, so that no more than two are in memory. */
  async #beginFlush(): Promise<void> {
    await this.#writing;
    if (this.#inputs.length === 0) return;
    this.#writing = this.#write({ inputs: this.#inputs, tracks: this.#tracks });
    // Thrown where it is awaited; until then it must not end the process.
    this.#writing.catch(() => undefined);
    this.#inputs = [];
    this.#tracks = [];
    this.#heldPoints = 0;
  }

  async #write(batch: IngestBatch): Promise<void> {
    await this.#tools.session.addBatch(batch);
    this.#counts.added += batch.inputs.length;
    for (const track of batch.tracks) this.#counts.points += track.length;
    // On disk: nobody looks at these points again.
    releaseMemory(new Set(batch.tracks.map((track) => track.timeMs.buffer)));
    await this.#tools.session.trim();
  }

  /** Infers anew what changed: an aircraft's whole track is read, because a gap may span any number of days. */
  async inferMovements(): Promise<void> {
    const { session, terminal } = this.#tools;
    await session.beginInferring();
    const awaiting = session.awaitingMovements();
    const progress = terminal.progress("finding movements", awaiting.length);
    let portion: Address[] = [];
    let unknown: Address[] = [];
    for (const [index, address] of awaiting.entries()) {
      portion.push(address);
      if (!this.#movements.placeOf(address)) unknown.push(address);
      const isFull = (session.holdsReplaced() ? portion : unknown).length === REPLACE_AIRCRAFT;
      if (!isFull && index + 1 < awaiting.length) continue;
      await this.#infer(unknown);
      terminal.checkInterrupt();
      for (const _ of portion) progress.step();
      await session.replaceMovements(portion, this.#movements);
      for (const done of portion) this.#movements.drop(done);
      portion = [];
      unknown = [];
    }
    progress.stop();
  }

  async #infer(addresses: readonly Address[]): Promise<void> {
    const { terminal, lake, airports } = this.#tools;
    for await (const track of lake.tracks(addresses)) {
      terminal.checkInterrupt();
      const rows = rowsOfTrack(track, analystOf(airports));
      this.#movements.add(track.address, packMovements(rows));
    }
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
