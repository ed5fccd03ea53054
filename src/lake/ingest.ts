import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Address } from "../aircraft/address.js";
import { isAlive, takeLock } from "../io/lock.js";
import { WheelsdownError } from "../units/errors.js";
import { utcDay } from "../units/time.js";
import { readAreaCopies, removeAreaOrphans } from "./area-copies.js";
import {
  hashFile,
  makeFolder,
  removeLeftovers,
  removeOrphans,
  type StepListener,
  syncToDisk,
  TMP_FOLDER,
} from "./disk.js";
import { type Engine, type EngineOptions, openWriter, type RowFeed, sqlFiles } from "./duckdb.js";
import {
  checkStaged,
  dealMovements,
  isKnown,
  knownInputs,
  readEventsInputs,
  type StagedState,
  stagedState,
  withInferring,
  withoutFilled,
  withoutStaged,
} from "./events-part.js";
import { batchPlan } from "./ingest-batch.js";
import {
  type DataFile,
  filesOf,
  LOCK_FILE,
  type Manifest,
  readManifest,
  sameState,
  writeManifest,
} from "./manifest.js";
import { MOVEMENT_ORDER } from "./movement-query.js";
import type { MovementRow } from "./movement-row.js";
import { POINTS_SELECT } from "./point-feed.js";
import { cellsOfMovement, feedOfRows } from "./record-tables.js";
import { FIRST_MS, hexFromAddress, type IngestBatch, LAST_MS } from "./records.js";
import { MOVEMENTS, storedColumns } from "./schema.js";

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
   * Drops all movements of these addresses and puts `rows` in their place.
   *
   * @throws RangeError when a row is of another address
   */
  replaceMovements(addresses: readonly Address[], rows: readonly MovementRow[]): Promise<void>;
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
  /** Removes what is no longer needed and gives the lock back. */
  close(): Promise<void>;
}

