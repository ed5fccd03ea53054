import assert from "node:assert/strict";
import { test } from "node:test";
import type { AreaOutcome, AreaVisitsJson } from "../../src/api/shapes.js";
import { commandOf } from "../../web/page/area/command.js";
import {
  aircraftKey,
  aircraftRows,
  areaDays,
  outcomeCounts,
  readSort,
  sortedBy,
  visitKey,
  visitRows,
} from "../../web/page/area/rows.js";
import { binsOf, summaryOf, topOf } from "../../web/page/day-bins.js";
import { questionTitle } from "../../web/page/question-title.js";

function heard(
  hex: string,
  visits: readonly (readonly [from: string, to: string, outcome: AreaOutcome, lowestFt?: number])[],
): AreaVisitsJson {
  const area = {
    hex,
    registration: null,
    type: null,
    outcome: visits[0]![2],
    firstHeard: visits[0]![0],
    visits: visits.map(([from, to, , altitudeFt]) => ({
      from,
      to,
      groundPositions: 0,
      lowest: altitudeFt === undefined ? null : { altitudeFt },
    })),
  };
  return {
    schema: "wheelsdown/area-visits/1",
    area: area as unknown as AreaVisitsJson["area"],
    visitOutcomes: visits.map(([, , outcome]) => outcome),
    tracks: [],
    alsoTracks: [],
  };
}

const FOUND = [
  heard("a", [
    ["2019-01-23T23:50:00Z", "2019-01-24T00:10:00Z", "passed", 9000],
    ["2019-01-24T05:00:00Z", "2019-01-24T06:00:00Z", "landed"],
  ]),
  heard("b", [["2019-01-24T01:00:00Z", "2019-01-24T02:00:00Z", "possible", 3000]]),
];

test("an aircraft counts once a day, for the most that speaks for a landing on it, and on both sides of midnight", () => {
  assert.deepEqual(areaDays(visitRows(FOUND)), [
    { day: "2019-01-23", landed: 0, possible: 0, passed: 1 },
    { day: "2019-01-24", landed: 1, possible: 1, passed: 0 },
  ]);
  assert.deepEqual(outcomeCounts(FOUND), { landed: 0, possible: 1, passed: 1 });
});

test("rows are sorted both ways, and what is unknown stands last either way", () => {
  const lowest = (text: string) =>
    sortedBy(visitRows(FOUND), readSort(text), visitKey).map(
      ({ visit }) => visit.lowest?.altitudeFt,
    );
  assert.deepEqual(lowest("lowest"), [3000, 9000, undefined]);
  assert.deepEqual(lowest("-lowest"), [9000, 3000, undefined]);
  const aircraft = sortedBy(aircraftRows(FOUND), readSort("-visits"), aircraftKey);
  assert.deepEqual(
    aircraft.map(({ found, insideS }) => [found.area.hex, insideS]),
    [
      ["a", 4800],
      ["b", 3600],
    ],
  );
  assert.deepEqual(readSort("-nonsense"), { key: "time", isDown: false });
});

test("days between have bars of nothing, long times are months, and held days are marked", () => {
  const { bins } = binsOf(
    [
      { day: "2020-02-28", counts: [1, 0] },
      { day: "2020-03-01", counts: [0, 2] },
    ],
    new Set(["2020-02-29"]),
    2,
  );
  assert.deepEqual(
    bins.map(({ label, counts, isHeld }) => [label, counts, isHeld]),
    [
      ["2020-02-28", [1, 0], false],
      ["2020-02-29", [0, 0], true],
      ["2020-03-01", [0, 2], false],
    ],
  );
  assert.equal(
    summaryOf({ bins, series: ["seen", "possible"], caption: "Landings by day, UTC" }),
    "Landings by day, UTC, 2020-02-28 to 2020-03-01: something on 2 of 3, most on 2020-03-01 (2). In all bars: 1 seen, 2 possible",
  );
  const long = binsOf(
    [
      { day: "2018-12-08", counts: [1] },
      { day: "2019-12-08", counts: [3] },
    ],
    new Set(),
    1,
  );
  assert.ok(long.isByMonth);
  assert.deepEqual(
    long.bins.map(({ counts: [count] }) => count),
    [1, ...Array.from({ length: 11 }, () => 0), 3],
  );
});

function topsOf(most: number): ReturnType<typeof topOf> {
  return topOf([{ label: "", first: "", last: "", counts: [most], isHeld: true }]);
}

test("a scale ends at what is most, with few whole numbers", () => {
  for (const most of [0, 1, 3, 7, 12, 99, 100, 4321]) {
    const { top, ticks } = topsOf(most);
    assert.equal(top, Math.max(1, most));
    assert.ok(ticks.length <= 5 && ticks.every(Number.isInteger), `${most}: ${ticks.join(" ")}`);
  }
});

test("the command quotes what a shell would cut, and nothing is taken for an option", () => {
  const question = { in: "-73,1,-60,12", "within-time": "12h", fleet: "a,b", callsign: "RSD*" };
  assert.equal(
    commandOf("area", { ...question, state: "it's", military: "1" }),
    `wheelsdown area --in=-73,1,-60,12 --apart 12h --fleet a --fleet b --state 'it'\\''s' --callsign 'RSD*' --military --lake LAKE`,
  );
});

function title(screen: "area" | "search", params: Record<string, string>): string {
  return questionTitle({ screen, id: "", params });
}

test("a question has a title in words, and a long one is cut", () => {
  assert.equal(
    title("search", { in: "VE", near: "300km", from: "2018-12-10", state: "RU" }),
    "Landings in VE and 300km around, 2018-12-10 to the end, State RU",
  );
  assert.equal(
    title("area", { in: "1,1 2,2 3,1", also: "CU" }),
    "Heard in a polygon of 3 corners and in CU",
  );
  assert.equal(title("search", { near: "SVMI" }), "Landings within 100km of SVMI");
  assert.ok(title("search", { hex: "140001,".repeat(500) }).length < 80);
});
