import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGeoid } from "../../src/reference/geoid.js";
import { ellipsoidHeightM, heightM, levelRuns } from "../../src/report/heights.js";
import { FLAG_ALTITUDE_GEOMETRIC, type Track } from "../../src/track/track.js";
import { atlanticFixture } from "./fixture.js";

// Input and output that NGA publishes with its program INTPT for the 15-minute grid of EGM96 (OUTINTPT.DAT).
const NGA_POINTS = [
  [38.628155, 269.779155, -31.628],
  [-14.621217, 305.021114, -2.969],
  [46.874319, 102.448729, -43.575],
  [-23.617446, 133.874712, 15.871],
  [38.625473, 359.9995, 50.066],
  [-0.466744, 0.0023, 17.329],
] as const;

test("mean sea level is where NGA has it, to half a metre, poles and 180 degrees included", async () => {
  const geoidHeightM = await loadGeoid();
  for (const [lat, lon, heightAboveEllipsoid] of NGA_POINTS) {
    const found = geoidHeightM(lat, lon > 180 ? lon - 360 : lon);
    assert.ok(Math.abs(found - heightAboveEllipsoid) < 0.5, `${lat} ${lon}: ${found}`);
  }
  assert.ok(Math.abs(geoidHeightM(90, 0) - 13.61) < 0.5);
  assert.ok(Math.abs(geoidHeightM(-90, 0) + 29.53) < 0.5);
  assert.equal(geoidHeightM(0, 180), geoidHeightM(0, -180));
});

/** Ten points: two on the ground, then up; `geometric` of them have a geometric altitude 300 ft above the other. */
function climb(geometric: readonly number[], flags?: Uint8Array): Track {
  const { track } = atlanticFixture({ simulated: false });
  const ten = Array.from({ length: 10 }, (_, i) => i);
  return {
    ...track,
    length: 10,
    ground: Uint8Array.from(ten, (i) => (i < 2 ? 1 : 0)),
    altitudeFt: Float32Array.from(ten, (i) => (i < 2 || i === 9 ? Number.NaN : i * 1000)),
    geometricAltitudeFt: Float32Array.from(ten, (i) =>
      geometric.includes(i) ? i * 1000 + 300 : Number.NaN,
    ),
    flags: flags ?? new Uint8Array(10),
  };
}

const ALL = { start: 0, end: 10 };
const geoidHeightM = () => 20;

function levels(track: Track, options: Parameters<typeof levelRuns>[2]): string[] {
  return levelRuns(track, ALL, options).map(({ start, end, level }) => `${start}-${end} ${level}`);
}

test("a contact is cut where its height is known in another way, and no point is lost", () => {
  const all = climb([2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(levels(all, { geoidHeightM }), ["0-2 ground", "2-9 sea-level", "9-10 unknown"]);
  assert.deepEqual(levels(all, {}), ["0-2 ground", "2-9 pressure", "9-10 unknown"]);
  const pressure = { geoidHeightM, altitudeMode: "pressure" } as const;
  assert.deepEqual(levels(all, pressure), ["0-2 ground", "2-9 pressure", "9-10 unknown"]);
  const ground = { geoidHeightM, altitudeMode: "ground" } as const;
  assert.deepEqual(levels(all, ground), ["0-10 draped"]);
});

test("a contact with few geometric altitudes is drawn by pressure altitude, unless another is asked for", () => {
  const few = climb([4, 5]);
  assert.deepEqual(levels(few, { geoidHeightM }), ["0-2 ground", "2-9 pressure", "9-10 unknown"]);
  const asked = { geoidHeightM, altitudeMode: "sea-level" } as const;
  assert.deepEqual(levels(few, asked), [
    "0-2 ground",
    "2-4 unknown",
    "4-6 sea-level",
    "6-10 unknown",
  ]);
});

test("an altitude that its source calls geometric is never taken for pressure altitude", () => {
  const flags = new Uint8Array(10).fill(FLAG_ALTITUDE_GEOMETRIC);
  const track = climb([], flags);
  assert.deepEqual(levels(track, { geoidHeightM }), [
    "0-2 ground",
    "2-9 sea-level",
    "9-10 unknown",
  ]);
  const pressure = { geoidHeightM, altitudeMode: "pressure" } as const;
  assert.deepEqual(levels(track, pressure), ["0-2 ground", "2-10 unknown"]);
});

test("heights above the sea and above the ellipsoid differ by the geoid, and unknown is NaN", () => {
  const track = climb([5]);
  const options = { geoidHeightM };
  assert.ok(Math.abs(heightM(track, 5, "sea-level", options) - (5300 * 0.3048 - 20)) < 1e-6);
  assert.ok(Math.abs(ellipsoidHeightM(track, 5, "sea-level", options) - 5300 * 0.3048) < 1e-6);
  assert.ok(Math.abs(heightM(track, 5, "pressure", options) - 5000 * 0.3048) < 1e-6);
  assert.ok(Math.abs(ellipsoidHeightM(track, 5, "pressure", options) - 5000 * 0.3048 - 20) < 1e-6);
  for (const level of ["ground", "unknown", "draped"] as const)
    assert.ok(Number.isNaN(heightM(track, 5, level, options)), level);
});
