import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../src/aircraft/address.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import type { TracksNearQuery } from "../../src/lake/near-tracks.js";
import type { Track } from "../../src/track/track.js";
import { type BuiltPoint, buildTrack, inputOf, sourceOf } from "./build-track.js";
import { temporaryFolder } from "./temporary-folder.js";

const NOON_MS = Date.UTC(2019, 0, 23, 12);
const HOUR_MS = 3_600_000;

function pointsAt(latDeg: number, lonDeg: number, hours: readonly number[]): BuiltPoint[] {
  return hours.map((hour, row) => ({ timeMs: NOON_MS + hour * HOUR_MS, latDeg, lonDeg, row }));
}

async function lakeWith(tracks: readonly Track[]): Promise<Lake> {
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [inputOf("a"), inputOf("b")], tracks });
  await session.close();
  return lake;
}

async function ask(lake: Lake, query: Partial<TracksNearQuery>): Promise<Track[]> {
  const tracks: Track[] = [];
  const whole = { boxes: [], fromMs: NOON_MS - HOUR_MS, toMs: NOON_MS + HOUR_MS, ...query };
  for await (const track of lake.tracksNear(whole)) tracks.push(track);
  return tracks;
}

test("aircraft with a position in a box come with the hours around it, in order of address", async () => {
  const hours = [-6, -0.5, 0, 0.5, 1.5, 6];
  const lake = await lakeWith([
    buildTrack("4ca7b9", pointsAt(10.5, -67, hours), [sourceOf("a")]),
    buildTrack("4ca7b3", pointsAt(10.5, -67, hours), [sourceOf("a"), sourceOf("b")]),
    buildTrack("4ca7b4", pointsAt(11.5, -67, hours), [sourceOf("b")]),
  ]);
  const box = { southDeg: 10, northDeg: 11, westDeg: -68, eastDeg: -66 };
  const found = await ask(lake, { boxes: [box] });
  assert.deepEqual(
    found.map(({ address }) => address),
    ["4ca7b3", "4ca7b9"],
  );
  const [first] = found;
  assert.deepEqual(
    Array.from(first!.timeMs, (timeMs) => (timeMs - NOON_MS) / HOUR_MS),
    [-0.5, 0, 0.5, 1.5],
  );
  assert.deepEqual([...first!.sourceRow], [1, 2, 3, 4]);
  assert.equal(first!.sources[0]?.file, "a.json");
  // What one aircraft's own question gives for the same stretch is the same, column by column.
  const alone = await lake.track("4ca7b3" as Address, {
    fromMs: NOON_MS - 2 * HOUR_MS,
    toMs: NOON_MS + 2 * HOUR_MS,
  });
  assert.deepEqual(first, alone);
  const only = await ask(lake, { boxes: [box], addresses: ["4ca7b9" as Address] });
  assert.equal(only.length, 1);
  assert.deepEqual(await ask(lake, { boxes: [box], addresses: [] }), []);
  assert.deepEqual(await ask(lake, { boxes: [] }), []);
  await lake.close();
});

test("a box may cross 180 degrees, and several boxes count as one place", async () => {
  const lake = await lakeWith([
    buildTrack("4ca7b3", pointsAt(-17, 179.9, [0]), [sourceOf("a")]),
    buildTrack("4ca7b4", pointsAt(-17, -179.9, [0]), [sourceOf("a")]),
    buildTrack("4ca7b5", pointsAt(-17, 0, [0]), [sourceOf("a")]),
    buildTrack("4ca7b6", pointsAt(50, 0, [0]), [sourceOf("a")]),
  ]);
  const fiji = { southDeg: -18, northDeg: -16, westDeg: 179, eastDeg: -179 };
  const north = { southDeg: 49, northDeg: 51, westDeg: -1, eastDeg: 1 };
  const found = await ask(lake, { boxes: [fiji, north] });
  assert.deepEqual(
    found.map(({ address }) => address),
    ["4ca7b3", "4ca7b4", "4ca7b6"],
  );
  await lake.close();
});

test("a stopped question ends as interrupted", async () => {
  const lake = await lakeWith([buildTrack("4ca7b3", pointsAt(10, 10, [0]), [sourceOf("a")])]);
  const stop = new AbortController();
  stop.abort();
  const box = { southDeg: 0, northDeg: 20, westDeg: 0, eastDeg: 20 };
  await assert.rejects(ask(lake, { boxes: [box], signal: stop.signal }), { code: "interrupted" });
  await lake.close();
});
