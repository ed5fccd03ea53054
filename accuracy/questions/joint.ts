import { buildJourneys } from "../../src/journey/build.js";
import type { Stop } from "../../src/journey/journey.js";
import { stopOutcomes } from "../../src/journey/stop-outcomes.js";
import { Analyst } from "../../src/movement/analyse.js";
import type { Movement } from "../../src/movement/movement.js";
import { traitsOf } from "../../src/movement/traits.js";
import type { AirportTable } from "../../src/place/airport.js";
import type { Claim } from "../case.js";
import { composedStops } from "../compose.js";
import { claimOf } from "../engine.js";
import type { Trial } from "../evaluate.js";
import { type Matching, matchClaims } from "../match.js";
import { expectedCalibrationError, mean, reliabilityOf, type Statement } from "../metrics.js";
import { figure } from "../print.js";
import type { StopCut } from "../remove-stop.js";
import { floorTrials } from "./floors.js";
import { ordinary, type Setting, withTruths } from "./setting.js";
import { stopTrials } from "./stops.js";

function cut(heightFt: number): StopCut {
  return { lostAboveFt: heightFt, backAboveFt: heightFt };
}

/** Is the one number of a stop, "it stopped, and here", as right as the two of its landing and its take-off? */
export function askJoint({ cases, airports, report }: Setting): void {
  const group = withTruths(ordinary(cases));
  const composed = composedStops(cases);
  const rows: readonly (readonly [string, readonly Trial[]])[] = [
    ["floor 1000 ft", floorTrials(group, { heightFt: 1_000, ends: "both" })],
    ["floor 3000 ft", floorTrials(group, { heightFt: 3_000, ends: "both" })],
    ["floor 5000 ft", floorTrials(group, { heightFt: 5_000, ends: "both" })],
    ["stop cut out, 1000 ft, composed", stopTrials(composed, cut(1_000))],
    ["stop cut out, 3000 ft, composed", stopTrials(composed, cut(3_000))],
    ["stop cut out, 5000 ft, composed", stopTrials(composed, cut(5_000))],
  ];
  report.table({
    title: "One number for a stop: 'it stopped, at this airport'",
    head: ["tracks", "stops", "mean stated", "was so", "Brier", "ECE"],
    rows: rows.map(([name, trials]) => {
      const statements = trials.flatMap((trial) => statementsOf(trial, airports));
      return [
        name,
        statements.length,
        figure(mean(statements.map(({ probability }) => probability)), 3),
        figure(mean(statements.map(({ so }) => (so ? 1 : 0))), 3),
        figure(mean(statements.map(({ probability, so }) => (probability - (so ? 1 : 0)) ** 2)), 3),
        figure(expectedCalibrationError(reliabilityOf(statements)), 3),
      ];
    }),
  });
}

function statementsOf({ each, track, asked }: Trial, airports: AirportTable): Statement[] {
  if (track.length === 0) return [];
  const analysis = new Analyst(airports).analyse(track, traitsOf(track));
  const claims = new Map<Movement, Claim>();
  for (const movement of analysis.movements) {
    const claim = claimOf(movement);
    if (claim) claims.set(movement, claim);
  }
  const matching = matchClaims(each, asked, [...claims.values()]);
  const stops = buildJourneys(analysis, { airports }).flatMap((journey) => journey.stops);
  return [...new Set(stops)].flatMap((stop) => statementOf(stop, claims, matching) ?? []);
}

/** @returns undefined where the truth says nothing of the stop */
function statementOf(
  stop: Stop,
  claims: ReadonlyMap<Movement, Claim>,
  { outcomes, falseClaims }: Matching,
): Statement | undefined {
  const outcome = stopOutcomes(stop);
  const top = outcome?.airports[0];
  if (!top) return undefined;
  const own = new Set(
    [stop.landing, stop.takeoff].flatMap((side) => (side ? (claims.get(side) ?? []) : [])),
  );
  const truths = outcomes.flatMap(({ truth, claim }) => (claim && own.has(claim) ? truth : []));
  const isFalse = falseClaims.some(({ claim }) => own.has(claim));
  if (truths.length === 0 && !isFalse) return undefined;
  return {
    probability: top.probability,
    so: !isFalse && truths.every(({ airport }) => airport === top.airport),
  };
}
