import type { Contact } from "../track/gap.js";
import { GROUND_YES, type Track } from "../track/track.js";

/** Points a bucket keeps at most: first, last, lowest and highest. */
const PER_BUCKET = 4;

/**
 * Chooses which points of a track are drawn when there are too many. The edges of every contact, every point on the ground
 * and both sides of every change between ground and air stay; of the rest, cut into buckets of equally many points, the
 * first, the last, the lowest and the highest.
 *
 * @param contacts of the track, in order
 * @param limit so many points at most; more only where edges alone are more. Points on the ground give way to it, but
 *   for the first and last of each stretch
 * @returns indices, ascending
 *
 * Source: M4 aggregation, Jugel et al. 2014, by count instead of by pixel.
 */
export function thinTrack(track: Track, contacts: readonly Contact[], limit: number): Int32Array {
  const { length } = track;
  if (length <= limit) return Int32Array.from({ length }, (_, index) => index);
  const keep = new Uint8Array(length);
  markEdges(track, contacts, keep);
  const edges = keep.slice();
  for (let i = 0; i < length; i++) if (track.ground[i] === GROUND_YES) keep[i] = 1;
  if (countOf(keep) > limit) keep.set(edges);
  const room = limit - countOf(keep);
  const buckets = Math.floor(room / PER_BUCKET);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * length) / buckets);
    const end = Math.floor(((bucket + 1) * length) / buckets);
    markBucket(track.altitudeFt, { start, end }, keep);
  }
  return indicesOf(keep);
}

function markEdges({ ground }: Track, contacts: readonly Contact[], keep: Uint8Array): void {
  for (const { start, end } of contacts) {
    keep[start] = 1;
    keep[end - 1] = 1;
    for (let i = start + 1; i < end; i++) {
      if ((ground[i] === GROUND_YES) === (ground[i - 1] === GROUND_YES)) continue;
      keep[i - 1] = 1;
      keep[i] = 1;
    }
  }
}

function markBucket(
  altitudeFt: Float32Array,
  { start, end }: { readonly start: number; readonly end: number },
  keep: Uint8Array,
): void {
  let lowest = -1;
  let highest = -1;
  for (let i = start; i < end; i++) {
    const heightFt = altitudeFt[i]!;
    // NaN fails every comparison, so an unknown altitude is neither.
    if (!(heightFt < Number.POSITIVE_INFINITY)) continue;
    if (lowest < 0 || heightFt < altitudeFt[lowest]!) lowest = i;
    if (highest < 0 || heightFt > altitudeFt[highest]!) highest = i;
  }
  keep[start] = 1;
  keep[end - 1] = 1;
  if (lowest >= 0) keep[lowest] = 1;
  if (highest >= 0) keep[highest] = 1;
}

function countOf(keep: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < keep.length; i++) count += keep[i]!;
  return count;
}

function indicesOf(keep: Uint8Array): Int32Array {
  const kept = new Int32Array(countOf(keep));
  for (let i = 0, at = 0; i < keep.length; i++) if (keep[i] === 1) kept[at++] = i;
  return kept;
}
