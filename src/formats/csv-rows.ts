import { cutPlainCells } from "./csv-cells.js";
import { CsvRow } from "./csv-row.js";
import { cellsOf } from "./table-cells.js";
import { utf8Chunks } from "./utf16.js";

const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
/** A row longer than this is none. chosen: a hundred times the longest that was seen, a cell with a route's geometry */
const ROW_BYTES_MAX = 1_000_000;
/** A cell in quotes that goes on for longer was never closed. chosen: a remark is some lines, a quote lost is the whole file */
const CELL_LINES_MAX = 64;
const CELL_BYTES_MAX = 65_536;

/** So much of a chunk is cut at once, as all of it is copied. chosen: what a file is read in */
const PIECE_BYTES = 65_536;

/** The first line's end is looked for in so much. chosen: as much as `detectReader` sees */
const LOOKED_AT_BYTES = 65_536;

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** Takes the rows of a table. */
export interface CsvTaker {
  /**
   * @param firstLine of the table, without its end
   * @returns what separates its cells, one letter of ASCII
   */
  delimiterOf(firstLine: string): string;
  /** @param row valid until the call returns */
  row(row: CsvRow): void;
  /**
   * A line that is no row: a quote that is not closed, or too long.
   *
   * @param isOpen no line end follows: it may be cut off
   */
  malformed(row: number, isOpen: boolean): void;
}

/** Cuts a table into rows: cells in quotes may hold line ends. A byte order mark at the start is left out. */
export async function eachCsvRow(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  taker: CsvTaker,
): Promise<void> {
  const cutter = new CsvCutter(taker);
  for await (const chunk of utf8Chunks(chunks)) cutter.take(chunk);
  cutter.end();
}

/** Cuts a table into rows, see `eachCsvRow`. @param chunks in UTF-8 */
export function cutCsv(chunks: Iterable<Uint8Array>, taker: CsvTaker): void {
  const cutter = new CsvCutter(taker);
  for (const chunk of chunks) cutter.take(chunk);
  cutter.end();
}

function hasLineEnd(bytes: Uint8Array): boolean {
  return bytes.includes(LINE_FEED) || bytes.includes(RETURN);
}

/** What `#cells` found instead of the end of a row. */
const NEEDS_MORE = -1;
const NOT_CLOSED = -2;
const LOOSE_QUOTE = -3;

/** Cuts what it is given into rows, and leaves what may go on. */
class CsvCutter {
  readonly #taker: CsvTaker;
  readonly #row = new CsvRow();
  /** What is to be cut, and room for at least one byte more. */
  #bytes = new Uint8Array(1);
  #length = 0;
  #delimiter = -1;
  #lineEnd = LINE_FEED;
  #line = 0;
  #breaks = 0;
  #isFirst = true;
  #isDropping = false;

  constructor(taker: CsvTaker) {
    this.#taker = taker;
  }

