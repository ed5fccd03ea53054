import type { Address } from "../aircraft/address.js";
import { BLOCK_COLUMNS, type PointBlock } from "./point-block.js";
import {
  GROUND_NO,
  GROUND_UNKNOWN,
  GROUND_YES,
  POSITION_SOURCES,
  type Point,
  type Track,
  type TrackSource,
} from "./track.js";

/** What the columns of integrity hold when nothing is known. */
export const UNKNOWN_INTEGRITY = 255;
/** NIC, NACp and SIL are sent in four bits or fewer (RTCA DO-260B, 2.2.3.2). */
const INTEGRITY_MAX = 15;
const FIRST_CAPACITY = 256;
const SOURCE_CODES = new Map<string, number>(POSITION_SOURCES.map((name, code) => [name, code]));

/** @returns the name's index into POSITION_SOURCES, 0 ("unknown") for any other text */
export function positionSourceCode(name: string): number {
  return SOURCE_CODES.get(name) ?? 0;
}

/** Columns that may still grow; `Track` promises they never change again. */
interface Columns {
  timeMs: Float64Array;
  latDeg: Float64Array;
  lonDeg: Float64Array;
  altitudeFt: Float32Array;
  geometricAltitudeFt: Float32Array;
  groundSpeedKt: Float32Array;
  trackAngleDeg: Float32Array;
  verticalRateFpm: Float32Array;
  ground: Uint8Array;
  flags: Uint8Array;
  positionSource: Uint8Array;
  nic: Uint8Array;
  nacP: Uint8Array;
  sil: Uint8Array;
  callsignIndex: Uint16Array;
  squawk: Int16Array;
  sourceIndex: Uint16Array;
  sourceRow: Uint32Array;
}

/** Bytes that one point takes in all columns together. */
const POINT_BYTES = 3 * 8 + 6 * 4 + 3 * 2 + 6;

/** All columns lie in one piece of memory, the widest first: one allocation for a track instead of eighteen. */
function emptyColumns(capacity: number): Columns {
  const memory = new ArrayBuffer(capacity * POINT_BYTES);
  let at = 0;
  const next = (width: number): [ArrayBuffer, number, number] => {
    const start = at;
    at += capacity * width;
    return [memory, start, capacity];
  };
  return {
    timeMs: new Float64Array(...next(8)),
    latDeg: new Float64Array(...next(8)),
    lonDeg: new Float64Array(...next(8)),
    altitudeFt: new Float32Array(...next(4)),
    geometricAltitudeFt: new Float32Array(...next(4)),
    groundSpeedKt: new Float32Array(...next(4)),
    trackAngleDeg: new Float32Array(...next(4)),
    verticalRateFpm: new Float32Array(...next(4)),
    sourceRow: new Uint32Array(...next(4)),
    callsignIndex: new Uint16Array(...next(2)),
    squawk: new Int16Array(...next(2)),
    sourceIndex: new Uint16Array(...next(2)),
    ground: new Uint8Array(...next(1)),
    flags: new Uint8Array(...next(1)),
    positionSource: new Uint8Array(...next(1)),
    nic: new Uint8Array(...next(1)),
    nacP: new Uint8Array(...next(1)),
    sil: new Uint8Array(...next(1)),
  };
}

/** What every builder starts with; nothing can be written into it. */
const NO_COLUMNS = emptyColumns(0);

/** Collects the points of one address from any number of sources, in any order. */
export class TrackBuilder {
  readonly address: Address;
  #columns = NO_COLUMNS;
  #length = 0;
  readonly #callsigns = new Map<string, number>([["", 0]]);

  constructor(address: Address) {
    this.address = address;
  }

  get length(): number {
    return this.#length;
  }

