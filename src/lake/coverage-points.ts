import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { Address } from "../aircraft/address.js";
import { POSITION_SOURCES, type Track, type TrackSource } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { TMP_FOLDER } from "./disk.js";
import { type Engine, openReader, sqlFiles } from "./duckdb.js";
import { UNKNOWN_INT } from "./kept-values.js";
import type { Lake } from "./lake.js";
import { filesOf, readManifest } from "./manifest.js";
import { sourcesByAddress } from "./near-tracks.js";
import { addressFromHex, hexFromAddress } from "./records.js";
import { itemsOf } from "./vectors.js";

/** Points read at once: some 60 MB of columns. One aircraft is never cut. chosen: memory of a small laptop */
const BATCH_POINTS = 1_000_000;

/** Columns that measuring coverage needs of a point, in the order of the query. */
const INT_COLUMNS = [
  "lat",
  "lon",
  "alt_ft",
  "geom_alt_ft",
  "gs_dkt",
  "vrate_fpm",
  "ground",
] as const;

const SOURCE_CODES = `CASE src ${POSITION_SOURCES.map((name, code) => `WHEN '${name}' THEN ${code}`).join(" ")} ELSE 0 END`;

const SELECT = [
  "epoch_ms(ts)::DOUBLE",
  "hex",
  ...INT_COLUMNS.map((name) => `coalesce(${name}, ${UNKNOWN_INT})`),
  `(${SOURCE_CODES})::INTEGER`,
].join(", ");

/**
 * Every aircraft's points, many aircraft with each query: what a whole lake is measured from. Points are as `lake.track`
 * gives them, in the same order, but only with the columns that coverage reads (time, place, altitudes, speed, vertical
 * rate, ground flag, kind of position); all others are empty.
 *
 * @param part "staged" for the points of a run that will not keep them
 * @throws WheelsdownError "io-failed" when reading fails, for instance because an ingest ended meanwhile
 */
export async function* lakeTracks(
  lake: Lake,
  part: "kept" | "staged" = "kept",
): AsyncGenerator<Track> {
  const manifest = await readManifest(lake.root);
  const paths = filesOf(manifest, "points", [part]).map(({ path }) => join(lake.root, path));
  if (paths.length === 0) return;
  const sources = sourcesByAddress(await lake.inputs(), await lake.identities());
  const tmpFolder = join(lake.root, TMP_FOLDER, `coverage-${process.pid}`);
  const engine = await openReader({ tmpFolder }, {});
  try {
    for (const batch of await batchesOf(lake)) yield* readBatch(engine, paths, { batch, sources });
  } catch (error) {
    if (error instanceof WheelsdownError || error instanceof RangeError) throw error;
    const why = (error as Error).message.split("\n")[0];
    throw new WheelsdownError(
      "io-failed",
      `reading the lake ${lake.root} failed: ${why}; if an ingest ended meanwhile, run this again`,
      { cause: error },
    );
  } finally {
    engine.close();
    await rm(tmpFolder, { recursive: true, force: true });
    await rmdir(join(lake.root, TMP_FOLDER)).catch(() => {});
  }
}

interface Batch {
  readonly fromHex: number;
  readonly toHex: number;
}

/** Ranges of addresses with about so many points each. */
async function batchesOf(lake: Lake): Promise<Batch[]> {
  const counts = new Map<number, number>();
  for (const { address, pointCount } of await lake.identities()) {
    const hex = hexFromAddress(address);
    if (pointCount > 0) counts.set(hex, (counts.get(hex) ?? 0) + pointCount);
  }
  const batches: Batch[] = [];
  let points = Number.POSITIVE_INFINITY;
  for (const [hex, count] of [...counts].sort(([a], [b]) => a - b)) {
    const open = batches.at(-1);
    if (open && points + count <= BATCH_POINTS) {
      batches[batches.length - 1] = { fromHex: open.fromHex, toHex: hex };
      points += count;
    } else {
      batches.push({ fromHex: hex, toHex: hex });
      points = count;
    }
  }
  return batches;
}

