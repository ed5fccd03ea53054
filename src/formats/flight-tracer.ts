import { parseUtc } from "../units/time.js";
import { readAddressCell } from "./address-cell.js";
import { headerNames, numberCell, requireNames, type TableRow, tableRows } from "./csv-table.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { parseSquawk, textOrUndefined, wholeText } from "./text.js";

// Tables that the program flight-tracer makes of traces of ADS-B Exchange:
//
//   raw_*             time (s of the day), lat, lon, altitude (ft or "ground"), ground_speed kt, heading deg, details (the
//                     detail object as Python prints one), alt_geom ft, nnumber, model, desc, timestamp (day),
//                     ping_time (UTC), icao
//   flight_traces_*   flight, point_time (UTC), flight_date_pst, point_time_pst_clean, altitude, ground_speed, heading,
//                     lat, lon, icao, call_sign, leg_id, flight_leg, geometry; rows on the ground are LEFT OUT of it
//
// Columns with "pst" are local times and are not read.

/** chosen: some hundred kB a day and aircraft. */
const LIMIT_BYTES = 256e6;

/** Reads the tables of flight-tracer. */
export const flightTracerReader: Reader = {
  id: "flight-tracer",
  title: "flight-tracer CSV",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const names = new Set(headerNames(new TextDecoder().decode(head).replace(/^\uFEFF/, "")));
  const has = (...all: string[]) => all.every((name) => names.has(name));
  const hasTime = has("ping_time") || has("point_time");
  return hasTime && has("icao", "lat", "lon", "altitude", "ground_speed") ? 3 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const rows = tableRows(await wholeText(chunks, LIMIT_BYTES), sink, (names) =>
    requireNames(names, [["icao"], ["lat"], ["lon"], ["ping_time", "point_time"]]),
  );
  rows.forEach((row, index) => {
    sink.row();
    readRow(row, index, sink);
  });
}

function readRow(row: TableRow, index: number, sink: ReaderSink): void {
  const cell = readAddressCell(row.icao);
  if (cell.address === undefined) {
    sink.issue({ kind: "address-invalid", row: index, detail: cell.wrong });
    return;
  }
  const time = textOrUndefined(row.ping_time ?? row.point_time) ?? "";
  // A time of day is wanted: a bare date would be midnight.
  const timeMs = /\d[T ]\d/.test(time) ? parseUtc(time) : undefined;
  if (timeMs === undefined) {
    const detail = `${JSON.stringify(time.slice(0, 40))} is no UTC time`;
    sink.issue({ kind: "row-without-time", row: index, detail });
    return;
  }
  const [lat, lon] = [numberCell(row.lat, "latitude"), numberCell(row.lon, "longitude")];
  if (lat.value === undefined || lon.value === undefined) {
    const detail = lat.wrong ?? lon.wrong ?? "latitude or longitude is missing";
    sink.issue({ kind: "row-without-position", row: index, detail });
    return;
  }
  const number = (name: string): number | undefined => {
    const { value, wrong } = numberCell(row[name], name);
    if (wrong !== undefined) sink.issue({ kind: "value-malformed", row: index, detail: wrong });
    return value;
  };
  const onGround = textOrUndefined(row.altitude) === "ground";
  const altitudeFt = onGround ? undefined : number("altitude");
  const registration = textOrUndefined(row.nnumber);
  const typeDesignator = textOrUndefined(row.model);
  if (registration !== undefined || typeDesignator !== undefined) {
    sink.identity(cell.address, {
      ...(registration !== undefined && { registration }),
      ...(typeDesignator !== undefined && { typeDesignator }),
    });
  }
  sink.point(cell.address, {
    timeMs,
    latDeg: lat.value,
    lonDeg: lon.value,
    altitudeFt,
    geometricAltitudeFt: number("alt_geom"),
    groundSpeedKt: number("ground_speed"),
    // As in the traces these are made of: on the ground the column holds the true heading.
    trackAngleDeg: onGround ? undefined : number("heading"),
    verticalRateFpm: Number(detailOf(row, "baro_rate") ?? Number.NaN),
    onGround: onGround ? true : altitudeFt === undefined ? undefined : false,
    callsign: callsignOf(row),
    squawk: parseSquawk(detailOf(row, "squawk")),
    row: index,
  });
}

function callsignOf(row: TableRow): string | undefined {
  const text =
    textOrUndefined(row.call_sign) ??
    textOrUndefined(row.flight) ??
    detailOf(row, "flight")?.trim();
  return text === "UNKNOWN" || text === "" ? undefined : text;
}

/** A number or text out of an object as Python prints one: `{'flight': 'SWA3512 ', 'baro_rate': 1408}`. */
function detailOf(row: TableRow, name: string): string | undefined {
  const details = typeof row.details === "string" ? row.details : "";
  return new RegExp(`'${name}': (?:'([^']*)'|(-?[\\d.]+))`).exec(details)?.slice(1).find(Boolean);
}
