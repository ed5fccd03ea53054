import assert from "node:assert/strict";
import { test } from "node:test";
import { counterOf, marksMlat, ReceiverClock } from "../../src/formats/receiver-clock.js";
import {
  parseReceiver,
  parseStart,
  parseTimeZone,
  startMsInName,
  termsText,
} from "../../src/formats/terms.js";
import { localClock } from "../../src/units/local-time.js";

const START_MS = Date.parse("2018-04-03T19:02:28Z");
const TICKS = 12_000_000;
const GPS_SECOND = 2 ** 30;

/** Seconds after the start that a clock gives for each counter; the word where it gives none. */
function secondsOf(clock: ReceiverClock, counters: readonly number[]): (number | string)[] {
  return counters.map((counter) => {
    const timeMs = clock.readMs(counter);
    return Number.isNaN(timeMs) ? "unknown" : (timeMs - START_MS) / 1000;
  });
}

test("a 12 MHz counter starts anywhere and counts from the first message", () => {
  const clock = new ReceiverClock("12mhz", START_MS);
  const first = 3_349_832_057_515;
  const counters = [first, first + TICKS / 2, first + 60 * TICKS, first + 59 * TICKS];
  assert.deepEqual(secondsOf(clock, counters), [0, 0.5, 60, 59]);
});

test("a counter that began anew gives no time from there on", () => {
  const clock = new ReceiverClock("12mhz", START_MS);
  const counters = [900 * TICKS, 901 * TICKS, 1, 2 * TICKS, 2 ** 48 - 1, 902 * TICKS];
  assert.deepEqual(secondsOf(clock, counters), [0, 1, "unknown", "unknown", "unknown", 2]);
});

test("an empty counter gives no time, and a computed position that of the message before", () => {
  const clock = new ReceiverClock("12mhz", START_MS);
  const mlat = 0xff004d4c4154;
  assert.deepEqual(secondsOf(clock, [mlat, 0, TICKS, mlat]), ["unknown", "unknown", 0, 0]);
  assert.ok(marksMlat(mlat));
  assert.ok(!marksMlat(TICKS));
});

test("a GPS counter gives the time of day, of the day nearest to the start, over midnight too", () => {
  const clock = new ReceiverClock("gps", Date.parse("2018-04-03T23:00:00Z"));
  const at = (second: number) => {
    const timeMs = clock.readMs(second * GPS_SECOND + 250e6);
    return Number.isNaN(timeMs) ? "unknown" : new Date(timeMs).toISOString();
  };
  assert.equal(at(86_390), "2018-04-03T23:59:50.250Z");
  assert.equal(at(5), "2018-04-04T00:00:05.250Z");
  assert.equal(at(86_400), "unknown");
  assert.ok(Number.isNaN(clock.readMs(6 * GPS_SECOND + 1e9)));
});

test("a counter's six bytes are read without losing the upper ones", () => {
  assert.equal(counterOf(Uint8Array.of(0xff, 0xff, 0, 0x4d, 0x4c, 0x41, 0x54), 1), 0xff004d4c4154);
});

test("a file's name tells a beginning where programs write one", () => {
  const cases: [string, string | undefined][] = [
    ["x/ulss7-beast-bin-utc-1522782148.136310917.bin", "2018-04-03T19:02:28.136Z"],
    ["beast-utc--1522782148.136310917--.log", "2018-04-03T19:02:28.136Z"],
    ["capture_20180403_190228.bin.gz", "2018-04-03T19:02:28.000Z"],
    ["2018-04-03T19-02-28Z.beast", "2018-04-03T19:02:28.000Z"],
    ["day.tar!x/20180403T190228.bin", "2018-04-03T19:02:28.000Z"],
    ["20180403/capture.bin", undefined],
    ["2018-13-03T19-02-28.bin", undefined],
    ["capture-190228.bin", undefined],
  ];
  for (const [name, expected] of cases) {
    const startMs = startMsInName(name);
    assert.equal(startMs && new Date(startMs).toISOString(), expected, name);
  }
});

test("what is said of an input is written as its options, as far as its reader asks for it", () => {
  const terms = {
    timeZone: parseTimeZone("Europe/Moscow"),
    start: parseStart("2018-04-03T19:02:28Z"),
    receiver: parseReceiver("59.80, 30.27"),
    clock: "gps",
  } as const;
  assert.equal(termsText({ terms: ["timeZone"] }, terms, "x"), "--tz Europe/Moscow");
  assert.equal(
    termsText({ terms: ["start", "receiver", "clock"] }, terms, "x"),
    "--start 2018-04-03T19:02:28.000Z --receiver 59.8,30.27 --clock gps",
  );
  assert.equal(termsText({}, terms, "x"), "");
  for (const wrong of ["", "+03:00", "Moscow"])
    assert.throws(() => parseTimeZone(wrong), /IANA list/);
  assert.throws(() => parseStart("2018-02-30"), /no UTC time/);
  assert.throws(() => parseReceiver("59.8"), /latitude,longitude/);
});

test("local times are moments in every zone, but for the hours that clocks skip or show twice", () => {
  const berlin = localClock("Europe/Berlin");
  const local = (text: string) => berlin(Date.parse(`${text}Z`));
  assert.equal(local("2019-03-31T01:59:59"), Date.parse("2019-03-31T00:59:59Z"));
  assert.equal(local("2019-03-31T02:30:00"), "skipped");
  assert.equal(local("2019-03-31T03:00:00"), Date.parse("2019-03-31T01:00:00Z"));
  assert.equal(local("2019-10-27T01:59:59"), Date.parse("2019-10-26T23:59:59Z"));
  assert.equal(local("2019-10-27T02:30:00"), "ambiguous");
  assert.equal(local("2019-10-27T03:00:00"), Date.parse("2019-10-27T02:00:00Z"));
  // Half an hour back and forth, and a day that a zone left out.
  assert.equal(localClock("Australia/Lord_Howe")(Date.UTC(2019, 3, 7, 1, 45)), "ambiguous");
  assert.equal(localClock("Pacific/Apia")(Date.UTC(2011, 11, 30, 12)), "skipped");
  assert.throws(() => localClock("Moscow/Europe"), RangeError);
});
