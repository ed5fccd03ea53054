import assert from "node:assert/strict";
import { test } from "node:test";
import type { Movement } from "../../src/movement/movement.js";
import { HOUR_MS, MINUTE_MS } from "../../src/units/quantity.js";
import { ATOLL, HIGH, PORT, TOWN } from "../support/airports.js";
import { analyse, fly, type Pilot, summary } from "../support/fly.js";

const WEST = { latDeg: 50.1, lonDeg: 8 };
const EAST = { latDeg: 50.1, lonDeg: 15 };

const movementsOf = (pilot: Pilot): readonly Movement[] => analyse(pilot.track()).movements;

test("how an aircraft is lost on approach decides the class: the lower and nearer, the surer", () => {
  const cases: [number, string][] = [
    [100, "G2"],
    [250, "G2"],
    [600, "G3"],
    [1300, "G3"],
    [2500, "G4"],
    [3500, "G4"],
  ];
  for (const [downToFt, evidenceClass] of cases) {
    const [landing, ...more] = movementsOf(fly().approach(TOWN, "09R", { fromNm: 25, downToFt }));
    assert.deepEqual(more, []);
    assert.equal(landing?.evidenceClass, evidenceClass, `lost at ${downToFt} ft`);
    assert.equal(landing.evidence, "inferred");
    assert.equal(landing.airport, TOWN);
    // Over 12 NM out a runway is a guess.
    assert.equal(landing.runway, downToFt < 4000 ? "09R" : undefined);
  }
});

test("an approach lost at a high field is judged by its height and not by its altitude", () => {
  const [landing] = movementsOf(fly().approach(HIGH, "10", { fromNm: 15, downToFt: 150 }));
  assert.equal(landing?.airport, HIGH);
  assert.equal(landing?.evidenceClass, "G2");
});

test("an approach lost at a runway across 180 degrees is a landing there", () => {
  for (const runway of ["07", "25"]) {
    const [landing] = movementsOf(fly().approach(ATOLL, runway, { fromNm: 15, downToFt: 150 }));
    assert.equal(landing?.airport, ATOLL);
    assert.equal(landing?.runway, runway);
  }
});

test("a climb first heard near a field is a take-off from it", () => {
  const pilot = fly().unheard((deaf) => deaf.takeOff(TOWN, "27R", { toFt: 800 }));
  pilot.flyTo(WEST, { altitudeFt: 20_000, speedKt: 300 });
  const [takeoff, ...more] = movementsOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(takeoff?.kind, "takeoff");
  assert.equal(takeoff.airport, TOWN);
  assert.equal(takeoff.evidenceClass, "G7");
  const [truth] = pilot.log;
  assert.ok(takeoff.timeFromMs <= truth!.timeMs && truth!.timeMs <= takeoff.timeToMs);
});

test("lost in cruise, even over an airport, says nothing", () => {
  assert.deepEqual(movementsOf(fly().start(WEST, 36_000).flyTo(TOWN)), []);
  assert.deepEqual(movementsOf(fly().start(WEST, 36_000).flyTo(EAST)), []);
});

test("lost in a climb says nothing of a landing", () => {
  const pilot = fly().stand(5, TOWN).takeOff(TOWN, "09L", { toFt: 1500 });
  assert.deepEqual(summary(movementsOf(pilot)), ["takeoff XTWN seen"]);
});

test("level past an airport, high or low, is nothing", () => {
  for (const altitudeFt of [2500, 6000, 15_000, 36_000])
    assert.deepEqual(
      movementsOf(
        fly()
          .start({ ...WEST, latDeg: 50.02 }, altitudeFt, 250)
          .flyTo(EAST),
      ),
      [],
    );
});

test("level and low past an airport, and then lost, is nothing", () => {
  for (const lonDeg of [9.9, 10.05, 10.4])
    assert.deepEqual(
      movementsOf(
        fly().start({ latDeg: 50.02, lonDeg: 8.5 }, 2500, 200).flyTo({ latDeg: 50.02, lonDeg }),
      ),
      [],
      `lost at ${lonDeg}`,
    );
});

test("a wild last altitude in cruise over an airport is no landing", () => {
  const pilot = fly().start(WEST, 36_000).flyTo(TOWN);
  pilot.nowMs += 10_000;
  pilot.emit({ altitudeFt: 350 });
  assert.deepEqual(movementsOf(pilot), []);
});

test("a go-around is one, and no landing; the second approach may be", () => {
  const pilot = fly()
    .start(WEST, 6000, 250)
    .goAround(TOWN, "09L", { lowestFt: 250 })
    .flyTo({ latDeg: 50.1, lonDeg: 9.5 }, { altitudeFt: 4000 })
    .land(TOWN, "09L")
    .stand(5);
  assert.deepEqual(summary(movementsOf(pilot)), ["go-around XTWN seen", "landing XTWN seen"]);
});

