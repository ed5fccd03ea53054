import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  binsOf,
  fitLine,
  fitShifts,
  PRIOR_WEIGHT,
  pooledFalling,
  type Stated,
  weightsOf,
  wilson,
} from "../../accuracy/calibration-fit.js";
import { methodWith } from "../../accuracy/calibration-statements.js";
import { realCases } from "../../accuracy/corpora/all.js";
import { evaluate } from "../../accuracy/evaluate.js";
import { score } from "../../accuracy/metrics.js";
import { floorTrials } from "../../accuracy/questions/floors.js";
import { ordinary } from "../../accuracy/questions/setting.js";
import { casesOf } from "../../accuracy/split.js";
import { fromLogit, logitOf } from "../../src/movement/calibration.js";
import { CALIBRATION_TABLE } from "../../src/movement/calibration-table.js";
import { loadReference } from "../../src/reference/reference.js";
import { seededRandom } from "../../src/sim/random.js";

const DATA = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const required = process.env.WHEELSDOWN_REQUIRE_SHARED === "1";
const skip = !existsSync(DATA) && !required ? "needs ../shared/data, which is not here" : false;
const IDENTITY = { offset: 0, slope: 1 };

function stated(options: Partial<Stated> & { readonly at: number }): Stated {
  const { at, ...rest } = options;
  return {
    group: "G4",
    probability: 0.8,
    so: true,
    event: `event ${at}`,
    airport: `airport ${at}`,
    ...rest,
  };
}

test("a line is found again in what was drawn from it", () => {
  const random = seededRandom(1944);
  const many = Array.from({ length: 20_000 }, (_, at) => {
    const probability = 0.02 + 0.96 * random();
    const so = random() < fromLogit(-0.5 + 1.4 * logitOf(probability));
    return stated({ at, probability, so });
  });
  const { offset, slope } = fitLine(many, IDENTITY);
  assert.ok(Math.abs(offset + 0.5) < 0.06, String(offset));
  assert.ok(Math.abs(slope - 1.4) < 0.06, String(slope));
});

test("a few cases, or none, hardly move a line", () => {
  assert.deepEqual(fitLine([], IDENTITY), IDENTITY);
  const few = [1, 2, 3].map((at) => stated({ at, so: false }));
  const { offset, slope } = fitLine(few, IDENTITY);
  assert.ok(Math.abs(offset) < 0.7 && Math.abs(slope - 1) < 0.7);
});

test("a class is drawn from the stated value towards its share, by the weight of its cases", () => {
  const some = Array.from({ length: 20 }, (_, at) => stated({ at, so: at < 10 }));
  const line = fitShifts(some).get("G4")!;
  const expected = (10 + PRIOR_WEIGHT * 0.8) / (20 + PRIOR_WEIGHT);
  assert.ok(Math.abs(fromLogit(line.offset + logitOf(0.8)) - expected) < 1e-9);
});

test("an airport with many tracks counts by the root of their number", () => {
  const many = Array.from({ length: 100 }, (_, at) => stated({ at, airport: "EGLL" }));
  const weights = weightsOf([...many, stated({ at: 100 })]);
  assert.ok(Math.abs(weights.slice(0, 100).reduce((a, b) => a + b, 0) - 10) < 1e-9);
  assert.equal(weights[100], 1);
});

test("shares that rise where they should fall are averaged", () => {
  const even = [0.9, 0.95, 0.7].map((share) => ({ share, weight: 1 }));
  const pooled = pooledFalling(even);
  assert.ok(Math.abs(pooled[0]! - 0.925) < 1e-9 && pooled[0] === pooled[1]);
  assert.equal(pooled[2], 0.7);
});

test("an interval counts a landing once, however often it was asked", () => {
  const once = [stated({ at: 1, probability: 0.95 })];
  const again = Array.from({ length: 50 }, () => stated({ at: 1, probability: 0.95 }));
  assert.equal(binsOf(again)[9]!.low, binsOf(once)[9]!.low);
  assert.equal(binsOf(again)[9]!.eventCount, 1);
  const { low, high } = wilson(0.5, 100);
  assert.ok(Math.abs(low - 0.4038) < 1e-3 && Math.abs(high - 0.5962) < 1e-3);
});

test("held back: what is named stays right, and no less is named than before", {
  skip,
}, async () => {
  const { airports } = await loadReference();
  const cases = ordinary(casesOf(await realCases(DATA, airports), "held-back"));
  const before = { ...CALIBRATION_TABLE, happened: [], there: [] };
  const trials = [1_000, 3_000].flatMap((heightFt) =>
    floorTrials(cases, { heightFt, ends: "both" }),
  );
  const [plain, fitted] = [before, CALIBRATION_TABLE].map((table) =>
    score(evaluate(trials, methodWith("engine", airports, table))),
  );
  assert.ok(fitted!.accuracy >= 0.98, `right when named: ${fitted!.accuracy}`);
  assert.ok(fitted!.coverage >= plain!.coverage, `named: ${fitted!.coverage}`);
  assert.ok(fitted!.brier <= plain!.brier + 1e-9, `Brier: ${fitted!.brier}`);
});
