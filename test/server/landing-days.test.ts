import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundLanding } from "../../src/query/ask-lake.js";
import { landingDays } from "../../src/server/answers/landing-days.js";

const HOUR_MS = 3_600_000;
const NOON_MS = Date.UTC(2019, 0, 23, 12);

function landing(
  fromHour: number,
  toHour: number,
  more: {
    readonly evidence?: "seen" | "inferred";
    readonly isNamed?: boolean;
    readonly offAirport?: boolean;
    readonly relation?: string;
  } = {},
): FoundLanding {
  const { evidence = "seen", isNamed = true, offAirport = false, relation = "in" } = more;
  const [timeFromMs, timeToMs] = [NOON_MS + fromHour * HOUR_MS, NOON_MS + toHour * HOUR_MS];
  const movement = {
    timeFromMs,
    timeToMs,
    timeMs: (timeFromMs + timeToMs) / 2,
    evidence,
    offAirport,
    airport: isNamed ? { ident: "SVMI" } : undefined,
  };
  return { movement, placed: { relation }, identity: {} } as unknown as FoundLanding;
}

test("landings count by day and evidence; without a place that may be named they are only possible", () => {
  const found = [
    landing(24, 24, { evidence: "inferred" }),
    landing(0, 0),
    landing(0, 0, { isNamed: false, evidence: "inferred" }),
    landing(1, 1, { relation: "possible" }),
    landing(1, 1, { isNamed: false, offAirport: true }),
  ];
  assert.deepEqual(landingDays(found), {
    days: [
      { day: "2019-01-23", seen: 2, inferred: 0, possible: 2 },
      { day: "2019-01-24", seen: 0, inferred: 1, possible: 0 },
    ],
    undated: 0,
  });
});

test("a window over midnight has a day while it has a time, and none when it is hours wide", () => {
  assert.deepEqual(landingDays([landing(11, 12.5), landing(2, 30)]), {
    days: [{ day: "2019-01-23", seen: 1, inferred: 0, possible: 0 }],
    undated: 1,
  });
  assert.deepEqual(landingDays([]), { days: [], undated: 0 });
});
