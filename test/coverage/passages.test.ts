import assert from "node:assert/strict";
import { test } from "node:test";
import { CoverageBuilder } from "../../src/coverage/builder.js";
import type { Coverage } from "../../src/coverage/coverage.js";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport } from "../../src/place/airport.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { DAY_MS, HOUR_MS, METRES_PER_NM } from "../../src/units/quantity.js";
import { testAirport } from "../sim/airports.js";
import { type Flight, type HeardOptions, heardTrack, type Moment, shuttle } from "./fly.js";

const SVMI = testAirport("SVMI");
const TTPP = testAirport("TTPP");
const MUHA = testAirport("MUHA");
const AIRPORTS = buildAirportTable([SVMI, TTPP, MUHA]);
const FIRST_MS = Date.UTC(2019, 0, 7, 14);
const PERIOD = { fromMs: Date.UTC(2019, 0, 7), toMs: Date.UTC(2019, 0, 17) - 1 };
const DAILY = { firstMs: FIRST_MS, count: 10, apartMs: DAY_MS };

function isNear(moment: Moment, airport: Airport, nm: number): boolean {
  const { latDeg, lonDeg } = airport;
  return sphereDistanceM(moment.latDeg, moment.lonDeg, latDeg, lonDeg) < nm * METRES_PER_NM;
}

/** Hears everything but what is lower than `floorFt` above an airport within 40 NM of it. */
function deafBelow(airport: Airport, floorFt: number): (moment: Moment) => boolean {
  return (moment) =>
    !isNear(moment, airport, 40) ||
    (!moment.onGround && moment.altitudeFt - airport.elevationFt >= floorFt);
}

function measured(flights: readonly Flight[], hears: HeardOptions["hears"]): Coverage {
  const builder = new CoverageBuilder();
  builder.add(heardTrack(flights, { address: "0d8001", hears }), AIRPORTS);
  return builder.build();
}

test("a floor that is known is found again, on both sides of a stop", () => {
  const coverage = measured(shuttle(TTPP, SVMI, DAILY), deafBelow(SVMI, 2500));
  const { arrivals, departures } = coverage.airportFloors("SVMI", PERIOD);
  for (const floors of [arrivals, departures]) {
    assert.equal(floors.trialCount, 10);
    assert.equal(floors.heardCount, 10);
    assert.equal(floors.seenCount, 0);
    // Points come every 20 s, which is 690 ft of descent here.
    assert.ok(floors.medianFt >= 2500 && floors.medianFt < 3300, `${floors.medianFt} ft`);
  }
  const answer = coverage.landingSeen({ airport: SVMI, ...PERIOD });
  assert.ok(answer.kind === "known" && answer.probability < 0.1);
  const higher = coverage.landingSeen({ airport: SVMI, ...PERIOD, seenBelowFt: 3500 });
  assert.ok(higher.kind === "known" && higher.lower > 0.8);
  assert.match(higher.basis, /20 of them were heard on the ground or below 3,500 ft/);
});

test("a stop heard to the ground is a trial of both sides", () => {
  const coverage = measured(shuttle(TTPP, SVMI, DAILY), () => true);
  const { both } = coverage.airportFloors("SVMI", PERIOD);
  assert.equal(both.trialCount, 20);
  assert.equal(both.groundCount, 20);
  assert.equal(both.medianFt, 0);
  // At home the first departure and the last arrival have no other side.
  assert.equal(coverage.airportFloors("TTPP", PERIOD).both.trialCount, 18);
});

