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
/**
 * What a field keeps that one side does not list: the list of a lost descent is not the world, least of all when it
 * was lost high up and had far to go. chosen: docs/method.md
 */
const UNLISTED_SHARES = [
  { belowFt: 1500, share: 0.0001 },
  { belowFt: 6000, share: 0.002 },
  { belowFt: Number.POSITIVE_INFINITY, share: 0.03 },
] as const;
/** Both sides exclude what has a smaller product than this. */
const EXCLUDED_SHARE = 0.0001;
/**
 * An unheard leg more than the one stop: hardly ever in the first hours to spare, one in seven overnight, one in four
 * in a day. Where there was one, the other side leaves each field this share. chosen: docs/method.md
 */
const LEG_SPARE_MS = HOUR_MS;
const LEG_LEAST = 0.02;
const LEG_FREE_MS = 4 * HOUR_MS;
const LEG_MEAN_MS = 60 * HOUR_MS;
const LEG_SHARE = 0.1;
/** Less than this is left when a place is reached too late to land and leave. */
const GROUND_MIN_MS = 5 * MINUTE_MS;
const TOO_LATE_SHARE = 0.02;
/** Climbing and slowing down cost time that flying straight at cruise speed does not show. chosen: docs/method.md */
const DETOUR_MS = 6 * MINUTE_MS;

/** Where one end of a stop was. */
export interface StopPlace {
  /** Most likely first. */
  readonly ranked: readonly Ranked[];
  /** Share of the probability that is kept for places to which nothing points, 0..1. */
  readonly elsewhere: number;
}

/** Where an aircraft landed in a gap and where it took off again. */
export interface StopPlaces {
  readonly landing: StopPlace;
  readonly takeoff: StopPlace;
}

/**
 * Where a stop inside a gap was: the product of what the descent before, the climb after and the time say of each
 * field. One stop is one place, so that each side speaks for both ends; but the longer the gap, the likelier is another
 * leg inside it that nobody heard, and the less one side says of the other's end.
 *
 * @returns undefined when the two sides exclude each other
 */
export function rankStop(scene: Scene, found: GapCase): StopPlaces | undefined {
  const { loss, appearance } = found;
  if (!loss && !appearance) {
    const ahead = fieldsAhead(scene, found.gap);
    return { landing: ahead, takeoff: ahead };
  }
  const unheardLeg = unheardLegProbability(found.spareMs);
  const landing = rankEnd(scene, found, { own: loss, other: appearance, unheardLeg });
  const takeoff = rankEnd(scene, found, { own: appearance, other: loss, unheardLeg });
  return landing && takeoff && { landing, takeoff };
}

/** @returns the probability that more than one stop lies in a gap */
function unheardLegProbability(spareMs: number): number {
  if (spareMs < LEG_SPARE_MS) return 0;
  const staying = Math.exp(-Math.max(0, spareMs - LEG_FREE_MS) / LEG_MEAN_MS);
  return 1 - (1 - LEG_LEAST) * staying;
}

function rankEnd(
  scene: Scene,
  found: GapCase,
  {
    own,
    other,
    unheardLeg,
  }: {
    readonly own: End | undefined;
    readonly other: End | undefined;
    readonly unheardLeg: number;
  },
): StopPlace | undefined {
  const ownSide = sideOf(own);
  const otherSide = sideOf(other);
  const fields = new Map<Field, Ranked>();
  for (const end of [other, own])
    for (const entry of end?.ranked ?? []) fields.set(entry.field, entry);
  const ranked = [...fields.values()].map((entry) => ({
    ...entry,
    weight:
      shareIn(ownSide, entry.field) *
      ((1 - unheardLeg) * shareIn(otherSide, entry.field) + unheardLeg * LEG_SHARE) *
      timeShare(scene, found, entry.field),
  }));
  const total = ranked.reduce((sum, { weight }) => sum + weight, 0);
  if (total < EXCLUDED_SHARE) return undefined;
  return {
    // Scaled so that the best candidates stand against "none of these" as they do on one side alone.
    ranked: ranked
      .map((entry) => ({ ...entry, weight: entry.weight / total }))
      .filter(({ weight }) => weight > 1e-4)
      .sort((a, b) => b.weight - a.weight),
    elsewhere: own ? 0 : unheardLeg,
  };
}

/** What one side gives to each field; a side that says nothing excludes nothing. */
interface Side {
  readonly shares: ReadonlyMap<Field, number>;
  readonly unlisted: number;
}

function sideOf(end: End | undefined): Side {
  if (!end) return { shares: new Map(), unlisted: 1 };
  const total = end.ranked.reduce((sum, { weight }) => sum + weight, 0);
  const shares = new Map(end.ranked.map(({ field, weight }) => [field, weight / total]));
  const { share } =
    UNLISTED_SHARES.find(({ belowFt }) => end.heightFt < belowFt) ?? UNLISTED_SHARES[2];
  return { shares, unlisted: share };
}

function shareIn({ shares, unlisted }: Side, field: Field): number {
  return Math.max(unlisted, shares.get(field) ?? 0);
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
function fieldsAhead(scene: Scene, gap: Gap): StopPlace {
  const { latDeg, lonDeg, trackAngleDeg } = scene.track;
  const index = gap.lastIndex;
  const headingDeg = trackAngleDeg[index]!;
  if (Number.isNaN(headingDeg)) return { ranked: [], elsewhere: 1 };
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
  const total = ranked.reduce((sum, { weight }) => sum + weight, 0);
  // At most half of the whole goes to the list, less where little lies ahead.
  return { ranked: ranked.slice(0, 5), elsewhere: 1 - (0.5 * total) / (total + ELSEWHERE_WEIGHT) };
}
