import { type CprPosition, type DecodedPosition, longitudeZones } from "../../src/mode-s/cpr.js";
import { parityRest } from "../../src/mode-s/parity.js";
import type { Point } from "../../src/track/track.js";

// Frames as transponders send them, written bit by bit after the same standards that src/mode-s reads by.

/** Sets bits of a message, numbered from 1. */
function setBits(bytes: Uint8Array, first: number, count: number, value: number): void {
  for (let i = 0; i < count; i++) {
    const at = first - 1 + i;
    const bit = Math.floor(value / 2 ** (count - 1 - i)) % 2;
    if (bit === 1) bytes[at >> 3]! |= 0x80 >> (at & 7);
  }
}

/** Writes the parity that makes `parityRest` give `rest` into the last 24 bits. */
export function setParity(bytes: Uint8Array, rest = 0): void {
  const { length } = bytes;
  bytes.fill(0, length - 3);
  const parity = parityRest(bytes) ^ rest;
  setBits(bytes, length * 8 - 23, 24, parity);
}

/** What an aircraft at a position sends (RTCA DO-260B, A.1.7.3). */
export function encodePosition(
  { latDeg, lonDeg }: DecodedPosition,
  { isOdd, isSurface }: { readonly isOdd: boolean; readonly isSurface: boolean },
): CprPosition {
  const circleDeg = isSurface ? 90 : 360;
  const odd = isOdd ? 1 : 0;
  const latCellDeg = circleDeg / (60 - odd);
  const latSteps = Math.floor((131_072 * modulo(latDeg, latCellDeg)) / latCellDeg + 0.5);
  const sentLatDeg = latCellDeg * (latSteps / 131_072 + Math.floor(latDeg / latCellDeg));
  const lonCellDeg = circleDeg / Math.max(longitudeZones(sentLatDeg) - odd, 1);
  const lonSteps = Math.floor((131_072 * modulo(lonDeg, lonCellDeg)) / lonCellDeg + 0.5);
  return { isOdd, isSurface, latCpr: latSteps % 131_072, lonCpr: lonSteps % 131_072 };
}

function modulo(value: number, size: number): number {
  return value - size * Math.floor(value / size);
}

/** An extended squitter; a "~" address goes out in DF 18 as one that is no ICAO address. */
export function squitter(
  address: string,
  write: (set: (first: number, count: number, value: number) => void) => void,
): Uint8Array {
  const bytes = new Uint8Array(14);
  const isOther = address.startsWith("~");
  setBits(bytes, 1, 5, isOther ? 18 : 17);
  // CF 1: no ICAO address. CA 5: airborne.
  setBits(bytes, 6, 3, isOther ? 1 : 5);
  setBits(bytes, 9, 24, Number.parseInt(address.replace("~", ""), 16));
  write((first, count, value) => setBits(bytes, 32 + first, count, value));
  setParity(bytes);
  return bytes;
}

const LETTERS = "#ABCDEFGHIJKLMNOPQRSTUVWXYZ##### ###############0123456789######";

export function identificationFrame(address: string, callsign: string): Uint8Array {
  return squitter(address, (set) => {
    set(1, 5, 4);
    for (const [i, letter] of [...callsign.padEnd(8)].entries())
      set(9 + 6 * i, 6, Math.max(0, LETTERS.indexOf(letter)));
  });
}

export function velocityFrame(
  address: string,
  { groundSpeedKt = 0, trackAngleDeg = 0, verticalRateFpm = 0 }: Partial<Point>,
): Uint8Array {
  const eastKt = Math.round(groundSpeedKt * Math.sin((trackAngleDeg * Math.PI) / 180));
  const northKt = Math.round(groundSpeedKt * Math.cos((trackAngleDeg * Math.PI) / 180));
  return squitter(address, (set) => {
    set(1, 5, 19);
    set(6, 3, 1);
    set(14, 1, eastKt < 0 ? 1 : 0);
    set(15, 10, Math.abs(eastKt) + 1);
    set(25, 1, northKt < 0 ? 1 : 0);
    set(26, 10, Math.abs(northKt) + 1);
    // Barometric.
    set(36, 1, 1);
    set(37, 1, verticalRateFpm < 0 ? 1 : 0);
    set(38, 9, Math.round(Math.abs(verticalRateFpm) / 64) + 1);
  });
}

/** 25-foot steps: Q set, N without it. */
export function airborneFrame(address: string, point: Point, isOdd: boolean): Uint8Array {
  const n = Math.round(((point.altitudeFt ?? 0) + 1000) / 25);
  const code = ((n & 0x7f0) << 1) | 0x10 | (n & 0xf);
  return squitter(address, (set) => {
    set(1, 5, 11);
    if (point.altitudeFt !== undefined) set(9, 12, code);
    setCpr(set, encodePosition(point, { isOdd, isSurface: false }));
  });
}

/** @param movement code of the speed, 0 unknown */
export function surfaceFrame(
  address: string,
  point: DecodedPosition,
  { isOdd, movement = 0 }: { readonly isOdd: boolean; readonly movement?: number },
): Uint8Array {
  return squitter(address, (set) => {
    set(1, 5, 7);
    set(6, 7, movement);
    setCpr(set, encodePosition(point, { isOdd, isSurface: true }));
  });
}

function setCpr(
  set: (first: number, count: number, value: number) => void,
  cpr: CprPosition,
): void {
  set(22, 1, cpr.isOdd ? 1 : 0);
  set(23, 17, cpr.latCpr);
  set(40, 17, cpr.lonCpr);
}

const bit = (digit: number, weight: number) => ((digit & weight) !== 0 ? 1 : 0);

/** DF 5: a squawk, in four octal digits read in decimal. */
export function identityFrame(address: string, squawk: number): Uint8Array {
  const bytes = new Uint8Array(7);
  setBits(bytes, 1, 5, 5);
  const digits = [...String(squawk).padStart(4, "0")].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const [a, b, c, d] = digits;
  const code = [bit(c, 1), bit(a, 1), bit(c, 2), bit(a, 2), bit(c, 4), bit(a, 4), 0];
  code.push(bit(b, 1), bit(d, 1), bit(b, 2), bit(d, 2), bit(b, 4), bit(d, 4));
  setBits(bytes, 20, 13, Number.parseInt(code.join(""), 2));
  setParity(bytes, Number.parseInt(address, 16));
  return bytes;
}

/** A frame and when it is sent. */
export interface TimedFrame {
  readonly timeMs: number;
  readonly bytes: Uint8Array;
}

/**
 * What a receiver hears of these points: before each a callsign, a velocity and a squawk, then a position; before the first
 * also the other half of its pair.
 */
export function framesOf(address: string, points: readonly Point[]): TimedFrame[] {
  return points.flatMap((point, i) => {
    const { timeMs } = point;
    const isIcao = !address.startsWith("~");
    const frames: TimedFrame[] = [
      { timeMs: timeMs - 400, bytes: identificationFrame(address, point.callsign ?? "") },
      { timeMs: timeMs - 300, bytes: velocityFrame(address, point) },
      ...(isIcao
        ? [{ timeMs: timeMs - 200, bytes: identityFrame(address, point.squawk ?? 0) }]
        : []),
      ...(i === 0 ? [{ timeMs: timeMs - 100, bytes: airborneFrame(address, point, true) }] : []),
      { timeMs, bytes: airborneFrame(address, point, false) },
    ];
    return frames;
  });
}