test("arrivals that nobody hears are counted by the departures after them", () => {
  // Nobody listens near SVMI before its departures begin to climb out.
  const flights = shuttle(TTPP, SVMI, DAILY);
  const inbound = new Set(flights.filter(({ to }) => to === SVMI));
  const hears = (moment: Moment) => {
    const isInbound = [...inbound].some(
      ({ liftOffMs }) => moment.timeMs >= liftOffMs && moment.timeMs < liftOffMs + 75 * 60_000,
    );
    return !(isInbound && isNear(moment, SVMI, 60));
  };
  const { arrivals, departures } = measured(flights, hears).airportFloors("SVMI", PERIOD);
  assert.equal(arrivals.trialCount, 10);
  assert.equal(arrivals.heardCount, 0);
  assert.ok(Number.isNaN(arrivals.medianFt));
  // Departures have only arrivals to vouch for them, and nobody heard those.
  assert.equal(departures.trialCount, 0);
  assert.equal(departures.followedCount, 10);
});

test("an airport where nobody listens on either side is unknown, not zero", () => {
  const coverage = measured(shuttle(TTPP, MUHA, DAILY), (moment) => !isNear(moment, MUHA, 200));
  const answer = coverage.landingSeen({ airport: MUHA, ...PERIOD });
  assert.equal(answer.kind, "unknown");
  assert.match(answer.kind === "unknown" ? answer.reason : "", /too little traffic: 0 passages/);
});

test("aircraft that fly on are no passages of the airports they overfly", () => {
  // TTPP to MUHA passes 300 NM north of SVMI at most times; put an airport under its path.
  const flights = shuttle(TTPP, MUHA, DAILY);
  const under: Airport = { ...testAirport("MDSD"), ident: "UNDER", latDeg: 16.9, lonDeg: -72 };
  const builder = new CoverageBuilder();
  const airports = buildAirportTable([TTPP, MUHA, under]);
  builder.add(heardTrack(flights, { address: "0d8001", hears: () => true }), airports);
  assert.deepEqual(
    builder.parts().airports.map(({ ident }) => ident),
    ["MUHA", "TTPP"],
  );
});

const HOLE: Airport = { ...SVMI, latDeg: 16.5, lonDeg: -72 };

function farFromHole(moment: Moment): boolean {
  return !isNear(moment, HOLE, 100);
}

test("a hole in cruise is time passed unheard, and over the whole way", () => {
  const coverage = measured(shuttle(TTPP, MUHA, DAILY), farFromHole);
  const at = { latDeg: 16.9, lonDeg: -72, heightFt: 33_000, ...PERIOD };
  const deaf = coverage.heardShare(at);
  assert.ok(deaf.kind === "known" && deaf.upper < 0.2, JSON.stringify(deaf));
  const heard = coverage.heardShare({ ...at, latDeg: 13.2, lonDeg: -65.6 });
  assert.ok(heard.kind === "known" && heard.lower > 0.8, JSON.stringify(heard));
  assert.equal(coverage.heardShare({ ...at, latDeg: 50 }).kind, "unknown");
});

test("hours in which a receiver sleeps differ from those in which it hears", () => {
  const sleeps = (moment: Moment): boolean => {
    const hour = (moment.timeMs / HOUR_MS) % 24;
    return hour >= 11 && hour < 23 ? true : deafBelow(SVMI, 3000)(moment);
  };
  const builder = new CoverageBuilder();
  for (const [index, hour] of [12, 16, 22, 1, 4].entries()) {
    const firstMs = Date.UTC(2019, 0, 7, hour);
    const flights = shuttle(TTPP, SVMI, { firstMs, count: 10, apartMs: DAY_MS });
    builder.add(heardTrack(flights, { address: `0d800${index}`, hears: sleeps }), AIRPORTS);
  }
  const coverage = builder.build();
  const day = coverage.landingSeen({ airport: SVMI, timeMs: Date.UTC(2019, 0, 12, 16) });
  const night = coverage.landingSeen({ airport: SVMI, timeMs: Date.UTC(2019, 0, 12, 3) });
  assert.ok(day.kind === "known" && day.lower > 0.8, JSON.stringify(day));
  assert.ok(night.kind === "known" && night.upper < 0.3, JSON.stringify(night));
  const all = coverage.landingSeen({ airport: SVMI, ...PERIOD });
  assert.ok(all.kind === "known" && all.probability > 0.1 && all.probability < 0.7);
});

