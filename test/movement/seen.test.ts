import assert from "node:assert/strict";
import { test } from "node:test";
import type { Movement } from "../../src/movement/movement.js";
import type { Airport } from "../../src/place/airport.js";
import { MINUTE_MS } from "../../src/units/quantity.js";
import { ATOLL, HIGH, PORT, STRIP, TOWN } from "../support/airports.js";
import { analyse, type FlyOptions, fly, type Pilot, summary } from "../support/fly.js";

const AWAY = { latDeg: 50.3, lonDeg: 9.2 };

const movementsOf = (pilot: Pilot): readonly Movement[] => analyse(pilot.track()).movements;

/** From one airport to another, standing before and after. */
function hop(options: FlyOptions = {}): Pilot {
  return fly(options)
    .stand(10, TOWN)
    .takeOff(TOWN, "09L")
    .flyTo(PORT, { altitudeFt: 30_000, speedKt: 450 })
    .land(PORT, "18")
    .stand(20);
}

/** Out of an airport and back to it. */
function outAndBack(
  airport: Airport,
  [out, back]: [string, string],
  options: FlyOptions = {},
): Pilot {
  const away = { latDeg: airport.latDeg + 0.6, lonDeg: airport.lonDeg };
  return fly(options)
    .stand(10, airport)
    .takeOff(airport, out)
    .flyTo(away, { altitudeFt: airport.elevationFt + 9000, speedKt: 250 })
    .land(airport, back)
    .stand(10);
}

function assertTimes(pilot: Pilot, toleranceS: number): void {
  const found = movementsOf(pilot);
  assert.equal(found.length, pilot.log.length);
  pilot.log.forEach(({ kind, timeMs, airport }, at) => {
    const movement = found[at]!;
    assert.equal(movement.kind, kind);
    assert.equal(movement.airport?.ident, airport.ident);
    const offS = Math.abs(movement.timeMs - timeMs) / 1000;
    assert.ok(offS <= toleranceS, `${kind} at ${airport.ident} is ${offS} s off`);
  });
}

test("a leg from stand to stand is one take-off and one landing, seen rolling, to the second", () => {
  const pilot = hop();
  const found = movementsOf(pilot);
  assert.deepEqual(summary(found), ["takeoff XTWN seen", "landing XPRT seen"]);
  assert.deepEqual(
    found.map(({ evidenceClass, runway }) => [evidenceClass, runway]),
    [
      ["G0", "09L"],
      ["G0", "18"],
    ],
  );
  assertTimes(pilot, 5);
});

test("the same leg without any ground flag is found within half a minute", () => {
  for (const pressureErrorFt of [-400, 0, 400])
    assertTimes(hop({ groundFlag: "absent", pressureErrorFt }), 30);
});

test("without ground flags and vertical rates it is still found", () => {
  assertTimes(hop({ groundFlag: "absent", verticalRates: false }), 30);
});

test("one or two reports from the ground are a landing, of a lower class", () => {
  const pilot = fly().approach(TOWN, "09L").emit({ onGround: true, groundSpeedKt: 128 });
  pilot.nowMs += 3000;
  pilot.emit({ onGround: true, groundSpeedKt: 118 });
  const [landing, ...more] = movementsOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(landing!.kind, "landing");
  assert.equal(landing!.evidenceClass, "G1");
  assert.equal(landing!.airport, TOWN);
});

test("each of two parallel runways is told from the other, and each end from its other end", () => {
  for (const runway of ["09L", "09R", "27L", "27R"]) {
    const [landing] = movementsOf(fly().land(TOWN, runway).stand(5));
    assert.equal(landing!.runway, runway);
    const [takeoff] = movementsOf(fly().stand(5, TOWN).takeOff(TOWN, runway));
    assert.equal(takeoff!.runway, runway);
  }
});

test("a field at 8,000 ft is a field: its ground is the ground", () => {
  assertTimes(outAndBack(HIGH, ["10", "28"]), 5);
  assertTimes(outAndBack(HIGH, ["10", "28"], { groundFlag: "absent" }), 40);
});

test("an altitude of 0 on the ground of a high field is a placeholder and no depth of 8,000 ft", () => {
  assertTimes(outAndBack(HIGH, ["28", "10"], { groundAltitude: "zero" }), 5);
  assertTimes(outAndBack(HIGH, ["28", "10"], { groundFlag: "absent", groundAltitude: "zero" }), 60);
});

test("a runway across 180 degrees is one runway", () => {
  for (const [out, back] of [
    ["07", "25"],
    ["25", "07"],
  ] as const) {
    const pilot = outAndBack(ATOLL, [out, back]);
    assertTimes(pilot, 5);
    assert.deepEqual(
      movementsOf(pilot).map(({ runway }) => runway),
      [out, back],
    );
  }
});

test("a strip without runways in the table is found by its place", () => {
  const pilot = fly({ typeDesignator: "C172" }).start({ latDeg: 52.2, lonDeg: 10 }, 4000, 100);
  pilot.flyTo({ latDeg: 52.05, lonDeg: 10 }, { altitudeFt: 3000, speedKt: 100 });
  pilot.flyTo(STRIP, { altitudeFt: 1200, speedKt: 100 }).stand(10);
  const [landing, ...more] = movementsOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(landing?.evidence, "seen");
  assert.equal(landing.offAirport, false);
  assert.equal(landing.candidates[0]?.airport, STRIP);
});

