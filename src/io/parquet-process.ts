// Reads Parquet files for another process, which starts this one and asks it. DuckDB is written in C++, and bytes that are
// damaged, or made to do harm, may end the process it runs in or use up its memory: that must not be the one that holds what
// else was read. See parquet-frames.ts for what is said.
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import type { DuckDBConnection } from "@duckdb/node-api";
import {
  frameBytes,
  type ParquetColumn,
  type ParquetFailure,
  type ParquetFrame,
  type ParquetQuestion,
} from "./parquet-frames.js";
import {
  headerLine,
  isCellType,
  lineSql,
  sqlName,
  sqlText,
  textLengthSql,
} from "./parquet-text.js";

/** chosen: a row group of a million rows and thirty columns is read in a tenth of it */
const MEMORY_MB = 768;
/** DuckDB does not count all that it takes. chosen: its limit and what else this process holds, twice */
const RESIDENT_BYTES_MAX = 1.6e9;
const WATCH_MS = 50;
/** What an answer may take whatever the file is like, and for each value in it. chosen: a hundred times what it takes */
const PATIENCE_MS = 60_000;
const VALUE_PATIENCE_MS = 1e-3;
/** chosen: the world's state vectors of seven hours, one each ten seconds; as tracks they take 2 GB */
const ROWS_MAX = 25_000_000;
/** chosen: ten times the columns of the widest table of positions there is */
const COLUMNS_MAX = 1000;
/** chosen: ROWS_MAX rows of 500 characters, three times the usual */
const TEXT_CHARACTERS_MAX = 12.5e9;
/** What stands in a cell that is no text takes no more characters. chosen: the longest time there is */
const CELL_CHARACTERS = 32;
const FRAME_CHARACTERS = 1 << 18;

const TOO_MUCH_MEMORY =
  "needs more memory than a table of positions does; write it again with row groups of 100,000 rows";

/** Something is wrong with the file: what its owner is told. */
class FileFault extends Error {}

class NoEngine extends Error {}

// Loaded before anything is asked: this process is often there before its question.
const loading = import("@duckdb/node-api").catch((cause: unknown) => ({ failure: String(cause) }));

let temporaryFolder: string | undefined;
/** When DuckDB has to be done with what it was asked last, by `performance.now`. */
let deadlineMs = Number.POSITIVE_INFINITY;

/** Whoever asked is gone, or nobody asks any more. */
function leave(): never {
  if (temporaryFolder !== undefined) rmSync(temporaryFolder, { recursive: true, force: true });
  process.exit();
}

/** Ends this process with an answer: what DuckDB is doing cannot be stopped otherwise. */
function giveUp(message: string): void {
  deadlineMs = Number.POSITIVE_INFINITY;
  const failure = { kind: "file", message } as const;
  const frame = frameBytes({ kind: "failed", failure });
  process.stdout.write(frame, () => process.exit());
}

// Ctrl-C goes to all processes of a terminal; the one that asks decides what ends.
process.on("SIGINT", () => undefined);
process.stdout.on("error", leave);
setInterval(() => {
  if (process.memoryUsage.rss() > RESIDENT_BYTES_MAX) giveUp(TOO_MUCH_MEMORY);
  else if (performance.now() > deadlineMs) giveUp("takes too long to read: it is damaged");
}, WATCH_MS).unref();

void answerAll();

async function answerAll(): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  lines.on("close", leave);
  for await (const line of lines) {
    const question = JSON.parse(line) as ParquetQuestion;
    temporaryFolder = question.temporaryFolder;
    try {
      await answer(question);
    } catch (error) {
      deadlineMs = Number.POSITIVE_INFINITY;
      await say({ kind: "failed", failure: failureOf(error, question) });
      process.exit();
    }
    temporaryFolder = undefined;
  }
}

/** Waits until it is taken: a reader that is slower than this process keeps it waiting. */
async function say(frame: ParquetFrame): Promise<void> {
  await new Promise((resolve) => process.stdout.write(frameBytes(frame), resolve));
}

