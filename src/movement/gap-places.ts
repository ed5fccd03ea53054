import { bearingDeg, sphereDistanceM, turnDeg } from "../geo/sphere.js";
import type { Gap } from "../track/gap.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import type { Ranked } from "./candidates.js";
import type { End } from "./ends.js";
import type { Field } from "./field.js";
import type { GapCase } from "./gap-stops.js";
import type { Scene } from "./scene.js";

/** How far ahead a stop is looked for when neither side shows a field, and how far off the direction of flight. */
const AHEAD_M = 500 * METRES_PER_NM;
const AHEAD_SPREAD_DEG = 15;
/** Weight of all places that are not straight ahead and near: with it no list of candidates claims to be whole. */
const ELSEWHERE_WEIGHT = 1;
/** What a field keeps that one side does not list: the list of a lost descent is not the world. chosen: docs/method.md */
const UNLISTED_SHARE = 0.002;
/** Less than this is left when a place is reached too late to land and leave. */
const GROUND_MIN_MS = 5 * MINUTE_MS;
const TOO_LATE_SHARE = 0.02;
/** Climbing and slowing down cost time that flying straight at cruise speed does not show. chosen: docs/method.md */
const DETOUR_MS = 6 * MINUTE_MS;

/**
 * Where a stop inside a gap was: the product of what the descent before, the climb after and the time say of each
 * field. A field must fit both sides; being possible on one alone is not enough when the other speaks.
 *
 * @returns most likely first; empty when the two sides exclude each other
 */
export function rankStop(scene: Scene, found: GapCase): Ranked[] {
  const { loss, appearance } = found;
  if (!loss && !appearance) return fieldsAhead(scene, found.gap);
  const before = sharesOf(loss);
  const after = sharesOf(appearance);
  const fields = new Map<Field, Ranked>();
  for (const end of [appearance, loss])
    for (const entry of end?.ranked ?? []) fields.set(entry.field, entry);
  const ranked = [...fields.values()].map((entry) => ({
    ...entry,
    weight:
      shareIn(before, entry.field) *
      shareIn(after, entry.field) *
      timeShare(scene, found, entry.field),
  }));
  const total = ranked.reduce((sum, { weight }) => sum + weight, 0);
  if (total < UNLISTED_SHARE ** 1.5) return [];
  // Scaled so that the best candidates stand against "none of these" as they do on one side alone.
  return ranked
    .map((entry) => ({ ...entry, weight: entry.weight / total }))
    .filter(({ weight }) => weight > 1e-4)
    .sort((a, b) => b.weight - a.weight);
}

type Shares = ReadonlyMap<Field, number> | undefined;

function sharesOf(end: End | undefined): Shares {
  if (!end) return undefined;
  const total = end.ranked.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(end.ranked.map(({ field, weight }) => [field, weight / total]));
}

/** A side that says nothing excludes nothing. */
function shareIn(shares: Shares, field: Field): number {
  return shares === undefined ? 1 : Math.max(UNLISTED_SHARE, shares.get(field) ?? 0);
}

/** Whether there was time to fly to a field, land, leave and be where it was found again. */
function timeShare(scene: Scene, { gap, cruiseKt }: GapCase, { airport }: Field): number {
  const { latDeg, lonDeg } = scene.track;
  const there = sphereDistanceM(
    latDeg[gap.lastIndex]!,
    lonDeg[gap.lastIndex]!,
    airport.latDeg,
    airport.lonDeg,
  );
  const back = sphereDistanceM(
    airport.latDeg,
    airport.lonDeg,
    latDeg[gap.nextIndex]!,
    lonDeg[gap.nextIndex]!,
  );
  const flightMs = ((there + back) / METRES_PER_NM / cruiseKt) * HOUR_MS + DETOUR_MS;
  const groundMs = gap.durationMs - flightMs;
  if (groundMs >= GROUND_MIN_MS) return 1;
  return groundMs > -0.1 * gap.durationMs ? 0.3 : TOO_LATE_SHARE;
}

/**
 * Larger fields ahead of where the aircraft was last heard: places to look at, none entitled to be named, because the
 * gap alone does not say that it went on as it flew.
 */
function fieldsAhead(scene: Scene, gap: Gap): Ranked[] {
  const { latDeg, lonDeg, trackAngleDeg } = scene.track;
  const index = gap.lastIndex;
  const headingDeg = trackAngleDeg[index]!;
  if (Number.isNaN(headingDeg)) return [];
  const from = [latDeg[index]!, lonDeg[index]!] as const;
  const ranked = scene
    .largerFieldsNear(...from, AHEAD_M)
    .filter(({ longestM }) => longestM >= 0.8 * scene.traits.runwayNeedM)
    .map((field) => {
      const { airport } = field;
      const offDeg = turnDeg(headingDeg, bearingDeg(...from, airport.latDeg, airport.lonDeg));
      const distanceM = sphereDistanceM(...from, airport.latDeg, airport.lonDeg);
      const size = airport.kind === "large" ? 1 : 0.4;
      const weight = size * Math.exp(-0.5 * (offDeg / AHEAD_SPREAD_DEG) ** 2);
      return { field, weight, distanceM, heightFt: Number.NaN };
    })
    .sort((a, b) => b.weight - a.weight);
  const total = ranked.reduce((sum, { weight }) => sum + weight, ELSEWHERE_WEIGHT);
  // At most half of the whole goes to the list: `toCandidates` keeps as much for what is not in it.
  return ranked.slice(0, 5).map((entry) => ({ ...entry, weight: (0.001 * entry.weight) / total }));
}