  /** @param sourceIndex place of the point's source in the list later given to `build` */
  add(point: Point, sourceIndex: number): void {
    if (this.#length === this.#columns.timeMs.length)
      this.#growTo(Math.max(FIRST_CAPACITY, this.#length * 2));
    const columns = this.#columns;
    const i = this.#length++;
    columns.timeMs[i] = point.timeMs;
    columns.latDeg[i] = point.latDeg;
    columns.lonDeg[i] = point.lonDeg;
    columns.altitudeFt[i] = point.altitudeFt ?? Number.NaN;
    columns.geometricAltitudeFt[i] = point.geometricAltitudeFt ?? Number.NaN;
    columns.groundSpeedKt[i] = point.groundSpeedKt ?? Number.NaN;
    columns.trackAngleDeg[i] = point.trackAngleDeg ?? Number.NaN;
    columns.verticalRateFpm[i] = point.verticalRateFpm ?? Number.NaN;
    columns.ground[i] =
      point.onGround === undefined ? GROUND_UNKNOWN : point.onGround ? GROUND_YES : GROUND_NO;
    columns.flags[i] = point.flags ?? 0;
    columns.positionSource[i] = positionSourceCode(point.positionSource ?? "unknown");
    columns.nic[i] = integrityCode(point.nic);
    columns.nacP[i] = integrityCode(point.nacP);
    columns.sil[i] = integrityCode(point.sil);
    columns.callsignIndex[i] = this.#callsignCode(point.callsign ?? "");
    columns.squawk[i] = point.squawk ?? -1;
    columns.sourceIndex[i] = sourceIndex;
    columns.sourceRow[i] = point.row;
  }

  /** The same as `add` for each point of the block, in order. */
  addBlock(block: PointBlock, sourceIndex: number): void {
    const { length } = block;
    const start = this.#length;
    const end = start + length;
    const capacity = this.#columns.timeMs.length;
    // A first block is often the whole track: then nothing is left over, and `build` need not copy.
    if (end > capacity) this.#growTo(start === 0 ? end : Math.max(end, capacity * 2));
    const columns = this.#columns;
    for (const name of BLOCK_COLUMNS) columns[name].set(block[name].subarray(0, length), start);
    columns.sourceIndex.fill(sourceIndex, start, end);
    const codes = new Int32Array(block.callsigns.length).fill(-1);
    for (let i = 0; i < length; i++) {
      const index = block.callsignIndex[i]!;
      // By first use, as `add` numbers them: a callsign of rejected points only gets no code.
      if (codes[index]! < 0) codes[index] = this.#callsignCode(block.callsigns[index]!);
      columns.callsignIndex[start + i] = codes[index]!;
    }
    this.#length = end;
  }

  /**
   * Sorts by time (equal times keep the order in which they came) and closes the columns.
   *
   * @param sources what the `sourceIndex` given to `add` points into
   */
  build(sources: readonly TrackSource[]): Track {
    return {
      address: this.address,
      length: this.#length,
      ...this.#sortedColumns(),
      callsigns: [...this.#callsigns.keys()],
      sources,
    };
  }

  /** Full columns that are in order are given away as they are: whatever is added later makes new ones. */
  #sortedColumns(): Columns {
    const { timeMs } = this.#columns;
    if (timeMs.length === this.#length && isSorted(timeMs, this.#length)) return this.#columns;
    return pick(this.#columns, sortedOrder(timeMs, this.#length));
  }

  #callsignCode(callsign: string): number {
    let code = this.#callsigns.get(callsign);
    if (code === undefined) {
      // 65,535 callsigns under one address is noise; what comes after stays unnamed.
      if (this.#callsigns.size > 0xfffe) return 0;
      code = this.#callsigns.size;
      this.#callsigns.set(callsign, code);
    }
    return code;
  }

  #growTo(capacity: number): void {
    const before = this.#columns;
    this.#columns = emptyColumns(capacity);
    if (this.#length === 0) return;
    for (const name of Object.keys(before) as (keyof Columns)[])
      this.#columns[name].set(before[name].subarray(0, this.#length));
  }
}

/**
 * NIC, NACp or SIL as its column keeps it. A byte column would wrap 300 round to 44, which is a claim nobody made.
 *
 * @returns 0 to 15, or UNKNOWN_INTEGRITY for unknown and for what no aircraft can send
 */
export function integrityCode(sent: number | undefined): number {
  const valid = sent !== undefined && Number.isInteger(sent) && sent >= 0 && sent <= INTEGRITY_MAX;
  return valid ? sent : UNKNOWN_INTEGRITY;
}

function isSorted(timeMs: Float64Array, length: number): boolean {
  for (let i = 1; i < length; i++) if (timeMs[i]! < timeMs[i - 1]!) return false;
  return true;
}

function sortedOrder(timeMs: Float64Array, length: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  if (isSorted(timeMs, length)) return order;
  return order.sort((a, b) => timeMs[a]! - timeMs[b]! || a - b);
}

/** Up to here copying one by one is quicker than making a view to copy from. */
const SHORT_RUN = 16;

/** Stretches of consecutive indices as [from, to, place in the result]: whole stretches copy much faster than points. */
function runsOf(order: Uint32Array): [number, number, number][] {
  const runs: [number, number, number][] = [];
  let start = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && order[i] === order[i - 1]! + 1) continue;
    runs.push([order[start]!, order[i - 1]! + 1, start]);
    start = i;
  }
  return order.length === 0 ? [] : runs;
}

function pick(columns: Columns, order: Uint32Array): Columns {
  const picked = emptyColumns(order.length);
  const runs = runsOf(order);
  for (const name of Object.keys(picked) as (keyof Columns)[]) {
    const from = columns[name];
    const to = picked[name];
    for (const [start, end, at] of runs) {
      if (end - start > SHORT_RUN) to.set(from.subarray(start, end), at);
      else for (let i = start; i < end; i++) to[at + i - start] = from[i]!;
    }
  }
  return picked;
}

/**
 * The points of a track at some places, as a track of its own: provenance, callsigns and sources stay.
 *
 * @param indices ascending point indices
 */
export function selectPoints(track: Track, indices: Uint32Array): Track {
  return {
    address: track.address,
    length: indices.length,
    ...pick(track as unknown as Columns, indices),
    callsigns: track.callsigns,
    sources: track.sources,
  };
}
