import { availableParallelism } from "node:os";
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBType,
  DuckDBValue,
  DuckDBVector,
} from "@duckdb/node-api";
import type { DataChunk, Vector } from "@duckdb/node-bindings";
import { WheelsdownError } from "../units/errors.js";
import { defaultMemoryMb } from "./engine-memory.js";
import { type Column, type ColumnType, ROW_GROUP_ROWS } from "./schema.js";

type DuckDb = typeof import("@duckdb/node-api");
type Bindings = typeof import("@duckdb/node-bindings");

export interface EngineOptions {
  /** Megabytes DuckDB may use before it spills to disk; default a quarter of the machine's, 0.5 to 4 GB. */
  readonly memoryLimitMb?: number | undefined;
  /** Threads for queries, default one for each core. Writing always uses one, so that bytes repeat. */
  readonly threads?: number | undefined;
}

/** Where spilled data goes, beside what the user may set. */
export interface EnginePlace {
  readonly tmpFolder: string;
}

export type Cell = number | string | boolean | null;

/** A bound parameter: never part of the SQL text. */
export type Parameters = Readonly<
  Record<string, number | string | readonly number[] | readonly string[]>
>;

/** A column of `new_rows()`. With `words` its rows are places in that list, and an enumerated type in SQL. */
export interface FeedColumn extends Pick<Column, "name" | "type"> {
  /** All different; one or more. */
  readonly words?: readonly string[] | undefined;
}

/** Rows that JavaScript hands to DuckDB, chunk by chunk, under the table function `new_rows()`. */
export interface RowFeed {
  readonly columns: readonly FeedColumn[];
  readonly rowCount: number;
  /** Rows of a row group of the file that is written; ROW_GROUP_ROWS when left out. */
  readonly rowGroupRows?: number;
  /** Different values of a row group beyond which a column gets no dictionary; left out, a hundredth of its rows. */
  readonly dictionaryValues?: number;
  /** More options of COPY, as SQL: ", KV_METADATA {...}". */
  readonly copyOptions?: string;
  /** Writes rows `start` up to `start + count` into a chunk of that size. What it throws ends the COPY. */
  fill(chunk: DuckDBDataChunk, start: number, count: number): void;
}

/** One DuckDB in this process. */
export interface Engine {
  readonly duckdb: DuckDb;
  /**
   * Streams a result, chunk by chunk, on a connection of its own.
   *
   * @param signal stops the query, also while it sorts and has given no chunk yet
   * @throws WheelsdownError "interrupted" when the signal stopped it
   */
  chunks(
    sql: string,
    parameters?: Parameters,
    signal?: AbortSignal,
  ): AsyncGenerator<DuckDBDataChunk>;
  /** All rows of a small result. */
  rows(sql: string, parameters?: Parameters): Promise<Cell[][]>;
  /**
   * Writes the rows of a SELECT to a Parquet file.
   *
   * @param select may read `new_rows()`, and tables made by `keepHexes`
   * @returns rows written
   */
  copy(select: string, path: string, feed: RowFeed): Promise<number>;
  /** All rows of a small result over tables made by `keepHexes`. */
  written(sql: string): Promise<Cell[][]>;
  /** Makes a table `hexes(hex)` for `copy`, whose SQL cannot take parameters. */
  keepHexes(hexes: readonly number[]): Promise<void>;
  close(): void;
}

let loading: Promise<DuckDb> | undefined;
/** There as soon as any engine is. */
let nativeBindings: Bindings | undefined;

/** DuckDB's library is 70 MB: it is loaded at its first use, not when the program starts. */
export function loadDuckDb(): Promise<DuckDb> {
  loading ??= (async () => {
    const duckdb = await import("@duckdb/node-api");
    nativeBindings = (await import("./duckdb-native.js")).bindings;
    return duckdb;
  })();
  return loading;
}

/** A database in memory for reading Parquet files, with threads. */
export function openReader(place: EnginePlace, options: EngineOptions): Promise<Engine> {
  return openEngine(place, { ...options, threads: options.threads ?? availableParallelism() });
}

/** A database in memory for writing Parquet files: one thread, so that the same rows give the same bytes. */
export function openWriter(place: EnginePlace, options: EngineOptions): Promise<Engine> {
  return openEngine(place, { ...options, threads: 1 });
}

async function openEngine(place: EnginePlace, options: EngineOptions): Promise<Engine> {
  const duckdb = await loadDuckDb();
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    threads: String(options.threads),
    memory_limit: `${options.memoryLimitMb ?? defaultMemoryMb()}MB`,
    temp_directory: place.tmpFolder,
    preserve_insertion_order: "true",
    // Nothing is ever fetched from the network behind the user's back.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  // COPY and the tables it reads live on one connection, reading on one for each query.
  const writing = await instance.connect();
  const feed = registerFeed(duckdb, writing);
  const chunks: Engine["chunks"] = (sql, parameters = {}, signal) =>
    streamChunks(duckdb, instance, { sql, parameters, signal });
  return {
    duckdb,
    chunks,
    async rows(sql, parameters) {
      const rows: Cell[][] = [];
      for await (const chunk of chunks(sql, parameters))
        rows.push(...(chunk.getRows() as Cell[][]));
      return rows;
    },
    async copy(select, path, source) {
      feed.current = source;
      feed.failure = undefined;
      const { rowGroupRows = ROW_GROUP_ROWS, dictionaryValues, copyOptions = "" } = source;
      const dictionary = dictionaryValues ? `, DICTIONARY_SIZE_LIMIT ${dictionaryValues}` : "";
      const sql = `COPY (${select}) TO ${sqlString(path)} (FORMAT parquet, PARQUET_VERSION v2,
        COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows}${dictionary}${copyOptions})`;
      const result = await writing.runAndReadAll(sql);
      if (feed.failure !== undefined) throw feed.failure;
      return Number(result.getRows()[0]?.[0] ?? 0);
    },
    async written(sql) {
      return (await writing.runAndReadAll(sql)).getRows() as Cell[][];
    },
    async keepHexes(hexes) {
      const { values, types } = bind(duckdb, { hexes });
      const sql = "CREATE OR REPLACE TEMP TABLE hexes AS SELECT unnest($hexes) AS hex";
      await writing.run(sql, values, types);
    },
    close() {
      writing.closeSync();
      instance.closeSync();
    },
  };
}

