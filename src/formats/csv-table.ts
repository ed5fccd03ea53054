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
  return new TableParts(sink, requireColumns).rows(text, true);
}

/** A part of a table that is parsed at once. chosen: ten thousand rows; their cells take some 20 MB */
const PART_CHARACTERS = 1 << 20;
/** A quote that is not closed keeps a part from ending; in so long a part it means nothing. */
const PART_CHARACTERS_MAX = 1 << 22;

/**
 * `tableRows` for tables of any size, of which a part is held at a time. The parts are the same however the text is cut.
 *
 * @param texts the table's text in pieces
 * @throws WheelsdownError "input-invalid" also for a line of more than eight million characters
 */
export async function* tableRowsByPart(
  texts: AsyncIterable<string>,
  sink: ReaderSink,
  requireColumns: (names: readonly string[]) => void,
): AsyncGenerator<readonly TableRow[]> {
  const parts = new TableParts(sink, requireColumns);
  let held = "";
  /** As far as quotes were counted. */
  let countedTo = 0;
  let quoteCount = 0;
  for await (const text of texts) {
    held += text;
    while (held.length > PART_CHARACTERS) {
      const lineEnd = held.indexOf("\n", Math.max(countedTo, PART_CHARACTERS));
      if (lineEnd < 0) break;
      quoteCount += quotesIn(held, countedTo, lineEnd);
      countedTo = lineEnd + 1;
      // An odd number of quotes before it: this line end may stand in a cell.
      if (quoteCount % 2 === 1 && countedTo < PART_CHARACTERS_MAX) continue;
      yield parts.rows(held.slice(0, countedTo), false);
      held = held.slice(countedTo);
      countedTo = 0;
      quoteCount = 0;
    }
    if (held.length - countedTo > 2 * PART_CHARACTERS_MAX)
      throw new WheelsdownError("input-invalid", "no table: a line of it has no end");
  }
  yield parts.rows(held, true);
}

function quotesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('"', from); at >= 0 && at < to; at = text.indexOf('"', at + 1))
    count++;
  return count;
}

/** Parses a table part by part, each of whole lines. */
class TableParts {
  readonly #sink: ReaderSink;
  readonly #requireColumns: (names: readonly string[]) => void;
  #names: string[] | undefined;
  #delimiter = ",";
  #isQuoteOpen = false;

  constructor(sink: ReaderSink, requireColumns: (names: readonly string[]) => void) {
    this.#sink = sink;
    this.#requireColumns = requireColumns;
  }

  /** @param isLast whether the table ends with this part */
  rows(text: string, isLast: boolean): TableRow[] {
    this.#isQuoteOpen = false;
    const isFirst = this.#names === undefined;
    if (isFirst) this.#delimiter = delimiterOf(text.slice(0, text.search(/[\r\n]|$/)));
    // Text without quotes needs no parser, which takes ten times as long.
    const rows = /["\r]/.test(text) ? this.#parsed(text, isLast) : this.#split(text);
    if (isFirst) this.#requireColumns((this.#names ??= []));
    if (!isLast || this.#isQuoteOpen || /[\r\n]$/.test(text) || (text === "" && !isFirst))
      return rows;
    // A last line without its end and with too few cells was cut: its last number may be half a number.
    const last = rows.at(-1);
    if (last && Object.keys(last).length === new Set(this.#names).size) return rows;
    this.#sink.issue(BROKEN_OFF);
    if (last) this.#sink.row();
    return rows.slice(0, -1);
  }

  #named(header: readonly string[]): string[] {
    this.#names = header.map((name) => name.trim().toLowerCase());
    return this.#names;
  }

  /** What `#parsed` gives for text without quotes and returns: empty lines and cells too many are nothing. */
  #split(text: string): TableRow[] {
    const lines = text.replace(/^\uFEFF/, "").split("\n");
    const rows: TableRow[] = [];
    for (const line of lines) {
      if (line === "") continue;
      const cells = line.split(this.#delimiter);
      if (this.#names === undefined) {
        this.#named(cells);
        continue;
      }
      const names = this.#names;
      // Without a prototype, so that a column may have any name.
      const row = Object.create(null) as Record<string, string>;
      const count = Math.min(cells.length, names.length);
      for (let i = 0; i < count; i++) row[names[i]!] = cells[i]!;
      rows.push(row);
    }
    return rows;
  }

  #parsed(text: string, isLast: boolean): TableRow[] {
    const sink = this.#sink;
    try {
      return parse(text, {
        columns: this.#names ?? ((header: string[]) => this.#named(header)),
        delimiter: this.#delimiter,
        bom: true,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        skip_records_with_error: true,
        on_skip: (error: { readonly code?: string } | undefined) => {
          sink.row();
          this.#isQuoteOpen = isLast && error?.code === "CSV_QUOTE_NOT_CLOSED";
          if (this.#isQuoteOpen) sink.issue(BROKEN_OFF);
          else sink.issue({ kind: "row-malformed", row: -1, detail: "a line that is no CSV" });
          return undefined;
        },
      });
    } catch (cause) {
      const message = `not readable as CSV: ${(cause as Error).message}`;
      throw new WheelsdownError("input-invalid", message, { cause });
    }
  }
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
