import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** What to write instead of the usual landing at Maiquetía (SVMI) of 2019-01-23, at about 12:11 UTC. */
export interface TraceOptions {
  readonly hex?: string;
  readonly registration?: string;
  readonly type?: string;
  readonly callsign?: string;
  /** Midnight of the day. */
  readonly dayMs?: number;
  readonly military?: boolean;
  /** Marks of the database: 1 military, 4 privacy address (PIA), 8 limited display (LADD). */
  readonly dbFlags?: number;
  readonly simulated?: boolean;
}

const DAY_MS = Date.UTC(2019, 0, 23);
const ELEVATION_FT = 234;
const THRESHOLD_LON_DEG = -67.0128;
const LON_DEG_PER_S = 0.00066;

/**
 * A readsb trace of an approach to runway 10, the roll, and ten minutes on the stand: one row a 5 s, every tenth with
 * a callsign, as the archives have it.
 */
export function landingTrace(options: TraceOptions = {}): string {
  const rows: unknown[][] = [];
  for (let s = -600; s <= 900; s += 5) {
    const rolling = s >= 0 && s < 60;
    const onGround = s >= 0;
    const lonDeg = onGround
      ? THRESHOLD_LON_DEG + 0.005 + Math.min(s, 60) * 0.0002
      : THRESHOLD_LON_DEG + 0.005 + s * LON_DEG_PER_S;
    const latDeg = 10.6038 + (lonDeg - THRESHOLD_LON_DEG) * 0.03;
    const altitudeFt = Math.round((ELEVATION_FT - s * 12) / 25) * 25;
    rows.push([
      43_860 + s,
      Number(latDeg.toFixed(6)),
      Number(lonDeg.toFixed(6)),
      onGround ? "ground" : altitudeFt,
      onGround ? (rolling ? 130 - s * 2 : 0) : 140,
      88,
      0,
      onGround ? null : -720,
      s % 50 === 0 ? { flight: (options.callsign ?? "TST123").padEnd(8), squawk: "1200" } : null,
    ]);
  }
  return JSON.stringify({
    icao: options.hex ?? "4ca7b3",
    r: options.registration ?? "EI-DEO",
    t: options.type ?? "A320",
    ...(options.military && { dbFlags: 1 }),
    ...(options.dbFlags !== undefined && { dbFlags: options.dbFlags }),
    ...(options.simulated && { simulated: true }),
    timestamp: (options.dayMs ?? DAY_MS) / 1000,
    trace: rows,
  });
}

/** Writes a file, making its folders. @returns its path */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Writes compressed traces of so many aircraft, as an archive has them. @returns the folder */
export function putArchive(folder: string, aircraftCount: number): string {
  for (let i = 0; i < aircraftCount; i++) {
    const hex = (0x140000 + i).toString(16);
    const trace = landingTrace({ hex, registration: `RA-${hex}` });
    put(folder, `2019/01/23/traces/${hex.slice(-2)}/trace_full_${hex}.json`, gzipSync(trace));
  }
  return folder;
}
