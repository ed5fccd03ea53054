import { emptyPoint, type WritablePoint } from "../track/track.js";
import { FPM_PER_MPS, feetFromMetres, knotsFromMps } from "../units/quantity.js";
import type { CsvRow } from "./csv-row.js";
import { readTable, requireNames, TableCells } from "./csv-table.js";
import type { ReaderSink } from "./reader.js";
import { epochMs } from "./table-cells.js";

// State vectors in CSV, by the names that opensky.ts lists; what is said there of units holds here.

const NEEDED = [
  ["icao24"],
  ["latitude", "lat"],
  ["longitude", "lon"],
  ["timestamp", "time", "snapshottime"],
] as const;

/** Reads a table of state vectors in CSV. */
export async function readStatesTable(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  let states: StatesTable | undefined;
  await readTable(chunks, sink, {
    header: (names) => {
      requireNames(names, NEEDED);
      states = new StatesTable(names, sink);
    },
    row: (row) => states!.read(row),
  });
}

class StatesTable {
  readonly #sink: ReaderSink;
  readonly #cells: TableCells;
  readonly #at: Readonly<Record<"address" | "lat" | "lon" | "time", readonly number[]>>;
  readonly #values: Readonly<
    Record<
      | "altitude"
      | "pressureM"
      | "geometric"
      | "knots"
      | "mps"
      | "track"
      | "fpm"
      | "rate"
      | "rateMps"
      | "ground"
      | "callsign"
      | "squawk",
      readonly number[]
    >
  >;
  /** Used again for each row. */
  readonly #point = emptyPoint();
  #groundText: string | undefined;
  #isGround: boolean | undefined;
  /** Columns that tell in which unit others are. */
  readonly #metric: readonly (readonly number[])[];
  readonly #aeronautical: readonly (readonly number[])[];

