import { ABLATIONS } from "../ablation.js";
import { composedStops } from "../compose.js";
import { january2019Cases, thinRegionCases } from "../corpora/simulated.js";
import { methodOf } from "../engine.js";
import { evaluate, thinnedTrial, wholeTrial } from "../evaluate.js";
import { type Matching, ofKind } from "../match.js";
import { heardAs, othersCoverage } from "../others-coverage.js";
import { floorTrials } from "./floors.js";
import { ordinary, type Setting, withTruths } from "./setting.js";
import { STOP_CUTS, stopTrials } from "./stops.js";

/** What does each part of the inference earn? Nothing is printed while the engine cannot be reduced. */
export function askParts({ airports, cases, reduced, report }: Setting): void {
  if (!reduced) return;
  const group = withTruths(ordinary(cases));
  const floor = floorTrials(group, { heightFt: 3_000, ends: "both" });
  const stops = stopTrials(composedStops(cases), { lostAboveFt: 20_000, backAboveFt: 9_500 });
  // Under a floor everybody is heard alike; a stop is cut out of one aircraft alone, the others stay as they were.
  const others = withTruths(cases);
  for (const [title, trials, heard] of [
    ["Parts switched off, floor of 3000 ft at both ends", floor, floor],
    ["Parts switched off, one whole stop removed", stops, others.map(wholeTrial)],
  ] as const) {
    const sharesOf = othersCoverage(trials.map(heardAs), heard.map(heardAs), airports);
    report.score(
      title,
      ABLATIONS.map(([name, options]) => [
        name,
        evaluate(trials, methodOf(name, reduced(options, sharesOf))),
      ]),
    );
  }
}

/** Volume from the simulator, always on its own. */
export async function askSimulated({ airports, engine, report, quick }: Setting): Promise<void> {
  const groups = [
    ["January 2019", await january2019Cases(airports)],
    ["high airports and thin regions", quick ? [] : await thinRegionCases(airports)],
  ] as const;
  for (const [name, cases] of groups) {
    if (cases.length === 0) continue;
    const near = evaluate(
      cases.map((each) => thinnedTrial(each, (track) => track)),
      engine,
    );
    const all = evaluate(
      cases.map((each) => ({ each, track: each.track, asked: each.truths })),
      engine,
    );
    const low = evaluate(floorTrials(cases, { heightFt: 3_000, ends: "both" }), engine);
    report.score(`SIMULATED, ${name}`, [
      ["heard on the runway", seenAs(all, "ground")],
      ["heard within an hour: landings", ofKind(near, "landing")],
      ["heard within an hour: take-offs", ofKind(near, "takeoff")],
      ["all movements, heard or not", all],
      ["floor 3000 ft: landings", ofKind(low, "landing")],
    ]);
    report.score(
      `SIMULATED, ${name}: one whole stop removed`,
      (quick ? STOP_CUTS.slice(5, 6) : STOP_CUTS).map(([cutName, cut]) => [
        `${cutName}: landings`,
        ofKind(evaluate(sample(stopTrials(cases, cut)), engine), "landing"),
      ]),
    );
  }
}

function seenAs(matchings: readonly Matching[], seen: string): Matching[] {
  return matchings.map(({ outcomes }) => ({
    outcomes: outcomes.filter(({ truth }) => truth.seen === seen),
    falseClaims: [],
  }));
}

/** Every trial holds an aircraft's whole month: as many as keep a run short, evenly spread. */
const MOST_TRIALS = 150;

function sample<T>(items: readonly T[]): T[] {
  const step = Math.max(1, Math.ceil(items.length / MOST_TRIALS));
  return items.filter((_, i) => i % step === 0);
}
