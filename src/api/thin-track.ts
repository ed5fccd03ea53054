import type { Contact } from "../track/gap.js";
import { GROUND_YES, type Track } from "../track/track.js";

/** Points a bucket keeps at most: first, last, lowest and highest, and those farthest to either side. */
const PER_BUCKET = 6;
/** Without those to the sides: for the last few places. */
const PER_SMALL_BUCKET = 4;
/** In level flight most of these are the same: what room is left is cut into buckets again. chosen: then little is left */
const PASSES_MAX = 4;

/**
 * Chooses which points of a track are drawn when there are too many. The edges of every contact, every point on the ground
 * and both sides of every change between ground and air stay; of the rest, cut into buckets of equally many points, the
 * first, the last, the lowest, the highest, and on either side of the line from first to last the farthest, so that
 * turns stay.
 *
 * @param contacts of the track, in order
 * @param limit so many points at most; more only where edges alone are more. Points on the ground give way to it, but
 *   for the first and last of each stretch
 * @returns indices, ascending
 *
 * Source: M4 aggregation, Jugel et al. 2014, by count instead of by pixel; the sides are as in Douglas and Peucker 1973.
 */
export function thinTrack(track: Track, contacts: readonly Contact[], limit: number): Int32Array {
  const { length } = track;
  if (length <= limit) return Int32Array.from({ length }, (_, index) => index);
  const keep = new Uint8Array(length);
  markEdges(track, contacts, keep);
  const edges = keep.slice();
  for (let i = 0; i < length; i++) if (track.ground[i] === GROUND_YES) keep[i] = 1;
  if (countOf(keep) > limit) keep.set(edges);
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    const room = limit - countOf(keep);
    if (room < PER_SMALL_BUCKET) break;
    markBuckets(track, room, keep);
  }
  return indicesOf(keep);
}

/** Marks no more points than there is room for. */
function markBuckets(track: Track, room: number, keep: Uint8Array): void {
  const { length } = track;
  const hasSides = room >= PER_BUCKET;
  const buckets = Math.floor(room / (hasSides ? PER_BUCKET : PER_SMALL_BUCKET));
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * length) / buckets);
    const end = Math.floor(((bucket + 1) * length) / buckets);
    markBucket(track.altitudeFt, { start, end }, keep);
    if (hasSides) markSides(track, { start, end }, keep);
  }
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

/** Distances need no more than an order: in degrees, with longitudes as wide as they are at the first point. */
function markSides(
  { latDeg, lonDeg }: Track,
  { start, end }: { readonly start: number; readonly end: number },
  keep: Uint8Array,
): void {
  const width = Math.cos((latDeg[start]! * Math.PI) / 180);
  const eastDeg = (i: number) => {
    const apartDeg = lonDeg[i]! - lonDeg[start]!;
    return (apartDeg - 360 * Math.round(apartDeg / 360)) * width;
  };
  const [x, y] = [eastDeg(end - 1), latDeg[end - 1]! - latDeg[start]!];
  let left = -1;
  let right = -1;
  let [mostLeft, mostRight] = [0, 0];
  for (let i = start + 1; i < end - 1; i++) {
    const [dx, dy] = [eastDeg(i), latDeg[i]! - latDeg[start]!];
    // Back where it began, a bucket has no line: what is farthest then stands for a side.
    const side = x === 0 && y === 0 ? Math.hypot(dx, dy) : x * dy - y * dx;
    if (side > mostLeft) [mostLeft, left] = [side, i];
    if (side < mostRight) [mostRight, right] = [side, i];
  }
  if (left >= 0) keep[left] = 1;
  if (right >= 0) keep[right] = 1;
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
