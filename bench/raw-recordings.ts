import { seededRandom } from "../src/sim/random.js";
import type { Point } from "../src/track/track.js";
import {
  CAPTURE_START_MS,
  writeAvr,
  writeBeast,
  writeTimedHex,
} from "../test/formats/raw-documents.js";
import {
  airborneFrame,
  identificationFrame,
  identityFrame,
  type TimedFrame,
  velocityFrame,
} from "../test/support/mode-s-frames.js";

const AIRCRAFT = 80;
const START_MS = CAPTURE_START_MS + 1000;

/** One busy receiver's recording in four forms, each at least so many bytes; the same messages over and over at later times. */
export function rawRecordings(byteCount: number): {
  readonly sbs: Buffer;
  readonly avr: Buffer;
  readonly hex: Buffer;
  readonly beast: Buffer;
} {
  const minute = recordedMinute();
  const grown = (write: (frames: readonly TimedFrame[]) => string | Uint8Array): Buffer => {
    const parts: Buffer[] = [];
    let size = 0;
    for (let i = 0; size < byteCount; i++) {
      const part = Buffer.from(
        write(minute.map(({ timeMs, bytes }) => ({ timeMs: timeMs + i * 60_000, bytes }))),
      );
      parts.push(part);
      size += part.length;
    }
    return Buffer.concat(parts);
  };
  return {
    avr: grown(writeAvr),
    hex: grown(writeTimedHex),
    beast: grown(writeBeast),
    sbs: sbsOf(byteCount),
  };
}

function pointOf(aircraft: number, second: number): Point {
  return {
    timeMs: START_MS + second * 1000 + aircraft,
    latDeg: 50 + aircraft / 40 + second / 2000,
    lonDeg: 4 + aircraft / 50,
    altitudeFt: 10_000 + aircraft * 250,
    groundSpeedKt: 380 + aircraft,
    trackAngleDeg: 5,
    verticalRateFpm: 640,
    callsign: `TST${aircraft}`,
    squawk: 1000 + (aircraft % 8),
    row: 0,
  };
}

/** Each second of each aircraft: two positions, two velocities, and now and then the rest, as transponders send them. */
function recordedMinute(): TimedFrame[] {
  const frames: TimedFrame[] = [];
  for (let second = 0; second < 60; second++)
    for (let aircraft = 0; aircraft < AIRCRAFT; aircraft++) {
      const address = (0x4ca000 + aircraft * 7).toString(16);
      const point = pointOf(aircraft, second);
      const at = (ms: number, bytes: Uint8Array) =>
        frames.push({ timeMs: point.timeMs + ms, bytes });
      at(0, airborneFrame(address, point, false));
      at(100, velocityFrame(address, point));
      at(500, airborneFrame(address, point, true));
      at(600, velocityFrame(address, point));
      if (second % 5 === 0) at(700, identificationFrame(address, point.callsign!));
      if (second % 2 === 0) at(800, identityFrame(address, point.squawk!));
    }
  return frames.sort((a, b) => a.timeMs - b.timeMs);
}

/** Shares of message types as a receiver's program writes them. */
const TYPES = [8, 8, 8, 8, 5, 5, 7, 6, 4, 4, 3, 3, 3, 1] as const;

function sbsOf(byteCount: number): Buffer {
  const random = seededRandom(1944);
  const lines: string[] = [];
  let size = 0;
  for (let i = 0; size < byteCount; i++) {
    const aircraft = Math.floor(random() * AIRCRAFT);
    const second = i / 500;
    const line = sbsLine(TYPES[Math.floor(random() * TYPES.length)]!, aircraft, second);
    lines.push(line);
    size += line.length;
  }
  return Buffer.from(lines.join(""));
}

function sbsLine(type: number, aircraft: number, second: number): string {
  const { latDeg, lonDeg, altitudeFt, groundSpeedKt, callsign } = pointOf(aircraft, second % 900);
  const time = new Date(START_MS + Math.round(second * 1000)).toISOString();
  const date = `${time.slice(0, 10).replaceAll("-", "/")},${time.slice(11, 23)}`;
  const start = `MSG,${type},1,1,${(0x4ca000 + aircraft * 7).toString(16).toUpperCase()},1,${date},${date}`;
  const rest: Readonly<Record<number, string>> = {
    1: `${callsign!.padEnd(8)},,,,,,,,,,,`,
    3: `,${altitudeFt},,,${latDeg.toFixed(5)},${lonDeg.toFixed(5)},,,0,0,0,0`,
    4: `,,${groundSpeedKt},185,,,-640,,,,,0`,
    5: `,${altitudeFt},,,,,,,0,,0,`,
    6: ",,,,,,,2365,0,0,0,",
    7: `,${altitudeFt},,,,,,,,,,`,
    8: ",,,,,,,,,,,0",
  };
  return `${start},${rest[type]}\n`;
}
