import assert from "node:assert/strict";
import { test } from "node:test";
import { areaTest } from "../../src/journey/area-test.js";
import { findVisits } from "../../src/journey/visits.js";
import { openLake } from "../../src/lake/lake.js";
import type { PointArea } from "../../src/place/area.js";
import { cleanTrack } from "../../src/track/clean.js";
import type { Track } from "../../src/track/track.js";
import { type BuiltPoint, buildTrack, inputOf, sourceOf } from "./build-track.js";
import { temporaryFolder } from "./temporary-folder.js";

const START_MS = Date.UTC(2019, 0, 22, 20);
const MINUTE_MS = 60_000;

/** Park and Miller's generator: the same tracks on every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Eight hours round a place on the antimeridian, with silences of up to two hours. */
function wanderer(index: number): Track {
  const random = randomFrom(index + 7);
  const points: BuiltPoint[] = [];
  let [timeMs, latDeg, lonDeg, turn] = [START_MS, -17 + random() * 2, 179 + random() * 2, random()];
  for (let row = 0; row < 300; row++) {
    const stepMs = random() < 0.02 ? random() * 120 * MINUTE_MS : random() * 2 * MINUTE_MS;
    timeMs += Math.round(stepMs);
    turn += (random() - 0.5) * 0.4;
    // At most some 300 kt.
    const stepDeg = (Math.min(stepMs, 10 * MINUTE_MS) / MINUTE_MS) * 0.05;
    latDeg = Math.round((latDeg + Math.cos(turn * 6) * stepDeg) * 1e6) / 1e6;
    lonDeg = Math.round((lonDeg + Math.sin(turn * 6) * stepDeg) * 1e6) / 1e6;
    const wrappedDeg = lonDeg > 180 ? Math.round((lonDeg - 360) * 1e6) / 1e6 : lonDeg;
    points.push({ timeMs, latDeg, lonDeg: wrappedDeg, altitudeFt: 5_000, row });
  }
  return buildTrack((0x4c_a000 + index).toString(16), points, [sourceOf("a")]);
}

test("asking by boxes and hours gives the visits that reading every track gives", async () => {
  const tracks = Array.from({ length: 40 }, (_, index) => wanderer(index));
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [inputOf("a")], tracks });
  await session.close();
  const area: PointArea = { kind: "point", latDeg: -16.5, lonDeg: 179.9, label: "here" };
  const periods = [
    { fromMs: START_MS, toMs: START_MS + 24 * 60 * MINUTE_MS },
    { fromMs: START_MS + 100 * MINUTE_MS, toMs: START_MS + 215 * MINUTE_MS },
  ];
  let count = 0;
  for (const period of periods) {
    for (const nearM of [0, 20_000, 90_000]) {
      const prepared = areaTest({ area, nearM });
      const wanted = tracks.flatMap((track) => visitsOf(track, prepared, period));
      const found: string[] = [];
      for await (const track of lake.tracksNear({ boxes: prepared.boxes, ...period }))
        found.push(...visitsOf(track, prepared, period));
      assert.deepEqual(found, wanted, `${nearM} m`);
      count += wanted.length;
    }
  }
  assert.ok(count > 50, `only ${count} visits`);
  await lake.close();
});

function visitsOf(
  track: Track,
  prepared: ReturnType<typeof areaTest>,
  period: { readonly fromMs: number; readonly toMs: number },
): string[] {
  const { track: clean } = cleanTrack(track);
  return findVisits(clean, prepared, period).map((visit) =>
    [
      clean.address,
      visit.fromMs,
      visit.toMs,
      visit.end - visit.start,
      visit.isEntrySeen,
      visit.isExitSeen,
      clean.sourceRow[visit.start],
    ].join(" "),
  );
}
