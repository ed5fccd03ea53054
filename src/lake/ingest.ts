import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "../aircraft/address.js";
import { isAlive, takeLock } from "../io/lock.js";
import { utcDay } from "../units/time.js";
import { readAreaCopies, removeAreaOrphans } from "./area-copies.js";
import {
  makeFolder,
  removeLeftovers,
  removeOrphans,
  type StepListener,
  TMP_FOLDER,
} from "./disk.js";
import { type Engine, type EngineOptions, openWriter, sqlFiles } from "./duckdb.js";
import {
  checkStaged,
  isKnown,
  knownInputs,
  readEventsInputs,
  type StagedState,
  stagedState,
  withInferring,
  withoutFilled,
  withoutStaged,
} from "./events-part.js";
import type { MovementStore } from "./held-movements.js";
import { batchPlan } from "./ingest-batch.js";
import { commit, reporting, type Writer, writeDataFile } from "./lake-writer.js";
import {
  type DataFile,
  filesOf,
  LOCK_FILE,
  type Manifest,
  readManifest,
  withAddresses,
} from "./manifest.js";
import type { MovementRow } from "./movement-row.js";
import { POINTS_SELECT } from "./point-feed.js";
import type { IngestBatch } from "./records.js";
import { hasEvents, replaceMovements } from "./replace-movements.js";

export interface IngestOptions extends EngineOptions {
  /** Keeps no positions of the inputs it adds, only what was inferred and measured from them; see events-part.ts. */
  readonly eventsOnly?: boolean | undefined;
  readonly onStep?: StepListener | undefined;
}

/**
 * The one writer of a lake. Each call is one change: it is on disk as a whole when the call returns, or, whatever
 * happens meanwhile, not at all. Calls run one after the other.
 */
export interface IngestSession {
  /** True when an input with these bytes is in the lake with its positions, or without them if none are to be kept. */
  hasInput(sha256: string): boolean;
  /** For files that nobody needs when the session is closed; it goes with it. */
  readonly tmpFolder: string;
  /** Hashes of the inputs that `hasInput` knows, in no order. */
  inputHashes(): ReadonlySet<string>;
  /**
   * Addresses whose points changed and whose movements were not replaced since, sorted. Not empty at the start when
   * the last run was killed: replace those first, and the lake ends with the bytes of an undisturbed run.
   */
  awaitingMovements(): readonly Address[];
  /**
   * Adds inputs with their points. Inputs the lake has are passed over with all their points; of two inputs with
   * the same bytes in one batch the first counts.
   *
   * @throws WheelsdownError "input-invalid" when simulated and observed inputs would mix, "io-failed" when writing
   *   failed; the lake is as before
   */
  addBatch(batch: IngestBatch): Promise<void>;
  /**
   * Drops all movements of these addresses and puts `rows` in their place. Of a store only the rows of these addresses are
   * taken, and no more than some of them are in memory at a time.
   *
   * @throws RangeError when a row is of another address
   */
  replaceMovements(
    addresses: readonly Address[],
    rows: readonly MovementRow[] | MovementStore,
  ): Promise<void>;
  /** Whether the movements that are replaced at once all have to be held in memory: part of the lake has no positions. */
  holdsReplaced(): boolean;
  /**
   * "reading": positions that will not be kept are there, of a run that was killed or is this one; "inferring": and their
   * movements are being replaced.
   */
  staged(): StagedState;
  /** Says that no input joins the positions that will not be kept: their movements are replaced from now on. */
  beginInferring(): Promise<void>;
  /**
   * Lets the positions go that are not kept.
   *
   * @param coverageText what was measured from them, see `stagedCoverage`
   * @throws RangeError when movements are still awaited
   */
  endStaged(coverageText: string): Promise<void>;
  /** Gives memory that was freed back to the system, see `Engine.trim`. */
  trim(): Promise<void>;
  /** Removes what is no longer needed and gives the lock back. */
  close(): Promise<void>;
}

/** @throws WheelsdownError "lake-busy" when another ingest runs */
export async function beginIngest(root: string, options: IngestOptions): Promise<IngestSession> {
  const release = await reporting(root, () =>
    takeLock(join(root, LOCK_FILE), { what: `the lake ${root}`, busyCode: "lake-busy" }),
  );
  try {
    const writer = await openLakeWriter(root, options);
    return sessionOf(writer, release);
  } catch (error) {
    await release();
    throw error;
  }
}

