import { METRES_PER_NM } from "../units/quantity.js";
import type { Field, RunwayOffset } from "./field.js";
import type { AircraftTraits } from "./scene.js";

/** What is measured of a candidate field, in the order of weights. Each is a plain number, 0 where it does not apply. */
export const FEATURE_NAMES = [
  "medium",
  "small",
  "heliport",
  "closed",
  "noRunways",
  "tooShort",
  "unscheduledForAirliner",
  "slopeMisfit",
  "belowField",
  "logDistance",
  "aligned",
  "alignedApproximately",
  "alignedOffset",
  "towards",
  "away",
  "militaryMatch",
  "militaryMismatch",
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];
export type CandidateFeatures = Readonly<Record<FeatureName, number>>;
export type CandidateWeights = Readonly<Record<FeatureName, number>>;

/**
 * How much each feature counts, as natural logarithms of odds, for landings and take-offs.
 *
 * Source: docs/method.md, candidate weights: chosen by reading errors, not fitted.
 */
export const LANDING_WEIGHTS: CandidateWeights = {
  medium: -0.4,
  small: -1.2,
  heliport: -1.6,
  closed: -3.5,
  noRunways: -1.6,
  tooShort: -3.9,
  unscheduledForAirliner: 0,
  slopeMisfit: -1,
  belowField: -6,
  logDistance: -1,
  aligned: 2.5,
  alignedApproximately: 1.8,
  alignedOffset: 0,
  towards: 0.7,
  away: -1.6,
  militaryMatch: 0.7,
  militaryMismatch: -0.7,
};
export const TAKEOFF_WEIGHTS: CandidateWeights = LANDING_WEIGHTS;

/** A glide path of 3 degrees loses 318 ft in a nautical mile. */
const GLIDE_FT_PER_NM = 318;
/** Airliners climb 400 to 800 ft in a nautical mile over ground, light aircraft 300 to 600. */
const CLIMB_FT_PER_NM = 450;
/** Height misfits beyond this many spreads are all alike impossible. */
const MISFIT_MAX = 12;
/** Beside the runway the bearing says nothing. */
const BEARING_MIN_M = METRES_PER_NM;
/** QNH 1048 hPa, about the highest there is, makes pressure altitude read 950 ft low. */
const BELOW_FIELD_FT = -1000;
/** Needs at least this much runway: an airliner or a large business jet, which seldom uses fields without service. */
const AIRLINER_RUNWAY_M = 1500;

export interface MeasuredField {
  readonly field: Field;
  readonly traits: AircraftTraits;
  readonly landing: boolean;
  readonly distanceM: number;
  readonly heightFt: number;
  readonly aligned: RunwayOffset | undefined;
  readonly offDeg: number;
}

export function candidateFeatures(measured: MeasuredField): CandidateFeatures {
  const { field, traits, aligned, heightFt, distanceM } = measured;
  const { airport } = field;
  const helicopter = traits.kind === "helicopter";
  const short =
    traits.runwayNeedM > 0 && field.longestM > 0 && field.longestM < 0.7 * traits.runwayNeedM;
  const surveyed = aligned !== undefined && !aligned.direction.approximate;
  return {
    medium: flag(airport.kind === "medium"),
    small: flag(airport.kind === "small"),
    heliport: flag(airport.kind === "heliport"),
    closed: flag(airport.kind === "closed"),
    noRunways: flag(field.directions.length === 0 && !helicopter),
    tooShort: flag(short && !helicopter),
    unscheduledForAirliner: flag(!airport.scheduled && traits.runwayNeedM >= AIRLINER_RUNWAY_M),
    slopeMisfit: slopeMisfit(heightFt, distanceM / METRES_PER_NM, measured.landing),
    belowField: flag(heightFt < BELOW_FIELD_FT),
    logDistance: Math.log1p(distanceM / METRES_PER_NM / 3),
    aligned: flag(surveyed),
    alignedApproximately: flag(aligned !== undefined && !surveyed),
    alignedOffset: surveyed ? aligned.besideM / (120 + 0.03 * Math.abs(aligned.toThresholdM)) : 0,
    towards: flag(distanceM >= BEARING_MIN_M && measured.offDeg < 30 && !aligned),
    away: flag(distanceM >= BEARING_MIN_M && measured.offDeg >= 90 && !aligned),
    militaryMatch: flag(traits.military && airport.military),
    militaryMismatch: flag(!traits.military && airport.military && !airport.scheduled),
  };
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

/** @returns the score of a candidate: the logarithm of its weight */
export function scoreOf(features: CandidateFeatures, weights: CandidateWeights): number {
  let score = 0;
  for (const name of FEATURE_NAMES) score += features[name] * weights[name];
  return score;
}

/**
 * How badly height and distance fit a usual descent or climb, as half the square of spreads: wide, because holds and
 * vectors are usual, and never narrower than local pressure allows when it is unknown. chosen: accuracy figures
 */
function slopeMisfit(heightFt: number, distanceNm: number, landing: boolean): number {
  if (Number.isNaN(heightFt)) return 2;
  const expectedFt = (landing ? GLIDE_FT_PER_NM : CLIMB_FT_PER_NM) * distanceNm + 150;
  const spreadFt = 350 + 0.6 * expectedFt;
  // Below the field means high pressure and nothing else: it counts as level with it.
  return Math.min(MISFIT_MAX, 0.5 * ((Math.max(0, heightFt) - expectedFt) / spreadFt) ** 2);
}
