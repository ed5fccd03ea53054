import { groupBy } from "../corpora/read-rows.js";
import { evaluate, wholeTrial } from "../evaluate.js";
import { type Matching, ofKind } from "../match.js";
import { splitOf } from "../split.js";
import { ordinary, type Setting, special } from "./setting.js";

/** How good is it on the tracks as recorded? */
export function askFull({ cases, engine, report, quick }: Setting): void {
  const matchings = evaluate(ordinary(cases).map(wholeTrial), engine);
  const others = evaluate(special(cases).map(wholeTrial), engine);
  report.score("Full data", [
    ["ordinary, landings", ofKind(matchings, "landing")],
    ["ordinary, take-offs", ofKind(matchings, "takeoff")],
    ["seen on the ground", whereSeen(matchings, "ground")],
    ["seen low only", whereSeen(matchings, "low")],
    ["special, landings", ofKind(others, "landing")],
    ["special, take-offs", ofKind(others, "takeoff")],
  ]);
  if (quick) return;
  const all = [...matchings, ...others].filter(({ outcomes }) => outcomes.length > 0);
  report.score(
    "Full data by corpus",
    byKey(all, ({ outcomes }) => outcomes[0]!.each.corpus),
  );
  report.score(
    "Full data by split of aircraft",
    byKey(all, ({ outcomes }) => splitOf(`aircraft ${outcomes[0]!.each.aircraftKey}`)),
  );
}

function whereSeen(matchings: readonly Matching[], seen: "ground" | "low"): Matching[] {
  return matchings.map(({ outcomes }) => ({
    outcomes: outcomes.filter(({ truth }) => truth.seen === seen),
    falseClaims: [],
  }));
}

/** Matchings as rows of a table, by any key. */
export function byKey(
  matchings: readonly Matching[],
  keyOf: (matching: Matching) => string,
): (readonly [string, readonly Matching[]])[] {
  return [...groupBy(matchings, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
}
