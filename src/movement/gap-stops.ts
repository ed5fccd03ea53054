import { bearingDeg, sphereDistanceM, turnDeg } from "../geo/sphere.js";
import { gapBetween } from "../track/contacts.js";
import type { Gap } from "../track/gap.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import { formatDuration, isoSeconds } from "../units/time.js";
import { appearedTakeoff, lostLanding } from "./air-edges.js";
import { buildMovement } from "./build.js";
import type { Ranked } from "./candidates.js";
import { type AirSpan, type End, readAppearance, readLoss } from "./ends.js";
import type { Movement } from "./movement.js";
import type { Scene } from "./scene.js";

/** Landing, taxi, take-off: less time than this on one field is a touch-and-go at most. chosen: docs/method.md */
const STOP_MIN_MS = 6 * MINUTE_MS;
const DEFAULT_CRUISE_KT = 420;
/** Class G9 of the method: half of cruise speed over the gap, and time to spare. */
const SLOW_SHARE = 0.5;
const SPARE_MIN_MS = HOUR_MS;
const LONG_GAP_MS = 30 * MINUTE_MS;

/** The two sides of a hole in a stretch of air. */
export interface AirHole {
  readonly before: AirSpan;
  readonly after: AirSpan;
}

/**
 * Judges whether an aircraft landed and took off again inside a gap, from what each side alone shows: the descent
 * before, the climb after, and the time to spare. Weighing both sides and all reachable fields together is the work of
 * two-sided inference; this is where it will plug in.
 *
 * @returns no movement when nothing speaks for a stop; else its landing and its take-off
 */
export function judgeHole(scene: Scene, { before, after }: AirHole): Movement[] {
  const gap = gapBetween(scene.track, before.end - 1, after.start);
  const spareMs = spareTimeMs(scene, gap);
  const loss = readLoss(scene, before);
  const appearance = readAppearance(scene, after);
  if (spareMs < STOP_MIN_MS) return [];
  const lostLow = loss !== undefined && loss.evidenceClass !== "G5";
  if (lostLow && appearance) return pairedStop(scene, gap, { loss, appearance });
  if (lostLow) return [lostLanding(scene, loss, gap.toMs), unseenTakeoff(scene, gap, loss)];
  if (appearance)
    return [unseenLanding(scene, gap, appearance), appearedTakeoff(scene, appearance, gap.fromMs)];
  return isLongAndSlow(scene, gap, { spareMs, descending: loss !== undefined })
    ? hiddenStop(scene, gap, spareMs)
    : [];
}

/** @returns how much longer the gap is than flying straight across it at cruise speed */
function spareTimeMs(scene: Scene, gap: Gap): number {
  return gap.durationMs - (gap.distanceM / METRES_PER_NM / cruiseKt(scene, gap)) * HOUR_MS;
}

function cruiseKt(scene: Scene, gap: Gap): number {
  if (Number.isFinite(scene.traits.cruiseKt)) return scene.traits.cruiseKt;
  const edges = [scene.speedKt[gap.lastIndex]!, scene.speedKt[gap.nextIndex]!].filter(
    (kt) => kt > 40,
  );
  return edges.length > 0 ? Math.max(...edges) : DEFAULT_CRUISE_KT;
}

function isLongAndSlow(
  scene: Scene,
  gap: Gap,
  { spareMs, descending }: { readonly spareMs: number; readonly descending: boolean },
): boolean {
  if (gap.durationMs >= scene.traits.enduranceMs) return true;
  const slow = gap.averageSpeedKt < SLOW_SHARE * cruiseKt(scene, gap);
  if (!slow || gap.durationMs < LONG_GAP_MS) return false;
  return spareMs >= (descending ? SPARE_MIN_MS / 2 : 3 * SPARE_MIN_MS);
}

/** Lost on approach, back in the climb: one stop, one place, so each field must fit both sides. */
function pairedStop(
  scene: Scene,
  gap: Gap,
  { loss, appearance }: { readonly loss: End; readonly appearance: End },
): Movement[] {
  const joint = jointRanking(loss.ranked, appearance.ranked);
  if (joint.length === 0) {
    return [lostLanding(scene, loss, gap.toMs), appearedTakeoff(scene, appearance, gap.fromMs)];
  }
  const reorder = (ranked: readonly Ranked[]) =>
    joint.map((entry) => ({
      ...ranked.find(({ field }) => field === entry.field)!,
      weight: entry.weight,
    }));
  return [
    lostLanding(scene, { ...loss, probability: 0.97, ranked: reorder(loss.ranked) }, gap.toMs),
    appearedTakeoff(scene, { ...appearance, ranked: reorder(appearance.ranked) }, gap.fromMs),
  ];
}

function jointRanking(a: readonly Ranked[], b: readonly Ranked[]): Ranked[] {
  const totalA = a.reduce((sum, { weight }) => sum + weight, 0);
  const totalB = b.reduce((sum, { weight }) => sum + weight, 0);
  return a
    .flatMap((entry) => {
      const other = b.find(({ field }) => field === entry.field);
      return other ? [{ ...entry, weight: (entry.weight / totalA) * (other.weight / totalB) }] : [];
    })
    .filter(({ weight }) => weight > 1e-6)
    .sort((x, y) => y.weight - x.weight);
}

