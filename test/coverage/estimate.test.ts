import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type BetaShape,
  betaCdf,
  betaQuantile,
  binomialCdf,
  logGamma,
} from "../../src/coverage/beta.js";
import {
  estimateOf,
  independent,
  JEFFREYS,
  likenessWithin,
  missedUpTo,
  priorFrom,
  updated,
} from "../../src/coverage/estimate.js";

function close(actual: number, wanted: number, within = 1e-9): void {
  assert.ok(Math.abs(actual - wanted) <= within, `${actual}, wanted ${wanted}`);
}

/** The sum itself, for numbers small enough to add up. */
function slowBinomialCdf(k: number, n: number, p: number): number {
  let sum = 0;
  let ways = 1;
  for (let i = 0; i <= Math.min(k, n); i++) {
    sum += ways * p ** i * (1 - p) ** (n - i);
    ways = (ways * (n - i)) / (i + 1);
  }
  return sum;
}

test("the gamma function is a factorial at whole numbers and the root of pi at a half", () => {
  for (const [x, value] of [
    [1, 1],
    [2, 1],
    [5, 24],
    [11, 3_628_800],
    [0.5, Math.sqrt(Math.PI)],
  ] as const)
    close(Math.exp(logGamma(x)) / value, 1, 1e-12);
});

test("the Beta distribution is right where it can be written down", () => {
  close(betaCdf({ a: 1, b: 1 }, 0.3), 0.3);
  close(betaCdf({ a: 3, b: 1 }, 0.5), 0.125);
  close(betaCdf({ a: 1, b: 4 }, 0.2), 1 - 0.8 ** 4);
  // The arcsine law.
  close(betaCdf({ a: 0.5, b: 0.5 }, 0.25), (2 / Math.PI) * Math.asin(0.5));
  assert.equal(betaCdf({ a: 2, b: 2 }, 0), 0);
  assert.equal(betaCdf({ a: 2, b: 2 }, 1), 1);
  assert.throws(() => betaCdf({ a: 0, b: 1 }, 0.5), RangeError);
});

test("a quantile is where the distribution takes its value", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 400, noNaN: true }),
      fc.double({ min: 0.5, max: 400, noNaN: true }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (a, b, share) => close(betaCdf({ a, b }, betaQuantile({ a, b }, share)), share, 1e-7),
    ),
    { seed: 1944, numRuns: 60 },
  );
});

test("binomial sums agree with adding up", () => {
  for (const n of [1, 2, 5, 12, 30])
    for (let k = 0; k <= n; k++)
      for (const p of [0.01, 0.2, 0.5, 0.93]) close(binomialCdf(k, n, p), slowBinomialCdf(k, n, p));
});

test("Jeffreys' interval of 10 in 10 is the published one", () => {
  // Brown, Cai and DasGupta 2001: the lower limit is the 2.5 % quantile of Beta(10.5, 0.5).
  const { probability, lower, upper } = estimateOf(updated(JEFFREYS, [{ chances: 10, taken: 10 }]));
  close(probability, 10.5 / 11);
  close(lower, 0.7828, 1e-4);
  assert.ok(upper > 0.9999);
});

const sure = (p: number) => ({ probability: p, lower: p });

test("with none seen the bound is the largest number that seeing none does not exclude", () => {
  // 0.5^4 = 0.0625 and 0.5^5 = 0.03125: four may have been missed, five are excluded.
  assert.equal(missedUpTo({ seenCount: 0, estimate: sure(0.5) }).upTo, 4);
  // 0.1^1 = 0.1, 0.1^2 = 0.01.
  assert.equal(missedUpTo({ seenCount: 0, estimate: sure(0.9) }).upTo, 1);
  // 0.04 is below 0.05: not even one.
  assert.equal(missedUpTo({ seenCount: 0, estimate: sure(0.96) }).upTo, 0);
  // (1 - 0.05)^58 = 0.0510, ^59 = 0.0485.
  assert.equal(missedUpTo({ seenCount: 0, estimate: sure(0.05) }).upTo, 58);
  assert.equal(missedUpTo({ seenCount: 0, estimate: sure(1) }).upTo, 0);
  assert.equal(missedUpTo({ seenCount: 0, estimate: sure(0) }).upTo, undefined);
});

test("with some seen the bound agrees with the binomial tail, one by one", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 6 }),
      fc.double({ min: 0.1, max: 0.98, noNaN: true }),
      (seen, p) => {
        const { upTo } = missedUpTo({ seenCount: seen, estimate: sure(p) });
        assert.ok(upTo !== undefined);
        assert.ok(slowBinomialCdf(seen, seen + upTo, p) >= 0.05 - 1e-9);
        assert.ok(slowBinomialCdf(seen, seen + upTo + 1, p) < 0.05 + 1e-9);
      },
    ),
    { seed: 1944 },
  );
});

test("the bound rests on the lower end of the interval, and says what the middle gives", () => {
  const bound = missedUpTo({ seenCount: 0, estimate: { probability: 0.9, lower: 0.5 } });
  assert.deepEqual(bound, { upTo: 4, upToAtMiddle: 1, confidence: 0.95 });
  assert.throws(() => missedUpTo({ seenCount: -1, estimate: sure(0.5) }), RangeError);
  assert.throws(() => missedUpTo({ seenCount: 0, estimate: sure(Number.NaN) }), RangeError);
});

test("groups that agree are alike by chance, groups of all or nothing are alike altogether", () => {
  const half = { chances: 10, taken: 5 };
  assert.equal(likenessWithin([half, half, half]), 0);
  close(
    likenessWithin([
      { chances: 50, taken: 50 },
      { chances: 50, taken: 0 },
    ]),
    1,
  );
  assert.ok(Number.isNaN(likenessWithin([half])));
  assert.ok(
    Number.isNaN(
      likenessWithin([
        { chances: 1, taken: 1 },
        { chances: 1, taken: 0 },
      ]),
    ),
  );
});

function weight({ a, b }: BetaShape): number {
  return a + b;
}

test("a wider group never weighs more than it holds, nor more than its parts are alike", () => {
  const wide = { a: 80, b: 20 };
  close(weight(priorFrom(wide, 0)), 50);
  close(weight(priorFrom(wide, 1)), 2);
  close(weight(priorFrom(wide, Number.NaN)), 2);
  close(weight(priorFrom({ a: 4, b: 1 }, 0)), 5);
  close(priorFrom(wide, 0.1).a / weight(priorFrom(wide, 0.1)), 0.8);
});

test("passages of one day count less where days differ", () => {
  const alike = independent([
    { chances: 10, taken: 8 },
    { chances: 10, taken: 8 },
  ]);
  assert.deepEqual(alike, { chances: 20, taken: 16 });
  const outage = independent([
    { chances: 10, taken: 10 },
    { chances: 10, taken: 0 },
  ]);
  close(outage.chances, 2);
  close(outage.taken, 1);
});