/** What a session works on; `manifest` is what is on disk. */
interface Writer {
  readonly root: string;
  readonly tmpFolder: string;
  readonly engine: Engine;
  readonly onStep: StepListener;
  readonly eventsOnly: boolean;
  readonly inputs: Set<string>;
  /** Inputs whose positions are not kept, or will not be. */
  readonly eventsInputs: Set<string>;
  manifest: Manifest;
  fileNumber: number;
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
  return {
    tmpFolder: writer.tmpFolder,
    hasInput: (sha256) => isKnown(writer, sha256),
    inputHashes: () => knownInputs(writer),
    awaitingMovements: () => writer.manifest.awaitingMovements,
    addBatch: (batch) => inTurn(() => addBatch(writer, batch)),
    replaceMovements: (addresses, rows) => inTurn(() => replaceMovements(writer, addresses, rows)),
    staged: () => stagedState(writer.manifest),
    beginInferring: () => inTurn(() => commit(writer, withInferring(writer.manifest))),
    endStaged: (coverageText) =>
      inTurn(async () => await commit(writer, await withoutStaged(writer, coverageText))),
    async close() {
      if (closed) return;
      closed = true;
      await last;
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
  const awaiting = new Set([...writer.manifest.awaitingMovements, ...plan.addresses]);
  await commit(writer, {
    ...writer.manifest,
    simulated: plan.simulated,
    awaitingMovements: [...awaiting].sort(),
    files: [...before, ...files],
  });
  for (const { sha256 } of filled) writer.eventsInputs.delete(sha256);
  for (const sha256 of plan.inputHashes)
    (writer.eventsOnly ? writer.eventsInputs : writer.inputs).add(sha256);
}

async function replaceMovements(
  writer: Writer,
  addresses: readonly Address[],
  rows: readonly MovementRow[],
): Promise<void> {
  const replaced = new Set(addresses);
  checkMovements(writer.manifest, replaced, rows);
  await writer.engine.keepHexes(addresses.map(hexFromAddress));
  const oldFiles = filesOf(writer.manifest, "movements", ["kept", "events"]);
  const months = new Map<string, MovementRow[]>();
  for (const path of await filesWithHexes(writer, oldFiles)) months.set(dirname(path), []);
  const notKept = writer.eventsInputs;
  const hasEvents = notKept.size > 0 || oldFiles.some(({ path }) => path.startsWith("events/"));
  const dealt = hasEvents
    ? await dealMovements(writer, addresses, { rows, notKept })
    : { kept: rows, events: [] };
  for (const [part, partRows] of Object.entries({ "": dealt.kept, "events/": dealt.events })) {
    for (const row of partRows) {
      const folder = `${part}movements/month=${utcDay(Math.round(row.timeMs)).slice(0, 7)}`;
      const month = months.get(folder);
      if (month) month.push(row);
      else months.set(folder, [row]);
    }
  }
  const written: DataFile[] = [];
  for (const [folder, monthRows] of [...months].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const old = oldFiles.filter(({ path }) => dirname(path) === folder);
    written.push(...(await writeMonth(writer, folder, { old, rows: monthRows })));
  }
  const kept = writer.manifest.files.filter(
    (file) => !(isMovements(file) && months.has(dirname(file.path))),
  );
  // Movements by month, so that the list does not depend on the order in which they were inferred.
  const movements = [...kept.filter(isMovements), ...written].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  await commit(writer, {
    ...writer.manifest,
    awaitingMovements: writer.manifest.awaitingMovements.filter((entry) => !replaced.has(entry)),
    files: [...kept.filter((file) => !isMovements(file)), ...movements],
  });
}

function isMovements({ path }: DataFile): boolean {
  return /^(?:events\/)?movements\//.test(path);
}

function checkMovements(
  manifest: Manifest,
  replaced: ReadonlySet<Address>,
  rows: readonly MovementRow[],
): void {
  for (const row of rows) {
    if (!replaced.has(row.address))
      throw new RangeError(`a movement of ${row.address}, which is not being replaced`);
    if (!(row.timeMs >= FIRST_MS && row.timeMs <= LAST_MS))
      throw new RangeError(`a movement of ${row.address} has no time`);
    if (row.simulated !== manifest.simulated)
      throw new WheelsdownError(
        "input-invalid",
        `a movement of ${row.address} rests on ${row.exhibits[0].file} and is ` +
          `${row.simulated ? "simulated" : "observed"}, the lake is not; use a lake of its own`,
      );
  }
}

async function filesWithHexes(writer: Writer, files: readonly DataFile[]): Promise<string[]> {
  const found: string[] = [];
  for (const { path } of files) {
    const [row] = await writer.engine.written(
      `SELECT count(*)::DOUBLE FROM ${sqlFiles([join(writer.root, path)])} WHERE hex IN (SELECT hex FROM hexes)`,
    );
    if (Number(row?.[0]) > 0) found.push(path);
  }
  return found;
}

async function writeMonth(
  writer: Writer,
  folder: string,
  month: { readonly old: readonly DataFile[]; readonly rows: readonly MovementRow[] },
): Promise<DataFile[]> {
  const oldPaths = month.old.map(({ path }) => join(writer.root, path));
  const names = storedColumns(MOVEMENTS);
  const kept =
    oldPaths.length === 0
      ? ""
      : `UNION ALL SELECT ${names} FROM ${sqlFiles(oldPaths)} WHERE hex NOT IN (SELECT hex FROM hexes)`;
  const select = `SELECT ${names} FROM new_rows() ${kept} ORDER BY ${MOVEMENT_ORDER}`;
  const feed = feedOfRows(MOVEMENTS, month.rows.map(cellsOfMovement));
  return await writeDataFile(writer, { folder, select, feed, range: "from-file" });
}

interface DataFilePlan {
  readonly folder: string;
  readonly select: string;
  readonly feed: RowFeed;
  /** Times its rows speak of; "from-file" asks the written file, for movements. */
  readonly range: { readonly fromMs: number; readonly toMs: number } | "none" | "from-file";
}

/** Writes one data file under its final name; no rows give no file. */
async function writeDataFile(writer: Writer, plan: DataFilePlan): Promise<DataFile[]> {
  const { root, engine, onStep } = writer;
  const tmpPath = join(writer.tmpFolder, `${writer.fileNumber++}.parquet`);
  onStep(`write ${plan.folder}`);
  const rowCount = await engine.copy(plan.select, tmpPath, plan.feed);
  if (rowCount === 0) {
    await rm(tmpPath, { force: true });
    return [];
  }
  await syncToDisk(tmpPath);
  const { sha256, byteCount } = await hashFile(tmpPath);
  const times = plan.range === "from-file" ? await movementTimes(engine, tmpPath) : plan.range;
  const path = `${plan.folder}/${sha256.slice(0, 32)}.parquet`;
  onStep(`place ${path}`);
  await makeFolder(root, plan.folder);
  await rename(tmpPath, join(root, path));
  const { fromMs, toMs } = times === "none" ? { fromMs: null, toMs: null } : times;
  return [{ path, sha256, byteCount, rowCount, fromMs, toMs }];
}

async function movementTimes(
  engine: Engine,
  path: string,
): Promise<{ fromMs: number; toMs: number }> {
  const [row] = await engine.rows(
    `SELECT epoch_ms(least(min(ts), min(time_from)))::DOUBLE,
            epoch_ms(greatest(max(ts), max(time_to)))::DOUBLE FROM ${sqlFiles([path])}`,
  );
  return { fromMs: Number(row?.[0]), toMs: Number(row?.[1]) };
}

/** Makes the new state the lake's state. Nothing is written when nothing changed. */
async function commit(writer: Writer, next: Manifest): Promise<void> {
  const { root, manifest } = writer;
  if (sameState(manifest, next)) return;
  const before = new Set(manifest.files.map(({ path }) => path));
  const folders = new Set(
    next.files.filter(({ path }) => !before.has(path)).map(({ path }) => dirname(path)),
  );
  for (const folder of folders) await syncToDisk(join(root, folder));
  const committed = { ...next, generation: manifest.generation + 1 };
  await writeManifest(root, committed, writer.onStep);
  writer.manifest = committed;
  writer.onStep("committed");
}

/** Failures of disk and database become errors the user can act on; our own mistakes pass as they are. */
async function reporting<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WheelsdownError || error instanceof RangeError) throw error;
    const { message } = error as Error;
    throw new WheelsdownError(
      "io-failed",
      `writing to the lake ${root} failed: ${message.split("\n")[0]}; ` +
        "the lake is as it was before, run the ingest again when the cause is removed",
      { cause: error },
    );
  }
}
