import type { MovementKind } from "../movement/movement.js";
import { MPS_PER_KT } from "../units/quantity.js";
import { tailwindKt } from "./atmosphere.js";
import type { GroundPath, PathPoint } from "./ground-path.js";
import type { RunwayStrip } from "./runway-strip.js";

/** A place on the path where speed and altitude are known; between two, acceleration and gradient are steady. */
export interface Knot {
  readonly alongM: number;
  /** True airspeed; over ground when `calm`. */
  readonly speedKt: number;
  readonly altitudeFt: number;
  /** From here to the next knot the wheels are on the ground. */
  readonly onGround: boolean;
  /** On or just above a surface: the wind is left out. */
  readonly calm: boolean;
  /** Stands still here for so long. */
  readonly dwellMs: number;
  /** From here to the next knot it is pushed backwards. */
  readonly reversed: boolean;
}

/** A movement to happen when a knot is reached. */
export interface PlannedMovement {
  readonly kind: MovementKind;
  readonly strip: RunwayStrip;
  readonly knotIndex: number;
}

/** From stand to stand: where, how fast, how high, and what truly happens. */
export interface LegPlan {
  readonly path: GroundPath;
  readonly knots: Knot[];
  readonly movements: PlannedMovement[];
}

/** Adds a knot; what is not said is: airborne, in the wind, no stop. */
export function addKnot(
  plan: LegPlan,
  knot: Partial<Knot> & { alongM: number; speedKt: number; altitudeFt: number },
): void {
  const last = plan.knots[plan.knots.length - 1];
  if (last && knot.alongM < last.alongM - 0.01)
    throw new RangeError(`knot goes back from ${last.alongM} m to ${knot.alongM} m`);
  plan.knots.push({ onGround: false, calm: false, dwellMs: 0, reversed: false, ...knot });
}

/** Adds a movement at the last knot. */
export function addMovement(plan: LegPlan, kind: MovementKind, strip: RunwayStrip): void {
  plan.movements.push({ kind, strip, knotIndex: plan.knots.length - 1 });
}

/** When each knot is reached (before its stop) and how fast over ground. */
export interface Timetable {
  readonly timeMs: Float64Array;
  readonly groundSpeedKt: Float64Array;
}

/** Below this an aircraft would never arrive: chosen. */
const CRAWL_KT = 0.5;

/**
 * Times of a plan from off-block.
 *
 * @param weatherMs whose wind blows during the whole leg, so that a leg can be moved in time unchanged
 */
export function timetableOf(plan: LegPlan, startMs: number, weatherMs: number): Timetable {
  const count = plan.knots.length;
  const timeMs = new Float64Array(count);
  const groundSpeedKt = new Float64Array(count);
  const at: PathPoint = { latDeg: 0, lonDeg: 0, trackDeg: 0 };
  plan.knots.forEach((knot, i) => {
    plan.path.read(knot.alongM, at);
    const place = { latDeg: at.latDeg, lonDeg: at.lonDeg, timeMs: weatherMs };
    const windKt = knot.calm ? 0 : tailwindKt(place, knot.altitudeFt, at.trackDeg);
    groundSpeedKt[i] = knot.speedKt + windKt;
    if (i === 0) {
      timeMs[0] = startMs;
      return;
    }
    const before = plan.knots[i - 1]!;
    const meanKt = Math.max(CRAWL_KT, (groundSpeedKt[i - 1]! + groundSpeedKt[i]!) / 2);
    const rollMs = ((knot.alongM - before.alongM) / (meanKt * MPS_PER_KT)) * 1000;
    timeMs[i] = timeMs[i - 1]! + before.dwellMs + rollMs;
  });
  return { timeMs, groundSpeedKt };
}
