import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Figure, figureLines } from "../../bench/world/goals.js";
import { growthSvg } from "../../bench/world/growth-picture.js";
import { median } from "../../bench/world/statistics.js";
import { parseWorldOptions } from "../../bench/world/world-options.js";
import type { SizeResult } from "../../bench/world/world-result.js";
import { WheelsdownError } from "../../src/units/errors.js";

const BENCH = fileURLToPath(new URL("../../bench/world.js", import.meta.url));

function refused(words: readonly string[], message: RegExp): void {
  assert.throws(
    () => parseWorldOptions(words),
    (error: unknown) =>
      error instanceof WheelsdownError && error.code === "usage" && message.test(error.message),
    words.join(" "),
  );
}

test("wrong words for the benchmark are refused with what they should be", () => {
  refused(["--aircraft", "many"], /whole number from 1/);
  refused(["--aircraft", "0"], /whole number from 1/);
  refused(["--aircraft", "1.5"], /whole number/);
  refused(["--aircraft", "1e9"], /whole number/);
  refused(["--aircraft", "900000"], /goes up to 200000/);
  refused(["--growth", "--aircraft", "8"], /at least --aircraft 16/);
  refused(["--picture", "x.svg"], /give --growth/);
  refused(["--fast"], /unknown option '--fast'/);
  refused(["world.tar"], /too many arguments/);
});

test("sizes, folder and seed can be chosen, and a small world is made when nothing is said", () => {
  assert.equal(parseWorldOptions([])?.aircraftCount, 1000);
  const words = ["--aircraft", "65000", "--seed", "7", "--work", "w", "--growth"];
  const options = parseWorldOptions(words);
  assert.deepEqual(
    [options?.aircraftCount, options?.seed, options?.workFolder, options?.growth],
    [65_000, 7, "w", true],
  );
});

test("the command ends with the code for wrong usage and says why", () => {
  const run = spawnSync(process.execPath, [BENCH, "--aircraft", "none"], { encoding: "utf8" });
  assert.equal(run.status, 64);
  assert.match(run.stderr, /whole number/);
  assert.equal(run.stdout, "");
});

test("a figure says whether its goal is met, and one that is absent says why", () => {
  const figures: Figure[] = [
    { what: "a", value: 1.5, unit: "R", goal: 1.7 },
    { what: "b", value: 1.71, unit: "R", goal: 1.7, note: "ten files" },
    { what: "c", value: Number.NaN, unit: "times", note: "no pandas" },
  ];
  const [met, missed, absent] = figureLines(figures);
  assert.match(met!, /^a +1\.50 R +goal 1\.7: met$/);
  assert.match(missed!, /^b +1\.71 R +goal 1\.7: missed +ten files$/);
  assert.match(absent!, /^c +- times +no pandas$/);
});

test("the picture of the growth holds every size and stays inside its frame", () => {
  const sizes = [250, 1000, 4000].map((aircraftCount) => ({
    world: { aircraftCount },
    ...{ ingestCpuMs: 10 * aircraftCount, ingestWallMs: 8 * aircraftCount, ingestPeakRssMb: 300 },
  })) as unknown as SizeResult[];
  const svg = growthSvg(sizes, "some machine");
  for (const word of ["250", "1000", "4000", "some machine", "Simulated"])
    assert.ok(svg.includes(word), word);
  for (const [, y] of svg.matchAll(/cy="([\d.]+)"/g))
    assert.ok(Number(y) >= 92 && Number(y) <= 342);
});

test("the median of an even number of values is the upper one of the middle", () => {
  assert.equal(median([4, 1, 3, 2]), 3);
  assert.ok(Number.isNaN(median([])));
});
