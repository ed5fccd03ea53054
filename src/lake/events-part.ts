// What a lake keeps of inputs whose positions are not kept (`ingest --events-only`):
//
//   staged/   inputs, identities and points of a run that has not ended; its movements need the points
//   events/   inputs, identities, movements and measured coverage of runs that have ended, and of their points only
//             the first and last minutes of each aircraft in each input: what a stop in the silence before or after
//             is inferred from when a later run hears the aircraft again
import { createHash } from "node:crypto";
import { copyFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Address } from "../aircraft/address.js";
import { hashFile, makeFolder, type StepListener, syncToDisk } from "./disk.js";
import { type Engine, type RowFeed, sqlFiles } from "./duckdb.js";
import { besidePositions, byAddress, END_MS, type Stretch } from "./events-rows.js";
import { type DataFile, filesOf, type Manifest } from "./manifest.js";
import type { MovementRow } from "./movement-row.js";
import { movementFromCells, selectCells } from "./record-tables.js";
import { addressFromHex, type InputRecord } from "./records.js";
import { type FileTable, IDENTITIES, INPUTS, MOVEMENTS, POINTS, storedColumns } from "./schema.js";

/** What these functions need of the one writer. */
export interface EventsWriter {
  readonly root: string;
  readonly tmpFolder: string;
  readonly engine: Engine;
  readonly onStep: StepListener;
  readonly manifest: Manifest;
}

/** What is there of positions that are not kept; see `IngestSession.staged`. */
export type StagedState = "none" | "reading" | "inferring";

/** What these functions need of the one writer's knowledge of inputs. */
interface KnownInputs {
  readonly eventsOnly: boolean;
  /** Hashes of inputs with positions. */
  readonly inputs: ReadonlySet<string>;
  /** Hashes of inputs whose positions are not kept, or will not be. */
  readonly eventsInputs: ReadonlySet<string>;
}

/** Inputs whose positions are not kept are unknown to a run that keeps them: it fills them in. */
export function isKnown(
  { eventsOnly, inputs, eventsInputs }: KnownInputs,
  sha256: string,
): boolean {
  return inputs.has(sha256) || (eventsOnly && eventsInputs.has(sha256));
}

/** All hashes that `isKnown` says yes to, in no order. */
export function knownInputs({
  eventsOnly,
  inputs,
  eventsInputs,
}: KnownInputs): ReadonlySet<string> {
  return eventsOnly && eventsInputs.size > 0 ? new Set([...inputs, ...eventsInputs]) : inputs;
}

/** @returns how far a run is whose positions are not kept; "none" when there is none */
export function stagedState({ files, isStagedInferring }: Manifest): StagedState {
  if (!files.some(({ path }) => path.startsWith("staged/"))) return "none";
  return isStagedInferring ? "inferring" : "reading";
}

/** @throws RangeError when inputs cannot be added because another run has to end first */
export function checkStaged(writer: {
  readonly eventsOnly: boolean;
  readonly manifest: Manifest;
}): void {
  const state = stagedState(writer.manifest);
  if (state === "inferring" || (state === "reading" && !writer.eventsOnly))
    throw new RangeError(
      "positions that are not kept wait for their movements; end that run first",
    );
}

/** @returns the state in which no input joins the positions that are not kept; the same when there are none */
export function withInferring(manifest: Manifest): Manifest {
  return stagedState(manifest) === "none" ? manifest : { ...manifest, isStagedInferring: true };
}

/** Hashes of inputs whose positions are not kept, or will not be. */
export async function readEventsInputs(
  root: string,
  engine: Engine,
  manifest: Manifest,
): Promise<Set<string>> {
  const files = filesOf(manifest, "inputs", ["events", "staged"]);
  if (files.length === 0) return new Set();
  const rows = await engine.rows(`SELECT sha256 FROM ${sqlOf(root, files)}`);
  return new Set(rows.map(([sha256]) => String(sha256)));
}

function sqlOf(root: string, files: readonly DataFile[]): string {
  return sqlFiles(files.map(({ path }) => join(root, path)));
}

/**
 * Deals an aircraft's movements to the two parts of a lake. A movement that rests on a position that is not kept belongs
 * to the events part, whatever else it rests on.
 *
 * @param addresses the ones `engine.keepHexes` was told of
 * @param rows movements inferred now, from all positions that are there
 * @returns all movements of these addresses that the lake is to have, by part
 */
