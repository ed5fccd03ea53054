// What coverage earns where it is known how well each field is heard: simulated cities with several fields. Floors only
// rise, as in figures.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case } from "../../accuracy/case.js";
import { neighbourCases } from "../../accuracy/corpora/simulated-neighbours.js";
import { methodOf } from "../../accuracy/engine.js";
import { reducedEngine } from "../../accuracy/engine-hooks.js";
import { evaluate, type Trial, wholeTrial } from "../../accuracy/evaluate.js";
import { ofKind } from "../../accuracy/match.js";
import { type Score, score } from "../../accuracy/metrics.js";
import { heardAs, othersCoverage } from "../../accuracy/others-coverage.js";
import { notSeen } from "../../accuracy/questions/coverage.js";
import { stopTrials } from "../../accuracy/questions/stops.js";
import { loadReference } from "../../src/reference/reference.js";

const { airports } = await loadReference();
const cases = await neighbourCases(airports, { lots: 1 });

function landings(trials: readonly Trial[], heard: readonly Case[]): Record<string, Score> {
  const sharesOf = othersCoverage(
    trials.map(heardAs),
    heard.map(wholeTrial).map(heardAs),
    airports,
  );
  const scored = (useCoverage: boolean) => {
    const analyse = reducedEngine(airports, { useCoverage }, sharesOf);
    return score(notSeen(ofKind(evaluate(trials, methodOf("engine", analyse)), "landing")));
  };
  return { without: scored(false), with: scored(true) };
}

test("knowing which fields are heard, fewer landings are named wrongly and none is lost", () => {
  const { without, with: weighed } = landings(cases.map(wholeTrial), cases);
  assert.ok(weighed!.truthCount > 300, `${weighed!.truthCount} landings`);
  assert.ok(weighed!.wrongCount <= 0.45 * without!.wrongCount, both(without!, weighed!));
  assert.ok(weighed!.brier <= 0.7 * without!.brier, both(without!, weighed!));
  assert.ok(weighed!.recall >= without!.recall);
});

test("an aircraft silent for its own reasons is not named more wrongly than without coverage", () => {
  const trials = stopTrials(cases, { lostAboveFt: 3_000, backAboveFt: 3_000 }).filter(
    (_, at) => at % 4 === 0,
  );
  const { without, with: weighed } = landings(trials, cases);
  assert.ok(weighed!.truthCount > 300, `${weighed!.truthCount} landings`);
  assert.ok(weighed!.wrongCount <= without!.wrongCount, both(without!, weighed!));
  assert.ok(weighed!.wrongCount <= 4, both(without!, weighed!));
  assert.ok(weighed!.brier <= 0.9 * without!.brier, both(without!, weighed!));
});

function figuresText(one: Score): string {
  return `${one.truthCount}, ${one.namedCount} named, ${one.wrongCount} wrong, Brier ${one.brier.toFixed(3)}`;
}

function both(without: Score, weighed: Score): string {
  return `without: ${figuresText(without)}; with: ${figuresText(weighed)}`;
}
