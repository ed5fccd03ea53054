import type { Point } from "../../src/track/track.js";
import { FPM_PER_MPS, METRES_PER_FOOT, MPS_PER_KT } from "../../src/units/quantity.js";

/** An answer of OpenSky that says these points: as states (which may be of one aircraft many times) or as its track. */
export function writeOpenSkyAnswer(
  form: "states" | "tracks",
  address: string,
  points: readonly Point[],
  extra: readonly unknown[] = [],
): string {
  const rows: unknown[] = points.map((point) =>
    form === "states" ? state(address, point) : waypoint(point),
  );
  rows.splice(Math.floor(rows.length / 2), 0, ...extra);
  const list = `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`;
  if (form === "states") return `{"time":1548286867,"states":${list}}`;
  const start = JSON.stringify({
    icao24: address,
    callsign: points[0]?.callsign,
    startTime: 5,
    endTime: 6,
  });
  return `${start.slice(0, -1)},"path":${list}}`;
}

function state(address: string, point: Point): readonly unknown[] {
  return [
    address,
    point.callsign?.padEnd(8) ?? null,
    "Somewhere",
    point.timeMs / 1000,
    point.timeMs / 1000 + 1,
    point.lonDeg,
    point.latDeg,
    metresOf(point.altitudeFt),
    point.onGround ?? null,
    point.groundSpeedKt === undefined ? null : point.groundSpeedKt * MPS_PER_KT,
    point.trackAngleDeg ?? null,
    point.verticalRateFpm === undefined ? null : point.verticalRateFpm / FPM_PER_MPS,
    null,
    metresOf(point.geometricAltitudeFt),
    point.squawk === undefined ? null : String(point.squawk).padStart(4, "0"),
    false,
    0,
  ];
}

function waypoint(point: Point): readonly unknown[] {
  const { timeMs, latDeg, lonDeg, altitudeFt, trackAngleDeg = null, onGround = false } = point;
  return [timeMs / 1000, latDeg, lonDeg, metresOf(altitudeFt), trackAngleDeg, onGround];
}

function metresOf(feet: number | undefined): number | null {
  return feet === undefined ? null : feet * METRES_PER_FOOT;
}

/** A list of Virtual Radar Server that says these points. */
export function writeVrsList(
  address: string,
  points: readonly Point[],
  extra: readonly unknown[] = [],
): string {
  const records: unknown[] = points.map((point) => ({
    Id: 5,
    Icao: address.toUpperCase(),
    Bad: false,
    Lat: point.latDeg,
    Long: point.lonDeg,
    PosTime: point.timeMs,
    Alt: point.altitudeFt,
    AltT: 0,
    Gnd: point.onGround,
    Spd: point.groundSpeedKt,
    SpdTyp: 0,
    Trak: point.trackAngleDeg,
    TrkH: false,
    Vsi: point.verticalRateFpm,
    Call: point.callsign,
    CallSus: false,
    Sqk: point.squawk === undefined ? "" : String(point.squawk).padStart(4, "0"),
  }));
  records.splice(Math.floor(records.length / 2), 0, ...extra);
  const list = records.map((record) => JSON.stringify(record)).join(",\n");
  return `{"src":1,"feeds":[{"id":1,"name":"x"}],"acList":[${list}],"totalAc":5,"stm":1548286867000}`;
}