async function answer({ path, rowsMax }: ParquetQuestion): Promise<void> {
  const duckdb = await loading;
  if ("failure" in duckdb)
    throw new NoEngine(`DuckDB, which reads Parquet, cannot be loaded: ${duckdb.failure}`);
  const { DuckDBInstance } = duckdb;
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "1",
    memory_limit: `${MEMORY_MB}MB`,
    temp_directory: "",
    preserve_insertion_order: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    // This file and nothing else on this machine or any other, whatever stands in it.
    await connection.run(
      `SET TimeZone = 'UTC'; SET allowed_paths = [${sqlText(path)}]; ` +
        "SET enable_external_access = false; SET lock_configuration = true",
    );
    await answerWith(connection, { path, rowsMax });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function answerWith(
  connection: DuckDBConnection,
  { path, rowsMax }: { readonly path: string; readonly rowsMax: number | undefined },
): Promise<void> {
  deadlineMs = performance.now() + PATIENCE_MS;
  const rowCount = await rowCountOf(connection, path);
  const table = `read_parquet(${sqlText(path)}, hive_partitioning = false, union_by_name = false)`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
  const all = described.getRows().map(([name, type]): ParquetColumn => {
    return { name: name as string, type: type as string };
  });
  if (all.length > COLUMNS_MAX)
    throw new FileFault(`has ${all.length} columns, more than any table of positions`);
  const columns = all.filter(({ type }) => isCellType(type));
  const leftOut = all.filter(({ type }) => !isCellType(type));
  if (columns.length === 0) throw new FileFault("has no column of numbers, texts or times");
  if (rowsMax === undefined) {
    deadlineMs += rowCount * columns.length * VALUE_PATIENCE_MS;
    await checkAll(connection, table, columns);
  }
  const sharedNames = await sharedNamesIn(connection, path);
  await say({ kind: "heading", heading: { columns, leftOut, sharedNames, rowCount } });
  await say({ kind: "rows", text: Buffer.from(headerLine(columns)) });
  const limit = rowsMax === undefined ? "" : ` LIMIT ${rowsMax}`;
  await sayLines(connection, `SELECT ${lineSql(columns)} FROM ${table}${limit}`);
  await say({ kind: "end" });
}

async function rowCountOf(connection: DuckDBConnection, path: string): Promise<number> {
  const result = await connection.runAndReadAll(
    `SELECT num_rows, encryption_algorithm FROM parquet_file_metadata(${sqlText(path)})`,
  );
  const [rows, encryption] = result.getRows()[0] ?? [];
  if (encryption !== null && encryption !== undefined)
    throw new FileFault("is encrypted; write it without encryption");
  const rowCount = Number(rows ?? 0);
  if (rowCount > ROWS_MAX)
    throw new FileFault(
      `has ${Math.round(rowCount / 1e6)} million rows; of one file ${ROWS_MAX / 1e6} million are read: ` +
        "split it by day or by aircraft",
    );
  return rowCount;
}

/** @returns names that several columns of the table have, lower-case */
async function sharedNamesIn(connection: DuckDBConnection, path: string): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `SELECT lower(name), coalesce(num_children, 0) FROM parquet_schema(${sqlText(path)})`,
  );
  // Depth first: the root, then each column with what is inside it.
  const [, ...elements] = result.getRows();
  const seen = new Set<string>();
  const shared = new Set<string>();
  let insideCount = 0;
  for (const [name, children] of elements as [string, bigint][]) {
    if (insideCount > 0) insideCount--;
    else if (seen.has(name)) shared.add(name);
    else seen.add(name);
    insideCount += Number(children);
  }
  return [...shared];
}

/**
 * Decodes every value once and keeps none: a file that is damaged anywhere gives nothing at all, and does so on every run.
 *
 * @throws FileFault when it would become more text than any table of positions
 */
async function checkAll(
  connection: DuckDBConnection,
  table: string,
  columns: readonly ParquetColumn[],
): Promise<void> {
  const result = await connection.runAndReadAll(
    `SELECT count(*), bit_xor(hash(${columns.map(({ name }) => sqlName(name)).join(", ")})), ` +
      `sum(${textLengthSql(columns)}) FROM ${table}`,
  );
  const [rowCount, , textLength] = result.getRows()[0]!.map(Number) as [number, number, number];
  const characters = textLength + rowCount * columns.length * CELL_CHARACTERS;
  if (rowCount > ROWS_MAX || characters > TEXT_CHARACTERS_MAX)
    throw new FileFault(`holds more than any table of positions; split it by day or by aircraft`);
}

async function sayLines(connection: DuckDBConnection, select: string): Promise<void> {
  const result = await connection.stream(select);
  let held: string[] = [];
  let heldCharacters = 0;
  const flush = async (): Promise<void> => {
    if (held.length > 0) await say({ kind: "rows", text: Buffer.from(`${held.join("\n")}\n`) });
    held = [];
    heldCharacters = 0;
  };
  for (;;) {
    deadlineMs = performance.now() + PATIENCE_MS;
    const chunk = await result.fetchChunk();
    deadlineMs = Number.POSITIVE_INFINITY;
    if (!chunk || chunk.rowCount === 0) break;
    for (const line of chunk.getColumnValues(0) as string[]) {
      held.push(line);
      heldCharacters += line.length;
    }
    if (heldCharacters >= FRAME_CHARACTERS) await flush();
  }
  await flush();
}

/** DuckDB's errors are no more than errors; those of JavaScript are ours. */
function failureOf(error: unknown, { path }: ParquetQuestion): ParquetFailure {
  const { message, name, stack } = error as Error;
  if (error instanceof FileFault) return { kind: "file", message };
  if (error instanceof NoEngine) return { kind: "engine", message };
  if (name !== "Error") return { kind: "bug", message: String(stack) };
  const first = message.split("\n")[0]!.replaceAll(path, "this file").trim();
  if (/^Out of Memory Error|bad_alloc/.test(first))
    return { kind: "file", message: TOO_MUCH_MEMORY };
  return {
    kind: "file",
    message: `cannot be read (DuckDB: ${first.slice(0, 200)}); it is damaged, or written in a way that is not known; download or write it again`,
  };
}
