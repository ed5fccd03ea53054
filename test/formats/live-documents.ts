import type { Point } from "../../src/track/track.js";

/** How a live snapshot may be written. */
export interface SnapshotOptions {
  /** "v2" is the form of the services: `ac`, and `now` in milliseconds behind it. */
  readonly form?: "readsb" | "v2";
  readonly extra?: readonly unknown[];
}

/** A snapshot that says these points, all seen at different times before it. */
export function writeSnapshot(
  address: string,
  points: readonly Point[],
  { form = "readsb", extra = [] }: SnapshotOptions = {},
): string {
  const nowMs = points.at(-1)?.timeMs ?? 0;
  const records: unknown[] = points.map((point) => liveRecord(address, point, nowMs));
  records.splice(Math.floor(records.length / 2), 0, ...extra);
  const list = `[\n${records.map((record) => JSON.stringify(record)).join(",\n")}\n]`;
  if (form === "readsb")
    return `{ "now" : ${nowMs / 1000},\n"messages" : 5,\n"aircraft" : ${list}}`;
  return `{"ac":${list},"msg":"No error","now":${nowMs},"total":${records.length},"ctime":${nowMs}}`;
}

/** A recording that says these points, each on a line with its own moment. */
export function writeFeedLines(
  address: string,
  points: readonly Point[],
  extra: readonly string[] = [],
): string {
  const lines = points.map((point) =>
    JSON.stringify({ now: point.timeMs / 1000, ...liveRecord(address, point, point.timeMs) }),
  );
  lines.splice(Math.floor(lines.length / 2), 0, ...extra);
  return lines.map((line) => `${line}\n`).join("");
}

/** One aircraft in the names of readsb. */
export function liveRecord(
  address: string,
  point: Point,
  nowMs: number,
): Readonly<Record<string, unknown>> {
  return {
    hex: address,
    type: point.positionSource ?? "adsb_icao",
    flight: point.callsign?.padEnd(8),
    alt_baro: point.onGround ? "ground" : point.altitudeFt,
    alt_geom: point.geometricAltitudeFt,
    gs: point.groundSpeedKt,
    track: point.trackAngleDeg,
    baro_rate: point.verticalRateFpm,
    squawk: point.squawk?.toString().padStart(4, "0"),
    lat: point.latDeg,
    lon: point.lonDeg,
    seen_pos: (nowMs - point.timeMs) / 1000,
    mlat: [],
    tisb: [],
    seen: 0,
  };
}
