import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxText,
  type TrafficAsker,
  trafficQuestion,
} from "../../web/page/map/mass/traffic-question.js";
import type { View } from "../../web/page/url.js";

function asked(
  screen: View["screen"],
  params: View["params"],
  more: Partial<TrafficAsker> = {},
): string | undefined {
  return trafficQuestion({
    view: { screen, id: "VE", params },
    ...{ bounds: undefined, period: undefined, clockMs: Number.NaN, lastDay: "2019-01-29" },
    ...more,
  })?.query;
}

test("the area is the map's and half as much again, across 180 degrees and up to the poles", () => {
  assert.equal(boxText([10, 50, 14, 54]), "7.5,47.5,16.5,56.5");
  assert.equal(boxText([8.5, 50, 8.5, 50]), "8,49.5,9,50.5");
  assert.equal(boxText([170, -10, 190, 10]), "159.5,-20.5,-159.5,20.5");
  assert.equal(boxText([-170, -80, 170, 85]), "-180,-90,180,90");
});

test("a country and a question's place are asked for as such, others by what the map is fitted to", () => {
  const day = "from=2019-01-29T00:00Z&to=2019-01-29T23:59Z";
  assert.equal(asked("country", {}), `in=VE&${day}`);
  assert.equal(asked("country", { near: "300km" }), `in=VE&near=300km&${day}`);
  assert.equal(asked("search", { near: "SVMI", within: "50km" }), `near=SVMI&within=50km&${day}`);
  assert.equal(asked("search", {}), `in=-180,-90,180,90&${day}`);
  assert.equal(asked("airport", {}, { bounds: [8, 50, 9, 51] }), `in=7,49,10,52&${day}`);
  assert.equal(asked("airport", {}), undefined);
});

test("the time is the address's, at most its last 31 days, and a bare day means its end", () => {
  const of = (params: View["params"]) => asked("country", params)?.slice("in=VE&".length);
  assert.equal(
    of({ from: "2019-01-20", to: "2019-01-24" }),
    "from=2019-01-20T00:00Z&to=2019-01-24T23:59Z",
  );
  assert.equal(
    of({ from: "2018-01-01", to: "2019-01-31T12:00Z" }),
    "from=2018-12-31T12:00Z&to=2019-01-31T12:00Z",
  );
  assert.equal(of({ from: "2019-01-20" }), "from=2019-01-20T00:00Z&to=2019-01-29T23:59Z");
  assert.equal(asked("country", {}, { lastDay: undefined }), undefined);
});

test("an aircraft's long period is asked for day by day, and a gap with half an hour around it", () => {
  const fromMs = Date.parse("2019-01-10T05:00:00Z");
  const bounds = [0, 0, 1, 1] as const;
  const short = { fromMs, toMs: fromMs + 86_400_000 };
  const long = { fromMs, toMs: fromMs + 9 * 86_400_000 };
  const clockMs = Date.parse("2019-01-12T13:00:00Z");
  const of = (more: Partial<TrafficAsker>, screen: View["screen"] = "aircraft") =>
    asked(screen, {}, { bounds, ...more })?.replace(/^in=[^&]*&/, "");
  assert.equal(of({ period: short, clockMs }), "from=2019-01-10T05:00Z&to=2019-01-11T05:00Z");
  assert.equal(of({ period: long, clockMs }), "from=2019-01-11T23:00Z&to=2019-01-13T00:00Z");
  assert.equal(of({ clockMs }), undefined);
  const gap = { fromMs, toMs: fromMs + 3_600_000 };
  assert.equal(of({ period: gap }, "gap"), "from=2019-01-10T04:30Z&to=2019-01-10T06:30Z");
});
