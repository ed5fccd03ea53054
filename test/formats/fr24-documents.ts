import type { Point } from "../../src/track/track.js";

/** The site's own table, or the API's. */
export type Fr24Form = "web" | "web-old" | "api";

const HEADERS: Readonly<Record<Fr24Form, string>> = {
  web: "Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction",
  "web-old": "Timestamp,Callsign,Position,Altitude,Speed,Direction",
  api: "timestamp,lat,lon,alt,gspeed,vspeed,track,squawk,callsign,source",
};

/** A Flightradar24 table that says these points, as far as the form can. */
export function writeFr24Csv(
  form: Fr24Form,
  points: readonly Point[],
  extraLines: readonly string[] = [],
): string {
  const lines = points.map((point) => line(form, point));
  lines.splice(Math.floor(lines.length / 2), 0, ...extraLines);
  return `${HEADERS[form]}\n${lines.map((text) => `${text}\n`).join("")}`;
}

function line(form: Fr24Form, point: Point): string {
  const { timeMs, latDeg, lonDeg, callsign = "" } = point;
  const altitude = point.altitudeFt ?? 0;
  const speed = point.groundSpeedKt ?? 0;
  const angle = point.trackAngleDeg ?? 0;
  if (form === "api") {
    const rate = point.verticalRateFpm ?? 0;
    const squawk = point.squawk ?? 0;
    return [
      isoOf(timeMs),
      latDeg,
      lonDeg,
      altitude,
      speed,
      rate,
      angle,
      squawk,
      callsign,
      "ADSB",
    ].join();
  }
  const times = form === "web" ? [timeMs / 1000, isoOf(timeMs)] : [timeMs / 1000];
  return [...times, callsign, `"${latDeg},${lonDeg}"`, altitude, speed, angle].join();
}

function isoOf(timeMs: number): string {
  const date = new Date(timeMs);
  return Number.isNaN(date.getTime()) ? String(timeMs) : `${date.toISOString().slice(0, 19)}Z`;
}
