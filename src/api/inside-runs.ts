import { selectPoints } from "../track/builder.js";
import { HOLE_MAX_MS } from "../track/contacts.js";
import type { Contact } from "../track/gap.js";
import type { Track } from "../track/track.js";

/** The positions of a track in an area and a period, and the stretches in which nothing lies between them. */
export interface InsideRuns {
  /** Only what lies inside. */
  readonly track: Track;
  /** A line may be drawn along each: no hole longer than that of a contact, and no way out and back in. */
  readonly runs: readonly Contact[];
}

/**
 * Cuts out of a track what lies in an area.
 *
 * @param track cleaned; positions around the area tell where a line leaves it
 * @param holds whether a place lies in the area
 */
export function insideRuns(
  track: Track,
  holds: (latDeg: number, lonDeg: number) => boolean,
): InsideRuns {
  const { length, timeMs, latDeg, lonDeg } = track;
  const kept = new Uint32Array(length);
  const starts: number[] = [];
  let count = 0;
  let before = -1;
  for (let i = 0; i < length; i++) {
    if (!holds(latDeg[i]!, lonDeg[i]!)) continue;
    const follows = before >= 0 && before === i - 1;
    if (!follows || timeMs[i]! - timeMs[before]! > HOLE_MAX_MS) starts.push(count);
    kept[count++] = i;
    before = i;
  }
  const runs = starts.map((start, at) => ({ start, end: starts[at + 1] ?? count }));
  const inside = count === length ? track : selectPoints(track, kept.slice(0, count));
  return { track: inside, runs };
}
