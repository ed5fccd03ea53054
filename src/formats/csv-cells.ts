import { POWERS } from "./byte-cells.js";
import type { CsvRow } from "./csv-row.js";

const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const FOUR = 52;
/** So many digits fit into 32 bits, and as many as these begin with a digit below four: seconds since 1970 do. */
const DIGITS_MAX = 10;

/**
 * Cuts cells that stand in no quotes, from one's start up to the line's end, which must come, or to a cell in quotes. The number
 * that a cell nearly always is gets read on the way: both want to see every byte, and cells are short.
 *
 * @param row gets the cells behind those that it has
 * @returns the place of the line's end, or of the quote
 */
export function cutPlainCells(
  row: CsvRow,
  from: number,
  delimiter: number,
  lineEnd: number,
): number {
  const { bytes } = row;
  let { count, starts, ends, numbers } = row;
  let at = from;
  for (;;) {
    let byte = bytes[at]!;
    if (byte === QUOTE) break;
    if (count === starts.length) {
      row.grow();
      ({ starts, ends, numbers } = row);
    }
    const start = at;
    if (byte === MINUS) byte = bytes[++at]!;
    const first = at;
    let point = -1;
    let value = 0;
    for (; ; byte = bytes[++at]!) {
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) value = (Math.imul(value, 10) + digit) | 0;
      else if (byte === POINT && point < 0) point = at;
      else break;
    }
    let size = Number.NaN;
    if (byte === delimiter || byte === lineEnd) {
      const places = point < 0 ? 0 : at - point - 1;
      const digits = point < 0 ? at - first : at - first - 1;
      const isWhole = digits > places && (point < 0 || places > 0);
      if (isWhole && (digits < DIGITS_MAX || (digits === DIGITS_MAX && bytes[first]! < FOUR)))
        size = (value >>> 0) / POWERS[places]!;
    } else
      do byte = bytes[++at]!;
      while (byte !== delimiter && byte !== lineEnd);
    starts[count] = start;
    numbers[count] = first > start ? -size : size;
    ends[count++] = at;
    if (byte === lineEnd) break;
    at++;
  }
  row.count = count;
  return at;
}
