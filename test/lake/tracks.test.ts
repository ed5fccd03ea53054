import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Address } from "../../src/aircraft/address.js";
import { openLake } from "../../src/lake/lake.js";
import { type BuiltPoint, buildTrack, inputOf, sourceOf } from "./build-track.js";
import { temporaryFolder } from "./temporary-folder.js";

const EVENING_MS = Date.UTC(2019, 0, 31, 23, 30);
const ADDRESSES = ["4ca7b3", "4ca7b4", "~4ca7b3", "000001", "fffffe"] as Address[];

function pointsOf(shift: number, count: number): BuiltPoint[] {
  return Array.from({ length: count }, (_, row) => {
    const callsign = row % 7 === 0 ? "RSD12" : `SIM${shift}`;
    return { timeMs: EVENING_MS + row * 1000, latDeg: shift, lonDeg: row / 1000, row, callsign };
  });
}

test("many tracks at once are the same as one by one, over files, days and several inputs", async () => {
  const lake = await openLake(join(temporaryFolder(), "lake"), { create: true });
  const session = await lake.beginIngest();
  // The same times in each input, so that only the order of ingest tells their points apart.
  for (const [place, input] of ["a", "b", "c"].entries()) {
    const tracks = ADDRESSES.slice(place).map((address, index) =>
      buildTrack(address, pointsOf(place * 10 + index, 2500), [
        sourceOf(input, { stated: { registration: `EI-${input}` } }),
      ]),
    );
    await session.addBatch({ inputs: [inputOf(input)], tracks });
  }
  await session.close();
  const wanted = ["fffffe", "123456", ...ADDRESSES.slice(0, 3)] as Address[];
  const found = [];
  for await (const track of lake.tracks(wanted)) found.push(track);
  assert.deepEqual(
    found.map(({ address }) => address),
    ["4ca7b3", "4ca7b4", "fffffe", "~4ca7b3"],
  );
  for (const track of found) assert.deepEqual(track, await lake.track(track.address));
  await lake.close();
});

test("no addresses and an empty lake give no tracks", async () => {
  const lake = await openLake(join(temporaryFolder(), "lake"), { create: true });
  for (const addresses of [[], ADDRESSES])
    for await (const _ of lake.tracks(addresses)) assert.fail();
  await lake.close();
});
