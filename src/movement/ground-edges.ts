import { sphereDistanceM } from "../geo/sphere.js";
import { GROUND_YES } from "../track/track.js";
import { METRES_PER_NM, MINUTE_MS, MPS_PER_KT } from "../units/quantity.js";
import { formatDuration, isoSeconds } from "../units/time.js";
import { buildMovement, placeName } from "./build.js";
import { rankGround, runwayUsed } from "./candidates.js";
import type { Movement } from "./movement.js";
import type { Phase } from "./phases.js";
import type { Scene } from "./scene.js";
import { offsetAt, type PressureOffset } from "./vertical.js";

/** A hole longer than this between air and ground leaves room for something unseen. chosen: docs/method.md */
export const SEEN_HOLE_MAX_MS = 15 * MINUTE_MS;
const ON_AIRPORT_MAX_M = 2 * METRES_PER_NM;
const LOOK_MS = 5 * MINUTE_MS;
const ROLL_LOOK_MS = 3 * MINUTE_MS;
/** One step of 25 ft and a little: higher than this over the learned ground level the wheels are off. */
const LIFTED_FT = 30;
const STOPPED_KT = 40;
const G0_FIXES = 3;

/** Where a stretch of air meets a stretch of ground. */
export interface Edge {
  readonly kind: "landing" | "takeoff";
  readonly air: Phase;
  readonly ground: Phase;
  readonly offsets: readonly PressureOffset[];
}

/** The landing or take-off between a stretch in the air and one on the ground. */
export function groundEdgeMovement(scene: Scene, edge: Edge): Movement {
  const { timeMs } = scene.track;
  const landing = edge.kind === "landing";
  const airIndex = landing ? edge.air.end - 1 : edge.air.start;
  const groundIndex = landing ? edge.ground.start : edge.ground.end - 1;
  const holeMs = Math.abs(timeMs[groundIndex]! - timeMs[airIndex]!);
  const stay = groundWindow(scene, edge, groundIndex);
  const ranked = rankGround(scene, stay.start, stay.end);
  const top = ranked[0];
  const offAirport = !top || top.distanceM > ON_AIRPORT_MAX_M;
  const seen = holeMs <= SEEN_HOLE_MAX_MS;
  const rolling = stay.end - stay.start >= G0_FIXES && stay.slowestKt < STOPPED_KT;
  const roll = rollWindow(scene, edge, groundIndex);
  const runway = top
    ? runwayUsed(scene, top.field, roll.start, roll.end)?.direction.name
    : undefined;
  const estimateMs = seen
    ? contactTimeMs(scene, edge, { airIndex, groundIndex })
    : wideEstimateMs(scene, edge, { airIndex, groundIndex });
  // An estimate outside the two points was reckoned from the roll, and is known no better than that.
  const outside = (estimateMs - timeMs[airIndex]!) * (estimateMs - timeMs[groundIndex]!) > 0;
  const slackMs = outside ? ROLL_MS / 2 : 0;
  return buildMovement(scene, {
    kind: edge.kind,
    evidence: seen ? "seen" : "inferred",
    evidenceClass: offAirport ? "N2" : !seen ? "G7" : rolling ? "G0" : "G1",
    probability: offAirport ? 0.9 : !seen ? 0.97 : rolling ? 0.999 : 0.99,
    timeFromMs: Math.min(timeMs[airIndex]!, timeMs[groundIndex]!, estimateMs - slackMs),
    timeToMs: Math.max(timeMs[airIndex]!, timeMs[groundIndex]!, estimateMs + slackMs),
    timeMs: estimateMs,
    ranked,
    offAirport,
    index: groundIndex,
    exhibitStart: landing ? airIndex - 2 : stay.start,
    exhibitEnd: landing ? stay.end : airIndex + 3,
    runway,
    basis: (airport) =>
      groundSentence({
        landing,
        place: offAirport ? "a surface that is no airport in the table" : placeName(airport),
        fixCount: stay.end - stay.start,
        slowestKt: stay.slowestKt,
        groundTime: isoSeconds(timeMs[groundIndex]!),
        holeMs,
        seen,
      }),
  });
}

interface GroundSentence {
  readonly landing: boolean;
  readonly place: string;
  readonly fixCount: number;
  readonly slowestKt: number;
  readonly groundTime: string;
  readonly holeMs: number;
  readonly seen: boolean;
}

function groundSentence(words: GroundSentence): string {
  const { landing, place, fixCount, slowestKt, groundTime, holeMs, seen } = words;
  // Some feeds repeat the touchdown speed while the aircraft rolls to its stand: such a value is not printed.
  const slowing =
    slowestKt < 2 * STOPPED_KT ? `, at ${Math.round(slowestKt)} kt at the slowest` : "";
  const fixes = `${fixCount} ${fixCount === 1 ? "position" : "positions"}`;
  const when = landing ? `first at ${groundTime}` : `last at ${groundTime}`;
  const sentence = `on the ground at ${place}, ${fixes}${slowing}, ${when}`;
  if (seen) return `seen ${sentence}`;
  return `heard ${sentence}; not heard for ${formatDuration(holeMs)} ${landing ? "before" : "after"} that, so the ${
    landing ? "landing" : "take-off"
  } itself was not seen`;
}

