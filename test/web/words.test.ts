import assert from "node:assert/strict";
import { test } from "node:test";
import { daysText, distanceText } from "../../web/page/words.js";

function days(from: string, to: string): string {
  return daysText({ fromMs: Date.parse(from), toMs: Date.parse(to) });
}

test("a period is written as short as it can be read", () => {
  assert.equal(days("2019-01-11T00:00Z", "2019-01-11T23:59Z"), "11 Jan 2019");
  assert.equal(days("2019-01-23T00:00Z", "2019-01-24T04:00Z"), "23 – 24 Jan 2019");
  assert.equal(days("2019-01-09T00:00Z", "2019-01-24T04:00Z"), "9 – 24 Jan 2019");
  assert.equal(days("2018-12-31T00:00Z", "2019-01-01T04:00Z"), "31 Dec 2018 – 1 Jan 2019");
  assert.equal(days("2018-01-31T00:00Z", "2019-01-31T04:00Z"), "31 Jan 2018 – 31 Jan 2019");
});

test("distances are nautical miles, written as sentences write them", () => {
  assert.equal(distanceText(5560), "3,002 NM (5,560 km)");
});
