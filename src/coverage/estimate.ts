import { type BetaShape, betaQuantile, binomialCdf } from "./beta.js";

/** Chances to be heard of one kind, and how many of them were taken. Both may be fractions. */
export interface Trial {
  readonly chances: number;
  readonly taken: number;
}

/** A share with its 95 % interval. */
export interface Estimate {
  readonly probability: number;
  readonly lower: number;
  readonly upper: number;
}

/** Jeffreys' prior of a share: half a chance taken, half a chance missed. Source: Brown, Cai and DasGupta 2001. */
export const JEFFREYS: BetaShape = { a: 0.5, b: 0.5 };

const TAIL = 0.025;
/**
 * How many chances a wider group may count for in a narrower one. At least 2: even places that differ wildly tell
 * something; at most 50: hours that agree never replace hours that were measured. chosen: test/coverage/estimate.test.ts
 */
const WEIGHT_MIN = 2;
const WEIGHT_MAX = 50;
/** Beyond this the bound says nothing anyone could use. */
const MISSED_MAX = 100_000;

/** @returns the posterior after trials, from a prior */
export function updated(prior: BetaShape, trials: readonly Trial[]): BetaShape {
  let { a, b } = prior;
  for (const { chances, taken } of trials) {
    a += taken;
    b += chances - taken;
  }
  return { a, b };
}

/** @returns mean and equal-tailed 95 % interval of a posterior; an end at which nothing was seen is 0 or 1 */
export function estimateOf(shape: BetaShape): Estimate {
  return {
    probability: shape.a / (shape.a + shape.b),
    lower: betaQuantile(shape, TAIL),
    upper: betaQuantile(shape, 1 - TAIL),
  };
}

/**
 * How alike chances of one group are (intra-class correlation): 0 when groups differ by chance alone, 1 when a group is
 * heard always or never. NaN with fewer than two groups.
 *
 * Source: moment estimator of the beta-binomial's correlation, from Pearson's statistic (Williams 1982).
 */
export function likenessWithin(groups: readonly Trial[]): number {
  const filled = groups.filter(({ chances }) => chances > 0);
  const chances = filled.reduce((sum, group) => sum + group.chances, 0);
  const taken = filled.reduce((sum, group) => sum + group.taken, 0);
  if (filled.length < 2 || chances <= filled.length) return Number.NaN;
  const mean = taken / chances;
  const variance = mean * (1 - mean);
  if (variance <= 0) return 0;
  const pearson = filled.reduce(
    (sum, group) => sum + (group.taken - group.chances * mean) ** 2 / (group.chances * variance),
    0,
  );
  return Math.min(1, Math.max(0, (pearson - (filled.length - 1)) / (chances - filled.length)));
}

/**
 * A wider group as the prior of a narrower one: its mean, counted as so many chances as the groups inside it are alike.
 *
 * @param likeness from `likenessWithin` over groups of the narrower kind; NaN counts as little as may be
 *
 * Source: a Beta(a, b) mixes binomials with intra-class correlation 1 / (a + b + 1).
 */
export function priorFrom(wider: BetaShape, likeness: number): BetaShape {
  const alike = Number.isNaN(likeness) ? WEIGHT_MIN : Math.max(WEIGHT_MIN, 1 / likeness - 1);
  // Never more than it rests on itself.
  const weight = Math.min(WEIGHT_MAX, alike, wider.a + wider.b);
  const mean = wider.a / (wider.a + wider.b);
  return { a: weight * mean, b: weight * (1 - mean) };
}

/**
 * Shrinks trials to the number of independent ones: passages of one day share that day's receivers.
 *
 * Source: design effect 1 + (m - 1) rho of clusters of m (Kish 1965), m weighted by size.
 */
export function independent(groups: readonly Trial[]): Trial {
  const chances = groups.reduce((sum, group) => sum + group.chances, 0);
  const taken = groups.reduce((sum, group) => sum + group.taken, 0);
  const likeness = likenessWithin(groups);
  if (!(likeness > 0)) return { chances, taken };
  const size = groups.reduce((sum, group) => sum + group.chances ** 2, 0) / chances;
  const effect = Math.max(1, 1 + (size - 1) * likeness);
  return { chances: chances / effect, taken: taken / effect };
}

/** How many landings may have gone unseen, beside those seen. */
export interface MissedBound {
  /**
   * Most unseen landings that the seen ones do not contradict; undefined when no number can be excluded, because a
   * landing may have been seen with next to no probability.
   */
  readonly upTo: number | undefined;
  /** The same if a landing was seen with the middle probability and not with the lower one. */
  readonly upToAtMiddle: number | undefined;
  readonly confidence: number;
}

export interface MissedQuestion {
  readonly seenCount: number;
  /** Of a landing to be seen; `lower` decides, to be on the safe side. */
  readonly estimate: Pick<Estimate, "probability" | "lower">;
  readonly confidence?: number;
}

/**
 * With `seenCount` landings seen: the largest number of further, unseen ones under which seeing so few still has a
 * probability of at least 1 - confidence. With none seen that is the largest N with (1 - p)^N >= 0.05; N + 1 is excluded.
 *
 * @throws RangeError when a number is no count or no probability
 *
 * Source: one-sided confidence bound by inverting the binomial tail (Clopper and Pearson 1934), here in N for a known p.
 */
export function missedUpTo({
  seenCount,
  estimate,
  confidence = 0.95,
}: MissedQuestion): MissedBound {
  if (!Number.isInteger(seenCount) || seenCount < 0) throw new RangeError(`no count: ${seenCount}`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`no confidence: ${confidence}`);
  return {
    upTo: unseenBound(seenCount, estimate.lower, confidence),
    upToAtMiddle: unseenBound(seenCount, estimate.probability, confidence),
    confidence,
  };
}

function unseenBound(seen: number, probability: number, confidence: number): number | undefined {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`no share: ${probability}`);
  const allows = (total: number) => binomialCdf(seen, total, probability) >= 1 - confidence - 1e-12;
  if (allows(seen + MISSED_MAX)) return undefined;
  let low = seen;
  let high = seen + MISSED_MAX;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (allows(middle)) low = middle;
    else high = middle;
  }
  return low - seen;
}
