import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Movement } from "../../src/movement/movement.js";
import type { Point, Track } from "../../src/track/track.js";
import { SECOND_MS } from "../../src/units/quantity.js";
import { ATOLL, HIGH, PORT, TOWN } from "../support/airports.js";
import { analyse, FLY_SHA256, fly, type Pilot, trackOf } from "../support/fly.js";

const START_MS = Date.parse("2024-05-01T10:00:00Z");

/** What must hold for every movement of every track. */
function assertSound(track: Track, movements: readonly Movement[]): void {
  const rows = new Set(track.sourceRow);
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const movement of movements) {
    const { timeFromMs, timeToMs, timeMs, candidates, exhibits, airport, probability } = movement;
    assert.ok(timeFromMs <= timeMs && timeMs <= timeToMs, `${movement.basis}: time`);
    assert.ok(timeMs >= lastMs, "in order of time");
    lastMs = timeMs;
    assert.ok(probability > 0 && probability <= 1);
    const shares = candidates.map((candidate) => candidate.probability);
    assert.ok(shares.every((share) => share >= 0 && share <= 1));
    assert.ok(shares.reduce((sum, share) => sum + share, 0) <= 1 + 1e-9);
    assert.deepEqual(
      shares,
      [...shares].sort((a, b) => b - a),
    );
    if (airport) assert.equal(candidates[0]?.airport, airport);
    if (movement.runway) assert.ok(airport);
    if (movement.offAirport) assert.deepEqual([airport, candidates.length], [undefined, 0]);
    assert.ok(exhibits.length > 0);
    for (const { inputSha256, file, rowFrom, rowTo } of exhibits) {
      assert.deepEqual([inputSha256, file], [FLY_SHA256, "fly.json"]);
      assert.ok(rowFrom <= rowTo && rows.has(rowFrom) && rows.has(rowTo), "rows exist");
    }
    assert.ok(Number.isFinite(movement.latDeg) && Number.isFinite(movement.lonDeg));
    assert.match(movement.basis, /^[^\n]{20,}$/);
    assert.doesNotMatch(movement.basis, /NaN|undefined|Infinity/);
  }
}

function assertSoundPilot(pilot: Pilot): void {
  const track = pilot.track();
  assertSound(track, analyse(track).movements);
}

test("every movement of a flown day has its interval, its candidates and rows that exist", () => {
  assertSoundPilot(
    fly()
      .stand(5, TOWN)
      .takeOff(TOWN, "09L")
      .goAround(TOWN, "09L")
      .touchAndGo(TOWN, "27R")
      .lowPass(TOWN, "09R")
      .flyTo(PORT, { altitudeFt: 20_000, speedKt: 400 })
      .approach(PORT, "18", { downToFt: 500 })
      .silence(90)
      .takeOff(PORT, "36")
      .flyTo(TOWN, { altitudeFt: 25_000, speedKt: 400 })
      .silence(400)
      .land(TOWN, "09R")
      .stand(5),
  );
  assertSoundPilot(fly().land(ATOLL, "07").stand(2).takeOff(ATOLL, "25"));
  assertSoundPilot(fly({ groundFlag: "absent" }).land(HIGH, "10").stand(9).takeOff(HIGH, "10"));
});

test("no track, one point, and points that say nothing but where they are give no movement", () => {
  assert.deepEqual(analyse(trackOf([])).movements, []);
  const one: Point = { timeMs: START_MS, latDeg: 50, lonDeg: 10, row: 0 };
  assert.deepEqual(analyse(trackOf([one])).movements, []);
  const bare = Array.from({ length: 200 }, (_, row) => ({
    timeMs: START_MS + row * 10 * SECOND_MS,
    latDeg: 50.3,
    lonDeg: 9 + row / 100,
    row,
  }));
  assert.deepEqual(analyse(trackOf(bare)).movements, []);
});

test("contacts and gaps of an analysis tile its clean track", () => {
  const pilot = fly().stand(5, TOWN).silence(60).stand(5).silence(30).takeOff(TOWN, "09L");
  const { clean, contacts, gaps } = analyse(pilot.track());
  assert.equal(contacts[0]!.start, 0);
  assert.equal(contacts.at(-1)!.end, clean.track.length);
  assert.equal(gaps.length, contacts.length - 1);
});

test("the same track gives the same movements, and analysing changes no column", () => {
  const pilot = fly().stand(5, TOWN).takeOff(TOWN, "09L").land(PORT, "18").stand(5);
  const track = pilot.track();
  const copy = structuredClone({ ...track });
  const first = analyse(track).movements;
  assert.deepEqual(analyse(track).movements, first);
  assert.deepEqual({ ...track }, copy);
});

test("movements do not depend on where a thread of points is cut into rows and inputs", () => {
  const pilot = fly().stand(5, TOWN).takeOff(TOWN, "09L").land(PORT, "18").stand(5);
  const whole = analyse(pilot.track()).movements;
  const shuffled = analyse(trackOf([...pilot.points].reverse(), { typeDesignator: "A320" }));
  assert.deepEqual(
    shuffled.movements.map(({ kind, timeMs, airport }) => [kind, timeMs, airport?.ident]),
    whole.map(({ kind, timeMs, airport }) => [kind, timeMs, airport?.ident]),
  );
});

test("points at random around an airport break nothing, and whatever is claimed is sound", () => {
  const point = fc.record({
    waitS: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 30, max: 20_000 })),
    northM: fc.integer({ min: -9000, max: 9000 }),
    eastM: fc.integer({ min: -9000, max: 9000 }),
    altitudeFt: fc.option(fc.integer({ min: -500, max: 9000 }), { nil: undefined }),
    groundSpeedKt: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
    trackAngleDeg: fc.option(fc.integer({ min: 0, max: 359 }), { nil: undefined }),
    verticalRateFpm: fc.option(fc.integer({ min: -2000, max: 2000 }), { nil: undefined }),
    onGround: fc.option(fc.boolean(), { nil: undefined }),
  });
  const type = fc.constantFrom("A320", "C172", "EC35", "GLID", "");
  const airport = fc.constantFrom(TOWN, HIGH, ATOLL, PORT);
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), type, airport, (wild, typeDesignator, at) => {
      let timeMs = START_MS;
      const points = wild.map(({ waitS, northM, eastM, ...rest }, row) => {
        timeMs += waitS * SECOND_MS;
        const lonDeg = at.lonDeg + eastM / 71_000;
        return {
          ...rest,
          timeMs,
          latDeg: at.latDeg + northM / 111_000,
          lonDeg: lonDeg > 180 ? lonDeg - 360 : lonDeg,
          row,
        };
      });
      const track = trackOf(points, { typeDesignator });
      assertSound(track, analyse(track).movements);
    }),
    { seed: 1944, numRuns: 400 },
  );
});
