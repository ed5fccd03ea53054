import type { Address } from "../aircraft/address.js";
import { WheelsdownError } from "../units/errors.js";
import { parseUtc } from "../units/time.js";
import { readAddressCell } from "./address-cell.js";
import { IsoTimes, sixHexDigits } from "./byte-cells.js";
import type { CsvRow } from "./csv-row.js";
import { eachCsvRow } from "./csv-rows.js";
import { HeldCell } from "./held-cell.js";
import type { ReaderSink, RowIssue } from "./reader.js";
import { parseSquawk, textOrUndefined } from "./text.js";

/** What separates the cells of a table. */
const DELIMITERS = [",", ";", "\t"] as const;

/** @returns the names in a table's first line, lower-case; the header alone tells what separates cells */
export function headerNames(text: string): string[] {
  const line = text.slice(0, text.search(/[\r\n]|$/)).toLowerCase();
  return line.split(delimiterOf(line)).map((name) => name.replace(/^"|"$/g, "").trim());
}

/**
 * @param line the header
 * @returns what separates its cells. A semicolon means commas inside cells: in decimals, or in "latitude,longitude"
 */
export function delimiterOf(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Takes the rows of a table whose columns have names. */
export interface TableTaker {
  /**
   * @param names in the header, lower-case
   * @throws WheelsdownError when they are not those of the format
   */
  header(names: readonly string[]): void;
  /** @param row valid until the call returns; counted already */
  row(row: CsvRow): void;
}

/**
 * Reads a table with a header. Lines that are no CSV are counted and left out; a table that breaks off loses its last
 * line and says so.
 *
 * @throws WheelsdownError what `header` throws, also for an input without one
 */
export async function readTable(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
  taker: TableTaker,
): Promise<void> {
  let width = -1;
  await eachCsvRow(chunks, {
    delimiterOf,
    row(row) {
      if (width < 0) {
        const names = row.cells().map((name) => name.trim().toLowerCase());
        width = names.length;
        taker.header(names);
        if (row.isOpen) sink.issue(BROKEN_OFF);
        return;
      }
      sink.row();
      // A last line without its end and with too few cells was cut: its last number may be half a number.
      if (row.isOpen && row.count < width) return sink.issue(BROKEN_OFF);
      // The header is no row.
      row.row--;
      const extra = row.cellsBehind(width);
      if (extra > 0) return sink.issue(tooWide(row.row, width + extra, width));
      taker.row(row);
    },
    malformed(row, isOpen) {
      sink.row();
      if (isOpen) sink.issue(BROKEN_OFF);
      else sink.issue({ kind: "row-malformed", row: row - 1, detail: NO_CSV });
    },
  });
  if (width < 0) taker.header([]);
}

/** 23,5 between commas is two cells, and all cells behind it would be read as others: as positions elsewhere. */
function tooWide(row: number, count: number, width: number): RowIssue {
  return {
    kind: "row-malformed",
    row,
    detail: `${count} cells where the first line has ${width}: commas in numbers between commas, or in texts without quotes`,
  };
}

/** What is said of a line that is no row. */
export const NO_CSV = "a line that is no CSV: a quote in it is not closed, or it is too long";

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

/** Addresses and texts remembered at once. chosen: more than fly in one day */
const REMEMBERED_MAX = 100_000;

/**
 * Reads the cells of a table's rows by the names of its columns: what nearly every row holds straight from its bytes, the
 * rest as the functions for texts do.
 */
export class TableCells {
  readonly #columns = new Map<string, number[]>();
  readonly #times = new IsoTimes();
  readonly #addresses = new Map<number, Address>();
  readonly #address = new HeldCell<Address | undefined>(undefined);
  readonly #texts: HeldCell<string | undefined>[] = [];
  readonly #squawk = new HeldCell<number | undefined>(undefined);
  /** Of the last number or address asked for: why it is none. */
  wrong: string | undefined;

  /** @param names lower-case; of two that are alike the last one that a row has counts */
  constructor(names: readonly string[]) {
    for (const [column, name] of names.entries())
      this.#columns.set(name, [column, ...(this.#columns.get(name) ?? [])]);
  }

  /** @returns the places of those of these columns that the table has, in the order asked for */
  columnsOf(...names: readonly string[]): readonly number[] {
    return names.flatMap((name) => this.#columns.get(name) ?? []);
  }

  /** @returns the first of these columns that this row has; -1 for none: rows may be short */
  static placeOf(row: CsvRow, columns: readonly number[]): number {
    // Nearly always the first; a plain loop, as this is asked for every cell.
    for (let i = 0; i < columns.length; i++) if (columns[i]! < row.count) return columns[i]!;
    return -1;
  }

  /**
   * A number of the first of these columns, and in `wrong` why there is none where something stands.
   *
   * @param name what `wrong` calls it
   * @returns NaN unknown
   */
  number(row: CsvRow, columns: readonly number[], name: string): number {
    this.wrong = undefined;
    const column = TableCells.placeOf(row, columns);
    const plain = row.plain(column);
    if (!Number.isNaN(plain) || column < 0 || row.isEmpty(column)) return plain;
    const { value, wrong } = numberCell(row.text(column), name);
    this.wrong = wrong;
    return value ?? Number.NaN;
  }

  /** @returns undefined for none, and in `wrong` why */
  address(row: CsvRow, columns: readonly number[]): Address | undefined {
    this.wrong = undefined;
    const column = TableCells.placeOf(row, columns);
    if (column < 0) {
      this.wrong = readAddressCell(undefined).wrong;
      return undefined;
    }
    const { bytes } = row;
    const start = row.starts[column]!;
    const end = row.ends[column]!;
    const held = this.#address;
    if (held.value !== undefined && held.isSame(bytes, start, end)) return held.value;
    const packed = sixHexDigits(bytes, start, end);
    const known = packed < 0 ? undefined : this.#addresses.get(packed);
    if (known !== undefined) return held.hold(bytes, start, end, known);
    const cell = readAddressCell(row.text(column));
    this.wrong = cell.wrong;
    if (packed >= 0 && cell.address !== undefined) {
      if (this.#addresses.size >= REMEMBERED_MAX) this.#addresses.clear();
      this.#addresses.set(packed, cell.address);
    }
    return cell.address;
  }

  /** @returns a text without what pads it; undefined when empty */
  text(row: CsvRow, columns: readonly number[]): string | undefined {
    const column = TableCells.placeOf(row, columns);
    if (column < 0 || row.isEmpty(column)) return undefined;
    const { bytes } = row;
    const start = row.starts[column]!;
    const end = row.ends[column]!;
    // Quotes written twice are the same bytes as others that stand for themselves.
    if (row.isDoubled) return textOrUndefined(row.text(column));
    const held = (this.#texts[column] ??= new HeldCell(undefined));
    if (held.isSame(bytes, start, end)) return held.value;
    return held.hold(bytes, start, end, textOrUndefined(row.text(column)));
  }

  /** @returns four octal digits read in decimal, as `parseSquawk`; what pads them does not matter */
  squawk(row: CsvRow, columns: readonly number[]): number | undefined {
    const column = TableCells.placeOf(row, columns);
    if (column < 0 || row.isEmpty(column)) return undefined;
    const { bytes } = row;
    const start = row.starts[column]!;
    const end = row.ends[column]!;
    const held = this.#squawk;
    if (held.isSame(bytes, start, end)) return held.value;
    return held.hold(bytes, start, end, parseSquawk(textOrUndefined(row.text(column))));
  }

  /** @returns a date with a time in the usual form of ISO 8601, UTC; NaN for anything else */
  isoMs(row: CsvRow, columns: readonly number[]): number {
    const column = TableCells.placeOf(row, columns);
    return column < 0
      ? Number.NaN
      : this.#times.read(row.bytes, row.starts[column]!, row.ends[column]!);
  }

  /** @returns a date or time as `parseUtc` reads it; NaN for anything else */
  utcMs(row: CsvRow, columns: readonly number[]): number {
    const isoMs = this.isoMs(row, columns);
    if (!Number.isNaN(isoMs)) return isoMs;
    return parseUtc(this.text(row, columns) ?? "") ?? Number.NaN;
  }
}
