import { bearingDeg, normalDeg } from "../geo/sphere.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { arcPoints, type PathPoint, turnTowards } from "./ground-path.js";
import { addKnot, addMovement, type LegPlan } from "./leg-plan.js";
import { planArrival, planDeparture, TOUCHDOWN_M } from "./plan-ground.js";
import { climbProfile, cruiseAltitudeFt, descentProfile, type ProfilePoint } from "./profile.js";
import { between, type RandomSource } from "./random.js";
import { type RunwayStrip, stripPoint } from "./runway-strip.js";
import type { SimPerformance } from "./sim-aircraft.js";

/** What happens at the end of a leg before the final landing. */
export type ApproachPass = "go-around" | "touch-and-go";

/** One leg to lay out. Equal ends and at least one pass make a training circuit. */
export interface LegRequest {
  readonly from: RunwayStrip;
  readonly to: RunwayStrip;
  readonly performance: SimPerformance;
  readonly passes: readonly ApproachPass[];
  readonly random: RandomSource;
}

/** Chosen: a cruise knot this often, so that the wind can change on the way. */
const CRUISE_KNOT_M = 50 * METRES_PER_NM;
const GO_AROUND_HEIGHT_FT = 220;

/** Height and size of the circuit flown after a pass. */
interface Circuit {
  readonly heightFt: number;
  readonly maxIndicatedKt: number;
  readonly radiusM: number;
  /** How far beyond the runway's end, and before its threshold, the turns begin. */
  readonly beyondM: number;
  readonly beforeM: number;
}

const CIRCUITS: Readonly<Record<ApproachPass, Circuit>> = {
  "touch-and-go": {
    heightFt: 1500,
    maxIndicatedKt: 160,
    radiusM: 2200,
    beyondM: 3000,
    beforeM: 6500,
  },
  "go-around": {
    heightFt: 3000,
    maxIndicatedKt: 190,
    radiusM: 4200,
    beyondM: 7000,
    beforeM: 16_000,
  },
};

/**
 * Lays out a leg from stand to stand.
 *
 * @throws RangeError when the two airports are too close for a climb and a descent between them
 */
export function planLeg(request: LegRequest): LegPlan {
  const { from, to, performance, random } = request;
  const plan = planDeparture(from, performance, random);
  let passes = request.passes;
  if (from.airport.ident === to.airport.ident) {
    if (passes.length === 0) throw new RangeError("a leg that ends where it began needs a pass");
    flyCircuit(plan, to, performance, passes[0]!);
  } else {
    flyRoute(plan, request);
  }
  for (; passes.length > 0; passes = passes.slice(1)) {
    const pass = passes[0]!;
    if (pass === "go-around") goAround(plan, to);
    else touchAndGo(plan, to, performance);
    flyCircuit(plan, to, performance, pass);
  }
  touchDown(plan, to, performance);
  addMovement(plan, "landing", to);
  planArrival(plan, to, random);
  return plan;
}

