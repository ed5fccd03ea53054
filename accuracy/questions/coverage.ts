import type { Case } from "../case.js";
import { neighbourCases } from "../corpora/simulated-neighbours.js";
import { methodOf } from "../engine.js";
import { evaluate, type Trial, thinnedTrial, wholeTrial } from "../evaluate.js";
import { hideFields } from "../hide-fields.js";
import { type Matching, ofKind } from "../match.js";
import { heardAs, othersCoverage, type SharesOf } from "../others-coverage.js";
import type { Setting } from "./setting.js";
import { stopTrials } from "./stops.js";

/** What does it earn to know how well each field is heard? Measured from the other aircraft, never from one's own. */
export async function askCoverage(setting: Setting): Promise<void> {
  if (!setting.reduced) return;
  askHiddenFields(setting);
  if (setting.quick) return;
  await askNeighbours(setting);
}

/** Real tracks, every second field behind hills: both halves in turn. */
function askHiddenFields(setting: Setting): void {
  const { cases, airports } = setting;
  const rows: [string, readonly Matching[]][][] = ([0, 1] as const).map((lot) => {
    const trials = cases.map((each) =>
      thinnedTrial(each, (track) => hideFields(track, airports, lot)),
    );
    const heard = trials.map(heardAs);
    return compared(setting, trials.filter(isAsked), othersCoverage(heard, heard, airports));
  });
  setting.report.score(
    "Every second field hidden below 3000 ft, coverage from the other aircraft",
    joined(rows),
  );
}

function isAsked({ asked }: Trial): boolean {
  return asked.length > 0;
}

/** Rows of the same name from several worlds, as one. */
function joined(
  worlds: readonly (readonly [string, readonly Matching[]][])[],
): [string, readonly Matching[]][] {
  const names = worlds[0]?.map(([name]) => name) ?? [];
  return names.map((name, at) => [name, worlds.flatMap((rows) => rows[at]?.[1] ?? [])]);
}

/** Ends that nobody heard on the ground, with and without coverage. */
function compared(
  setting: Setting,
  trials: readonly Trial[],
  sharesOf: SharesOf,
): [string, readonly Matching[]][] {
  const { reduced } = setting;
  const engines = [
    ["without", reduced!({ useCoverage: false })],
    ["with", reduced!({}, sharesOf)],
  ] as const;
  const answers = engines.map(
    ([name, analyse]) => [name, evaluate(trials, methodOf(name, analyse))] as const,
  );
  return (["landing", "takeoff"] as const).flatMap((kind) =>
    answers.map(([name, matchings]): [string, readonly Matching[]] => [
      `${name}, ${kind}s`,
      notSeen(ofKind(matchings, kind)),
    ]),
  );
}

/** What was seen on the ground stays as it is: only the others can be changed by coverage. */
export function notSeen(matchings: readonly Matching[]): Matching[] {
  return matchings.map(({ outcomes, falseClaims }) => ({
    outcomes: outcomes.filter(
      ({ claim }) => !claim?.why.startsWith("G0") && !claim?.why.startsWith("G1"),
    ),
    falseClaims,
  }));
}

/** Every trial holds an aircraft's whole fortnight: one in so many keeps a run short. */
const STOPS_STEP = 4;

/** Simulated cities with several fields, each heard to the ground or from some height on. */
async function askNeighbours(setting: Setting): Promise<void> {
  const { airports, report } = setting;
  const cases = await neighbourCases(airports);
  const trials = cases.map(wholeTrial);
  const heard = trials.map(heardAs);
  report.score(
    "SIMULATED, neighbours heard and not, coverage from the other aircraft",
    compared(setting, trials, othersCoverage(heard, heard, airports)),
  );
  for (const aboveFt of [3_000, 5_000]) askOwnSilence(setting, cases, aboveFt);
}

/**
 * The worst case: at a field that everybody else is heard at, the aircraft's own signal is gone for a whole stop. What
 * coverage takes for a sign of another field is none. This is where it can do harm, and what its bound is for.
 */
function askOwnSilence(setting: Setting, cases: readonly Case[], aboveFt: number): void {
  const { airports, report } = setting;
  const trials = stopTrials(cases, { lostAboveFt: aboveFt, backAboveFt: aboveFt })
    .filter(({ asked }) => asked.every(({ seen }) => seen === "ground"))
    .filter((_, at) => at % STOPS_STEP === 0);
  const heard = cases.map(wholeTrial).map(heardAs);
  report.score(
    `SIMULATED, neighbours: own signal lost at ${aboveFt} ft and back there, at fields that are heard`,
    compared(setting, trials, othersCoverage(trials.map(heardAs), heard, airports)),
  );
}