async function* readBatch(
  engine: Engine,
  paths: readonly string[],
  {
    batch,
    sources,
  }: {
    readonly batch: Batch;
    readonly sources: ReadonlyMap<Address, readonly TrackSource[]>;
  },
): AsyncGenerator<Track> {
  const sql = `SELECT ${SELECT} FROM ${sqlFiles([...paths])} WHERE hex BETWEEN $from AND $to`;
  const chunks: Float64Array[][] = [];
  for await (const chunk of engine.chunks(sql, { from: batch.fromHex, to: batch.toHex }))
    chunks.push(columnsOf(chunk));
  const columns = joined(chunks);
  const [timeMs, hexes] = [columns[0]!, columns[1]!];
  // Rows came file by file in order of ingest; equal times keep that order.
  const order = Uint32Array.from(hexes, (_, row) => row);
  order.sort((a, b) => hexes[a]! - hexes[b]! || timeMs[a]! - timeMs[b]! || a - b);
  for (let start = 0; start < order.length; ) {
    const hex = hexes[order[start]!]!;
    let end = start + 1;
    while (end < order.length && hexes[order[end]!] === hex) end++;
    const address = addressFromHex(hex);
    yield trackOf(address, columns, {
      order: order.subarray(start, end),
      sources: sources.get(address) ?? [],
    });
    start = end;
  }
}

function columnsOf(chunk: DuckDBDataChunk): Float64Array[] {
  const columns = [Float64Array.from(itemsOf(chunk.getColumnVector(0), "double"))];
  for (let i = 1; i < INT_COLUMNS.length + 3; i++)
    columns.push(Float64Array.from(itemsOf(chunk.getColumnVector(i), "int")));
  return columns.map((column) => column.subarray(0, chunk.rowCount));
}

function joined(chunks: readonly (readonly Float64Array[])[]): Float64Array[] {
  const length = chunks.reduce((sum, [first]) => sum + first!.length, 0);
  return Array.from({ length: INT_COLUMNS.length + 3 }, (_, column) => {
    const whole = new Float64Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk[column]!, at);
      at += chunk[column]!.length;
    }
    return whole;
  });
}

function trackOf(
  address: Address,
  [timeMs, , lat, lon, altitude, geometric, speed, rate, ground, source]: readonly Float64Array[],
  { order, sources }: { readonly order: Uint32Array; readonly sources: readonly TrackSource[] },
): Track {
  const { length } = order;
  const numbers = (from: Float64Array, scale: number) =>
    Float64Array.from(order, (row) =>
      from[row] === UNKNOWN_INT ? Number.NaN : from[row]! / scale,
    );
  const unknown = new Float32Array(length).fill(Number.NaN);
  const unknownBytes = new Uint8Array(length).fill(255);
  const zeros = new Uint8Array(length);
  return {
    address,
    length,
    timeMs: Float64Array.from(order, (row) => timeMs![row]!),
    latDeg: numbers(lat!, 1e6),
    lonDeg: numbers(lon!, 1e6),
    altitudeFt: Float32Array.from(numbers(altitude!, 1)),
    geometricAltitudeFt: Float32Array.from(numbers(geometric!, 1)),
    groundSpeedKt: Float32Array.from(numbers(speed!, 10)),
    trackAngleDeg: unknown,
    verticalRateFpm: Float32Array.from(numbers(rate!, 1)),
    ground: Uint8Array.from(order, (row) => ground![row]!),
    flags: zeros,
    positionSource: Uint8Array.from(order, (row) => source![row]!),
    nic: unknownBytes,
    nacP: unknownBytes,
    sil: unknownBytes,
    callsignIndex: new Uint16Array(length),
    callsigns: [""],
    squawk: new Int16Array(length).fill(-1),
    sourceIndex: new Uint16Array(length),
    sourceRow: new Uint32Array(length),
    sources,
  };
}
