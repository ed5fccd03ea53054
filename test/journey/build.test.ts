import assert from "node:assert/strict";
import { test } from "node:test";
import { buildJourneys } from "../../src/journey/build.js";
import type { Journey } from "../../src/journey/journey.js";
import { HOUR_MS, MINUTE_MS } from "../../src/units/quantity.js";
import { AIRPORTS, HIGH, PORT, TOWN } from "../support/airports.js";
import { analyse, fly, type Pilot } from "../support/fly.js";

const WEST = { latDeg: 50.1, lonDeg: 7 };

function journeysOf(pilot: Pilot, stopMaxMs?: number): Journey[] {
  const options = stopMaxMs === undefined ? {} : { stopMaxMs };
  return buildJourneys(analyse(pilot.track()), { airports: AIRPORTS, ...options });
}

const route = ({ stops }: Journey): string =>
  stops.map(({ airport, openEnd }) => airport?.ident ?? openEnd ?? "?").join(" > ");

/** Town to Port and back, with `minutes` at Port. */
function thereAndBack(minutes: number): Pilot {
  return fly()
    .stand(10, TOWN)
    .takeOff(TOWN, "09L")
    .flyTo(PORT, { altitudeFt: 30_000, speedKt: 450 })
    .land(PORT, "18")
    .stand(minutes)
    .takeOff(PORT, "36")
    .flyTo(TOWN, { altitudeFt: 30_000, speedKt: 450 })
    .land(TOWN, "27L")
    .stand(10);
}

test("no track and a parked aircraft make no journey", () => {
  assert.deepEqual(journeysOf(fly()), []);
  assert.deepEqual(journeysOf(fly().stand(100, TOWN)), []);
});

test("two legs in a row are one journey with three stops", () => {
  const pilot = thereAndBack(60);
  const [journey, ...more] = journeysOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(route(journey!), "XTWN > XPRT > XTWN");
  const [first, middle, last] = journey!.stops;
  assert.deepEqual([first!.landing, last!.takeoff], [undefined, undefined]);
  assert.ok(middle!.landing && middle!.takeoff);
  assert.equal(middle!.evidence, "seen");
  assert.equal(middle!.timeZone, "Europe/Berlin");
  assert.equal(journey!.simulated, false);
});

test("a leg runs from lift-off to touchdown and is as long as the way between the two airports", () => {
  const pilot = thereAndBack(60);
  const { legs, fromMs, toMs } = journeysOf(pilot)[0]!;
  const truth = pilot.log.map(({ timeMs }) => timeMs);
  const found = legs.flatMap(({ departureMs, arrivalMs }) => [departureMs, arrivalMs]);
  found.forEach((timeMs, at) => {
    assert.ok(Math.abs(timeMs - truth[at]!) < 5000);
  });
  assert.deepEqual([fromMs, toMs], [found[0], found.at(-1)]);
  for (const { distanceM } of legs) assert.ok(Math.abs(distanceM - 215_000) < 1500);
});

test("a leg heard throughout was seen throughout", () => {
  for (const { seenShare, gaps, largestGapMs } of journeysOf(thereAndBack(60))[0]!.legs)
    assert.deepEqual([seenShare, gaps, largestGapMs], [1, [], 0]);
});

test("a stop longer than the limit ends a journey and begins the next, at the same place", () => {
  const pilot = thereAndBack(300);
  const journeys = journeysOf(pilot, 4 * HOUR_MS);
  assert.deepEqual(journeys.map(route), ["XTWN > XPRT", "XPRT > XTWN"]);
  assert.equal(journeysOf(pilot, 6 * HOUR_MS).length, 1);
});

/** Port for so many hours, seen at the begin and at the end of it. */
function stay(hours: number): Pilot {
  return fly()
    .stand(5, TOWN)
    .takeOff(TOWN, "09L")
    .land(PORT, "18")
    .stand(5)
    .silence(hours * 60)
    .takeOff(PORT, "36")
    .land(TOWN, "27R");
}

test("without a limit of one's own, two days on the ground end a journey", () => {
  assert.equal(journeysOf(stay(46)).length, 1);
  assert.equal(journeysOf(stay(50)).length, 2);
});