function sessionOf(writer: Writer, release: () => Promise<void>): IngestSession {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    const turn = last.then(() => reporting(writer.root, change));
    last = turn.catch(() => {});
    return turn;
  };
  let closed = false;
  let isEnded = false;
  return {
    tmpFolder: writer.tmpFolder,
    hasInput: (sha256) => isKnown(writer, sha256),
    inputHashes: () => knownInputs(writer),
    awaitingMovements: () => writer.manifest.awaitingMovements,
    addBatch: (batch) => inTurn(() => addBatch(writer, batch)),
    replaceMovements: (addresses, rows) => inTurn(() => replaceMovements(writer, addresses, rows)),
    holdsReplaced: () => hasEvents(writer),
    staged: () => stagedState(writer.manifest),
    beginInferring: () => inTurn(() => commit(writer, withInferring(writer.manifest))),
    endStaged: (coverageText) =>
      inTurn(async () => await commit(writer, await withoutStaged(writer, coverageText))),
    trim: () => (isEnded ? Promise.resolve() : inTurn(() => writer.engine.trim())),
    async close() {
      if (closed) return;
      closed = true;
      // Who waited for the last turn may ask for one more as soon as it is over.
      let turn: Promise<unknown>;
      do {
        turn = last;
        await turn;
      } while (turn !== last);
      isEnded = true;
      writer.engine.close();
      try {
        await reporting(writer.root, async () => {
          await rm(writer.tmpFolder, { recursive: true, force: true });
          await tidy(writer);
        });
      } finally {
        await release();
      }
    },
  };
}

async function openLakeWriter(root: string, options: IngestOptions): Promise<Writer> {
  const tmpFolder = join(root, TMP_FOLDER, `write-${process.pid}`);
  const onStep = options.onStep ?? (() => {});
  const manifest = await readManifest(root);
  await reporting(root, async () => {
    await rm(tmpFolder, { recursive: true, force: true });
    await tidy({ root, onStep, manifest });
    await makeFolder(root, `${TMP_FOLDER}/write-${process.pid}`);
  });
  const engine = await openWriter({ tmpFolder: join(tmpFolder, "duckdb") }, options);
  try {
    const eventsOnly = options.eventsOnly ?? false;
    const writer = { root, tmpFolder, engine, onStep, manifest, fileNumber: 0, eventsOnly };
    const inputs = await readInputHashes(root, engine, manifest);
    const events = await reporting(root, () => readEventsInputs(root, engine, manifest));
    return { ...writer, inputs, eventsInputs: events };
  } catch (error) {
    engine.close();
    throw error;
  }
}

async function tidy(lake: Pick<Writer, "root" | "onStep" | "manifest">): Promise<void> {
  await removeOrphans(lake.root, new Set(lake.manifest.files.map(({ path }) => path)), lake.onStep);
  const { copies, isBroken } = await readAreaCopies(lake.root);
  if (!isBroken) await removeAreaOrphans(lake.root, copies, lake.onStep);
  await removeLeftovers(lake.root, isAlive);
}

async function readInputHashes(
  root: string,
  engine: Engine,
  manifest: Manifest,
): Promise<Set<string>> {
  const files = filesOf(manifest, "inputs").map(({ path }) => join(root, path));
  if (files.length === 0) return new Set();
  const rows = await reporting(root, () => engine.rows(`SELECT sha256 FROM ${sqlFiles(files)}`));
  return new Set(rows.map(([sha256]) => String(sha256)));
}

async function addBatch(writer: Writer, batch: IngestBatch): Promise<void> {
  const plan = batchPlan(batch, knownInputs(writer), writer.manifest.simulated);
  if (!plan) return;
  checkStaged(writer);
  const part = writer.eventsOnly ? "staged/" : "";
  const files: DataFile[] = [];
  for (const { dayMs, feed, range } of plan.days) {
    const folder = `${part}points/day=${utcDay(dayMs)}`;
    files.push(...(await writeDataFile(writer, { folder, select: POINTS_SELECT, feed, range })));
  }
  for (const { folder: name, feed, range } of plan.tables) {
    const [folder, select] = [`${part}${name}`, "SELECT * FROM new_rows()"];
    files.push(...(await writeDataFile(writer, { folder, select, feed, range })));
  }
  const filled = batch.inputs.filter(
    ({ sha256 }) => !writer.eventsOnly && writer.eventsInputs.has(sha256),
  );
  const before = filled.length > 0 ? await withoutFilled(writer, filled) : writer.manifest.files;
  await commit(writer, {
    ...writer.manifest,
    simulated: plan.simulated,
    awaitingMovements: withAddresses(writer.manifest.awaitingMovements, plan.addresses),
    files: [...before, ...files],
  });
  for (const { sha256 } of filled) writer.eventsInputs.delete(sha256);
  for (const sha256 of plan.inputHashes)
    (writer.eventsOnly ? writer.eventsInputs : writer.inputs).add(sha256);
}
