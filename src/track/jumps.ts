import { EARTH_RADIUS_M, sphereDistanceM } from "../geo/sphere.js";
import { METRES_PER_NM, MINUTE_MS, MPS_PER_KT } from "../units/quantity.js";
import type { Track } from "./track.js";

/**
 * Faster than any airliner over ground with a strong jet stream: of 11,015 recorded take-off-to-landing averages
 * none passed 551 kt. Source: docs/method.md, speed gate.
 */
const SPEED_GATE_KT = 750;
/**
 * Room for two wrong positions and for positions held back and then released: state vectors lag by up to 5 NM.
 * chosen: test/track/clean.test.ts
 */
const POSITION_SLACK_M = 10 * METRES_PER_NM;
const METRES_PER_DEG = (EARTH_RADIUS_M * Math.PI) / 180;
/** How many pieces back a chain may reach over wild points. chosen: bounds the work to O(100 n). */
const CHAIN_LOOK_BACK = 100;
/**
 * At a break between two lasting pieces this much of either may be given up to join them. Positions reckoned ahead
 * without reception, or found by a few receivers, are corrected by a lasting shift, after which both sides still
 * belong to one aircraft. chosen: test/track/jumps.test.ts
 */
const TRIM_MAX_MS = MINUTE_MS;
/** A piece this long is more than a few wild points. chosen: leaves room for a trim at both of its ends. */
const LASTING_MS = 5 * MINUTE_MS;

/** A stretch without jumps: places `start` to `end`, both inclusive, in the list of usable points. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/** How two pieces join: that many points given up at the end of the first and at the start of the second. */
interface Joint {
  readonly endTrim: number;
  readonly startTrim: number;
}

/** What no one aircraft could have flown to. */
export interface Jumps {
  /** Point indices to set aside, ascending. */
  readonly points: readonly number[];
  /** How many pieces were left out, and how many lasting shifts bridged. */
  readonly runs: number;
}

/**
 * Finds the points outside the heaviest chain of pieces that one aircraft could have flown; what is outside is
 * somebody else, or nobody.
 *
 * @param usable indices of the points to look at, ascending
 */
export function findJumps(track: Track, usable: Uint32Array): Jumps {
  const pieces = consistentPieces(track, usable);
  if (pieces.length < 2) return { points: [], runs: 0 };
  const { kept, shiftCount } = heaviestChain(track, usable, pieces);
  return {
    points: outsideOf(kept, usable),
    runs: pieces.length - kept.length + shiftCount,
  };
}

/** Cuts wherever two neighbours cannot belong to one aircraft. */
function consistentPieces(track: Track, usable: Uint32Array): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (let k = 1; k <= usable.length; k++) {
    if (k < usable.length && couldFly(track, usable[k - 1]!, usable[k]!)) continue;
    pieces.push({ start, end: k - 1 });
    start = k;
  }
  return pieces;
}

/** The pieces of a chain in order, without what was given up to join them, and how often something was. */
interface Chain {
  readonly kept: readonly Piece[];
  readonly shiftCount: number;
}

function heaviestChain(track: Track, usable: Uint32Array, pieces: readonly Piece[]): Chain {
  const best = new Float64Array(pieces.length);
  const previous = new Int32Array(pieces.length).fill(-1);
  const joints: (Joint | undefined)[] = [];
  let top = 0;
  for (let p = 0; p < pieces.length; p++) {
    const weight = pieces[p]!.end - pieces[p]!.start + 1;
    best[p] = weight;
    for (let q = p - 1; q >= Math.max(0, p - CHAIN_LOOK_BACK); q--) {
      if (best[q]! + weight <= best[p]!) continue;
      const joint = findJoint(track, usable, pieces[q]!, pieces[p]!);
      if (joint === undefined) continue;
      const candidate = best[q]! + weight - joint.endTrim - joint.startTrim;
      if (candidate <= best[p]!) continue;
      best[p] = candidate;
      previous[p] = q;
      joints[p] = joint;
    }
    if (best[p]! > best[top]!) top = p;
  }
  return walkBack(pieces, previous, joints, top);
}

function walkBack(
  pieces: readonly Piece[],
  previous: Int32Array,
  joints: readonly (Joint | undefined)[],
  top: number,
): Chain {
  const kept: Piece[] = [];
  let shiftCount = 0;
  let endTrim = 0;
  for (let p = top; p >= 0; p = previous[p]!) {
    const joint = joints[p];
    if (joint !== undefined && joint.endTrim + joint.startTrim > 0) shiftCount++;
    kept.push({
      start: pieces[p]!.start + (joint?.startTrim ?? 0),
      end: pieces[p]!.end - endTrim,
    });
    endTrim = joint?.endTrim ?? 0;
  }
  return { kept: kept.reverse(), shiftCount };
}

function outsideOf(chain: readonly Piece[], usable: Uint32Array): number[] {
  const points: number[] = [];
  let from = 0;
  for (const { start, end } of [...chain, { start: usable.length, end: usable.length }]) {
    for (let k = from; k < start; k++) points.push(usable[k]!);
    from = end + 1;
  }
  return points;
}

/** @returns the joint that gives up the fewest points; undefined when none of those allowed joins the two */
function findJoint(
  track: Track,
  usable: Uint32Array,
  first: Piece,
  second: Piece,
): Joint | undefined {
  const canJoin = (endTrim: number, startTrim: number) =>
    couldFly(track, usable[first.end - endTrim]!, usable[second.start + startTrim]!);
  if (canJoin(0, 0)) return { endTrim: 0, startTrim: 0 };
  const { timeMs } = track;
  const timeAt = (k: number) => timeMs[usable[k]!]!;
  const lasting = ({ start, end }: Piece) => timeAt(end) - timeAt(start) >= LASTING_MS;
  if (!lasting(first) || !lasting(second)) return undefined;
  let endMost = 0;
  while (timeAt(first.end) - timeAt(first.end - endMost - 1) <= TRIM_MAX_MS) endMost++;
  let startMost = 0;
  while (timeAt(second.start + startMost + 1) - timeAt(second.start) <= TRIM_MAX_MS) startMost++;
  // One look spares the search where a shift is far too large.
  if (!canJoin(endMost, startMost)) return undefined;
  for (let given = 1; given <= endMost + startMost; given++) {
    for (
      let endTrim = Math.max(0, given - startMost);
      endTrim <= Math.min(given, endMost);
      endTrim++
    )
      if (canJoin(endTrim, given - endTrim)) return { endTrim, startTrim: given - endTrim };
  }
  return undefined;
}

function couldFly(track: Track, from: number, to: number): boolean {
  const { timeMs, latDeg, lonDeg } = track;
  // The way along a meridian and then a parallel is no shorter, and needs no trigonometry: most neighbours pass here.
  const aroundDeg = Math.abs(latDeg[to]! - latDeg[from]!) + Math.abs(lonDeg[to]! - lonDeg[from]!);
  if (aroundDeg * METRES_PER_DEG <= POSITION_SLACK_M) return true;
  const distanceM = sphereDistanceM(latDeg[from]!, lonDeg[from]!, latDeg[to]!, lonDeg[to]!);
  const seconds = (timeMs[to]! - timeMs[from]!) / 1000;
  return distanceM <= POSITION_SLACK_M + SPEED_GATE_KT * MPS_PER_KT * seconds;
}
