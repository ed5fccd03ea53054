import { airportAt } from "../place/airport-history.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { type Field, LONG_RUNWAY_M, type RunwayOffset } from "./field.js";
import type { AircraftTraits } from "./scene.js";

/** What is measured of a candidate field, in the order of weights. Each is a plain number, 0 where it does not apply. */
export const FEATURE_NAMES = [
  "medium",
  "small",
  "smallForLight",
  "heliport",
  "closed",
  "noRunways",
  "tooShort",
  "unscheduledForAirliner",
  "unscheduledForAirline",
  "tooLow",
  "tooHigh",
  "belowField",
  "logDistance",
  "aligned",
  "alignedApproximately",
  "towards",
  "away",
  "militaryMatch",
  "militaryMismatch",
  "longRunways",
  "runwayLength",
  "notOpenYet",
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];
export type CandidateFeatures = Readonly<Record<FeatureName, number>>;
export type CandidateWeights = Readonly<Record<FeatureName, number>>;

/**
 * How much each feature counts, as natural logarithms of odds, for landings and take-offs.
 *
 * Source: fitted on real tracks with hidden ends (`npm run accuracy:fit`, develop split, ridge towards chosen values);
 * `smallForLight`, `heliport`, `tooShort`, `belowField`, `visits` and the military ones stayed as chosen. docs/method.md
 */
export const LANDING_WEIGHTS: CandidateWeights = {
  medium: -1.5,
  small: -3.3,
  smallForLight: 1.6,
  heliport: -1.6,
  closed: -4,
  noRunways: -2.4,
  tooShort: -3.9,
  unscheduledForAirliner: -0.7,
  unscheduledForAirline: -2,
  tooLow: -2.8,
  tooHigh: -1.35,
  belowField: -6,
  logDistance: -2.5,
  aligned: 2.5,
  alignedApproximately: 1.8,
  towards: 1,
  away: -0.9,
  militaryMatch: 0.7,
  militaryMismatch: -1.2,
  longRunways: 0.7,
  runwayLength: 1.2,
  notOpenYet: -6,
};
export const TAKEOFF_WEIGHTS: CandidateWeights = {
  ...LANDING_WEIGHTS,
  medium: -0.9,
  small: -2.7,
  tooLow: -2.5,
  tooHigh: -0.4,
  logDistance: -2.1,
  towards: 1.3,
  away: -1.3,
  longRunways: 0.45,
  runwayLength: 1,
};

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
const LIGHT_RUNWAY_M = 900;

export interface MeasuredField {
  readonly field: Field;
  readonly traits: AircraftTraits;
  readonly landing: boolean;
  readonly distanceM: number;
  readonly heightFt: number;
  readonly aligned: RunwayOffset | undefined;
  readonly offDeg: number;
  /** When it was lost or found: airports open, and lose their traffic. */
  readonly timeMs: number;
  /** False leaves out everything that is known before looking at the track. */
  readonly usePriors: boolean;
}

export function candidateFeatures(measured: MeasuredField): CandidateFeatures {
  const { field, traits, aligned, heightFt, distanceM } = measured;
  const { airport } = field;
  const helicopter = traits.kind === "helicopter";
  const prior = (value: boolean) => flag(value && measured.usePriors);
  const short =
    traits.runwayNeedM > 0 && field.longestM > 0 && field.longestM < 0.7 * traits.runwayNeedM;
  const surveyed = aligned !== undefined && !aligned.direction.approximate;
  const then = airportAt(airport, measured.timeMs);
  const slope = slopeMisfit(heightFt, distanceM / METRES_PER_NM, measured.landing);
  const traffic = measured.usePriors && !isLight(traits) ? trafficFeatures(field) : NO_TRAFFIC;
  return {
    medium: prior(airport.kind === "medium"),
    small: prior(airport.kind === "small"),
    smallForLight: prior(airport.kind === "small" && isLight(traits)),
    heliport: flag(airport.kind === "heliport"),
    closed: prior(airport.kind === "closed"),
    noRunways: flag(field.directions.length === 0 && !helicopter),
    tooShort: flag(short && !helicopter),
    unscheduledForAirliner: prior(!then.scheduled && traits.runwayNeedM >= AIRLINER_RUNWAY_M),
    unscheduledForAirline: prior(!then.scheduled && traits.airline),
    tooLow: slope.tooLow,
    tooHigh: slope.tooHigh,
    belowField: flag(heightFt < BELOW_FIELD_FT),
    logDistance: Math.log1p(distanceM / METRES_PER_NM / 3),
    aligned: flag(surveyed),
    alignedApproximately: flag(aligned !== undefined && !surveyed),
    towards: flag(distanceM >= BEARING_MIN_M && measured.offDeg < 30 && !aligned),
    away: flag(distanceM >= BEARING_MIN_M && measured.offDeg >= 90 && !aligned),
    militaryMatch: prior(traits.military && airport.military),
    militaryMismatch: prior(!traits.military && airport.military && !then.scheduled),
    longRunways: traffic.longRunways,
    runwayLength: traffic.runwayLength,
    notOpenYet: flag(!then.open),
  };
}

