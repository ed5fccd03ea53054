import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameListener } from "../../src/formats/mode-s-frames.js";
import type { ReaderSink } from "../../src/formats/reader.js";
import { longitudeZones } from "../../src/mode-s/cpr.js";
import { parityRest } from "../../src/mode-s/parity.js";
import { type RandomSource, seededRandom } from "../../src/sim/random.js";
import type { Point } from "../../src/track/track.js";
import { framesOf, setParity, surfaceFrame, type TimedFrame } from "../support/mode-s-frames.js";
import { longitudeZones as plainZones } from "./plain/cpr.js";
import { FrameListener as PlainListener } from "./plain/frames.js";

const START_MS = Date.parse("2019-01-23T23:11:07Z");
const RECEIVER = { latDeg: 59.7, lonDeg: 30.3 };
const ADDRESSES = ["4ca7b3", "000001", "~4ca7b3", "ffffff", "10fc01"] as const;

/** What a listener hands over, in order, in words; what is unknown, and flags that are none, are left out. */
function recordOf(
  listen: (sink: ReaderSink) => {
    take(frame: TimedFrame & { row: number; isMlat: boolean }): void;
  },
  frames: readonly TimedFrame[],
): string[] {
  const record: string[] = [];
  const sink: ReaderSink = {
    row: () => {},
    rows: () => {},
    identity: () => {},
    simulated: () => {},
    fellBack: () => {},
    points: () => {},
    issue: ({ kind, row }) => record.push(`${row} ${kind}`),
    point: (address, point) => {
      const known = Object.entries(point).filter(
        ([name, value]) =>
          value !== undefined && !Number.isNaN(value) && !(name === "flags" && value === 0),
      );
      known.sort(([one], [other]) => (one < other ? -1 : 1));
      record.push(`${address} ${JSON.stringify(known)}`);
    },
  };
  const listener = listen(sink);
  frames.forEach((frame, row) => listener.take({ ...frame, row, isMlat: row % 50 === 7 }));
  return record;
}

/** Aircraft in the air and on the ground, and between them anything that can be sent, whole and damaged. */
function randomFrames(random: RandomSource): TimedFrame[] {
  const frames: TimedFrame[] = [];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  for (const address of ADDRESSES) {
    const points = pointsOf(random);
    frames.push(...framesOf(address, points));
    for (const [i, point] of points.entries())
      frames.push({
        timeMs: point.timeMs + 70,
        bytes: surfaceFrame(address, point, { isOdd: i % 2 === 1, movement: 20 }),
      });
  }
  const count = frames.length;
  for (let i = 0; i < count; i++) {
    const { timeMs } = pick(frames);
    frames.push({ timeMs: timeMs + Math.floor(random() * 9), bytes: anything(random, pick) });
  }
  return frames.sort((a, b) => a.timeMs - b.timeMs);
}

function pointsOf(random: RandomSource): Point[] {
  const latDeg = random() * 178 - 89;
  const stepMs = random() < 0.5 ? 500 : 200_000;
  return Array.from({ length: 12 }, (_, i) => ({
    timeMs: START_MS + i * stepMs,
    latDeg: latDeg + i / 2000,
    lonDeg: random() < 0.1 ? -179 : 179.9 + i / 2000 > 180 ? -179.99 : 179.9 + i / 2000,
    altitudeFt: Math.round(random() * 1600) * 25,
    groundSpeedKt: Math.round(random() * 500),
    trackAngleDeg: Math.floor(random() * 360),
    verticalRateFpm: Math.round(random() * 60 - 30) * 64,
    callsign: "RSD123",
    squawk: 1234,
    row: i,
  }));
}

function anything(random: RandomSource, pick: <T>(list: readonly T[]) => T): Uint8Array {
  const format = pick([0, 4, 5, 11, 16, 17, 17, 17, 17, 18, 18, 20, 21, 24, 31]);
  const bytes = Uint8Array.from({ length: format < 16 ? 7 : 14 }, () => random() * 256);
  bytes[0] = (format << 3) | Math.floor(random() * 8);
  const value = Number.parseInt(pick(ADDRESSES).replace("~", ""), 16);
  const isClear = format === 11 || format === 17 || format === 18;
  if (isClear) bytes.set([value >> 16, value >> 8, value], 1);
  setParity(bytes, isClear ? 0 : value);
  if (random() < 0.2) bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
  return random() < 0.05 ? bytes.subarray(1) : bytes;
}

test("whatever is sent, the quick way hears what the plain one does", () => {
  let pointCount = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const frames = randomFrames(seededRandom(seed));
    for (const receiver of [undefined, RECEIVER]) {
      const quick = recordOf((sink) => new FrameListener(sink, receiver), frames);
      const plain = recordOf((sink) => new PlainListener(sink, receiver), frames);
      assert.deepEqual(quick, plain, `seed ${seed}`);
      pointCount += quick.filter((line) => line.includes("[")).length;
    }
  }
  assert.ok(pointCount > 5000, `${pointCount}`);
});

test("parity by tables is that of the standard's division, bit by bit", () => {
  const random = seededRandom(1944);
  for (const length of [7, 14])
    for (let i = 0; i < 200; i++) {
      const bytes = Uint8Array.from({ length }, () => random() * 256);
      assert.equal(parityRest(bytes), dividedRest(bytes));
    }
});

/** Division by the generator 1111111111111010000001001 (ICAO Annex 10, Vol. IV, 3.1.2.3.3.1.2). */
function dividedRest(bytes: Uint8Array): number {
  const bits = [...bytes].flatMap((byte) => [...byte.toString(2).padStart(8, "0")].map(Number));
  const generator = [..."1111111111111010000001001"].map(Number);
  for (let i = 0; i < bits.length - 24; i++)
    if (bits[i] === 1) for (const [j, bit] of generator.entries()) bits[i + j]! ^= bit;
  return Number.parseInt(bits.slice(-24).join(""), 2);
}

test("zones of longitude by table are those of the search, at and around every border", () => {
  for (let step = -90_000; step <= 90_000; step++)
    assert.equal(longitudeZones(step / 1000), plainZones(step / 1000), `${step / 1000}`);
  for (let zones = 2; zones < 60; zones++) {
    const a = 1 - Math.cos(Math.PI / 30);
    const deg = (Math.acos(Math.sqrt(a / (1 - Math.cos((2 * Math.PI) / zones)))) * 180) / Math.PI;
    for (const near of [deg - 1e-13, deg, deg + 1e-13])
      assert.equal(longitudeZones(near), plainZones(near), `${near}`);
  }
});
