import assert from "node:assert/strict";
import { test } from "node:test";
import { between, roughNormal, seededRandom, seedOf } from "../../src/sim/random.js";

test("the same seed gives the same series and another seed another", () => {
  const series = [1, 1, 2].map((seed) => Array.from({ length: 5 }, seededRandom(seed)));
  assert.deepEqual(series[0], series[1]);
  assert.notDeepEqual(series[0], series[2]);
});

test("draws are spread evenly between 0 and 1", () => {
  const random = seededRandom(1944);
  const bins = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 100_000; i++) bins[Math.floor(random() * 10)]! += 1;
  for (const count of bins) assert.ok(count > 9600 && count < 10_400, `bin holds ${count}`);
});

test("rough normal draws have mean 0 and deviation 1 and no outliers", () => {
  const random = seededRandom(7);
  const draws = Array.from({ length: 50_000 }, () => roughNormal(random));
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const variance = draws.reduce((sum, value) => sum + value * value, 0) / draws.length;
  assert.ok(Math.abs(mean) < 0.02, `mean ${mean}`);
  assert.ok(Math.abs(variance - 1) < 0.04, `variance ${variance}`);
  assert.ok(draws.every((value) => Math.abs(value) <= 3));
});

test("a draw between two numbers stays between them", () => {
  const random = seededRandom(3);
  for (let i = 0; i < 1000; i++) {
    const value = between(random, -5, 2);
    assert.ok(value >= -5 && value < 2);
  }
});

test("names give different seeds", () => {
  assert.notEqual(seedOf("RA-00960"), seedOf("RA-00961"));
  assert.equal(seedOf(""), 0x811c9dc5);
});
