import { geodesicDistanceM } from "../geo/geodesic.js";
import { type LeastDetour, leastDetour } from "../geo/prism.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import { ALTITUDE_ERROR_FT, HARD_VERTICAL_FPM, highestGroundFt, isSteep } from "./reach-bounds.js";
import {
  ceil1,
  edgeRecord,
  floor1,
  minuteText,
  type ProofRecord,
  type ProofStep,
  type ReachVerdictWord,
  round1,
  round5,
} from "./reach-proof.js";
import type { ReachEdge, ReachQuestion } from "./reach-question.js";
import { type SoftFinding, softFinding } from "./reach-soft.js";

export interface ReachVerdict {
  readonly verdict: ReachVerdictWord;
  readonly proof: ProofRecord;
}

/**
 * What a gap allowed. "impossible": no aircraft of this kind can have been there, whatever the wind. "extreme": only
 * beyond the type's usual performance, or with no runway known there. "plausible": in reach as such aircraft fly.
 * "undetermined": the edges contradict the bound or are unknown, so nothing can be proven either way.
 *
 * Every figure in the proof is rounded against the verdict (distances and times needed down, margins and time
 * available up) and the verdict is taken from the rounded figures, so that a calculator gives the same.
 *
 * Source: docs/reach.md.
 */
export function reachVerdict(question: ReachQuestion): ReachVerdict {
  const { gap, target } = question;
  const { before, after } = gap;
  const places = before ? (after ? [before, after] : [before]) : after ? [after] : [];
  const [first, ...rest] = places;
  const durationMs = gap.toMs - gap.fromMs;
  if (!first || !(durationMs >= 0)) return undetermined(question, "no position at either end");
  const detour = leastDetour(target.shape, [first, ...rest]);
  if (!detour) return undetermined(question, "the target has no outline, or a position is unknown");
  const hard = hardFinding(question, detour);
  if (hard.contradiction) return undetermined(question, hard.contradiction, hard.steps);
  const isImpossible = hard.leastMin > hard.availableMin;
  const soft = isImpossible
    ? undefined
    : softFinding({ question, detourM: detour.attainedM, availableMin: hard.availableMin });
  const verdict = isImpossible ? "impossible" : soft?.isEnough ? "plausible" : "extreme";
  const slackMin = round1(hard.availableMin - hard.leastMin);
  const proof: ProofRecord = {
    ...recordBase(question),
    verdict,
    statement: statementOf(verdict, { hard, soft, question }),
    steps: hard.steps,
    availableMin: hard.availableMin,
    leastTimeMin: hard.leastMin,
    slackMin,
    nearest: { lat: round5(detour.latDeg), lon: round5(detour.lonDeg) },
    soft: soft?.record ?? null,
  };
  return { verdict, proof };
}

interface HardFinding {
  readonly steps: readonly ProofStep[];
  readonly availableMin: number;
  readonly leastMin: number;
  /** Set when the edges cannot both be true under the bound. */
  readonly contradiction?: string | undefined;
}

function hardFinding(question: ReachQuestion, detour: LeastDetour): HardFinding {
  const { gap, aircraft } = question;
  const { before, after } = gap;
  const steps: ProofStep[] = [];
  const step = (name: string, formula: string, rest: Omit<ProofStep, "name" | "formula">) => {
    steps.push({ name, formula, ...rest });
    return rest.result;
  };
  const seconds = Math.ceil((gap.toMs - gap.fromMs) / 1000);
  const availableMin = step("time available", "seconds / 60, rounded up", {
    values: { seconds },
    result: ceil1(seconds / 60),
    unit: "min",
  });
  const speedKt = aircraft.performance.hardSpeedBoundKt;
  const speedKmh = step("greatest ground speed", "knots x 1.852, rounded up", {
    values: { knots: speedKt },
    result: ceil1(speedKt * (METRES_PER_NM / 1000)),
    unit: "km/h",
  });
  const marginKm = marginStep(question, step);
  const sumKm = floor1(detour.leastM / 1000);
  const flownKm = step(
    before && after ? "least way over the target" : "least way to the target",
    "least sum of geodesic distances - margins",
    {
      values: { sumKm, marginKm, sumAtNearestKm: round1(detour.attainedM / 1000) },
      result: Math.max(0, round1(sumKm - marginKm)),
      unit: "km",
    },
  );
  const flightMin = step("time for the way", "km / (km/h) x 60, rounded down", {
    values: { km: flownKm, kmPerH: speedKmh },
    result: floor1((flownKm / speedKmh) * 60),
    unit: "min",
  });
  const contradiction = contradictionOf(question, { availableMin, speedKmh });
  if (question.purpose === "overflight" || flightMin > availableMin || contradiction) {
    return { steps, availableMin, leastMin: flightMin, contradiction };
  }
  return { steps, availableMin, leastMin: verticalStep(question, { flightMin, speedKmh, step }) };
}

type AddStep = (name: string, formula: string, rest: Omit<ProofStep, "name" | "formula">) => number;

function marginStep({ gap, target }: ReachQuestion, step: AddStep): number {
  const beforeKm = ceil1((gap.before?.positionErrorM ?? 0) / 1000);
  const afterKm = ceil1((gap.after?.positionErrorM ?? 0) / 1000);
  const targetKm = ceil1((target.radiusM + target.marginM) / 1000);
  const ways = gap.before && gap.after ? 2 : 1;
  return step("margins", "position errors + ways x (size and error of the target)", {
    values: { beforeKm, afterKm, ways, targetKm },
    result: round1(beforeKm + afterKm + ways * targetKm),
    unit: "km",
  });
}

