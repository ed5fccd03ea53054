import { sphereDistanceM } from "../geo/sphere.js";
import { HOUR_MS, MINUTE_MS, metresFlown, SECOND_MS } from "../units/quantity.js";
import {
  type CprPosition,
  type CprSteps,
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

/** A position as sent and when it was received, milliseconds since any fixed moment; NaN before anything was. */
interface HeardPosition extends CprSteps {
  latCpr: number;
  lonCpr: number;
  timeMs: number;
}

/** A place where an aircraft was; its time is NaN where there is none. */
interface Fix extends DecodedPosition {
  latDeg: number;
  lonDeg: number;
  timeMs: number;
  isSurface: boolean;
}

/** What is remembered of one aircraft to place its next message; its parts are written over, not made anew. */
export interface PositionState {
  /** Airborne even and odd, surface even and odd. */
  readonly heard: readonly HeardPosition[];
  readonly last: Fix;
  /** A position that was doubted: a second one that fits it is believed. */
  readonly doubted: Fix;
}

/** @returns the state of an aircraft of which nothing was heard */
export function emptyPositionState(): PositionState {
  return {
    heard: Array.from({ length: 4 }, () => ({ latCpr: 0, lonCpr: 0, timeMs: Number.NaN })),
    last: noFix(),
    doubted: noFix(),
  };
}

function noFix(): Fix {
  return { latDeg: Number.NaN, lonDeg: Number.NaN, timeMs: Number.NaN, isSurface: false };
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
  const partner = state.heard[slot ^ 1]!;
  const own = state.heard[slot]!;
  own.latCpr = cpr.latCpr;
  own.lonCpr = cpr.lonCpr;
  own.timeMs = timeMs;
  // False without a partner.
  const isPair = Math.abs(timeMs - partner.timeMs) <= pairLimitMs(cpr, context);
  const found =
    (isPair ? fromPair(state, { cpr, partner }, context) : undefined) ??
    fromNear(state, cpr, timeMs);
  if (!found) {
    const isWithout = cpr.isSurface && isPair && !quarterReference(state, context);
    return isWithout ? "surface-without-reference" : "position-unpaired";
  }
  return believed(state, found, { timeMs, isSurface: cpr.isSurface })
    ? found
    : "position-implausible";
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
  const even: CprSteps = cpr.isOdd ? partner : cpr;
  const odd: CprSteps = cpr.isOdd ? cpr : partner;
  const newest = cpr.isOdd ? "odd" : "even";
  if (!cpr.isSurface) return globalPosition(even, odd, newest);
  const reference = quarterReference(state, context);
  return reference && globalSurfacePosition(even, odd, { newest, reference });
}

function quarterReference(
  { last }: PositionState,
  { timeMs, receiver }: HeardContext,
): DecodedPosition | undefined {
  return Math.abs(timeMs - last.timeMs) <= QUARTER_MS ? last : receiver;
}

function fromNear(
  { last }: PositionState,
  cpr: CprPosition,
  timeMs: number,
): DecodedPosition | undefined {
  const limitMs = cpr.isSurface ? LOCAL_SURFACE_MS : LOCAL_AIRBORNE_MS;
  return Math.abs(timeMs - last.timeMs) <= limitMs ? localPosition(cpr, last) : undefined;
}

/** Two doubted positions that fit each other are right, and the last one was wrong. */
function believed(
  { last, doubted }: PositionState,
  { latDeg, lonDeg }: DecodedPosition,
  { timeMs, isSurface }: { readonly timeMs: number; readonly isSurface: boolean },
): boolean {
  const found = { latDeg, lonDeg, timeMs, isSurface };
  const isFitting =
    Number.isNaN(last.timeMs) ||
    isReachable(last, found) ||
    (!Number.isNaN(doubted.timeMs) && isReachable(doubted, found));
  const into = isFitting ? last : doubted;
  into.latDeg = latDeg;
  into.lonDeg = lonDeg;
  into.timeMs = timeMs;
  into.isSurface = isSurface;
  if (isFitting) doubted.timeMs = Number.NaN;
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
