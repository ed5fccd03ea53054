import { MINUTE_MS } from "../src/units/quantity.js";
import type { Matching, Outcome } from "./match.js";

/** Figures of one method on one question; rates are NaN where nothing was asked. */
export interface Score {
  readonly truthCount: number;
  /** Events found, at whatever place. */
  readonly recall: number;
  readonly falseCount: number;
  readonly precision: number;
  /** Share of truths for which an airport was named, out of those with an airport. */
  readonly coverage: number;
  /** Share right of those named. */
  readonly accuracy: number;
  readonly namedCount: number;
  readonly wrongCount: number;
  /** Right place among the three most probable, out of all truths. */
  readonly topThree: number;
  readonly medianErrorMin: number;
  readonly ninetiethErrorMin: number;
  readonly timedCount: number;
  /** Cases whose whole list of places was right, in order, out of cases asked about. */
  readonly exactItinerary: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly ece: number;
  /** Share of truths with no claim, or a claim that names no place. */
  readonly cannotTell: number;
  readonly reliability: readonly ReliabilityBin[];
  readonly curve: readonly CurvePoint[];
}

/** One tenth of the scale of probabilities. */
export interface ReliabilityBin {
  readonly from: number;
  readonly count: number;
  readonly stated: number;
  readonly happened: number;
}

/** Accuracy of the surest answers that make up a share of all truths. */
export interface CurvePoint {
  readonly coverage: number;
  readonly accuracy: number;
}

/** A probability and whether what it was stated of was so. */
export interface Statement {
  readonly probability: number;
  readonly so: boolean;
}

const BINS = 10;
/** What a place outside the list gets: no method may be infinitely wrong. chosen */
const LEAST_PROBABILITY = 1e-3;
export const CURVE_STEPS = [0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Scores one method's pairs of truths and claims. */
export function score(matchings: readonly Matching[]): Score {
  const outcomes = matchings.flatMap((matching) => matching.outcomes);
  const falseCount = matchings.reduce((sum, { falseClaims }) => sum + falseClaims.length, 0);
  const placed = outcomes.filter(({ truth }) => truth.airport);
  const named = placed.filter(({ claim }) => claim?.airport);
  const right = named.filter(({ truth, claim }) => claim?.airport === truth.airport);
  const found = outcomes.filter((outcome) => outcome.found);
  const errorsMin = timeErrorsMin(outcomes);
  const statements = statementsOf(matchings);
  const reliability = reliabilityOf(statements);
  return {
    truthCount: outcomes.length,
    recall: found.length / outcomes.length,
    falseCount,
    precision: found.length / (found.length + falseCount),
    coverage: named.length / placed.length,
    accuracy: right.length / named.length,
    namedCount: named.length,
    wrongCount: named.length - right.length,
    topThree: placed.filter((outcome) => rankOf(outcome) < 3).length / placed.length,
    medianErrorMin: quantile(errorsMin, 0.5),
    ninetiethErrorMin: quantile(errorsMin, 0.9),
    timedCount: errorsMin.length,
    exactItinerary: exactItinerary(matchings),
    brier: mean(statements.map(({ probability, so }) => (probability - (so ? 1 : 0)) ** 2)),
    logLoss: mean(placed.filter(isStated).map(logLossOf)),
    ece: expectedCalibrationError(reliability),
    cannotTell: 1 - named.length / placed.length,
    reliability,
    curve: curveOf(placed),
  };
}

function timeErrorsMin(outcomes: readonly Outcome[]): number[] {
  return outcomes
    .filter(({ truth, found }) => truth.timed && found)
    .map(({ truth, claim }) => Math.abs(claim!.timeMs - truth.timeMs) / MINUTE_MS);
}

function rankOf({ truth, claim }: Outcome): number {
  if (!claim) return Number.POSITIVE_INFINITY;
  const rank = claim.ranked.findIndex(({ airport }) => airport === truth.airport);
  if (rank >= 0) return rank;
  return claim.airport === truth.airport ? 0 : Number.POSITIVE_INFINITY;
}

/**
 * What the claims say with a probability: "a landing happened, at this airport", for each claim's first airport. A
 * false claim is a statement that was not so.
 */
export function statementsOf(matchings: readonly Matching[]): Statement[] {
  return matchings.flatMap(({ outcomes, falseClaims }) => [
    ...outcomes
      .filter((outcome) => outcome.truth.airport && isStated(outcome))
      .map(({ truth, claim }) => ({
        probability: claim!.probability * claim!.ranked[0]!.probability,
        so: claim!.ranked[0]!.airport === truth.airport,
      })),
    ...falseClaims
      .filter(({ claim }) => Number.isFinite(claim.probability))
      .map(({ claim }) => ({
        probability: claim.probability * (claim.ranked[0]?.probability ?? 1),
        so: false,
      })),
  ]);
}

function isStated({ claim }: Outcome): boolean {
  return claim !== undefined && Number.isFinite(claim.probability) && claim.ranked.length > 0;
}

function logLossOf({ truth, claim }: Outcome): number {
  const given = claim!.ranked.find(({ airport }) => airport === truth.airport)?.probability ?? 0;
  return -Math.log(Math.max(LEAST_PROBABILITY, Math.min(1, given * claim!.probability)));
}

/** Ten bins of stated probability against what happened. */
export function reliabilityOf(statements: readonly Statement[]): ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = statements.filter(
      ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin,
    );
    return {
      from: bin / BINS,
      count: inside.length,
      stated: mean(inside.map(({ probability }) => probability)),
      happened: mean(inside.map(({ so }) => (so ? 1 : 0))),
    };
  });
}

