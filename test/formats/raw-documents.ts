import type { ReadContext } from "../../src/formats/reader.js";
import type { Point } from "../../src/track/track.js";
import { framesOf, type TimedFrame } from "../support/mode-s-frames.js";

/** Half an hour before the contract's points, where the captures below begin. */
export const CAPTURE_START_MS = Date.parse("2019-01-23T23:11:07Z");
const COUNTER_START = 987_654_321;

/** What a user has to say of the documents below. */
export const RAW_CONTEXT: ReadContext = {
  name: "input",
  terms: { start: CAPTURE_START_MS, timeZone: "Europe/Moscow" },
};

/** Spoils the parity. */
export function spoiled({ timeMs, bytes }: TimedFrame): TimedFrame {
  const wrong = bytes.slice();
  wrong[5]! ^= 0x10;
  return { timeMs, bytes: wrong };
}

/** Frames of points, with what `extra` gives put in the middle. */
export function captureFrames(
  address: string,
  points: readonly Point[],
  extra: (middle: TimedFrame) => readonly TimedFrame[] = () => [],
): TimedFrame[] {
  const frames = framesOf(address, points);
  const middle = Math.floor(frames.length / 2);
  return [...frames.slice(0, middle), ...extra(frames[middle]!), ...frames.slice(middle)];
}

function counterBytes(timeMs: number): Uint8Array {
  let ticks = COUNTER_START + Math.round((timeMs - CAPTURE_START_MS) * 12_000);
  const bytes = new Uint8Array(6);
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ticks % 256;
    ticks = Math.floor(ticks / 256);
  }
  return bytes;
}

/** The first frame of a capture is heard when it begins: a Mode A/C reply, which says nothing else. */
const FIRST: TimedFrame = { timeMs: CAPTURE_START_MS, bytes: Uint8Array.of(0x0f, 0x1a) };

export function writeBeast(frames: readonly TimedFrame[]): Uint8Array {
  const bytes: number[] = [];
  for (const frame of [FIRST, ...frames]) {
    bytes.push(0x1a, frame.bytes.length === 14 ? 0x33 : frame.bytes.length === 7 ? 0x32 : 0x31);
    for (const byte of [...counterBytes(frame.timeMs), 0x40, ...frame.bytes])
      bytes.push(...(byte === 0x1a ? [byte, byte] : [byte]));
  }
  return Uint8Array.from(bytes);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").toUpperCase();
}

export function writeAvr(frames: readonly TimedFrame[]): string {
  return [FIRST, ...frames]
    .map(({ timeMs, bytes }) => `@${hex(counterBytes(timeMs))}${hex(bytes)};\n`)
    .join("");
}

export function writeTimedHex(frames: readonly TimedFrame[]): string {
  return frames
    .map(({ timeMs, bytes }) => `${(timeMs / 1000).toFixed(3)},${hex(bytes)}\n`)
    .join("");
}

/** One line for each point, with all that it says; times as clocks in Moscow show them. */
export function writeSbs(
  address: string,
  points: readonly Point[],
  extraLines: readonly string[] = [],
): string {
  const lines = points.map((point) => {
    const localMs = point.timeMs + 3 * 3_600_000;
    const local = Math.abs(localMs) < 8.64e15 ? new Date(localMs).toISOString() : "eternityT";
    const date = local.slice(0, 10).replaceAll("-", "/");
    const time = local.slice(11, 23);
    const ground = point.onGround === undefined ? "" : point.onGround ? "-1" : "0";
    return [
      ...["MSG", 3, 1, 1, address.toUpperCase(), 1, date, time, date, time],
      point.callsign?.padEnd(8) ?? "",
      point.altitudeFt ?? "",
      point.groundSpeedKt ?? "",
      point.trackAngleDeg ?? "",
      point.latDeg,
      point.lonDeg,
      point.verticalRateFpm ?? "",
      point.squawk?.toString().padStart(4, "0") ?? "",
      ...["0", "0", "0", ground],
    ].join(",");
  });
  lines.splice(Math.floor(lines.length / 2), 0, ...extraLines);
  return lines.map((line) => `${line}\n`).join("");
}
