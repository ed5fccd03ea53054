import { bearingDeg, sphereDistanceM, turnDeg } from "../geo/sphere.js";
import type { Airport } from "../place/airport.js";
import { METRES_PER_NM } from "../units/quantity.js";
import {
  type CandidateFeatures,
  candidateFeatures,
  LANDING_WEIGHTS,
  scoreOf,
  TAKEOFF_WEIGHTS,
  visitsScore,
} from "./candidate-weights.js";
import {
  distanceToRunwaysM,
  type Field,
  type LandingDirection,
  offsetFrom,
  type RunwayOffset,
} from "./field.js";
import { KIND_HANDICAP_M } from "./field-kinds.js";
import type { Candidate } from "./movement.js";
import type { Scene } from "./scene.js";

/**
 * Name one airport only when it holds this share of the probability and beats the next by this factor. Source:
 * docs/method.md, "when an airport may be named"; abstaining is worth more than any cleverer guess.
 */
const NAMED_MIN_PROBABILITY = 0.9;
const NAMED_MIN_RATIO = 5;
const CANDIDATES_KEPT = 5;
/**
 * Power to which weights are raised before they become probabilities: the weights were fitted to rank, and rank better
 * than they say. Source: fitted on the calibrate split of the accuracy harness, checked on the held-back one; for
 * losses above 5,000 ft the splits disagree, and the weights are taken as they are.
 */
const SHARPNESS = 1.3;
/**
 * Weight of "none of the listed" (a strip nobody lists, a field, a ship): a small share of the best candidate, and more
 * when even the best one fits badly. chosen: docs/method.md
 */
const UNLISTED_SHARE = 0.015;
const UNLISTED_WEIGHT = 0.001;
const GROUND_SPREAD_M = 900;
const ALONE_M = METRES_PER_NM;

/** A candidate with what speaks for it. */
export interface Ranked {
  readonly field: Field;
  readonly weight: number;
  readonly distanceM: number;
  readonly heightFt: number;
  /** The runway it was in line with, undefined when with none. */
  readonly aligned?: RunwayOffset | undefined;
}

/**
 * @param high true for an aircraft lost so high that the ranking is not to be sharpened
 * @returns candidates with probabilities, most probable first
 */
export function toCandidates(given: readonly Ranked[], high = false): Candidate[] {
  const sharpness = high ? 1 : SHARPNESS;
  const weights = given.map(({ weight }) => weight ** sharpness);
  const best = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const unlisted = UNLISTED_WEIGHT + UNLISTED_SHARE * best;
  const total = weights.reduce((sum, weight) => sum + weight, unlisted);
  return given
    .map(({ field }, index) => ({ airport: field.airport, probability: weights[index]! / total }))
    .filter(({ probability }) => probability >= 0.005)
    .slice(0, CANDIDATES_KEPT);
}

/** @returns the one airport that may be named, or undefined: then it is "one of" */
export function entitledAirport(candidates: readonly Candidate[]): Airport | undefined {
  const [first, second] = candidates;
  if (!first || first.probability < NAMED_MIN_PROBABILITY) return undefined;
  if (second && first.probability < NAMED_MIN_RATIO * second.probability) return undefined;
  return first.airport;
}

/** Usual traffic by kind of field: how much rarer a landing there is than at a large airport. chosen: docs/method.md */
const KIND_WEIGHT = {
  large: 1,
  medium: 0.7,
  small: 0.3,
  heliport: 0.2,
  seaplane: 0.02,
  closed: 0.03,
} as const;

function kindWeight(field: Field, scene: Scene): number {
  const { runwayNeedM, kind } = scene.traits;
  // A field without runways in the table is often a second name for its neighbour (the military side of an airport).
  const base = KIND_WEIGHT[field.airport.kind] * (field.directions.length === 0 ? 0.2 : 1);
  // A runway far too short for the type rules a field out in practice; tables err, so it keeps a little.
  const tooShort = runwayNeedM > 0 && field.longestM > 0 && field.longestM < 0.7 * runwayNeedM;
  return kind === "helicopter" ? Math.max(base, 0.2) : tooShort ? base * 0.02 : base;
}

