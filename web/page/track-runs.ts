/** A track as its runs. */

import type { TrackJson } from "../../src/api/shapes.js";

/** @returns ranges of points between the gaps of a track, `end` exclusive */
export function runsOf(track: TrackJson): { start: number; end: number }[] {
  const edges = [0, ...track.gapAt, track.time.length];
  return edges
    .slice(1)
    .map((end, i) => ({ start: edges[i]!, end }))
    .filter(({ start, end }) => end > start);
}