test("a low pass is one, and no landing", () => {
  const pilot = fly().start(WEST, 6000, 250).lowPass(TOWN, "09L").flyTo(EAST, { altitudeFt: 6000 });
  assert.deepEqual(summary(movementsOf(pilot)), ["low-pass XTWN seen"]);
});

/** Lost low on approach, back in the climb an hour later, with the stop itself unheard. */
function stopInGap(): Pilot {
  return fly()
    .start({ latDeg: 50.1, lonDeg: 7 }, 30_000, 450)
    .approach(TOWN, "09R", { fromNm: 20, downToFt: 900 })
    .unheard((deaf) =>
      deaf.land(TOWN, "09R", { fromNm: 0.5 }).stand(60).takeOff(TOWN, "09R", { toFt: 1200 }),
    )
    .flyTo(PORT, { altitudeFt: 30_000, speedKt: 400 });
}

test("lost on approach and back in the climb is one stop at one airport", () => {
  const pilot = stopInGap();
  const found = movementsOf(pilot);
  assert.deepEqual(summary(found), ["landing XTWN inferred", "takeoff XTWN inferred"]);
  found.forEach(({ timeFromMs, timeToMs }, at) => {
    const { timeMs } = pilot.log[at]!;
    assert.ok(timeFromMs <= timeMs && timeMs <= timeToMs);
  });
});

test("the two halves of a stop in a gap do not overlap in the wrong order", () => {
  const [landing, takeoff] = movementsOf(stopInGap());
  assert.ok(landing!.timeMs <= takeoff!.timeMs);
});

test("a long gap with hours to spare is a stop somewhere: bounded in time, and no airport is named", () => {
  const pilot = fly()
    .start(WEST, 36_000)
    .flyTo({ latDeg: 50.1, lonDeg: 9 })
    .silence(6 * 60);
  pilot.flyTo(EAST);
  const found = movementsOf(pilot);
  assert.deepEqual(summary(found), ["landing ? inferred", "takeoff ? inferred"]);
  const gap = analyse(pilot.track()).gaps[0]!;
  for (const { evidenceClass, timeFromMs, timeToMs, probability } of found) {
    assert.equal(evidenceClass, "GAP");
    assert.deepEqual([timeFromMs, timeToMs], [gap.fromMs, gap.toMs]);
    assert.ok(probability < 1);
  }
});

test("a gap just as long as the way across takes is no stop", () => {
  const pilot = fly().start(WEST, 36_000);
  pilot.unheard((deaf) => deaf.flyTo({ latDeg: 50, lonDeg: 60 }));
  const heard = pilot.flyTo({ latDeg: 50, lonDeg: 62 });
  assert.deepEqual(movementsOf(heard), []);
});

test("on the ground here and later on the ground elsewhere: it flew, unseen", () => {
  const pilot = fly()
    .stand(10, TOWN)
    .unheard((deaf) =>
      deaf.takeOff(TOWN, "09L").flyTo(PORT, { altitudeFt: 30_000, speedKt: 450 }).land(PORT, "18"),
    )
    .stand(10);
  const found = movementsOf(pilot);
  assert.deepEqual(summary(found), ["takeoff XTWN inferred", "landing XPRT inferred"]);
  found.forEach(({ timeFromMs, timeToMs }, at) => {
    const { timeMs } = pilot.log[at]!;
    assert.ok(timeFromMs <= timeMs && timeMs <= timeToMs);
  });
});

test("a day's silence at the same gate is no flight that anybody could claim", () => {
  const pilot = fly()
    .stand(10, TOWN)
    .silence(24 * 60)
    .stand(10);
  assert.deepEqual(movementsOf(pilot), []);
});

test("a landing after a hole of many minutes is inferred, with the hole as its interval", () => {
  const pilot = fly()
    .start(WEST, 20_000, 300)
    .flyTo({ latDeg: 50.1, lonDeg: 9 }, { altitudeFt: 9000 });
  const lostMs = pilot.points.at(-1)!.timeMs;
  pilot.unheard((deaf) => deaf.land(TOWN, "09L").stand(20)).stand(5);
  const [landing, ...more] = movementsOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(landing?.airport, TOWN);
  assert.equal(landing.evidence, "inferred");
  assert.ok(landing.timeFromMs <= pilot.log[0]!.timeMs && pilot.log[0]!.timeMs <= landing.timeToMs);
  assert.ok(landing.timeFromMs >= lostMs);
});

test("an estimate never leaves its gap, however long the gap is", () => {
  for (const minutes of [7, 30, 300, 3000]) {
    const pilot = fly()
      .start(WEST, 30_000, 450)
      .flyTo({ latDeg: 50.1, lonDeg: 9 })
      .silence(minutes);
    pilot.flyTo(EAST);
    for (const { timeFromMs, timeToMs, timeMs } of movementsOf(pilot)) {
      assert.ok(timeFromMs <= timeMs && timeMs <= timeToMs);
      assert.ok(timeToMs - timeFromMs <= minutes * MINUTE_MS + HOUR_MS);
    }
  }
});
