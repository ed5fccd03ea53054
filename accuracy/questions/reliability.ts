import { evaluate, wholeTrial } from "../evaluate.js";
import type { Matching } from "../match.js";
import { reliabilityOf, statementsOf } from "../metrics.js";
import { figure } from "../print.js";
import { floorTrials } from "./floors.js";
import { ordinary, type Setting, withTruths } from "./setting.js";

/** Do probabilities mean what they say? */
export function askReliability({ cases, engine, report }: Setting): void {
  const group = withTruths(ordinary(cases));
  const trials = [
    ...group.map(wholeTrial),
    ...[1_000, 3_000, 5_000].flatMap((heightFt) => floorTrials(group, { heightFt, ends: "both" })),
  ];
  const matchings: Matching[] = evaluate(trials, engine);
  report.table({
    title:
      "Reliability of 'it happened, at this airport': full data and floors of 1000, 3000, 5000 ft",
    head: ["stated", "count", "mean stated", "happened"],
    rows: reliabilityOf(statementsOf(matchings)).map(({ from, count, stated, happened }) => [
      `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`,
      count,
      figure(stated, 3),
      figure(happened, 3),
    ]),
  });
}
