// Fits the weights of candidate fields (src/movement/candidate-weights.ts) on real tracks with hidden ends.
//
//   npm run accuracy:fit
//
// Conditional logit: of all fields around the point of loss the true one was chosen. Ridge towards the weights in use,
// because the tracks are few; every airport counts alike, however many tracks it has. Fitted on the develop split.
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type CandidateFeatures,
  type CandidateWeights,
  FEATURE_NAMES,
  type FeatureName,
  LANDING_WEIGHTS,
  scoreOf,
  TAKEOFF_WEIGHTS,
} from "../src/movement/candidate-weights.js";
import { candidatesAround } from "../src/movement/candidates.js";
import { searchRadiusM } from "../src/movement/ends.js";
import { FieldLookup } from "../src/movement/field-lookup.js";
import { buildScene, type Scene } from "../src/movement/scene.js";
import { traitsOf } from "../src/movement/traits.js";
import type { AirportTable } from "../src/place/airport.js";
import { loadReference } from "../src/reference/reference.js";
import { cleanTrack } from "../src/track/clean.js";
import { MINUTE_MS } from "../src/units/quantity.js";
import type { Case, Truth, TruthKind } from "./case.js";
import { realCases } from "./corpora/all.js";
import { casesOf } from "./split.js";
import { removeBelow } from "./thin.js";

const FLOORS_FT = [300, 500, 1000, 2000, 3000, 5000, 8000, 11000, 14000] as const;
const NEAR_MS = 40 * MINUTE_MS;
const RIDGE = 0.15;
const STEPS = 4000;
const RATE = 0.02;

interface Choice {
  readonly airport: string;
  readonly options: readonly CandidateFeatures[];
  readonly chosen: number;
}

function choicesOf(each: Case, kind: TruthKind, lookup: FieldLookup): Choice[] {
  return FLOORS_FT.flatMap((heightFt) => {
    const thin = removeBelow(each.track, each.truths, { heightFt, ends: kind });
    const clean = cleanTrack(thin);
    if (clean.track.length === 0) return [];
    const scene = buildScene(clean, traitsOf(thin), lookup);
    return each.truths.flatMap((truth) =>
      truth.kind === kind ? (choiceAt(scene, truth) ?? []) : [],
    );
  });
}

function choiceAt(scene: Scene, truth: Truth): Choice | undefined {
  const landing = truth.kind === "landing";
  const index = edgeIndex(scene, truth);
  if (index === undefined || !truth.airport) return undefined;
  const measured = candidatesAround(scene, index, {
    radiusM: searchRadiusM(scene, index),
    offsetFt: 0,
    landing,
  });
  const chosen = measured.findIndex(({ field }) => field.airport === truth.airport);
  if (chosen < 0) return undefined;
  return {
    airport: truth.airport.ident,
    options: measured.map(({ features }) => features),
    chosen,
  };
}

function edgeIndex({ track }: Scene, truth: Truth): number | undefined {
  const { timeMs, length } = track;
  let found: number | undefined;
  for (let i = 0; i < length; i++) {
    const aheadMs =
      truth.kind === "landing" ? truth.timeMs - timeMs[i]! : timeMs[i]! - truth.timeMs;
    if (aheadMs < 0 || aheadMs > NEAR_MS || Number.isNaN(track.altitudeFt[i]!)) continue;
    if (truth.kind === "landing") found = i;
    else return i;
  }
  return found;
}

function fit(choices: readonly Choice[], start: CandidateWeights): CandidateWeights {
  const perAirport = new Map<string, number>();
  for (const { airport } of choices) perAirport.set(airport, (perAirport.get(airport) ?? 0) + 1);
  const weights: Record<FeatureName, number> = { ...start };
  for (let step = 0; step < STEPS; step++) {
    const slope = Object.fromEntries(FEATURE_NAMES.map((name) => [name, 0])) as Record<
      FeatureName,
      number
    >;
    for (const choice of choices) {
      const share = 1 / Math.sqrt(perAirport.get(choice.airport)!);
      const odds = choice.options.map((option) => Math.exp(scoreOf(option, weights)));
      const total = odds.reduce((sum, value) => sum + value, 0);
      for (const name of FEATURE_NAMES) {
        let expected = 0;
        choice.options.forEach((option, at) => (expected += (odds[at]! / total) * option[name]));
        slope[name] += share * (choice.options[choice.chosen]![name] - expected);
      }
    }
    const decay = RATE / (1 + step / 1000);
    for (const name of FEATURE_NAMES)
      weights[name] +=
        decay * (slope[name] / Math.sqrt(choices.length) - RIDGE * (weights[name] - start[name]));
  }
  return weights;
}

function report(name: string, choices: readonly Choice[], weights: CandidateWeights): void {
  let right = 0;
  let logLoss = 0;
  for (const { options, chosen } of choices) {
    const odds = options.map((option) => Math.exp(scoreOf(option, weights)));
    const total = odds.reduce((sum, value) => sum + value, 0);
    const share = odds[chosen]! / total;
    logLoss -= Math.log(share);
    if (odds.every((value) => value <= odds[chosen]!)) right++;
  }
  console.log(
    `${name}: ${choices.length} choices, best is right ${((100 * right) / choices.length).toFixed(1)} %, log loss ${(logLoss / choices.length).toFixed(3)}`,
  );
}

function fitKind(kind: TruthKind, cases: readonly Case[], airports: AirportTable): void {
  const lookup = new FieldLookup(airports);
  const gather = (some: readonly Case[]) => some.flatMap((each) => choicesOf(each, kind, lookup));
  const learned = gather(casesOf(cases, "develop"));
  const checked = [...gather(casesOf(cases, "calibrate")), ...gather(casesOf(cases, "held-back"))];
  const start = kind === "landing" ? LANDING_WEIGHTS : TAKEOFF_WEIGHTS;
  const weights = fit(learned, start);
  report(`${kind}, weights in use, develop`, learned, start);
  report(`${kind}, weights in use, other splits`, checked, start);
  report(`${kind}, fitted, develop`, learned, weights);
  report(`${kind}, fitted, other splits`, checked, weights);
  console.log(
    Object.fromEntries(FEATURE_NAMES.map((name) => [name, Math.round(weights[name] * 100) / 100])),
  );
}

const DATA = join(process.cwd(), "..", "shared", "data");
if (existsSync(DATA)) {
  const { airports } = await loadReference();
  const cases = await realCases(DATA, airports);
  for (const kind of ["landing", "takeoff"] as const) fitKind(kind, cases, airports);
} else console.error("needs ../shared/data, which is not here");
