import { dayMsOf, IsoTimes, twoDigits } from "./byte-cells.js";
import type { CsvRow } from "./csv-row.js";
import { epochMs } from "./table-cells.js";
import type { TimeForm } from "./table-time.js";

/**
 * Reads the time in a cell that a row has straight from its bytes, where it is written as its form says and nothing else stands there.
 *
 * @returns milliseconds since 1970 UTC; NaN where the cell has to be read as a text
 */
export type QuickTime = (row: CsvRow, column: number) => number;

/**
 * Makes a quick reader of times in a form.
 *
 * @param toUtcMs of what clocks of the table's zone showed; gives NaN where that is no one moment, or no zone is known
 * @returns undefined for forms that have none
 */
export function quickTime(
  { unit, date }: TimeForm,
  toUtcMs: (localMs: number) => number,
): QuickTime | undefined {
  if (date) return undefined;
  if (unit === "s" || unit === "ms") return (row, column) => quickEpochMs(unit, row, column);
  if (unit === undefined || unit === "iso") {
    const times = new IsoTimes();
    return (row, column) => {
      const timeMs = times.read(row.bytes, row.starts[column]!, row.ends[column]!);
      if (!Number.isNaN(timeMs)) return times.isZulu ? timeMs : toUtcMs(timeMs);
      return unit === "iso" ? Number.NaN : quickEpochMs(unit, row, column);
    };
  }
  return patternTime(unit, toUtcMs);
}

function quickEpochMs(unit: string | undefined, row: CsvRow, column: number): number {
  const number = row.plain(column);
  return number >= 0 ? epochMs(number, unit) : Number.NaN;
}

/** Where the parts of a time stand, from its start; -1 for those that are not there. */
interface Places {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const PARTS = ["YYYY", "MM", "DD", "HH", "mm", "ss"] as const;

/** Of patterns in which every part has its place, such as "DD/MM/YYYY HH:mm:ss". */
function patternTime(pattern: string, toUtcMs: (localMs: number) => number): QuickTime | undefined {
  const bare = pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, (part) => " ".repeat(part.length));
  const [year, month, day, hour, minute, second] = PARTS.map((part) => pattern.indexOf(part));
  if (/[A-Za-z]/.test(bare) || year! < 0 || month! < 0 || day! < 0 || hour! < 0) return undefined;
  if (PARTS.some((part) => pattern.split(part).length > 2)) return undefined;
  const places = { year, month, day, hour, minute, second } as Places;
  const marks = [...bare].flatMap((letter, at) =>
    pattern[at] === letter ? [{ at, byte: letter.charCodeAt(0) }] : [],
  );
  let lastDay = Number.NaN;
  let dayMs = Number.NaN;
  return ({ bytes, starts, ends }, column) => {
    const start = starts[column]!;
    if (ends[column]! - start !== pattern.length) return Number.NaN;
    for (const { at, byte } of marks) if (bytes[start + at] !== byte) return Number.NaN;
    const number = dayNumber(bytes, start, places);
    if (number !== lastDay) {
      lastDay = number;
      dayMs = dayMsOf(number);
    }
    return toUtcMs(dayMs + clockMs(bytes, start, places));
  };
}

/** The day as 20190123. */
function dayNumber(bytes: Uint8Array, start: number, { year, month, day }: Places): number {
  const century = twoDigits(bytes, start + year);
  const inCentury = twoDigits(bytes, start + year + 2);
  return (
    (century * 100 + inCentury) * 10_000 +
    twoDigits(bytes, start + month) * 100 +
    twoDigits(bytes, start + day)
  );
}

/** The time of day; NaN for what no clock shows. */
function clockMs(bytes: Uint8Array, start: number, { hour, minute, second }: Places): number {
  const hours = twoDigits(bytes, start + hour);
  const minutes = minute < 0 ? 0 : twoDigits(bytes, start + minute);
  const seconds = second < 0 ? 0 : twoDigits(bytes, start + second);
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return Number.NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