const NO_TRAFFIC = { longRunways: 0, runwayLength: 0 };
/** Runways are compared between these lengths: longer ones draw no more traffic. */
const SHORTEST_COMPARED_M = 600;
const LONGEST_COMPARED_M = 3500;

/**
 * What runways say of how busy a field is, the only sign of traffic that the tables hold: the logarithms of the number
 * of long ones and of the longest one's length over LONG_RUNWAY_M; 0 where no length is known.
 */
function trafficFeatures({ longCount, longestM }: Field): typeof NO_TRAFFIC {
  const comparedM = Math.max(SHORTEST_COMPARED_M, Math.min(LONGEST_COMPARED_M, longestM));
  return {
    longRunways: Math.log(Math.max(1, longCount)),
    runwayLength: longestM > 0 ? Math.log(comparedM / LONG_RUNWAY_M) : 0,
  };
}

/** Known to need little runway: strips are its home. */
function isLight({ runwayNeedM, kind }: AircraftTraits): boolean {
  return kind !== "aeroplane" || (runwayNeedM > 0 && runwayNeedM < LIGHT_RUNWAY_M);
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

/**
 * What an aircraft's own visits add to the score of a field: as much as the logarithm of their number.
 *
 * @param visitCount how often it was seen there in the same track. chosen: docs/method.md, candidate weights
 */
export function visitsScore(visitCount: number): number {
  return Math.log1p(visitCount);
}

/** @returns the score of a candidate: the logarithm of its weight */
export function scoreOf(features: CandidateFeatures, weights: CandidateWeights): number {
  // Written out, because looking names up one by one took four times as long; in the order of FEATURE_NAMES.
  return (
    features.medium * weights.medium +
    features.small * weights.small +
    features.smallForLight * weights.smallForLight +
    features.heliport * weights.heliport +
    features.closed * weights.closed +
    features.noRunways * weights.noRunways +
    features.tooShort * weights.tooShort +
    features.unscheduledForAirliner * weights.unscheduledForAirliner +
    features.unscheduledForAirline * weights.unscheduledForAirline +
    features.tooLow * weights.tooLow +
    features.tooHigh * weights.tooHigh +
    features.belowField * weights.belowField +
    features.logDistance * weights.logDistance +
    features.aligned * weights.aligned +
    features.alignedApproximately * weights.alignedApproximately +
    features.towards * weights.towards +
    features.away * weights.away +
    features.militaryMatch * weights.militaryMatch +
    features.militaryMismatch * weights.militaryMismatch +
    features.longRunways * weights.longRunways +
    features.runwayLength * weights.runwayLength +
    features.notOpenYet * weights.notOpenYet
  );
}

/** Half the square of the logarithm of height over the usual height, on either side. */
interface SlopeMisfit {
  readonly tooLow: number;
  readonly tooHigh: number;
}

/** Misfits are softened by these heights, because local pressure is seldom known. */
const LOW_SOFTENER_FT = 400;
const HIGH_SOFTENER_FT = 800;

/**
 * How badly height and distance fit a usual descent or climb. Far too low for the distance all but excludes a field;
 * too high is usual: holds, vectors, circling.
 */
function slopeMisfit(heightFt: number, distanceNm: number, landing: boolean): SlopeMisfit {
  if (Number.isNaN(heightFt)) return { tooLow: 0.5, tooHigh: 0.5 };
  const expectedFt = (landing ? GLIDE_FT_PER_NM : CLIMB_FT_PER_NM) * distanceNm;
  // Below the field means high pressure and nothing else: it counts as level with it.
  const overFt = Math.max(0, heightFt);
  const low = Math.max(0, Math.log((expectedFt + LOW_SOFTENER_FT) / (overFt + LOW_SOFTENER_FT)));
  const high = Math.max(0, Math.log((overFt + HIGH_SOFTENER_FT) / (expectedFt + HIGH_SOFTENER_FT)));
  return {
    tooLow: Math.min(MISFIT_MAX, 0.5 * low ** 2),
    tooHigh: Math.min(MISFIT_MAX, 0.5 * high ** 2),
  };
}
