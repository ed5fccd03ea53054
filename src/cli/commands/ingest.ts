import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { readerWithId } from "../../formats/detect.js";
import type { ReadingTerms } from "../../formats/terms.js";
import { type Lake, openLake } from "../../lake/lake.js";
import { hexFromAddress } from "../../lake/records.js";
import { openPool, type Pool } from "../../pool/pool.js";
import { loadSharedAirports } from "../../reference/reference.js";
import { counted } from "../../units/counted.js";
import { askedTerms } from "../asked-terms.js";
import type { FileGroup } from "../file-groups.js";
import { endEarlierRun, endEventsOnly } from "../ingest-events.js";
import { IngestRun, type IngestSummary } from "../ingest-run.js";
import { hashesOf, numbersOf } from "../known-sets.js";
import { warnOfOtherLicence } from "../licence-kept.js";
import {
  addExamples,
  addLake,
  addReadingTerms,
  addSaveMap,
  type SaveMapOptions,
  type TermOptions,
} from "../options.js";
import { FileReading } from "../read-files.js";
import type { GroupResult, ReadSetup, ReadTask } from "../read-job.js";
import { READ_JOB_URL } from "../read-job-url.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";

/** More threads than this bring nothing: one thread writes the lake. chosen: docs/performance.md */
const THREADS_MAX = 16;
/** Inputs that are read before a second thread is worth its start. chosen: a thread takes half a second to be of use */
const INPUTS_PER_THREAD = 100;
/** Tasks each thread may be ahead of the writer, so that it has work while a batch is written. */
const AHEAD_PER_THREAD = 4;

export interface IngestOptions extends TermOptions, SaveMapOptions {
  readonly lake: string;
  readonly licence?: string;
  /** Keeps movements, coverage and the ledger, and no positions. */
  readonly eventsOnly?: boolean;
  /** Threads that read and infer; 1 works in the main one. Left out: one for each core, fewer for few inputs. */
  readonly threads?: number;
}

export function addIngestCommand(program: Command): void {
  const command = program
    .command("ingest")
    .description(
      "Reads trace files into a lake and finds their movements. An input that is already there is passed over, so " +
        "the same folder can be given again; a run that was killed goes on where it stopped.",
    )
    .argument("<path...>", "files, folders, tar or ZIP archives; - for standard input")
    .option("--licence <text>", "licence of these inputs, kept in the ledger")
    .option(
      "--events-only",
      "keep what was inferred and measured, not the positions: a small lake without tracks and areas",
    )
    .option(
      "--threads <count>",
      `threads that read and infer, 1 to ${THREADS_MAX}; the lake is the same for any number (default: as many as cores)`,
      parseThreads,
    );
  addReadingTerms(command);
  addSaveMap(command);
  addLake(command);
  addExamples(command, [
    "ingest downloads/",
    "ingest --events-only --lake month downloads/",
    'ingest --lake caribbean --licence "ODbL 1.0, adsb.lol" 2025-10-01/',
  ]);
  command.action((paths: string[], options: IngestOptions) =>
    runCommand(command, async (terminal) => {
      await ingestPaths(paths, options, terminal);
    }),
  );
}

/** @throws InvalidArgumentError for anything but a whole number from 1 to THREADS_MAX */
function parseThreads(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= THREADS_MAX) return count;
  throw new InvalidArgumentError(`write a whole number from 1 to ${THREADS_MAX}`);
}

/** Threads that are worth their start, when the user does not say how many. */
function usefulThreads(groups: readonly FileGroup[]): number {
  const isEndless = groups.some(({ archives }) => archives.length > 0);
  const inputCount = groups.reduce((sum, { items }) => sum + items.length, 0);
  const wanted = isEndless ? THREADS_MAX : Math.ceil(inputCount / INPUTS_PER_THREAD);
  return Math.max(1, Math.min(wanted, availableParallelism(), THREADS_MAX));
}

