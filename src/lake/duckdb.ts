import { availableParallelism } from "node:os";
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBType,
  DuckDBValue,
} from "@duckdb/node-api";
import { WheelsdownError } from "../units/errors.js";
import { type DuckDb, loadDuckDb } from "./duckdb-library.js";
import { defaultMemoryMb } from "./engine-memory.js";
import { type Column, type ColumnType, ROW_GROUP_ROWS } from "./schema.js";
import { CHUNK_ROWS } from "./vectors.js";

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
  /** Trims (see `Engine.trim`) after each row group: worth its time where one takes a hundred megabytes. */
  readonly trims?: boolean;
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
  /**
   * Gives back to the system what the whole process has freed: glibc keeps it wherever something that lies behind it is still
   * in use. Other C libraries are not asked. Never fails; to be awaited before the engine is closed.
   */
  trim(): Promise<void>;
  close(): void;
}

/** A database in memory for reading Parquet files, with threads. */
export function openReader(place: EnginePlace, options: EngineOptions): Promise<Engine> {
  return openEngine(place, { ...options, threads: options.threads ?? availableParallelism() });
}

/** A database in memory for writing Parquet files: one thread, so that the same rows give the same bytes. */
export function openWriter(place: EnginePlace, options: EngineOptions): Promise<Engine> {
  return openEngine(place, { ...options, threads: 1 });
}

const SETTINGS = {
  preserve_insertion_order: "true",
  // Nothing is ever fetched from the network behind the user's back.
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
};

async function openEngine(place: EnginePlace, options: EngineOptions): Promise<Engine> {
  const duckdb = await loadDuckDb();
  const memoryLimit = `${options.memoryLimitMb ?? defaultMemoryMb()}MB`;
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    ...SETTINGS,
    threads: String(options.threads),
    memory_limit: memoryLimit,
    temp_directory: place.tmpFolder,
  });
  // COPY and the tables it reads live on one connection, reading on one for each query.
  const writing = await instance.connect();
  const trim = () => trimMemory(instance, memoryLimit);
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
      const trims: Promise<void>[] = [];
      feed.current = source.trims ? withBetween(source, () => trims.push(trim())) : source;
      feed.failure = undefined;
      const { rowGroupRows = ROW_GROUP_ROWS, dictionaryValues, copyOptions = "" } = source;
      const dictionary = dictionaryValues ? `, DICTIONARY_SIZE_LIMIT ${dictionaryValues}` : "";
      const sql = `COPY (${select}) TO ${sqlString(path)} (FORMAT parquet, PARQUET_VERSION v2,
        COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows}${dictionary}${copyOptions})`;
      // None may be under way when the engine is closed.
      const result = await writing.runAndReadAll(sql).finally(() => Promise.all(trims));
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
    trim,
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

/** See `Engine.trim`. */
async function trimMemory(instance: DuckDBInstance, memoryLimit: string): Promise<void> {
  try {
    const connection = await instance.connect();
    try {
      // The same limit again: DuckDB calls malloc_trim whenever one is set (BufferPool::SetLimit).
      await connection.run(`SET memory_limit = ${sqlString(memoryLimit)}`);
    } finally {
      connection.closeSync();
    }
  } catch {
    // Nothing is lost but memory that could have been had.
  }
}

/** @returns the feed, that says when a row group's rows were taken: where nothing sorts them, it is written */
function withBetween(source: RowFeed, onBetween: () => void): RowFeed {
  const { rowGroupRows = ROW_GROUP_ROWS } = source;
  return {
    ...source,
    fill(chunk, start, count) {
      if (start > 0 && start % rowGroupRows === 0) onBetween();
      source.fill(chunk, start, count);
    },
  };
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
