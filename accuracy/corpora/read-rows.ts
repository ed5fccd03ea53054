import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

/** A row of a table as text by column name. */
export type Row = Readonly<Record<string, string>>;

/** @returns the text of a file, unpacked when it is gzip by content */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return plain.toString("utf8");
}

/** @returns the rows of a CSV file with a header line */
export function readRows(path: string): Row[] {
  return parse(readText(path), { columns: true, bom: true, relax_column_count: true });
}

/** @returns the number, or undefined for an empty cell, "NA", "NULL" and other text */
export function cell(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Groups rows by a key, in order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
