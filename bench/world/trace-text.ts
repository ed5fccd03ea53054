import { turnDeg } from "../../src/geo/sphere.js";
import type { TraceRow } from "../../src/sim/trace-recorder.js";
import { SIMULATOR_VERSION } from "../../src/sim/write-readsb.js";
import type { AircraftDay } from "./aircraft-day.js";
import { WORLD_DAY_MS } from "./templates.js";

/** readsb attaches what else it knows to every fourth position of a trace. Source: its json_out.c. */
const DETAIL_EVERY = 4;
const GRAVITY_KT_PER_S = 9.80665 / 0.514444;

/**
 * The text of one trace file, all fourteen columns as full as in an archive of a day. The demo's writer leaves out what
 * no inference needs; here what is left out would flatter sizes and times.
 */
export function traceText(day: AircraftDay): string {
  const { address, template, rows } = day;
  const { type } = template;
  let text =
    `{"icao":"${address}",\n"r":"SIM-${address.slice(-6).toUpperCase()}",\n"t":"${type.designator}",\n` +
    `"dbFlags":0,\n"desc":"SIMULATED ${type.description}",\n"ownOp":"SIMULATED",\n` +
    `"version":"${SIMULATOR_VERSION}",\n"simulated":true,\n"timestamp":${(WORLD_DAY_MS / 1000).toFixed(3)},\n"trace":[`;
  for (let i = 0; i < rows.length; i++) text += (i > 0 ? ",\n" : "\n") + rowText(day, i);
  return `${text}\n]}\n`;
}

/** Columns: offset, lat, lon, altitude, speed, direction, flags, rate, detail, source, geometric altitude, rate, IAS, roll. */
function rowText(day: AircraftDay, index: number): string {
  const row = day.rows[index]!;
  const { source } = day;
  const offset = ((row.timeMs - WORLD_DAY_MS) / 1000).toFixed(2);
  const place = `[${offset},${row.latDeg.toFixed(6)},${row.lonDeg.toFixed(6)}`;
  const detail = index % DETAIL_EVERY === 0 ? detailText(day, row) : "null";
  const speed = row.groundSpeedKt.toFixed(1);
  const direction = directionText(row.directionDeg);
  if (row.onGround) {
    const heading = row.groundSpeedKt < 1 ? "null" : direction;
    return `${place},"ground",${speed},${heading},${row.flags},null,${detail},"${source}",null,null,null,null]`;
  }
  const state = `${row.pressureAltitudeFt},${speed},${direction},${row.flags},${row.verticalRateFpm}`;
  // Only the aircraft itself knows its geometric altitude, indicated speed and roll.
  const own =
    source === "adsb_icao"
      ? `${row.geometricAltitudeFt},${row.verticalRateFpm + 32 * ((index % 3) - 1)},${indicatedKt(row)},${rollDeg(day.rows, index).toFixed(1)}`
      : "null,null,null,null";
  return `${place},${state},${detail},"${source}",${own}]`;
}

function detailText({ source, callsign, template }: AircraftDay, row: TraceRow): string {
  if (source !== "adsb_icao")
    return `{"type":"${source}","flight":"${(callsign + row.callsign).padEnd(8)}","squawk":"${row.squawk}","nic":0,"rc":0,"nac_p":0,"nac_v":0,"sil":0,"sil_type":"unknown"}`;
  const air = row.onGround
    ? `"true_heading":${directionText(row.directionDeg)},`
    : `"alt_geom":${row.geometricAltitudeFt},"ias":${indicatedKt(row)},"tas":${Math.round(row.groundSpeedKt)},"track":${directionText(row.directionDeg)},"baro_rate":${row.verticalRateFpm},"nav_qnh":1013.6,"nav_altitude_mcp":${Math.ceil(row.pressureAltitudeFt / 1000) * 1000},`;
  return `{"type":"adsb_icao","flight":"${(callsign + row.callsign).padEnd(8)}",${air}"squawk":"${row.squawk}","emergency":"none","category":"${template.kind.category}","nic":8,"rc":186,"version":2,"nic_baro":1,"nac_p":9,"nac_v":1,"sil":3,"sil_type":"perhour","gva":2,"sda":2,"alert":0,"spi":0}`;
}

/** Speed over ground taken for true airspeed. Source: density of the standard atmosphere, as in src/sim/atmosphere.ts. */
function indicatedKt({ groundSpeedKt, pressureAltitudeFt }: TraceRow): number {
  return Math.round(groundSpeedKt * Math.sqrt((1 - 6.8756e-6 * pressureAltitudeFt) ** 4.2561));
}

/** Bank of a level turn at the rate since the position before. Source: tan(bank) = speed times rate of turn over gravity. */
function rollDeg(rows: readonly TraceRow[], index: number): number {
  const before = rows[index - 1];
  const row = rows[index]!;
  const spanS = before ? (row.timeMs - before.timeMs) / 1000 : 0;
  if (!before || spanS <= 0 || spanS > 30) return 0;
  const turnRadPerS = (turnDeg(before.directionDeg, row.directionDeg) * Math.PI) / 180 / spanS;
  const bankDeg = (Math.atan((row.groundSpeedKt * turnRadPerS) / GRAVITY_KT_PER_S) * 180) / Math.PI;
  return Math.max(-35, Math.min(35, bankDeg)) + 0;
}

/** One decimal, and 359.96 becomes 0.0, never 360.0. */
function directionText(directionDeg: number): string {
  const text = directionDeg.toFixed(1);
  return text === "360.0" ? "0.0" : text;
}
