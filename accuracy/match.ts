import { sphereDistanceM } from "../src/geo/sphere.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../src/units/quantity.js";
import {
  type Case,
  type Claim,
  COUNTED_MIN_PROBABILITY,
  type Negative,
  type Truth,
} from "./case.js";

const MATCH_MS = 10 * MINUTE_MS;
const MATCH_M = 5 * METRES_PER_NM;
const SAME_FIELD_MS = HOUR_MS;
/** A last fix may lie this far before the touchdown: close enough to be an answer, too far to be its time. */
const SAME_END_MS = 40 * MINUTE_MS;

/** What became of one truth. */
export interface Outcome {
  readonly each: Case;
  readonly truth: Truth;
  /** The claim that stands for it, if any: its place is judged. */
  readonly claim: Claim | undefined;
  /** True when that claim also has the time: the event counts as found. */
  readonly found: boolean;
}

/** A counted claim that is wrong: nothing of the kind happened there and then. */
export interface FalseClaim {
  readonly each: Case;
  readonly claim: Claim;
  readonly why: string;
}

/** Truths with their claims, and claims without a truth. */
export interface Matching {
  readonly outcomes: readonly Outcome[];
  readonly falseClaims: readonly FalseClaim[];
}

/**
 * Pairs truths with claims, best fit first: the same field within an hour; within 10 minutes and 5 NM; then within
 * the claim's own interval widened by 10 minutes. Those count as found. A claim within 40 minutes is paired too, so that
 * a wrong place is counted as wrong and not as missing, but the event counts as not found; so is one less likely than
 * not. Whether the place is right is
 * asked separately.
 *
 * @param truths those of the case that are asked about
 */
export function matchClaims(
  each: Case,
  truths: readonly Truth[],
  claims: readonly Claim[],
): Matching {
  const pairs = each.truths
    .flatMap((truth) => claims.map((claim) => ({ truth, claim, fit: fitOf(truth, claim) })))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit);
  const byTruth = new Map<Truth, { readonly claim: Claim; readonly found: boolean }>();
  const used = new Set<Claim>();
  for (const { truth, claim, fit } of pairs) {
    if (byTruth.has(truth) || used.has(claim)) continue;
    byTruth.set(truth, { claim, found: fit > 1 && isCounted(claim) });
    used.add(claim);
  }
  return {
    outcomes: truths.map((truth) => {
      const pair = byTruth.get(truth);
      return { each, truth, claim: pair?.claim, found: pair?.found ?? false };
    }),
    falseClaims: claims
      .filter((claim) => isCounted(claim) && !used.has(claim))
      .flatMap((claim) => {
        const why = whyFalse(each, claim);
        return why ? [{ each, claim, why }] : [];
      }),
  };
}

function isCounted({ probability }: Claim): boolean {
  return !(probability < COUNTED_MIN_PROBABILITY);
}

/** @returns 0 for no fit; over 3 the same field, over 2 near in time and place, over 1 in the interval, else same end */
function fitOf(truth: Truth, claim: Claim): number {
  if (truth.kind !== claim.kind) return 0;
  const offMs = Math.abs(claim.timeMs - truth.timeMs);
  const closeness = 1 / (1 + offMs / MINUTE_MS);
  const inInterval =
    truth.timeMs >= claim.timeFromMs - MATCH_MS && truth.timeMs <= claim.timeToMs + MATCH_MS;
  const place = claim.airport ?? claim.ranked[0]?.airport;
  if (place && place === truth.airport && (offMs <= SAME_FIELD_MS || inInterval))
    return 3 + closeness;
  if (offMs <= MATCH_MS && place && truth.airport && isNear(place, truth.airport))
    return 2 + closeness;
  if (inInterval) return 1 + closeness;
  return offMs <= SAME_END_MS ? closeness / 2 : 0;
}

function isNear(
  a: { readonly latDeg: number; readonly lonDeg: number },
  b: { readonly latDeg: number; readonly lonDeg: number },
): boolean {
  return sphereDistanceM(a.latDeg, a.lonDeg, b.latDeg, b.lonDeg) <= MATCH_M;
}

/** @returns why an unmatched claim is an error, or undefined where the truth does not say */
function whyFalse(each: Case, claim: Claim): string | undefined {
  if (each.complete) return "the truth is complete and has no such movement";
  const negative = each.negatives.find((stretch) => contradicts(stretch, claim));
  if (negative) return negative.why;
  // In circuits and on inspections a further landing within minutes may well be one.
  if (each.special) return undefined;
  const double = each.truths.some(
    (truth) => truth.kind === claim.kind && Math.abs(truth.timeMs - claim.timeMs) < MATCH_MS,
  );
  return double ? "a second claim for one movement" : undefined;
}

function contradicts({ fromMs, toMs, unlessAt }: Negative, claim: Claim): boolean {
  if (!(claim.timeMs > fromMs && claim.timeMs < toMs)) return false;
  if (unlessAt !== undefined)
    return claim.airport !== undefined && claim.airport.ident !== unlessAt;
  // A stop somewhere, some time, may as well have been outside the stretch; its best guess of a time is no statement.
  const reachesOut = claim.timeFromMs < fromMs - MATCH_MS || claim.timeToMs > toMs + MATCH_MS;
  return claim.airport !== undefined || !reachesOut;
}

/** The part of a matching that concerns one kind. */
export function ofKind(matchings: readonly Matching[], kind: Truth["kind"]): Matching[] {
  return matchings.map(({ outcomes, falseClaims }) => ({
    outcomes: outcomes.filter(({ truth }) => truth.kind === kind),
    falseClaims: falseClaims.filter(({ claim }) => claim.kind === kind),
  }));
}
