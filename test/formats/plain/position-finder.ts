import { sphereDistanceM } from "../../../src/geo/sphere.js";
import { HOUR_MS, MINUTE_MS, metresFlown, SECOND_MS } from "../../../src/units/quantity.js";
import {
  type CprPosition,
  type DecodedPosition,
  globalPosition,
  globalSurfacePosition,
  localPosition,
} from "./cpr.js";

/**
 * An even and an odd message belong together when no more time lies between them.
 *
 * Source: RTCA DO-260B, 2.2.10 and A.1.7: 10 s airborne; on the surface 50 s, and 25 s from 25 kt on.
 */
const PAIR_AIRBORNE_MS = 10 * SECOND_MS;
const PAIR_SURFACE_MS = 50 * SECOND_MS;
const PAIR_FAST_SURFACE_MS = 25 * SECOND_MS;
const FAST_SURFACE_KT = 25;
/**
 * One message is read beside the last position when that is no older. chosen: nothing that flies leaves half a cell (180
 * nautical miles; 45 on the surface) in that time; test/mode-s/position-finder.test.ts
 */
const LOCAL_AIRBORNE_MS = 5 * MINUTE_MS;
const LOCAL_SURFACE_MS = 5 * MINUTE_MS;
/** A position tells for so long which quarter of the globe an aircraft is in. chosen: an hour is 15 degrees at 900 kt */
const QUARTER_MS = HOUR_MS;
/**
 * A position further from the last one than this speed allows is doubted. chosen: above any aircraft that sends; the slack is
 * for whole-second times and coarse positions
 */
const SPEED_AIRBORNE_KT = 1_500;
const SPEED_SURFACE_KT = 300;
const SLACK_M = 5_000;
/** So far north and east is 3.2 km at most: less than the slack. */
const NEAR_DEG = 0.02;
/** After this silence the last position says nothing about the next. */
const DOUBT_MS = 10 * MINUTE_MS;

/** A position as sent and when it was received, milliseconds since any fixed moment. */
interface HeardPosition {
  readonly cpr: CprPosition;
  readonly timeMs: number;
}

interface Fix extends DecodedPosition {
  readonly timeMs: number;
  readonly isSurface: boolean;
}

/** What is remembered of one aircraft to place its next message. */
export interface PositionState {
  /** Airborne even and odd, surface even and odd. */
  readonly heard: (HeardPosition | undefined)[];
  last: Fix | undefined;
  /** A position that was doubted: a second one that fits it is believed. */
  doubted: Fix | undefined;
}

/** @returns the state of an aircraft of which nothing was heard */
export function emptyPositionState(): PositionState {
  return {
    heard: [undefined, undefined, undefined, undefined],
    last: undefined,
    doubted: undefined,
  };
}

/** Why a position stays open. */
export type Undecided =
  /** No message of the other kind came near enough in time, and no position is known to read it beside. */
  | "position-unpaired"
  /** A surface message, and it is not known where on the globe the aircraft is. */
  | "surface-without-reference"
  /** No aircraft can have come there from its last position. */
  | "position-implausible";

export interface HeardContext {
  readonly timeMs: number;
  /** NaN unknown. */
  readonly groundSpeedKt: number;
  /** Where the receiver stands, if its owner says so. */
  readonly receiver: DecodedPosition | undefined;
}

/**
 * Decodes the position of one message of an aircraft from what was heard of it before, and remembers it.
 *
 * Global decoding from a pair comes first; a message without a partner is read beside the last position. A position is
 * taken only where the aircraft can be.
 */
export function findPosition(
  state: PositionState,
  cpr: CprPosition,
  context: HeardContext,
): DecodedPosition | Undecided {
  const { timeMs } = context;
  const slot = (cpr.isSurface ? 2 : 0) + (cpr.isOdd ? 1 : 0);
  const partner = state.heard[slot ^ 1];
  state.heard[slot] = { cpr, timeMs };
  const limitMs = pairLimitMs(cpr, context);
  const isPair = partner !== undefined && Math.abs(timeMs - partner.timeMs) <= limitMs;
  const found =
    (isPair ? fromPair(state, { cpr, partner }, context) : undefined) ??
    fromNear(state, cpr, timeMs);
  if (!found) {
    const isWithout = cpr.isSurface && isPair && !quarterReference(state, context);
    return isWithout ? "surface-without-reference" : "position-unpaired";
  }
  const { latDeg, lonDeg } = found;
  const fix: Fix = { latDeg, lonDeg, timeMs, isSurface: cpr.isSurface };
  return believed(state, fix) ? fix : "position-implausible";
}

function pairLimitMs({ isSurface }: CprPosition, { groundSpeedKt }: HeardContext): number {
  if (!isSurface) return PAIR_AIRBORNE_MS;
  // An unknown speed may be a high one.
  return groundSpeedKt < FAST_SURFACE_KT ? PAIR_SURFACE_MS : PAIR_FAST_SURFACE_MS;
}

function fromPair(
  state: PositionState,
  { cpr, partner }: { readonly cpr: CprPosition; readonly partner: HeardPosition },
  context: HeardContext,
): DecodedPosition | undefined {
  const even = cpr.isOdd ? partner.cpr : cpr;
  const odd = cpr.isOdd ? cpr : partner.cpr;
  const newest = cpr.isOdd ? "odd" : "even";
  if (!cpr.isSurface) return globalPosition(even, odd, newest);
  const reference = quarterReference(state, context);
  return reference && globalSurfacePosition(even, odd, { newest, reference });
}

function quarterReference(
  { last }: PositionState,
  { timeMs, receiver }: HeardContext,
): DecodedPosition | undefined {
  return last && Math.abs(timeMs - last.timeMs) <= QUARTER_MS ? last : receiver;
}

function fromNear(
  { last }: PositionState,
  cpr: CprPosition,
  timeMs: number,
): DecodedPosition | undefined {
  const limitMs = cpr.isSurface ? LOCAL_SURFACE_MS : LOCAL_AIRBORNE_MS;
  if (!last || Math.abs(timeMs - last.timeMs) > limitMs) return undefined;
  return localPosition(cpr, last);
}

/** Two doubted positions that fit each other are right, and the last one was wrong. */
function believed(state: PositionState, found: Fix): boolean {
  const { last, doubted } = state;
  const isFitting =
    !last || isReachable(last, found) || (doubted !== undefined && isReachable(doubted, found));
  if (isFitting) state.last = found;
  state.doubted = isFitting ? undefined : found;
  return isFitting;
}

function isReachable(from: Fix, to: Fix): boolean {
  // Within the slack without asking trigonometry: so it is nearly always.
  const { latDeg, lonDeg } = from;
  if (Math.abs(to.latDeg - latDeg) < NEAR_DEG && Math.abs(to.lonDeg - lonDeg) < NEAR_DEG)
    return true;
  const durationMs = Math.abs(to.timeMs - from.timeMs);
  if (durationMs > DOUBT_MS) return true;
  const speedKt = from.isSurface && to.isSurface ? SPEED_SURFACE_KT : SPEED_AIRBORNE_KT;
  const distanceM = sphereDistanceM(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
  return distanceM <= metresFlown(speedKt, durationMs) + SLACK_M;
}
