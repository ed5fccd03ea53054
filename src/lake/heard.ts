import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { Address } from "../aircraft/address.js";
import { type BoundingBox, grownBox } from "../geo/box.js";
import { POSITION_SOURCES, type Track, type TrackSource } from "../track/track.js";
import { filesForArea } from "./area-copies.js";
import { type Engine, type Parameters, sqlFiles } from "./duckdb.js";
import { UNKNOWN_INT } from "./kept-values.js";
import { type DataFile, filesOf } from "./manifest.js";
import { boxesSql } from "./near-tracks.js";
import { currentManifest, engineOf, pathsOf, type Reading, readFailure } from "./reading.js";
import { addressFromHex } from "./records.js";
import { itemsOf } from "./vectors.js";

/** Whose positions are wanted. */
export interface HeardQuery {
  readonly boxes: readonly BoundingBox[];
  /** Both ends included, milliseconds since 1970 UTC. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Stops the reading in the middle. */
  readonly signal?: AbortSignal | undefined;
}

/** Who was heard in some boxes in a period. */
export interface Heard {
  /** In order of address: how many positions each has in the boxes. */
  readonly aircraft: readonly { readonly address: Address; readonly positionCount: number }[];
  /**
   * Their positions of the period in and around the boxes, in that order, sorted by time. Only what drawing needs is
   * filled: time, place, altitude, speed, ground flag, flags and kind of position. `sources` has one entry, which says
   * whether any of it was simulated.
   */
  tracks(): AsyncGenerator<Track>;
}

/**
 * So far around the boxes positions come along, so that a way out and back in is not taken for a straight line.
 * chosen: five minutes, the longest hole of a contact, at 600 kt
 */
const AROUND_M = 93_000;
/**
 * Positions sorted at once. Of more, aircraft are read in turns out of the files that are sorted by address.
 * chosen: some 100 MB in DuckDB
 */
const BATCH_POSITIONS = 2_000_000;

/** Reads who was heard; positions only when they are asked for. */
export async function readHeard(reading: Reading, query: HeardQuery): Promise<Heard> {
  const manifest = await currentManifest(reading);
  const sorted = await filesForArea(reading.root, manifest, query);
  const none = { aircraft: [], tracks: async function* () {} };
  if (sorted.length === 0 || query.boxes.length === 0) return none;
  const engine = await engineOf(reading);
  const counts = await countsOf(engine, sqlFiles(pathsOf(reading, sorted)), query).catch(
    (error: unknown) => {
      throw readFailure(reading, error);
    },
  );
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const touches = ({ fromMs, toMs }: DataFile) => fromMs! <= query.toMs && toMs! >= query.fromMs;
  // Copies sorted by area are as quick for all aircraft at once as for some of them.
  const files = total > BATCH_POSITIONS ? filesOf(manifest, "points").filter(touches) : sorted;
  return {
    aircraft: counts.map(({ hex, count }) => {
      return { address: addressFromHex(hex), positionCount: count };
    }),
    async *tracks() {
      const from = sqlFiles(pathsOf(reading, files));
      try {
        for (const hexes of batchesOf(counts)) yield* tracksOf(engine, from, { query, hexes });
      } catch (error) {
        throw readFailure(reading, error);
      }
    },
  };
}

interface HexCount {
  readonly hex: number;
  readonly count: number;
}

async function countsOf(engine: Engine, from: string, query: HeardQuery): Promise<HexCount[]> {
  const { where, parameters } = whereSql(query.boxes, query);
  const sql = `SELECT hex, count(*)::INTEGER FROM ${from} WHERE ${where} GROUP BY hex ORDER BY hex`;
  const counts: HexCount[] = [];
  for await (const chunk of engine.chunks(sql, parameters, query.signal)) {
    const hexes = itemsOf(chunk.getColumnVector(0), "int");
    const numbers = itemsOf(chunk.getColumnVector(1), "int");
    for (let row = 0; row < chunk.rowCount; row++)
      counts.push({ hex: hexes[row]!, count: numbers[row]! });
  }
  return counts;
}

/** Addresses in turns of about so many positions each, ascending. */
function batchesOf(counts: readonly HexCount[]): number[][] {
  const batches: number[][] = [];
  let room = 0;
  for (const { hex, count } of counts) {
    if (count > room || batches.length === 0) {
      batches.push([]);
      room = BATCH_POSITIONS;
    }
    batches.at(-1)!.push(hex);
    room -= count;
  }
  return batches;
}

/** Period and boxes as conditions that Parquet statistics can answer. */
function whereSql(
  boxes: readonly BoundingBox[],
  { fromMs, toMs }: HeardQuery,
): { readonly where: string; readonly parameters: Record<string, Parameters[string]> } {
  const parameters: Record<string, Parameters[string]> = {
    fromMs: Math.ceil(fromMs),
    toMs: Math.floor(toMs),
  };
  const time =
    "ts >= make_timestamp_ms($fromMs::BIGINT) AND ts <= make_timestamp_ms($toMs::BIGINT)";
  return { where: `${time} AND ${boxesSql(boxes, parameters)}`, parameters };
}

