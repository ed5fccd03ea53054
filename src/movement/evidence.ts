import type { Track } from "../track/track.js";
import type { Exhibit } from "./movement.js";

const EXHIBITS_KEPT = 8;

/**
 * The rows a statement rests on: points `start` up to, not including, `end`, as one row range per input.
 *
 * @throws RangeError when the range is empty: a statement without exhibits cannot be made
 */
export function exhibitsFor(track: Track, start: number, end: number): [Exhibit, ...Exhibit[]] {
  const from = Math.max(0, start);
  const to = Math.min(track.length, end);
  const ranges = new Map<number, { rowFrom: number; rowTo: number }>();
  for (let i = from; i < to; i++) {
    const row = track.sourceRow[i]!;
    const range = ranges.get(track.sourceIndex[i]!);
    if (!range) ranges.set(track.sourceIndex[i]!, { rowFrom: row, rowTo: row });
    else {
      range.rowFrom = Math.min(range.rowFrom, row);
      range.rowTo = Math.max(range.rowTo, row);
    }
  }
  const exhibits = [...ranges].slice(0, EXHIBITS_KEPT).map(([sourceIndex, { rowFrom, rowTo }]) => {
    const source = track.sources[sourceIndex]!;
    return { inputSha256: source.inputSha256, file: source.file, rowFrom, rowTo };
  });
  const [first, ...rest] = exhibits;
  if (!first) throw new RangeError(`no points between ${start} and ${end}`);
  return [first, ...rest];
}
