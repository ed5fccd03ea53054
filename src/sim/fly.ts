import { MPS_PER_KT } from "../units/quantity.js";
import { geometricAltitudeFt, pressureAltitudeFt, pressureOffsetFt, qnhHpa } from "./atmosphere.js";
import type { PathPoint } from "./ground-path.js";
import type { Knot, LegPlan, Timetable } from "./leg-plan.js";

/** True state of an aircraft at one instant; one object is reused for all instants of a leg. */
export interface SimState extends PathPoint {
  timeMs: number;
  onGround: boolean;
  /** Where the nose points; differs from the track while pushed back. */
  headingDeg: number;
  groundSpeedKt: number;
  verticalRateFpm: number;
  /** Pressure and geometric altitude, feet, not rounded. */
  pressureAltitudeFt: number;
  geometricAltitudeFt: number;
}

/** Chosen: seconds between instants, finer where a track bends more. */
const STEP_GROUND_MS = 2500;
const STEP_STANDING_MS = 5000;
const STEP_LOW_MS = 2000;
const STEP_MIDDLE_MS = 4000;
const STEP_HIGH_MS = 10_000;
const MIDDLE_ABOVE_FT = 3000;
const HIGH_ABOVE_FT = 11_000;

/**
 * Runs through a leg in steps of 2 to 10 s, oldest first.
 *
 * @param visit gets the same object each time; it must copy what it keeps
 */
export function flyPlan(
  plan: LegPlan,
  timetable: Timetable,
  visit: (state: Readonly<SimState>) => void,
): void {
  const state = emptyState();
  let nextMs = timetable.timeMs[0]!;
  plan.knots.forEach((knot, i) => {
    const leaveMs = timetable.timeMs[i]! + knot.dwellMs;
    for (; nextMs < leaveMs; nextMs += STEP_STANDING_MS) {
      place(state, plan, knot.alongM, { knot, altitudeFt: knot.altitudeFt, timeMs: nextMs });
      state.groundSpeedKt = 0;
      state.verticalRateFpm = 0;
      visit(state);
    }
    if (i + 1 < plan.knots.length)
      nextMs = flyBetween({ plan, timetable, visit, state, nextMs }, i);
  });
}

interface Progress {
  readonly plan: LegPlan;
  readonly timetable: Timetable;
  readonly visit: (state: Readonly<SimState>) => void;
  readonly state: SimState;
  readonly nextMs: number;
}

/** @returns when the first instant after the next knot falls due */
function flyBetween(progress: Progress, index: number): number {
  const { plan, timetable, visit, state } = progress;
  const from = plan.knots[index]!;
  const to = plan.knots[index + 1]!;
  const startMs = timetable.timeMs[index]! + from.dwellMs;
  const endMs = timetable.timeMs[index + 1]!;
  const spanS = (endMs - startMs) / 1000;
  const spanM = to.alongM - from.alongM;
  const startMps = timetable.groundSpeedKt[index]! * MPS_PER_KT;
  const endMps = timetable.groundSpeedKt[index + 1]! * MPS_PER_KT;
  let nextMs = Math.max(progress.nextMs, startMs);
  while (nextMs < endMs) {
    const elapsedS = (nextMs - startMs) / 1000;
    const speedMps = startMps + ((endMps - startMps) * elapsedS) / spanS;
    // Steady acceleration: distance is mean speed so far times time.
    const doneM = Math.min(spanM, ((startMps + speedMps) / 2) * elapsedS);
    const gradient = spanM > 0 ? (to.altitudeFt - from.altitudeFt) / spanM : 0;
    const altitudeFt = from.altitudeFt + gradient * doneM;
    place(state, plan, from.alongM + doneM, { knot: from, altitudeFt, timeMs: nextMs });
    state.groundSpeedKt = speedMps / MPS_PER_KT;
    state.verticalRateFpm = from.onGround ? 0 : gradient * speedMps * 60;
    visit(state);
    nextMs += stepMs(from, altitudeFt);
  }
  return nextMs;
}

function stepMs(knot: Knot, altitudeFt: number): number {
  if (knot.onGround) return STEP_GROUND_MS;
  if (altitudeFt > HIGH_ABOVE_FT) return STEP_HIGH_MS;
  return altitudeFt > MIDDLE_ABOVE_FT ? STEP_MIDDLE_MS : STEP_LOW_MS;
}

function place(
  state: SimState,
  plan: LegPlan,
  alongM: number,
  at: { readonly knot: Knot; readonly altitudeFt: number; readonly timeMs: number },
): void {
  plan.path.read(alongM, state);
  state.timeMs = at.timeMs;
  state.onGround = at.knot.onGround;
  state.headingDeg = at.knot.reversed ? (state.trackDeg + 180) % 360 : state.trackDeg;
  const offsetFt = pressureOffsetFt(qnhHpa(state));
  state.pressureAltitudeFt = pressureAltitudeFt(at.altitudeFt, offsetFt);
  state.geometricAltitudeFt = geometricAltitudeFt(state.pressureAltitudeFt, offsetFt, state.latDeg);
}

function emptyState(): SimState {
  return {
    timeMs: 0,
    latDeg: 0,
    lonDeg: 0,
    trackDeg: 0,
    headingDeg: 0,
    onGround: true,
    groundSpeedKt: 0,
    verticalRateFpm: 0,
    pressureAltitudeFt: 0,
    geometricAltitudeFt: 0,
  };
}
