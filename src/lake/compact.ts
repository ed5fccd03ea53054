import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isAlive, takeLock } from "../io/lock.js";
import { WheelsdownError } from "../units/errors.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../units/quantity.js";
import {
  AREAS_FOLDER,
  type AreaCopy,
  isFresh,
  pointFilesByDay,
  readAreaCopies,
  removeAreaOrphans,
  stateOfDay,
  writeAreaCopies,
} from "./area-copies.js";
import {
  hashFile,
  makeFolder,
  removeLeftovers,
  type StepListener,
  syncToDisk,
  TMP_FOLDER,
} from "./disk.js";
import { type Engine, type EngineOptions, openWriter, sqlFiles } from "./duckdb.js";
import { type DataFile, LOCK_FILE, readManifest } from "./manifest.js";
import { POINTS, storedColumns } from "./schema.js";

/** Rows of a row group of a copy. Source: measured, docs/performance.md section 10 */
export const AREA_ROW_GROUP_ROWS = 61_440;
/** Side of a tile in degrees. chosen: with it copies take and save what docs/performance.md section 10 says; no other was tried */
const TILE_DEG = 5;
/** chosen: memory of a small laptop */
const PART_ROWS = 2_000_000;
/** Megabytes DuckDB may use for sorting before it spills to disk. chosen: memory of a small laptop */
const SORT_MEMORY_MB = 1024;

/** Which copies are made or dropped, and whom to tell. */
export interface CompactOptions extends EngineOptions {
  /** "area" makes area-sorted copies, "address" drops them: the lake's own files are sorted by address. */
  readonly layout: "area" | "address";
  /** First and last UTC day, "2019-01-23"; all days when left out. */
  readonly days?: { readonly from: string; readonly to: string } | undefined;
  /** Rows sorted at once, on average: a day with more is sorted in parts, each a file of its own. Default `PART_ROWS`. */
  readonly partRows?: number | undefined;
  readonly onStep?: StepListener | undefined;
  /** Called before each day is looked at; what it throws stops there, and days that are done stay. */
  readonly onDay?: ((done: number, total: number) => void) | undefined;
}

/** What came of it. */
export interface CompactSummary {
  /** Days whose copies were made now, ascending. */
  readonly madeDays: readonly string[];
  /** Days whose copies were there, fresh and whole. */
  readonly keptDays: readonly string[];
  /** Days whose copies were dropped. */
  readonly droppedDays: readonly string[];
  /** Bytes of the copies of the days asked for. */
  readonly byteCount: number;
  /** Bytes of the files of the same days that the copies were made from. */
  readonly sourceByteCount: number;
}

interface Compaction {
  readonly root: string;
  readonly tmpFolder: string;
  readonly onStep: StepListener;
  readonly options: CompactOptions;
  engine: Engine | undefined;
  /** As the list on disk has them. */
  copies: readonly AreaCopy[];
}

/**
 * Makes or drops area-sorted copies of days of a lake. The lake's own files and its manifest stay as they are. Each day
 * is one change: whatever happens, its copy is there as a whole or not at all.
 *
 * @throws WheelsdownError "lake-busy" when an ingest or another compaction runs, "io-failed" when writing failed
 */
export async function compactLake(root: string, options: CompactOptions): Promise<CompactSummary> {
  const lock = { what: `the lake ${root}`, busyCode: "lake-busy" } as const;
  const release = await reporting(root, () => takeLock(join(root, LOCK_FILE), lock));
  const onStep = options.onStep ?? (() => {});
  const tmpFolder = join(root, TMP_FOLDER, `write-${process.pid}`);
  const { copies } = await readAreaCopies(root);
  const work: Compaction = { root, tmpFolder, onStep, options, engine: undefined, copies };
  try {
    return await reporting(root, async () => {
      await removeLeftovers(root, isAlive);
      await removeAreaOrphans(root, work.copies, onStep);
      return options.layout === "area" ? await makeCopies(work) : await dropCopies(work);
    });
  } finally {
    work.engine?.close();
    await rm(tmpFolder, { recursive: true, force: true });
    await removeLeftovers(root, isAlive);
    await release();
  }
}

async function makeCopies(work: Compaction): Promise<CompactSummary> {
  const days = pointFilesByDay(await readManifest(work.root));
  const asked = [...days].filter(([day]) => isAskedFor(day, work.options));
  const [madeDays, keptDays]: string[][] = [[], []];
  for (const [index, [day, files]] of asked.entries()) {
    work.options.onDay?.(index, asked.length);
    const found = work.copies.find((copy) => copy.day === day);
    if (found && isFresh(found, days) && (await areWhole(work.root, found.files))) {
      keptDays!.push(day);
      continue;
    }
    const copy = { day, madeFrom: stateOfDay(files), files: await writeDay(work, day, files) };
    await replaceCopies(work, [...work.copies.filter((one) => one.day !== day), copy]);
    madeDays!.push(day);
  }
  // A copy of a day that is no longer in the lake is of no use to anybody.
  const gone = work.copies.filter(({ day }) => !days.has(day));
  if (gone.length > 0)
    await replaceCopies(
      work,
      work.copies.filter(({ day }) => days.has(day)),
    );
  const made = work.copies.filter(({ day }) => isAskedFor(day, work.options));
  return {
    madeDays: madeDays!,
    keptDays: keptDays!,
    droppedDays: gone.map(({ day }) => day),
    byteCount: bytesOf(made.flatMap(({ files }) => files)),
    sourceByteCount: bytesOf(asked.flatMap(([, files]) => files)),
  };
}

