import { dirname, join } from "node:path";
import type { Address } from "../aircraft/address.js";
import { WheelsdownError } from "../units/errors.js";
import { dayStartMs, utcDay } from "../units/time.js";
import { withRoom } from "../units/with-room.js";
import { sqlFiles } from "./duckdb.js";
import { dealMovements } from "./events-part.js";
import { type MovementStore, storeOfRows } from "./held-movements.js";
import { commit, type Writer, writeDataFile } from "./lake-writer.js";
import { type DataFile, filesOf, type Manifest } from "./manifest.js";
import { compareTies, MOVEMENT_ORDER } from "./movement-query.js";
import type { MovementRow } from "./movement-row.js";
import { feedOfPacked, numberIn, type PackedRows, rowStarts, unpackRow } from "./packed-rows.js";
import { movementFromCells } from "./record-tables.js";
import { FIRST_MS, hexFromAddress, LAST_MS } from "./records.js";
import { MOVEMENTS, storedColumns } from "./schema.js";

const NO_ROWS: PackedRows = { rowCount: 0, rowAt: () => new Uint8Array(0) };

/**
 * Whether the lake has, or will have, movements that rest on positions it does not keep: these have to be looked at one by
 * one, all of the aircraft that are replaced at once.
 */
export function hasEvents({ eventsInputs, manifest }: Writer): boolean {
  return eventsInputs.size > 0 || movementFiles(manifest).some(isOfEvents);
}

/** See `IngestSession.replaceMovements`. */
export async function replaceMovements(
  writer: Writer,
  addresses: readonly Address[],
  given: readonly MovementRow[] | MovementStore,
): Promise<void> {
  // What follows takes the most memory at once, and the points before left much of it behind.
  await writer.engine.trim();
  const replaced = new Set(addresses);
  const store = "read" in given ? given : storeOfOnly(replaced, given);
  await writer.engine.keepHexes(addresses.map(hexFromAddress));
  const oldFiles = movementFiles(writer.manifest);
  const months = new Map<string, PackedRows>();
  for (const path of await filesWithHexes(writer, oldFiles)) months.set(dirname(path), NO_ROWS);
  const { simulated } = writer.manifest;
  const fresh = sortedRows(store, { addresses, simulated });
  const parts = hasEvents(writer) ? await dealtRows(writer, addresses, fresh) : { "": fresh };
  for (const [part, rows] of Object.entries(parts))
    for (const [month, ofMonth] of byMonth(rows))
      months.set(`${part}movements/month=${month}`, ofMonth);
  const written: DataFile[] = [];
  for (const [folder, rows] of [...months].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const old = oldFiles.filter(({ path }) => dirname(path) === folder);
    written.push(...(await writeMonth(writer, folder, { old, rows })));
  }
  const kept = writer.manifest.files.filter(
    (file) => !(isMovements(file) && months.has(dirname(file.path))),
  );
  // Movements by month, so that the list does not depend on the order in which they were inferred.
  const movements = [...kept.filter(isMovements), ...written].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const awaitingMovements = writer.manifest.awaitingMovements.filter(
    (entry) => !replaced.has(entry),
  );
  const files = [...kept.filter((file) => !isMovements(file)), ...movements];
  await commit(
    writer,
    { ...writer.manifest, awaitingMovements, files },
    awaitingMovements.length > 0,
  );
}

function movementFiles(manifest: Manifest): DataFile[] {
  return filesOf(manifest, "movements", ["kept", "events"]);
}

function isMovements({ path }: DataFile): boolean {
  return /^(?:events\/)?movements\//.test(path);
}

function isOfEvents({ path }: DataFile): boolean {
  return path.startsWith("events/");
}

/** @throws RangeError when a row is of another address */
function storeOfOnly(replaced: ReadonlySet<Address>, rows: readonly MovementRow[]): MovementStore {
  const stranger = rows.find(({ address }) => !replaced.has(address));
  if (stranger)
    throw new RangeError(`a movement of ${stranger.address}, which is not being replaced`);
  return storeOfRows(rows);
}

/** Packed rows in the order of the lake's files, with what tells months apart. */
interface SortedRows extends PackedRows {
  /** Best estimate of the row at this place; they ascend. */
  timeMsAt(index: number): number;
}

/** Numbers for each row of `RowPlaces`: where it begins, its length in bytes, its time, its aircraft's address. */
const PLACE_NUMBERS = 4;

/** Where rows lie in a store, and what most of their order follows from. */
class RowPlaces {
  readonly #store: MovementStore;
  /** Columns side by side and no objects: a day of the world has half a million movements. */
  #numbers = new Float64Array(1024 * PLACE_NUMBERS);
  rowCount = 0;

  constructor(store: MovementStore) {
    this.#store = store;
  }

  add(row: readonly [start: number, byteLength: number, timeMs: number, hex: number]): void {
    const at = this.rowCount++ * PLACE_NUMBERS;
    this.#numbers = withRoom(this.#numbers, at + PLACE_NUMBERS);
    this.#numbers.set(row, at);
  }

  timeMs(row: number): number {
    return this.#numbers[row * PLACE_NUMBERS + 2]!;
  }

