import type { Address } from "../aircraft/address.js";
import {
  GROUND_NO,
  GROUND_UNKNOWN,
  GROUND_YES,
  POSITION_SOURCES,
  type Point,
  type PositionSource,
  type Track,
  type TrackSource,
} from "./track.js";

const UNKNOWN_INTEGRITY = 255;
/** NIC, NACp and SIL are sent in four bits or fewer (RTCA DO-260B, 2.2.3.2). */
const INTEGRITY_MAX = 15;
const FIRST_CAPACITY = 256;
const SOURCE_CODES = new Map<PositionSource, number>(
  POSITION_SOURCES.map((name, code) => [name, code]),
);

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

function emptyColumns(capacity: number): Columns {
  return {
    timeMs: new Float64Array(capacity),
    latDeg: new Float64Array(capacity),
    lonDeg: new Float64Array(capacity),
    altitudeFt: new Float32Array(capacity),
    geometricAltitudeFt: new Float32Array(capacity),
    groundSpeedKt: new Float32Array(capacity),
    trackAngleDeg: new Float32Array(capacity),
    verticalRateFpm: new Float32Array(capacity),
    ground: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    positionSource: new Uint8Array(capacity),
    nic: new Uint8Array(capacity),
    nacP: new Uint8Array(capacity),
    sil: new Uint8Array(capacity),
    callsignIndex: new Uint16Array(capacity),
    squawk: new Int16Array(capacity),
    sourceIndex: new Uint16Array(capacity),
    sourceRow: new Uint32Array(capacity),
  };
}

/** Collects the points of one address from any number of sources, in any order. */
export class TrackBuilder {
  readonly address: Address;
  #columns = emptyColumns(FIRST_CAPACITY);
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
    if (this.#length === this.#columns.timeMs.length) this.#grow();
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
    columns.positionSource[i] = SOURCE_CODES.get(point.positionSource ?? "unknown") ?? 0;
    columns.nic[i] = integrityCode(point.nic);
    columns.nacP[i] = integrityCode(point.nacP);
    columns.sil[i] = integrityCode(point.sil);
    columns.callsignIndex[i] = this.#callsignCode(point.callsign ?? "");
    columns.squawk[i] = point.squawk ?? -1;
    columns.sourceIndex[i] = sourceIndex;
    columns.sourceRow[i] = point.row;
  }

  /**
   * Sorts by time (equal times keep the order in which they came) and closes the columns.
   *
   * @param sources what the `sourceIndex` given to `add` points into
   */
  build(sources: readonly TrackSource[]): Track {
    const order = sortedOrder(this.#columns.timeMs, this.#length);
    return {
      address: this.address,
      length: this.#length,
      ...pick(this.#columns, order),
      callsigns: [...this.#callsigns.keys()],
      sources,
    };
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

  #grow(): void {
    const next = emptyColumns(this.#columns.timeMs.length * 2);
    for (const name of Object.keys(next) as (keyof Columns)[]) next[name].set(this.#columns[name]);
    this.#columns = next;
  }
}

/** A byte column would wrap 300 round to 44, which is a claim nobody made. */
function integrityCode(sent: number | undefined): number {
  const valid = sent !== undefined && Number.isInteger(sent) && sent >= 0 && sent <= INTEGRITY_MAX;
  return valid ? sent : UNKNOWN_INTEGRITY;
}

function sortedOrder(timeMs: Float64Array, length: number): Uint32Array {
  const order = new Uint32Array(length);
  let sorted = true;
  for (let i = 0; i < length; i++) {
    order[i] = i;
    if (i > 0 && timeMs[i]! < timeMs[i - 1]!) sorted = false;
  }
  return sorted ? order : order.sort((a, b) => timeMs[a]! - timeMs[b]! || a - b);
}

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
    for (const [start, end, at] of runs) to.set(from.subarray(start, end), at);
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