async function* streamChunks(
  duckdb: DuckDb,
  instance: DuckDBInstance,
  query: {
    readonly sql: string;
    readonly parameters: Parameters;
    readonly signal: AbortSignal | undefined;
  },
): AsyncGenerator<DuckDBDataChunk> {
  const { signal } = query;
  const connection = await instance.connect();
  const stop = () => connection.interrupt();
  signal?.addEventListener("abort", stop);
  try {
    const { values, types } = bind(duckdb, query.parameters);
    throwIfStopped(signal);
    const result = await connection.stream(query.sql, values, types);
    for (;;) {
      throwIfStopped(signal);
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk;
    }
  } catch (error) {
    // What DuckDB throws when it is stopped is no failure of reading.
    throwIfStopped(signal);
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    connection.closeSync();
  }
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new WheelsdownError("interrupted", "interrupted; the answer is not whole");
}

/** What `new_rows()` gives, and what went wrong in it. */
interface FeedHolder {
  current: RowFeed;
  failure: unknown;
}

/** Registers `new_rows()`; it gives whatever feed is current when a query starts. */
function registerFeed(duckdb: DuckDb, connection: DuckDBConnection): FeedHolder {
  const holder: FeedHolder = {
    current: { columns: [], rowCount: 0, fill() {} },
    failure: undefined,
  };
  connection.registerTableFunction(
    duckdb.DuckDBTableFunction.create({
      name: "new_rows",
      bindFunction(binding) {
        const feed = holder.current;
        for (const { name, type, words } of feed.columns)
          binding.addResultColumn(name, words ? duckdb.ENUM(words) : duckTypes(duckdb)[type]);
        binding.setCardinality(feed.rowCount, true);
        binding.setBindData({ feed });
      },
      initFunction(init) {
        init.setMaxThreads(1);
        init.setInitData({ start: 0 });
      },
      mainFunction(call, chunk) {
        const { feed } = call.bindData as { feed: RowFeed };
        const position = call.initData as { start: number };
        const count = Math.min(CHUNK_ROWS, feed.rowCount - position.start);
        chunk.rowCount = count;
        try {
          if (count > 0) feed.fill(chunk, position.start, count);
          position.start += count;
        } catch (error) {
          // DuckDB's thread waits for this call; it is told that the rows are at their end.
          holder.failure = error;
          chunk.rowCount = 0;
          position.start = feed.rowCount;
        }
      },
    }),
  );
  return holder;
}

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
  return nativeBindings!.data_chunk_get_vector(raw, index);
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
  nativeBindings!.copy_data_to_vector(vector, 0, stored.buffer, 0, count * rowBytes);
  putValidity(chunk, index, column);
}

/** Only says which rows of a column are NULL: for texts, which are put one by one. */
export function putValidity(chunk: DuckDBDataChunk, index: number, column: FedColumn): void {
  if (!column.hasUnknown) return;
  const bindings = nativeBindings!;
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
  nativeBindings!.vector_assign_string_element_len(vector, row, utf8);
}

function duckTypes(duckdb: DuckDb): Readonly<Record<ColumnType, DuckDBType>> {
  const { INTEGER, BIGINT, DOUBLE, BOOLEAN, VARCHAR, TIMESTAMP_MS } = duckdb;
  return { INTEGER, BIGINT, DOUBLE, BOOLEAN, VARCHAR, TIMESTAMP_MS };
}

function bind(
  duckdb: DuckDb,
  parameters: Parameters,
): { values: Record<string, DuckDBValue>; types: Record<string, DuckDBType> } {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) {
      values[name] = duckdb.listValue(value as DuckDBValue[]);
      types[name] = duckdb.LIST(typeof value[0] === "string" ? duckdb.VARCHAR : duckdb.INTEGER);
    } else {
      values[name] = value as DuckDBValue;
      // A double would turn comparisons with integer columns into ones Parquet statistics cannot answer.
      types[name] =
        typeof value === "string"
          ? duckdb.VARCHAR
          : Number.isInteger(value) && Math.abs(value as number) < 2 ** 31
            ? duckdb.INTEGER
            : duckdb.DOUBLE;
    }
  }
  return { values, types };
}

/** @returns a string literal; the only way any text gets into SQL */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A table of Parquet files, taken in that order. DuckDB reads `*`, `?` and `[` in a path as a pattern, which a
 * user's folder may hold: they are quoted its way.
 */
export function sqlFiles(paths: readonly string[], extra = ""): string {
  const list = paths.map((path) => sqlString(path.replace(/[*?[]/g, "[$&]"))).join(", ");
  return `read_parquet([${list}], hive_partitioning = false${extra})`;
}
