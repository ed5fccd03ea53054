/**
 * A table as one Parquet file for other programs. Where it has the columns `lon` and `lat` it gets a column `geometry` too,
 * points as GeoParquet 1.0 has them (WKB, longitude first, OGC:CRS84); DuckDB writes that part of the metadata itself.
 */

import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import { writeThrough } from "../io/write-file.js";
import type { CellKind, ExportTable } from "../report/table.js";
import { openWriter, type RowFeed, sqlString } from "./duckdb.js";
import type { ColumnType } from "./schema.js";
import {
  CHUNK_ROWS,
  type FedColumn,
  newFedColumn,
  putColumn,
  putText,
  putValidity,
  setUnknown,
  splitLong,
  textVector,
} from "./vectors.js";

const TYPES: Readonly<Record<CellKind, ColumnType>> = {
  text: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  time: "TIMESTAMP_MS",
};

/**
 * Writes the file whole or not at all; with one thread, so that the same rows give the same bytes. Times are UTC,
 * milliseconds, without a zone, as in a lake.
 *
 * @param about what the file says of itself, JSON under the key "wheelsdown" of its metadata
 * @throws WheelsdownError "io-failed"
 */
export async function writeParquetFile(
  path: string,
  table: ExportTable,
  about: Readonly<Record<string, string | boolean>>,
): Promise<void> {
  const columns = table.columns.map(({ name, kind }) => ({ name, type: TYPES[kind] }));
  // DuckDB reads Parquet milliseconds as microseconds, and would write them so. A name may be a word of SQL.
  const stored = columns.map(({ name, type }) => `"${name}"::${type} AS "${name}"`);
  const names = new Set(columns.map(({ name }) => name));
  if (names.has("lon") && names.has("lat"))
    stored.push("('POINT(' || lon || ' ' || lat || ')')::GEOMETRY AS geometry");
  const feed: RowFeed = {
    columns,
    rowCount: table.rowCount,
    fill: filler(table),
    copyOptions: `, KV_METADATA {wheelsdown: ${sqlString(JSON.stringify(about))}}`,
  };
  await writeThrough(path, async (draft) => {
    const tmpFolder = join(tmpdir(), `wheelsdown-parquet-${process.pid}`);
    const engine = await openWriter({ tmpFolder }, {});
    try {
      await engine.copy(`SELECT ${stored.join(", ")} FROM new_rows()`, draft, feed);
    } finally {
      engine.close();
    }
  });
}

function filler(table: ExportTable): RowFeed["fill"] {
  const kinds = table.columns.map(({ kind }) => kind);
  const fed = kinds.map((kind) => newFedColumn({ type: TYPES[kind] }));
  const doubles = fed.map((column, at) =>
    kinds[at] === "number" ? new Float64Array(column.ints.buffer) : undefined,
  );
  return (chunk, start, count) => {
    const rows = Array.from({ length: count }, (_, i) => table.row(start + i));
    kinds.forEach((kind, at) => {
      const column = fed[at]!;
      if (kind === "text") {
        putTexts(chunk, { at, column, texts: rows.map((row) => row[at] as string | null) });
        return;
      }
      rows.forEach((row, i) => {
        const cell = row[at] ?? null;
        if (cell === null) setUnknown(column, i);
        else if (kind === "number") doubles[at]![i] = Number(cell);
        else if (kind === "boolean") column.ints[i] = cell ? 1 : 0;
        else splitLong(column.ints, i, Math.round(Number(cell)));
      });
      putColumn(chunk, at, column, count);
    });
  };
}

const ENCODER = new TextEncoder();

function putTexts(
  chunk: DuckDBDataChunk,
  {
    at,
    column,
    texts,
  }: {
    readonly at: number;
    readonly column: FedColumn;
    readonly texts: readonly (string | null)[];
  },
): void {
  if (texts.length > CHUNK_ROWS) throw new RangeError(`${texts.length} rows are no chunk`);
  const vector = textVector(chunk, at);
  texts.forEach((text, i) => {
    if (text === null) setUnknown(column, i);
    else putText(vector, i, ENCODER.encode(text));
  });
  putValidity(chunk, at, column);
}
