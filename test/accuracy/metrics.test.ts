import assert from "node:assert/strict";
import { test } from "node:test";
import { matchClaims } from "../../accuracy/match.js";
import {
  accuracyAt,
  expectedCalibrationError,
  quantile,
  reliabilityOf,
  score,
} from "../../accuracy/metrics.js";
import { claimOf, MILNEAR, NORTH, START_MS, southToNorthCase } from "./tiny.js";

const MINUTE_MS = 60_000;
const LANDING_MS = START_MS + 50 * MINUTE_MS;

function landings() {
  const each = southToNorthCase();
  return { each, asked: each.truths.filter(({ kind }) => kind === "landing") };
}

test("a claim at the right field is found and right", () => {
  const { each, asked } = landings();
  const matching = matchClaims(each, asked, [
    claimOf({ timeMs: LANDING_MS + 2 * MINUTE_MS, airport: NORTH }),
  ]);
  const figures = score([matching]);
  assert.equal(figures.recall, 1);
  assert.equal(figures.accuracy, 1);
  assert.equal(figures.medianErrorMin, 2);
  assert.equal(figures.exactItinerary, 1);
  assert.ok(Math.abs(figures.brier - (1 - 0.81) ** 2) < 1e-9);
});

test("a wrong field twenty minutes early is a wrong answer and no finding", () => {
  const { each, asked } = landings();
  const matching = matchClaims(each, asked, [
    claimOf({ timeMs: LANDING_MS - 20 * MINUTE_MS, airport: MILNEAR }),
  ]);
  const figures = score([matching]);
  assert.equal(figures.recall, 0);
  assert.equal(figures.coverage, 1);
  assert.equal(figures.accuracy, 0);
  assert.equal(figures.falseCount, 0);
});

test("where the truth is complete one claim too many is false; elsewhere only in a negative stretch", () => {
  const { each, asked } = landings();
  const early = claimOf({ timeMs: START_MS + 5 * MINUTE_MS, airport: MILNEAR });
  assert.equal(matchClaims(each, asked, [early]).falseClaims.length, 1);
  const open = { ...each, complete: false };
  assert.equal(matchClaims(open, asked, [early]).falseClaims.length, 0);
  const negative = { fromMs: START_MS, toMs: START_MS + 9 * MINUTE_MS, why: "test" };
  const closed = { ...open, negatives: [negative] };
  assert.equal(matchClaims(closed, asked, [early]).falseClaims.length, 1);
  const deck = { ...open, negatives: [{ ...negative, unlessAt: "MILNEAR" }] };
  assert.equal(matchClaims(deck, asked, [early]).falseClaims.length, 0);
});

test("a stop at an unknown place and time contradicts no stretch that it reaches out of", () => {
  const each = { ...southToNorthCase(), truths: [] };
  const negative = { fromMs: START_MS, toMs: START_MS + 30 * MINUTE_MS, why: "test" };
  const closed = { ...each, complete: false, negatives: [negative] };
  const somewhere = claimOf({
    kind: "takeoff",
    timeMs: START_MS + 20 * MINUTE_MS,
    timeToMs: START_MS + 200 * MINUTE_MS,
  });
  assert.equal(matchClaims(closed, [], [somewhere]).falseClaims.length, 0);
  const named = { ...somewhere, kind: "landing" as const, airport: MILNEAR };
  assert.equal(matchClaims(closed, [], [named]).falseClaims.length, 1);
});

test("what is less likely than not is neither found nor false", () => {
  const { each, asked } = landings();
  const claims = [
    claimOf({ timeMs: LANDING_MS, airport: NORTH, probability: 0.4 }),
    claimOf({ timeMs: START_MS + 5 * MINUTE_MS, airport: NORTH, probability: 0.4 }),
  ];
  const matching = matchClaims(each, asked, claims);
  assert.equal(score([matching]).recall, 0);
  assert.equal(matching.falseClaims.length, 0);
});

test("a place that is second on the list is in the first three, and naming none is not wrong", () => {
  const { each, asked } = landings();
  const ranked = [
    { airport: MILNEAR, probability: 0.6 },
    { airport: NORTH, probability: 0.3 },
  ];
  const figures = score([matchClaims(each, asked, [claimOf({ timeMs: LANDING_MS, ranked })])]);
  assert.equal(figures.topThree, 1);
  assert.equal(figures.coverage, 0);
  assert.equal(figures.cannotTell, 1);
  assert.ok(Math.abs(figures.logLoss + Math.log(0.27)) < 1e-9);
});

test("at equal coverage answers that are missing count as wrong", () => {
  const { each, asked } = landings();
  const right = matchClaims(each, asked, [claimOf({ timeMs: LANDING_MS, airport: NORTH })]);
  const none = matchClaims(each, asked, []);
  assert.equal(accuracyAt([right, none], 1), 1);
  assert.equal(accuracyAt([right, none], 2), 0.5);
});

test("reliability puts statements into tenths, and 1 into the last", () => {
  const bins = reliabilityOf([
    { probability: 1, so: true },
    { probability: 0.95, so: false },
    { probability: 0.05, so: false },
  ]);
  assert.equal(bins[9]!.count, 2);
  assert.equal(bins[9]!.happened, 0.5);
  assert.equal(bins[0]!.count, 1);
  const error = expectedCalibrationError(bins);
  assert.ok(Math.abs(error - (2 * (0.975 - 0.5) + 0.05) / 3) < 1e-9);
});

test("a quantile of nothing is unknown", () => {
  assert.ok(Number.isNaN(quantile([], 0.5)));
  assert.equal(quantile([3, 1, 2], 0.5), 2);
});