/** Integer columns of a position, in the order of the query. */
const INTS = ["lat", "lon", "alt_ft", "gs_dkt", "ground", "flags"] as const;
const SOURCE_CODES = `CASE src ${POSITION_SOURCES.map((name, code) => `WHEN '${name}' THEN ${code}`).join(" ")} ELSE 0 END`;
const SELECT = [
  "epoch_ms(ts)::DOUBLE",
  "hex",
  ...INTS.map((name) => `coalesce(${name}, ${UNKNOWN_INT})`),
  `(${SOURCE_CODES})::INTEGER`,
  "simulated::INTEGER",
].join(", ");
const COLUMN_COUNT = INTS.length + 4;

async function* tracksOf(
  engine: Engine,
  from: string,
  { query, hexes }: { readonly query: HeardQuery; readonly hexes: readonly number[] },
): AsyncGenerator<Track> {
  const around = query.boxes.map((box) => grownBox(box, AROUND_M));
  const { where, parameters } = whereSql(around, query);
  const all = { ...parameters, hexes, least: hexes[0]!, most: hexes.at(-1)! };
  const sql = `SELECT ${SELECT} FROM ${from}
    WHERE hex BETWEEN $least AND $most AND hex IN (SELECT unnest($hexes)) AND ${where}
    ORDER BY hex, ts, input_sha256, input_row`;
  let rows: Rows | undefined;
  for await (const chunk of engine.chunks(sql, all, query.signal)) {
    const columns = columnsOf(chunk);
    const hexColumn = columns[0]!;
    for (let start = 0; start < chunk.rowCount; ) {
      let end = start + 1;
      while (end < chunk.rowCount && hexColumn[end] === hexColumn[start]) end++;
      if (rows && rows.hex !== hexColumn[start]) {
        yield trackOf(rows);
        rows = undefined;
      }
      rows ??= { hex: hexColumn[start]!, length: 0, parts: [] };
      rows.parts.push({
        timeMs: itemsOf(chunk.getColumnVector(0), "double").slice(start, end),
        ints: columns.map((column) => column.slice(start, end)),
      });
      rows.length += end - start;
      start = end;
    }
  }
  if (rows) yield trackOf(rows);
}

/** One aircraft's rows, as they came in chunks. */
interface Rows {
  readonly hex: number;
  length: number;
  readonly parts: { readonly timeMs: Float64Array; readonly ints: readonly Int32Array[] }[];
}

/** All integer columns of a chunk, the address first. */
function columnsOf(chunk: DuckDBDataChunk): Int32Array[] {
  return Array.from({ length: COLUMN_COUNT - 1 }, (_, i) =>
    itemsOf(chunk.getColumnVector(i + 1), "int"),
  );
}

/** Where each column stands behind the address. */
const [LAT, LON, ALTITUDE, SPEED, GROUND, FLAGS, SOURCE, SIMULATED] = [1, 2, 3, 4, 5, 6, 7, 8];

function trackOf({ hex, length, parts }: Rows): Track {
  const timeMs = new Float64Array(length);
  const numbers = (scale: number, column: number) => {
    const out = new Float64Array(length);
    let at = 0;
    for (const { ints } of parts)
      for (const value of ints[column]!)
        out[at++] = value === UNKNOWN_INT ? Number.NaN : value / scale;
    return out;
  };
  let at = 0;
  for (const part of parts) {
    timeMs.set(part.timeMs, at);
    at += part.timeMs.length;
  }
  const bytes = (column: number) => Uint8Array.from(numbers(1, column));
  const simulated = parts.some(({ ints }) => ints[SIMULATED!]!.includes(1));
  const unknown = new Float32Array(length).fill(Number.NaN);
  const unknownBytes = new Uint8Array(length).fill(255);
  return {
    address: addressFromHex(hex),
    length,
    timeMs,
    latDeg: numbers(1e6, LAT!),
    lonDeg: numbers(1e6, LON!),
    altitudeFt: Float32Array.from(numbers(1, ALTITUDE!)),
    geometricAltitudeFt: unknown,
    groundSpeedKt: Float32Array.from(numbers(10, SPEED!)),
    trackAngleDeg: unknown,
    verticalRateFpm: unknown,
    ground: bytes(GROUND!),
    flags: bytes(FLAGS!),
    positionSource: bytes(SOURCE!),
    nic: unknownBytes,
    nacP: unknownBytes,
    sil: unknownBytes,
    callsignIndex: new Uint16Array(length),
    callsigns: [""],
    squawk: new Int16Array(length).fill(-1),
    sourceIndex: new Uint16Array(length),
    sourceRow: new Uint32Array(length),
    sources: [sourceOf(simulated)],
  };
}

/** Which files they are from is not read. */
function sourceOf(simulated: boolean): TrackSource {
  return { inputSha256: "", file: "", format: "", simulated, stated: {} };
}
