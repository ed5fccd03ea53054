import assert from "node:assert/strict";
import { test } from "node:test";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport } from "../../src/place/airport.js";
import { pressureOffsetFt, qnhHpa } from "../../src/sim/atmosphere.js";
import { flyPlan, type SimState } from "../../src/sim/fly.js";
import { inventAircraft } from "../../src/sim/january-2019-fleet.js";
import { timetableOf } from "../../src/sim/leg-plan.js";
import { stripOffsets } from "../../src/sim/runway-strip.js";
import { SIM_PERFORMANCE, type SimType } from "../../src/sim/sim-aircraft.js";
import { type ScheduledLeg, type TimedLeg, timeLeg } from "../../src/sim/simulate.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";
import { testAirport } from "./airports.js";

const START_MS = Date.UTC(2019, 0, 23, 12);

function fly(type: SimType, leg: Partial<ScheduledLeg> & { from: Airport; to: Airport }) {
  const aircraft = inventAircraft("0dff77", "YV-SIM77", type, { operator: "SIMULATED" });
  const timed = timeLeg(aircraft, { callsign: "SIM77", at: { offBlockMs: START_MS }, ...leg });
  return { timed, states: statesOf(timed) };
}

function statesOf(timed: TimedLeg): SimState[] {
  const states: SimState[] = [];
  const timetable = timetableOf(timed.plan, timed.offBlockMs, START_MS);
  flyPlan(timed.plan, timetable, (state) => states.push({ ...state }));
  return states;
}

function checkPhysics(states: readonly SimState[], climbFpm: number): void {
  for (let i = 1; i < states.length; i++) {
    const before = states[i - 1]!;
    const state = states[i]!;
    const seconds = (state.timeMs - before.timeMs) / 1000;
    assert.ok(seconds > 0 && seconds <= 10.001, `step of ${seconds} s`);
    assert.ok(state.groundSpeedKt >= 0 && state.groundSpeedKt < 620);
    assert.ok(state.verticalRateFpm <= climbFpm && state.verticalRateFpm > -3500);
    const movedM = sphereDistanceM(before.latDeg, before.lonDeg, state.latDeg, state.lonDeg);
    const fastestKt = Math.max(before.groundSpeedKt, state.groundSpeedKt);
    // Straight lines are never longer than the way flown at the faster of two speeds, but for the grid's own rounding.
    const limitM = (fastestKt + 12) * 0.5145 * seconds + 3;
    assert.ok(movedM <= limitM, `${movedM} m in ${seconds} s at ${fastestKt} kt`);
    const accelerationKt = (state.groundSpeedKt - before.groundSpeedKt) / seconds;
    assert.ok(Math.abs(accelerationKt) < 6, `${accelerationKt} kt a second`);
    const climbedFt = state.pressureAltitudeFt - before.pressureAltitudeFt;
    assert.ok(Math.abs(climbedFt) <= (4500 / 60) * seconds + 30, `${climbedFt} ft`);
  }
}

const HOPS: readonly [SimType, string, string][] = [
  ["AT72", "SVMI", "SVMC"],
  ["AT72", "TNCC", "TNCA"],
  ["E190", "SVMI", "TNCC"],
  ["A320", "SKBO", "TNCA"],
  ["B738", "UUWW", "LFPG"],
  ["IL96", "SGAS", "MUHA"],
  ["A124", "GOBD", "SVMI"],
  ["B788", "LEMD", "SKBO"],
];

for (const [type, from, to] of HOPS) {
  test(`${type} from ${from} to ${to} obeys physics and touches down on the runway`, () => {
    const { timed, states } = fly(type, { from: testAirport(from), to: testAirport(to) });
    checkPhysics(states, SIM_PERFORMANCE[type].climbFpm + 1);
    const landing = timed.plan.movements.find((movement) => movement.kind === "landing")!;
    const touch = states.findIndex(
      (state, i) => i > 0 && state.onGround && !states[i - 1]!.onGround,
    );
    for (const [state, strip] of [
      [states[touch]!, landing.strip],
      [states.find((one) => !one.onGround)!, timed.plan.movements[0]!.strip],
    ] as const) {
      const { alongM, acrossM } = stripOffsets(strip, state.latDeg, state.lonDeg);
      assert.ok(alongM > 0 && alongM < strip.lengthM, `${alongM} m along`);
      assert.ok(Math.abs(acrossM) < 20, `${acrossM} m across`);
    }
    const last = states[states.length - 1]!;
    assert.ok(last.groundSpeedKt < 1 && last.onGround);
  });

  test(`${type} from ${from} to ${to} is on a 3 degree final 3 to 6 NM out`, () => {
    const { timed, states } = fly(type, { from: testAirport(from), to: testAirport(to) });
    const { strip } = timed.plan.movements.find((movement) => movement.kind === "landing")!;
    let checked = 0;
    for (const state of states.slice(-800)) {
      const { alongM, acrossM } = stripOffsets(strip, state.latDeg, state.lonDeg);
      const outNm = -alongM / METRES_PER_NM;
      if (state.onGround || outNm < 3 || outNm > 6 || Math.abs(acrossM) > 500) continue;
      const heightFt =
        state.pressureAltitudeFt - pressureOffsetFt(qnhHpa(state)) - strip.elevationFt;
      const perNm = (heightFt - 50) / outNm;
      assert.ok(perNm > 290 && perNm < 345, `${perNm} ft a NM`);
      assert.ok(Math.abs(acrossM) < 60, `${acrossM} m off the centreline`);
      checked++;
    }
    assert.ok(checked > 10);
  });
}

