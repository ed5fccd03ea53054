import assert from "node:assert/strict";
import { test } from "node:test";
import { countryFrame } from "../../src/place/country-frame.js";

type Claim = (readonly [number, number])[][];

function box(west: number, south: number, east: number, north: number): Claim {
  return [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ];
}

test("a country is framed by its largest part and what lies near it, not by islands across an ocean", () => {
  const mainland = box(-5, 42, 8, 51);
  const island = box(8.5, 41, 9.6, 43);
  const overseas = box(-62, 15.8, -61, 16.5);
  const found = countryFrame([overseas, mainland, island]);
  assert.deepEqual(found, { southDeg: 41, westDeg: -5, northDeg: 51, eastDeg: 9.6 });
});

test("an archipelago is walked along, whatever the order of its parts", () => {
  const islands = [box(120, 0, 125, 4), box(110, 0, 116, 4), box(100, 0, 106, 6)];
  for (const claims of [islands, [...islands].reverse()])
    assert.deepEqual(countryFrame(claims), {
      southDeg: 0,
      westDeg: 100,
      northDeg: 6,
      eastDeg: 125,
    });
});

test("a country cut at 180 degrees is one picture across it", () => {
  const found = countryFrame([box(30, 45, 180, 75), box(-180, 62, -170, 70)]);
  assert.deepEqual(found, { southDeg: 45, westDeg: 30, northDeg: 75, eastDeg: -170 });
});

test("no land, no frame", () => {
  assert.equal(countryFrame([]), undefined);
  assert.equal(countryFrame([[]]), undefined);
});
