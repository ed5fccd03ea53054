import type { DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import type { Address } from "../aircraft/address.js";
import { POSITION_SOURCES, type Track, type TrackSource } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { itemsOf } from "./duckdb.js";
import { UNKNOWN_INT } from "./kept-values.js";

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
    for (let row = from, at = start; row < to; row++, at++) {
      this.positionSource[at] = positionSourceNumber(String(src!.getItem(row)));
      this.callsign[at] = this.callsigns.numberOf(String(callsign!.getItem(row)));
      const code = String(squawk!.getItem(row));
      this.squawk[at] = code === "" ? -1 : Number(code);
      this.source[at] = this.inputs.numberOf(String(input!.getItem(row)));
    }
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
    const numbers = (name: IntColumn, scale: number) => {
      const values = this.ints.get(name)!;
      return Float64Array.from(order, (row) => {
        const value = values[row]!;
        return value === UNKNOWN_INT ? Number.NaN : value / scale;
      });
    };
    const bytes = (name: IntColumn) => {
      const values = this.ints.get(name)!;
      return Uint8Array.from(order, (row) => (values[row] === UNKNOWN_INT ? 255 : values[row]!));
    };
    const rows = this.ints.get("input_row")!;
    return {
      address,
      length,
      timeMs: Float64Array.from(order, (row) => this.timeMs[row]!),
      latDeg: numbers("lat", 1e6),
      lonDeg: numbers("lon", 1e6),
      altitudeFt: Float32Array.from(numbers("alt_ft", 1)),
      geometricAltitudeFt: Float32Array.from(numbers("geom_alt_ft", 1)),
      groundSpeedKt: Float32Array.from(numbers("gs_dkt", 10)),
      trackAngleDeg: Float32Array.from(numbers("track_ddeg", 10)),
      verticalRateFpm: Float32Array.from(numbers("vrate_fpm", 1)),
      ground: bytes("ground"),
      flags: bytes("flags"),
      positionSource: Uint8Array.from(order, (row) => this.positionSource[row]!),
      nic: bytes("nic"),
      nacP: bytes("nac_p"),
      sil: bytes("sil"),
      callsignIndex: Uint16Array.from(order, (row) => this.callsign[row]!),
      callsigns: this.callsigns.words,
      squawk: Int16Array.from(order, (row) => this.squawk[row]!),
      sourceIndex: Uint16Array.from(order, (row) => place[this.source[row]!]!),
      sourceRow: Uint32Array.from(order, (row) => rows[row]!),
      sources: used,
    };
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

/** @returns row numbers by time, equal times in the order they came */
function stableOrder(timeMs: Float64Array): Uint32Array {
  const order = Uint32Array.from(timeMs, (_, row) => row);
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