interface Window {
  readonly start: number;
  readonly end: number;
  readonly slowestKt: number;
}

/** The ground points near the edge: up to five minutes of them. */
function groundWindow(scene: Scene, { kind, ground }: Edge, groundIndex: number): Window {
  const { timeMs } = scene.track;
  let start = groundIndex;
  let end = groundIndex + 1;
  if (kind === "landing")
    while (end < ground.end && timeMs[end]! - timeMs[groundIndex]! <= LOOK_MS) end++;
  else while (start > ground.start && timeMs[groundIndex]! - timeMs[start - 1]! <= LOOK_MS) start--;
  let slowestKt = Number.POSITIVE_INFINITY;
  for (let i = start; i < end; i++)
    if (scene.speedKt[i]! < slowestKt) slowestKt = scene.speedKt[i]!;
  return { start, end, slowestKt };
}

function rollWindow(scene: Scene, edge: Edge, groundIndex: number): { start: number; end: number } {
  const { timeMs, length } = scene.track;
  let start = groundIndex;
  let end = groundIndex + 1;
  while (start > 0 && timeMs[groundIndex]! - timeMs[start - 1]! <= ROLL_LOOK_MS) start--;
  while (end < length && timeMs[end]! - timeMs[groundIndex]! <= ROLL_LOOK_MS) end++;
  // A landing is read from its approach, a take-off from its climb: the taxi way back would vote for the wrong end.
  return edge.kind === "landing"
    ? { start, end: Math.min(end, groundIndex + 8) }
    : { start: Math.max(start, groundIndex - 8), end };
}

interface EdgePoints {
  readonly airIndex: number;
  readonly groundIndex: number;
}

/** Beyond this a change of state is no longer the moment itself. chosen: accuracy figures, docs/method.md */
const PROMPT_MS = 60_000;
/** From touchdown to taxi speed, or from there to lift-off. chosen: 20 to 60 s in the recordings read */
const ROLL_MS = 60_000;

/**
 * When wheels met or left the ground. Feeds with a ground flag write its change at once, so the first report of the
 * new state is the moment. A feed without one turns to "ground" only when the aircraft is slow; there the height over
 * the learned ground level tells.
 */
function contactTimeMs(scene: Scene, edge: Edge, { airIndex, groundIndex }: EdgePoints): number {
  const { timeMs, ground } = scene.track;
  if (Math.abs(timeMs[airIndex]! - timeMs[groundIndex]!) > PROMPT_MS) {
    return wideEstimateMs(scene, edge, { airIndex, groundIndex });
  }
  if (ground[groundIndex] === GROUND_YES)
    return timeMs[edge.kind === "landing" ? groundIndex : airIndex]!;
  const step = edge.kind === "landing" ? -1 : 1;
  // Without a learned offset every height is unknown and the loop ends at once.
  const offsetFt = offsetAt(scene, edge.offsets, groundIndex) ?? Number.NaN;
  if (Number.isNaN(offsetFt + scene.heightFt[airIndex]!)) {
    // Slow enough to be on the ground: the roll itself took about this long before (or after).
    return timeMs[groundIndex]! + (step * ROLL_MS) / 2;
  }
  let contact = groundIndex;
  for (let i = airIndex; inside(edge.air, i); i += step) {
    const overFt = scene.heightFt[i]! + offsetFt;
    if (!(overFt < LIFTED_FT) || Math.abs(timeMs[i]! - timeMs[groundIndex]!) > PROMPT_MS) break;
    contact = i;
  }
  const beyond = contact + step;
  return inside(edge.air, beyond) ? (timeMs[contact]! + timeMs[beyond]!) / 2 : timeMs[contact]!;
}

function inside(phase: Phase, i: number): boolean {
  return i >= phase.start && i < phase.end;
}

/** After a long silence: as early as it could have got there at the speed it was last heard with. */
function wideEstimateMs(scene: Scene, edge: Edge, { airIndex, groundIndex }: EdgePoints): number {
  const { timeMs } = scene.track;
  const speedKt = Math.max(120, Math.min(scene.speedKt[airIndex]! || 200, 300));
  const { latDeg, lonDeg } = scene.track;
  const distanceM = sphereDistanceM(
    latDeg[airIndex]!,
    lonDeg[airIndex]!,
    latDeg[groundIndex]!,
    lonDeg[groundIndex]!,
  );
  const flightMs = (distanceM / (speedKt * MPS_PER_KT)) * 1000;
  const estimateMs =
    edge.kind === "landing" ? timeMs[airIndex]! + flightMs : timeMs[airIndex]! - flightMs;
  const low = Math.min(timeMs[airIndex]!, timeMs[groundIndex]!);
  const high = Math.max(timeMs[airIndex]!, timeMs[groundIndex]!);
  return Math.min(high, Math.max(low, estimateMs));
}
