import assert from "node:assert/strict";
import { test } from "node:test";
import { findEncounters, piecesOf, sightsOf } from "../../src/journey/encounters.js";
import { findStays, overlapOf } from "../../src/journey/stays.js";
import { apartMs, findVisits } from "../../src/journey/visits.js";
import type { Movement } from "../../src/movement/movement.js";
import type { Airport } from "../../src/place/airport.js";
import { findContacts } from "../../src/track/contacts.js";
import { type BuiltPoint, buildTrack, sourceOf } from "../lake/build-track.js";

const NOON_MS = Date.UTC(2019, 0, 23, 12);
const MINUTE_MS = 60_000;
const PERIOD = { fromMs: NOON_MS, toMs: NOON_MS + 600 * MINUTE_MS };
/** East of the Greenwich meridian is inside. */
const EAST = { boxes: [], holds: (_latDeg: number, lonDeg: number) => lonDeg >= 0 };

function trackOf(rows: readonly (readonly [minute: number, lonDeg: number, rest?: object])[]) {
  const points = rows.map(
    ([minute, lonDeg, rest], row): BuiltPoint => ({
      timeMs: NOON_MS + minute * MINUTE_MS,
      latDeg: 0,
      lonDeg,
      altitudeFt: 10_000 - minute,
      row,
      ...rest,
    }),
  );
  return buildTrack("4ca7b3", points, [sourceOf("a")]);
}

test("a visit says whether it was heard to come in and to leave", () => {
  const track = trackOf([
    [0, -1],
    [1, 1],
    [2, 2, { onGround: true, altitudeFt: Number.NaN }],
    [3, -1],
    [20, 1],
    [25, 1],
  ]);
  const [first, second, ...none] = findVisits(track, EAST, PERIOD);
  assert.deepEqual(none, []);
  assert.deepEqual([first!.start, first!.end], [1, 3]);
  assert.deepEqual([first!.isEntrySeen, first!.isExitSeen], [true, true]);
  assert.equal(first!.groundCount, 1);
  assert.equal(first!.lowestIndex, 1, "a position on the ground has no height in the air");
  // The position outside lies 17 min back: how it came in was not heard.
  assert.deepEqual([second!.isEntrySeen, second!.isExitSeen], [false, false]);
  assert.equal(second!.largestGapMs, 5 * MINUTE_MS);
  assert.equal(apartMs(first!, second!), 18 * MINUTE_MS);
  assert.equal(apartMs(first!, first!), 0);
});

test("a silence of more than an hour ends a visit, the end of the period cuts it", () => {
  const track = trackOf([
    [-1, 1],
    [0, 1],
    [60, 1],
    [121, 1],
    [601, 1],
  ]);
  const visits = findVisits(track, EAST, PERIOD);
  assert.deepEqual(
    visits.map(({ start, end }) => [start, end]),
    [
      [1, 3],
      [3, 4],
    ],
  );
  assert.equal(visits[0]!.isEntrySeen, false, "it was inside before the period too");
  assert.deepEqual(findVisits(trackOf([]), EAST, PERIOD), []);
});

function lonAt(minute: number): number {
  const lonDeg = 179 + minute * 0.05;
  return lonDeg > 180 ? lonDeg - 360 : lonDeg;
}

test("aircraft near each other in the air meet once, whatever pieces the question is cut into", () => {
  const minutes = Array.from({ length: 91 }, (_, i) => i);
  // Both go round 180 degrees; the other is 0.02 degrees (2.2 km) north for 40 minutes, far away else.
  const track = trackOf(minutes.map((minute) => [minute, lonAt(minute)]));
  const other = trackOf(
    minutes.map((minute) => [
      minute + 0.5,
      lonAt(minute + 0.5),
      { latDeg: minute >= 20 && minute < 60 ? 0.02 : 1 },
    ]),
  );
  const pieces = piecesOf(track, findContacts(track), 5_000);
  assert.ok(pieces.length >= 3);
  assert.ok(pieces.every(({ box }) => box.northDeg - box.southDeg < 0.2));
  const sights = pieces.flatMap((piece) => sightsOf(track, piece, other));
  const limits = { withinM: 5_000, leastMs: 10 * MINUTE_MS };
  const [met, ...none] = findEncounters(sights, limits);
  assert.deepEqual(none, []);
  assert.equal(met!.fromMs, NOON_MS + 20.5 * MINUTE_MS);
  assert.equal(met!.toMs, NOON_MS + 59.5 * MINUTE_MS);
  assert.equal(met!.count, 40);
  assert.ok(Math.abs(met!.closest.distanceM - 2_224) < 5, `${met!.closest.distanceM} m`);
  assert.ok(met!.closest.heightFt < 1);
  assert.deepEqual(findEncounters(sights, { ...limits, leastMs: 40 * MINUTE_MS }), []);
});

function movement(kind: Movement["kind"], minute: number, ident: string | undefined): Movement {
  const airport = ident === undefined ? undefined : ({ ident } as Airport);
  return { kind, timeMs: NOON_MS + minute * MINUTE_MS, airport } as Movement;
}

test("a stay lasts from a landing to the next take-off from there; what is not known is not filled in", () => {
  const stays = findStays([
    movement("takeoff", 0, "AAAA"),
    movement("landing", 60, "BBBB"),
    movement("takeoff", 120, "BBBB"),
    movement("landing", 180, "CCCC"),
    movement("landing", 240, undefined),
    movement("takeoff", 300, "CCCC"),
  ]);
  assert.deepEqual(
    stays.map(({ airport, fromMs, toMs }) => [
      airport.ident,
      (fromMs - NOON_MS) / MINUTE_MS,
      (toMs - NOON_MS) / MINUTE_MS,
    ]),
    [
      ["AAAA", 0, 0],
      ["BBBB", 60, 120],
      ["CCCC", 180, 180],
      ["CCCC", 300, 300],
    ],
  );
  const [, there] = stays;
  const landed = findStays([movement("landing", 90, "BBBB")])[0]!;
  assert.deepEqual(overlapOf(there!, landed), { fromMs: landed.fromMs, toMs: landed.fromMs });
  assert.equal(overlapOf(stays[2]!, landed), undefined);
  assert.equal(overlapOf(there!, findStays([movement("landing", 121, "BBBB")])[0]!), undefined);
});
