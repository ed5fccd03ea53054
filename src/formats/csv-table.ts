import { parse } from "csv-parse/browser/esm/sync";
import { WheelsdownError } from "../units/errors.js";
import type { ReaderSink } from "./reader.js";

/** One line of a table by the names in its header, lower-case. */
export type TableRow = Readonly<Record<string, unknown>>;

/** What separates the cells of a table. */
const DELIMITERS = [",", ";", "\t"] as const;

/** @returns the names in a table's first line, lower-case; the header alone tells what separates cells */
export function headerNames(text: string): string[] {
  const line = text.slice(0, text.search(/[\r\n]|$/)).toLowerCase();
  return line.split(delimiterOf(line)).map((name) => name.replace(/^"|"$/g, "").trim());
}

/** A semicolon means commas inside cells: in decimals, or in "latitude,longitude". */
function delimiterOf(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/**
 * Reads a table with a header. Lines that are no CSV are counted and left out; a table that breaks off loses its last
 * line and says so.
 *
 * @param requireColumns throws when the names are not those of the format
 * @throws WheelsdownError "input-invalid" when it is no table
 */
export function tableRows(
  text: string,
  sink: ReaderSink,
  requireColumns: (names: readonly string[]) => void,
): TableRow[] {
  let names: string[] = [];
  let rows: TableRow[];
  let isQuoteOpen = false;
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  try {
    rows = parse(text, {
      columns: (header: string[]) => {
        names = header.map((name) => name.trim().toLowerCase());
        return names;
      },
      delimiter: delimiterOf(firstLine),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error: { readonly code?: string } | undefined) => {
        sink.row();
        isQuoteOpen = error?.code === "CSV_QUOTE_NOT_CLOSED";
        if (isQuoteOpen) sink.issue(BROKEN_OFF);
        else sink.issue({ kind: "row-malformed", row: -1, detail: "a line that is no CSV" });
        return undefined;
      },
    });
  } catch (cause) {
    throw new WheelsdownError("input-invalid", `not readable as CSV: ${(cause as Error).message}`, {
      cause,
    });
  }
  requireColumns(names);
  if (isQuoteOpen || /[\r\n]$/.test(text)) return rows;
  // A last line without its end and with too few cells was cut: its last number may be half a number.
  const last = rows.at(-1);
  if (last && Object.keys(last).length === new Set(names).size) return rows;
  sink.issue(BROKEN_OFF);
  if (last) sink.row();
  return rows.slice(0, -1);
}

const BROKEN_OFF = {
  kind: "truncated",
  row: -1,
  detail: "the table breaks off; lines before that were read",
} as const;

/**
 * Says that a table lacks columns.
 *
 * @param needed each a list of names of which one must be there
 * @throws WheelsdownError "input-invalid" that names the first that is missing
 */
export function requireNames(
  names: readonly string[],
  needed: readonly (readonly string[])[],
): void {
  for (const any of needed) {
    if (any.some((name) => names.includes(name))) continue;
    throw new WheelsdownError(
      "input-invalid",
      `the table's first line has no column ${any.join(" or ")}; add the names of the columns`,
    );
  }
}

/** A number out of a cell: unknown when empty; `wrong` says why what stands there is none. */
export interface NumberCell {
  readonly value?: number;
  readonly wrong?: string;
}

/** Reads a cell that holds a plain decimal number, as the exports of sites write them. */
export function numberCell(cell: unknown, name: string): NumberCell {
  if (typeof cell === "number") return Number.isFinite(cell) ? { value: cell } : {};
  const text = typeof cell === "string" ? cell.trim() : "";
  if (text === "" || text === "null" || text === "None") return {};
  const value = Number(text);
  if (/^[+-]?(\d|\.\d)/.test(text) && Number.isFinite(value)) return { value };
  const shown = JSON.stringify(text.slice(0, 24));
  return /^[+-]?\d+,\d+$/.test(text)
    ? { wrong: `${name} ${shown} has a decimal comma; export it with decimal points` }
    : { wrong: `${name} ${shown} is no number` };
}