/** From lift-off to short final: straight out, turn, great circle, turn on to a final of 8 to 12 NM. */
function flyRoute(plan: LegPlan, { from, to, performance, random }: LegRequest): void {
  const startM = plan.path.lengthM;
  layRoute(plan, from, to, random);
  const climbFromFt = from.elevationFt;
  const trackDeg = bearingDeg(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
  const totalM = plan.path.lengthM - startM;
  const levelFt = cruiseAltitudeFt(performance, totalM, {
    fromFt: climbFromFt,
    toFt: to.elevationFt,
    trackDeg,
  });
  // Long legs start lower while heavy and step up twice, keeping to levels of their direction.
  const steps = totalM > 1800 * METRES_PER_NM ? 2 : 0;
  const firstFt = levelFt - steps * 2000;
  const startKt = plan.knots[plan.knots.length - 1]!.speedKt;
  const climb = climbProfile(performance, {
    fromFt: climbFromFt,
    toFt: firstFt,
    startKt,
    maxIndicatedKt: Number.POSITIVE_INFINITY,
  });
  for (const point of climb) addProfileKnot(plan, startM + point.distanceM, point);
  const descent = descentProfile(performance, to.elevationFt, levelFt);
  const descentStartM = plan.path.lengthM - descent[descent.length - 1]!.distanceM;
  addCruise(plan, { endM: descentStartM, firstFt, steps, speedKt: performance.cruiseKt });
  for (const point of descent.reverse())
    addProfileKnot(plan, plan.path.lengthM - point.distanceM, point);
}

function addProfileKnot(plan: LegPlan, alongM: number, point: ProfilePoint): void {
  addKnot(plan, { alongM, speedKt: point.speedKt, altitudeFt: point.altitudeFt });
}

function addCruise(
  plan: LegPlan,
  cruise: {
    readonly endM: number;
    readonly firstFt: number;
    readonly steps: number;
    readonly speedKt: number;
  },
): void {
  const last = plan.knots[plan.knots.length - 1]!;
  const startM = last.alongM;
  const room = cruise.endM - startM;
  const count = Math.max(2, Math.round(room / CRUISE_KNOT_M));
  // A step climb takes a whole interval of 50 NM: some 300 ft/min.
  const stepAt = [Math.round(count * 0.35), Math.round(count * 0.7)];
  // Low hops fly as slowly as the speed of their climb; the rest reach cruise speed in the first interval.
  const speedKt = Math.min(cruise.speedKt, Math.max(last.speedKt, last.altitudeFt * 0.013 + 120));
  for (let i = 1; i < count; i++) {
    const done = cruise.steps === 0 ? 0 : stepAt.filter((at) => i > at).length;
    addKnot(plan, {
      alongM: startM + (room * i) / count,
      speedKt,
      altitudeFt: cruise.firstFt + done * 2000,
    });
  }
}

/** The horizontal line of `flyRoute`, ending at the touchdown point. */
function layRoute(plan: LegPlan, from: RunwayStrip, to: RunwayStrip, random: RandomSource): void {
  const path = plan.path;
  const finalM = between(random, 8, 12) * METRES_PER_NM;
  path.lineTo(stripPoint(from, from.lengthM + between(random, 2.5, 4.5) * METRES_PER_NM, 0));
  const out: PathPoint = { ...path.end, trackDeg: path.endTrackDeg };
  const outRadiusM = 4200;
  const inRadiusM = 3600;
  const gate: PathPoint = { ...stripPoint(to, -finalM, 0), trackDeg: to.directionDeg };
  const back: PathPoint = { ...gate, trackDeg: normalDeg(gate.trackDeg + 180) };
  let departureTurn: PathPoint[] = [];
  let arrivalTurn: PathPoint[] = [];
  // Each turn aims at the end of the other; three rounds bring both within metres.
  for (let round = 0; round < 3; round++) {
    const outEnd = departureTurn[departureTurn.length - 1] ?? out;
    const inAngle = turnTowards(back, outEnd, inRadiusM);
    arrivalTurn = inAngle === 0 ? [] : arcPoints(back, inAngle, inRadiusM);
    const inEnd = arrivalTurn[arrivalTurn.length - 1] ?? back;
    const outAngle = turnTowards(out, inEnd, outRadiusM);
    departureTurn = outAngle === 0 ? [] : arcPoints(out, outAngle, outRadiusM);
  }
  path.follow(departureTurn);
  // The arrival turn was laid backwards from the gate.
  const forward = [back, ...arrivalTurn]
    .reverse()
    .map((point) => ({ ...point, trackDeg: normalDeg(point.trackDeg + 180) }));
  path.lineTo(forward[0]!);
  path.follow(forward);
  path.lineTo(stripPoint(to, TOUCHDOWN_M, 0));
}

/** Broken off just before the runway: the last knots of the descent below the lowest height are taken back. */
function goAround(plan: LegPlan, strip: RunwayStrip): void {
  const lowFt = strip.elevationFt + GO_AROUND_HEIGHT_FT;
  while (plan.knots[plan.knots.length - 1]!.altitudeFt < lowFt) plan.knots.pop();
  const last = plan.knots[plan.knots.length - 1]!;
  const touchM = plan.path.lengthM;
  const aboveFt = last.altitudeFt - lowFt;
  const alongM = Math.min(touchM - 500, last.alongM + aboveFt * 5.8);
  addKnot(plan, { alongM, speedKt: last.speedKt, altitudeFt: lowFt });
  addMovement(plan, "go-around", strip);
  addKnot(plan, { alongM: touchM, speedKt: last.speedKt + 5, altitudeFt: lowFt + 130 });
}

/** Wheels touch, roll on for a few seconds, and lift again. */
function touchAndGo(plan: LegPlan, strip: RunwayStrip, performance: SimPerformance): void {
  touchDown(plan, strip, performance);
  addMovement(plan, "touch-and-go", strip);
  plan.path.lineTo(stripPoint(strip, TOUCHDOWN_M + 600, 0));
  addKnot(plan, {
    alongM: plan.path.lengthM,
    speedKt: performance.approachKt + 5,
    altitudeFt: strip.elevationFt,
    calm: true,
  });
}

function touchDown(plan: LegPlan, strip: RunwayStrip, performance: SimPerformance): void {
  addKnot(plan, {
    alongM: plan.path.lengthM,
    speedKt: performance.approachKt - 6,
    altitudeFt: strip.elevationFt,
    onGround: true,
    calm: true,
  });
}

/** Straight on, round a left or right circuit away from the apron, and down final again to the touchdown point. */
function flyCircuit(
  plan: LegPlan,
  strip: RunwayStrip,
  performance: SimPerformance,
  pass: ApproachPass,
): void {
  const circuit = CIRCUITS[pass];
  const start = plan.knots[plan.knots.length - 1]!;
  const path = plan.path;
  const half = -180 * strip.apronSide;
  path.lineTo(stripPoint(strip, strip.lengthM + circuit.beyondM, 0));
  path.turn(half, circuit.radiusM);
  path.lineTo(stripPoint(strip, -circuit.beforeM, -2 * circuit.radiusM * strip.apronSide));
  path.turn(half, circuit.radiusM);
  path.lineTo(stripPoint(strip, TOUCHDOWN_M, 0));
  const topFt = strip.elevationFt + circuit.heightFt;
  const climb = climbProfile(performance, {
    fromFt: start.altitudeFt,
    toFt: topFt,
    startKt: start.speedKt,
    maxIndicatedKt: circuit.maxIndicatedKt,
  });
  for (const point of climb) addProfileKnot(plan, start.alongM + point.distanceM, point);
  for (const point of descentProfile(performance, strip.elevationFt, topFt).reverse())
    addProfileKnot(plan, path.lengthM - point.distanceM, {
      ...point,
      speedKt: Math.min(point.speedKt, circuit.maxIndicatedKt),
    });
}
