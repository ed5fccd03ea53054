import { HOUR_MS } from "../../src/units/quantity.js";
import { evaluate, thinnedTrial, wholeTrial } from "../evaluate.js";
import { figure } from "../print.js";
import { removeBelow } from "../thin.js";
import { untilDescent, withRandomHole } from "../thin-random.js";
import type { Setting } from "./setting.js";

/** Are landings claimed where there were none? */
export function askNegatives({ cases, engine, report }: Setting): void {
  const negative = cases
    .filter((each) => each.negatives.length > 0)
    .map((each) => ({ ...each, complete: false }));
  const runs = [
    ["as recorded", negative.map(wholeTrial)],
    [
      "one hole of 60 min",
      negative.map((each) => thinnedTrial(each, (t) => withRandomHole(t, 60))),
    ],
    [
      "recording ends in a descent, four each",
      [1, 2, 3, 4].flatMap((draw) =>
        negative.map((each) => thinnedTrial(each, (t) => untilDescent(t, draw))),
      ),
    ],
    [
      "floor 3000 ft",
      negative.map((each) =>
        thinnedTrial(each, (t) => removeBelow(t, each.truths, { heightFt: 3_000, ends: "both" })),
      ),
    ],
  ] as const;
  const hours =
    negative
      .flatMap((each) => each.negatives)
      .reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs), 0) / HOUR_MS;
  const rows = runs.map(([name, trials]) => {
    const matchings = evaluate(trials, engine);
    const false_ = matchings.flatMap(({ falseClaims }) => falseClaims);
    const count = (kind: string, isSpecial: boolean) =>
      false_.filter(({ each, claim }) => claim.kind === kind && each.special === isSpecial).length;
    return [
      name,
      negative.length,
      figure(hours, 0),
      count("landing", false),
      count("takeoff", false),
      count("landing", true),
      count("takeoff", true),
    ];
  });
  report.table({
    title: "Negative stretches: landings and take-offs claimed where there were none",
    head: [
      "",
      "tracks",
      "hours",
      "ordinary landings",
      "ordinary take-offs",
      "special landings",
      "special take-offs",
    ],
    rows,
  });
}
