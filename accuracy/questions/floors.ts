import type { Case } from "../case.js";
import { evaluate, type Trial, thinnedTrial } from "../evaluate.js";
import { ofKind } from "../match.js";
import { splitOf } from "../split.js";
import { type Floor, kindsOf, removeBelow } from "../thin.js";
import { byKey } from "./full.js";
import { ordinary, type Setting, special, withTruths } from "./setting.js";

/** Heights below which nothing is heard. Source: the method's thinning protocol. */
export const FLOORS_FT: readonly number[] = [500, 1_000, 2_000, 3_000, 5_000, 10_000];

/** How good is it when nobody hears the aircraft low down? */
export function askFloors({ cases, engine, report, quick }: Setting): void {
  const ends = quick ? (["both"] as const) : (["both", "landing", "takeoff"] as const);
  for (const end of ends) {
    for (const [name, group] of [
      ["ordinary", withTruths(ordinary(cases))],
      ["special", withTruths(special(cases))],
    ] as const) {
      const rows = FLOORS_FT.flatMap((heightFt) => {
        const matchings = evaluate(floorTrials(group, { heightFt, ends: end }), engine);
        return kindsOf(end).map(
          (kind) => [`${heightFt} ft, ${kind}s`, ofKind(matchings, kind)] as const,
        );
      });
      report.score(`Nothing heard below a floor at ${endName(end)}, ${name}`, rows);
    }
  }
  // More than half of the real arrivals are Heathrow's, the hardest neighbourhood there is.
  const elsewhere = withTruths(ordinary(cases)).filter(({ airportKey }) => airportKey !== "EGLL");
  report.score(
    "Nothing heard below a floor at both ends, ordinary, landings, without Heathrow",
    FLOORS_FT.map((heightFt) => [
      `${heightFt} ft`,
      ofKind(evaluate(floorTrials(elsewhere, { heightFt, ends: "both" }), engine), "landing"),
    ]),
  );
  if (quick) return;
  const atThreeThousand = evaluate(floorTrials(cases, { heightFt: 3_000, ends: "both" }), engine);
  const asked = atThreeThousand.filter(({ outcomes }) => outcomes.length > 0);
  report.score(
    "Floor of 3000 ft at both ends, by corpus",
    byKey(asked, ({ outcomes }) => outcomes[0]!.each.corpus),
  );
  report.score(
    "Floor of 3000 ft at both ends, by split of aircraft",
    byKey(asked, ({ outcomes }) => splitOf(`aircraft ${outcomes[0]!.each.aircraftKey}`)),
  );
  report.score(
    "Floor of 3000 ft at both ends, by split of airport",
    byKey(asked, ({ outcomes }) => splitOf(`airport ${outcomes[0]!.each.airportKey}`)),
  );
}

function endName(ends: Floor["ends"]): string {
  return ends === "both" ? "both ends" : ends === "landing" ? "arrival" : "departure";
}

/** Every case with its low points removed, asked about the ends that lost them. */
export function floorTrials(cases: readonly Case[], floor: Floor): Trial[] {
  return cases.map((each) =>
    thinnedTrial(
      each,
      (track, { truths }) => removeBelow(track, truths, floor),
      (truth) => kindsOf(floor.ends).includes(truth.kind),
    ),
  );
}
