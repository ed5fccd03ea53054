import { selectPoints } from "./builder.js";
import { findJumps } from "./jumps.js";
import { GROUND_YES, type Track } from "./track.js";

/** Why a point was set aside. Counts of these are evidence of their own: nothing is deleted silently. */
export const MASK_REASONS = ["kept", "duplicate", "stale", "jump"] as const;
export type MaskReason = (typeof MASK_REASONS)[number];

const KEPT = 0;
const DUPLICATE = 1;
const STALE = 2;
const JUMP = 3;

/** Two votes of a climb no aircraft makes, ft/s. Source: second-derivative filter of Alligier and Gianazza 2024. */
const SPIKE_FT_PER_S = 200;
/** Altitudes further apart say nothing of each other: at 200 ft/s an aircraft is anywhere in 5 min. */
const NEIGHBOUR_MAX_S = 300;
const MOVING_KT = 30;

/** A track without what cannot be used, and what was set aside from it. */
export interface CleanTrack {
  /** The given track itself where all of it can be used: columns are never written again, so it need not be copied. */
  readonly track: Track;
  readonly setAside: Readonly<Record<MaskReason, number>>;
  /** Altitudes blanked as spikes; the positions stay. */
  readonly altitudeSpikeCount: number;
  /** How many separate stretches were set aside as jumps: one is an error, many are a second emitter. */
  readonly jumpRuns: number;
}

/**
 * Masks, never fills: points are set aside or an altitude is blanked; none is moved or invented.
 *
 * A repeated position is set aside as stale only while the aircraft says it moves: standing at a gate repeats too,
 * and that is evidence of standing.
 */
export function cleanTrack(track: Track): CleanTrack {
  const { mask, jumpRuns } = maskTrack(track);
  const setAside = countReasons(mask);
  // Most tracks lose no point, and need no copy.
  const kept =
    setAside.kept === track.length ? track : selectPoints(track, keptIndices(mask, setAside.kept));
  const spikes = findSpikes(kept);
  return {
    track: spikes.length === 0 ? kept : withoutAltitudes(kept, spikes),
    setAside,
    altitudeSpikeCount: spikes.length,
    jumpRuns,
  };
}

function countReasons(mask: Uint8Array): Record<MaskReason, number> {
  const counts = new Uint32Array(MASK_REASONS.length);
  for (let i = 0; i < mask.length; i++) counts[mask[i]!]!++;
  return {
    kept: counts[KEPT]!,
    duplicate: counts[DUPLICATE]!,
    stale: counts[STALE]!,
    jump: counts[JUMP]!,
  };
}

function keptIndices(mask: Uint8Array, keptCount: number): Uint32Array {
  const kept = new Uint32Array(keptCount);
  for (let i = 0, at = 0; i < mask.length; i++) if (mask[i] === KEPT) kept[at++] = i;
  return kept;
}

function markRepeats(track: Track, mask: Uint8Array): void {
  const { timeMs, latDeg, lonDeg, groundSpeedKt, ground } = track;
  let last = -1;
  for (let i = 0; i < track.length; i++) {
    if (last >= 0 && latDeg[i] === latDeg[last] && lonDeg[i] === lonDeg[last]) {
      if (timeMs[i]! - timeMs[last]! < 1000 && ground[i] === ground[last]) {
        mask[i] = DUPLICATE;
        continue;
      }
      if (
        groundSpeedKt[i]! > MOVING_KT &&
        ground[i] !== GROUND_YES &&
        ground[last] !== GROUND_YES
      ) {
        mask[i] = STALE;
        continue;
      }
    }
    last = i;
  }
}

/**
 * Finds lone altitudes that both neighbours contradict in opposite directions; where there is a neighbour on one side
 * only, that one, if it agrees with the next: a wild altitude just before a silence would look like an approach.
 */
function findSpikes(track: Track): number[] {
  const { altitudeFt, ground } = track;
  if (!climbsWildly(track)) return [];
  const known: number[] = [];
  for (let i = 0; i < track.length; i++) if (!Number.isNaN(altitudeFt[i]!)) known.push(i);
  const spikes: number[] = [];
  // `a` and the one before it are never spikes themselves: the next point is not measured against a wrong one.
  let beforeA: number | undefined;
  let a: number | undefined;
  for (let k = 0; k < known.length; k++) {
    const b = known[k]!;
    const next = known[k + 1];
    const upFtPerS = climbFtPerS(track, a, b);
    const downFtPerS = climbFtPerS(track, b, next);
    const wild = Math.abs(upFtPerS) > SPIKE_FT_PER_S || Math.abs(downFtPerS) > SPIKE_FT_PER_S;
    const isSpike =
      wild &&
      ground[b] !== GROUND_YES &&
      contradicted(upFtPerS, downFtPerS, {
        before: climbFtPerS(track, beforeA, a),
        after: climbFtPerS(track, next, known[k + 2]),
      });
    if (isSpike) {
      spikes.push(b);
      continue;
    }
    beforeA = a;
    a = b;
  }
  return spikes;
}

/** Most tracks never do, and need no closer look. */
function climbsWildly(track: Track): boolean {
  const { length, timeMs, altitudeFt } = track;
  let last = -1;
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(altitudeFt[i]!)) continue;
    if (last >= 0) {
      const seconds = (timeMs[i]! - timeMs[last]!) / 1000;
      const apartFt = Math.abs(altitudeFt[i]! - altitudeFt[last]!);
      const wild = apartFt > SPIKE_FT_PER_S * Math.max(1, seconds);
      if (wild && seconds <= NEIGHBOUR_MAX_S) return true;
    }
    last = i;
  }
  return false;
}

function withoutAltitudes(track: Track, spikes: readonly number[]): Track {
  const altitudeFt = track.altitudeFt.slice();
  for (const index of spikes) altitudeFt[index] = Number.NaN;
  return { ...track, altitudeFt };
}

/** Rates to and from a point, and those one point further out; NaN where there is no near neighbour. */
function contradicted(
  upFtPerS: number,
  downFtPerS: number,
  outer: { readonly before: number; readonly after: number },
): boolean {
  const wildUp = Math.abs(upFtPerS) > SPIKE_FT_PER_S;
  const wildDown = Math.abs(downFtPerS) > SPIKE_FT_PER_S;
  if (wildUp && wildDown) return upFtPerS * downFtPerS < 0;
  if (Number.isNaN(downFtPerS)) return wildUp && Math.abs(outer.before) <= SPIKE_FT_PER_S;
  if (Number.isNaN(upFtPerS)) return wildDown && Math.abs(outer.after) <= SPIKE_FT_PER_S;
  return false;
}

/** @returns NaN when a point is missing or the two are too far apart in time to contradict each other */
function climbFtPerS(track: Track, from: number | undefined, to: number | undefined): number {
  if (from === undefined || to === undefined) return Number.NaN;
  const seconds = (track.timeMs[to]! - track.timeMs[from]!) / 1000;
  if (seconds > NEIGHBOUR_MAX_S) return Number.NaN;
  return (track.altitudeFt[to]! - track.altitudeFt[from]!) / Math.max(1, seconds);
}

/** What `cleanTrack` says of each point: an index into MASK_REASONS. */
export function maskTrack(track: Track): {
  readonly mask: Uint8Array;
  readonly jumpRuns: number;
} {
  const mask = new Uint8Array(track.length);
  markRepeats(track, mask);
  const jumps = findJumps(track, keptIndices(mask, countReasons(mask).kept));
  for (const i of jumps.points) mask[i] = JUMP;
  return { mask, jumpRuns: jumps.runs };
}
