import type { Track } from "../track/track.js";
import { DAY_MS } from "../units/quantity.js";
import { dayStartMs } from "../units/time.js";
import { hexFromAddress } from "./records.js";

/** Points of the tracks given, in the order of their rows: what goes into one file. */
export interface PointSelection {
  readonly tracks: readonly Track[];
  readonly rowCount: number;
  /**
   * Three numbers for each stretch of consecutive points: the track's place in `tracks`, the first point, and the one
   * behind the last. Most tracks are one stretch of a day.
   */
  readonly stretches: readonly number[];
}

/** A day's rows while they are dealt. */
interface DayRows {
  rowCount: number;
  readonly stretches: number[];
  /** Some address has several tracks here. */
  sameHex: boolean;
}

/** One track on its way into days. */
interface TrackPart {
  readonly track: Track;
  readonly trackIndex: number;
  /** For each of its sources whether its points are wanted. */
  readonly wanted: readonly boolean[];
  /** The track before it has the same address. */
  readonly follows: boolean;
}

/**
 * Deals points to UTC days, each day's rows sorted by address and time, equal times in the order given.
 *
 * @param keeps says of each track's source whether its points are wanted
 * @returns start of day to rows, days ascending; tracks without points give nothing
 */
export function pointsByDay(
  tracks: readonly Track[],
  keeps: (track: Track, sourceIndex: number) => boolean,
): Map<number, PointSelection> {
  // Sorting is stable: tracks of one address stay in the order given.
  const order = tracks
    .map((track, index) => ({ index, hex: hexFromAddress(track.address) }))
    .sort((a, b) => a.hex - b.hex);
  const days = new Map<number, DayRows>();
  order.forEach(({ index, hex }, place) => {
    const track = tracks[index]!;
    const wanted = track.sources.map((_, sourceIndex) => keeps(track, sourceIndex));
    const follows = place > 0 && order[place - 1]!.hex === hex;
    dealTrack(days, { track, trackIndex: index, wanted, follows });
  });
  const sorted = [...days].sort(([a], [b]) => a - b);
  return new Map(
    sorted.map(([dayMs, { rowCount, stretches, sameHex }]) => {
      const selection: PointSelection = { tracks, rowCount, stretches };
      return [dayMs, sameHex ? interleaved(selection) : selection];
    }),
  );
}

function dealTrack(days: Map<number, DayRows>, { track, trackIndex, wanted, follows }: TrackPart) {
  const { length, timeMs, sourceIndex } = track;
  let dayMs = Number.NaN;
  let day: DayRows | undefined;
  let start = -1;
  const close = (end: number): void => {
    if (start < 0) return;
    day!.stretches.push(trackIndex, start, end);
    day!.rowCount += end - start;
    start = -1;
  };
  for (let i = 0; i < length; i++) {
    if (!wanted[sourceIndex[i]!]) {
      close(i);
      continue;
    }
    const pointMs = Math.round(timeMs[i]!);
    if (!(pointMs >= dayMs && pointMs < dayMs + DAY_MS)) {
      close(i);
      dayMs = dayStartMs(pointMs);
      day = dayOf(days, dayMs);
      day.sameHex ||= follows;
    }
    if (start < 0) start = i;
  }
  close(length);
}

function dayOf(days: Map<number, DayRows>, dayMs: number): DayRows {
  let day = days.get(dayMs);
  if (!day) {
    day = { rowCount: 0, stretches: [], sameHex: false };
    days.set(dayMs, day);
  }
  return day;
}

/** Several tracks of one address in a batch: their points are merged by time. */
function interleaved({ tracks, rowCount, stretches }: PointSelection): PointSelection {
  const hexes = tracks.map((track) => hexFromAddress(track.address));
  const trackIndex = new Uint32Array(rowCount);
  const pointIndex = new Uint32Array(rowCount);
  let row = 0;
  for (let s = 0; s < stretches.length; s += 3)
    for (let i = stretches[s + 1]!; i < stretches[s + 2]!; i++, row++) {
      trackIndex[row] = stretches[s]!;
      pointIndex[row] = i;
    }
  const order = Uint32Array.from(trackIndex, (_, index) => index).sort((a, b) => {
    const trackA = trackIndex[a]!;
    const trackB = trackIndex[b]!;
    const timeA = Math.round(tracks[trackA]!.timeMs[pointIndex[a]!]!);
    const timeB = Math.round(tracks[trackB]!.timeMs[pointIndex[b]!]!);
    return hexes[trackA]! - hexes[trackB]! || timeA - timeB || a - b;
  });
  const merged: number[] = [];
  for (const index of order) {
    const track = trackIndex[index]!;
    const point = pointIndex[index]!;
    const last = merged.length - 3;
    if (merged[last] === track && merged[last + 2] === point) merged[last + 2] = point + 1;
    else merged.push(track, point, point + 1);
  }
  return { tracks, rowCount, stretches: merged };
}

/** @returns first and last time of the rows, whole milliseconds; there is at least one row */
export function timeRangeOf({ tracks, stretches }: PointSelection): {
  fromMs: number;
  toMs: number;
} {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < stretches.length; s += 3) {
    // Tracks are sorted by time.
    const { timeMs } = tracks[stretches[s]!]!;
    fromMs = Math.min(fromMs, Math.round(timeMs[stretches[s + 1]!]!));
    toMs = Math.max(toMs, Math.round(timeMs[stretches[s + 2]! - 1]!));
  }
  return { fromMs, toMs };
}
