// Values on their way into DuckDB's chunks and out of them, many at a time.
import type { DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import type { DataChunk, Vector } from "@duckdb/node-bindings";
import type { FeedColumn } from "./duckdb.js";
import { nativeBindings } from "./duckdb-library.js";
import type { ColumnType } from "./schema.js";

type VectorItems = {
  readonly int: Int32Array;
  readonly double: Float64Array;
  readonly timestamp: BigInt64Array;
};

/**
 * The numbers of a chunk's column as one typed array: to read, or to fill and then `flush` the vector. NULLs are
 * not marked in it. The package keeps the array private in its types, and its public way costs ten times as much
 * (docs/performance.md section 3); this is the only place that knows.
 */
export function itemsOf<K extends keyof VectorItems>(
  vector: DuckDBVector,
  _kind: K,
): VectorItems[K] {
  const { items } = vector as unknown as { readonly items?: VectorItems[K] };
  if (!ArrayBuffer.isView(items))
    throw new Error("this DuckDB package keeps its columns otherwise");
  return items;
}

/** DuckDB's vector size. Source: its storage constants; a chunk takes no more. */
export const CHUNK_ROWS = 2048;

/** One column on its way into chunks, used again for each. */
export interface FedColumn {
  /** Whole numbers; times as their two halves, the low one first. */
  readonly ints: Int32Array<ArrayBuffer>;
  /** The same in the width that DuckDB has them, where it is not that of `ints`. */
  readonly narrow: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | undefined;
  /** One bit for each row, the lowest of a byte first; 0 is NULL. */
  readonly valid: Uint8Array<ArrayBuffer>;
  hasUnknown: boolean;
}

/** Types of which a value takes eight bytes. */
const WIDE: ReadonlySet<ColumnType> = new Set(["TIMESTAMP_MS", "BIGINT", "DOUBLE"]);

/** @returns room for a chunk's rows; of a column of texts that are not enumerated only what is known of them */
export function newFedColumn({ type, words }: Omit<FeedColumn, "name">): FedColumn {
  const valid = new Uint8Array(CHUNK_ROWS / 8).fill(0xff);
  const ints = new Int32Array(WIDE.has(type) ? 2 * CHUNK_ROWS : CHUNK_ROWS);
  // An enumerated type is as wide as its number of words needs (DuckDB, EnumTypeInfo::DictType).
  const isByte = words ? words.length <= 0xff : type === "BOOLEAN";
  const isShort = words !== undefined && words.length <= 0xffff;
  const narrow = isByte
    ? new Uint8Array(CHUNK_ROWS)
    : isShort
      ? new Uint16Array(CHUNK_ROWS)
      : undefined;
  return { ints, narrow, valid, hasUnknown: false };
}

/** Makes a row NULL. */
export function setUnknown(column: FedColumn, row: number): void {
  column.valid[row >> 3]! &= ~(1 << (row & 7));
  column.hasUnknown = true;
}

const TWO_32 = 2 ** 32;

/** Puts a whole number as its two halves of 32 bits, low half first, as all machines have them that DuckDB is built for. */
export function splitLong(ints: Int32Array, row: number, value: number): void {
  const high = Math.floor(value / TWO_32);
  ints[2 * row] = value - high * TWO_32;
  ints[2 * row + 1] = high;
}

/** The package's own way makes five objects and foreign memory for each column of each chunk; its chunk keeps this private. */
function rawVector(chunk: DuckDBDataChunk, index: number): Vector {
  const raw = (chunk as unknown as { readonly chunk: DataChunk }).chunk;
  return nativeBindings().data_chunk_get_vector(raw, index);
}

/** Copies the first `count` rows of a column into a chunk, and makes the column ready for the next one. */
export function putColumn(
  chunk: DuckDBDataChunk,
  index: number,
  column: FedColumn,
  count: number,
): void {
  const { ints, narrow } = column;
  narrow?.set(ints.subarray(0, count));
  const stored = narrow ?? ints;
  const rowBytes = stored.byteLength / CHUNK_ROWS;
  const vector = rawVector(chunk, index);
  nativeBindings().copy_data_to_vector(vector, 0, stored.buffer, 0, count * rowBytes);
  putValidity(chunk, index, column);
}

/** Only says which rows of a column are NULL: for texts, which are put one by one. */
export function putValidity(chunk: DuckDBDataChunk, index: number, column: FedColumn): void {
  if (!column.hasUnknown) return;
  const bindings = nativeBindings();
  const { valid } = column;
  const vector = rawVector(chunk, index);
  bindings.vector_ensure_validity_writable(vector);
  bindings.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength);
  valid.fill(0xff);
  column.hasUnknown = false;
}

/** @returns a column of texts of a chunk, for `putText` */
export function textVector(chunk: DuckDBDataChunk, index: number): Vector {
  return rawVector(chunk, index);
}

/** @param utf8 is copied */
export function putText(vector: Vector, row: number, utf8: Uint8Array): void {
  nativeBindings().vector_assign_string_element_len(vector, row, utf8);
}
