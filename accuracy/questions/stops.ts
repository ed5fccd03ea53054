import type { Case } from "../case.js";
import { composedStops } from "../compose.js";
import { evaluate, type Trial } from "../evaluate.js";
import { ofKind } from "../match.js";
import { type StopCut, stopsOf, withoutStop } from "../remove-stop.js";
import type { Setting } from "./setting.js";

export const STOP_CUTS: readonly (readonly [string, StopCut])[] = [
  ["lost 1000 ft, back 1000 ft", { lostAboveFt: 1_000, backAboveFt: 1_000 }],
  ["lost 3000 ft, back 3000 ft", { lostAboveFt: 3_000, backAboveFt: 3_000 }],
  ["lost 5000 ft, back 5000 ft", { lostAboveFt: 5_000, backAboveFt: 5_000 }],
  ["lost 10000 ft, back 5000 ft", { lostAboveFt: 10_000, backAboveFt: 5_000 }],
  ["lost 20000 ft, back 5000 ft", { lostAboveFt: 20_000, backAboveFt: 5_000 }],
  ["lost 20000 ft, back 9500 ft", { lostAboveFt: 20_000, backAboveFt: 9_500 }],
  ["lost 28000 ft, back 9500 ft", { lostAboveFt: 28_000, backAboveFt: 9_500 }],
  ["lost 20000 ft, back 20000 ft", { lostAboveFt: 20_000, backAboveFt: 20_000 }],
];

/** When one whole stop is cut out, is it found, and is the place among the first three? */
export function askStops({ cases, engine, report, quick }: Setting): void {
  const composed = composedStops(cases);
  const cuts = quick ? STOP_CUTS.filter((_, i) => i === 2 || i === 5) : STOP_CUTS;
  for (const [name, group] of [
    ["own stops of one aircraft", cases],
    ["composed of two real tracks", composed],
  ] as const) {
    const rows = cuts.flatMap(([cutName, cut]) => {
      const matchings = evaluate(stopTrials(group, cut), engine);
      return [[`${cutName}: landings`, ofKind(matchings, "landing")]] as const;
    });
    report.score(`One whole stop removed, ${name}`, rows);
  }
}

/** Every stop of every case, each cut out in a trial of its own. */
export function stopTrials(cases: readonly Case[], cut: StopCut): Trial[] {
  return cases.flatMap((each) =>
    stopsOf(each).flatMap((stop) => withoutStop(each, stop, cut) ?? []),
  );
}
