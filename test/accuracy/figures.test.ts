// Floors under what is measured on real tracks. They only rise: a change that lowers a figure below its floor is a
// change for the worse, however good its reason sounds.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { composedStops } from "../../accuracy/compose.js";
import { realCases } from "../../accuracy/corpora/all.js";
import { engineOf, methodOf } from "../../accuracy/engine.js";
import { evaluate, wholeTrial } from "../../accuracy/evaluate.js";
import { ofKind } from "../../accuracy/match.js";
import { type Score, score } from "../../accuracy/metrics.js";
import { floorTrials } from "../../accuracy/questions/floors.js";
import { withRoutes } from "../../accuracy/questions/routes.js";
import { ordinary, withTruths } from "../../accuracy/questions/setting.js";
import { stopTrials } from "../../accuracy/questions/stops.js";
import { readRoutes } from "../../src/cli/read-routes.js";
import { loadReference } from "../../src/reference/reference.js";

const DATA = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const required = process.env.WHEELSDOWN_REQUIRE_SHARED === "1";
const skip = !existsSync(DATA) && !required ? "needs ../shared/data, which is not here" : false;

const { airports } = await loadReference();
const cases = skip ? [] : await realCases(DATA, airports);
const engine = methodOf("wheelsdown", engineOf(airports));

function atLeast(figures: Score, floors: Partial<Record<keyof Score, number>>): void {
  for (const [name, floor] of Object.entries(floors)) {
    const value = figures[name as keyof Score] as number;
    assert.ok(value >= floor, `${name} is ${value}, its floor ${floor}`);
  }
}

test("whole tracks: landings and take-offs are found and no airport is wrong", { skip }, () => {
  const matchings = evaluate(withTruths(ordinary(cases)).map(wholeTrial), engine);
  const landings = score(ofKind(matchings, "landing"));
  const takeoffs = score(ofKind(matchings, "takeoff"));
  atLeast(landings, { truthCount: 100, precision: 0.99, recall: 0.995, accuracy: 0.995 });
  atLeast(landings, { coverage: 0.99, topThree: 0.99 });
  atLeast(takeoffs, { truthCount: 65, precision: 0.99, recall: 0.99, accuracy: 0.995 });
  atLeast(takeoffs, { coverage: 0.97 });
  assert.ok(landings.medianErrorMin <= 0.5, `median error ${landings.medianErrorMin} min`);
});

test("nothing heard below 3000 ft: what is named stays right", { skip }, () => {
  const trials = floorTrials(withTruths(ordinary(cases)), { heightFt: 3_000, ends: "both" });
  const matchings = evaluate(trials, engine);
  const landings = score(ofKind(matchings, "landing"));
  atLeast(landings, { truthCount: 100, recall: 0.98, accuracy: 0.98, coverage: 0.8 });
  atLeast(landings, { topThree: 0.98 });
  assert.ok(landings.brier <= 0.05, `Brier score ${landings.brier}`);
  atLeast(score(ofKind(matchings, "takeoff")), { recall: 0.9, accuracy: 0.98, coverage: 0.87 });
});

test("lost thousands of feet up: the landing is found, and what little is named is right", {
  skip,
}, () => {
  const high = ([5000, 10_000] as const).map((heightFt) => {
    const trials = floorTrials(withTruths(ordinary(cases)), { heightFt, ends: "landing" });
    return ofKind(evaluate(trials, engine), "landing");
  });
  const [at5000, at10000] = high.map(score);
  atLeast(at5000!, { truthCount: 100, recall: 0.93, topThree: 0.92, precision: 0.99 });
  atLeast(at10000!, { truthCount: 100, recall: 0.87, topThree: 0.86, precision: 0.99 });
  atLeast(score(high.flat()), { namedCount: 30, accuracy: 0.97 });
  assert.ok(at5000!.medianErrorMin <= 4, `median error ${at5000!.medianErrorMin} min`);
});

test("a list of routes gives more names, and none of them is wrong", { skip }, async () => {
  const { table } = await readRoutes(join(DATA, "callsign-routes", "routes_all.csv.gz"));
  const routed = withRoutes(engineOf(airports), { routes: table, airports });
  const trials = floorTrials(withTruths(ordinary(cases)), { heightFt: 5000, ends: "both" });
  const matchings = evaluate(trials, methodOf("with a list of routes", routed));
  atLeast(score(ofKind(matchings, "landing")), { namedCount: 33, accuracy: 1, recall: 0.93 });
  atLeast(score(ofKind(matchings, "takeoff")), { namedCount: 48, accuracy: 1 });
});

test("one whole stop removed: the place is among the first three", { skip }, () => {
  const trials = stopTrials(composedStops(cases), { lostAboveFt: 20_000, backAboveFt: 9500 });
  const landings = score(ofKind(evaluate(trials, engine), "landing"));
  atLeast(landings, { truthCount: 10, recall: 0.99, topThree: 0.8 });
});

test("no landing is claimed in any stretch that had none", { skip }, () => {
  const negative = cases
    .filter((each) => each.negatives.length > 0)
    .map((each) => ({ ...each, complete: false }));
  const matchings = evaluate(negative.map(wholeTrial), engine);
  const wrong = matchings.flatMap(({ falseClaims }) => falseClaims);
  assert.deepEqual(
    wrong.map(({ each, claim }) => `${each.id}: ${claim.why}`),
    [],
  );
});