  hex(row: number): number {
    return this.#numbers[row * PLACE_NUMBERS + 3]!;
  }

  bytesOf(row: number): Uint8Array {
    const at = row * PLACE_NUMBERS;
    return this.#store.read({ start: this.#numbers[at]!, byteLength: this.#numbers[at + 1]! });
  }
}

/**
 * All rows of some aircraft in the order that MOVEMENT_ORDER gives them in SQL. Only their places are held in memory.
 *
 * @throws see `checkRow`
 */
function sortedRows(
  store: MovementStore,
  of: { readonly addresses: readonly Address[]; readonly simulated: boolean | null },
): SortedRows {
  const places = new RowPlaces(store);
  for (const address of of.addresses) {
    const place = store.placeOf(address);
    if (!place) continue;
    const packed = store.read(place);
    const bounds = rowStarts(packed);
    const hex = hexFromAddress(address);
    for (let i = 0; i + 1 < bounds.length; i++) {
      const [start, end] = [bounds[i]!, bounds[i + 1]!];
      const row = packed.subarray(start, end);
      checkRow(row, of.simulated);
      places.add([place.start + start, end - start, numberIn(MOVEMENTS, row, "ts"), hex]);
    }
  }
  const order = new Uint32Array(places.rowCount).map((_, row) => row);
  const cellsOf = (row: number) => unpackRow(MOVEMENTS, places.bytesOf(row));
  order.sort(
    (a, b) =>
      places.timeMs(a) - places.timeMs(b) ||
      places.hex(a) - places.hex(b) ||
      compareTies(cellsOf(a), cellsOf(b)) ||
      a - b,
  );
  return {
    rowCount: order.length,
    timeMsAt: (index) => places.timeMs(order[index]!),
    rowAt: (index) => places.bytesOf(order[index]!),
  };
}

/** @throws WheelsdownError "input-invalid" when simulated and observed would mix; RangeError when it has no time */
function checkRow(packed: Uint8Array, simulated: boolean | null): void {
  const timeMs = numberIn(MOVEMENTS, packed, "ts");
  const isSimulated = numberIn(MOVEMENTS, packed, "simulated") === 1;
  if (timeMs >= FIRST_MS && timeMs <= LAST_MS && isSimulated === simulated) return;
  const row = movementFromCells(unpackRow(MOVEMENTS, packed));
  if (isSimulated === simulated) throw new RangeError(`a movement of ${row.address} has no time`);
  throw new WheelsdownError(
    "input-invalid",
    `a movement of ${row.address} rests on ${row.exhibits[0].file} and is ` +
      `${row.simulated ? "simulated" : "observed"}, the lake is not; use a lake of its own`,
  );
}

/** Rows by the part of the lake they belong to. */
async function dealtRows(
  writer: Writer,
  addresses: readonly Address[],
  fresh: PackedRows,
): Promise<Record<string, SortedRows>> {
  const rows: MovementRow[] = [];
  for (let i = 0; i < fresh.rowCount; i++)
    rows.push(movementFromCells(unpackRow(MOVEMENTS, fresh.rowAt(i))));
  const dealt = await dealMovements(writer, addresses, { rows, notKept: writer.eventsInputs });
  const of = { addresses, simulated: writer.manifest.simulated };
  return {
    "": sortedRows(storeOfRows(dealt.kept), of),
    "events/": sortedRows(storeOfRows(dealt.events), of),
  };
}

/** @returns rows of each month, "2019-01" */
function byMonth({ rowCount, timeMsAt, rowAt }: SortedRows): Map<string, PackedRows> {
  const months = new Map<string, PackedRows>();
  let first = 0;
  for (let i = 0; i < rowCount; i++) {
    const timeMs = timeMsAt(i);
    const next = i + 1 < rowCount ? timeMsAt(i + 1) : Number.NaN;
    // Days are quickly told apart, months are not.
    if (dayStartMs(timeMs) === dayStartMs(next)) continue;
    const month = utcDay(timeMs).slice(0, 7);
    if (!Number.isNaN(next) && utcDay(next).startsWith(month)) continue;
    const start = first;
    months.set(month, { rowCount: i + 1 - start, rowAt: (index) => rowAt(start + index) });
    first = i + 1;
  }
  return months;
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
  month: { readonly old: readonly DataFile[]; readonly rows: PackedRows },
): Promise<DataFile[]> {
  const oldPaths = month.old.map(({ path }) => join(writer.root, path));
  const names = storedColumns(MOVEMENTS);
  // New rows come in order. Sorting them once more would take the memory for all of them.
  const kept =
    oldPaths.length === 0
      ? ""
      : `UNION ALL SELECT ${names} FROM ${sqlFiles(oldPaths)} WHERE hex NOT IN (SELECT hex FROM hexes)
         ORDER BY ${MOVEMENT_ORDER}`;
  const select = `SELECT ${names} FROM new_rows() ${kept}`;
  // What is sorted is all held before the first row group is written.
  const feed = { ...feedOfPacked(MOVEMENTS, month.rows), trims: oldPaths.length === 0 };
  return await writeDataFile(writer, { folder, select, feed, range: "from-file" });
}
