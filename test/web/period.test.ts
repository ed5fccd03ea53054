import assert from "node:assert/strict";
import { test } from "node:test";
import { periodOf, within } from "../../web/page/period.js";
import { JOURNEY } from "./fixture.js";

function text(period: { fromMs: number; toMs: number } | undefined): string {
  if (!period) return "none";
  const { fromMs, toMs } = period;
  return [fromMs, toMs].map((timeMs) => new Date(timeMs).toISOString().slice(0, 16)).join(" ");
}

test("a bare day as the end means its end, a time means itself", () => {
  const days = { from: "2019-01-22", to: "2019-01-23" };
  assert.equal(text(periodOf(days, undefined, undefined)), "2019-01-22T00:00 2019-01-23T23:59");
  const times = { from: "2019-01-22T06:00Z", to: "2019-01-22T07:00Z" };
  assert.equal(text(periodOf(times, undefined, undefined)), "2019-01-22T06:00 2019-01-22T07:00");
});

test("one end alone means a day from there, and an end before the start is put right", () => {
  assert.equal(
    text(periodOf({ from: "2019-01-22T06:00Z" }, undefined, undefined)),
    "2019-01-22T06:00 2019-01-23T06:00",
  );
  const turned = { from: "2019-01-23", to: "2019-01-22T00:00Z" };
  assert.equal(text(periodOf(turned, undefined, undefined)), "2019-01-23T00:00 2019-01-23T00:01");
});

test("without a period the longest journey is shown, without a journey the last day it was heard", () => {
  assert.equal(text(periodOf({}, undefined, "2019-01-23T05:00:10Z")), "none");
  assert.equal(text(periodOf({}, [JOURNEY], null)), "2019-01-22T23:30 2019-01-23T05:30");
  assert.equal(text(periodOf({}, [], "2019-01-23T05:00:10Z")), "2019-01-22T05:01 2019-01-23T05:01");
  assert.equal(text(periodOf({}, [], null)), "none");
});

test("a journey that only touches the period is not in it", () => {
  const fromMs = Date.parse(JOURNEY.to) + 60_000;
  assert.deepEqual(within([JOURNEY], { fromMs, toMs: fromMs + 3.6e6 }), []);
  assert.equal(within([JOURNEY], periodOf({}, [JOURNEY], null)!).length, 1);
});
