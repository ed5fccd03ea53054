/** JSON of one received position with all that came with it: `wheelsdown/position-answer/1`. */

import type { AirportTable } from "../place/airport.js";
import { pointJson } from "../report/point-shape.js";
import { rounded } from "../report/shapes.js";
import { maskTrack } from "../track/clean.js";
import { FLAG_ALTITUDE_GEOMETRIC, type Track } from "../track/track.js";
import { localTime } from "../units/time.js";
import type { PositionAnswerJson } from "./shapes.js";

/** Farther from every airport the clocks of a place say little to anybody. chosen */
const CLOCKS_WITHIN_M = 100_000;

/** Not sent. Source: `Track.nic`, `Track.nacP` and `Track.sil` */
const NOT_SENT = 255;

/**
 * The position next to a time: of two equally near ones the earlier, and one that cleaning keeps before one that it
 * sets aside.
 *
 * @param question `track`: the positions around `atMs`, as received; `withinMs`: how far from it one may be
 * @returns undefined when none is so near
 */
export function positionAnswer(question: {
  readonly track: Track;
  readonly atMs: number;
  readonly withinMs: number;
  readonly airports: AirportTable;
}): PositionAnswerJson | undefined {
  const { track, atMs, withinMs, airports } = question;
  const { mask } = maskTrack(track);
  const index = nearestIndex(track, mask, atMs);
  if (index === undefined) return undefined;
  const timeMs = track.timeMs[index]!;
  if (Math.abs(timeMs - atMs) > withinMs) return undefined;
  const point = pointJson(track, mask, index);
  const isGeometric = (track.flags[index]! & FLAG_ALTITUDE_GEOMETRIC) !== 0;
  const place = { latDeg: track.latDeg[index]!, lonDeg: track.lonDeg[index]! };
  const [airport] = airports.near(place, { radiusM: CLOCKS_WITHIN_M, limit: 1 });
  const timeZone = airport && airports.timeZoneOf(airport);
  const altitudeFt = rounded(track.altitudeFt[index]!, 0);
  const geometricFt = rounded(track.geometricAltitudeFt[index]!, 0);
  return {
    ...point,
    schema: "wheelsdown/position-answer/1",
    time: new Date(timeMs).toISOString(),
    timeLocal: timeZone === undefined ? null : (localTime(timeMs, timeZone) ?? null),
    timeZone: timeZone ?? null,
    altitudeFt: isGeometric ? null : altitudeFt,
    geometricAltitudeFt: geometricFt ?? (isGeometric ? altitudeFt : null),
    nic: sentOf(track.nic[index]!),
    nacP: sentOf(track.nacP[index]!),
    sil: sentOf(track.sil[index]!),
    squawk: squawkText(track.squawk[index]!),
    format: track.sources[track.sourceIndex[index]!]?.format ?? null,
  };
}

function sentOf(value: number): number | null {
  return value === NOT_SENT ? null : value;
}

function nearestIndex(track: Track, mask: Uint8Array, atMs: number): number | undefined {
  let best: number | undefined;
  let bestMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < track.length; i++) {
    // Kept ones first: a duplicate of a row has the same time.
    const awayMs = Math.abs(track.timeMs[i]! - atMs) + (mask[i] === 0 ? 0 : 0.5);
    if (awayMs < bestMs) [best, bestMs] = [i, awayMs];
  }
  return best;
}

function squawkText(squawk: number): string | null {
  return squawk < 0 ? null : String(squawk).padStart(4, "0");
}
