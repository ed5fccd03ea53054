import { FPM_PER_MPS, feetFromMetres, knotsFromMps } from "../units/quantity.js";
import { readAddressCell } from "./address-cell.js";
import { headerNames, numberCell } from "./csv-table.js";
import { OPEN_BRACE, OPEN_BRACKET } from "./json-bytes.js";
import { readStatesTable } from "./opensky-table.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { epochMs } from "./table-cells.js";
import { firstByteOf, parseSquawk, savedJson, textOrUndefined, wholeText } from "./text.js";

// State-vector tables as OpenSky's history and the tools around it export them: one record per aircraft and instant.
//
//   JSON  [{"timestamp": ms, "icao24": ..., ...}, ...]        records
//         {"altitude": {"0": ..}, "icao24": {"0": ..}, ...}    columns, as pandas writes a frame
//   CSV   the same names in a header line
//
// The column's name tells its unit: OpenSky's own names are metric, those of the processing tools aeronautical.
//
//   time          time, timestamp, snapshottime: epoch s, ms, us or ns by size, or ISO 8601 text (UTC when no zone is given)
//   altitude      baroaltitude, baro_altitude, geoaltitude*, geo_altitude: m     altitude: ft
//   speed         velocity: m/s                                                  groundspeed: kt
//   rate          vertrate, vertical_rate**: m/s                                 vertical_rate, vertical_rate_fpm: ft/min
//   direction     track, heading, true_track: deg over ground
//   *             geoaltitude is ft where `altitude` stands beside it: the tools that rename one convert both
//   **            in m/s where `velocity` or `baro_altitude` stands beside it and neither `groundspeed` nor `altitude`

const LIMIT_BYTES = 512e6;

/** Reads state-vector tables in OpenSky's style, JSON (records or columns) and CSV. */
export const openSkyReader: Reader = {
  id: "opensky-states",
  title: "OpenSky-style state vectors",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder()
    .decode(head)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (/^(\[\s*\{|\{\s*"\w+"\s*:\s*\{\s*"0")/.test(text)) {
    if (/"icao24"\s*:/.test(text) && /"(latitude|lat)"\s*:/.test(text)) return 3;
    // A table by columns may show only its first column in the head.
    return /^\{\s*"(altitude|timestamp|icao24|callsign|alert)"\s*:\s*\{\s*"0"/.test(text) ? 2 : 0;
  }
  const names = new Set(headerNames(text));
  const has = (...any: string[]) => any.some((name) => names.has(name));
  return has("icao24") &&
    has("lat", "latitude") &&
    has("lon", "longitude") &&
    has("time", "timestamp")
    ? 3
    : 0;
}

/** One record by the names in it. */
type Row = Readonly<Record<string, unknown>>;

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const first = await firstByteOf(chunks);
  if (first.byte !== OPEN_BRACE && first.byte !== OPEN_BRACKET)
    return readStatesTable(first.chunks, sink);
  let index = 0;
  for (const row of jsonRows(await wholeText(first.chunks, LIMIT_BYTES), sink)) {
    sink.row();
    readRow(row, index++, sink);
  }
}

function jsonRows(text: string, sink: ReaderSink): Iterable<Row> {
  const { value } = savedJson(
    text,
    { rowEnd: "}", closing: "]", one: "record", many: "records" },
    sink,
  );
  if (Array.isArray(value)) return value.map(asRow);
  return columnRows(value as Record<string, Record<string, unknown>>);
}

function asRow(value: unknown): Row {
  return typeof value === "object" && value !== null ? (value as Row) : {};
}

function* columnRows(
  columns: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Iterable<Row> {
  const key = columns.icao24 ?? columns.timestamp ?? {};
  for (const index of Object.keys(key)) {
    const row: Record<string, unknown> = {};
    for (const name of Object.keys(columns)) row[name] = columns[name]?.[index];
    yield row;
  }
}

function readRow(row: Row, index: number, sink: ReaderSink): void {
  const cell = readAddressCell(row.icao24);
  if (cell.address === undefined) {
    sink.issue({ kind: "address-invalid", row: index, detail: cell.wrong });
    return;
  }
  const { address } = cell;
  const lat = numberCell(row.latitude ?? row.lat, "latitude");
  const lon = numberCell(row.longitude ?? row.lon, "longitude");
  const [latDeg, lonDeg] = [lat.value, lon.value];
  const timeMs = timeFrom(row.timestamp ?? row.time ?? row.snapshottime);
  if (latDeg === undefined || lonDeg === undefined || timeMs === undefined) {
    sink.issue({
      kind: "row-without-position",
      row: index,
      detail: lat.wrong ?? lon.wrong ?? "time, latitude or longitude is missing",
    });
    return;
  }
  sink.point(address, {
    timeMs,
    latDeg,
    lonDeg,
    altitudeFt: numberFrom(row.altitude) ?? feetFrom(row.baroaltitude ?? row.baro_altitude),
    geometricAltitudeFt: geometricAltitudeFt(row),
    groundSpeedKt: numberFrom(row.groundspeed) ?? scaled(row.velocity, knotsFromMps),
    trackAngleDeg: numberFrom(row.track ?? row.heading ?? row.true_track),
    verticalRateFpm: verticalRateFpm(row),
    onGround: booleanFrom(row.onground ?? row.on_ground),
    callsign: textOrUndefined(row.callsign),
    squawk: parseSquawk(row.squawk),
    row: index,
  });
}

function geometricAltitudeFt(row: Row): number | undefined {
  const value = row.geoaltitude ?? row.geo_altitude;
  return "altitude" in row ? numberFrom(value) : feetFrom(value);
}

function verticalRateFpm(row: Row): number | undefined {
  // OpenSky's live interface and the tools use one name for two units; the columns beside it tell which.
  const metric =
    ("velocity" in row || "baro_altitude" in row) && !("groundspeed" in row || "altitude" in row);
  return (
    numberFrom(row.vertical_rate_fpm) ??
    (metric ? scaled(row.vertical_rate, fpmFromMps) : numberFrom(row.vertical_rate)) ??
    scaled(row.vertrate, fpmFromMps)
  );
}

function fpmFromMps(metresPerSecond: number): number {
  return metresPerSecond * FPM_PER_MPS;
}

function feetFrom(value: unknown): number | undefined {
  return scaled(value, feetFromMetres);
}

function scaled(value: unknown, convert: (number: number) => number): number | undefined {
  const number = numberFrom(value);
  return number === undefined ? undefined : convert(number);
}

function numberFrom(value: unknown): number | undefined {
  if (typeof value === "string" && value.trim() === "") return undefined;
  const number =
    typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function booleanFrom(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (text === "true" || text === "1" || text === 1) return true;
  if (text === "false" || text === "0" || text === 0) return false;
  return undefined;
}

function timeFrom(value: unknown): number | undefined {
  const number = numberFrom(value);
  if (number !== undefined) return epochMs(number, undefined);
  const text = textOrUndefined(value);
  if (!text) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  const timeMs = Date.parse(zoned.replace(" ", "T"));
  return Number.isFinite(timeMs) ? timeMs : undefined;
}
