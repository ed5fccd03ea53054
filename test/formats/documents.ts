import type { Point } from "../../src/track/track.js";
import { FPM_PER_MPS, METRES_PER_FOOT, MPS_PER_KT } from "../../src/units/quantity.js";

/** How a readsb trace may be written. */
export interface TraceOptions {
  /** 9 columns until 2021, 14 since. */
  readonly columns?: 9 | 14;
  /** What offsets count from, in seconds; the first point when left out. */
  readonly timestampS?: number;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly extraRows?: readonly unknown[];
}

/** A readsb trace that says these points. */
export function writeTrace(
  address: string,
  points: readonly Point[],
  { columns = 14, timestampS, header = {}, extraRows = [] }: TraceOptions = {},
): string {
  const baseS = timestampS ?? (points[0]?.timeMs ?? 0) / 1000;
  const rows: unknown[] = points.map((point) => {
    const row = [
      point.timeMs / 1000 - baseS,
      point.latDeg,
      point.lonDeg,
      point.onGround ? "ground" : (point.altitudeFt ?? null),
      point.groundSpeedKt ?? null,
      point.trackAngleDeg ?? null,
      point.flags ?? 0,
      point.verticalRateFpm ?? null,
      { flight: point.callsign?.padEnd(8), squawk: point.squawk?.toString().padStart(4, "0") },
    ];
    if (columns === 9) return row;
    return [...row, "adsb_icao", point.geometricAltitudeFt ?? null, null, null, null];
  });
  rows.splice(Math.floor(rows.length / 2), 0, ...extraRows);
  // One row a line, so that tests of line ends have lines.
  const lines = rows.map((row) => JSON.stringify(row)).join(",\n");
  const start = JSON.stringify({ icao: address, ...header, timestamp: baseS }).slice(0, -1);
  return `${start},\n"trace":[${lines}]}`;
}

/** A table of state vectors in metric units, as OpenSky's history gives them. */
export function writeStatesCsv(
  address: string,
  points: readonly Point[],
  extraLines: readonly string[] = [],
): string {
  const lines = points.map((point) => stateOf(address, point).join(","));
  lines.splice(Math.floor(lines.length / 2), 0, ...extraLines);
  return `${STATE_NAMES.join(",")}\n${lines.map((line) => `${line}\n`).join("")}`;
}

const STATE_NAMES = [
  "time",
  "icao24",
  "lat",
  "lon",
  "velocity",
  "heading",
  "vertrate",
  "callsign",
  "onground",
  "squawk",
  "baroaltitude",
  "geoaltitude",
  "lastcontact",
] as const;

function metres(feet: number | undefined): number | "" {
  return feet === undefined ? "" : Number((feet * METRES_PER_FOOT).toFixed(6));
}

function stateOf(address: string, point: Point): (string | number)[] {
  return [
    point.timeMs / 1000,
    address,
    point.latDeg,
    point.lonDeg,
    point.groundSpeedKt === undefined ? "" : point.groundSpeedKt * MPS_PER_KT,
    point.trackAngleDeg ?? "",
    point.verticalRateFpm === undefined ? "" : point.verticalRateFpm / FPM_PER_MPS,
    point.callsign ?? "",
    point.onGround === undefined ? "" : String(point.onGround),
    point.squawk ?? "",
    metres(point.altitudeFt),
    metres(point.geometricAltitudeFt),
    point.timeMs / 1000,
  ];
}

/** State vectors as JSON records in aeronautical units, as the tools around OpenSky write them. */
export function writeStatesJson(
  address: string,
  points: readonly Point[],
  extraRecords: readonly unknown[] = [],
): string {
  const records = points.map((point) => recordOf(address, point));
  records.splice(Math.floor(records.length / 2), 0, ...extraRecords);
  return `[${records.map((record) => JSON.stringify(record)).join(",\n")}]`;
}

function recordOf(address: string, point: Point): unknown {
  return {
    timestamp: point.timeMs,
    icao24: address,
    latitude: point.latDeg,
    longitude: point.lonDeg,
    altitude: point.altitudeFt ?? null,
    groundspeed: point.groundSpeedKt ?? null,
    track: point.trackAngleDeg ?? null,
    vertical_rate: point.verticalRateFpm ?? null,
    callsign: point.callsign ?? null,
    onground: point.onGround ?? null,
    squawk: point.squawk === undefined ? null : String(point.squawk).padStart(4, "0"),
  };
}

/** Positions as this program writes them, in the columns that it reads back. */
export function writeOwnPositions(
  address: string,
  points: readonly Point[],
  extraLines: readonly string[] = [],
): string {
  const lines = points.map((point, i) =>
    [
      address,
      String(new Date(point.timeMs).toJSON()),
      point.latDeg,
      point.lonDeg,
      point.altitudeFt ?? "",
      point.groundSpeedKt ?? "",
      point.trackAngleDeg ?? "",
      point.verticalRateFpm ?? "",
      point.onGround ?? "",
      point.callsign ?? "",
      "trace.json",
      i,
      false,
      "",
      point.timeMs,
      point.geometricAltitudeFt ?? "",
      point.positionSource ?? "adsb_icao",
      "",
      "00".repeat(32),
    ].join(","),
  );
  lines.splice(Math.floor(lines.length / 2), 0, ...extraLines);
  return `${OWN_NAMES}\n${lines.map((line) => `${line}\n`).join("")}`;
}

export const OWN_NAMES =
  "hex,time,lat,lon,altitudeFt,groundSpeedKt,trackAngleDeg,verticalRateFpm,onGround,callsign,file,row,simulated,setAside," +
  "timeMs,geometricAltitudeFt,source,gapBeforeS,input";