/** Mean distance of stated from happened, weighted by how often it was stated. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const weighted = bins
    .filter(({ count }) => count > 0)
    .reduce((sum, { count, stated, happened }) => sum + count * Math.abs(stated - happened), 0);
  return weighted / total;
}

/** How sure a claim is of its first place; a method without probabilities is equally sure of all it names. */
function sureness({ claim }: Outcome): number {
  if (!claim) return -1;
  const first = claim.ranked[0];
  const event = Number.isFinite(claim.probability) ? claim.probability : 1;
  return first ? event * first.probability : claim.airport ? event : -1;
}

function curveOf(placed: readonly Outcome[]): CurvePoint[] {
  const sorted = placed
    .map((outcome) => ({ sure: sureness(outcome), right: rankOf(outcome) === 0 }))
    .filter(({ sure }) => sure >= 0)
    .sort((a, b) => b.sure - a.sure);
  return CURVE_STEPS.map((coverage) => {
    const count = Math.round(coverage * placed.length);
    const taken = sorted.slice(0, count);
    const accuracy = taken.length < count ? Number.NaN : mean(taken.map((t) => (t.right ? 1 : 0)));
    return { coverage, accuracy };
  });
}

/** Accuracy of the `count` surest answers; where there are fewer, the missing ones count as wrong. */
export function accuracyAt(matchings: readonly Matching[], count: number): number {
  const sorted = matchings
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ truth }) => truth.airport)
    .map((outcome) => ({ sure: sureness(outcome), right: rankOf(outcome) === 0 }))
    .filter(({ sure }) => sure >= 0)
    .sort((a, b) => b.sure - a.sure)
    .slice(0, count);
  return sorted.filter(({ right }) => right).length / count;
}

function exactItinerary(matchings: readonly Matching[]): number {
  const asked = matchings.filter(({ outcomes }) => outcomes.length > 0);
  const exact = asked.filter(
    ({ outcomes, falseClaims }) =>
      falseClaims.length === 0 &&
      outcomes.every(({ truth, claim }) => claim && claim.airport === truth.airport),
  );
  return exact.length / asked.length;
}

/** @returns NaN for none */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @returns the value that a share of all does not exceed; NaN for none */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
