import type { Contact } from "../track/gap.js";
import { FLAG_ALTITUDE_GEOMETRIC, GROUND_YES, type Track } from "../track/track.js";
import type { InsideRuns } from "./inside-runs.js";
import {
  ALTITUDE_GROUND,
  ALTITUDE_STEP_FT,
  ALTITUDE_UNKNOWN,
  type PositionsBlock,
} from "./positions-code.js";
import { thinTrack } from "./thin-track.js";

/** What is said of an aircraft beside its positions. */
export interface BlockOptions {
  readonly registration: string;
  readonly type: string;
  readonly simulated: boolean;
  /** Beginning of the period, ms since 1970 UTC; no position is earlier. */
  readonly fromMs: number;
  /** So many positions at most; more only where the ends of stretches alone are more. See `thinTrack`. */
  readonly limit: number;
}

/** @returns one aircraft's positions in an area, thinned, as they are sent */
export function positionsBlock(
  { track, runs }: InsideRuns,
  { registration, type, simulated, fromMs, limit }: BlockOptions,
): PositionsBlock {
  const kept = thinTrack(track, runs, limit);
  const { timeMs, latDeg, lonDeg } = track;
  return {
    kind: "aircraft",
    hex: track.address,
    registration,
    type,
    simulated,
    heardCount: track.length,
    runLengths: keptLengths(runs, kept),
    timeMs: Uint32Array.from(kept, (i) => Math.round(timeMs[i]! - fromMs)),
    latE6: Int32Array.from(kept, (i) => Math.round(latDeg[i]! * 1e6)),
    lonE6: Int32Array.from(kept, (i) => Math.round(lonDeg[i]! * 1e6)),
    altitude: Int16Array.from(kept, (i) => altitudeAt(track, i)),
  };
}

/** How many points of each stretch were kept: at least its ends. */
function keptLengths(runs: readonly Contact[], kept: Int32Array): Uint32Array {
  const lengths = new Uint32Array(runs.length);
  let at = 0;
  for (const [place, { end }] of runs.entries()) {
    const first = at;
    while (at < kept.length && kept[at]! < end) at++;
    lengths[place] = at - first;
  }
  return lengths;
}

function altitudeAt({ ground, altitudeFt, flags }: Track, index: number): number {
  if (ground[index] === GROUND_YES) return ALTITUDE_GROUND;
  const heightFt = altitudeFt[index]!;
  if (Number.isNaN(heightFt) || flags[index]! & FLAG_ALTITUDE_GEOMETRIC) return ALTITUDE_UNKNOWN;
  const steps = Math.round(heightFt / ALTITUDE_STEP_FT);
  return Math.max(ALTITUDE_GROUND + 1, Math.min(32_767, steps));
}
