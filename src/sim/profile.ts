import { METRES_PER_FOOT, METRES_PER_NM, MPS_PER_KT } from "../units/quantity.js";
import { trueAirspeedKt } from "./atmosphere.js";
import type { SimPerformance } from "./sim-aircraft.js";

/** Speed and altitude after some distance of climb, or before touchdown. */
export interface ProfilePoint {
  /** Metres from the start of a climb, or back from touchdown. */
  readonly distanceM: number;
  /** True airspeed, knots. */
  readonly speedKt: number;
  readonly altitudeFt: number;
}

const CLIMB_STEP_S = 10;
/** 250 kt indicated below FL100. Source: ICAO Annex 11, appendix 4 (class D and below); 14 CFR 91.117. */
const LOW_SPEED_KT = 250;
const LOW_SPEED_TOP_FT = 10_000;
/** Glide path of an instrument approach. Source: ICAO Doc 8168, standard 3.0 degrees. */
const GLIDE_SLOPE = Math.tan((3 * Math.PI) / 180);
/** Chosen: jets come down a little flatter from cruise. */
const UPPER_SLOPE = Math.tan((2.8 * Math.PI) / 180);
/** The last metres are flared: chosen, gives about 50 ft over a threshold 400 m before touchdown. */
const FLARE_M = 150;
const FLARE_FT = 10;

/** @returns the indicated speed of climb and descent above FL100, knots: chosen, fits jets and turboprops */
export function climbIndicatedKt(performance: SimPerformance): number {
  return Math.min(290, performance.cruiseKt * 0.62);
}

/** What a climb starts from and where it ends. */
export interface ClimbOptions {
  readonly fromFt: number;
  readonly toFt: number;
  /** True airspeed at the start, knots. */
  readonly startKt: number;
  /** No faster than this, knots indicated; Infinity for a climb to cruise. */
  readonly maxIndicatedKt: number;
}

/** Climb by steps of ten seconds: half rate while it accelerates, less rate the higher it gets. */
export function climbProfile(performance: SimPerformance, options: ClimbOptions): ProfilePoint[] {
  const { fromFt, toFt, startKt, maxIndicatedKt } = options;
  const points: ProfilePoint[] = [];
  let altitudeFt = fromFt;
  let speedKt = startKt;
  let distanceM = 0;
  for (let i = 0; altitudeFt < toFt && i < 400; i++) {
    const wantedKt = climbSpeedKt(performance, altitudeFt, altitudeFt - fromFt);
    const limitKt = Math.min(wantedKt, trueAirspeedKt(maxIndicatedKt, altitudeFt));
    const nextKt = Math.max(
      speedKt - CLIMB_STEP_S,
      Math.min(limitKt, speedKt + 1.2 * CLIMB_STEP_S),
    );
    const accelerating = limitKt > speedKt + 5 ? 0.7 : 1;
    const thin = Math.max(0.15, 1 - (0.82 * altitudeFt) / performance.ceilingFt);
    const rateFpm = performance.climbFpm * thin * (i === 0 ? 0.6 : accelerating);
    const gainFt = (rateFpm * CLIMB_STEP_S) / 60;
    const share = Math.min(1, (toFt - altitudeFt) / gainFt);
    distanceM += ((speedKt + nextKt) / 2) * MPS_PER_KT * CLIMB_STEP_S * share;
    altitudeFt = share < 1 ? toFt : altitudeFt + gainFt;
    speedKt += (nextKt - speedKt) * share;
    points.push({ distanceM, speedKt, altitudeFt });
  }
  return points;
}

/**
 * Descent as seen from touchdown backwards, nearest first: flare, 3 degrees, slower the lower.
 *
 * @param topFt the altitude it starts from; above `elevationFt`
 */
export function descentProfile(
  performance: SimPerformance,
  elevationFt: number,
  topFt: number,
): ProfilePoint[] {
  const points: ProfilePoint[] = [
    {
      distanceM: FLARE_M,
      speedKt: performance.approachKt,
      altitudeFt: Math.min(topFt, elevationFt + FLARE_FT),
    },
  ];
  let last = points[0]!;
  while (last.altitudeFt < topFt) {
    const stepFt = last.altitudeFt - elevationFt < 6000 ? 250 : 1000;
    const altitudeFt = Math.min(topFt, last.altitudeFt + stepFt);
    const slope = altitudeFt < LOW_SPEED_TOP_FT ? GLIDE_SLOPE : UPPER_SLOPE;
    last = {
      distanceM: last.distanceM + ((altitudeFt - last.altitudeFt) * METRES_PER_FOOT) / slope,
      speedKt: descentSpeedKt(performance, altitudeFt, altitudeFt - elevationFt),
      altitudeFt,
    };
    points.push(last);
  }
  return points;
}

/**
 * Highest cruise that leaves room to climb and descend, at a level fit for the direction.
 *
 * @param distanceM from lift-off to touchdown
 * @param trackDeg direction of the leg; eastbound takes odd thousands (ICAO Annex 2, appendix 3)
 * @throws RangeError when not even a low hop fits
 */
export function cruiseAltitudeFt(
  performance: SimPerformance,
  distanceM: number,
  ends: { readonly fromFt: number; readonly toFt: number; readonly trackDeg: number },
): number {
  const odd = ends.trackDeg < 180;
  const floorFt = Math.max(ends.fromFt, ends.toFt) + 2000;
  for (let levelFt = performance.ceilingFt; levelFt >= floorFt; levelFt -= 1000) {
    if (levelFt > floorFt + 3000 && (levelFt / 1000) % 2 === (odd ? 0 : 1)) continue;
    const climb = climbProfile(performance, {
      fromFt: ends.fromFt,
      toFt: levelFt,
      startKt: performance.approachKt,
      maxIndicatedKt: Number.POSITIVE_INFINITY,
    });
    const descent = descentProfile(performance, ends.toFt, levelFt);
    const used = climb[climb.length - 1]!.distanceM + descent[descent.length - 1]!.distanceM;
    if (used < 0.85 * distanceM) return levelFt;
  }
  throw new RangeError(`no cruise fits in ${Math.round(distanceM / METRES_PER_NM)} NM`);
}

function climbSpeedKt(performance: SimPerformance, altitudeFt: number, heightFt: number): number {
  if (heightFt < 1500) return performance.approachKt + 18;
  const fastKt = climbIndicatedKt(performance);
  const indicatedKt = altitudeFt < LOW_SPEED_TOP_FT ? Math.min(LOW_SPEED_KT, fastKt) : fastKt;
  return Math.min(performance.cruiseKt, trueAirspeedKt(indicatedKt, altitudeFt));
}

function descentSpeedKt(performance: SimPerformance, altitudeFt: number, heightFt: number): number {
  const fastKt = climbIndicatedKt(performance);
  const lowKt = Math.min(LOW_SPEED_KT - 5, fastKt);
  const share = (from: number, to: number) =>
    Math.max(0, Math.min(1, (heightFt - from) / (to - from)));
  const slowKt = performance.approachKt + (lowKt - performance.approachKt) * share(1200, 7000);
  // Faster only above FL100, and only as fast as the height above the airport allows: some airports lie at 8,000 ft.
  const aboveShare = Math.max(0, Math.min(1, (altitudeFt - LOW_SPEED_TOP_FT) / 3000));
  const indicatedKt = slowKt + (fastKt - lowKt) * aboveShare;
  return Math.min(performance.cruiseKt, trueAirspeedKt(indicatedKt, altitudeFt));
}
