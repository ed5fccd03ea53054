import { selectPoints } from "./builder.js";
import type { Track } from "./track.js";

/**
 * A track up to a moment, its points at that moment included.
 *
 * @param untilMs milliseconds since 1970 UTC; undefined cuts nothing
 * @returns the track itself where it ends before; a track without points where it begins behind it
 */
export function trackUntil(track: Track, untilMs: number | undefined): Track {
  const count = pointsUntil(track, untilMs);
  if (count === track.length) return track;
  return selectPoints(
    track,
    Uint32Array.from({ length: count }, (_, index) => index),
  );
}

/** @returns how many of a track's points lie no later than `untilMs`; all when that is undefined */
export function pointsUntil({ timeMs, length }: Track, untilMs: number | undefined): number {
  if (untilMs === undefined) return length;
  let [start, end] = [0, length];
  while (start < end) {
    const middle = (start + end) >> 1;
    if (timeMs[middle]! <= untilMs) start = middle + 1;
    else end = middle;
  }
  return start;
}
