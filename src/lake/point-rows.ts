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

/**
 * Texts go into DuckDB as numbers, and become texts there: handing over a string costs more than all numbers of its row.
 * Each column's SQL makes the text of its number; `getvariable` gives the `words` of its `RowFeed`.
 */
const TEXT_SQL: Readonly<Record<string, string>> = {
  src: "getvariable('src')[src]",
  callsign: "getvariable('callsign')[callsign]",
  squawk: `CASE WHEN squawk >= 0 THEN lpad(squawk::VARCHAR, 4, '0') END`,
  input_sha256: "getvariable('input_sha256')[input_sha256]",
  simulated: "simulated = 1",
};

/** What a COPY of points selects from `new_rows()`. */
export const POINTS_SELECT = `SELECT ${POINTS.columns
  .map(({ name }) => {
    if (NULLABLE_INTS.has(name)) return `nullif(${name}, ${UNKNOWN_INT}) AS ${name}`;
    const sql = TEXT_SQL[name];
    return sql ? `${sql} AS ${name}` : name;
  })
  .join(", ")} FROM new_rows()`;

/** Points of the tracks given, by track and index: what goes into one file. */
export interface PointSelection {
  readonly tracks: readonly Track[];
  /** For each row the track's place in `tracks`, and the point's in the track. */
  readonly trackIndex: Uint32Array;
  readonly pointIndex: Uint32Array;
}

/** A day's rows: counted first, then written into arrays of just that length. */
interface DayRows {
  count: number;
  rows: Pick<PointSelection, "trackIndex" | "pointIndex">;
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
  const parts = order.map(({ index, hex }, place): TrackPart => {
    const track = tracks[index]!;
    const wanted = track.sources.map((_, sourceIndex) => keeps(track, sourceIndex));
    const follows = place > 0 && order[place - 1]!.hex === hex;
    return { track, trackIndex: index, wanted, follows };
  });
  const days = new Map<number, DayRows>();
  for (const part of parts) countDays(days, part);
  for (const day of days.values()) {
    const { count } = day;
    day.rows = { trackIndex: new Uint32Array(count), pointIndex: new Uint32Array(count) };
    day.count = 0;
  }
  for (const part of parts) fillDays(days, part);
  const sorted = [...days].sort(([a], [b]) => a - b);
  return new Map(
    sorted.map(([dayMs, { rows, sameHex }]) => {
      const selection: PointSelection = { tracks, ...rows };
      return [dayMs, sameHex ? interleaved(selection) : selection];
    }),
  );
}

const NO_ROWS = { trackIndex: new Uint32Array(0), pointIndex: new Uint32Array(0) };

function countDays(days: Map<number, DayRows>, { track, wanted, follows }: TrackPart): void {
  let dayMs = Number.NaN;
  let day: DayRows | undefined;
  for (let i = 0; i < track.length; i++) {
    if (!wanted[track.sourceIndex[i]!]) continue;
    const timeMs = Math.round(track.timeMs[i]!);
    if (!(timeMs >= dayMs && timeMs < dayMs + DAY_MS)) {
      dayMs = dayStartMs(timeMs);
      day = days.get(dayMs);
      if (!day) {
        day = { count: 0, rows: NO_ROWS, sameHex: false };
        days.set(dayMs, day);
      }
      day.sameHex ||= follows;
    }
    day!.count++;
  }
}