test("days without any position lower the probability of a period in their share", () => {
  const coverage = measured(shuttle(TTPP, SVMI, DAILY), () => true);
  const inside = coverage.landingSeen({
    airport: SVMI,
    fromMs: Date.UTC(2019, 0, 8),
    toMs: Date.UTC(2019, 0, 16) - 1,
  });
  const half = coverage.landingSeen({
    airport: SVMI,
    fromMs: Date.UTC(2019, 0, 12),
    toMs: Date.UTC(2019, 0, 22) - 1,
  });
  assert.ok(inside.kind === "known" && inside.lower > 0.8);
  assert.ok(half.kind === "known" && half.upper <= 0.51);
  const none = coverage.landingSeen({ airport: SVMI, timeMs: Date.UTC(2019, 1, 3) });
  assert.equal(none.kind, "unknown");
});

test("neighbours answer for an airport without traffic, with a wider interval, and are named", () => {
  const near: Airport = { ...SVMI, ident: "NEAR", latDeg: 10.8, lonDeg: -66.5, kind: "small" };
  const coverage = measured(shuttle(TTPP, SVMI, DAILY), () => true);
  const own = coverage.landingSeen({ airport: SVMI, ...PERIOD });
  const other = coverage.landingSeen({ airport: near, ...PERIOD });
  assert.ok(own.kind === "known" && other.kind === "known");
  assert.ok(other.upper - other.lower > 2 * (own.upper - own.lower));
  assert.equal(other.n, 0);
  assert.match(other.basis, /neighbours within 60 NM/);
  assert.match(other.basis, /interval is wide/);
});

test("MLAT and ADS-B are told apart where there is enough of the one asked for", () => {
  const builder = new CoverageBuilder();
  const flights = shuttle(TTPP, SVMI, DAILY);
  const mlat = { address: "0d8002", hears: deafBelow(SVMI, 3000), positionSource: "mlat" } as const;
  builder.add(heardTrack(flights, { address: "0d8001", hears: () => true }), AIRPORTS);
  builder.add(heardTrack(flights, mlat), AIRPORTS);
  const coverage = builder.build();
  const of = (transmitterClass: "adsb" | "mlat" | "other") => {
    const answer = coverage.landingSeen({ airport: SVMI, transmitterClass, ...PERIOD });
    assert.ok(answer.kind === "known");
    return answer;
  };
  assert.ok(of("adsb").lower > 0.7);
  assert.ok(of("mlat").upper < 0.3);
  assert.match(of("other").basis, /too few with other positions/);
});

test("helicopters are heard but are no measure of airports", () => {
  const builder = new CoverageBuilder();
  const source = { stated: { typeDesignator: "EC35" } };
  const flights = shuttle(TTPP, SVMI, DAILY);
  builder.add(heardTrack(flights, { address: "0d8001", hears: () => true, source }), AIRPORTS);
  const parts = builder.parts();
  assert.equal(parts.passages.length, 0);
  assert.ok(parts.rows.length > 100);
});

test("nothing measured is nothing known", () => {
  const coverage = new CoverageBuilder().build();
  assert.equal(coverage.landingSeen({ airport: SVMI, ...PERIOD }).kind, "unknown");
  const at = { latDeg: 10, lonDeg: -67, ...PERIOD };
  assert.equal(coverage.heardShare({ ...at, heightFt: 1000 }).kind, "unknown");
  assert.ok(coverage.heardTable(at).every(({ allDay }) => Number.isNaN(allDay.share)));
  assert.deepEqual(coverage.measuredIn(0, DAY_MS * 3 - 1), {
    dayCount: 3,
    heldDayCount: 0,
    pointCount: 0,
    aircraftDayCount: 0,
  });
  assert.throws(() => coverage.landingSeen({ airport: SVMI, fromMs: 2, toMs: 1 }), RangeError);
});