/** The take-off that must follow a landing on approach when the aircraft is later heard in the air. */
function unseenTakeoff(scene: Scene, gap: Gap, loss: End): Movement {
  return buildMovement(scene, {
    kind: "takeoff",
    evidence: "inferred",
    evidenceClass: "GAP",
    probability: loss.probability,
    timeFromMs: gap.fromMs,
    timeToMs: gap.toMs,
    timeMs: gap.toMs - (gap.distanceM / METRES_PER_NM / cruiseKt(scene, gap)) * HOUR_MS,
    ranked: loss.ranked,
    index: gap.nextIndex,
    exhibitStart: gap.lastIndex,
    exhibitEnd: gap.nextIndex + 3,
    basis: () =>
      `heard in the air again at ${isoSeconds(gap.toMs)}, ${formatDuration(gap.durationMs)} after it was lost on approach; the take-off itself was not seen`,
  });
}

/** The landing that must come before a take-off when the aircraft was heard in the air before. */
function unseenLanding(scene: Scene, gap: Gap, appearance: End): Movement {
  return buildMovement(scene, {
    kind: "landing",
    evidence: "inferred",
    evidenceClass: "GAP",
    probability: appearance.probability,
    timeFromMs: gap.fromMs,
    timeToMs: gap.toMs,
    timeMs: gap.fromMs + (gap.distanceM / METRES_PER_NM / cruiseKt(scene, gap)) * HOUR_MS,
    ranked: appearance.ranked,
    index: gap.lastIndex,
    exhibitStart: gap.lastIndex - 2,
    exhibitEnd: gap.nextIndex + 3,
    basis: () =>
      `in the air at ${isoSeconds(gap.fromMs)}, then not heard for ${formatDuration(gap.durationMs)} until it climbed out; the landing itself was not seen`,
  });
}

/** Time enough for a stop and nothing to say where: bounded in time, no place named. */
function hiddenStop(scene: Scene, gap: Gap, spareMs: number): Movement[] {
  const probability =
    gap.durationMs >= scene.traits.enduranceMs
      ? 0.99
      : 0.6 + 0.3 * Math.min(1, spareMs / (6 * HOUR_MS));
  const shared = {
    evidence: "inferred" as const,
    evidenceClass: "GAP" as const,
    probability,
    timeFromMs: gap.fromMs,
    timeToMs: gap.toMs,
    ranked: fieldsAhead(scene, gap),
    index: gap.lastIndex,
    exhibitStart: gap.lastIndex - 2,
    exhibitEnd: gap.nextIndex + 3,
    basis: () =>
      `landed somewhere between ${isoSeconds(gap.fromMs)} and ${isoSeconds(gap.toMs)}: flying straight across would have left ${formatDuration(spareMs)} to spare; where is not known`,
  };
  return [
    buildMovement(scene, { ...shared, kind: "landing", timeMs: gap.fromMs + gap.durationMs / 3 }),
    buildMovement(scene, {
      ...shared,
      kind: "takeoff",
      timeMs: gap.fromMs + (2 * gap.durationMs) / 3,
    }),
  ];
}

/** How far ahead a stop is looked for, and how far off the last direction of flight it may lie. chosen: docs/method.md */
const AHEAD_M = 500 * METRES_PER_NM;
const AHEAD_SPREAD_DEG = 15;
/** Weight of all places that are not straight ahead and near: with it no list of candidates claims to be whole. */
const ELSEWHERE_WEIGHT = 1;

/**
 * Larger fields ahead of where the aircraft was last heard: places to look at, none entitled to be named, because the
 * gap alone does not say that it went on as it flew.
 */
function fieldsAhead(scene: Scene, gap: Gap): Ranked[] {
  const { latDeg, lonDeg, trackAngleDeg } = scene.track;
  const index = gap.lastIndex;
  const headingDeg = trackAngleDeg[index]!;
  if (Number.isNaN(headingDeg)) return [];
  const ranked = scene
    .largerFieldsNear(latDeg[index]!, lonDeg[index]!, AHEAD_M)
    .filter(({ longestM }) => longestM >= 0.8 * scene.traits.runwayNeedM)
    .map((field) => {
      const { airport } = field;
      const from = [latDeg[index]!, lonDeg[index]!] as const;
      const offDeg = turnDeg(headingDeg, bearingDeg(...from, airport.latDeg, airport.lonDeg));
      const distanceM = sphereDistanceM(...from, airport.latDeg, airport.lonDeg);
      const size = airport.kind === "large" ? 1 : 0.4;
      const weight = size * Math.exp(-0.5 * (offDeg / AHEAD_SPREAD_DEG) ** 2);
      return { field, weight, distanceM, heightFt: Number.NaN };
    })
    .sort((a, b) => b.weight - a.weight);
  const total = ranked.reduce((sum, { weight }) => sum + weight, ELSEWHERE_WEIGHT);
  // Half of the whole is kept for what is not in the list; `toCandidates` adds a little more.
  return ranked.slice(0, 5).map((entry) => ({ ...entry, weight: (0.01 * entry.weight) / total }));
}
