// Cases that were once got wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildJourneys } from "../../src/journey/build.js";
import { AIRPORTS, HIGH, PORT, STRIP, TOWN } from "../support/airports.js";
import { analyse, fly, type Pilot, summary } from "../support/fly.js";

const WEST = { latDeg: 50.1, lonDeg: 8 };
const EAST = { latDeg: 50.1, lonDeg: 15 };
const movementsOf = (pilot: Pilot) => analyse(pilot.track()).movements;
const routes = (pilot: Pilot) =>
  buildJourneys(analyse(pilot.track()), { airports: AIRPORTS }).map(({ stops }) =>
    stops.map(({ airport, openEnd }) => airport?.ident ?? openEnd ?? "?").join(" > "),
  );
/** Leaves out what was sent below an altitude from a point on. */
function heardAbove(pilot: Pilot, altitudeFt: number, from: number): Pilot {
  const kept = pilot.points.filter((p, i) => i < from || (p.altitudeFt ?? 0) >= altitudeFt);
  pilot.points.splice(0, pilot.points.length, ...kept);
  return pilot;
}

test("without ground flags, low pressure (QNH 995 and less) hides no movement", () => {
  const pilot = fly({ groundFlag: "absent", pressureErrorFt: 500 })
    .stand(10, TOWN)
    .takeOff(TOWN, "09L")
    .flyTo(PORT, { altitudeFt: 30_000, speedKt: 450 })
    .land(PORT, "18")
    .stand(20);
  assert.deepEqual(summary(movementsOf(pilot)), ["takeoff XTWN seen", "landing XPRT seen"]);
});

test("lost low at one field, later on the ground at another: land, take off, land", () => {
  const pilot = fly().start(WEST, 20_000).approach(PORT, "18", { fromNm: 15, downToFt: 500 });
  pilot.silence(300).stand(10, TOWN);
  assert.deepEqual(summary(movementsOf(pilot)), [
    "landing XPRT inferred",
    "takeoff XPRT inferred",
    "landing XTWN inferred",
  ]);
  assert.deepEqual(routes(pilot), ["before > XPRT > XTWN"]);
});

test("on the ground here, later climbing out of another field: take off, land, take off", () => {
  const pilot = fly().stand(10, TOWN).silence(290);
  const from = pilot.points.length;
  pilot.takeOff(PORT, "18", { toFt: 4000 }).flyTo(EAST, { altitudeFt: 20_000, speedKt: 300 });
  assert.deepEqual(summary(movementsOf(heardAbove(pilot, 700, from))), [
    "takeoff XTWN inferred",
    "landing XPRT inferred",
    "takeoff XPRT inferred",
  ]);
  assert.deepEqual(routes(pilot), ["XTWN > XPRT > after"]);
});

test("lost low at one field, hours later climbing out of another: one journey over both", () => {
  const pilot = fly().start(WEST, 20_000).approach(TOWN, "09L", { fromNm: 15, downToFt: 500 });
  const from = pilot.points.length;
  pilot.silence(150).takeOff(PORT, "18", { toFt: 4000 });
  pilot.flyTo(EAST, { altitudeFt: 20_000, speedKt: 300 });
  heardAbove(pilot, 700, from);
  assert.deepEqual(routes(pilot), ["before > XTWN > XPRT > after"]);
});

test("an unnamed take-off 215 km away is not from the stop where it landed", () => {
  const pilot = fly().start(WEST, 20_000).approach(TOWN, "09L", { fromNm: 15, downToFt: 500 });
  pilot.silence(180).unheard((deaf) => deaf.takeOff(PORT, "18", { toFt: 900 }));
  pilot.flyTo(EAST, { altitudeFt: 20_000, speedKt: 300 });
  assert.ok(!routes(pilot).includes("before > XTWN > after"));
});

test("the interval of a seen movement holds the moment, also where height says nothing", () => {
  const pilot = fly({ groundFlag: "absent", groundAltitude: "zero" })
    .stand(10, HIGH)
    .takeOff(HIGH, "10")
    .flyTo({ latDeg: -15.4, lonDeg: -68 }, { altitudeFt: 17_000 })
    .land(HIGH, "28")
    .stand(10);
  movementsOf(pilot).forEach(({ timeFromMs, timeToMs }, at) => {
    const { timeMs } = pilot.log[at]!;
    assert.ok(timeFromMs <= timeMs && timeMs <= timeToMs);
  });
});

test("an aircraft parked on the only field within 100 km may be said to be there", () => {
  const pilot = fly({ typeDesignator: "C172" }).start({ latDeg: 52.2, lonDeg: 10 }, 4000, 100);
  pilot.flyTo(STRIP, { altitudeFt: 1200, speedKt: 100 }).stand(10);
  assert.deepEqual(summary(movementsOf(pilot)), ["landing XSTR seen"]);
});

test("two wrong ground flags in level flight at 2,200 ft are no touch-and-go", () => {
  const pilot = fly({ typeDesignator: "C172" }).start({ latDeg: 50.005, lonDeg: 9.5 }, 2500, 90);
  pilot.flyTo({ latDeg: 50.005, lonDeg: 10.5 });
  const at = pilot.points.findIndex(({ lonDeg }) => lonDeg > 10);
  for (const i of [at, at + 1])
    pilot.points[i] = { ...pilot.points[i]!, onGround: true, altitudeFt: undefined };
  assert.deepEqual(summary(movementsOf(pilot)), []);
});

test("high pressure (QNH 1045) takes no name from an aircraft 0.2 NM before the threshold", () => {
  const pilot = fly({ pressureErrorFt: -900 }).approach(TOWN, "09R", { fromNm: 15, downToFt: 100 });
  assert.equal(movementsOf(pilot)[0]?.airport, TOWN);
});

test("an approach to 150 ft, two minutes of silence, and a climb are at least a go-around", () => {
  const pilot = fly()
    .start(WEST, 6000, 250)
    .approach(TOWN, "09L", { fromNm: 10, downToFt: 150 })
    .unheard((deaf) => deaf.goAround(TOWN, "09L", { lowestFt: 50, fromNm: 0.4 }))
    .flyTo(EAST, { altitudeFt: 9000 });
  assert.equal(movementsOf(pilot).length, 1);
});

test("heights hours apart, with none known between, are no go-around", () => {
  const pilot = fly({ groundFlag: "absent" })
    .start(WEST, 6000, 250)
    .land(TOWN, "09L")
    .stand(180)
    .takeOff(TOWN, "09L")
    .flyTo(EAST, { altitudeFt: 9000 });
  for (const [i, point] of pilot.points.entries())
    if ((point.altitudeFt ?? 0) < TOWN.elevationFt + 100)
      pilot.points[i] = { ...point, altitudeFt: undefined, onGround: undefined };
  const kinds = movementsOf(pilot).map(({ kind }) => kind);
  assert.ok(!kinds.includes("go-around"), kinds.join(", "));
});
