import type { AirportTable } from "../../src/place/airport.js";
import type { Track } from "../../src/track/track.js";
import { MINUTE_MS } from "../../src/units/quantity.js";
import type { Negative, Truth } from "../case.js";
import { seenEnd } from "./ground-ends.js";

/** A stretch of a track without a long hole. */
export interface Session {
  readonly start: number;
  readonly end: number;
}

const SESSION_HOLE_MS = 30 * MINUTE_MS;
const CONTINUOUS_HOLE_MS = 5 * MINUTE_MS;
const HIGH_MIN_MS = 10 * MINUTE_MS;
/** No airport lies higher than 14,472 ft (Daocheng Yading). */
const ABOVE_ALL_AIRPORTS_FT = 15_500;

/** Cuts a track at holes of half an hour. */
export function sessionsOf(track: Track, holeMs = SESSION_HOLE_MS): Session[] {
  const sessions: Session[] = [];
  let start = 0;
  for (let i = 1; i <= track.length; i++) {
    if (i < track.length && track.timeMs[i]! - track.timeMs[i - 1]! <= holeMs) continue;
    sessions.push({ start, end: i });
    start = i;
  }
  return track.length === 0 ? [] : sessions;
}

/** Truths a track carries in itself: every session end that was seen on the ground at one airport. */
export function selfKeyedTruths(track: Track, airports: AirportTable): Truth[] {
  const truths: Truth[] = [];
  for (const session of sessionsOf(track)) {
    const first = seenEnd(track, { ...session, side: "first" }, airports);
    const last = seenEnd(track, { ...session, side: "last" }, airports);
    const how = "own track: rolling on the field at this end";
    const common = { timed: true, seen: "ground", grade: "self", how } as const;
    if (first) truths.push({ kind: "takeoff", ...first, ...common });
    if (last && !(first && last.timeMs <= first.timeMs))
      truths.push({ kind: "landing", ...last, ...common });
  }
  return truths.sort((a, b) => a.timeMs - b.timeMs);
}

/** Stretches heard without a hole above every airport there is: a landing in one of them is an error. */
export function highFlight(track: Track): Negative[] {
  const negatives: Negative[] = [];
  let start = -1;
  let last = -1;
  const close = () => {
    if (start >= 0 && track.timeMs[last]! - track.timeMs[start]! >= HIGH_MIN_MS)
      negatives.push({
        fromMs: track.timeMs[start]!,
        toMs: track.timeMs[last]!,
        why: "heard without a hole above every airport's elevation",
      });
    start = -1;
  };
  for (let i = 0; i < track.length; i++) {
    const high = track.altitudeFt[i]! > ABOVE_ALL_AIRPORTS_FT;
    const hole = last >= 0 && track.timeMs[i]! - track.timeMs[last]! > CONTINUOUS_HOLE_MS;
    if (start >= 0 && (!high || hole)) close();
    if (high && start < 0) start = i;
    last = i;
  }
  close();
  return negatives;
}