export async function dealMovements(
  writer: EventsWriter,
  addresses: readonly Address[],
  { rows, notKept }: { readonly rows: readonly MovementRow[]; readonly notKept: Set<string> },
): Promise<{ readonly kept: readonly MovementRow[]; readonly events: readonly MovementRow[] }> {
  const gone = await stretchesOf(writer, ["events"]);
  const there = await stretchesOf(writer, ["kept", "staged"]);
  const isOfEvents = (row: MovementRow) => restsOn(row, notKept);
  const goneInputs = new Set([...gone.values()].flat().map(({ inputSha256 }) => inputSha256));
  const isOfGone = (row: MovementRow) => restsOn(row, goneInputs);
  const old = byAddress((await oldMovements(writer)).filter(isOfEvents));
  const fresh = byAddress(rows);
  const dealt: { kept: MovementRow[]; events: MovementRow[] } = { kept: [], events: [] };
  for (const address of addresses) {
    const found = besidePositions(fresh.get(address) ?? [], {
      old: old.get(address) ?? [],
      gone: gone.get(address) ?? [],
      there: there.get(address) ?? [],
      isOfGone,
    });
    dealt.events.push(...found.old);
    for (const row of found.rows) (isOfEvents(row) ? dealt.events : dealt.kept).push(row);
  }
  return dealt;
}

function restsOn({ exhibits }: MovementRow, hashes: ReadonlySet<string>): boolean {
  return exhibits.some(({ inputSha256 }) => hashes.has(inputSha256));
}

async function oldMovements({ root, engine, manifest }: EventsWriter): Promise<MovementRow[]> {
  const files = filesOf(manifest, "movements", ["events"]);
  if (files.length === 0) return [];
  const rows = await engine.written(
    `SELECT ${selectCells(MOVEMENTS)} FROM ${sqlOf(root, files)} WHERE hex IN (SELECT hex FROM hexes)`,
  );
  return rows.map(movementFromCells);
}

async function stretchesOf(
  { root, engine, manifest }: EventsWriter,
  parts: Parameters<typeof filesOf>[2],
): Promise<ReadonlyMap<Address, readonly (Stretch & { readonly inputSha256: string })[]>> {
  const files = filesOf(manifest, "identities", parts);
  if (files.length === 0) return new Map();
  const rows = await engine.written(
    `SELECT hex, input_sha256, epoch_ms(first_ts)::DOUBLE, epoch_ms(last_ts)::DOUBLE FROM ${sqlOf(root, files)}
     WHERE point_count > 0 AND hex IN (SELECT hex FROM hexes)`,
  );
  return byAddress(
    rows.map(([hex, inputSha256, fromMs, toMs]) => {
      return {
        address: addressFromHex(Number(hex)),
        inputSha256: String(inputSha256),
        fromMs: Number(fromMs),
        toMs: Number(toMs),
      };
    }),
  );
}

/**
 * Ends a run: its positions go, its ledger and what was measured from it stay.
 *
 * @param coverageText what was measured from its positions, see `partsToJson`
 * @returns the lake as it is to be
 * @throws RangeError when movements are still awaited
 */
export async function withoutStaged(writer: EventsWriter, coverageText: string): Promise<Manifest> {
  const { root, manifest } = writer;
  if (manifest.awaitingMovements.length > 0)
    throw new RangeError("positions are let go before their movements were inferred");
  const files: DataFile[] = [];
  for (const file of manifest.files) {
    if (!file.path.startsWith("staged/")) files.push(file);
    else if (!file.path.startsWith("staged/points/")) {
      const path = file.path.replace("staged/", "events/");
      await placeFile(writer, path, (tmpPath) => copyFile(join(root, file.path), tmpPath));
      files.push({ ...file, path });
    }
  }
  const points = filesOf(manifest, "points", ["staged"]);
  if (points.length > 0) {
    files.push(await writeEnds(writer, points));
    files.push(await writeCoverage(writer, coverageText, points));
  }
  return { ...manifest, isStagedInferring: undefined, files };
}

async function writeEnds(writer: EventsWriter, points: readonly DataFile[]): Promise<DataFile> {
  const { root, engine } = writer;
  const tmpPath = join(writer.tmpFolder, "ends.parquet");
  const from = sqlOf(root, points);
  const select = `WITH stretches AS (
      SELECT input_sha256, hex, min(ts) + INTERVAL ${END_MS} MILLISECOND AS head, max(ts) - INTERVAL ${END_MS} MILLISECOND AS tail
      FROM ${from} GROUP BY input_sha256, hex
    )
    SELECT ${storedColumns(POINTS)} FROM ${from} JOIN stretches USING (input_sha256, hex)
    WHERE ts <= head OR ts >= tail ORDER BY hex, ts, input_sha256, input_row`;
  const rowCount = await engine.copy(select, tmpPath, { columns: [], rowCount: 0, fill() {} });
  const { sha256, byteCount } = await hashFile(tmpPath);
  const path = `events/ends/${sha256.slice(0, 32)}.parquet`;
  await placeFile(writer, path, (placed) => copyFile(tmpPath, placed));
  await rm(tmpPath, { force: true });
  return { path, sha256, byteCount, rowCount, fromMs: null, toMs: null };
}

