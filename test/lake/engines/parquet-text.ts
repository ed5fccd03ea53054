import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { sqlFiles } from "../../../src/lake/duckdb.js";
import { type Column, type ColumnType, FILE_TABLES, POINTS } from "../../../src/lake/schema.js";

/** A Parquet file of a lake and the columns that it must have. */
export interface LakeFile {
  readonly path: string;
  /** Its path inside the lake. */
  readonly name: string;
  readonly columns: readonly Column[];
}

/** What a program finds in one file. */
export interface FileText {
  readonly rowCount: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    /** Over its values in order, one a line, in the form that read_parquet.py and ReadParquet.java describe. */
    readonly sha256: string;
  }[];
}

/** @returns every Parquet file below a folder, by name */
export function lakeFiles(root: string): LakeFile[] {
  const names = readdirSync(root, { recursive: true }).map(String).sort();
  return names
    .filter((name) => name.endsWith(".parquet"))
    .map((name) => {
      // Copies sorted by area, and what is kept of the ends of contacts, are points.
      const kind = FILE_TABLES.find((table) => name.split(/[\\/]/).includes(table.kind));
      return { name, path: join(root, name), columns: (kind ?? POINTS).columns };
    });
}

function plainText(value: DuckDBValue, type: ColumnType): string {
  if (value === null) return "-";
  if (type === "DOUBLE") {
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value as number);
    return bits.toString("hex");
  }
  if (type === "VARCHAR") return `${Buffer.byteLength(value as string)}:${value as string}`;
  return String(value);
}

/** What DuckDB reads in the files: the same text as the other programs make, under the types of the tables. */
export async function readWithDuckDb(files: readonly LakeFile[]): Promise<FileText[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const texts: FileText[] = [];
  for (const { path, columns } of files) {
    const list = columns.map(({ name, type }) =>
      type === "TIMESTAMP_MS" ? `epoch_ms(${name}) AS ${name}` : name,
    );
    const sql = `SELECT ${list.join(", ")} FROM ${sqlFiles([path])}`;
    const read = await connection.runAndReadAll(sql);
    const values = read.getColumns();
    texts.push({
      rowCount: read.currentRowCount,
      columns: columns.map(({ name, type }, index) => {
        const hash = createHash("sha256");
        for (const value of values[index] ?? []) hash.update(`${plainText(value, type)}\n`);
        return { name, type, sha256: hash.digest("hex") };
      }),
    });
  }
  connection.closeSync();
  instance.closeSync();
  return texts;
}

/** Reads a line of read_parquet.py, or of ReadParquet.java without what it says of row groups. */
export function parseFileText([rowCount, ...fields]: readonly string[]): FileText {
  const columns = [];
  for (let i = 0; i < fields.length; i += 3)
    columns.push({ name: fields[i]!, type: fields[i + 1] ?? "", sha256: fields[i + 2] ?? "" });
  return { rowCount: Number(rowCount), columns };
}

/** The same, with the types' names in another program's words. */
export function inWordsOf(
  text: FileText,
  words: Readonly<Record<ColumnType, (name: string) => string>>,
): FileText {
  const columns = text.columns.map((column) => {
    return { ...column, type: words[column.type as ColumnType](column.name) };
  });
  return { ...text, columns };
}
