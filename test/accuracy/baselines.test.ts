import assert from "node:assert/strict";
import { test } from "node:test";
import { adsbtrackClasses } from "../../accuracy/baselines/adsbtrack.js";
import { nearestToEnds, silentNearest, straightDescent } from "../../accuracy/baselines/nearest.js";
import { openSkyRule } from "../../accuracy/baselines/opensky.js";
import { legMarks } from "../../accuracy/baselines/readsb-legs.js";
import type { Claim } from "../../accuracy/case.js";
import { keepPoints, removeBelow } from "../../accuracy/thin.js";
import { AIRPORTS, START_MS, southToNorth, southToNorthCase, trackOf } from "./tiny.js";

const MINUTE_MS = 60_000;
const { track, truths } = southToNorthCase();
// Lost at 3,100 ft, 6 NM or so before NORTH: MILNEAR, 7 NM before it, is nearer.
const lost = removeBelow(track, truths, { heightFt: 3_000, ends: "landing" });

function landingAt(claims: readonly Claim[]): string | undefined {
  return claims.findLast(({ kind }) => kind === "landing")?.airport?.ident;
}

test("on whole data every rule that names places names the right one", () => {
  for (const method of [
    nearestToEnds(AIRPORTS),
    silentNearest(AIRPORTS, { radiusNm: 10, heightFt: 5_000 }),
    straightDescent(AIRPORTS),
    openSkyRule(AIRPORTS),
    adsbtrackClasses(AIRPORTS),
  ]) {
    const claims = method.claims(track);
    assert.equal(landingAt(claims), "NORTH", method.name);
    assert.equal(claims.find(({ kind }) => kind === "takeoff")?.airport?.ident, "SOUTH");
  }
});

test("lost on final, the nearest field is the neighbour under the approach", () => {
  assert.equal(landingAt(nearestToEnds(AIRPORTS).claims(lost)), "MILNEAR");
});

test("a handicap for fields without service, or the descent drawn on, finds the right one", () => {
  const silent = silentNearest(AIRPORTS, { radiusNm: 20, heightFt: 5_000 });
  assert.equal(landingAt(silent.claims(lost)), "NORTH");
  assert.equal(landingAt(straightDescent(AIRPORTS).claims(lost)), "NORTH");
});

test("the silent rule says nothing of a track lost high up", () => {
  const high = removeBelow(track, truths, { heightFt: 10_000, ends: "landing" });
  const silent = silentNearest(AIRPORTS, { radiusNm: 40, heightFt: 5_000 });
  assert.equal(landingAt(silent.claims(high)), undefined);
  assert.notEqual(landingAt(nearestToEnds(AIRPORTS).claims(high)), undefined);
});

test("the leg marker puts one mark into a turn-round and none into a single flight", () => {
  const back = southToNorth(START_MS + 60 * MINUTE_MS).map((point) => ({
    ...point,
    latDeg: 102 - point.latDeg,
  }));
  assert.equal(legMarks(track).length, 0);
  const marks = legMarks(trackOf([...southToNorth(), ...back]));
  assert.equal(marks.length, 1);
  const minute = (marks[0]! - START_MS) / MINUTE_MS;
  assert.ok(minute > 45 && minute < 75, `${minute}`);
});

test("no rule fails on a track without points", () => {
  const empty = keepPoints(track, () => false);
  assert.equal(empty.length, 0);
  for (const method of [nearestToEnds(AIRPORTS), openSkyRule(AIRPORTS), adsbtrackClasses(AIRPORTS)])
    assert.deepEqual(method.claims(empty), []);
});