async function writeCoverage(
  writer: EventsWriter,
  text: string,
  points: readonly DataFile[],
): Promise<DataFile> {
  const packed = gzipSync(text, { level: 6 });
  const sha256 = createHash("sha256").update(packed).digest("hex");
  const path = `events/coverage/${sha256.slice(0, 32)}.json.gz`;
  await placeFile(writer, path, (tmpPath) => writeFile(tmpPath, packed));
  const fromMs = Math.min(...points.map((file) => file.fromMs!));
  const toMs = Math.max(...points.map((file) => file.toMs!));
  return { path, sha256, byteCount: packed.length, rowCount: 0, fromMs, toMs };
}

async function placeFile(
  { root, tmpFolder, onStep }: EventsWriter,
  path: string,
  fill: (tmpPath: string) => Promise<void>,
): Promise<void> {
  const tmpPath = join(tmpFolder, "placed");
  onStep(`write ${path}`);
  await fill(tmpPath);
  await syncToDisk(tmpPath);
  onStep(`place ${path}`);
  await makeFolder(root, dirname(path));
  await rename(tmpPath, join(root, path));
}

/**
 * Takes inputs out of the events part, because their positions are kept from now on. What was measured of the same time
 * goes too, or those positions would count twice.
 *
 * @param filled records of these inputs
 * @returns the files of the lake as they are to be
 */
export async function withoutFilled(
  writer: EventsWriter,
  filled: readonly InputRecord[],
): Promise<DataFile[]> {
  const column = "input_sha256";
  const left = [
    ...(await rewritten(writer, "inputs", { table: INPUTS, column: "sha256", filled })),
    ...(await rewritten(writer, "identities", { table: IDENTITIES, column, filled })),
    ...(await rewritten(writer, "ends", { table: POINTS, column, filled })),
  ];
  const hasInputs = left.some(({ path }) => path.startsWith("events/inputs/"));
  const isMeasuredOf = ({ fromMs, toMs }: DataFile) =>
    filled.some(({ firstMs, lastMs }) => firstMs <= toMs! && lastMs >= fromMs!);
  const others = writer.manifest.files.filter((file) => {
    if (/^events\/(?:inputs|identities|ends)\//.test(file.path)) return false;
    return !file.path.startsWith("events/coverage/") || (hasInputs && !isMeasuredOf(file));
  });
  return [...others, ...left];
}

/** Rows of the events part's files of a kind without those of some inputs; files that lose none stay as they are. */
async function rewritten(
  writer: EventsWriter,
  name: "inputs" | "identities" | "ends",
  {
    table,
    column,
    filled,
  }: {
    readonly table: FileTable;
    readonly column: string;
    readonly filled: readonly InputRecord[];
  },
): Promise<DataFile[]> {
  const { root, engine, manifest } = writer;
  const hashes = filled.map(({ sha256 }) => sha256);
  const feed: RowFeed = {
    columns: [{ name: "hash", type: "VARCHAR" }],
    rowCount: hashes.length,
    fill(chunk, start, rowCount) {
      const vector = chunk.getColumnVector(0);
      for (let i = 0; i < rowCount; i++) vector.setItem(i, hashes[start + i]!);
      vector.flush();
    },
  };
  const files: DataFile[] = [];
  for (const file of manifest.files) {
    if (!file.path.startsWith(`events/${name}/`)) continue;
    const tmpPath = join(writer.tmpFolder, "rewritten.parquet");
    const select = `SELECT ${storedColumns(table)} FROM ${sqlOf(root, [file])} WHERE ${column} NOT IN (SELECT hash FROM new_rows())`;
    const rowCount = await engine.copy(select, tmpPath, feed);
    if (rowCount === file.rowCount) files.push(file);
    else if (rowCount > 0) {
      const { sha256, byteCount } = await hashFile(tmpPath);
      const path = `events/${name}/${sha256.slice(0, 32)}.parquet`;
      await placeFile(writer, path, (placed) => copyFile(tmpPath, placed));
      files.push({ ...file, path, sha256, byteCount, rowCount });
    }
    await rm(tmpPath, { force: true });
  }
  return files;
}
