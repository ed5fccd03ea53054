import { baselines } from "../baselines/all.js";
import { evaluate, wholeTrial } from "../evaluate.js";
import { type Matching, ofKind } from "../match.js";
import { accuracyAt, CURVE_STEPS, score } from "../metrics.js";
import { rate } from "../print.js";
import { floorTrials } from "./floors.js";
import { ordinary, type Setting, withTruths } from "./setting.js";

/** How do the rules of the field do on the same tracks, and is it better than each where each answers? */
export function askCompare({ airports, cases, engine, report, quick }: Setting): void {
  const group = withTruths(ordinary(cases));
  const levels = quick ? [0, 3_000] : [0, 500, 1_000, 2_000, 3_000, 5_000, 10_000];
  const methods = [engine, ...baselines(airports)];
  const worse: (string | number)[][] = [];
  for (const kind of quick ? (["landing"] as const) : (["landing", "takeoff"] as const)) {
    for (const heightFt of levels) {
      const trials =
        heightFt === 0 ? group.map(wholeTrial) : floorTrials(group, { heightFt, ends: "both" });
      const own = ofKind(evaluate(trials, engine), kind);
      const rows = methods.map((method) => {
        const theirs = method === engine ? own : ofKind(evaluate(trials, method), kind);
        const title = `${kind}s, ${heightFt} ft: ${method.name}`;
        if (method !== engine) worse.push(...whereWorse(title, theirs, own));
        return compareRow(method.name, theirs, own);
      });
      report.table({
        title: `${kind}s, ${heightFt === 0 ? "full data" : `nothing heard below ${heightFt} ft`}: against the rules of the field`,
        head: [
          "",
          "truth",
          "recall",
          "false",
          "answered",
          "right",
          "right of all",
          "ours at equal coverage",
          ...CURVE_STEPS.map((step) => `surest ${step * 100} %`),
        ],
        rows,
      });
    }
  }
  report.table({
    title: "Where a rule of the field is right more often at its own coverage (must become empty)",
    head: ["", "answers", "theirs", "ours"],
    rows: worse,
  });
}

/** A line where another rule is right more often than we are among as many answers. */
function whereWorse(
  title: string,
  theirs: readonly Matching[],
  own: readonly Matching[],
): (string | number)[][] {
  const { namedCount, accuracy } = score(theirs);
  const ours = accuracyAt(own, namedCount);
  return ours < accuracy ? [[title, namedCount, rate(accuracy), rate(ours)]] : [];
}

function compareRow(
  name: string,
  theirs: readonly Matching[],
  own: readonly Matching[],
): (string | number)[] {
  const figures = score(theirs);
  return [
    name,
    figures.truthCount,
    rate(figures.recall),
    figures.falseCount,
    rate(figures.coverage),
    rate(figures.accuracy),
    rate(figures.coverage * figures.accuracy),
    rate(accuracyAt(own, figures.namedCount)),
    ...figures.curve.map(({ accuracy }) => rate(accuracy)),
  ];
}
