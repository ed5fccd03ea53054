import type { Cell, RowFeed } from "./duckdb.js";
import type { ColumnType, FileTable } from "./schema.js";
import {
  type FedColumn,
  newFedColumn,
  putColumn,
  putText,
  putValidity,
  setUnknown,
  splitLong,
  textVector,
} from "./vectors.js";

// Rows of a table as bytes: so they are handed from thread to thread, wait in a file and go into DuckDB.
//
//   8 bytes        length of the row in bytes, a multiple of 8, as a double
//   8 bytes each   numbers, flags (0 or 1) and times (ms) in the order of the table's columns, as doubles; NaN is NULL
//   4 bytes each   lengths in bytes of the texts, in the order of the table's columns; -1 is NULL
//   then           the texts, UTF-8

/** A row by column name; timestamps are milliseconds, unknown is null. */
export type CellRow = Readonly<Record<string, Cell>>;

interface PackedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Its place in the table. */
  readonly columnIndex: number;
}

interface Layout {
  readonly numbers: readonly PackedColumn[];
  readonly texts: readonly PackedColumn[];
  /** Where lengths of texts and texts begin. */
  readonly lengthsStart: number;
  readonly textsStart: number;
}

const layouts = new Map<FileTable, Layout>();

function layoutOf(table: FileTable): Layout {
  const known = layouts.get(table);
  if (known) return known;
  const columns = table.columns.map(({ name, type }, columnIndex) => ({ name, type, columnIndex }));
  const numbers = columns.filter(({ type }) => type !== "VARCHAR");
  const texts = columns.filter(({ type }) => type === "VARCHAR");
  const lengthsStart = 8 + 8 * numbers.length;
  const layout = { numbers, texts, lengthsStart, textsStart: lengthsStart + 4 * texts.length };
  layouts.set(table, layout);
  return layout;
}

interface Scratch {
  readonly bytes: Buffer;
  readonly doubles: Float64Array;
  readonly ints: Int32Array;
}

function newScratch(byteCount: number): Scratch {
  const memory = new ArrayBuffer(byteCount);
  return {
    bytes: Buffer.from(memory),
    doubles: new Float64Array(memory),
    ints: new Int32Array(memory),
  };
}

/** What is larger is not kept for the next rows. */
const SCRATCH_BYTES = 1 << 16;
let scratch = newScratch(SCRATCH_BYTES);

/** @returns the rows one behind the other, in memory of their own */
export function packRows(table: FileTable, rows: readonly CellRow[]): Uint8Array<ArrayBuffer> {
  const layout = layoutOf(table);
  let end = 0;
  for (const row of rows) end = packRow(layout, row, end);
  const packed = new Uint8Array(end);
  packed.set(scratch.bytes.subarray(0, end));
  if (scratch.bytes.length > SCRATCH_BYTES) scratch = newScratch(SCRATCH_BYTES);
  return packed;
}

/** @returns where the next row starts */
function packRow({ numbers, texts, ...layout }: Layout, row: CellRow, start: number): number {
  // UTF-8 has up to three bytes for each unit of a text.
  let endMax = start + layout.textsStart + 8;
  for (const { name } of texts) endMax += 3 * ((row[name] as string | null)?.length ?? 0);
  if (endMax > scratch.bytes.length) growScratch(endMax, start);
  const { bytes, doubles, ints } = scratch;
  let place = start / 8 + 1;
  for (const { name } of numbers) doubles[place++] = Number(row[name] ?? Number.NaN);
  place = (start + layout.lengthsStart) / 4;
  let at = start + layout.textsStart;
  for (const { name } of texts) {
    const text = (row[name] ?? null) as string | null;
    const byteCount = text === null ? -1 : bytes.write(text, at);
    ints[place++] = byteCount;
    if (byteCount > 0) at += byteCount;
  }
  const end = Math.ceil(at / 8) * 8;
  doubles[start / 8] = end - start;
  return end;
}

function growScratch(byteCount: number, usedCount: number): void {
  const before = scratch.bytes;
  scratch = newScratch(Math.ceil((2 * byteCount) / 8) * 8);
  scratch.bytes.set(before.subarray(0, usedCount));
}

