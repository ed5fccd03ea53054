/**
 * Many points of one address as columns, handed from a reader to a collector in one go. The rows are a reader's scratch:
 * whoever takes the block may change it and keeps nothing of it. Unknown numbers are NaN.
 */
export interface PointBlock {
  length: number;
  readonly timeMs: Float64Array;
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
  readonly altitudeFt: Float64Array;
  readonly geometricAltitudeFt: Float64Array;
  readonly groundSpeedKt: Float64Array;
  readonly trackAngleDeg: Float64Array;
  readonly verticalRateFpm: Float64Array;
  /** GROUND_YES, GROUND_NO or GROUND_UNKNOWN. */
  readonly ground: Uint8Array;
  readonly flags: Uint8Array;
  /** Index into POSITION_SOURCES. */
  readonly positionSource: Uint8Array;
  /** As sent, 0 to 15; UNKNOWN_INTEGRITY else. */
  readonly nic: Uint8Array;
  readonly nacP: Uint8Array;
  readonly sil: Uint8Array;
  /** Index into `callsigns`, whose first is "" (none heard yet). */
  readonly callsignIndex: Uint32Array;
  readonly callsigns: string[];
  /** Four octal digits read in decimal; -1 unknown. */
  readonly squawk: Int16Array;
  /** Row inside the input, from 0. */
  readonly sourceRow: Uint32Array;
}

/** Columns that are the same in a block and in a track, but for their precision. */
export const BLOCK_COLUMNS = [
  "timeMs",
  "latDeg",
  "lonDeg",
  "altitudeFt",
  "geometricAltitudeFt",
  "groundSpeedKt",
  "trackAngleDeg",
  "verticalRateFpm",
  "ground",
  "flags",
  "positionSource",
  "nic",
  "nacP",
  "sil",
  "squawk",
  "sourceRow",
] as const;

/** @returns a block with room for `capacity` points and none in it */
export function emptyPointBlock(capacity: number): PointBlock {
  return {
    length: 0,
    timeMs: new Float64Array(capacity),
    latDeg: new Float64Array(capacity),
    lonDeg: new Float64Array(capacity),
    altitudeFt: new Float64Array(capacity),
    geometricAltitudeFt: new Float64Array(capacity),
    groundSpeedKt: new Float64Array(capacity),
    trackAngleDeg: new Float64Array(capacity),
    verticalRateFpm: new Float64Array(capacity),
    ground: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    positionSource: new Uint8Array(capacity),
    nic: new Uint8Array(capacity),
    nacP: new Uint8Array(capacity),
    sil: new Uint8Array(capacity),
    callsignIndex: new Uint32Array(capacity),
    callsigns: [""],
    squawk: new Int16Array(capacity),
    sourceRow: new Uint32Array(capacity),
  };
}

/** @returns a block with the same points and room for twice as many */
export function grownPointBlock(block: PointBlock): PointBlock {
  const next = emptyPointBlock(block.timeMs.length * 2);
  for (const name of BLOCK_COLUMNS) next[name].set(block[name]);
  next.callsignIndex.set(block.callsignIndex);
  next.callsigns.push(...block.callsigns.slice(1));
  next.length = block.length;
  return next;
}

/** Moves one point to another place of its block. */
export function movePoint(block: PointBlock, from: number, to: number): void {
  for (const name of BLOCK_COLUMNS) block[name][to] = block[name][from]!;
  block.callsignIndex[to] = block.callsignIndex[from]!;
}
