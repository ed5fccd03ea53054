import assert from "node:assert/strict";
import { test } from "node:test";
import { findContacts, findGaps, HOLE_MAX_MS } from "../../src/track/contacts.js";
import type { Point } from "../../src/track/track.js";
import { HOUR_MS, MINUTE_MS } from "../../src/units/quantity.js";
import { trackOf } from "../support/fly.js";

const START_MS = Date.parse("2024-02-28T23:50:00Z");

function pointsAt(minutes: readonly number[], lonDegs: readonly number[] = []): Point[] {
  return minutes.map((minute, row) => ({
    timeMs: START_MS + minute * MINUTE_MS,
    latDeg: 1,
    lonDeg: lonDegs[row] ?? 10,
    row,
  }));
}

test("an empty track has neither contacts nor gaps", () => {
  const track = trackOf([]);
  assert.deepEqual(findContacts(track), []);
  assert.deepEqual(findGaps(track, []), []);
});

test("one point is one contact", () => {
  const track = trackOf(pointsAt([0]));
  assert.deepEqual(findContacts(track), [{ start: 0, end: 1 }]);
  assert.deepEqual(findGaps(track, findContacts(track)), []);
});

test("a hole of exactly the limit does not cut, a longer one does", () => {
  const points = pointsAt([0, 5, 10]);
  assert.equal(findContacts(trackOf(points)).length, 1);
  const later = { ...points[2]!, timeMs: points[2]!.timeMs + 1 };
  const track = trackOf([points[0]!, points[1]!, later]);
  assert.deepEqual(findContacts(track), [
    { start: 0, end: 2 },
    { start: 2, end: 3 },
  ]);
  assert.equal(HOLE_MAX_MS, 5 * MINUTE_MS);
});

test("neither midnight nor a leap day cuts a contact", () => {
  const track = trackOf(pointsAt([0, 4, 8, 9.99, 10, 12, 16]));
  assert.equal(findContacts(track).length, 1);
});

test("a gap across midnight has the length of the silence and the distance of its edges", () => {
  const track = trackOf(pointsAt([0, 120], [10, 11]));
  const [gap] = findGaps(track, findContacts(track));
  assert.equal(gap!.durationMs, 2 * HOUR_MS);
  assert.equal(gap!.toMs, Date.parse("2024-02-29T01:50:00Z"));
  assert.ok(Math.abs(gap!.distanceM - 111_180) < 200);
  assert.ok(Math.abs(gap!.averageSpeedKt - 30) < 0.1);
});

test("a gap across 180 degrees is as short as it was", () => {
  const track = trackOf(pointsAt([0, 60], [179.5, -179.5]));
  const [gap] = findGaps(track, findContacts(track));
  assert.ok(Math.abs(gap!.distanceM - 111_180) < 200);
});

test("there is one gap fewer than contacts, and gaps join them without overlap", () => {
  const track = trackOf(pointsAt([0, 1, 20, 21, 22, 50, 80, 81]));
  const contacts = findContacts(track);
  const gaps = findGaps(track, contacts);
  assert.equal(contacts.length, 4);
  assert.equal(gaps.length, 3);
  gaps.forEach((gap, at) => {
    assert.equal(gap.lastIndex, contacts[at]!.end - 1);
    assert.equal(gap.nextIndex, contacts[at + 1]!.start);
  });
});
