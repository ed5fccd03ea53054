import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { Address } from "../aircraft/address.js";
import { type Cell, sqlFiles } from "./duckdb.js";
import { ALL_PARTS, filesOf } from "./manifest.js";
import {
  filesByMonth,
  MOVEMENT_ORDER,
  type MovementQuery,
  movementQuery,
  type PlaceAbout,
} from "./movement-query.js";
import type { MovementRow } from "./movement-row.js";
import { oneAhead } from "./one-ahead.js";
import {
  currentManifest,
  engineOf,
  pathsOf,
  type Reading,
  readFailure,
  reportingReads,
} from "./reading.js";
import { movementFromCells, selectCells } from "./record-tables.js";
import { addressFromHex } from "./records.js";
import { MOVEMENTS } from "./schema.js";
import { itemsOf } from "./vectors.js";

/** Movements in order of time. @throws RangeError as `movementQuery` */
export async function* readMovements(
  reading: Reading,
  query: MovementQuery,
): AsyncGenerator<MovementRow> {
  const { where, parameters, keepsOrder, touches } = movementQuery(query);
  const files = filesOf(await currentManifest(reading), "movements", ALL_PARTS).filter(touches);
  if (files.length === 0) return;
  const engine = await engineOf(reading);
  // One file for each month and part, each sorted, so everything is never sorted as a whole.
  const months = filesByMonth(files).map((month) => {
    const order = month.length > 1 || !keepsOrder ? `ORDER BY ${MOVEMENT_ORDER}` : "";
    return `SELECT ${selectCells(MOVEMENTS)}, ${IS_ONE_CANDIDATE} FROM ${sqlFiles(pathsOf(reading, month))} WHERE ${where} ${order}`;
  });
  try {
    for await (const chunk of oneAhead(months, (sql) => engine.chunks(sql, parameters)))
      for (const cells of cellsAbout(chunk, query.about)) yield movementFromCells(cells);
  } catch (error) {
    throw readFailure(reading, error);
  }
}

const AIRPORT_COLUMN = MOVEMENTS.columns.findIndex(({ name }) => name === "airport");
const CANDIDATES_COLUMN = MOVEMENTS.columns.findIndex(({ name }) => name === "candidates");
/** A column more than a row's own: of most movements the airport is the one candidate, and the list need not be read. */
const IS_ONE_CANDIDATE = `(starts_with(candidates, '[{"airport":"' || airport || '"') AND strpos(candidates, '},{') = 0)`;

/** Two of a row's texts tell whether it concerns a place: the others are not made for those that do not. */
function* cellsAbout(chunk: DuckDBDataChunk, about: PlaceAbout | undefined): Generator<Cell[]> {
  // Asked of the chunk for each row, they would be made for each row.
  const columns = MOVEMENTS.columns.map((_, index) => chunk.getColumnVector(index));
  const isOne = chunk.getColumnVector(columns.length);
  for (let row = 0; row < chunk.rowCount; row++) {
    const airport = about && columns[AIRPORT_COLUMN]!.getItem(row);
    if (about && typeof airport === "string" && !about.concerns(airport)) {
      if (isOne.getItem(row) === true) continue;
      const candidates = String(columns[CANDIDATES_COLUMN]!.getItem(row));
      const named = [...candidates.matchAll(/"airport":"([^"]+)"/g)];
      if (!named.some(([, ident]) => about.concerns(ident!))) continue;
    }
    yield columns.map((column) => column.getItem(row) as Cell);
  }
}

/** Addresses of which the lake holds a movement, ascending. @throws RangeError as `movementQuery` */
export async function readMoved(reading: Reading, query: MovementQuery): Promise<Address[]> {
  const { where, parameters, touches } = movementQuery(query);
  const files = filesOf(await currentManifest(reading), "movements", ALL_PARTS).filter(touches);
  if (files.length === 0) return [];
  const engine = await engineOf(reading);
  const sql = `SELECT DISTINCT hex FROM ${sqlFiles(pathsOf(reading, files))} WHERE ${where} ORDER BY hex`;
  return await reportingReads(reading, async () => {
    const found: Address[] = [];
    for await (const chunk of engine.chunks(sql, parameters)) {
      const hexes = itemsOf(chunk.getColumnVector(0), "int");
      for (let row = 0; row < chunk.rowCount; row++) found.push(addressFromHex(hexes[row]!));
    }
    return found;
  });
}