  constructor(names: readonly string[], sink: ReaderSink) {
    this.#sink = sink;
    const cells = new TableCells(names);
    this.#cells = cells;
    this.#at = {
      address: cells.columnsOf("icao24"),
      lat: cells.columnsOf("latitude", "lat"),
      lon: cells.columnsOf("longitude", "lon"),
      time: cells.columnsOf("timestamp", "time", "snapshottime"),
    };
    this.#values = {
      altitude: cells.columnsOf("altitude"),
      pressureM: cells.columnsOf("baroaltitude", "baro_altitude"),
      geometric: cells.columnsOf("geoaltitude", "geo_altitude"),
      knots: cells.columnsOf("groundspeed"),
      mps: cells.columnsOf("velocity"),
      track: cells.columnsOf("track", "heading", "true_track"),
      fpm: cells.columnsOf("vertical_rate_fpm"),
      rate: cells.columnsOf("vertical_rate"),
      rateMps: cells.columnsOf("vertrate"),
      ground: cells.columnsOf("onground", "on_ground"),
      callsign: cells.columnsOf("callsign"),
      squawk: cells.columnsOf("squawk"),
    };
    const { altitude, pressureM, geometric } = this.#values;
    if ([...altitude, ...pressureM, ...geometric].length === 0) tellUnreadAltitude(names, sink);
    this.#metric = [this.#values.mps, cells.columnsOf("baro_altitude")];
    this.#aeronautical = [this.#values.knots, this.#values.altitude];
  }

  read(row: CsvRow): void {
    const cells = this.#cells;
    const address = cells.address(row, this.#at.address);
    if (address === undefined) {
      const detail = cells.wrong ?? "no aircraft address";
      return this.#sink.issue({ kind: "address-invalid", row: row.row, detail });
    }
    const latDeg = cells.number(row, this.#at.lat, "latitude");
    const latWrong = cells.wrong;
    const lonDeg = cells.number(row, this.#at.lon, "longitude");
    const timeMs = this.#timeMs(row);
    if (Number.isNaN(latDeg) || Number.isNaN(lonDeg) || Number.isNaN(timeMs))
      return this.#sink.issue({
        kind: "row-without-position",
        row: row.row,
        detail: latWrong ?? cells.wrong ?? "time, latitude or longitude is missing",
      });
    const point = this.#point;
    point.timeMs = timeMs;
    point.latDeg = latDeg;
    point.lonDeg = lonDeg;
    point.row = row.row;
    this.#fill(point, row);
    this.#sink.point(address, point);
  }

  #fill(point: WritablePoint, row: CsvRow): void {
    const at = this.#values;
    const altitudeFt = this.#number(row, at.altitude);
    const groundSpeedKt = this.#number(row, at.knots);
    point.altitudeFt = Number.isNaN(altitudeFt)
      ? feetFromMetres(this.#number(row, at.pressureM))
      : altitudeFt;
    point.geometricAltitudeFt = this.#geometricAltitudeFt(row);
    point.groundSpeedKt = Number.isNaN(groundSpeedKt)
      ? knotsFromMps(this.#number(row, at.mps))
      : groundSpeedKt;
    point.trackAngleDeg = this.#number(row, at.track);
    point.verticalRateFpm = this.#verticalRateFpm(row);
    point.onGround = this.#ground(row);
    point.callsign = this.#cells.text(row, at.callsign);
    point.squawk = this.#cells.squawk(row, at.squawk);
  }

  /** Any number that `Number` reads; NaN for others. */
  #number(row: CsvRow, columns: readonly number[]): number {
    const column = TableCells.placeOf(row, columns);
    if (column < 0 || row.isEmpty(column)) return Number.NaN;
    const plain = row.plain(column);
    if (!Number.isNaN(plain)) return plain;
    const text = row.text(column);
    const value = text.trim() === "" ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : Number.NaN;
  }

  #timeMs(row: CsvRow): number {
    const number = this.#number(row, this.#at.time);
    if (!Number.isNaN(number)) return epochMs(number, undefined);
    const isoMs = this.#cells.isoMs(row, this.#at.time);
    if (!Number.isNaN(isoMs)) return isoMs;
    const text = this.#cells.text(row, this.#at.time);
    if (text === undefined) return Number.NaN;
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
    return Date.parse(zoned.replace(" ", "T"));
  }

  #geometricAltitudeFt(row: CsvRow): number {
    const value = this.#number(row, this.#values.geometric);
    // Tools that rename one convert both.
    return has(row, this.#values.altitude) ? value : feetFromMetres(value);
  }

  #verticalRateFpm(row: CsvRow): number {
    const fpm = this.#number(row, this.#values.fpm);
    if (!Number.isNaN(fpm)) return fpm;
    const rate = this.#number(row, this.#values.rate);
    if (Number.isNaN(rate)) return this.#number(row, this.#values.rateMps) * FPM_PER_MPS;
    // OpenSky's live interface and the tools use one name for two units; the columns beside it tell which.
    const isMetric =
      this.#metric.some((columns) => has(row, columns)) &&
      !this.#aeronautical.some((columns) => has(row, columns));
    return isMetric ? rate * FPM_PER_MPS : rate;
  }

  #ground(row: CsvRow): boolean | undefined {
    const text = this.#cells.text(row, this.#values.ground);
    // Nearly always what the row before said.
    if (text !== this.#groundText) {
      this.#groundText = text;
      this.#isGround = groundOf(text?.toLowerCase());
    }
    return this.#isGround;
  }
}

function groundOf(text: string | undefined): boolean | undefined {
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : undefined;
}

function has(row: CsvRow, columns: readonly number[]): boolean {
  return TableCells.placeOf(row, columns) >= 0;
}

/** A table that somebody put together may have altitudes under a name that says nothing of them here. */
function tellUnreadAltitude(names: readonly string[], sink: ReaderSink): void {
  const name = names.find((one) => /alt|height|level/i.test(one));
  if (name === undefined) return;
  sink.issue({
    kind: "column-unread",
    row: -1,
    detail: `"${name}" is no name of OpenSky's, and is not read as an altitude; --map says what it is, and in which unit`,
  });
}
