import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseAddress } from "../../src/aircraft/address.js";
import { thinTrack } from "../../src/api/thin-track.js";
import { gapId, trackJson } from "../../src/api/track-shape.js";
import { TrackBuilder } from "../../src/track/builder.js";
import { findContacts, findGaps } from "../../src/track/contacts.js";
import { GROUND_YES, type Track } from "../../src/track/track.js";

const START_MS = Date.UTC(2019, 0, 23);
const ADDRESS = parseAddress("140001")!;

interface Row {
  readonly afterS: number;
  readonly altitudeFt: number | undefined;
  readonly onGround: boolean;
}

/** A track that flies straight on, with these heights and pauses. */
function trackOf(rows: readonly Row[]): Track {
  const builder = new TrackBuilder(ADDRESS);
  let timeMs = START_MS;
  for (const [row, { afterS, altitudeFt, onGround }] of rows.entries()) {
    timeMs += afterS * 1000;
    const lonDeg = -67 + ((timeMs - START_MS) / 1000) * 0.001;
    builder.add({ timeMs, latDeg: 10, lonDeg, altitudeFt, onGround, row }, 0);
  }
  const source = {
    inputSha256: "ab".repeat(32),
    file: "made.json",
    format: "readsb-trace",
    simulated: true,
    stated: {},
  };
  return builder.build([source]);
}

const ROWS = fc.array(
  fc.record({
    afterS: fc.oneof(fc.constant(5), fc.constant(5), fc.constant(5), fc.constant(900)),
    altitudeFt: fc.oneof(fc.integer({ min: 0, max: 45_000 }), fc.constant(undefined)),
    onGround: fc.oneof(fc.constant(false), fc.constant(false), fc.constant(true)),
  }),
  { minLength: 1, maxLength: 400 },
);

test("thinning never loses an edge of a gap, a change of ground, the lowest or the highest", () => {
  fc.assert(
    fc.property(ROWS, fc.integer({ min: 4, max: 300 }), (rows, limit) => {
      const track = trackOf(rows);
      const contacts = findContacts(track);
      const kept = thinTrack(track, contacts, limit);
      const set = new Set(kept);
      assert.equal(set.size, kept.length);
      assert.deepEqual(
        [...kept],
        [...kept].sort((a, b) => a - b),
      );
      for (const { start, end } of contacts) assert.ok(set.has(start) && set.has(end - 1));
      const isOnGround = (i: number) => track.ground[i] === GROUND_YES;
      const edges = new Set(contacts.flatMap(({ start, end }) => [start, end - 1]));
      for (const { start, end } of contacts)
        for (let i = start + 1; i < end; i++)
          if (isOnGround(i) !== isOnGround(i - 1)) edges.add(i - 1).add(i);
      for (const i of edges) assert.ok(set.has(i), `edge ${i}`);
      assert.ok(kept.length <= Math.max(limit, edges.size), `${kept.length} of ${limit}`);
      if (track.length <= limit) assert.equal(kept.length, track.length);
      const known = [...track.altitudeFt].filter((heightFt) => !Number.isNaN(heightFt));
      if (known.length === 0 || limit < edges.size + 4) return;
      const held = new Set(Array.from(kept, (i) => track.altitudeFt[i]!));
      const groundCount = [...track.ground].filter((value) => value === GROUND_YES).length;
      // Where the ground takes all the room there are no buckets left for the air.
      if (limit - Math.min(edges.size + groundCount, limit) < 4 && groundCount > 0) return;
      assert.ok(held.has(Math.max(...known)) && held.has(Math.min(...known)));
    }),
    { seed: 1944, numRuns: 300 },
  );
});

test("points on the ground all stay while they fit", () => {
  const rows = Array.from({ length: 300 }, (_, i): Row => {
    const onGround = i >= 100 && i < 160;
    return { afterS: 5, altitudeFt: onGround ? undefined : 3_000 + i, onGround };
  });
  const track = trackOf(rows);
  const kept = new Set(thinTrack(track, findContacts(track), 100));
  for (let i = 100; i < 160; i++) assert.ok(kept.has(i), String(i));
  assert.ok(kept.size <= 100 && kept.size > 70, String(kept.size));
});

test("turns stay where a level track is thinned", () => {
  const builder = new TrackBuilder(ADDRESS);
  // Ten sharp corners in level flight: neither first nor last, neither low nor high.
  for (let i = 0; i < 2000; i++)
    builder.add(
      {
        ...{ timeMs: START_MS + i * 2000, altitudeFt: 30_000, onGround: false, row: i },
        ...{ latDeg: 10 + Math.abs((i % 200) - 100) / 100, lonDeg: -67 + i * 0.001 },
      },
      0,
    );
  const track = builder.build([]);
  const kept = new Set(thinTrack(track, findContacts(track), 200));
  for (let i = 100; i < 2000; i += 100) assert.ok(kept.has(i), `corner ${i}`);
});

test("columns have one length, the ground no altitude, and gaps point behind themselves", () => {
  const rows = Array.from({ length: 500 }, (_, i): Row => {
    return { afterS: i % 100 === 99 ? 900 : 5, altitudeFt: 1_000 + i, onGround: i > 450 };
  });
  const received = trackOf(rows);
  const track = trackJson(received, 100);
  const gaps = findGaps(received, findContacts(received));
  assert.equal(track.positionCount, 500);
  assert.deepEqual(
    track.gaps.map(({ id }) => id),
    gaps.map((gap) => gapId(ADDRESS, gap)),
  );
  for (const [at, place] of track.gapAt.entries()) {
    assert.equal(track.time[place]! * 1000, gaps[at]!.toMs);
    assert.equal(track.time[place - 1]! * 1000, gaps[at]!.fromMs);
  }
  track.ground.forEach((ground, i) => {
    if (ground) assert.equal(track.altitudeFt[i], null);
  });
  const empty = trackJson(trackOf([]), 100);
  assert.deepEqual([empty.time, empty.gaps, empty.gapAt], [[], [], []]);
});
