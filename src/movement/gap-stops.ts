import { sphereDistanceM } from "../geo/sphere.js";
import { gapBetween } from "../track/contacts.js";
import type { Gap } from "../track/gap.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import { formatDuration, isoSeconds } from "../units/time.js";
import { appearedTakeoff, lostLanding } from "./air-edges.js";
import { buildMovement, placeName } from "./build.js";
import type { Ranked } from "./candidates.js";
import { type End, readAppearance, readLoss } from "./ends.js";
import { distanceToRunwaysM, type Field } from "./field.js";
import { rankStop, type StopPlace, type StopPlaces } from "./gap-places.js";
import { type AirHole, type Manner, mannerOf } from "./manner.js";
import type { EvidenceClass, Movement } from "./movement.js";
import type { Scene } from "./scene.js";
import { stopProbability } from "./stop-odds.js";
import { UNKNOWN_CRUISE_KT } from "./traits.js";
import { cameDown, isClimbingAfter, isDescendingBefore, wentUp } from "./vertical.js";

/** Landing, taxi, take-off: less time than this on one field is a touch-and-go at most. chosen: docs/method.md */
const STOP_MIN_MS = 4 * MINUTE_MS;
/** More than a change of cruising level. */
const LEVELS_CHANGED_FT = 5000;
const APPROACH_KT = 160;
const DESCENT_FPM = 1000;
const CLIMB_KT = 200;
const CLIMB_FPM = 1800;
/** A stop less likely than this is not claimed; the gap is still listed. */
const CLAIMED_MIN_PROBABILITY = 0.5;

/** A gap with what each side says and the time to spare. */
export interface GapCase {
  readonly gap: Gap;
  readonly loss: End | undefined;
  readonly appearance: End | undefined;
  /** How much longer the gap is than flying straight across it at cruise speed. */
  readonly spareMs: number;
  /** What is left of the gap after coming down to the likeliest field and climbing out again. */
  readonly groundMs: number;
  readonly cruiseKt: number;
  readonly manner: Manner;
  /** Coming down from high above when it was lost, and climbing on up when it was found. */
  readonly descending: boolean;
  readonly climbing: boolean;
}

/**
 * Judges whether an aircraft landed and took off again inside a gap, and where: from the descent before, the climb
 * after, and the time available against what each candidate costs. One stop, one place; two places only when each
 * side alone speaks for its own.
 *
 * @returns no movement when a stop is not likely; else its landing and its take-off
 */
export function judgeHole(scene: Scene, hole: AirHole): Movement[] {
  const { before, after } = hole;
  const gap = gapBetween(scene.track, before.end - 1, after.start);
  const cruiseKt = cruiseSpeedKt(scene, gap);
  const spareMs = gap.durationMs - (gap.distanceM / METRES_PER_NM / cruiseKt) * HOUR_MS;
  if (spareMs < STOP_MIN_MS) return [];
  const loss = readLoss(scene, before);
  const appearance =
    scene.options.useDeparture === false ? undefined : readAppearance(scene, after);
  const groundMs = Math.min(spareMs, gap.durationMs - downMs(loss) - upMs(appearance));
  const found: GapCase = {
    gap,
    loss,
    appearance,
    spareMs,
    groundMs,
    cruiseKt,
    manner: mannerOf(scene, hole),
    ...verticalMotion(scene, hole),
  };
  const probability = stopProbability(scene, found);
  if (probability < CLAIMED_MIN_PROBABILITY) return [];
  const places = rankStop(scene, found);
  if (!places) {
    if (!loss?.near || !appearance?.near) return [];
    return [lostLanding(scene, loss, gap.toMs), appearedTakeoff(scene, appearance, gap.fromMs)];
  }
  return stopMovements(scene, { ...found, probability, places });
}

/** Too high for any field to be told, the direction up or down still says something. */
function verticalMotion(
  scene: Scene,
  { before, after }: AirHole,
): Pick<GapCase, "descending" | "climbing"> {
  const index = before.end - 1;
  return {
    descending:
      isDescendingBefore(scene, index, before.start) &&
      cameDown(scene, { index, first: before.start, byFt: LEVELS_CHANGED_FT }),
    climbing:
      scene.options.useDeparture !== false &&
      isClimbingAfter(scene, after.start, after.end) &&
      wentUp(scene, { index: after.start, end: after.end, byFt: LEVELS_CHANGED_FT }),
  };
}

/** Coming down takes the time of the way at approach speed, or of the height at a usual rate, whichever is longer. */
function downMs(loss: End | undefined): number {
  return loss ? verticalMs(loss, APPROACH_KT, DESCENT_FPM) : 0;
}

function upMs(appearance: End | undefined): number {
  return appearance ? verticalMs(appearance, CLIMB_KT, CLIMB_FPM) : 0;
}

