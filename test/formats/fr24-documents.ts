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

/** A playback record that says these points. */
export function writeFr24Playback(
  address: string | null,
  points: readonly Point[],
  extra: readonly unknown[] = [],
): string {
  const rows: unknown[] = points.map((point) => ({
    latitude: point.latDeg,
    longitude: point.lonDeg,
    altitude: { feet: point.altitudeFt ?? 0, meters: 5 },
    speed: { kmh: 5, kts: point.groundSpeedKt ?? 0, mph: 5 },
    verticalSpeed: { fpm: point.verticalRateFpm ?? 0, ms: 5 },
    heading: point.trackAngleDeg ?? 0,
    squawk: String(point.squawk ?? 0),
    timestamp: point.timeMs / 1000,
    ems: null,
  }));
  rows.splice(Math.floor(rows.length / 2), 0, ...extra);
  const list = rows.map((row) => JSON.stringify(row)).join(",\n");
  const identification = { modes: address, registration: "VP-BJG", serialNo: null };
  const leg = JSON.stringify({
    identification: { id: "5", callsign: points[0]?.callsign },
    status: { live: false, text: "Landed" },
    aircraft: { model: { code: "A321", text: "Airbus A321" }, identification },
    owner: { name: "Somebody" },
    airport: { origin: { name: "Planned", code: { icao: "UUEE" } }, destination: null },
  });
  return `{"result":{"request":{},"response":{"timestamp":5,"data":{"flight":${leg.slice(0, -1)},"track":[${list}],
"aircraftImages":{"thumbnails":[{"src":"x"},{"src":"y"}]}}}}}}`;
}

/** An answer of the API that says these points. */
export function writeFr24Tracks(points: readonly Point[], extra: readonly unknown[] = []): string {
  const rows: unknown[] = points.map((point) => ({
    timestamp: isoOf(point.timeMs),
    lat: point.latDeg,
    lon: point.lonDeg,
    alt: point.altitudeFt ?? 0,
    gspeed: point.groundSpeedKt ?? 0,
    vspeed: point.verticalRateFpm ?? 0,
    track: point.trackAngleDeg ?? 0,
    squawk: String(point.squawk ?? 0),
    callsign: point.callsign,
    source: "ADSB",
  }));
  rows.splice(Math.floor(rows.length / 2), 0, ...extra);
  return `[{"fr24_id":"5f","tracks":[${rows.map((row) => JSON.stringify(row)).join(",\n")}]}]`;
}

/** A table of flight-tracer that says these points: raw, or processed. */
export function writeFlightTracer(
  form: "raw" | "processed",
  address: string,
  points: readonly Point[],
  extraLines: readonly string[] = [],
): string {
  const lines = points.map((point) => {
    const { latDeg, lonDeg, trackAngleDeg = "", groundSpeedKt = "" } = point;
    const time = isoOf(point.timeMs).replace("T", " ").replace("Z", "");
    const altitude = point.onGround ? "ground" : (point.altitudeFt ?? "");
    if (form === "processed") {
      const callsign = point.callsign ?? "";
      return `,${time},2000-01-01,00:00:00,${altitude},${groundSpeedKt},${trackAngleDeg},${latDeg},${lonDeg},${address},${callsign},1,x,POINT (1 2)`;
    }
    const details = `"{'type': 'adsb_icao', 'flight': '${(point.callsign ?? "").padEnd(8)}', 'baro_rate': ${point.verticalRateFpm ?? 0}, 'squawk': '${point.squawk ?? ""}'}"`;
    return `5.25,${latDeg},${lonDeg},${altitude},${groundSpeedKt},${trackAngleDeg},${details},,N1,B38M,BOEING,2000-01-01,${time},${address}`;
  });
  lines.splice(Math.floor(lines.length / 2), 0, ...extraLines);
  const header =
    form === "raw"
      ? "time,lat,lon,altitude,ground_speed,heading,details,alt_geom,nnumber,model,desc,timestamp,ping_time,icao"
      : "flight,point_time,flight_date_pst,point_time_pst_clean,altitude,ground_speed,heading,lat,lon,icao,call_sign,leg_id,flight_leg,geometry";
  return `${header}\n${lines.map((text) => `${text}\n`).join("")}`;
}
