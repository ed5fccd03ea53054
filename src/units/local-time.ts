import { MINUTE_MS } from "./quantity.js";
import { utcOffsetMinutes } from "./time.js";

/** Why a local time is no one moment: clocks were set back and showed it twice, or forward and never showed it. */
export type NoMoment = "ambiguous" | "skipped";

/** Offsets change at whole quarters of an hour, in every zone since 1990 (IANA time zone database). */
const STRETCH_MS = 15 * MINUTE_MS;
/** Stretches whose offset is remembered. chosen: two years of them, 5 MB */
const REMEMBERED_MAX = 70_000;
/** No zone is further from UTC, and none moves its clocks by more. */
const SEARCH_MS = 16 * 60 * MINUTE_MS;

/**
 * Makes a converter of what clocks of a zone showed into moments. It remembers the stretches of time it was asked for.
 *
 * @param timeZone IANA name
 * @returns takes a local date and time as if it were UTC, milliseconds since 1970; gives milliseconds since 1970 UTC, or why
 *   there is no one answer
 * @throws RangeError for an unknown zone
 */
export function localClock(timeZone: string): (localMs: number) => number | NoMoment {
  if (utcOffsetMinutes(0, timeZone) === undefined) throw new RangeError(`no zone: ${timeZone}`);
  let stretch = Number.NaN;
  let offsetMs: number | NoMoment = 0;
  const remembered = new Map<number, number | NoMoment>();
  return (localMs) => {
    const current = Math.floor(localMs / STRETCH_MS);
    if (current !== stretch) {
      stretch = current;
      const before = remembered.get(current);
      offsetMs = before ?? offsetMsAt(current * STRETCH_MS, timeZone);
      if (before === undefined) {
        if (remembered.size === REMEMBERED_MAX) remembered.clear();
        remembered.set(current, offsetMs);
      }
    }
    return typeof offsetMs === "number" ? localMs - offsetMs : offsetMs;
  };
}

/** Of the offsets around a local time, those under which it was shown. */
function offsetMsAt(localMs: number, timeZone: string): number | NoMoment {
  const fitting = new Set<number>();
  for (const aroundMs of [-SEARCH_MS, 0, SEARCH_MS]) {
    const offsetMs = offsetAt(localMs + aroundMs, timeZone);
    if (offsetAt(localMs - offsetMs, timeZone) === offsetMs) fitting.add(offsetMs);
  }
  const [first] = fitting;
  if (first === undefined) return "skipped";
  return fitting.size > 1 ? "ambiguous" : first;
}

function offsetAt(timeMs: number, timeZone: string): number {
  return (utcOffsetMinutes(timeMs, timeZone) ?? Number.NaN) * MINUTE_MS;
}