async function dropCopies(work: Compaction): Promise<CompactSummary> {
  const dropped = work.copies.filter(({ day }) => isAskedFor(day, work.options));
  await replaceCopies(
    work,
    work.copies.filter((copy) => !dropped.includes(copy)),
  );
  const droppedDays = dropped.map(({ day }) => day);
  return { madeDays: [], keptDays: [], droppedDays, byteCount: 0, sourceByteCount: 0 };
}

function isAskedFor(day: string, { days }: CompactOptions): boolean {
  return days === undefined || (day >= days.from && day <= days.to);
}

function bytesOf(files: readonly DataFile[]): number {
  return files.reduce((sum, { byteCount }) => sum + byteCount, 0);
}

async function areWhole(root: string, files: readonly DataFile[]): Promise<boolean> {
  for (const { path, sha256 } of files) {
    const found = await hashFile(join(root, path)).catch(() => undefined);
    if (found?.sha256 !== sha256) return false;
  }
  return true;
}

/** The swap of the list is the change; files nobody names any more go after it. */
async function replaceCopies(work: Compaction, copies: readonly AreaCopy[]): Promise<void> {
  await writeAreaCopies(work.root, copies, work.onStep);
  work.copies = copies;
  await removeAreaOrphans(work.root, copies, work.onStep);
}

/** Sorts a day part by part, so that memory does not grow with it. */
async function writeDay(
  work: Compaction,
  day: string,
  sources: readonly DataFile[],
): Promise<DataFile[]> {
  const { root } = work;
  const startMs = Date.parse(`${day}T00:00:00Z`);
  const from = sqlFiles(sources.map(({ path }) => join(root, path)));
  const rowCount = sources.reduce((sum, file) => sum + file.rowCount, 0);
  const partMs = minutesOfPart(rowCount, work.options.partRows ?? PART_ROWS) * MINUTE_MS;
  const written: DataFile[] = [];
  for (let fromMs = startMs; fromMs < startMs + DAY_MS; fromMs += partMs) {
    const part = { from, fromMs, beforeMs: fromMs + partMs };
    const file = await writePart(work, `${AREAS_FOLDER}/day=${day}`, part);
    if (file) written.push(file);
  }
  const writtenCount = written.reduce((sum, file) => sum + file.rowCount, 0);
  if (writtenCount !== rowCount)
    throw new Error(`the copy of ${day} has ${writtenCount} rows, its files have ${rowCount}`);
  if (written.length > 0) await syncToDisk(join(root, AREAS_FOLDER, `day=${day}`));
  return written;
}

/** Lengths that end with an hour or part it evenly: rows are sorted by hour first. */
const PART_MINUTES = [1440, 720, 480, 360, 240, 180, 120, 60, 30, 20, 15, 10, 5];

/** Minutes of a part so that parts of even traffic have no more than `partRows`, if they can be so short. */
function minutesOfPart(rowCount: number, partRows: number): number {
  const fits = (minutes: number) => rowCount * minutes <= partRows * 1440;
  return PART_MINUTES.find(fits) ?? PART_MINUTES.at(-1)!;
}

const TILE = TILE_DEG * 1e6;
/** Everything that tells two positions apart, so that the order of rows is always the same. */
const AREA_ORDER = `epoch_ms(ts) // ${HOUR_MS}, (lat + 90000000) // ${TILE}, (lon + 180000000) // ${TILE},
  hex, ts, input_sha256, input_row`;

interface Part {
  /** SQL of the day's own files. */
  readonly from: string;
  readonly fromMs: number;
  readonly beforeMs: number;
}

async function writePart(
  work: Compaction,
  folder: string,
  { from, fromMs, beforeMs }: Part,
): Promise<DataFile | undefined> {
  const { root, onStep } = work;
  const engine = await engineOf(work);
  const tmpPath = join(work.tmpFolder, "part.parquet");
  onStep(`write ${folder}`);
  const select = `SELECT ${storedColumns(POINTS)} FROM ${from}
    WHERE ts >= make_timestamp_ms(${fromMs}) AND ts < make_timestamp_ms(${beforeMs}) ORDER BY ${AREA_ORDER}`;
  const nothingNew = { columns: [], rowCount: 0, fill() {}, rowGroupRows: AREA_ROW_GROUP_ROWS };
  const rowCount = await engine.copy(select, tmpPath, nothingNew);
  if (rowCount === 0) {
    await rm(tmpPath, { force: true });
    return undefined;
  }
  await syncToDisk(tmpPath);
  const { sha256, byteCount } = await hashFile(tmpPath);
  const [times] = await engine.rows(
    `SELECT epoch_ms(min(ts))::DOUBLE, epoch_ms(max(ts))::DOUBLE FROM ${sqlFiles([tmpPath])}`,
  );
  const path = `${folder}/${sha256.slice(0, 32)}.parquet`;
  onStep(`place ${path}`);
  await makeFolder(root, folder);
  await rename(tmpPath, join(root, path));
  return {
    ...{ path, sha256, byteCount, rowCount },
    fromMs: Number(times?.[0]),
    toMs: Number(times?.[1]),
  };
}

async function engineOf(work: Compaction): Promise<Engine> {
  if (work.engine) return work.engine;
  const { root, tmpFolder, options } = work;
  await makeFolder(root, `${TMP_FOLDER}/write-${process.pid}`);
  const memoryLimitMb = options.memoryLimitMb ?? SORT_MEMORY_MB;
  work.engine = await openWriter({ tmpFolder: join(tmpFolder, "duckdb") }, { memoryLimitMb });
  return work.engine;
}

async function reporting<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WheelsdownError || error instanceof RangeError) throw error;
    const why = (error as Error).message.split("\n")[0];
    throw new WheelsdownError(
      "io-failed",
      `writing area-sorted copies in the lake ${root} failed: ${why}; the lake and the copies of other days are as ` +
        "they were, run this again when the cause is removed",
      { cause: error },
    );
  }
}
