import type { Address } from "../aircraft/address.js";
import { sqlFiles } from "./duckdb.js";
import { ALL_PARTS, filesOf } from "./manifest.js";
import {
  filesByMonth,
  MOVEMENT_ORDER,
  type MovementQuery,
  movementQuery,
} from "./movement-query.js";
import type { MovementRow } from "./movement-row.js";
import { oneAhead } from "./one-ahead.js";
import {
  currentManifest,
  engineOf,
  pathsOf,
  type Reading,
  readFailure,
  rowsOfKind,
} from "./reading.js";
import { movementFromCells, selectCells } from "./record-tables.js";
import { addressFromHex } from "./records.js";
import { MOVEMENTS } from "./schema.js";

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
    return `SELECT ${selectCells(MOVEMENTS)} FROM ${sqlFiles(pathsOf(reading, month))} WHERE ${where} ${order}`;
  });
  try {
    for await (const chunk of oneAhead(months, (sql) => engine.chunks(sql, parameters)))
      for (const cells of chunk.getRows())
        yield movementFromCells(cells as (number | string | boolean | null)[]);
  } catch (error) {
    throw readFailure(reading, error);
  }
}

/** Addresses of which the lake holds a movement, ascending. @throws RangeError as `movementQuery` */
export async function readMoved(reading: Reading, query: MovementQuery): Promise<Address[]> {
  const { where, parameters } = movementQuery(query);
  return await rowsOfKind(
    reading,
    { kind: "movements" },
    {
      select: "DISTINCT hex",
      rest: `WHERE ${where} ORDER BY hex`,
      parameters,
      make: ([hex]) => addressFromHex(Number(hex)),
    },
  );
}
