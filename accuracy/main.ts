import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadReference } from "../src/reference/reference.js";
import { realCases } from "./corpora/all.js";
import { engineOf, methodOf } from "./engine.js";
import { evaluate, thinnedTrial, wholeTrial } from "./evaluate.js";
import { score } from "./metrics.js";
import { errorLines, printScores } from "./print.js";
import { removeBelow } from "./thin.js";

const DATA = join(process.cwd(), "..", "shared", "data");
if (!existsSync(DATA)) throw new Error("needs ../shared/data");
const { airports } = await loadReference();
const cases = await realCases(DATA, airports);
const engine = methodOf("wheelsdown", engineOf(airports));
const errors: string[] = [];
const rows = [];
for (const kind of ["landing", "takeoff"] as const) {
  const trials = cases.map((each) => ({
    ...wholeTrial(each),
    asked: each.truths.filter((t) => t.kind === kind),
  }));
  const matchings = evaluate(trials, engine).map((m) => ({
    ...m,
    falseClaims: m.falseClaims.filter(({ claim }) => claim.kind === kind),
  }));
  rows.push({ name: `full ${kind}`, score: score(matchings) });
  errors.push(...errorLines("full", matchings));
}
printScores("Full data", rows);
for (const ends of ["landing", "takeoff", "both"] as const) {
  const floors = [];
  for (const heightFt of [500, 1000, 2000, 3000, 5000, 10_000]) {
    const trials = cases.map((each) =>
      thinnedTrial(
        each,
        (track, { truths }) => removeBelow(track, truths, { heightFt, ends }),
        (truth) => ends === "both" || truth.kind === ends,
      ),
    );
    const matchings = evaluate(trials, engine);
    floors.push({ name: `${ends} ${heightFt} ft`, score: score(matchings) });
    if (ends === "both") errors.push(...errorLines(`floor ${heightFt}`, matchings));
  }
  printScores(`Floor at ${ends}`, floors);
}
if (process.argv.includes("--errors")) for (const line of errors) console.log(line);
