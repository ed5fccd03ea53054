import type { Address } from "../aircraft/address.js";
import { emptyPoint, type WritablePoint } from "../track/track.js";
import { parseUtc } from "../units/time.js";
import type { CsvRow } from "./csv-row.js";
import { headerNames, readTable, requireNames, TableCells } from "./csv-table.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { detailsOf, NO_DETAILS, QuickDetails, type TracerDetails } from "./tracer-details.js";

// Tables that the program flight-tracer makes of traces of ADS-B Exchange:
//
//   raw_*             time (s of the day), lat, lon, altitude (ft or "ground"), ground_speed kt, heading deg, details (the
//                     detail object as Python prints one), alt_geom ft, nnumber, model, desc, timestamp (day),
//                     ping_time (UTC), icao
//   flight_traces_*   flight, point_time (UTC), flight_date_pst, point_time_pst_clean, altitude, ground_speed, heading,
//                     lat, lon, icao, call_sign, leg_id, flight_leg, geometry; rows on the ground are LEFT OUT of it
//
// Columns with "pst" are local times and are not read.

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
  let table: TracerTable | undefined;
  await readTable(chunks, sink, {
    header: (names) => {
      requireNames(names, [["icao"], ["lat"], ["lon"], ["ping_time", "point_time"]]);
      table = new TracerTable(names, sink);
    },
    row: (row) => table!.read(row),
  });
}

/** The last one that was told of. */
interface Identified {
  readonly address: Address | undefined;
  readonly registration: string | undefined;
  readonly typeDesignator: string | undefined;
}

class TracerTable {
  readonly #sink: ReaderSink;
  readonly #cells: TableCells;
  readonly #at: ReturnType<typeof columnsOf>;
  readonly #stated = new Map<Address, string>();
  /** Used again for each row. */
  readonly #point = emptyPoint();
  readonly #quick = new QuickDetails();
  #identified: Identified = {
    address: undefined,
    registration: undefined,
    typeDesignator: undefined,
  };

  constructor(names: readonly string[], sink: ReaderSink) {
    this.#sink = sink;
    this.#cells = new TableCells(names);
    this.#at = columnsOf(this.#cells);
  }

  read(row: CsvRow): void {
    const cells = this.#cells;
    const at = this.#at;
    const address = cells.address(row, at.address);
    if (address === undefined) {
      const detail = cells.wrong ?? "no aircraft address";
      return this.#sink.issue({ kind: "address-invalid", row: row.row, detail });
    }
    const timeMs = this.#timeMs(row);
    if (Number.isNaN(timeMs)) return;
    const latDeg = cells.number(row, at.lat, "latitude");
    const latWrong = cells.wrong;
    const lonDeg = cells.number(row, at.lon, "longitude");
    if (Number.isNaN(latDeg) || Number.isNaN(lonDeg)) {
      const detail = latWrong ?? cells.wrong ?? "latitude or longitude is missing";
      return this.#sink.issue({ kind: "row-without-position", row: row.row, detail });
    }
    const point = this.#point;
    point.timeMs = timeMs;
    point.latDeg = latDeg;
    point.lonDeg = lonDeg;
    point.row = row.row;
    this.#fill(point, row);
    this.#identify(address, row);
    this.#sink.point(address, point);
  }

  #fill(point: WritablePoint, row: CsvRow): void {
    const at = this.#at;
    const onGround = this.#saysGround(row);
    const altitudeFt = onGround ? Number.NaN : this.#number(row, at.altitude, "altitude");
    const said = this.#detailsOf(row);
    point.altitudeFt = altitudeFt;
    point.geometricAltitudeFt = this.#number(row, at.geometric, "alt_geom");
    point.groundSpeedKt = this.#number(row, at.speed, "ground_speed");
    // As in the traces these are made of: on the ground the column holds the true heading.
    point.trackAngleDeg = onGround ? Number.NaN : this.#number(row, at.heading, "heading");
    point.verticalRateFpm = said.rateFpm;
    point.onGround = onGround ? true : Number.isNaN(altitudeFt) ? undefined : false;
    point.callsign = this.#callsign(row, said);
    point.squawk = said.squawk;
  }

  #saysGround(row: CsvRow): boolean {
    const column = TableCells.placeOf(row, this.#at.altitude);
    const isNumber = column >= 0 && !Number.isNaN(row.plain(column));
    return !isNumber && this.#cells.text(row, this.#at.altitude) === "ground";
  }

  /** A time of day is wanted: a bare date would be midnight. */
  #timeMs(row: CsvRow): number {
    const columns = this.#at.time;
    const isoMs = this.#cells.isoMs(row, columns);
    if (!Number.isNaN(isoMs)) return isoMs;
    const time = this.#cells.text(row, columns) ?? "";
    const timeMs = /\d[T ]\d/.test(time) ? parseUtc(time) : undefined;
    if (timeMs !== undefined) return timeMs;
    const detail = `${JSON.stringify(time.slice(0, 40))} is no UTC time`;
    this.#sink.issue({ kind: "row-without-time", row: row.row, detail });
    return Number.NaN;
  }

  #number(row: CsvRow, columns: readonly number[], name: string): number {
    const value = this.#cells.number(row, columns, name);
    const { wrong } = this.#cells;
    if (wrong !== undefined)
      this.#sink.issue({ kind: "value-malformed", row: row.row, detail: wrong });
    return value;
  }

  /** Says what the row says of the aircraft, unless it was said. */
  #identify(address: Address, row: CsvRow): void {
    const registration = this.#cells.text(row, this.#at.registration);
    const typeDesignator = this.#cells.text(row, this.#at.type);
    if (registration === undefined && typeDesignator === undefined) return;
    const last = this.#identified;
    // Rows of one aircraft follow one another.
    if (
      last.address === address &&
      last.registration === registration &&
      last.typeDesignator === typeDesignator
    )
      return;
    this.#identified = { address, registration, typeDesignator };
    const said = `${registration ?? ""},${typeDesignator ?? ""}`;
    if (this.#stated.get(address) === said) return;
    this.#stated.set(address, said);
    this.#sink.identity(address, {
      ...(registration !== undefined && { registration }),
      ...(typeDesignator !== undefined && { typeDesignator }),
    });
  }

  #detailsOf(row: CsvRow): TracerDetails {
    const column = TableCells.placeOf(row, this.#at.details);
    if (column < 0 || row.isEmpty(column)) return NO_DETAILS;
    const isRead =
      !row.isDoubled && this.#quick.read(row.bytes, row.starts[column]!, row.ends[column]!);
    return isRead ? this.#quick : detailsOf(row.text(column));
  }

  #callsign(row: CsvRow, { callsign }: TracerDetails): string | undefined {
    const text =
      this.#cells.text(row, this.#at.callsign) ??
      this.#cells.text(row, this.#at.leg) ??
      callsign?.trim();
    return text === "UNKNOWN" || text === "" ? undefined : text;
  }
}

function columnsOf(cells: TableCells) {
  return {
    address: cells.columnsOf("icao"),
    time: cells.columnsOf("ping_time", "point_time"),
    lat: cells.columnsOf("lat"),
    lon: cells.columnsOf("lon"),
    altitude: cells.columnsOf("altitude"),
    geometric: cells.columnsOf("alt_geom"),
    speed: cells.columnsOf("ground_speed"),
    heading: cells.columnsOf("heading"),
    details: cells.columnsOf("details"),
    registration: cells.columnsOf("nnumber"),
    type: cells.columnsOf("model"),
    callsign: cells.columnsOf("call_sign"),
    leg: cells.columnsOf("flight"),
  } as const;
}
