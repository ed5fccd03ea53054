import assert from "node:assert/strict";
import { test } from "node:test";
import { type PositionFilter, someFits } from "../../src/journey/position-filter.js";
import { readPositionFilter } from "../../src/query/read-ranges.js";
import { type BuiltPoint, buildTrack, sourceOf } from "../lake/build-track.js";

function fits(point: Partial<BuiltPoint>, asked: PositionFilter): boolean {
  const full: BuiltPoint = { timeMs: 0, latDeg: 0, lonDeg: 0, row: 0, ...point };
  return someFits(buildTrack("4ca7b3", [full], [sourceOf("a")]), { start: 0, end: 1 }, asked);
}

test("both ends of a range belong to it, and unknown is in none", () => {
  const asked = readPositionFilter({ altitude: "1000..5000" })!;
  for (const altitudeFt of [1000, 5000]) assert.ok(fits({ altitudeFt }, asked));
  for (const altitudeFt of [999, 5001, Number.NaN]) assert.ok(!fits({ altitudeFt }, asked));
  assert.ok(!fits({ groundSpeedKt: Number.NaN }, readPositionFilter({ speed: "0.." })!));
});

test("the ground is below every limit, and only where there is no lower one", () => {
  const onGround = { onGround: true, altitudeFt: Number.NaN };
  assert.ok(fits(onGround, readPositionFilter({ altitude: "..500" })!));
  assert.ok(!fits(onGround, readPositionFilter({ altitude: "-1000..500" })!));
});

function angle(text: string, trackAngleDeg: number): boolean {
  return fits({ trackAngleDeg }, readPositionFilter({ angle: text })!);
}

test("directions go clockwise, across north too", () => {
  assert.deepEqual(
    [350, 0, 359, 10, 20, 349, 21, 180].map((deg) => angle("350..20", deg)),
    [true, true, true, true, true, false, false, false],
  );
  assert.ok(angle("0..360", 77) && angle("90..90", 90) && !angle("90..90", 91));
  assert.ok(!angle("0..360", Number.NaN));
});

test("one position must be all that is asked", () => {
  const low = { altitudeFt: 900, groundSpeedKt: 300 };
  assert.ok(!fits(low, readPositionFilter({ altitude: "..1000", speed: "..200" })!));
  assert.ok(fits(low, readPositionFilter({ altitude: "..1000", speed: "..300" })!));
  assert.equal(readPositionFilter({}), undefined);
});
