import type { Address } from "../aircraft/address.js";
import type { BoundingBox } from "../geo/box.js";
import type { Track, TrackSource } from "../track/track.js";
import { HOUR_MS } from "../units/quantity.js";
import { type Engine, type Parameters, sqlFiles } from "./duckdb.js";
import { chunkColumns, POINT_COLUMN_COUNT, POINT_COLUMNS, PointColumns } from "./point-read.js";
import {
  addressFromHex,
  hexFromAddress,
  type IdentityRecord,
  type InputRecord,
} from "./records.js";
import { itemsOf } from "./vectors.js";

/** Which tracks are wanted. */
export interface TracksNearQuery {
  /** A position in any of them counts. */
  readonly boxes: readonly BoundingBox[];
  /** Both ends included, milliseconds since 1970 UTC. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Only these aircraft, when given. */
  readonly addresses?: readonly Address[] | undefined;
  /** Stops the query in the middle. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Hours of a track that come with an hour in which the aircraft was in a box, before it and after it: how it came, how it
 * left, and what tells a jump from a path. chosen: an hour is far more than a contact needs to be told from a jump
 */
const HOURS_AROUND = 1;
/** Positions of a track lie at most this far outside the period. */
export const AROUND_MS = (HOURS_AROUND + 1) * HOUR_MS;

/**
 * Tracks of the aircraft that have positions in some boxes in a period. Each holds the positions of the whole hours (UTC)
 * in which it was in a box, and of the hour before and after each, also outside the boxes and the period. Like
 * `lake.track`, sorted by time, nothing masked.
 *
 * @param sources of each address, in order of ingest
 */
export async function* tracksNear(
  engine: Engine,
  paths: readonly string[],
  {
    query,
    sources,
  }: {
    readonly query: TracksNearQuery;
    readonly sources: ReadonlyMap<Address, readonly TrackSource[]>;
  },
): AsyncGenerator<Track> {
  const { sql, parameters } = nearSql(query, sqlFiles(paths));
  let columns = new PointColumns();
  let hex: number | undefined;
  const finish = () => {
    const address = addressFromHex(hex!);
    const track = columns.finish(address, sources.get(address) ?? []);
    columns = new PointColumns();
    return track;
  };
  for await (const chunk of engine.chunks(sql, parameters, query.signal)) {
    const hexes = itemsOf(chunk.getColumnVector(POINT_COLUMN_COUNT), "int");
    const points = chunkColumns(chunk);
    for (let start = 0; start < chunk.rowCount; ) {
      let end = start + 1;
      while (end < chunk.rowCount && hexes[end] === hexes[start]) end++;
      if (hex !== undefined && hex !== hexes[start]) {
        const track = finish();
        if (track) yield track;
      }
      hex = hexes[start]!;
      columns.add(points, start, end);
      start = end;
    }
  }
  if (hex === undefined) return;
  const last = finish();
  if (last) yield last;
}

function nearSql(
  { boxes, fromMs, toMs, addresses }: TracksNearQuery,
  files: string,
): { readonly sql: string; readonly parameters: Parameters } {
  const parameters: Record<string, Parameters[string]> = {
    fromMs: Math.ceil(fromMs),
    toMs: Math.floor(toMs),
  };
  const whichAircraft = addresses ? "AND hex IN (SELECT unnest($hexes))" : "";
  if (addresses) parameters.hexes = addresses.map(hexFromAddress);
  const sql = `WITH inside AS (
      SELECT DISTINCT hex, epoch_ms(ts) // ${HOUR_MS} AS hour FROM ${files}
      WHERE ts >= make_timestamp_ms($fromMs::BIGINT) AND ts <= make_timestamp_ms($toMs::BIGINT)
        AND ${boxesSql(boxes, parameters)} ${whichAircraft}
    ), hours AS (
      SELECT DISTINCT hex, unnest(range(hour - ${HOURS_AROUND}, hour + ${HOURS_AROUND + 1})) AS hour FROM inside
    )
    SELECT ${POINT_COLUMNS}, hex FROM ${files} AS points
    SEMI JOIN hours ON points.hex = hours.hex AND epoch_ms(points.ts) // ${HOUR_MS} = hours.hour
    WHERE ts >= make_timestamp_ms($earliestMs::BIGINT) AND ts <= make_timestamp_ms($latestMs::BIGINT)
    ORDER BY hex, ts, input_sha256, input_row`;
  parameters.earliestMs = Math.ceil(fromMs) - AROUND_MS;
  parameters.latestMs = Math.floor(toMs) + AROUND_MS;
  return { sql, parameters };
}

/**
 * The condition that a position lies in one of some boxes. Bare columns against constants, so that Parquet statistics
 * can rule row groups out. An OR is not pushed into the scan (docs/performance.md), so the latitudes and longitudes of
 * all boxes together stand before it.
 *
 * @param boxes one or more
 * @param parameters get the bounds of the boxes
 */
export function boxesSql(
  boxes: readonly BoundingBox[],
  parameters: Record<string, Parameters[string]>,
): string {
  const inBoxes = boxes.map((box, index) => boxSql(box, index, parameters));
  return `lat >= ${Math.min(...boxes.map(southOf))} AND lat <= ${Math.max(...boxes.map(northOf))}
        ${longitudesSql(boxes)} AND (${inBoxes.join(" OR ")})`;
}

/** A box in the lake's millionths of a degree, never too small. */
function boxSql(
  box: BoundingBox,
  index: number,
  parameters: Record<string, Parameters[string]>,
): string {
  parameters[`south${index}`] = southOf(box);
  parameters[`north${index}`] = northOf(box);
  parameters[`west${index}`] = Math.floor(box.westDeg * 1e6);
  parameters[`east${index}`] = Math.ceil(box.eastDeg * 1e6);
  const across = box.westDeg > box.eastDeg ? "OR" : "AND";
  return `(lat BETWEEN $south${index} AND $north${index} AND (lon >= $west${index} ${across} lon <= $east${index}))`;
}

/** The longitudes of all boxes together, as with latitudes; nothing when a box crosses the antimeridian. */
function longitudesSql(boxes: readonly BoundingBox[]): string {
  if (boxes.some(({ westDeg, eastDeg }) => westDeg > eastDeg)) return "";
  const west = Math.min(...boxes.map(({ westDeg }) => Math.floor(westDeg * 1e6)));
  const east = Math.max(...boxes.map(({ eastDeg }) => Math.ceil(eastDeg * 1e6)));
  return `AND lon >= ${west} AND lon <= ${east}`;
}

function southOf({ southDeg }: BoundingBox): number {
  return Math.floor(southDeg * 1e6);
}

function northOf({ northDeg }: BoundingBox): number {
  return Math.ceil(northDeg * 1e6);
}

/** @returns of each aircraft its inputs with points, in order of ingest, with what each says of it */
export function sourcesByAddress(
  inputs: readonly InputRecord[],
  identities: readonly IdentityRecord[],
): ReadonlyMap<Address, readonly TrackSource[]> {
  const byHash = new Map(inputs.map((input, order) => [input.sha256, { input, order }]));
  const found = new Map<Address, { source: TrackSource; order: number }[]>();
  for (const { address, inputSha256, stated, pointCount } of identities) {
    const known = byHash.get(inputSha256);
    if (!known || pointCount === 0) continue;
    const { file, format, simulated } = known.input;
    const list = found.get(address) ?? [];
    list.push({ source: { inputSha256, file, format, simulated, stated }, order: known.order });
    found.set(address, list);
  }
  return new Map(
    [...found].map(([address, list]) => [
      address,
      list.sort((a, b) => a.order - b.order).map(({ source }) => source),
    ]),
  );
}
