import { HOLE_MAX_MS } from "../track/contacts.js";
import { GROUND_YES, type Track } from "../track/track.js";
import { MINUTE_MS } from "../units/quantity.js";
import type { AreaTest } from "./area-test.js";

/** A stretch of a track inside an area: no position outside lies in it. */
export interface Visit {
  /** Indices of points of the track, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** True when it was heard outside at most 5 min before: it came in then. Else it was first heard inside. */
  readonly isEntrySeen: boolean;
  /** True when it was heard outside at most 5 min after. Else it was last heard inside. */
  readonly isExitSeen: boolean;
  /** Index of the lowest position in the air with an altitude; undefined when there is none. */
  readonly lowestIndex: number | undefined;
  readonly groundCount: number;
  /** The longest silence between two of its positions. */
  readonly largestGapMs: number;
}

/**
 * A longer silence ends a visit: who is not heard for so long may have left and come back. chosen: at 450 kt it is 225 NM
 * out and back again
 */
const VISIT_SILENCE_MAX_MS = 60 * MINUTE_MS;

/**
 * Finds an aircraft's visits to an area.
 *
 * @param track without what cleaning sets aside: a jump into an area is no visit
 * @param period positions outside it tell how a visit began and ended, and belong to none
 */
export function findVisits(
  track: Track,
  test: AreaTest,
  period: { readonly fromMs: number; readonly toMs: number },
): Visit[] {
  const { length, timeMs, latDeg, lonDeg } = track;
  const visits: Visit[] = [];
  let start = -1;
  for (let i = 0; i <= length; i++) {
    const isIn =
      i < length &&
      timeMs[i]! >= period.fromMs &&
      timeMs[i]! <= period.toMs &&
      test.holds(latDeg[i]!, lonDeg[i]!);
    const isLongSilent = i > 0 && i < length && timeMs[i]! - timeMs[i - 1]! > VISIT_SILENCE_MAX_MS;
    if (start >= 0 && (!isIn || isLongSilent)) {
      visits.push(visitOf(track, test, { start, end: i }));
      start = -1;
    }
    if (isIn && start < 0) start = i;
  }
  return visits;
}

function visitOf(
  track: Track,
  test: AreaTest,
  { start, end }: { readonly start: number; readonly end: number },
): Visit {
  const { timeMs, altitudeFt, ground } = track;
  let lowestIndex: number | undefined;
  let groundCount = 0;
  let largestGapMs = 0;
  for (let i = start; i < end; i++) {
    if (ground[i] === GROUND_YES) groundCount++;
    else if (
      Number.isFinite(altitudeFt[i]!) &&
      !(lowestIndex !== undefined && altitudeFt[i]! >= altitudeFt[lowestIndex]!)
    )
      lowestIndex = i;
    if (i > start) largestGapMs = Math.max(largestGapMs, timeMs[i]! - timeMs[i - 1]!);
  }
  const isHeardOutside = (i: number, from: number) =>
    i >= 0 &&
    i < track.length &&
    Math.abs(timeMs[i]! - timeMs[from]!) <= HOLE_MAX_MS &&
    !test.holds(track.latDeg[i]!, track.lonDeg[i]!);
  return {
    start,
    end,
    fromMs: timeMs[start]!,
    toMs: timeMs[end - 1]!,
    isEntrySeen: isHeardOutside(start - 1, start),
    isExitSeen: isHeardOutside(end, end - 1),
    lowestIndex,
    groundCount,
    largestGapMs,
  };
}

/** Time between two visits, 0 when they overlap. */
export function apartMs(a: Visit, b: Visit): number {
  return Math.max(0, a.fromMs - b.toMs, b.fromMs - a.toMs);
}
