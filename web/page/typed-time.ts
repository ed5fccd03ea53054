/** Times as people type them. */

import { parseUtc } from "../../src/units/time.js";

/**
 * Reads a typed time.
 *
 * @param nowMs moment that is shown: a bare clock time is one of its day
 * @returns undefined when it is none
 */
export function typedTimeMs(text: string, nowMs: number): number | undefined {
  const words = text.trim().replace(/\s*(UTC|Z)$/i, "");
  const clock = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(words);
  if (!clock) return parseUtc(words);
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const [, hour = "", minute = "", second = ""] = clock;
  return parseUtc(`${day} ${hour.padStart(2, "0")}:${minute}${second}`);
}
