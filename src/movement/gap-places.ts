import { sphereDistanceM } from "../geo/sphere.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import type { Ranked } from "./candidates.js";
import type { End } from "./ends.js";
import type { Field } from "./field.js";
import type { GapCase } from "./gap-stops.js";
import type { Scene } from "./scene.js";

/** How far ahead a stop is looked for when neither side shows a field, and how far off the direction of flight. */
const AHEAD_M = 500 * METRES_PER_NM;
const AHEAD_SPREAD_DEG = 15;
const AHEAD_KEPT = 5;
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
    const ahead = fieldsAhead(scene, found);
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
function timeShare(scene: Scene, found: GapCase, { airport }: Field): number {
  const { latDeg, lonDeg } = scene.track;
  const { gap } = found;
  const [from, to] = [gap.lastIndex, gap.nextIndex];
  const there = sphereDistanceM(latDeg[from]!, lonDeg[from]!, airport.latDeg, airport.lonDeg);
  const back = sphereDistanceM(airport.latDeg, airport.lonDeg, latDeg[to]!, lonDeg[to]!);
  return shareOfWay(found, there + back);
}

/** Further ahead than this a field is too late for `shareOfWay`: the way there and back is longer than time allows. */
function farthestM({ gap, cruiseKt }: GapCase): number {
  const longestWayM = ((1.1 * gap.durationMs) / HOUR_MS) * cruiseKt * METRES_PER_NM;
  return (longestWayM + gap.distanceM) / 2;
}

function shareOfWay({ gap, cruiseKt }: GapCase, wayM: number): number {
  const flightMs = (wayM / METRES_PER_NM / cruiseKt) * HOUR_MS + DETOUR_MS;
  const groundMs = gap.durationMs - flightMs;
  if (groundMs >= GROUND_MIN_MS) return 1;
  return groundMs > -0.1 * gap.durationMs ? 0.3 : TOO_LATE_SHARE;
}

/**
 * Larger fields ahead of where the aircraft was last heard: places to look at, none entitled to be named, because the
 * gap alone does not say that it went on as it flew. Those that there was no time for keep little.
 */
function fieldsAhead(scene: Scene, found: GapCase): StopPlace {
  const { latDeg, lonDeg, trackAngleDeg } = scene.track;
  const [last, next] = [found.gap.lastIndex, found.gap.nextIndex];
  const headingDeg = trackAngleDeg[last]!;
  if (Number.isNaN(headingDeg)) return { ranked: [], elsewhere: 1 };
  const fields = scene.airports.ahead({
    from: { latDeg: latDeg[last]!, lonDeg: lonDeg[last]! },
    headingDeg,
    to: { latDeg: latDeg[next]!, lonDeg: lonDeg[next]! },
    radiusM: Math.min(AHEAD_M, farthestM(found)),
    longestMinM: 0.8 * scene.traits.runwayNeedM,
  });
  const best: { readonly at: number; readonly weight: number }[] = [];
  let total = 0;
  for (let at = 0; at < fields.count; at++) {
    const size = fields.isLarge[at] === 1 ? 1 : 0.4;
    const weight =
      size *
      Math.exp(-0.5 * (fields.offDeg[at]! / AHEAD_SPREAD_DEG) ** 2) *
      shareOfWay(found, fields.fromM[at]! + fields.toM[at]!);
    total += weight;
    let rank = best.length;
    while (rank > 0 && best[rank - 1]!.weight < weight) rank--;
    if (rank === AHEAD_KEPT) continue;
    best.splice(rank, 0, { at, weight });
    if (best.length > AHEAD_KEPT) best.pop();
  }
  const ranked = best.map(({ at, weight }) => ({
    field: scene.fieldOfAirport(fields.positions[at]!),
    weight,
    distanceM: fields.fromM[at]!,
    heightFt: Number.NaN,
  }));
  // At most half of the whole goes to the list, less where little lies ahead.
  return { ranked, elsewhere: 1 - (0.5 * total) / (total + ELSEWHERE_WEIGHT) };
}
