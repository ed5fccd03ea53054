import assert from "node:assert/strict";
import { test } from "node:test";
import { polygonContains } from "../../src/geo/polygon.js";
import { parseCorners } from "../../src/place/area-corners.js";
import { WheelsdownError } from "../../src/units/errors.js";

function holds(word: string, latDeg: number, lonDeg: number): boolean {
  return polygonContains(parseCorners(word)!.polygon, latDeg, lonDeg);
}

test("corners are latitude first, apart by spaces or semicolons, and may repeat the first at the end", () => {
  for (const word of [
    "10,-70 12,-70 12,-65",
    "10, -70; 12, -70; 12,-65;10,-70",
    " +10,-70  12,-70 12,-65 ",
  ]) {
    assert.equal(parseCorners(word)?.cornerCount, 3, word);
    assert.ok(holds(word, 11.9, -69), word);
    assert.ok(!holds(word, 10.1, -66), word);
  }
});

test("across 180 degrees a polygon holds both sides and not the rest of the world", () => {
  for (const word of ["-20,175 -20,-175 -15,-175 -15,175", "-15,175 -15,-175 -20,-175 -20,175"]) {
    assert.ok(holds(word, -17, 179.9));
    assert.ok(holds(word, -17, -179.9));
    assert.ok(!holds(word, -17, 0));
    assert.ok(!holds(word, -17, 174));
  }
  const touching = "0,-180 0,-170 5,-170 5,180";
  assert.ok(holds(touching, 2, -175));
  assert.ok(!holds(touching, 2, 175));
});

test("corners round a pole hold it", () => {
  const word = "70,-135 70,-45 70,45 70,135";
  assert.ok(holds(word, 90, 0));
  assert.ok(holds(word, 80, 179));
  assert.ok(!holds(word, 60, 20));
});

test("what is no list of corners is left to others", () => {
  for (const word of [
    "",
    "VE",
    "10.6,-66.99",
    "10.6 -66.99",
    "-73,1,-60,12",
    "Sao Tome",
    "a,b c,d",
  ])
    assert.equal(parseCorners(word), undefined, word);
});

test("each way to write them wrongly is told with the corner", () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["1,1 2,x 3,3", /^polygon from 1,1 on: corner 2 is no lat,lon/],
    ["1,1 91,0 3,3", /corner 2 lies on no globe/],
    ["1,1 2,2", /needs three different corners/],
    ["1,1 2,2 1,1", /needs three different corners/],
    ["1,1 1,1 2,2 3,1", /corner 1 is given twice in a row/],
    ["1,1 2,2 3,3", /has no inside/],
    ["0,0 5,180 9,9", /edge after corner 1 spans half the globe/],
    ["0,0 0,4 4,4 0,2 4,0", /crosses or touches itself: the edges after corners 1 and 3 meet/],
  ];
  for (const [word, says] of wrong)
    assert.throws(
      () => parseCorners(word),
      (error: unknown) =>
        error instanceof WheelsdownError &&
        error.code === "input-invalid" &&
        says.test(error.message),
      word,
    );
});
