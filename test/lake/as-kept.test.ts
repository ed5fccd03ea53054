import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { trackAsKept } from "../../src/lake/as-kept.js";
import { openLake } from "../../src/lake/lake.js";
import type { Track } from "../../src/track/track.js";
import { type BuiltPoint, buildTrack, inputOf, sourceOf } from "./build-track.js";
import { temporaryFolder } from "./temporary-folder.js";

const START_MS = Date.UTC(2019, 0, 31, 23, 58);

/** What the lake gives back of a track, when it is all the lake has. */
async function throughLake(track: Track): Promise<Track | undefined> {
  const lake = await openLake(join(temporaryFolder(), "lake"), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [inputOf("a"), inputOf("b"), inputOf("c")], tracks: [track] });
  await session.close();
  const given = await lake.track(track.address);
  await lake.close();
  return given;
}

/** Values between what the lake keeps, on its edges, missing, and negative ones that round to zero. */
const ODD = [0, -0.000_000_4, 12.345_678_949_9, -67.000_000_5, 0.04, 359.96, 1e12];

function oddPoint(row: number): BuiltPoint {
  const odd = (shift: number) => ODD[(row + shift) % ODD.length]!;
  const angle = Math.min(89, odd(1));
  return {
    timeMs: START_MS + row * 7_333.337,
    ...{
      latDeg: angle,
      lonDeg: Math.max(-180, Math.min(180, odd(2))),
      row,
      source: row % 2 ? 2 : 0,
    },
    ...(row % 3 ? { altitudeFt: odd(3), geometricAltitudeFt: odd(4), groundSpeedKt: odd(5) } : {}),
    ...(row % 4 ? { trackAngleDeg: odd(6), verticalRateFpm: -odd(7), squawk: 21 } : {}),
    ...(row % 5 > 2 ? { callsign: row % 2 ? "RSD12" : "RSD13", onGround: row % 2 === 0 } : {}),
    ...(row > 20 ? { nic: 8, nacP: 9, sil: 3, positionSource: "mlat", flags: 5 } : {}),
  };
}

test("a track as the lake would keep it is the track the lake gives back, value by value", async () => {
  const sources = ["a", "b", "c"].map((name) => sourceOf(name));
  const points = Array.from({ length: 60 }, (_, row) => oddPoint(row));
  const track = buildTrack("4ca7b3", points, sources);
  const kept = trackAsKept(track);
  assert.equal(kept?.sources.length, 2, "the source without a point is left out");
  assert.deepEqual(kept, await throughLake(track));
});

test("a track without points is none", () => {
  assert.equal(trackAsKept(buildTrack("4ca7b3", [], [])), undefined);
});
