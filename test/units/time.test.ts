import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/units/quantity.js";
import {
  dayStartMs,
  formatDuration,
  isoSeconds,
  localTime,
  parseUtc,
  utcDay,
  utcMinutes,
  wholeMinutes,
} from "../../src/units/time.js";

const utc = (text: string) => Date.parse(text);

test("a bare date is the start of that UTC day, whatever the zone of this machine", () => {
  assert.equal(parseUtc("2019-01-23"), Date.UTC(2019, 0, 23));
  assert.equal(parseUtc(" 2019-01-23\n"), Date.UTC(2019, 0, 23));
});

test("a time without a zone is UTC, with or without seconds, with T or a space", () => {
  for (const text of ["2019-01-23T23:41:00", "2019-01-23 23:41", "2019-01-23T23:41Z"])
    assert.equal(parseUtc(text), utc("2019-01-23T23:41:00Z"), text);
});

test("a zone is taken into account, also where it changes the day", () => {
  assert.equal(parseUtc("2019-01-23T23:41:00-05:00"), utc("2019-01-24T04:41:00Z"));
  assert.equal(parseUtc("2019-01-01T00:30+05:30"), utc("2018-12-31T19:00:00Z"));
});

test("fractions of a second are kept to the millisecond", () => {
  assert.equal(parseUtc("2019-01-23T23:41:07.250Z"), utc("2019-01-23T23:41:07.250Z"));
  assert.equal(parseUtc("2019-01-23T23:41:07.5Z"), utc("2019-01-23T23:41:07.500Z"));
  assert.equal(parseUtc("2019-01-23T23:41:07.123456Z"), utc("2019-01-23T23:41:07.123Z"));
});

test("days and times that do not exist are no date", () => {
  const wrong = [
    "2019-02-29",
    "2019-02-30",
    "2019-02-30T10:00+02:00",
    "2019-04-31",
    "2019-13-01",
    "2019-00-10",
    "2019-01-00",
    "2019-01-23T24:01",
    "2019-01-23T23:60",
    "2019-01-23T23:41:61",
    "2019-01-23T10:00+25:00",
  ];
  for (const text of wrong) assert.equal(parseUtc(text), undefined, text);
  assert.equal(parseUtc("2020-02-29"), Date.UTC(2020, 1, 29));
});

test("what is no date in the one known notation is no date", () => {
  for (const text of ["", "yesterday", "23.01.2019", "01/23/2019", "2019-1-3", "1548286867", "NaN"])
    assert.equal(parseUtc(text), undefined, text);
});

test("whole seconds survive writing and reading", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1000 }), (seconds) => {
      assert.equal(parseUtc(isoSeconds(seconds * SECOND_MS)), seconds * SECOND_MS);
    }),
    { seed: 1944 },
  );
});

test("milliseconds are dropped and not rounded, also before 1970", () => {
  assert.equal(isoSeconds(utc("2019-01-23T23:59:59.999Z")), "2019-01-23T23:59:59Z");
  assert.equal(isoSeconds(-1), "1969-12-31T23:59:59Z");
  assert.equal(utcMinutes(utc("2019-01-23T23:59:59.999Z")), "2019-01-23 23:59Z");
});

test("the UTC day begins at midnight UTC", () => {
  assert.equal(utcDay(utc("2019-01-23T23:59:59.999Z")), "2019-01-23");
  assert.equal(dayStartMs(utc("2019-01-23T23:59:59.999Z")), Date.UTC(2019, 0, 23));
  assert.equal(dayStartMs(Date.UTC(2019, 0, 23)), Date.UTC(2019, 0, 23));
  assert.equal(dayStartMs(-1), -DAY_MS);
});

test("local time in Havana names weekday and offset, in winter and in summer", () => {
  const winter = utc("2019-01-24T02:41:00Z");
  assert.equal(localTime(winter, "America/Havana"), "Wed 23 Jan 2019 21:41 (UTC-5)");
  const summer = utc("2019-07-24T02:41:00Z");
  assert.equal(localTime(summer, "America/Havana"), "Tue 23 Jul 2019 22:41 (UTC-4)");
});

test("local time keeps half hours of offset, and midnight is 00", () => {
  assert.equal(
    localTime(utc("2019-01-23T18:30:00Z"), "Asia/Kolkata"),
    "Thu 24 Jan 2019 00:00 (UTC+5:30)",
  );
  assert.equal(localTime(utc("2019-01-23T00:05:00Z"), "UTC"), "Wed 23 Jan 2019 00:05 (UTC)");
  assert.equal(
    localTime(utc("2019-01-23T00:05:00Z"), "Pacific/Kiritimati"),
    "Wed 23 Jan 2019 14:05 (UTC+14)",
  );
});

test("every month has three letters, whichever language data this machine has", () => {
  const months = Array.from(
    { length: 12 },
    (_, month) => localTime(Date.UTC(2019, month, 15, 12), "UTC")?.split(" ")[2],
  );
  assert.equal(months.join(" "), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
});

test("no local time is made up for an unknown zone or time", () => {
  assert.equal(localTime(0, undefined), undefined);
  assert.equal(localTime(0, ""), undefined);
  assert.equal(localTime(0, "Mars/Olympus"), undefined);
  assert.equal(localTime(Number.NaN, "UTC"), undefined);
});

test("durations are said in the unit people use", () => {
  const cases: [number, string][] = [
    [0, "0 s"],
    [40 * SECOND_MS, "40 s"],
    [59_499, "59 s"],
    [59_500, "1 min"],
    [12 * MINUTE_MS, "12 min"],
    [59.6 * MINUTE_MS, "1 h 00 min"],
    [3 * HOUR_MS + 5 * MINUTE_MS, "3 h 05 min"],
    [47 * HOUR_MS + 59 * MINUTE_MS, "47 h 59 min"],
    [48 * HOUR_MS, "2 d 0 h"],
    [15 * DAY_MS + 7 * HOUR_MS, "15 d 7 h"],
    [-12 * MINUTE_MS, "-12 min"],
    [-400, "0 s"],
  ];
  for (const [durationMs, text] of cases) assert.equal(formatDuration(durationMs), text);
});

test("whole minutes are rounded", () => {
  assert.equal(wholeMinutes(47.4 * MINUTE_MS), 47);
  assert.equal(wholeMinutes(47.5 * MINUTE_MS), 48);
});