/** Reads paths into a lake, made when it is not there. */
export async function ingestPaths(
  paths: readonly string[],
  options: IngestOptions,
  terminal: Terminal,
): Promise<IngestSummary> {
  const terms = await askedTerms(paths, options, terminal);
  const reading = new FileReading(terminal, terms);
  const groups = await reading.groups(paths, { whole: false });
  const airports = await loadSharedAirports({ onProgress: (message) => terminal.note(message) });
  const lake = await openLake(options.lake, { create: true });
  const eventsOnly = options.eventsOnly ?? false;
  const session = await lake.beginIngest({ eventsOnly });
  let pool: Pool<ReadTask, readonly GroupResult[]> | undefined;
  const { licence } = options;
  const ingest = new IngestRun({ session, lake, terminal, airports, licence: licence ?? "" });
  try {
    await endEarlierRun(ingest, { session, lake, terminal, eventsOnly });
    const threads = options.threads ?? usefulThreads(groups);
    pool = await openReadingPool(
      threads,
      await setupOf(lake, session.inputHashes(), { airports, terms }),
    );
    const progress = terminal.progress("reading", groups.length);
    const known = {
      isKnown: (sha256: string) => session.hasInput(sha256),
      onGroup: () => progress.step(),
    };
    for await (const read of reading.readIn(pool, groups, known)) {
      for (const input of read.inputs) reading.tellIssues(input);
      await ingest.add(read);
    }
    progress.stop();
    await ingest.flush();
    await pool.close();
    // Also what a killed run owes: at the end, as an undisturbed run does, to the same bytes.
    await ingest.inferMovements();
    await endEventsOnly({ session, lake, terminal });
    const { passedOver } = reading;
    if (licence !== undefined) await warnOfOtherLicence(lake, { licence, passedOver }, terminal);
  } finally {
    await pool?.close();
    ingest.close();
    await session.close();
    await lake.close();
  }
  reading.finish();
  tellSummary(ingest.summary, reading.passedOverCount, { ...options, terminal });
  if (reading.isFaulty) process.exitCode = 65;
  return ingest.summary;
}

function openReadingPool(
  threads: number,
  setup: ReadSetup,
): Promise<Pool<ReadTask, readonly GroupResult[]>> {
  return openPool({
    ...{ moduleUrl: READ_JOB_URL, jobName: "readGroups", setup, threads },
    aheadPerThread: AHEAD_PER_THREAD,
  });
}

async function setupOf(
  lake: Lake,
  inputHashes: ReadonlySet<string>,
  { airports, terms }: Pick<ReadSetup, "airports" | "terms">,
): Promise<ReadSetup> {
  const addresses = await lake.addresses();
  const hexes = numbersOf(addresses.map(hexFromAddress));
  return {
    inputHashes: hashesOf(inputHashes),
    hexes,
    airports,
    terms,
    readAs: await readAsOf(lake, terms),
  };
}

function hasTerms(format: string): boolean {
  return readerWithId(format.split(" ")[0]!)?.terms !== undefined;
}

/** How the lake's inputs were read, if something is said of inputs now: without that none is read otherwise. */
async function readAsOf(lake: Lake, terms: ReadingTerms): Promise<ReadonlyMap<string, string>> {
  if (Object.keys(terms).length === 0) return new Map();
  // A mapping may read what a reader without terms has read.
  const inputs = (await lake.inputs()).filter(
    ({ format }) => terms.map !== undefined || hasTerms(format),
  );
  return new Map(inputs.map(({ sha256, format }) => [sha256, format]));
}

function tellSummary(
  { addedCount, pointCount, aircraftCount }: IngestSummary,
  passedOverCount: number,
  { lake, eventsOnly, terminal }: IngestOptions & { readonly terminal: Terminal },
): void {
  const already =
    passedOverCount > 0 ? `; ${counted(passedOverCount, "was", "were")} there already` : "";
  const positions = counted(pointCount, "position", "positions");
  const read = eventsOnly ? `${positions} read and not kept` : positions;
  terminal.note(
    `${lake}: ${counted(addedCount, "input", "inputs")} added, ${read} of ${aircraftCount} aircraft${already}`,
  );
}