test("no faster than 250 kt indicated below 10,000 ft", () => {
  const { states } = fly("B738", { from: testAirport("UUWW"), to: testAirport("LFPG") });
  for (const state of states)
    if (!state.onGround && state.pressureAltitudeFt < 9500)
      assert.ok(state.groundSpeedKt < 290 + 40, `${state.groundSpeedKt} kt`);
});

test("a flight level is flown at a round pressure altitude", () => {
  const { states } = fly("IL96", { from: testAirport("UUWW"), to: testAirport("GOBD") });
  const level = states.filter((state) => state.verticalRateFpm === 0 && !state.onGround);
  assert.ok(level.length > 1000);
  for (const state of level) assert.equal(state.pressureAltitudeFt % 1000, 0);
});

test("pressure near the ground differs from place to place by tens to hundreds of feet", () => {
  const offsets = ["UUWW", "GOBD", "SGAS", "SVMI", "LFPG", "LEMD"].flatMap((ident) =>
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => {
      const timeMs = START_MS + day * 24 * HOUR_MS;
      return pressureOffsetFt(qnhHpa({ ...testAirport(ident), timeMs }));
    }),
  );
  assert.ok(Math.max(...offsets) > 100);
  assert.ok(Math.min(...offsets) < -100);
  assert.ok(offsets.every((offsetFt) => Math.abs(offsetFt) < 700));
});

test("a go-around comes low over the runway, never touches, and lands the second time", () => {
  const { timed, states } = fly("E190", {
    from: testAirport("SVMI"),
    to: testAirport("TNCC"),
    passes: ["go-around"],
  });
  checkPhysics(states, 2600);
  assert.deepEqual(
    timed.plan.movements.map((movement) => movement.kind),
    ["takeoff", "go-around", "landing"],
  );
  const { strip } = timed.plan.movements[1]!;
  const airborneAgain = states.filter(
    (state, i) => i > 0 && !state.onGround && states[i - 1]!.onGround,
  );
  assert.equal(airborneAgain.length, 1);
  const near = states.filter((state) => {
    const { alongM, acrossM } = stripOffsets(strip, state.latDeg, state.lonDeg);
    return !state.onGround && alongM > -1500 && alongM < 500 && Math.abs(acrossM) < 100;
  });
  assert.ok(near.length > 2);
});

test("a training flight touches the runway as often as asked and ends where it began", () => {
  const { timed, states } = fly("AT72", {
    from: testAirport("TTPP"),
    to: testAirport("TTPP"),
    passes: ["touch-and-go", "touch-and-go"],
  });
  checkPhysics(states, 1400);
  const flips = states.filter((state, i) => i > 0 && state.onGround && !states[i - 1]!.onGround);
  assert.equal(flips.length, 3);
  assert.deepEqual(
    timed.plan.movements.map((movement) => movement.kind),
    ["takeoff", "touch-and-go", "touch-and-go", "landing"],
  );
  assert.ok(timed.onBlockMs - timed.offBlockMs < 90 * MINUTE_MS);
});

test("runways without coordinates are laid through the airport's position along the stated heading", () => {
  const real = testAirport("SGAS");
  const bare: Airport = {
    ...real,
    runways: real.runways.map((runway) => ({
      ...runway,
      ends: [
        { name: "02", latDeg: Number.NaN, lonDeg: Number.NaN, headingDeg: 12 },
        { name: "20", latDeg: Number.NaN, lonDeg: Number.NaN, headingDeg: Number.NaN },
      ],
    })),
  };
  for (const airport of [bare, { ...bare, runways: [] }]) {
    const { timed, states } = fly("IL96", { from: testAirport("GOBD"), to: airport });
    checkPhysics(states, 2001);
    const { strip } = timed.plan.movements[1]!;
    const middle = stripOffsets(strip, airport.latDeg, airport.lonDeg);
    assert.ok(Math.abs(middle.alongM - strip.lengthM / 2) < 5);
    assert.ok(Math.abs(middle.acrossM) < 5);
  }
});

test("a leg timed by its touchdown touches down then", () => {
  const touchdownMs = Date.UTC(2019, 0, 24, 4, 10);
  const { timed } = fly("IL96", {
    from: testAirport("SGAS"),
    to: testAirport("MUHA"),
    at: { touchdownMs },
  });
  const timetable = timetableOf(timed.plan, timed.offBlockMs, touchdownMs);
  const landing = timed.plan.movements.find((movement) => movement.kind === "landing")!;
  assert.ok(Math.abs(timetable.timeMs[landing.knotIndex]! - touchdownMs) < 2);
});
