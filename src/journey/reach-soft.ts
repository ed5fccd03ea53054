import { geodesicDistanceM } from "../geo/geodesic.js";
import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport } from "../place/airport.js";
import { METRES_PER_NM } from "../units/quantity.js";
import {
  isUsable,
  LOW_CEILING_FT,
  LOW_SPEED_KT,
  type ReachAircraft,
  SOFT_GROUND_MIN,
  SOFT_VERTICAL_FPM,
  SOFT_WIND_KT,
} from "./reach-bounds.js";
import { minuteText, round1, type SoftRecord } from "./reach-proof.js";
import type { ReachEdge, ReachQuestion } from "./reach-question.js";

export interface SoftFinding {
  readonly isEnough: boolean;
  /** NaN when no field is usable. */
  readonly neededMin: number;
  /** Why it is not enough; "" when it is. */
  readonly reason: string;
  readonly record: SoftRecord;
}

export interface SoftSpeeds {
  readonly cruiseKt: number;
  readonly lowKt: number;
}

/** Usual speeds of a type with the wind behind it, never above the hard bound. */
export function softSpeeds({ performance }: ReachAircraft): SoftSpeeds {
  const { cruiseKt, hardSpeedBoundKt } = performance;
  return {
    cruiseKt: Math.min(cruiseKt + SOFT_WIND_KT, hardSpeedBoundKt),
    lowKt: Math.min(Math.min(cruiseKt, LOW_SPEED_KT) + SOFT_WIND_KT, hardSpeedBoundKt),
  };
}

/**
 * Minutes of a way as such aircraft fly it: below 10,000 ft at both ends at the low speed while climbing or sinking
 * 2,000 ft a minute, the rest at cruise; never less than the difference in height takes.
 *
 * @param heightsFt at both ends; NaN counts as high up
 */
export function softWayMin(
  distanceM: number,
  heightsFt: readonly [number, number],
  { cruiseKt, lowKt }: SoftSpeeds,
): number {
  const [from, to] = heightsFt;
  const lowMin = (lowFt(from) + lowFt(to)) / SOFT_VERTICAL_FPM;
  const lowM = metresIn(lowMin, lowKt);
  const flightMin =
    distanceM <= lowM
      ? minutesFor(distanceM, lowKt)
      : lowMin + minutesFor(distanceM - lowM, cruiseKt);
  const climbMin = Number.isFinite(from - to) ? Math.abs(from - to) / SOFT_VERTICAL_FPM : 0;
  return Math.max(flightMin, climbMin);
}

/** How far one gets in so many minutes: the inverse of `softWayMin` but for the height difference, metres. */
export function softReachM(
  timeMin: number,
  heightsFt: readonly [number, number],
  { cruiseKt, lowKt }: SoftSpeeds,
): number {
  const lowMin = (lowFt(heightsFt[0]) + lowFt(heightsFt[1])) / SOFT_VERTICAL_FPM;
  if (timeMin <= lowMin) return metresIn(timeMin, lowKt);
  return metresIn(lowMin, lowKt) + metresIn(timeMin - lowMin, cruiseKt);
}

function lowFt(heightFt: number): number {
  return heightFt < LOW_CEILING_FT ? LOW_CEILING_FT - Math.max(0, heightFt) : 0;
}

function metresIn(timeMin: number, speedKt: number): number {
  return (timeMin / 60) * speedKt * METRES_PER_NM;
}

function minutesFor(distanceM: number, speedKt: number): number {
  return (distanceM / METRES_PER_NM / speedKt) * 60;
}

/** Whether the gap was long enough for the aircraft as it usually flies. */
export function softFinding(given: {
  readonly question: ReachQuestion;
  /** Sum of distances over the nearest point of the target. */
  readonly detourM: number;
  readonly availableMin: number;
}): SoftFinding {
  return given.question.purpose === "landing" ? softLanding(given) : softPass(given);
}

interface SoftGiven {
  readonly question: ReachQuestion;
  readonly detourM: number;
  readonly availableMin: number;
}

