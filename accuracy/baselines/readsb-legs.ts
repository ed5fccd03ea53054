import { GROUND_YES, type Track } from "../../src/track/track.js";
import { MINUTE_MS } from "../../src/units/quantity.js";
import type { Claim, Method } from "../case.js";
import { claimAt } from "./place.js";

const LEAST_FT = 200;
const MOST_FT = 2_500;
const HOLE_MS = 5 * MINUTE_MS;
const GROUND_HOLE_MS = 25 * MINUTE_MS;
const GROUND_AFTER_AIR_MS = 45 * MINUTE_MS;
const SLOW_TURN_MS = 12 * MINUTE_MS;
const LOW_AFTER_FT = 20_000;

/**
 * readsb's leg marker: a major descent, then ground or a hole, then a major climb begins a new leg, marked in the
 * middle. It names no airport and knows no end without a next leg.
 */
export function readsbLegs(): Method {
  return {
    name: "leg marker (readsb)",
    claims: (track) => legMarks(track).flatMap((timeMs) => stopAt(track, timeMs)),
  };
}

function stopAt(track: Track, timeMs: number): Claim[] {
  const index = Math.max(
    0,
    track.timeMs.findIndex((each) => each >= timeMs),
  );
  return [
    claimAt(track, { kind: "landing", index, timeMs }, undefined, "leg mark"),
    claimAt(track, { kind: "takeoff", index, timeMs }, undefined, "leg mark"),
  ];
}

interface LegState {
  lowFt: number;
  highFt: number;
  descentIndex: number;
  groundFrom: number;
  groundTo: number;
  lastAir: number;
  holeIndex: number;
}

/** @returns where new legs begin, ms */
export function legMarks(track: Track): number[] {
  const thresholdFt = Math.min(MOST_FT, Math.max(LEAST_FT, meanAltitudeFt(track) / 3));
  const marks: number[] = [];
  let state = freshState(0);
  for (let i = 0; i < track.length; i++) {
    const onGround = track.ground[i] === GROUND_YES;
    const hole = i > 0 ? track.timeMs[i]! - track.timeMs[i - 1]! : 0;
    if (hole > HOLE_MS) state.holeIndex = i;
    const groundMark = markOnGround(track, i, state, hole);
    if (groundMark !== undefined) {
      marks.push(groundMark);
      state = freshState(i);
      continue;
    }
    if (onGround) {
      if (state.groundFrom < 0 && state.descentIndex >= 0) state.groundFrom = i;
      state.groundTo = i;
    } else state.lastAir = i;
    const climbMark = trackClimb(track, i, state, thresholdFt);
    if (climbMark === undefined) continue;
    marks.push(climbMark);
    state = freshState(i);
  }
  return marks;
}

function freshState(at: number): LegState {
  return {
    lowFt: Number.NaN,
    highFt: Number.NaN,
    descentIndex: -1,
    groundFrom: -1,
    groundTo: -1,
    lastAir: at,
    holeIndex: -1,
  };
}

function markOnGround(
  track: Track,
  i: number,
  state: LegState,
  holeMs: number,
): number | undefined {
  if (i === 0) return undefined;
  const atGround = track.ground[i] === GROUND_YES || track.ground[i - 1] === GROUND_YES;
  const descended = state.descentIndex >= 0;
  if (atGround && descended && holeMs > GROUND_HOLE_MS)
    return (track.timeMs[i]! + track.timeMs[i - 1]!) / 2;
  const sinceAirMs = track.timeMs[i]! - track.timeMs[state.lastAir]!;
  const longOnGround = track.ground[i] === GROUND_YES && sinceAirMs > GROUND_AFTER_AIR_MS;
  return longOnGround && descended
    ? (track.timeMs[state.lastAir]! + track.timeMs[i]!) / 2
    : undefined;
}

function trackClimb(
  track: Track,
  i: number,
  state: LegState,
  thresholdFt: number,
): number | undefined {
  const altitudeFt = track.ground[i] === GROUND_YES ? 0 : track.altitudeFt[i]!;
  if (Number.isNaN(altitudeFt)) return undefined;
  if (!(altitudeFt <= state.highFt)) state.highFt = altitudeFt;
  if (state.highFt - altitudeFt > thresholdFt) {
    if (!(altitudeFt > state.lowFt)) {
      state.lowFt = altitudeFt;
      state.descentIndex = i;
    }
  }
  if (state.descentIndex < 0 || !(altitudeFt - state.lowFt > thresholdFt)) return undefined;
  const sinceMs = track.timeMs[i]! - track.timeMs[state.descentIndex]!;
  if (state.groundFrom >= 0 && sinceMs > MINUTE_MS) {
    const [fromMs, toMs] = [track.timeMs[state.groundFrom]!, track.timeMs[state.groundTo]!];
    if (toMs - fromMs >= MINUTE_MS) return (fromMs + toMs) / 2;
  }
  const hole = state.holeIndex;
  if (sinceMs > SLOW_TURN_MS && hole > state.descentIndex) {
    const low = track.ground[hole] === GROUND_YES || track.altitudeFt[hole]! < LOW_AFTER_FT;
    if (low) return (track.timeMs[hole]! + track.timeMs[hole - 1]!) / 2;
  }
  // Climbing again without ground or hole: a step in the same leg.
  state.highFt = altitudeFt;
  state.lowFt = Number.NaN;
  state.descentIndex = -1;
  state.groundFrom = -1;
  return undefined;
}

function meanAltitudeFt(track: Track): number {
  let sum = 0;
  let count = 0;
  for (const altitudeFt of track.altitudeFt)
    if (Number.isFinite(altitudeFt)) {
      sum += altitudeFt;
      count++;
    }
  return count > 0 ? sum / count : 0;
}
