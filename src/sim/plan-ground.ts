import { MINUTE_MS, MPS_PER_KT, SECOND_MS } from "../units/quantity.js";
import { GroundPath } from "./ground-path.js";
import { addKnot, addMovement, type LegPlan } from "./leg-plan.js";
import { between, type RandomSource } from "./random.js";
import { type RunwayStrip, stripPoint } from "./runway-strip.js";
import type { SimPerformance } from "./sim-aircraft.js";

const TAXI_KT = 18;
const CORNER_KT = 8;
const PUSH_KT = 3;
/** Taxiway beside the runway. Source: ICAO Annex 14, table 3-1: 158 to 182.5 m between centrelines for code 4 instrument runways. */
const TAXIWAY_M = 180;
/** Chosen: braking and take-off thrust of airliners, metres a second squared. */
const BRAKING_MPS2 = 1.7;
const TAKEOFF_MPS2 = 1.8;
/** Touchdown zone begins here past the threshold; chosen within ICAO Annex 14's aiming point (300-400 m). */
export const TOUCHDOWN_M = 420;
const LINE_UP_M = 70;

/** Starts a plan at a stand: pushback, taxi beside the runway, line-up, and the take-off roll up to lift-off. */
export function planDeparture(
  strip: RunwayStrip,
  performance: SimPerformance,
  random: RandomSource,
): LegPlan {
  const side = strip.apronSide;
  const standM = between(random, 430, 620);
  const alongM = strip.apronAlongM + between(random, -150, 150);
  const taxi = (along: number, across: number) => stripPoint(strip, along, across * side);
  const path = new GroundPath(taxi(alongM, standM), strip.directionDeg - 90 * side);
  const plan: LegPlan = { path, knots: [], movements: [] };
  const surface = { altitudeFt: strip.elevationFt, onGround: true, calm: true };
  const standing = between(random, 2, 5) * MINUTE_MS;
  addKnot(plan, { ...surface, alongM: 0, speedKt: 0, dwellMs: standing, reversed: true });
  path.lineTo(taxi(alongM, standM - 35));
  addKnot(plan, { ...surface, alongM: 18, speedKt: PUSH_KT, reversed: true });
  addKnot(plan, {
    ...surface,
    alongM: path.lengthM,
    speedKt: 0,
    dwellMs: between(random, 60, 150) * SECOND_MS,
  });
  taxiTo(plan, taxi(alongM, TAXIWAY_M), surface.altitudeFt);
  taxiTo(plan, taxi(LINE_UP_M - 30, TAXIWAY_M), surface.altitudeFt);
  taxiTo(plan, taxi(LINE_UP_M - 30, 90), surface.altitudeFt);
  hold(plan, between(random, 10, 80) * SECOND_MS);
  taxiTo(plan, taxi(LINE_UP_M - 30, 0), surface.altitudeFt);
  taxiTo(plan, taxi(LINE_UP_M, 0), surface.altitudeFt);
  hold(plan, between(random, 5, 40) * SECOND_MS);
  const liftOffKt = performance.approachKt + 8;
  const speedMps = liftOffKt * MPS_PER_KT;
  const rollM = Math.min(speedMps ** 2 / (2 * TAKEOFF_MPS2), 0.75 * strip.lengthM);
  path.lineTo(taxi(LINE_UP_M + rollM, 0));
  addKnot(plan, {
    alongM: path.lengthM,
    speedKt: liftOffKt,
    altitudeFt: strip.elevationFt,
    calm: true,
  });
  addMovement(plan, "takeoff", strip);
  return plan;
}

/** Ends a plan that has just touched down: roll-out, exit, taxi, stand. */
export function planArrival(plan: LegPlan, strip: RunwayStrip, random: RandomSource): void {
  const side = strip.apronSide;
  const point = (along: number, across: number) => stripPoint(strip, along, across * side);
  const surface = { altitudeFt: strip.elevationFt, onGround: true, calm: true };
  const speedMps = plan.knots[plan.knots.length - 1]!.speedKt * MPS_PER_KT;
  const leftM = strip.lengthM - TOUCHDOWN_M - 250;
  const rollM = Math.max(300, Math.min(speedMps ** 2 / (2 * BRAKING_MPS2) + 100, leftM));
  plan.path.lineTo(point(TOUCHDOWN_M + rollM, 0));
  addKnot(plan, { ...surface, alongM: plan.path.lengthM, speedKt: 22 });
  taxiTo(plan, point(TOUCHDOWN_M + rollM + 110, 60), surface.altitudeFt);
  taxiTo(plan, point(TOUCHDOWN_M + rollM + 160, TAXIWAY_M), surface.altitudeFt);
  const alongM = strip.apronAlongM + between(random, -150, 150);
  taxiTo(plan, point(alongM, TAXIWAY_M), surface.altitudeFt);
  taxiTo(plan, point(alongM, between(random, 430, 620)), surface.altitudeFt);
  hold(plan, between(random, 3, 9) * MINUTE_MS);
}

/** Straight on to a place: off at corner speed, faster on long straights, at corner speed again. */
function taxiTo(
  plan: LegPlan,
  place: { readonly latDeg: number; readonly lonDeg: number },
  altitudeFt: number,
): void {
  const startM = plan.path.lengthM;
  const endM = plan.path.lineTo(place);
  const surface = { altitudeFt, onGround: true, calm: true };
  if (endM - startM > 250) {
    addKnot(plan, { ...surface, alongM: startM + 60, speedKt: TAXI_KT });
    addKnot(plan, { ...surface, alongM: endM - 60, speedKt: TAXI_KT });
  }
  addKnot(plan, { ...surface, alongM: endM, speedKt: CORNER_KT });
}

/** Makes the last knot a full stop of some length. */
function hold(plan: LegPlan, dwellMs: number): void {
  const last = plan.knots.pop();
  if (last) plan.knots.push({ ...last, speedKt: 0, dwellMs });
}
