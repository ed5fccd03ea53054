import assert from "node:assert/strict";
import { test } from "node:test";
import { CoverageBuilder } from "../../src/coverage/builder.js";
import { Coverage } from "../../src/coverage/coverage.js";
import { partsFromJson, partsToJson } from "../../src/coverage/coverage-json.js";
import { NO_PARTS } from "../../src/coverage/parts.js";
import type { AirportPlace, Passage } from "../../src/coverage/passage.js";
import { seenSharesOf } from "../../src/movement/seen-shares.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { DAY_MS, HOUR_MS } from "../../src/units/quantity.js";
import { testAirport } from "../sim/airports.js";
import { heardTrack, shuttle } from "./fly.js";

const CITY = testAirport("SVMI");
/** A strip eleven miles from it. */
const STRIP = { ...CITY, ident: "XSTR", latDeg: CITY.latDeg - 0.18 };
const FIRST_DAY = Date.UTC(2019, 0, 7) / DAY_MS;
const DAY_COUNT = 10;
const PERIOD = { fromMs: FIRST_DAY * DAY_MS, toMs: (FIRST_DAY + DAY_COUNT) * DAY_MS - 1 };

interface Traffic {
  readonly at: AirportPlace;
  readonly count: number;
  readonly followedToFt: number;
  readonly isPlaced: boolean;
  readonly hour?: number;
}

/** Passages at an hour of the day, one a day, over and over. */
function passages({ at, count, followedToFt, isPlaced, hour = 14 }: Traffic): Passage[] {
  return Array.from({ length: count }, (_, i) => {
    const timeMs = (FIRST_DAY + (i % DAY_COUNT)) * DAY_MS + hour * HOUR_MS + i;
    return {
      airport: at.ident,
      kind: "arrival",
      fromMs: timeMs,
      toMs: timeMs,
      followedToFt,
      isTrial: true,
      isPlaced,
      sourceClass: "adsb",
    };
  });
}

function coverageOf(...traffic: readonly Traffic[]): Coverage {
  return new Coverage({
    ...NO_PARTS,
    days: Array.from({ length: DAY_COUNT }, (_, i) => {
      return { day: FIRST_DAY + i, pointCount: 1000, aircraftCount: 10 };
    }),
    airports: [CITY, STRIP],
    passages: traffic.flatMap(passages),
  });
}

const seen = (at: AirportPlace, count: number, hour?: number): Traffic => {
  return { at, count, followedToFt: 0, isPlaced: true, ...(hour !== undefined && { hour }) };
};
const missed = (at: AirportPlace, count: number, isPlaced: boolean, hour?: number): Traffic => {
  return { at, count, followedToFt: 4000, isPlaced, ...(hour !== undefined && { hour }) };
};

test("misses of a busy field are not held against a strip beside it", () => {
  const coverage = coverageOf(seen(CITY, 60), missed(CITY, 40, true), missed(STRIP, 20, false));
  const city = coverage.placeSeen({ airport: CITY, ...PERIOD });
  assert.ok(city.kind === "known" && Math.abs(city.probability - 0.6) < 0.05);
  const strip = coverage.placeSeen({ airport: STRIP, ...PERIOD });
  assert.ok(strip.kind === "unknown" && /may have been at its neighbours/.test(strip.reason));
});

test("a field that nobody ever hears low is known as such, when its misses can be no neighbour's", () => {
  const coverage = coverageOf(seen(CITY, 100), missed(STRIP, 40, false));
  const strip = coverage.placeSeen({ airport: STRIP, ...PERIOD });
  assert.ok(strip.kind === "known" && strip.probability < 0.1);
});

test("a neighbour's traffic is no ground to tell a field from it", () => {
  const coverage = coverageOf(seen(CITY, 100));
  const asked = { airport: STRIP, ...PERIOD };
  assert.equal(coverage.landingSeen(asked).kind, "known");
  const strip = coverage.placeSeen(asked);
  assert.ok(strip.kind === "unknown" && /too little traffic of XSTR itself/.test(strip.reason));
});

test("hours at which only missed stops are known are not answered from the hours that were heard", () => {
  const coverage = coverageOf(seen(CITY, 100), missed(CITY, 30, false, 3));
  const at = (hour: number) =>
    coverage.placeSeen({ airport: CITY, timeMs: (FIRST_DAY + 5) * DAY_MS + hour * HOUR_MS });
  const [day, night] = [at(14), at(3)];
  assert.ok(day.kind === "known" && day.probability > 0.9);
  assert.ok(night.kind === "known" && night.probability < 0.3);
});

test("a store that was not listening at an hour has no silence to speak of", () => {
  const airports = buildAirportTable([CITY, testAirport("TTPP")]);
  const flights = shuttle(testAirport("TTPP"), CITY, {
    firstMs: FIRST_DAY * DAY_MS + 14 * HOUR_MS,
    count: 10,
    apartMs: DAY_MS,
  });
  const builder = new CoverageBuilder();
  builder.add(heardTrack(flights, { address: "0d8001", hears: () => true }), airports);
  const shares = seenSharesOf(builder.build(), "m");
  const shareAt = (fromHour: number, toHour: number) =>
    shares.seenShare({
      airport: CITY,
      fromMs: (FIRST_DAY + 5) * DAY_MS + fromHour * HOUR_MS,
      toMs: (FIRST_DAY + 5) * DAY_MS + toHour * HOUR_MS,
    });
  assert.ok(shareAt(15, 15.5) > 0.9);
  assert.ok(Number.isNaN(shareAt(4, 4.5)));
  // Of a whole day some hours were listened to.
  const day = shareAt(0, 23.5);
  assert.ok(day > 0.05 && day < 0.3, `${day}`);
  assert.ok(Number.isNaN(shareAt(24 * 30, 24 * 30)));
});

test("what is sure of its airport is kept with the parts", () => {
  const { parts } = coverageOf(seen(CITY, 3), missed(STRIP, 2, false), missed(CITY, 2, true));
  assert.deepEqual(partsFromJson(partsToJson(parts)).passages, parts.passages);
});
