import assert from "node:assert/strict";
import { test } from "node:test";
import { RIM_PX, rimPoints } from "../../web/page/map/rim.js";

test("no name fits between the squares that keep names off the map's edges and off what lies over it", () => {
  const edge = rimPoints([[0, 0, 100, 0]]);
  assert.deepEqual(edge[0], [0, 0]);
  assert.deepEqual(edge.at(-1), [100, 0]);
  const card = rimPoints([[300, 40, 500, 270]]);
  for (const [x, y] of [
    [300, 40],
    [500, 270],
    [411, 133],
  ] as const)
    assert.ok(
      card.some(
        ([left, top]) => Math.abs(left - x) <= RIM_PX / 2 && Math.abs(top - y) <= RIM_PX / 2,
      ),
      `${x},${y} is covered`,
    );
  assert.ok(card.every(([x, y]) => x >= 300 && x <= 500 && y >= 40 && y <= 270));
});

test("what is smaller than a square is covered by one, and what is not there by none", () => {
  assert.deepEqual(rimPoints([[10, 10, 10, 10]]), [[10, 10]]);
  assert.deepEqual(rimPoints([]), []);
});
