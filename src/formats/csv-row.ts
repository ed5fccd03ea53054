import { plainNumber } from "./byte-cells.js";

const QUOTE = 34;
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const ENCODER = new TextEncoder();

/** One row of a table as bytes; the object is used again for the next one. */
export class CsvRow {
  bytes: Uint8Array = new Uint8Array(0);
  starts = new Int32Array(64);
  /** Behind the last byte of each cell; quotes around a cell are left out. */
  ends = new Int32Array(64);
  /** What a cell says that is a plain number, see `plainNumber`; NaN for any other. */
  numbers = new Float64Array(64);
  count = 0;
  /** Lines that are not empty before the one where it starts. */
  row = -1;
  /** No line end follows: it may be cut off. */
  isOpen = false;
  /** Some cell holds quotes that are written twice. */
  isDoubled = false;
  /** Where the row lies in its bytes, quotes and all. */
  start = 0;
  end = 0;

  /** @returns true for a cell without a letter, or none */
  isEmpty(column: number): boolean {
    return column >= this.count || this.starts[column]! >= this.ends[column]!;
  }

  /** @returns the cell, not trimmed; "" where there is none */
  text(column: number): string {
    if (column >= this.count) return "";
    const { bytes } = this;
    const start = this.starts[column]!;
    const end = this.ends[column]!;
    const isQuoted = this.isDoubled && start > 0 && bytes[start - 1] === QUOTE;
    const text = lettersOf(bytes, start, end);
    return isQuoted ? text.replaceAll('""', '"') : text;
  }

  /** @returns NaN for an empty cell, for none (-1 among them), and for what is no plain decimal number */
  plain(column: number): number {
    return column < 0 || column >= this.count ? Number.NaN : this.numbers[column]!;
  }

  /** @returns the row as it was written, without its end */
  raw(): string {
    return DECODER.decode(this.bytes.subarray(this.start, this.end));
  }

  /** @returns whether a cell holds this letter of ASCII */
  holds(column: number, letter: number): boolean {
    if (column >= this.count) return false;
    for (let at = this.starts[column]!; at < this.ends[column]!; at++)
      if (this.bytes[at] === letter) return true;
    return false;
  }

  /** @returns how many cells come after the first `width`, up to the last that is not empty */
  cellsBehind(width: number): number {
    for (let column = this.count - 1; column >= width; column--)
      if (!this.isEmpty(column) && this.text(column).trim() !== "") return column + 1 - width;
    return 0;
  }

  /** @returns every cell, not trimmed */
  cells(): string[] {
    return Array.from({ length: this.count }, (_, column) => this.text(column));
  }

  /** Adds a cell. */
  add(start: number, end: number): void {
    if (this.count === this.starts.length) this.grow();
    this.starts[this.count] = start;
    this.numbers[this.count] = plainNumber(this.bytes, start, end);
    this.ends[this.count++] = end;
  }

  /** Cuts the last cell off at `end`. */
  endAt(end: number): void {
    const last = this.count - 1;
    if (this.ends[last]! <= end) return;
    this.ends[last] = end;
    this.numbers[last] = plainNumber(this.bytes, this.starts[last]!, end);
  }

  /** Makes room for twice as many cells. */
  grow(): void {
    const { starts, ends, numbers } = this;
    this.starts = new Int32Array(starts.length * 2);
    this.ends = new Int32Array(starts.length * 2);
    this.numbers = new Float64Array(starts.length * 2);
    this.starts.set(starts);
    this.ends.set(ends);
    this.numbers.set(numbers);
  }

  /** Holds these cells, which somebody else made of a line. */
  set(cells: readonly string[], line: string): void {
    this.isDoubled = false;
    this.count = 0;
    // A letter between keeps a cell's own quotes from being taken for those around the next one.
    this.bytes = ENCODER.encode(`${line}\0${cells.join("\0")}`);
    this.start = 0;
    this.end = ENCODER.encode(line).length;
    let start = this.end + 1;
    for (const cell of cells) {
      const end = start + ENCODER.encode(cell).length;
      this.add(start, end);
      start = end + 1;
    }
  }
}

/** Up to here a text is made letter by letter, beyond by the decoder. chosen: where the two take equally long */
const LETTERS_MAX = 12;

/** @returns bytes of UTF-8 as text */
export function lettersOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > LETTERS_MAX) return DECODER.decode(bytes.subarray(start, end));
  let text = "";
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte > 127) return DECODER.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