/** Which field an aircraft stands or rolls on: the one whose runways are nearest to all its ground points. */
export function rankGround(scene: Scene, start: number, end: number): Ranked[] {
  const { latDeg, lonDeg } = scene.track;
  const middle = Math.floor((start + end) / 2);
  const fields = scene.fieldsNear(latDeg[middle]!, lonDeg[middle]!, 6 * METRES_PER_NM);
  const step = Math.max(1, Math.floor((end - start) / 24));
  const ranked = fields
    .map((field) => {
      let sum = 0;
      let count = 0;
      for (let i = start; i < end; i += step, count++)
        sum += distanceToRunwaysM(field, latDeg[i]!, lonDeg[i]!);
      const distanceM = sum / Math.max(1, count);
      const reachM = distanceM + KIND_HANDICAP_M[field.airport.kind];
      const weight = Math.exp(-0.5 * (reachM / GROUND_SPREAD_M) ** 2) * kindWeight(field, scene);
      return { field, weight, distanceM, heightFt: 0 };
    })
    .filter(({ distanceM }) => distanceM < 3 * METRES_PER_NM)
    .sort((a, b) => b.weight - a.weight);
  // Standing on the only field around is being there, however small the field and however little the table knows.
  const [only] = ranked;
  if (only && ranked.length === 1 && only.distanceM < ALONE_M) return [{ ...only, weight: 1 }];
  return ranked;
}

export interface RankOptions {
  readonly radiusM: number;
  /** Added to pressure altitude to give altitude, ft: the local QNH correction; 0 when unknown. */
  readonly offsetFt: number;
}

/** Where an aircraft lost at point `index` was going to land. */
export function rankApproach(scene: Scene, index: number, options: RankOptions): Ranked[] {
  return rankAround(scene, index, { ...options, landing: true });
}

/** Where an aircraft that appeared at point `index` had taken off. */
export function rankDeparture(scene: Scene, index: number, options: RankOptions): Ranked[] {
  return rankAround(scene, index, { ...options, landing: false });
}

function rankAround(scene: Scene, index: number, question: RankQuestion): Ranked[] {
  const { usePriors } = scene.options;
  const ownFields = usePriors === false || scene.visits.size === 0 ? undefined : scene.visits;
  return scoredOnce(scene, index, question)
    .map(({ field, score, distanceM, heightFt, aligned }) => {
      const own = ownFields?.get(field.airport);
      const weight = Math.exp(own === undefined ? score : score + visitsScore(own));
      return { field, weight, distanceM, heightFt, aligned };
    })
    .sort((a, b) => b.weight - a.weight);
}

/** A track is read twice where it shows which fields are its own: only their weights differ then. */
function scoredOnce(scene: Scene, index: number, question: RankQuestion): readonly Scored[] {
  const { landing } = question;
  const key = landing ? index : -1 - index;
  const known = scene.scored.get(key);
  if (known) return known;
  const weights = landing ? LANDING_WEIGHTS : TAKEOFF_WEIGHTS;
  const scored = candidatesAround(scene, index, question).map(
    ({ field, distanceM, heightFt, aligned, features }) => {
      return { field, distanceM, heightFt, aligned, score: scoreOf(features, weights) };
    },
  );
  scene.scored.set(key, scored);
  return scored;
}

/** @returns the point that a key of `scene.scored` stands for */
export function scoredIndex(key: number): number {
  return key < 0 ? -1 - key : key;
}

/** A field that comes into question, with what can be measured of it from one point of a track. */
export interface MeasuredCandidate extends Omit<Ranked, "weight"> {
  readonly features: CandidateFeatures;
}

