import assert from "node:assert/strict";
import { test } from "node:test";
import { landingDrawing } from "../../web/page/map/movement-drawing.js";
import { LANDINGS } from "./answers.js";

test("without a landing whose place is known a map shows the place asked for, a small one with some of what is around", () => {
  assert.equal(landingDrawing("search", []).bounds, undefined);
  assert.deepEqual(landingDrawing("search", [], [-73, 1, -60, 12]).bounds, [-73, 1, -60, 12]);
  const [west, south, east, north] = landingDrawing("search", [], [103.6, 1.2, 104.1, 1.5]).bounds!;
  assert.ok(west < 103 && south < 0.5 && east > 104.5 && north > 2);
});

test("a frame that crosses 180 degrees is drawn the short way", () => {
  const [west, , east] = landingDrawing("search", [], [170, -50, 190, -30]).bounds!;
  assert.ok(west >= 169 && east - west < 25, String([west, east]));
});

test("marks alone frame a map where no place is given", () => {
  const { bounds, marks } = landingDrawing("search", LANDINGS);
  assert.ok(marks.features.length > 0 && bounds && bounds[2] - bounds[0] < 10);
});
