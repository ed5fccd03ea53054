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
 * because a laptop's own zone must never change an answer.
 *
 * @returns milliseconds since 1970 UTC, or undefined when `text` is no date
 */
export function parseUtc(text: string): number | undefined {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", zone = "Z"] = match;
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  if (!Number.isFinite(timeMs)) return undefined;
  // Date.parse accepts 2019-02-30 in some engines and rolls it over; a date that changes was no date.
  const checked = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return checked.getUTCDate() === Number(day) ? timeMs : undefined;
}

/** @returns "3 h 05 min", "12 min" or "40 s"; negative durations keep their sign */
export function formatDuration(durationMs: number): string {
  const sign = durationMs < 0 ? "-" : "";
  const totalSeconds = Math.round(Math.abs(durationMs) / 1000);
  if (totalSeconds < 60) return `${sign}${totalSeconds} s`;
  const totalMinutes = Math.round(totalSeconds / 60);
  const hours = Math.floor(totalMinutes / 60);
  const minutes = totalMinutes % 60;
  if (hours === 0) return `${sign}${minutes} min`;
  if (hours < 48) return `${sign}${hours} h ${String(minutes).padStart(2, "0")} min`;
  return `${sign}${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/**
 * Local time at a place, with weekday and offset: "Wed 23 Jan 2019 18:41 (UTC-5)".
 *
 * @param timeZone IANA name; an unknown zone gives undefined
 */
export function localTime(timeMs: number, timeZone: string | undefined): string | undefined {
  if (!timeZone) return undefined;
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "longOffset",
    }).formatToParts(new Date(timeMs));
    const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? "";
    const offset = part("timeZoneName")
      .replace("GMT", "UTC")
      .replace(/([+-])0?(\d+):00$/, "$1$2");
    return `${part("weekday")} ${part("day")} ${part("month")} ${part("year")} ${part("hour")}:${part("minute")} (${offset})`;
  } catch {
    return undefined;
  }
}

/** @returns minutes as a whole number, for sentences such as "unseen for 47 min" */
export function wholeMinutes(durationMs: number): number {
  return Math.round(durationMs / MINUTE_MS);
}