function softPass({ question, detourM, availableMin }: SoftGiven): SoftFinding {
  const { gap, target, aircraft } = question;
  const ways = gap.before && gap.after ? 2 : 1;
  const directM = gap.before && gap.after ? geodesicDistanceM(gap.before, gap.after) : 0;
  const distanceM = Math.max(directM, detourM - ways * target.radiusM);
  const speeds = softSpeeds(aircraft);
  const neededMin = softWayMin(
    distanceM,
    [edgeHeightFt(gap.before), edgeHeightFt(gap.after)],
    speeds,
  );
  return finding(neededMin, availableMin, { speeds, field: null, count: null });
}

/** Height for the way: a parked aircraft has all the climb before it. */
function edgeHeightFt(edge: ReachEdge | undefined): number {
  if (!edge) return Number.NaN;
  return edge.onGround ? 0 : edge.altitudeFt;
}

interface FieldTime {
  readonly field: Airport;
  readonly toMin: number;
  readonly fromMin: number;
  readonly neededMin: number;
}

function softLanding({ question, availableMin }: SoftGiven): SoftFinding {
  const { gap, target, aircraft } = question;
  const speeds = softSpeeds(aircraft);
  const usable = target.airports.filter((airport) => isUsable(airport, aircraft));
  const roughM = usable.map((field) => roughSumM(gap, field));
  let best: FieldTime | undefined;
  const offer = (at: number) => {
    const time = fieldTime(question, usable[at]!, speeds);
    if (!best || time.neededMin < best.neededMin) best = time;
  };
  // The nearest first: it rules out nearly all others.
  const nearest = roughM.reduce((least, each, at) => (each < roughM[least]! ? at : least), 0);
  if (usable.length > 0) offer(nearest);
  for (let at = 0; at < usable.length; at++) {
    // The sphere is at most 0.6 % off; what is farther than that cannot be the quickest.
    if (minutesFor(roughM[at]! * 0.99, speeds.cruiseKt) <= (best?.neededMin ?? 0)) offer(at);
  }
  return finding(best?.neededMin ?? Number.NaN, availableMin, {
    speeds,
    field: best ?? null,
    count: usable.length,
  });
}

function roughSumM({ before, after }: ReachQuestion["gap"], field: Airport): number {
  const { latDeg, lonDeg } = field;
  const toM = before ? sphereDistanceM(before.latDeg, before.lonDeg, latDeg, lonDeg) : 0;
  return toM + (after ? sphereDistanceM(latDeg, lonDeg, after.latDeg, after.lonDeg) : 0);
}

function fieldTime({ gap }: ReachQuestion, field: Airport, speeds: SoftSpeeds): FieldTime {
  const groundFt = Number.isFinite(field.elevationFt) ? field.elevationFt : 0;
  const wayMin = (edge: ReachEdge | undefined): number => {
    if (!edge) return 0;
    // Between two places on the ground the ends' heights cancel but for what is climbed on the way.
    const endFt = edge.onGround ? groundFt : edge.altitudeFt;
    return softWayMin(geodesicDistanceM(edge, field), [endFt, groundFt], speeds);
  };
  const toMin = wayMin(gap.before);
  const fromMin = wayMin(gap.after);
  const groundMin = gap.before && gap.after ? SOFT_GROUND_MIN : 0;
  return { field, toMin, fromMin, neededMin: toMin + groundMin + fromMin };
}

function finding(
  neededMin: number,
  availableMin: number,
  given: {
    readonly speeds: SoftSpeeds;
    readonly field: FieldTime | null;
    readonly count: number | null;
  },
): SoftFinding {
  const { speeds, field, count } = given;
  const isEnough = neededMin <= availableMin;
  const reason = Number.isNaN(neededMin)
    ? "no usable field is known there"
    : `about ${minuteText(neededMin)} min as such aircraft fly`;
  const isStop = field !== null && neededMin - field.toMin - field.fromMin > 1;
  return {
    isEnough,
    neededMin,
    reason: isEnough ? "" : reason,
    record: {
      cruiseWithWindKt: Math.round(speeds.cruiseKt),
      lowSpeedWithWindKt: Math.round(speeds.lowKt),
      field: field?.field.ident ?? null,
      usableFieldCount: count,
      toFieldMin: field ? round1(field.toMin) : null,
      groundMin: field ? (isStop ? SOFT_GROUND_MIN : 0) : null,
      fromFieldMin: field ? round1(field.fromMin) : null,
      neededMin: Number.isNaN(neededMin) ? null : round1(neededMin),
    },
  };
}