/** Both ends true and the bound true would need the aircraft to be faster than the bound: then nothing follows. */
function contradictionOf(
  { gap }: ReachQuestion,
  { availableMin, speedKmh }: { readonly availableMin: number; readonly speedKmh: number },
): string | undefined {
  const { before, after } = gap;
  if (!before || !after) return undefined;
  const errorM = before.positionErrorM + after.positionErrorM;
  const needKm = floor1((geodesicDistanceM(before, after) - errorM) / 1000);
  if (needKm <= (speedKmh * availableMin) / 60) return undefined;
  return `the two positions lie ${needKm} km apart, more than ${speedKmh} km/h allows in ${availableMin} min: one of them, or the type, is wrong`;
}

/**
 * Down to the highest ground an aircraft of the class can land on, and up again. The least over the target of
 * max(d0/V, t0) + max(d1/V, t1) is at least the greatest of the four sums of least values.
 */
function verticalStep(
  { gap, target, aircraft }: ReachQuestion,
  given: { readonly flightMin: number; readonly speedKmh: number; readonly step: AddStep },
): number {
  const { flightMin, speedKmh, step } = given;
  const groundFt = Number.isFinite(target.elevationFt)
    ? target.elevationFt
    : highestGroundFt(aircraft.engineClass);
  const verticalMin = (edge: ReachEdge | undefined): number => {
    const heightFt = edge && !edge.onGround ? edge.altitudeFt - ALTITUDE_ERROR_FT - groundFt : 0;
    return heightFt > 0 ? floor1(heightFt / HARD_VERTICAL_FPM) : 0;
  };
  const downMin = verticalMin(gap.before);
  const upMin = verticalMin(gap.after);
  if ((downMin === 0 && upMin === 0) || isSteep(aircraft)) return flightMin;
  const wayMin = (edge: ReachEdge | undefined): number => {
    const found = edge && leastDetour(target.shape, [edge]);
    if (!found) return 0;
    const awayM = found.leastM - edge.positionErrorM - target.radiusM - target.marginM;
    return floor1((Math.max(0, awayM) / 1000 / speedKmh) * 60);
  };
  const toMin = upMin > 0 ? wayMin(gap.before) : 0;
  const fromMin = downMin > 0 ? wayMin(gap.after) : 0;
  return step(
    "time with descent and climb",
    "greatest of flight, down + up, to + up, down + from",
    {
      values: { flightMin, downMin, upMin, toMin, fromMin, groundFt, ftPerMin: HARD_VERTICAL_FPM },
      result: round1(Math.max(flightMin, downMin + upMin, toMin + upMin, downMin + fromMin)),
      unit: "min",
    },
  );
}

function undetermined(
  question: ReachQuestion,
  reason: string,
  steps: readonly ProofStep[] = [],
): ReachVerdict {
  const proof: ProofRecord = {
    ...recordBase(question),
    verdict: "undetermined",
    statement: `undetermined: ${reason}`,
    steps,
    availableMin: null,
    leastTimeMin: null,
    slackMin: null,
    nearest: null,
    soft: null,
  };
  return { verdict: "undetermined", proof };
}

function recordBase({ gap, aircraft, target, purpose, simulated }: ReachQuestion) {
  const { performance } = aircraft;
  return {
    schema: "wheelsdown/reach/1" as const,
    purpose,
    simulated,
    target: {
      label: target.label,
      kind: target.kind,
      source: target.source,
      radiusKm: target.radiusM / 1000,
      marginKm: target.marginM / 1000,
    },
    aircraft: {
      hex: aircraft.address ?? null,
      registration: aircraft.registration ?? null,
      type: aircraft.typeDesignator ?? null,
      hardSpeedKt: performance.hardSpeedBoundKt,
      cruiseKt: performance.cruiseKt,
      performanceSource: performance.source,
    },
    before: edgeRecord(gap.before),
    after: edgeRecord(gap.after),
    from: Number.isFinite(gap.fromMs) ? isoSeconds(gap.fromMs) : null,
    to: Number.isFinite(gap.toMs) ? isoSeconds(gap.toMs) : null,
  };
}

function statementOf(
  verdict: ReachVerdictWord,
  found: {
    readonly hard: HardFinding;
    readonly soft: SoftFinding | undefined;
    readonly question: ReachQuestion;
  },
): string {
  const { leastMin, availableMin } = found.hard;
  const what = `${found.question.purpose} in ${found.question.target.label}`;
  const needs = `needs at least ${minuteText(leastMin)} min`;
  if (verdict === "impossible")
    return `${what} impossible: it ${needs} and there were ${minuteText(availableMin)} min`;
  if (verdict === "plausible")
    return `${what} plausible: about ${minuteText(found.soft?.neededMin ?? leastMin)} min as such aircraft fly, and there were ${minuteText(availableMin)} min`;
  return `${what} possible only at extreme performance: it ${needs} of the ${minuteText(availableMin)} min, but ${found.soft?.reason ?? "more as such aircraft fly"}`;
}
