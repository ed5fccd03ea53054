import { DAY_MS, MINUTE_MS } from "./quantity.js";

/** A stretch of time; `toMs` is not before `fromMs`. Both are milliseconds since 1970 UTC. */
export interface TimeInterval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** @returns "2019-01-23T23:41:07Z"; milliseconds are dropped, not rounded */
export function isoSeconds(timeMs: number): string {
  return `${new Date(Math.floor(timeMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** @returns "2019-01-23 23:41Z", for tables read by people */
export function utcMinutes(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")}Z`;
}

/** @returns the UTC day "2019-01-23" */
export function utcDay(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** @returns the first millisecond of the UTC day that holds `timeMs` */
export function dayStartMs(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) * DAY_MS;
}

/**
 * Reads a date or time a person typed. A bare date is the start of that UTC day; a time without a zone is UTC,
 * because a laptop's own zone must never change an answer. Beyond milliseconds, digits are dropped.
 *
 * @returns milliseconds since 1970 UTC, or undefined when `text` is no date
 */
export function parseUtc(text: string): number | undefined {
  const usualMs = usualUtcMs(text);
  if (!Number.isNaN(usualMs)) return usualMs;
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", part = "", zone = "Z"] =
    match;
  const milliseconds = part.slice(0, 3).padEnd(3, "0");
  const timeMs = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${zone}`,
  );
  if (!Number.isFinite(timeMs)) return undefined;
  // Date.parse accepts 2019-02-30 in some engines and rolls it over; a date that changes was no date.
  const checked = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return checked.getUTCDate() === Number(day) ? timeMs : undefined;
}

const ISO_LENGTH = 19;
const USUAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:Z|\+00:00)?$/;
const USUAL_LENGTH_MAX = ISO_LENGTH + "+00:00".length;

/** "2019-01-23T23:41:07", with a Z, "+00:00" or neither, as nearly all exports write it; NaN for any other text. */
function usualUtcMs(text: string): number {
  if (text.length < ISO_LENGTH || text.length > USUAL_LENGTH_MAX) return Number.NaN;
  if (!USUAL.test(text)) return Number.NaN;
  const two = (at: number) => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
  const year = two(0) * 100 + two(2);
  const [month, day, hour, minute, second] = [two(5), two(8), two(11), two(14), two(17)];
  const isFine = year >= 100 && hour < 24 && minute < 60 && second < 60;
  if (!isFine || month < 1 || month > 12 || day < 1) return Number.NaN;
  const timeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return day <= 28 || new Date(timeMs).getUTCDate() === day ? timeMs : Number.NaN;
}

/** @returns "3 h 05 min", "12 min" or "40 s"; negative durations keep their sign */
export function formatDuration(durationMs: number): string {
  const totalSeconds = Math.round(Math.abs(durationMs) / 1000);
  const sign = durationMs < 0 && totalSeconds > 0 ? "-" : "";
  if (totalSeconds < 60) return `${sign}${totalSeconds} s`;
  const totalMinutes = Math.round(totalSeconds / 60);
  const hours = Math.floor(totalMinutes / 60);
  const minutes = totalMinutes % 60;
  if (hours === 0) return `${sign}${minutes} min`;
  if (hours < 48) return `${sign}${hours} h ${String(minutes).padStart(2, "0")} min`;
  return `${sign}${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const OFFSETS = new Map<string, Intl.DateTimeFormat | undefined>();

/**
 * Local time at a place, with weekday and offset: "Wed 23 Jan 2019 18:41 (UTC-5)".
 *
 * @param timeZone IANA name; an unknown zone gives undefined
 */
export function localTime(timeMs: number, timeZone: string | undefined): string | undefined {
  const offsetMinutes = timeZone === undefined ? undefined : utcOffsetMinutes(timeMs, timeZone);
  if (offsetMinutes === undefined) return undefined;
  // The names are ours: those of the platform change with its version ("Sept").
  const local = new Date(timeMs + offsetMinutes * MINUTE_MS);
  const day = `${WEEKDAYS[local.getUTCDay()]} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  return `${day} ${local.toISOString().slice(11, 16)} (UTC${offsetText(offsetMinutes)})`;
}

function offsetText(offsetMinutes: number): string {
  if (offsetMinutes === 0) return "";
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60 === 0 ? "" : `:${String(size % 60).padStart(2, "0")}`;
  return `${offsetMinutes < 0 ? "-" : "+"}${Math.floor(size / 60)}${minutes}`;
}

/** @returns minutes that a zone is ahead of UTC at a moment; undefined for an unknown zone or no moment */
export function utcOffsetMinutes(timeMs: number, timeZone: string): number | undefined {
  if (!Number.isFinite(timeMs)) return undefined;
  if (!OFFSETS.has(timeZone)) OFFSETS.set(timeZone, offsetFormat(timeZone));
  const name = OFFSETS.get(timeZone)
    ?.formatToParts(timeMs)
    .find(({ type }) => type === "timeZoneName")?.value;
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name ?? "");
  if (!match) return undefined;
  const [, sign, hours = "0", minutes = "0"] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) + 0;
}

function offsetFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
}

/** @returns minutes as a whole number, for sentences such as "unseen for 47 min" */
export function wholeMinutes(durationMs: number): number {
  return Math.round(durationMs / MINUTE_MS);
}
