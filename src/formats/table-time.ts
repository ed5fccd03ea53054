import { compile, parse } from "date-and-time";
import { localClock } from "../units/local-time.js";
import { parseUtc } from "../units/time.js";
import { epochMs } from "./table-cells.js";
import { type QuickTime, quickTime } from "./table-quick.js";

/** A moment, or why a cell is none. */
export type TimeCell =
  | { readonly timeMs: number; readonly kind?: undefined }
  | {
      readonly timeMs?: undefined;
      /** "time-without-zone" when only the zone is missing. */
      readonly kind: string;
      readonly detail: string;
    };

/** How a table's times are written. */
export interface TimeForm {
  /** "iso", "s", "ms", a pattern, or undefined: seconds to nanoseconds since 1970 by size, or ISO 8601. */
  readonly unit: string | undefined;
  /** Of a date in a column of its own; then the other holds the time of day. */
  readonly date: { readonly pattern: string | undefined } | undefined;
  /** IANA zone of times written without one; undefined when nobody said. */
  readonly timeZone: string | undefined;
}

/** Reads the times of a table. */
export interface TimeReading {
  /** A row's time out of its cell, and out of that of its date where they are apart. */
  readonly read: (time: string, date: string) => TimeCell;
  /** The same for what most cells hold. */
  readonly quick: QuickTime | undefined;
}

const ISO_DATE = "YYYY-MM-DD";

/** Makes a reader of times. @throws RangeError for an unknown zone */
export function timeReading(form: TimeForm): TimeReading {
  const toUtc = form.timeZone === undefined ? undefined : localClock(form.timeZone);
  const toUtcMs = (localMs: number): number => {
    const timeMs = toUtc && !Number.isNaN(localMs) ? toUtc(localMs) : Number.NaN;
    return typeof timeMs === "number" ? timeMs : Number.NaN;
  };
  return { read: textReading(form, toUtc), quick: quickTime(form, toUtcMs) };
}

function textReading(
  { unit, date, timeZone }: TimeForm,
  toUtc: ReturnType<typeof localClock> | undefined,
): TimeReading["read"] {
  const moment = (localMs: number, shown: string): TimeCell => {
    if (!toUtc)
      return { kind: "time-without-zone", detail: `${JSON.stringify(shown)} names no time zone` };
    const timeMs = toUtc(localMs);
    if (typeof timeMs === "number") return { timeMs };
    const why = timeMs === "ambiguous" ? "twice" : "never";
    return {
      kind: `local-time-${timeMs}`,
      detail: `clocks in ${timeZone} showed ${shown} ${why}`,
    };
  };
  const isPattern = unit !== undefined && !["iso", "s", "ms"].includes(unit);
  if (date || isPattern) {
    const datePattern = date ? `${date.pattern ?? ISO_DATE} ` : "";
    const read = patterned(datePattern, isPattern ? unit : undefined);
    return (time, day) => {
      const shown = (date ? `${day} ${time}` : time).trim();
      const found = read(shown);
      if (found === undefined) return malformed(shown, `as the pattern says`);
      return found.isUtc ? { timeMs: found.ms } : moment(found.ms, shown);
    };
  }
  return (time) => {
    if (unit !== "iso" && /^\d{1,19}(?:[.,]\d+)?$/.test(time)) {
      return { timeMs: epochMs(Number(time.replace(",", ".")), unit) };
    }
    if (unit === "s" || unit === "ms") return malformed(time, `in ${unit} since 1970`);
    return isoCell(time, moment);
  };
}

function isoCell(time: string, moment: (localMs: number, shown: string) => TimeCell): TimeCell {
  const tidy = time
    .replace(/\s*(?:UTC|GMT|Zulu)$/i, "Z")
    .replace(/z$/, "Z")
    .replace(
      /(\d{2}:\d{2}.*)\s*([+-]\d{2})(?::?(\d{2}))?$/,
      (_, start: string, hour, minute) =>
        `${start.trim()}${String(hour)}:${minute === undefined ? "00" : String(minute)}`,
    )
    .replace(/(:\d{2}),(\d+)/, "$1.$2");
  // A bare date is no moment.
  const timeMs = tidy.includes(":") ? parseUtc(tidy) : undefined;
  if (timeMs === undefined) return malformed(time, "in seconds since 1970 or ISO 8601");
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(tidy) ? { timeMs } : moment(timeMs, time);
}

function malformed(time: string, form: string): TimeCell {
  if (time.trim() === "") return { kind: "row-without-time", detail: "the time is empty" };
  const shown = JSON.stringify(time.slice(0, 40));
  return {
    kind: "time-malformed",
    detail: /e\+?\d+$/i.test(time)
      ? `${shown} has become a number, as a spreadsheet does: the time it took is lost`
      : `${shown} is no time ${form}`,
  };
}

/** @returns a reader of times by pattern; what it gives is in UTC when the pattern has an offset, else as the clock showed */
function patterned(
  datePattern: string,
  timePattern: string | undefined,
): (text: string) => { readonly ms: number; readonly isUtc: boolean } | undefined {
  // Fractions are cut off and added: the library takes .5 for five thousandths.
  const tidy = (pattern: string) => (datePattern + pattern).replace(/[.,]SSS/g, "");
  const patterns = timePattern === undefined ? ["HH:mm:ss", "HH:mm"] : [timePattern];
  const forms = patterns.map((pattern) => ({
    compiled: compile(tidy(pattern)),
    isUtc: tidy(pattern).includes("Z"),
  }));
  return (text) => {
    const fraction = /(:\d{2})[.,](\d{1,9})(?!\d)/.exec(text);
    const bare = fraction ? text.replace(fraction[0], fraction[1]!) : text;
    const partMs = fraction ? Math.floor(Number(`0.${fraction[2]}`) * 1000 + 1e-9) : 0;
    for (const { compiled, isUtc } of forms) {
      const ms = parse(bare, compiled, { timeZone: "UTC" }).getTime();
      if (Number.isFinite(ms)) return { ms: ms + partMs, isUtc };
    }
    return undefined;
  };
}

/** @returns true for a pattern that says the day itself */
export function holdsDate(pattern: string): boolean {
  return /YY/.test(pattern) && /M/.test(pattern) && /D/.test(pattern);
}
