import assert from "node:assert/strict";
import { test } from "node:test";
import { airportAt, lostItsTraffic } from "../../src/place/airport-history.js";
import { TOWN } from "../support/airports.js";

const airport = (ident: string, scheduled: boolean) => ({ ...TOWN, ident, scheduled });
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

test("an airport is not open before its first day", () => {
  const istanbul = airport("LTFM", true);
  assert.deepEqual(airportAt(istanbul, at("2017-02-05")), { open: false, scheduled: false });
  assert.deepEqual(airportAt(istanbul, at("2019-05-01")), { open: true, scheduled: true });
});

test("an airport that lost its traffic had it up to the last day", () => {
  const ataturk = airport("LTBA", false);
  assert.deepEqual(airportAt(ataturk, at("2019-04-06")), { open: true, scheduled: true });
  assert.deepEqual(airportAt(ataturk, at("2019-04-07")), { open: true, scheduled: false });
  assert.ok(lostItsTraffic(ataturk));
});

test("without a listed change, and at no known time, an airport is what the tables say", () => {
  for (const scheduled of [true, false]) {
    assert.deepEqual(airportAt(airport("XTWN", scheduled), at("2001-01-01")), {
      open: true,
      scheduled,
    });
  }
  assert.deepEqual(airportAt(airport("LTFM", true), Number.NaN), { open: true, scheduled: true });
  assert.ok(!lostItsTraffic(airport("XTWN", true)));
});
