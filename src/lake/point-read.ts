import type { DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import type { Address } from "../aircraft/address.js";
import { POSITION_SOURCES, type Track, type TrackSource } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { UNKNOWN_INT } from "./kept-values.js";
import { eachText } from "./text-column.js";
import { itemsOf } from "./vectors.js";

/** Integer columns of a point as they are read, in the order of POINT_COLUMNS. */
const INT_COLUMNS = [
  "lat",
  "lon",
  "alt_ft",
  "geom_alt_ft",
  "gs_dkt",
  "track_ddeg",
  "vrate_fpm",
  "ground",
  "flags",
  "nic",
  "nac_p",
  "sil",
  "input_row",
] as const;
type IntColumn = (typeof INT_COLUMNS)[number];

/** Select list for `PointColumns.add`: time, then integers with NULL as UNKNOWN_INT, then texts. */
export const POINT_COLUMNS = [
  "epoch_ms(ts)::DOUBLE",
  ...INT_COLUMNS.map((name) => `coalesce(${name}, ${UNKNOWN_INT})`),
  "coalesce(src, '')",
  "coalesce(callsign, '')",
  "coalesce(squawk, '')",
  "input_sha256",
].join(", ");

/** Columns in POINT_COLUMNS: one more stands at this place when a query adds it. */
export const POINT_COLUMN_COUNT = INT_COLUMNS.length + 5;

/** Different strings of one column, numbered as they come. */
class Words {
  readonly words: string[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(word: string): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.words.length;
      this.words.push(word);
      this.numbers.set(word, number);
    }
    return number;
  }
}

/** A chunk of a query that selected POINT_COLUMNS, taken apart. */
export interface ChunkColumns {
  readonly rowCount: number;
  readonly timeMs: Float64Array;
  readonly ints: readonly Int32Array[];
  readonly texts: readonly DuckDBVector[];
}

/** @param first place of the first of POINT_COLUMNS in the select list */
export function chunkColumns(chunk: DuckDBDataChunk, first = 0): ChunkColumns {
  const texts = first + INT_COLUMNS.length + 1;
  return {
    rowCount: chunk.rowCount,
    timeMs: itemsOf(chunk.getColumnVector(first), "double"),
    ints: INT_COLUMNS.map((_, index) => itemsOf(chunk.getColumnVector(first + 1 + index), "int")),
    texts: [0, 1, 2, 3].map((index) => chunk.getColumnVector(texts + index)),
  };
}

/** One aircraft's rows as they come out of the lake, gathered into columns. */
export class PointColumns {
  private length = 0;
  private timeMs = new Float64Array(0);
  private readonly ints = new Map<IntColumn, Int32Array<ArrayBuffer>>();
  private positionSource = new Uint8Array(0);
  private squawk = new Int16Array(0);
  private callsign = new Uint32Array(0);
  private source = new Uint32Array(0);
  private readonly callsigns = new Words();
  private readonly inputs = new Words();

  constructor() {
    for (const name of INT_COLUMNS) this.ints.set(name, new Int32Array(0));
    // "" is number 0: no callsign heard yet.
    this.callsigns.numberOf("");
  }

  /** Adds rows of a chunk of a query that selected POINT_COLUMNS: all of them, or `from` up to `to`. */
  add(chunk: ChunkColumns, from = 0, to = chunk.rowCount): void {
    const start = this.length;
    this.grow(start + to - from);
    this.timeMs.set(chunk.timeMs.subarray(from, to), start);
    for (const [index, name] of INT_COLUMNS.entries())
      this.ints.get(name)!.set(chunk.ints[index]!.subarray(from, to), start);
    const [src, callsign, squawk, input] = chunk.texts;
    const range = { from, to };
    const shift = start - from;
    eachText(src!, range, positionSourceNumber, (row, number) => {
      this.positionSource[row + shift] = number;
    });
    eachText(
      callsign!,
      range,
      (word) => this.callsigns.numberOf(word),
      (row, number) => {
        this.callsign[row + shift] = number;
      },
    );
    eachText(squawk!, range, squawkNumber, (row, number) => {
      this.squawk[row + shift] = number;
    });
    eachText(
      input!,
      range,
      (word) => this.inputs.numberOf(word),
      (row, number) => {
        this.source[row + shift] = number;
      },
    );
    this.length += to - from;
  }