  /** Whoever sends chunks may use their memory again. */
  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES)
      this.#takePiece(chunk.subarray(at, at + PIECE_BYTES));
  }

  #takePiece(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length >= this.#bytes.length) {
      const grown = new Uint8Array(2 * length + 1);
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
    // Without an end of a line, and short enough to wait for one.
    if (length < ROW_BYTES_MAX && !hasLineEnd(piece)) return;
    const used = this.#cut(false);
    this.#bytes.copyWithin(0, used, length);
    this.#length -= used;
  }

  end(): void {
    this.#cut(true);
  }

  /** @returns how many bytes were taken */
  #cut(isLast: boolean): number {
    const bytes = this.#bytes;
    const length = this.#length;
    let at = 0;
    if (this.#isFirst) {
      at = this.#begin(bytes.subarray(0, length), isLast);
      if (at < 0) return 0;
    }
    // What ends every loop over the cells of a line.
    bytes[length] = this.#lineEnd;
    while (at < length) {
      const next = this.#isDropping ? this.#drop(at, isLast) : this.#next(at, isLast);
      if (next < 0) break;
      at = next;
    }
    return at;
  }

  /** @returns where the first line starts; -1 while its end is not here */
  #begin(bytes: Uint8Array, isLast: boolean): number {
    let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (bytes[start] === LINE_FEED || bytes[start] === RETURN) start++;
    const looked = bytes.subarray(start, LOOKED_AT_BYTES);
    let end = looked.indexOf(LINE_FEED);
    // Some old programs end lines with a return alone: then there is no line feed at all.
    if (end < 0 && !isLast && looked.length < LOOKED_AT_BYTES - start) return -1;
    if (end < 0 && looked.includes(RETURN)) {
      this.#lineEnd = RETURN;
      end = looked.indexOf(RETURN);
    }
    if (looked.length === 0) return isLast ? start : -1;
    end = end < 0 ? bytes.length : start + end;
    if (bytes[end - 1] === RETURN) end--;
    this.#delimiter = this.#taker
      .delimiterOf(DECODER.decode(bytes.subarray(start, end)))
      .charCodeAt(0);
    this.#isFirst = false;
    return start;
  }

  #next(at: number, isLast: boolean): number {
    if (this.#bytes[at]! <= SPACE) {
      const behind = this.#behindBlank(at);
      if (behind > 0) return behind;
      if (behind === NEEDS_MORE) return isLast ? this.#length : -1;
    }
    const end = this.#cells(at, isLast);
    if (end === NEEDS_MORE && this.#length - at < ROW_BYTES_MAX) return -1;
    if (end === NEEDS_MORE) {
      this.#isDropping = true;
      return at;
    }
    if (end === NOT_CLOSED) return this.#malformed(at, isLast);
    if (end === LOOSE_QUOTE) return this.#loose(at, isLast);
    if (this.#row.end - at >= ROW_BYTES_MAX) return this.#malformed(at, isLast);
    this.#give();
    return end;
  }

  /** @returns where the line behind a blank one starts, NEEDS_MORE where it has no end, 0 for a line that is not blank */
  #behindBlank(from: number): number {
    const bytes = this.#bytes;
    for (let at = from; at < this.#length; at++) {
      if (bytes[at] === this.#lineEnd) return at + 1;
      if (bytes[at]! > SPACE) return 0;
    }
    return NEEDS_MORE;
  }

  #give(): void {
    const row = this.#row;
    row.row = this.#line;
    this.#line += 1 + this.#breaks;
    this.#taker.row(row);
  }

  /** Leaves out the line that starts here. */
  #malformed(at: number, isLast: boolean): number {
    const end = this.#lineEndFrom(at);
    if (end < 0 && !isLast) return -1;
    this.#taker.malformed(this.#line++, end < 0);
    return end < 0 ? this.#length : end + 1;
  }

  #lineEndFrom(at: number): number {
    const end = this.#bytes.indexOf(this.#lineEnd, at);
    return end < this.#length ? end : -1;
  }

  /** Passes over a row that is longer than any. */
  #drop(at: number, isLast: boolean): number {
    if (this.#lineEndFrom(at) < 0 && !isLast) return this.#length;
    this.#isDropping = false;
    return this.#malformed(at, isLast);
  }

  /** Quotes in the middle of cells: what they mean is for a library to say, of the line alone. */
  #loose(at: number, isLast: boolean): number {
    const bytes = this.#bytes;
    const end = this.#lineEndFrom(at);
    if (end < 0 && !isLast) return -1;
    const stop = end < 0 ? this.#length : end;
    const textEnd = bytes[stop - 1] === RETURN ? stop - 1 : stop;
    const line = DECODER.decode(bytes.subarray(at, textEnd));
    const cells = cellsOf(line, String.fromCharCode(this.#delimiter));
    if (!cells) return this.#malformed(at, isLast);
    this.#row.set(cells, line);
    this.#row.isOpen = end < 0;
    this.#breaks = 0;
    this.#give();
    return end < 0 ? stop : stop + 1;
  }

  /** Finds the cells of the row that starts here. @returns where the next one starts, or why not */
  #cells(from: number, isLast: boolean): number {
    const row = this.#row;
    const bytes = this.#bytes;
    row.bytes = bytes;
    row.start = from;
    row.count = 0;
    row.isDoubled = false;
    this.#breaks = 0;
    let at = from;
    for (;;) {
      at = cutPlainCells(row, at, this.#delimiter, this.#lineEnd);
      if (bytes[at] !== QUOTE) break;
      const end = this.#closing(at, isLast);
      if (end < 0) return end;
      row.add(at + 1, end);
      at = this.#behindQuote(end + 1, isLast);
      if (at < 0) return at;
      if (bytes[at] !== this.#delimiter) break;
      at++;
    }
    if (at === this.#length && !isLast) return NEEDS_MORE;
    return this.#ended(at);
  }

  /** Closes a row whose last byte lies before `at`. @returns where the next one starts */
  #ended(at: number): number {
    const row = this.#row;
    const { bytes } = row;
    // A return before the line's end is part of that, and at the very end half of it.
    const isReturn = at > row.start && bytes[at - 1] === RETURN;
    row.end = isReturn ? at - 1 : at;
    row.isOpen = at === this.#length && !isReturn;
    row.endAt(row.end);
    return at === this.#length ? at : at + 1;
  }

  /** What may stand behind a cell in quotes. @returns the place of the delimiter or line end, or what stands there instead */
  #behindQuote(from: number, isLast: boolean): number {
    const bytes = this.#bytes;
    let at = from;
    if (bytes[at] === RETURN && this.#lineEnd === LINE_FEED) {
      at++;
      if (at === this.#length && !isLast) return NEEDS_MORE;
    }
    const isFine =
      at === this.#length ||
      bytes[at] === this.#lineEnd ||
      (bytes[at] === this.#delimiter && at === from);
    return isFine ? at : LOOSE_QUOTE;
  }

  /** @returns where a cell in quotes is closed, or why it is not */
  #closing(from: number, isLast: boolean): number {
    const bytes = this.#bytes;
    const length = this.#length;
    const limit = Math.min(length, from + CELL_BYTES_MAX);
    const lineEnd = this.#lineEnd;
    let breaks = this.#breaks;
    for (let at = from + 1; ; at++) {
      const byte = bytes[at]!;
      if (byte !== QUOTE && byte !== lineEnd) continue;
      if (at >= limit) break;
      if (byte === lineEnd) {
        if (++breaks - this.#breaks >= CELL_LINES_MAX) return NOT_CLOSED;
      } else {
        if (at + 1 === length && !isLast) return NEEDS_MORE;
        if (bytes[at + 1] !== QUOTE) {
          this.#breaks = breaks;
          return at;
        }
        this.#row.isDoubled = true;
        at++;
      }
    }
    return limit === length && !isLast ? NEEDS_MORE : NOT_CLOSED;
  }
}
