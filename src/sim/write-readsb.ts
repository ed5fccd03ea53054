import { dayStartMs, utcDay } from "../units/time.js";
import type { SimAircraft } from "./sim-aircraft.js";
import type { TraceRow } from "./trace-recorder.js";

/** One file to be written, gzipped or not, by the caller. */
export interface TraceFile {
  /** `2019/01/23/traces/c0/trace_full_1403c0.json` */
  readonly path: string;
  readonly text: string;
}

/** One aircraft with everything heard of it, oldest first. */
export interface AircraftTrace {
  readonly aircraft: SimAircraft;
  readonly rows: readonly TraceRow[];
}

/** Every file says that it was simulated: in `simulated`, `version`, `desc` and `ownOp`. */
export const SIMULATOR_VERSION = "wheelsdown simulator";
const DETAIL_EVERY = 4;

/**
 * Trace files in readsb's layout, one per aircraft and UTC day with a row in it, made one at a time.
 *
 * Source of the layout: readsb's README-json.md, fourteen columns a row.
 */
export function* writeReadsbTraces(traces: Iterable<AircraftTrace>): Generator<TraceFile> {
  for (const { aircraft, rows } of traces) {
    let start = 0;
    while (start < rows.length) {
      const dayMs = dayStartMs(rows[start]!.timeMs);
      let end = start + 1;
      while (end < rows.length && dayStartMs(rows[end]!.timeMs) === dayMs) end++;
      const folder = `${utcDay(dayMs).replaceAll("-", "/")}/traces/${aircraft.address.slice(-2)}`;
      yield {
        path: `${folder}/trace_full_${aircraft.address}.json`,
        text: traceText(aircraft, rows.slice(start, end), dayMs),
      };
      start = end;
    }
  }
}

function traceText(aircraft: SimAircraft, rows: readonly TraceRow[], dayMs: number): string {
  const header = [
    `"icao":${JSON.stringify(aircraft.address)}`,
    `"r":${JSON.stringify(aircraft.registration)}`,
    `"t":${JSON.stringify(aircraft.typeDesignator)}`,
    `"dbFlags":${aircraft.military ? 1 : 0}`,
    `"desc":${JSON.stringify(`SIMULATED ${aircraft.description}`)}`,
    `"ownOp":${JSON.stringify(aircraft.operator)}`,
    `"version":${JSON.stringify(SIMULATOR_VERSION)}`,
    `"simulated":true`,
    `"timestamp":${(dayMs / 1000).toFixed(3)}`,
  ];
  const lines = rows.map((row, i) => rowText(row, dayMs, i % DETAIL_EVERY === 0));
  return `{${header.join(",\n")},\n"trace":[\n${lines.join(",\n")}\n]}\n`;
}

/** Columns: offset, lat, lon, altitude, speed, direction, flags, rate, detail, source, geometric altitude, rate, IAS, roll. */
function rowText(row: TraceRow, dayMs: number, withDetail: boolean): string {
  const air = !row.onGround;
  const standing = row.onGround && row.groundSpeedKt < 1;
  const columns = [
    ((row.timeMs - dayMs) / 1000).toFixed(2),
    row.latDeg.toFixed(6),
    row.lonDeg.toFixed(6),
    air ? String(row.pressureAltitudeFt) : '"ground"',
    row.groundSpeedKt.toFixed(1),
    standing ? "null" : degrees(row.directionDeg),
    String(row.flags),
    air ? String(row.verticalRateFpm) : "null",
    withDetail ? detailText(row) : "null",
    '"adsb_icao"',
    air ? String(row.geometricAltitudeFt) : "null",
    "null",
    "null",
    "null",
  ];
  return `[${columns.join(",")}]`;
}

function detailText(row: TraceRow): string {
  const air = row.onGround
    ? {}
    : {
        alt_geom: row.geometricAltitudeFt,
        track: Number(degrees(row.directionDeg)),
        baro_rate: row.verticalRateFpm,
      };
  return JSON.stringify({
    type: "adsb_icao",
    flight: row.callsign.padEnd(8),
    ...air,
    squawk: row.squawk,
    emergency: "none",
    category: "A3",
    nic: 8,
    rc: 186,
    version: 2,
    nac_p: 9,
    nac_v: 1,
    sil: 3,
    sil_type: "perhour",
  });
}

/** One decimal, and 359.96 becomes 0.0, never 360.0. */
function degrees(directionDeg: number): string {
  const text = directionDeg.toFixed(1);
  return text === "360.0" ? "0.0" : text;
}
