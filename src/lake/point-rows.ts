import type { DuckDBDataChunk } from "@duckdb/node-api";
import { POSITION_SOURCES, type Track } from "../track/track.js";
import { DAY_MS } from "../units/quantity.js";
import { dayStartMs } from "../units/time.js";
import { itemsOf, type RowFeed } from "./duckdb.js";
import { hexFromAddress } from "./records.js";
import { POINTS } from "./schema.js";

/** Stands for NULL on the way into DuckDB and back: no quantity here comes near it. */
export const UNKNOWN_INT = -2_147_483_647;

/** Numbers of the points table whose unknown is NULL. */
const NULLABLE_INTS = new Set([
  "lat",
  "lon",
  "alt_ft",
  "geom_alt_ft",
  "gs_dkt",
  "track_ddeg",
  "vrate_fpm",
  "nic",
  "nac_p",
  "sil",
]);

/** What a COPY of points selects from `new_rows()`. */
export const POINTS_SELECT = `SELECT ${POINTS.columns
  .map(({ name }) =>
    NULLABLE_INTS.has(name) ? `nullif(${name}, ${UNKNOWN_INT}) AS ${name}` : name,
  )
  .join(", ")} FROM new_rows()`;

/** Points of the tracks given, by track and index: what goes into one file. */
export interface PointSelection {
  readonly tracks: readonly Track[];
  /** For each row the track's place in `tracks`, and the point's in the track. */
  readonly trackIndex: Uint32Array;
  readonly pointIndex: Uint32Array;
}

/** A day's rows while they are gathered. */
interface DayRows {
  readonly track: number[];
  readonly point: number[];
  /** Some address has several tracks here. */
  sameHex: boolean;
}

/** One track on its way into days. */
interface TrackPart {
  readonly track: Track;
  readonly trackIndex: number;
  /** For each of its sources whether its points are wanted. */
  readonly wanted: readonly boolean[];
  /** The track before it has the same address. */
  readonly follows: boolean;
}

/**
 * Deals points to UTC days, each day's rows sorted by address and time, equal times in the order given.
 *
 * @param keeps says of each track's source whether its points are wanted
 * @returns start of day to rows, days ascending; tracks without points give nothing
 */
export function pointsByDay(
  tracks: readonly Track[],
  keeps: (track: Track, sourceIndex: number) => boolean,
): Map<number, PointSelection> {
  // Sorting is stable: tracks of one address stay in the order given.
  const order = tracks
    .map((track, index) => ({ index, hex: hexFromAddress(track.address) }))
    .sort((a, b) => a.hex - b.hex);
  const days = new Map<number, DayRows>();
  for (const [place, { index, hex }] of order.entries()) {
    const track = tracks[index]!;
    const wanted = track.sources.map((_, sourceIndex) => keeps(track, sourceIndex));
    const follows = place > 0 && order[place - 1]!.hex === hex;
    collectDays(days, { track, trackIndex: index, wanted, follows });
  }
  const sorted = [...days].sort(([a], [b]) => a - b);
  return new Map(
    sorted.map(([dayMs, { track, point, sameHex }]) => {
      const selection: PointSelection = {
        tracks,
        trackIndex: Uint32Array.from(track),
        pointIndex: Uint32Array.from(point),
      };
      return [dayMs, sameHex ? interleaved(selection) : selection];
    }),
  );
}

function collectDays(days: Map<number, DayRows>, part: TrackPart): void {
  const { track, trackIndex, wanted, follows } = part;
  let dayMs = Number.NaN;
  let day: DayRows | undefined;
  for (let i = 0; i < track.length; i++) {
    if (!wanted[track.sourceIndex[i]!]) continue;
    const timeMs = Math.round(track.timeMs[i]!);
    if (!(timeMs >= dayMs && timeMs < dayMs + DAY_MS)) {
      dayMs = dayStartMs(timeMs);
      day = days.get(dayMs);
      if (!day) {
        day = { track: [], point: [], sameHex: false };
        days.set(dayMs, day);
      }
      day.sameHex ||= follows;
    }
    day!.track.push(trackIndex);
    day!.point.push(i);
  }
}

/** Several tracks of one address in a batch: their points are merged by time. */
function interleaved(selection: PointSelection): PointSelection {
  const { tracks, trackIndex, pointIndex } = selection;
  const hexes = tracks.map((track) => hexFromAddress(track.address));
  const rows = Uint32Array.from(trackIndex, (_, row) => row).sort((a, b) => {
    const trackA = trackIndex[a]!;
    const trackB = trackIndex[b]!;
    const timeA = Math.round(tracks[trackA]!.timeMs[pointIndex[a]!]!);
    const timeB = Math.round(tracks[trackB]!.timeMs[pointIndex[b]!]!);
    return hexes[trackA]! - hexes[trackB]! || timeA - timeB || a - b;
  });
  return {
    tracks,
    trackIndex: rows.map((row) => trackIndex[row]!),
    pointIndex: rows.map((row) => pointIndex[row]!),
  };
}

