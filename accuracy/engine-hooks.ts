import { reachVerdict } from "../src/journey/reach.js";
import { reachAircraft } from "../src/journey/reach-bounds.js";
import type { ReachEdge } from "../src/journey/reach-question.js";
import { reachTarget } from "../src/journey/reach-target.js";
import { Analyst } from "../src/movement/analyse.js";
import { traitsOf } from "../src/movement/traits.js";
import { weighCoverage } from "../src/movement/weigh-coverage.js";
import type { AirportDirectory } from "../src/place/airport-table.js";
import { METRES_PER_NM } from "../src/units/quantity.js";
import type { AblationOptions } from "./ablation.js";
import type { Analyse } from "./engine.js";
import type { SharesOf } from "./others-coverage.js";
import type { Edge, GapQuestion } from "./questions/reach.js";

/**
 * The engine with parts switched off.
 *
 * @param sharesOf coverage by track, measured from the other aircraft of the same trials; without it none weighs in
 */
export function reducedEngine(
  airports: AirportDirectory,
  options: AblationOptions,
  sharesOf?: SharesOf,
): Analyse {
  const { useDeparture, useAlignment, usePriors, useCoverage } = options;
  const analyst = new Analyst(airports, {
    useDeparture: useDeparture ?? true,
    useAlignment: useAlignment ?? true,
    usePriors: usePriors ?? true,
  });
  return (track) => {
    const { movements } = analyst.analyse(track, traitsOf(track));
    const shares = useCoverage === false ? undefined : sharesOf?.(track);
    return shares ? weighCoverage(movements, shares) : movements;
  };
}

/** Whether reach calls a visit impossible that truly happened. */
export function isImpossible(question: GapQuestion, airports: AirportDirectory): boolean {
  const { airport, typeDesignator } = question;
  const area = { kind: "airport", airport, label: airport.ident } as const;
  const { verdict } = reachVerdict({
    gap: {
      before: edgeOf(question.from),
      after: edgeOf(question.to),
      fromMs: question.from.timeMs,
      toMs: question.to.timeMs,
    },
    aircraft: reachAircraft({ typeDesignator }),
    target: reachTarget(area, { airports }),
    purpose: "landing",
    simulated: false,
  });
  return verdict === "impossible";
}

/** Sources of recorded tracks are mixed: the wider error counts. */
const POSITION_ERROR_M = 10 * METRES_PER_NM;

function edgeOf(edge: Edge): ReachEdge {
  return {
    ...edge,
    onGround: Number.isNaN(edge.altitudeFt),
    positionErrorM: POSITION_ERROR_M,
    source: "mixed",
  };
}
