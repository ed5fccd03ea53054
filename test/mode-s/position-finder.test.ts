import assert from "node:assert/strict";
import { test } from "node:test";
import type { DecodedPosition } from "../../src/mode-s/cpr.js";
import { emptyPositionState, findPosition } from "../../src/mode-s/position-finder.js";
import { encodePosition } from "../support/mode-s-frames.js";

const HAVANA = { latDeg: 22.9892, lonDeg: -82.4091 };
const MIAMI = { latDeg: 25.7959, lonDeg: -80.287 };

interface Sent {
  readonly at?: DecodedPosition;
  readonly second: number;
  readonly odd?: boolean;
  readonly surface?: boolean;
  readonly speedKt?: number;
  readonly receiver?: DecodedPosition;
}

/** One aircraft's messages one after the other; each gives a place as text, or why not. */
function heard(...messages: readonly Sent[]): string[] {
  const state = emptyPositionState();
  return messages.map(
    ({ at = HAVANA, second, odd = false, surface = false, speedKt, receiver }) => {
      const found = findPosition(state, encodePosition(at, { isOdd: odd, isSurface: surface }), {
        timeMs: second * 1000,
        groundSpeedKt: speedKt ?? Number.NaN,
        receiver,
      });
      return typeof found === "string"
        ? found
        : `${found.latDeg.toFixed(3)}, ${found.lonDeg.toFixed(3)}`;
    },
  );
}

const IN_HAVANA = "22.989, -82.409";

test("the first position needs a pair within ten seconds", () => {
  assert.deepEqual(heard({ second: 0 }, { second: 10, odd: true }), [
    "position-unpaired",
    IN_HAVANA,
  ]);
  assert.deepEqual(heard({ second: 0 }, { second: 10.1, odd: true }), [
    "position-unpaired",
    "position-unpaired",
  ]);
});

test("halves may come in any order, also back in time", () => {
  assert.deepEqual(heard({ second: 5, odd: true }, { second: 3 })[1], IN_HAVANA);
});

test("a message without its partner is read beside a position up to five minutes old", () => {
  const pair = [{ second: 0 }, { second: 1, odd: true }];
  assert.equal(heard(...pair, { second: 301 })[2], IN_HAVANA);
  assert.equal(heard(...pair, { second: 302 })[2], "position-unpaired");
});

test("a jump no aircraft makes is not taken, unless a second message confirms it", () => {
  const found = heard(
    { second: 0 },
    { second: 1, odd: true },
    { second: 20, at: MIAMI },
    { second: 21, at: MIAMI, odd: true },
    { second: 22, at: MIAMI },
  );
  assert.notEqual(found[2], "25.796, -80.287");
  assert.equal(found[4], "25.796, -80.287");
  assert.ok(found.slice(2, 4).includes("position-implausible"));
});

test("on the ground nothing is known without a reference", () => {
  const pair = [
    { second: 0, surface: true },
    { second: 20, surface: true, odd: true },
  ];
  assert.deepEqual(heard(...pair), ["position-unpaired", "surface-without-reference"]);
  assert.equal(heard(...pair.map((one) => ({ ...one, receiver: MIAMI })))[1], IN_HAVANA);
});

test("an aircraft that was heard in the air is placed on the ground without a receiver", () => {
  const landed = heard(
    { second: 0 },
    { second: 1, odd: true },
    { second: 60, surface: true },
    { second: 600, surface: true },
    { second: 640, surface: true, odd: true, speedKt: 5 },
  );
  assert.deepEqual(landed.slice(1), [IN_HAVANA, IN_HAVANA, "position-unpaired", IN_HAVANA]);
});

function surfacePair(second: number, speedKt = Number.NaN): string {
  const both = { surface: true, receiver: MIAMI, speedKt };
  return heard({ ...both, second: 0 }, { ...both, second, odd: true })[1]!;
}

test("a pair on the ground is good for fifty seconds, when fast for half of that", () => {
  assert.equal(surfacePair(50, 10), IN_HAVANA);
  assert.equal(surfacePair(51, 10), "position-unpaired");
  assert.equal(surfacePair(25, 90), IN_HAVANA);
  assert.equal(surfacePair(26, 90), "position-unpaired");
  assert.equal(surfacePair(26), "position-unpaired");
});