  /**
   * @param sources of this address in order of ingest; those without a point are left out
   * @returns undefined when no row came
   */
  finish(address: Address, sources: readonly TrackSource[]): Track | undefined {
    const { length } = this;
    if (length === 0) return undefined;
    const order = stableOrder(this.timeMs.subarray(0, length));
    const used = sources.filter((source) => this.inputs.words.includes(source.inputSha256));
    const place = this.inputs.words.map((sha256) =>
      used.findIndex((source) => source.inputSha256 === sha256),
    );
    if (place.includes(-1))
      throw new WheelsdownError(
        "input-invalid",
        `points of ${address} come from an input the lake's ledger does not know`,
      );
    if (used.length > 65_536 || this.callsigns.words.length > 65_536)
      throw new WheelsdownError(
        "usage",
        `${address} has more than 65536 inputs or callsigns in this period; ask for a shorter one`,
      );
    const ints = (name: IntColumn) => this.ints.get(name)!;
    const single = (name: IntColumn, scale: number) =>
      numbersOf(ints(name), order, { scale, out: new Float32Array(length) });
    const double = (name: IntColumn, scale: number) =>
      numbersOf(ints(name), order, { scale, out: new Float64Array(length) });
    const bytes = (name: IntColumn) => bytesOf(ints(name), order);
    return {
      address,
      length,
      timeMs: orderedOf(this.timeMs, order, new Float64Array(length)),
      latDeg: double("lat", 1e6),
      lonDeg: double("lon", 1e6),
      altitudeFt: single("alt_ft", 1),
      geometricAltitudeFt: single("geom_alt_ft", 1),
      groundSpeedKt: single("gs_dkt", 10),
      trackAngleDeg: single("track_ddeg", 10),
      verticalRateFpm: single("vrate_fpm", 1),
      ground: bytes("ground"),
      flags: bytes("flags"),
      positionSource: orderedOf(this.positionSource, order, new Uint8Array(length)),
      nic: bytes("nic"),
      nacP: bytes("nac_p"),
      sil: bytes("sil"),
      callsignIndex: orderedOf(this.callsign, order, new Uint16Array(length)),
      callsigns: this.callsigns.words,
      squawk: orderedOf(this.squawk, order, new Int16Array(length)),
      sourceIndex: this.sourceIndices(order, place),
      sourceRow: orderedOf(ints("input_row"), order, new Uint32Array(length)),
      sources: used,
    };
  }

  /** @param place of each input among the sources that are used */
  private sourceIndices(order: Uint32Array, place: readonly number[]): Uint16Array {
    const out = new Uint16Array(order.length);
    for (let i = 0; i < order.length; i++) out[i] = place[this.source[order[i]!]!]!;
    return out;
  }

  /** Doubles the room when it is used up. */
  private grow(needed: number): void {
    if (this.timeMs.length >= needed) return;
    const room = Math.max(needed, this.timeMs.length * 2, 4096);
    this.timeMs = grown(new Float64Array(room), this.timeMs);
    for (const [name, values] of this.ints)
      this.ints.set(name, grown(new Int32Array(room), values));
    this.positionSource = grown(new Uint8Array(room), this.positionSource);
    this.squawk = grown(new Int16Array(room), this.squawk);
    this.callsign = grown(new Uint32Array(room), this.callsign);
    this.source = grown(new Uint32Array(room), this.source);
  }
}

function grown<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from);
  return to;
}

/** Loops, not `from` with a function: of a million rows these are most of the work. */
function numbersOf<T extends Float32Array | Float64Array>(
  values: Int32Array,
  order: Uint32Array,
  { scale, out }: { readonly scale: number; readonly out: T },
): T {
  for (let i = 0; i < order.length; i++) {
    const value = values[order[i]!]!;
    out[i] = value === UNKNOWN_INT ? Number.NaN : value / scale;
  }
  return out;
}

function bytesOf(values: Int32Array, order: Uint32Array): Uint8Array {
  const out = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const value = values[order[i]!]!;
    out[i] = value === UNKNOWN_INT ? 255 : value;
  }
  return out;
}

function orderedOf<T extends Column>(values: ArrayLike<number>, order: Uint32Array, out: T): T {
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]!]!;
  return out;
}

/** What is written row by row. */
type Column = Float64Array | Uint8Array | Uint16Array | Uint32Array | Int16Array;

/** Four octal digits read in decimal; -1 for none. */
function squawkNumber(code: string): number {
  return code === "" ? -1 : Number(code);
}

/** @returns row numbers by time, equal times in the order they came */
function stableOrder(timeMs: Float64Array): Uint32Array {
  const order = new Uint32Array(timeMs.length);
  for (let row = 0; row < order.length; row++) order[row] = row;
  for (let i = 1; i < timeMs.length; i++) {
    if (timeMs[i]! < timeMs[i - 1]!) return order.sort((a, b) => timeMs[a]! - timeMs[b]! || a - b);
  }
  return order;
}

const SOURCE_NUMBERS = new Map<string, number>(
  POSITION_SOURCES.map((name, index) => [name, index]),
);

/** A source only a newer program knows is "unknown" here. */
function positionSourceNumber(name: string): number {
  return SOURCE_NUMBERS.get(name) ?? 0;
}