test("a track that begins and ends in the air has open ends, which are no stops", () => {
  const pilot = fly()
    .start(WEST, 30_000, 450)
    .land(TOWN, "09L")
    .stand(30)
    .takeOff(TOWN, "09L")
    .flyTo({ latDeg: 50.1, lonDeg: 14 }, { altitudeFt: 30_000, speedKt: 450 });
  const [journey, ...more] = journeysOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(route(journey!), "before > XTWN > after");
  const track = pilot.track();
  const [first, last] = [journey!.stops[0]!, journey!.stops.at(-1)!];
  assert.equal(first.latDeg, track.latDeg[0]);
  assert.equal(last.lonDeg, track.lonDeg[track.length - 1]);
  assert.equal(journey!.legs[0]!.departureMs, track.timeMs[0]);
  assert.equal(journey!.legs[1]!.arrivalMs, track.timeMs[track.length - 1]);
  assert.ok(Number.isNaN(journey!.legs[0]!.distanceM));
});

test("a stop nobody heard is a stop all the same, and says that it was inferred", () => {
  const pilot = fly()
    .stand(5, TOWN)
    .takeOff(TOWN, "09L")
    .approach(PORT, "18", { fromNm: 20, downToFt: 700 })
    .unheard((deaf) =>
      deaf.land(PORT, "18", { fromNm: 0.5 }).stand(60).takeOff(PORT, "36", { toFt: 1200 }),
    )
    .flyTo(TOWN, { altitudeFt: 25_000, speedKt: 400 })
    .land(TOWN, "27R")
    .stand(5);
  const [journey, ...more] = journeysOf(pilot);
  assert.deepEqual(more, []);
  assert.equal(route(journey!), "XTWN > XPRT > XTWN");
  assert.equal(journey!.stops[1]!.evidence, "inferred");
});

test("landed at one airport and next taken off from another: a leg between them nobody heard", () => {
  const pilot = fly()
    .start(WEST, 20_000, 400)
    .land(TOWN, "09L")
    .stand(10)
    .unheard((deaf) => deaf.takeOff(TOWN, "09L").land(PORT, "18").stand(60))
    .stand(10)
    .takeOff(PORT, "36")
    .flyTo({ latDeg: 51, lonDeg: 14 }, { altitudeFt: 20_000, speedKt: 400 });
  const [journey] = journeysOf(pilot);
  assert.equal(route(journey!), "before > XTWN > XPRT > after");
  const unseen = journey!.legs[1]!;
  assert.equal(unseen.gaps.length, 1);
  assert.ok(unseen.seenShare < 0.05);
});

test("a gap counts for the leg it lies in, by the part that lies in it", () => {
  const pilot = fly()
    .stand(10, TOWN)
    .takeOff(TOWN, "09L")
    .flyTo({ latDeg: 50, lonDeg: 11 }, { altitudeFt: 30_000, speedKt: 450 })
    .unheard((deaf) => deaf.flyTo({ latDeg: 50, lonDeg: 12.2 }))
    .flyTo(PORT, { speedKt: 450 })
    .land(PORT, "18")
    .stand(30)
    .silence(60)
    .stand(10)
    .takeOff(PORT, "36")
    .land(TOWN, "27L");
  const [journey] = journeysOf(pilot);
  const [out, back] = journey!.legs;
  assert.equal(out!.gaps.length, 1);
  assert.equal(out!.largestGapMs, out!.gaps[0]!.durationMs);
  assert.ok(out!.gaps[0]!.durationMs > 5 * MINUTE_MS);
  const share = 1 - out!.gaps[0]!.durationMs / (out!.arrivalMs - out!.departureMs);
  assert.ok(Math.abs(out!.seenShare - share) < 1e-9);
  // The hour of silence at the gate belongs to the stop and to no leg.
  assert.deepEqual([back!.gaps.length, back!.seenShare], [0, 1]);
});

test("legs join the stops in order, and time never runs backwards", () => {
  for (const pilot of [thereAndBack(5), thereAndBack(600), fly().land(HIGH, "10").stand(3)]) {
    for (const { stops, legs } of journeysOf(pilot)) {
      assert.equal(legs.length, stops.length - 1);
      legs.forEach((leg, at) => {
        assert.equal(leg.from, stops[at]);
        assert.equal(leg.to, stops[at + 1]);
        assert.ok(leg.departureMs <= leg.arrivalMs);
        const next = legs[at + 1];
        if (next) assert.ok(leg.arrivalMs <= next.departureMs);
      });
    }
  }
});
