import assert from "node:assert/strict";
import { test } from "node:test";
import { joinTracks } from "../../accuracy/compose.js";
import { repairedAddress } from "../../accuracy/corpora/gather.js";
import { seenEnd } from "../../accuracy/corpora/ground-ends.js";
import { stopsOf, withoutStop } from "../../accuracy/remove-stop.js";
import { splitOf } from "../../accuracy/split.js";
import {
  keepEvery,
  removeBelow,
  withAltitudeOffset,
  withoutCallsign,
  withoutGroundFlag,
} from "../../accuracy/thin.js";
import { withJumps, withRandomHole } from "../../accuracy/thin-random.js";
import { GROUND_UNKNOWN, GROUND_YES } from "../../src/track/track.js";
import {
  AIRPORTS,
  NORTH,
  SOUTH,
  START_MS,
  southToNorth,
  southToNorthCase,
  trackOf,
  truthOf,
} from "./tiny.js";

const MINUTE_MS = 60_000;

test("a floor at the arrival removes low points there and leaves the departure alone", () => {
  const { track, truths } = southToNorthCase();
  const thinned = removeBelow(track, truths, { heightFt: 3_000, ends: "landing" });
  const lastMs = thinned.timeMs[thinned.length - 1]!;
  assert.equal(thinned.timeMs[0], START_MS);
  assert.equal((lastMs - START_MS) / MINUTE_MS, 47);
  assert.equal(thinned.altitudeFt[thinned.length - 1], 3_100);
});

test("a floor at both ends leaves nothing on the ground", () => {
  const { track, truths } = southToNorthCase();
  const thinned = removeBelow(track, truths, { heightFt: 500, ends: "both" });
  assert.ok(thinned.length > 0);
  assert.ok(thinned.ground.every((ground) => ground !== GROUND_YES));
});

test("thinning gives a new track and leaves the old one as it was", () => {
  const { track } = southToNorthCase();
  const before = [...track.altitudeFt];
  withAltitudeOffset(track, 300);
  withJumps(track);
  withoutGroundFlag(track);
  assert.deepEqual([...track.altitudeFt], before);
  assert.ok(track.ground.some((ground) => ground === GROUND_YES));
});

test("without its ground flag a track knows nothing of the ground", () => {
  const { track } = southToNorthCase();
  assert.ok(withoutGroundFlag(track).ground.every((ground) => ground === GROUND_UNKNOWN));
  assert.deepEqual(withoutCallsign(track).callsigns, [""]);
});

test("one fix in five minutes keeps a fifth", () => {
  const { track } = southToNorthCase();
  assert.equal(keepEvery(track, 5 * MINUTE_MS).length, 13);
});

test("a random hole is the same hole every time, as long as asked, and leaves both ends", () => {
  const { track } = southToNorthCase();
  const one = withRandomHole(track, 15);
  assert.deepEqual([...withRandomHole(track, 15).timeMs], [...one.timeMs]);
  assert.equal(one.timeMs[0], track.timeMs[0]);
  assert.equal(one.timeMs[one.length - 1], track.timeMs[track.length - 1]);
  const holes = [...one.timeMs].slice(1).map((timeMs, i) => timeMs - one.timeMs[i]!);
  assert.ok(Math.max(...holes) >= 15 * MINUTE_MS);
  assert.equal(withRandomHole(track, 720).length, track.length);
});

test("a removed stop takes everything from the descent to the climb, and nothing else", () => {
  const first = trackOf(southToNorth());
  const back = trackOf(southToNorth().map((point) => ({ ...point, latDeg: 102 - point.latDeg })));
  const shiftMs = 120 * MINUTE_MS;
  const track = joinTracks(first, back, {
    shiftMs,
    untilMs: START_MS + 60 * MINUTE_MS,
    fromMs: START_MS,
  });
  const each = {
    ...southToNorthCase(),
    track,
    truths: [
      truthOf("takeoff", SOUTH, START_MS + 10 * MINUTE_MS),
      truthOf("landing", NORTH, START_MS + 50 * MINUTE_MS),
      truthOf("takeoff", NORTH, START_MS + 130 * MINUTE_MS),
      truthOf("landing", SOUTH, START_MS + 170 * MINUTE_MS),
    ],
  };
  const [stop] = stopsOf(each);
  assert.ok(stop);
  const trial = withoutStop(each, stop, { lostAboveFt: 10_000, backAboveFt: 5_000 })!;
  const near = [...trial.track.timeMs].map((timeMs) => (timeMs - START_MS) / MINUTE_MS);
  assert.deepEqual(
    near.filter((minute) => minute > 35 && minute < 140),
    [36, 37, 38, 39, 40, 135, 136, 137, 138, 139],
  );
  assert.deepEqual(trial.asked, [stop.landing, stop.takeoff]);
  assert.equal(withoutStop(each, stop, { lostAboveFt: 40_000, backAboveFt: 5_000 }), undefined);
});

test("an aircraft is in one split for ever", () => {
  assert.equal(splitOf("aircraft abc123"), splitOf("aircraft abc123"));
  const splits = new Set(Array.from({ length: 60 }, (_, i) => splitOf(`aircraft ${i}`)));
  assert.deepEqual([...splits].sort(), ["calibrate", "develop", "held-back"]);
});

test("an address that a spreadsheet took for a number is put right", () => {
  assert.equal(repairedAddress("39460000.0"), "3946e4");
  assert.equal(repairedAddress("4CA7B3"), "4ca7b3");
});

test("an end that rolls on one field is its own key, an end in the air is none", () => {
  const { track } = southToNorthCase();
  const whole = { start: 0, end: track.length };
  const landing = seenEnd(track, { ...whole, side: "last" }, AIRPORTS);
  assert.equal(landing?.airport.ident, "NORTH");
  assert.equal((landing!.timeMs - START_MS) / MINUTE_MS, 50);
  assert.equal(seenEnd(track, { start: 0, end: 40, side: "last" }, AIRPORTS), undefined);
});