/** A candidate with the logarithm of its weight, the aircraft's own visits left out. */
export interface Scored extends Omit<Ranked, "weight"> {
  readonly score: number;
}

interface RankQuestion extends RankOptions {
  readonly landing: boolean;
}

/** Every field around a point, measured. This is what weights are fitted on. */
export function candidatesAround(
  scene: Scene,
  index: number,
  { radiusM, offsetFt, landing }: RankQuestion,
): MeasuredCandidate[] {
  const { traits } = scene;
  const { altitudeFt, timeMs } = scene.track;
  const point = pointAt(scene, index);
  const { latDeg, lonDeg } = point;
  const fields = fieldsAround(scene, point, radiusM);
  // A field without elevation borrows its nearest neighbour's: better than dropping it, and height is only compared.
  const borrowedFt = fields.find(({ airport }) => Number.isFinite(airport.elevationFt))?.airport
    .elevationFt;
  const { useAlignment = true, usePriors = true } = scene.options;
  return fields.map((field) => {
    const distanceM = distanceToRunwaysM(field, latDeg, lonDeg);
    const { elevationFt } = field.airport;
    const groundFt = Number.isFinite(elevationFt) ? elevationFt : (borrowedFt ?? Number.NaN);
    const heightFt = altitudeFt[index]! + offsetFt - groundFt;
    const mayBeAligned = useAlignment && distanceM < ALIGNED_MAX_M;
    const aligned = mayBeAligned ? alignmentNear(scene, index, { field, landing }) : undefined;
    const features = candidateFeatures({
      field,
      traits,
      landing,
      distanceM,
      heightFt,
      aligned,
      usePriors,
      offDeg: offDirectionDeg(point, field, landing),
      timeMs: timeMs[index]!,
    });
    return { field, distanceM, heightFt, aligned, features };
  });
}

/** The nearest fields of any kind, and the larger ones as far as asked: strips must not crowd them out. */
function fieldsAround(scene: Scene, { latDeg, lonDeg }: Heading, radiusM: number): Field[] {
  const near = scene.fieldsNear(latDeg, lonDeg, radiusM);
  const larger = scene.largerFieldsNear(latDeg, lonDeg, radiusM);
  return [...new Set([...near, ...larger])];
}

/** Degrees between the direction flown and the one to the field (landing) or from it (take-off); NaN when unknown. */
function offDirectionDeg(
  { latDeg, lonDeg, trackAngleDeg }: Heading,
  { airport }: Field,
  landing: boolean,
): number {
  const towardDeg = bearingDeg(latDeg, lonDeg, airport.latDeg, airport.lonDeg);
  return Math.abs(turnDeg(trackAngleDeg, landing ? towardDeg : towardDeg + 180));
}

const ALIGNED_MAX_DEG = 12;
const ALIGNED_LOOK_MS = 150_000;
const FINAL_MAX_M = 12 * METRES_PER_NM;
/** Further from all runways of a field than a final is long, and wide, an aircraft is in line with none. */
const ALIGNED_MAX_M = FINAL_MAX_M + METRES_PER_NM;

/** The runway a track is in line with around `index`: before the threshold when landing, after it when departing. */
export function alignmentNear(
  scene: Scene,
  index: number,
  { field, landing }: { readonly field: Field; readonly landing: boolean },
): RunwayOffset | undefined {
  const { track } = scene;
  // Fields without runways are many.
  if (field.directions.length === 0) return undefined;
  const point = pointAt(scene, index);
  let best: RunwayOffset | undefined;
  for (const direction of field.directions) {
    if (!direction.usable || !pointsAlong(direction, point)) continue;
    const offset = offsetFrom(field, direction, point);
    if (!isAligned(offset, landing)) continue;
    // One point in line may be a crossing: the point before (or after) must agree.
    const neighbour = landing ? index - 1 : index + 1;
    if (neighbour >= 0 && neighbour < track.length) {
      const apartMs = Math.abs(track.timeMs[neighbour]! - track.timeMs[index]!);
      const again = offsetFrom(field, direction, pointAt(scene, neighbour));
      if (apartMs < ALIGNED_LOOK_MS && again.besideM > widthAt(again) * 2) continue;
    }
    if (!best || offset.besideM < best.besideM) best = offset;
  }
  return best;
}