/** @returns first and last time of the rows, whole milliseconds; there is at least one row */
export function timeRangeOf(selection: PointSelection): { fromMs: number; toMs: number } {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < selection.trackIndex.length; row++) {
    const track = selection.tracks[selection.trackIndex[row]!]!;
    const timeMs = Math.round(track.timeMs[selection.pointIndex[row]!]!);
    if (timeMs < fromMs) fromMs = timeMs;
    if (timeMs > toMs) toMs = timeMs;
  }
  return { fromMs, toMs };
}

type IntOf = (track: Track, index: number) => number;
type TextOf = (track: Track, index: number) => string | null;

const INTS: Readonly<Record<string, IntOf>> = {
  hex: (track) => hexFromAddress(track.address),
  lat: (track, i) => keptInt(track.latDeg[i]!, 1e6),
  lon: (track, i) => keptInt(track.lonDeg[i]!, 1e6),
  alt_ft: (track, i) => keptInt(track.altitudeFt[i]!, 1),
  geom_alt_ft: (track, i) => keptInt(track.geometricAltitudeFt[i]!, 1),
  gs_dkt: (track, i) => keptInt(track.groundSpeedKt[i]!, 10),
  track_ddeg: (track, i) => keptInt(track.trackAngleDeg[i]!, 10),
  vrate_fpm: (track, i) => keptInt(track.verticalRateFpm[i]!, 1),
  ground: (track, i) => track.ground[i]!,
  flags: (track, i) => track.flags[i]!,
  nic: (track, i) => knownByte(track.nic[i]!),
  nac_p: (track, i) => knownByte(track.nacP[i]!),
  sil: (track, i) => knownByte(track.sil[i]!),
  input_row: (track, i) => track.sourceRow[i]!,
};

const TEXTS: Readonly<Record<string, TextOf>> = {
  src: (track, i) => POSITION_SOURCES[track.positionSource[i]!] ?? "unknown",
  callsign: (track, i) => track.callsigns[track.callsignIndex[i]!] || null,
  squawk: (track, i) => {
    const squawk = track.squawk[i]!;
    return squawk < 0 ? null : String(squawk).padStart(4, "0");
  },
  input_sha256: (track, i) => track.sources[track.sourceIndex[i]!]!.inputSha256,
};

/** @returns `value` in units of 1 / `factor` as the lake keeps it; UNKNOWN_INT for unknown, and for what does not fit */
export function keptInt(value: number, factor: number): number {
  const scaled = Math.round(value * factor);
  return Math.abs(scaled) < 2 ** 31 ? scaled : UNKNOWN_INT;
}

function knownByte(value: number): number {
  return value === 255 ? UNKNOWN_INT : value;
}

/** @returns the rows as DuckDB takes them; unknown integers are UNKNOWN_INT, see POINTS_SELECT */
export function feedOfPoints(selection: PointSelection): RowFeed {
  return {
    columns: POINTS.columns,
    rowCount: selection.trackIndex.length,
    fill(chunk, start, count) {
      POINTS.columns.forEach(({ name, type }, columnIndex) => {
        const rows = { selection, start, count };
        if (type === "INTEGER") fillInts(chunk, columnIndex, INTS[name]!, rows);
        else if (type === "VARCHAR") fillTexts(chunk, columnIndex, TEXTS[name]!, rows);
        else if (type === "BOOLEAN") fillSimulated(chunk, columnIndex, rows);
        else fillTimes(chunk, columnIndex, rows);
      });
    },
  };
}

interface RowRange {
  readonly selection: PointSelection;
  readonly start: number;
  readonly count: number;
}

function fillInts(chunk: DuckDBDataChunk, column: number, valueOf: IntOf, rows: RowRange): void {
  const vector = chunk.getColumnVector(column);
  const { tracks, trackIndex, pointIndex } = rows.selection;
  const items = itemsOf(vector, "int");
  for (let i = 0, row = rows.start; i < rows.count; i++, row++)
    items[i] = valueOf(tracks[trackIndex[row]!]!, pointIndex[row]!);
  vector.flush();
}

function fillTexts(chunk: DuckDBDataChunk, column: number, valueOf: TextOf, rows: RowRange): void {
  const vector = chunk.getColumnVector(column);
  const { tracks, trackIndex, pointIndex } = rows.selection;
  for (let i = 0, row = rows.start; i < rows.count; i++, row++)
    vector.setItem(i, valueOf(tracks[trackIndex[row]!]!, pointIndex[row]!));
  vector.flush();
}

function fillSimulated(chunk: DuckDBDataChunk, column: number, rows: RowRange): void {
  const vector = chunk.getColumnVector(column);
  const { tracks, trackIndex, pointIndex } = rows.selection;
  for (let i = 0, row = rows.start; i < rows.count; i++, row++) {
    const track = tracks[trackIndex[row]!]!;
    vector.setItem(i, track.sources[track.sourceIndex[pointIndex[row]!]!]!.simulated);
  }
  vector.flush();
}

function fillTimes(chunk: DuckDBDataChunk, column: number, rows: RowRange): void {
  const vector = chunk.getColumnVector(column);
  const { tracks, trackIndex, pointIndex } = rows.selection;
  const items = itemsOf(vector, "timestamp");
  for (let i = 0, row = rows.start; i < rows.count; i++, row++)
    items[i] = BigInt(Math.round(tracks[trackIndex[row]!]!.timeMs[pointIndex[row]!]!));
  vector.flush();
}