function verticalMs({ heightFt, ranked }: End, speedKt: number, rateFpm: number): number {
  const overMs = (Math.max(0, heightFt || 0) / rateFpm) * MINUTE_MS;
  return Math.max(overMs, ((ranked[0]?.distanceM ?? 0) / METRES_PER_NM / speedKt) * HOUR_MS);
}

function cruiseSpeedKt(scene: Scene, gap: Gap): number {
  if (Number.isFinite(scene.traits.cruiseKt)) return scene.traits.cruiseKt;
  const edges = [scene.speedKt[gap.lastIndex]!, scene.speedKt[gap.nextIndex]!].filter(
    (kt) => kt > 40,
  );
  return edges.length > 0 ? Math.max(...edges) : UNKNOWN_CRUISE_KT;
}

interface JudgedStop extends GapCase {
  readonly probability: number;
  readonly places: StopPlaces;
}

function stopMovements(scene: Scene, stop: JudgedStop): Movement[] {
  const { gap, loss, appearance, probability, places } = stop;
  const side = (own: End, other: End | undefined, place: StopPlace): End => ({
    ...own,
    probability,
    placeClass: placeClass(own, other),
    ranked: placesOf(scene, place, own),
  });
  const landing = loss?.alone
    ? lostLanding(scene, side(loss, appearance, places.landing), gap.toMs)
    : unseenMovement(scene, stop, "landing");
  const takeoff = appearance?.alone
    ? appearedTakeoff(scene, side(appearance, loss, places.takeoff), gap.fromMs)
    : unseenMovement(scene, stop, "takeoff");
  // Where down and up do not fit into the gap at the speeds heard, there was no stop to speak of.
  return landing.timeMs < takeoff.timeMs ? [landing, takeoff] : [];
}

/** The class of the side that tells the place: its own, unless only the other one was heard near a field. */
function placeClass(own: End | undefined, other: End | undefined): EvidenceClass | undefined {
  return (own?.near || !other?.near ? (own ?? other) : other)?.evidenceClass;
}

/** The joint ranking, measured from one side: one stop is one place, whichever side listed it. */
function placesOf(scene: Scene, { ranked }: StopPlace, end: End): Ranked[] {
  return ranked.map((entry) => {
    const own = end.ranked.find(({ field }) => field === entry.field);
    return { ...(own ?? measuredFrom(scene, end.index, entry.field)), weight: entry.weight };
  });
}

function measuredFrom({ track }: Scene, index: number, field: Field): Omit<Ranked, "weight"> {
  return {
    field,
    distanceM: distanceToRunwaysM(field, track.latDeg[index]!, track.lonDeg[index]!),
    heightFt: track.altitudeFt[index]! - field.airport.elevationFt,
  };
}

/** A landing or take-off that neither side shows: bounded by the gap, its place from both sides together. */
function unseenMovement(scene: Scene, stop: JudgedStop, kind: "landing" | "takeoff"): Movement {
  const { gap, probability, cruiseKt } = stop;
  const landing = kind === "landing";
  const { ranked, elsewhere } = stop.places[kind];
  const awayMs =
    ((ranked[0] ? sideDistanceM(scene, stop, kind) : gap.distanceM) / METRES_PER_NM / cruiseKt) *
    HOUR_MS;
  return buildMovement(scene, {
    kind,
    evidence: "inferred",
    evidenceClass: "GAP",
    probability,
    timeFromMs: gap.fromMs,
    timeToMs: gap.toMs,
    timeMs: landing ? gap.fromMs + awayMs : gap.toMs - awayMs,
    ranked,
    placeClass: placeClass(
      landing ? stop.loss : stop.appearance,
      landing ? stop.appearance : stop.loss,
    ),
    elsewhere,
    index: landing ? gap.lastIndex : gap.nextIndex,
    exhibitStart: gap.lastIndex - 2,
    exhibitEnd: gap.nextIndex + 3,
    basis: (airport) =>
      `${landing ? "landed" : "took off"} somewhere between ${isoSeconds(gap.fromMs)} and ${isoSeconds(gap.toMs)}, not heard for ${formatDuration(gap.durationMs)}: flying straight across would have left ${formatDuration(stop.spareMs)} to spare; ${airport ? `where it was lost and found again points to ${placeName(airport)}` : "where is not known"}`,
  });
}

function sideDistanceM(
  scene: Scene,
  { gap, places }: JudgedStop,
  kind: "landing" | "takeoff",
): number {
  const { latDeg, lonDeg } = scene.track;
  const index = kind === "landing" ? gap.lastIndex : gap.nextIndex;
  const { airport } = places[kind].ranked[0]!.field;
  return sphereDistanceM(latDeg[index]!, lonDeg[index]!, airport.latDeg, airport.lonDeg);
}