/** Most runways point elsewhere: asked before anything is measured. */
function pointsAlong({ headingDeg }: LandingDirection, { trackAngleDeg }: Heading): boolean {
  return Math.abs(turnDeg(headingDeg, trackAngleDeg)) <= ALIGNED_MAX_DEG;
}

function isAligned(offset: RunwayOffset, landing: boolean): boolean {
  const { toThresholdM, direction } = offset;
  const beforeM = landing ? toThresholdM : -toThresholdM - direction.lengthM * 0.3;
  const inReach = beforeM > -direction.lengthM && beforeM < FINAL_MAX_M;
  return inReach && offset.besideM <= widthAt(offset);
}

/** Half-width of the cone in which a track counts as in line, metres. Source: docs/method.md, runway alignment. */
function widthAt({ toThresholdM, direction }: RunwayOffset): number {
  return (direction.approximate ? 600 : 120) + 0.03 * Math.abs(toThresholdM);
}

/** Where an aircraft was, and which way it flew; NaN when unknown. */
interface Heading {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly trackAngleDeg: number;
}

function pointAt({ track }: Scene, index: number): Heading {
  return {
    latDeg: track.latDeg[index]!,
    lonDeg: track.lonDeg[index]!,
    trackAngleDeg: directionAt(track, index),
  };
}

/** Direction over ground: as sent, else from the neighbouring points. */
function directionAt(track: Scene["track"], index: number): number {
  const sentDeg = track.trackAngleDeg[index]!;
  if (!Number.isNaN(sentDeg)) return sentDeg;
  const from = Math.max(0, index - 1);
  const to = Math.min(track.length - 1, index + 1);
  const movedM = sphereDistanceM(
    track.latDeg[from]!,
    track.lonDeg[from]!,
    track.latDeg[to]!,
    track.lonDeg[to]!,
  );
  if (movedM < 50) return Number.NaN;
  return bearingDeg(track.latDeg[from]!, track.lonDeg[from]!, track.latDeg[to]!, track.lonDeg[to]!);
}

/** Runways side by side differ by tens of metres: the better one must fit this much better to be named. chosen: tests */
const RUNWAY_MIN_RATIO = 1.3;

/** @returns the runway rolled along during points `start`..`end`, undefined when none fits or several do */
export function runwayUsed(
  scene: Scene,
  field: Field,
  start: number,
  end: number,
): RunwayOffset | undefined {
  const votes = new Map<string, { score: number; count: number; offset: RunwayOffset }>();
  for (let i = start; i < end; i++) {
    if (!(scene.speedKt[i]! > 40)) continue;
    const point = pointAt(scene, i);
    for (const direction of field.directions) {
      if (!direction.usable || !pointsAlong(direction, point)) continue;
      const offset = offsetFrom(field, direction, point);
      if (!isOnRunwayLine(offset)) continue;
      const score = 1 / (20 + offset.besideM);
      const vote = votes.get(direction.name);
      if (vote) {
        vote.score += score;
        vote.count++;
      } else votes.set(direction.name, { score, count: 1, offset });
    }
  }
  const [first, second] = [...votes.values()].sort((a, b) => b.score - a.score);
  if (!first || first.count < 2) return undefined;
  return second && first.score < RUNWAY_MIN_RATIO * second.score ? undefined : first.offset;
}

function isOnRunwayLine(offset: RunwayOffset): boolean {
  const { toThresholdM, direction, besideM } = offset;
  if (toThresholdM > 4 * METRES_PER_NM || toThresholdM < -direction.lengthM * 1.1) return false;
  return besideM <= widthAt(offset) / 1.5;
}
