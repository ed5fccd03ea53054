/** A Beta distribution; both parameters over 0. Counts of successes and failures, prior included. */
export interface BetaShape {
  readonly a: number;
  readonly b: number;
}

/** From here on the series is right to 1e-13. */
const SERIES_FROM = 12;
const FRACTION_STEPS = 500;
const FRACTION_ERROR = 1e-14;
/** Halvings of 0..1: to the last bit of a probability. */
const BISECTIONS = 60;

/**
 * Natural logarithm of the gamma function, for `x` over 0.
 *
 * Source: Stirling's series, DLMF 5.11.1, after stepping up with gamma(x + 1) = x gamma(x).
 */
export function logGamma(x: number): number {
  let stepped = x;
  let product = 0;
  for (; stepped < SERIES_FROM; stepped++) product += Math.log(stepped);
  const inverse = 1 / stepped;
  const square = inverse * inverse;
  const series =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680))));
  return (
    (stepped - 0.5) * Math.log(stepped) - stepped + Math.log(2 * Math.PI) / 2 + series - product
  );
}

/**
 * Probability that a Beta variable is at most `x`: the regularised incomplete beta function I_x(a, b).
 *
 * @throws RangeError unless both parameters are over 0
 *
 * Source: DLMF 8.17.22 (continued fraction, evaluated by the modified Lentz method) and 8.17.4 (symmetry).
 */
export function betaCdf({ a, b }: BetaShape, x: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError(`no Beta distribution: ${a}, ${b}`);
  if (!(x > 0)) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf({ a: b, b: a }, 1 - x);
  const logFront =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(logFront) * continuedFraction(a, b, x)) / a;
}

function continuedFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let upper = 1;
  let lower = 1 / away(1 - ((a + b) * x) / (a + 1), tiny);
  let value = lower;
  for (let m = 1; m <= FRACTION_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    lower = 1 / away(1 + even * lower, tiny);
    upper = away(1 + even / upper, tiny);
    value *= lower * upper;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    lower = 1 / away(1 + odd * lower, tiny);
    upper = away(1 + odd / upper, tiny);
    const step = lower * upper;
    value *= step;
    if (Math.abs(step - 1) < FRACTION_ERROR) break;
  }
  return value;
}

function away(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** @returns the x below which a Beta variable lies with probability `share`, 0..1, by bisection */
export function betaQuantile(shape: BetaShape, share: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (betaCdf(shape, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Probability of at most `k` successes in `n` trials.
 *
 * Source: binomial sum as an incomplete beta function, DLMF 8.17.5.
 */
export function binomialCdf(k: number, n: number, probability: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaCdf({ a: n - k, b: k + 1 }, 1 - probability);
}