/** Where rows start in what `packRows` gave, and the end of the last one. */
export function rowStarts(packed: Uint8Array): number[] {
  const starts = [0];
  const doubles = new Float64Array(packed.buffer, packed.byteOffset, packed.byteLength / 8);
  for (let at = 0; at < packed.byteLength; starts.push(at)) at += doubles[at / 8]!;
  return starts;
}

/** @returns what a column of numbers holds in a packed row */
export function numberIn(table: FileTable, row: Uint8Array, name: string): number {
  const place = layoutOf(table).numbers.findIndex((column) => column.name === name);
  return new Float64Array(row.buffer, row.byteOffset + 8, place + 1)[place]!;
}

/** @returns one row's cells, in the order of the table's columns */
export function unpackRow(table: FileTable, row: Uint8Array): Cell[] {
  const { numbers, texts, lengthsStart, textsStart } = layoutOf(table);
  const cells = table.columns.map((): Cell => null);
  const doubles = new Float64Array(row.buffer, row.byteOffset + 8, numbers.length);
  const lengths = new Int32Array(row.buffer, row.byteOffset + lengthsStart, texts.length);
  for (const [i, { type, columnIndex }] of numbers.entries())
    if (!Number.isNaN(doubles[i]!))
      cells[columnIndex] = type === "BOOLEAN" ? doubles[i] === 1 : doubles[i]!;
  const bytes = Buffer.from(row.buffer, row.byteOffset, row.byteLength);
  let at = textsStart;
  for (const [i, { columnIndex }] of texts.entries()) {
    const byteCount = lengths[i]!;
    if (byteCount < 0) continue;
    cells[columnIndex] = bytes.toString("utf8", at, at + byteCount);
    at += byteCount;
  }
  return cells;
}

/** Packed rows in the order in which they are written. */
export interface PackedRows {
  readonly rowCount: number;
  /** @returns one row, at a multiple of eight bytes in its memory; good until the next call */
  rowAt(index: number): Uint8Array;
}

/** @returns a feed of rows in the order given */
export function feedOfPacked(table: FileTable, rows: PackedRows): RowFeed {
  const { numbers, texts, lengthsStart, textsStart } = layoutOf(table);
  const fed = table.columns.map((column) => newFedColumn(column));
  const put = numbers.map(({ type, columnIndex }) => numberPutter(type, fed[columnIndex]!));
  return {
    columns: table.columns,
    rowCount: rows.rowCount,
    fill(chunk, start, count) {
      const vectors = texts.map(({ columnIndex }) => textVector(chunk, columnIndex));
      for (let i = 0; i < count; i++) {
        const row = rows.rowAt(start + i);
        const doubles = new Float64Array(row.buffer, row.byteOffset + 8, put.length);
        for (let n = 0; n < put.length; n++) put[n]!(i, doubles[n]!);
        const lengths = new Int32Array(row.buffer, row.byteOffset + lengthsStart, texts.length);
        let at = textsStart;
        for (let t = 0; t < vectors.length; t++) {
          const byteCount = lengths[t]!;
          if (byteCount < 0) setUnknown(fed[texts[t]!.columnIndex]!, i);
          else putText(vectors[t]!, i, row.subarray(at, at + byteCount));
          if (byteCount > 0) at += byteCount;
        }
      }
      for (const { columnIndex } of numbers)
        putColumn(chunk, columnIndex, fed[columnIndex]!, count);
      for (const { columnIndex } of texts) putValidity(chunk, columnIndex, fed[columnIndex]!);
    },
  };
}

/** @returns what puts a number into a row of its column */
function numberPutter(type: ColumnType, column: FedColumn): (row: number, value: number) => void {
  const { ints } = column;
  const doubles = new Float64Array(ints.buffer);
  return (row, value) => {
    if (Number.isNaN(value)) setUnknown(column, row);
    else if (type === "DOUBLE") doubles[row] = value;
    else if (type === "BIGINT" || type === "TIMESTAMP_MS") splitLong(ints, row, value);
    else ints[row] = value;
  };
}

/** @returns a feed of rows in the given order, for a table of few rows */
export function feedOfRows(table: FileTable, rows: readonly CellRow[]): RowFeed {
  const packed = packRows(table, rows);
  const starts = rowStarts(packed);
  const rowAt = (index: number) => packed.subarray(starts[index]!, starts[index + 1]!);
  return feedOfPacked(table, { rowCount: rows.length, rowAt });
}