function fillDays(days: ReadonlyMap<number, DayRows>, part: TrackPart): void {
  const { track, trackIndex, wanted } = part;
  let dayMs = Number.NaN;
  let day: DayRows | undefined;
  for (let i = 0; i < track.length; i++) {
    if (!wanted[track.sourceIndex[i]!]) continue;
    const timeMs = Math.round(track.timeMs[i]!);
    if (!(timeMs >= dayMs && timeMs < dayMs + DAY_MS)) {
      dayMs = dayStartMs(timeMs);
      day = days.get(dayMs);
    }
    const { rows, count } = day!;
    rows.trackIndex[count] = trackIndex;
    rows.pointIndex[count] = i;
    day!.count = count + 1;
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

/** @param trackIndex the track's place in its selection */
type IntOf = (track: Track, index: number, trackIndex: number) => number;

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
  // Words are counted from 1 in SQL.
  src: (track, i) =>
    (track.positionSource[i]! < POSITION_SOURCES.length ? track.positionSource[i]! : 0) + 1,
  squawk: (track, i) => track.squawk[i]!,
  simulated: (track, i) => (track.sources[track.sourceIndex[i]!]!.simulated ? 1 : 0),
  nic: (track, i) => knownByte(track.nic[i]!),
  nac_p: (track, i) => knownByte(track.nacP[i]!),
  sil: (track, i) => knownByte(track.sil[i]!),
  input_row: (track, i) => track.sourceRow[i]!,
};

/** @returns `value` in units of 1 / `factor` as the lake keeps it; UNKNOWN_INT for unknown, and for what does not fit */
export function keptInt(value: number, factor: number): number {
  const scaled = Math.round(value * factor);
  return Math.abs(scaled) < 2 ** 31 ? scaled : UNKNOWN_INT;
}

function knownByte(value: number): number {
  return value === 255 ? UNKNOWN_INT : value;
}

/** Different texts of a selection, and for each of its tracks which of them its own numbers mean. */
interface Texts {
  /** From 1, as SQL counts; the first is NULL when it stands for "none". */
  readonly words: readonly (string | null)[];
  readonly codes: readonly Int32Array[];
}

function textsOf(
  tracks: readonly Track[],
  used: ReadonlySet<number>,
  textsOfTrack: (track: Track) => readonly string[],
): Texts {
  const codeOf = new Map<string, number>([["", 1]]);
  const codes = tracks.map((track, trackIndex) => {
    if (!used.has(trackIndex)) return new Int32Array(0);
    return Int32Array.from(textsOfTrack(track), (text) => {
      const known = codeOf.get(text);
      if (known !== undefined) return known;
      codeOf.set(text, codeOf.size + 1);
      return codeOf.size;
    });
  });
  return { words: [null, ...[...codeOf.keys()].slice(1)], codes };
}

/** @returns the rows as DuckDB takes them: all columns as numbers but the time, see POINTS_SELECT */
export function feedOfPoints(selection: PointSelection): RowFeed {
  const { tracks } = selection;
  const used = new Set(selection.trackIndex);
  const callsigns = textsOf(tracks, used, (track) => track.callsigns);
  const inputs = textsOf(tracks, used, ({ sources }) => sources.map((one) => one.inputSha256));
  const ints: Readonly<Record<string, IntOf>> = {
    ...INTS,
    callsign: (track, i, trackIndex) => callsigns.codes[trackIndex]![track.callsignIndex[i]!]!,
    input_sha256: (track, i, trackIndex) => inputs.codes[trackIndex]![track.sourceIndex[i]!]!,
  };
  return {
    columns: POINTS.columns.map(({ name, type }) => {
      return { name, type: type === "TIMESTAMP_MS" ? type : "INTEGER" };
    }),
    rowCount: selection.trackIndex.length,
    words: { src: POSITION_SOURCES, callsign: callsigns.words, input_sha256: inputs.words },
    fill(chunk, start, count) {
      const rows = { selection, start, count };
      POINTS.columns.forEach(({ name, type }, columnIndex) => {
        if (type === "TIMESTAMP_MS") fillTimes(chunk, columnIndex, rows);
        else fillInts(chunk, columnIndex, ints[name]!, rows);
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
  for (let i = 0, row = rows.start; i < rows.count; i++, row++) {
    const place = trackIndex[row]!;
    items[i] = valueOf(tracks[place]!, pointIndex[row]!, place);
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