test("standing at a gate all day is no movement", () => {
  assert.deepEqual(movementsOf(fly().stand(600, TOWN)), []);
  assert.deepEqual(movementsOf(fly({ groundFlag: "absent" }).stand(600, TOWN)), []);
});

test("taxiing about is no movement", () => {
  const pilot = fly().stand(5, TOWN).taxi(800, 0).taxi(1200, 90).stand(5);
  assert.deepEqual(movementsOf(pilot), []);
});

test("a lone airborne row while parked is no take-off, nor is one with an altitude of 36,000 ft", () => {
  for (const altitudeFt of [undefined, 0, 350, 36_000]) {
    const pilot = fly().stand(30, TOWN).emit({ onGround: false, altitudeFt, groundSpeedKt: 3 });
    pilot.nowMs += MINUTE_MS;
    pilot.stand(30);
    assert.deepEqual(movementsOf(pilot), [], `altitude ${altitudeFt}`);
  }
});

test("flicker between ground and air at lift-off is one take-off", () => {
  const pilot = fly().stand(5, TOWN).takeOff(TOWN, "09L").flyTo(AWAY, { altitudeFt: 8000 });
  const at = pilot.points.findIndex(({ onGround }, i) => i > 5 && onGround === false);
  for (const [i, onGround] of [
    [at - 2, false],
    [at, false],
    [at + 1, true],
    [at + 2, false],
  ] as const) {
    const { altitudeFt, ...point } = pilot.points[i]!;
    pilot.points[i] = onGround
      ? { ...point, onGround }
      : { ...point, altitudeFt: altitudeFt ?? 300, onGround };
  }
  const found = movementsOf(pilot);
  assert.deepEqual(summary(found), ["takeoff XTWN seen"]);
  assert.ok(Math.abs(found[0]!.timeMs - pilot.log[0]!.timeMs) < 10_000);
});

test("a type that calls itself airborne from 12 kt on takes off and lands once", () => {
  const pilot = hop({ typeDesignator: "E295" });
  pilot.points.forEach((point, i) => {
    if (point.onGround && point.groundSpeedKt! > 12 && point.groundSpeedKt! !== 15)
      pilot.points[i] = { ...point, onGround: false, altitudeFt: i < 100 ? 300 : 50 };
  });
  const found = movementsOf(pilot);
  assert.deepEqual(summary(found), ["takeoff XTWN seen", "landing XPRT seen"]);
  found.forEach(({ timeMs }, at) => {
    assert.ok(Math.abs(timeMs - pilot.log[at]!.timeMs) < 60_000);
  });
});

test("a touch-and-go is one, and neither a landing nor a take-off", () => {
  const pilot = fly({ typeDesignator: "C172" })
    .stand(5, TOWN)
    .takeOff(TOWN, "09L", { toFt: 1500 })
    .flyTo(AWAY, { altitudeFt: 1800 })
    .touchAndGo(TOWN, "09L")
    .flyTo(AWAY, { altitudeFt: 1800 })
    .touchAndGo(TOWN, "09L")
    .flyTo(AWAY, { altitudeFt: 1800 })
    .land(TOWN, "09L")
    .stand(5);
  assert.deepEqual(
    movementsOf(pilot).map(({ kind }) => kind),
    ["takeoff", "touch-and-go", "touch-and-go", "landing"],
  );
});

test("a landing with a quick turn and a take-off are both there", () => {
  const pilot = fly()
    .land(TOWN, "09L")
    .stand(4)
    .takeOff(TOWN, "09R")
    .flyTo(AWAY, { altitudeFt: 9000 });
  assert.deepEqual(summary(movementsOf(pilot)), ["landing XTWN seen", "takeoff XTWN seen"]);
});

test("a stop over midnight and a leg over midnight are nothing special", () => {
  const pilot = hop({ startUtc: "2023-12-31T23:38:00Z" });
  assertTimes(pilot, 5);
  assertTimes(hop({ startUtc: "2024-02-28T23:45:00Z" }), 5);
});

test("on the ground far from any airport is a landing on a surface that is none", () => {
  const pilot = fly({ typeDesignator: "C208" }).start({ latDeg: 50.7, lonDeg: 8 }, 5000, 120);
  pilot.flyTo({ latDeg: 51, lonDeg: 8 }, { altitudeFt: 1500, speedKt: 120 });
  for (let kt = 70; kt >= 0; kt -= 10) {
    pilot.nowMs += 4000;
    pilot.emit({ onGround: true, groundSpeedKt: kt });
  }
  pilot.nowMs += MINUTE_MS;
  pilot.emit({ onGround: true, groundSpeedKt: 0 });
  const [landing, ...more] = movementsOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(landing!.kind, "landing");
  assert.equal(landing!.offAirport, true);
  assert.equal(landing!.airport, undefined);
  assert.equal(landing!.evidenceClass, "N2");
});

test("a track seen twice, from two sources, gives the same movements", () => {
  const pilot = hop();
  const expected = summary(movementsOf(pilot));
  const again = pilot.points.map((point) => ({ ...point, row: point.row + 10_000 }));
  pilot.points.push(...again);
  assert.deepEqual(summary(movementsOf(pilot)), expected);
});
