import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCodeOf, WheelsdownError } from "../../src/units/errors.js";
import {
  FPM_PER_MPS,
  feetFromMetres,
  HOUR_MS,
  knotsFromMps,
  metresFlown,
  nauticalMilesFromMetres,
} from "../../src/units/quantity.js";

test("quantities convert by their definitions", () => {
  assert.equal(feetFromMetres(3048), 10_000);
  assert.equal(nauticalMilesFromMetres(18_520), 10);
  assert.ok(Math.abs(knotsFromMps(1852) - 3600) < 1e-9);
  assert.ok(Math.abs(5.08 * FPM_PER_MPS - 1000) < 1e-9);
});

test("an hour at one knot is a nautical mile", () => {
  assert.ok(Math.abs(metresFlown(1, HOUR_MS) - 1852) < 1e-9);
  assert.ok(Number.isNaN(metresFlown(Number.NaN, HOUR_MS)));
});

test("an error of the user has its own exit code, a bug of ours is 70", () => {
  assert.equal(exitCodeOf(new WheelsdownError("input-invalid", "x")), 65);
  assert.equal(exitCodeOf(new WheelsdownError("input-missing", "x")), 66);
  assert.equal(exitCodeOf(new WheelsdownError("usage", "x")), 64);
  assert.equal(exitCodeOf(new WheelsdownError("io-failed", "x")), 74);
  assert.equal(exitCodeOf(new RangeError("x")), 70);
  assert.equal(exitCodeOf("text"), 70);
});
