import { HALF_DIGITS, longNumber, POWERS } from "./byte-cells.js";
import type { CsvRow } from "./csv-row.js";

const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

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
    let high = 0;
    let low = 0;
    for (let tenth = first + HALF_DIGITS; ; byte = bytes[++at]!) {
      if (at === tenth) {
        high = low;
        low = 0;
      }
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) low = (Math.imul(low, 10) + digit) | 0;
      else if (byte === POINT && point < 0) {
        point = at;
        if (at < tenth) tenth++;
      } else break;
    }
    let size = Number.NaN;
    if (byte === delimiter || byte === lineEnd) {
      const places = point < 0 ? 0 : at - point - 1;
      const digits = point < 0 ? at - first : at - first - 1;
      if (digits > places && (point < 0 || places > 0))
        size = digits < HALF_DIGITS ? low / POWERS[places]! : longNumber(high, low, digits, places);
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
