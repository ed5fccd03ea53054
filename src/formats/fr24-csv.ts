import { type Address, parseAddress } from "../aircraft/address.js";
import type { Point, PositionSource } from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import { parseUtc } from "../units/time.js";
import { plainNumber } from "./byte-cells.js";
import type { CsvRow } from "./csv-row.js";
import { cutCsv } from "./csv-rows.js";
import {
  delimiterOf,
  headerNames,
  numberCell,
  readTable,
  requireNames,
  TableCells,
} from "./csv-table.js";
import { fr24AltitudeFt, fr24Source } from "./fr24.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { textOrUndefined, tooLarge, wholeBytes } from "./text.js";
import { unnamedTrack } from "./unnamed-aircraft.js";
import { utf8Chunks } from "./utf16.js";

// Tables of one aircraft's track as Flightradar24 gives them:
//
//   web export   Timestamp (s), UTC (ISO; newer files), Callsign, Position ("lat,lon" in one cell), Altitude ft,
//                Speed kt, Direction deg
//   API          timestamp (ISO), lat, lon, alt ft, gspeed kt, vspeed ft/min, track deg, squawk, callsign, source
//
// Neither names the aircraft; a column `hex` is read where somebody added one.

/** chosen: a track of a day is some hundred kB. */
const LIMIT_BYTES = 64e6;

/** Reads Flightradar24's CSV, from its web site and from its API. */
export const fr24CsvReader: Reader = {
  id: "fr24-csv",
  title: "Flightradar24 CSV",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, "");
  const names = new Set(headerNames(text));
  const has = (...all: string[]) => all.every((name) => names.has(name));
  const isWeb = has("position", "altitude", "speed") && (has("timestamp") || has("utc"));
  return isWeb || has("timestamp", "lat", "lon", "alt", "gspeed") ? 3 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const { bytes, rest } = await wholeBytes(utf8Chunks(chunks), LIMIT_BYTES);
  if (rest) throw tooLarge(LIMIT_BYTES);
  let table: Fr24Table | undefined;
  await readTable([bytes], sink, {
    header: (names) => {
      requireNames(names, [
        ["timestamp", "utc"],
        ["position", "lat"],
      ]);
      table = new Fr24Table(names, sink, bytes);
    },
    row: (row) => table!.read(row),
  });
}

class Fr24Table {
  readonly #sink: ReaderSink;
  readonly #bytes: Uint8Array;
  readonly #cells: TableCells;
  readonly #at: ReturnType<typeof columnsOf>;
  #unnamed: (point: Point) => Address;
  /** The first callsign of the track that is read. */
  #callsign: string | undefined;
  /** Where that track begins, in rows. */
  #start = -1;
  /** Made when a track's first position comes before its first callsign. */
  #callsigns: ReadonlyMap<number, string> | undefined;
  #source = "";
  #positionSource: PositionSource = "unknown";

  constructor(names: readonly string[], sink: ReaderSink, bytes: Uint8Array) {
    this.#sink = sink;
    this.#bytes = bytes;
    this.#cells = new TableCells(names);
    this.#at = columnsOf(this.#cells);
    this.#unnamed = unnamedTrack(sink, () => this.#said());
  }

  read(row: CsvRow): void {
    const callsign = this.#cells.text(row, this.#at.callsign);
    // Tables put one behind the other may be of different aircraft.
    if (isHeader(callsign)) {
      this.#start = row.row;
      this.#callsign = undefined;
      this.#unnamed = unnamedTrack(this.#sink, () => this.#said());
      return this.#issue(row, "row-is-header", "a second table begins here");
    }
    this.#callsign ??= callsign;
    const point = this.#point(row, callsign);
    if (!point) return;
    const hex = this.#cells.text(row, this.#at.hex);
    this.#sink.point(parseAddress(hex ?? "") ?? this.#unnamed(point), point);
  }

  #point(row: CsvRow, callsign: string | undefined): Point | undefined {
    const at = this.#at;
    const timeMs = this.#timeMs(row);
    if (Number.isNaN(timeMs)) return undefined;
    const place = this.#place(row);
    if (!place) return undefined;
    const positionSource = this.#sourceOf(row);
    if (positionSource === "estimated") {
      this.#issue(row, "position-estimated", "computed, received by nobody");
      return undefined;
    }
    const verticalRateFpm = this.#number(row, at.rate, "vspeed");
    const altitudeFt = this.#either(row, [at.altitude, at.alt], ["altitude", "alt"]);
    return {
      timeMs,
      latDeg: place.latDeg,
      lonDeg: place.lonDeg,
      altitudeFt: fr24AltitudeFt(altitudeFt, verticalRateFpm),
      groundSpeedKt: this.#either(row, [at.speed, at.gspeed], ["speed", "gspeed"]),
      trackAngleDeg: this.#either(row, [at.direction, at.track], ["direction", "track"]),
      verticalRateFpm,
      positionSource,
      callsign,
      squawk: this.#cells.squawk(row, at.squawk),
      row: row.row,
    };
  }

  /** 1.64E+09 is a time no longer: it lost its hours. The column UTC says it again, where there is one. */
  #timeMs(row: CsvRow): number {
    const at = this.#at;
    const isoMs = this.#cells.isoMs(row, at.timestamp);
    if (!Number.isNaN(isoMs)) return isoMs;
    const seconds = row.plain(TableCells.placeOf(row, at.timestamp));
    // Ten digits, of which the text below may have nine too.
    if (seconds >= 1e9 && seconds < 1e10) return Math.round(seconds * SECOND_MS);
    const text = this.#cells.text(row, at.timestamp) ?? "";
    if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * SECOND_MS);
    const timeMs = parseUtc(text) ?? this.#cells.utcMs(row, at.utc);
    if (!Number.isNaN(timeMs)) return timeMs;
    const cell = JSON.stringify(textIn(row, at.timestamp) ?? textIn(row, at.utc) ?? "");
    const detail = `${cell.slice(0, 40)} is no time in whole seconds or UTC; a spreadsheet rounds them`;
    this.#issue(row, "row-without-time", detail);
    return Number.NaN;
  }

  #place(row: CsvRow): { readonly latDeg: number; readonly lonDeg: number } | undefined {
    const column = TableCells.placeOf(row, this.#at.position);
    const place = column < 0 ? this.#plainPlace(row) : placeInCell(row, column);
    if (place) return place;
    const position = this.#cells.text(row, this.#at.position);
    const cells =
      position === undefined
        ? [textIn(row, this.#at.lat), textIn(row, this.#at.lon)]
        : position.split(",");
    const [lat, lon] = [numberCell(cells[0], "latitude"), numberCell(cells[1], "longitude")];
    const [latDeg, lonDeg] = [lat.value, lon.value];
    if (cells.length === 2 && latDeg !== undefined && lonDeg !== undefined)
      return { latDeg, lonDeg };
    const detail =
      cells.length === 4
        ? `"${position}" has decimal commas; use the file as downloaded, with decimal points`
        : (lat.wrong ?? lon.wrong ?? "latitude or longitude is missing");
    this.#issue(row, "row-without-position", detail);
    return undefined;
  }

  /** Of a latitude and a longitude in cells of their own that are plain numbers. */
  #plainPlace(row: CsvRow): { readonly latDeg: number; readonly lonDeg: number } | undefined {
    const latDeg = this.#cells.number(row, this.#at.lat, "latitude");
    const lonDeg = this.#cells.number(row, this.#at.lon, "longitude");
    return Number.isNaN(latDeg) || Number.isNaN(lonDeg) ? undefined : { latDeg, lonDeg };
  }

  #sourceOf(row: CsvRow): PositionSource {
    const column = TableCells.placeOf(row, this.#at.source);
    const source =
      column < 0 ? "" : row.isText(column, this.#source) ? undefined : row.text(column);
    if (source !== undefined) {
      this.#source = source;
      this.#positionSource = fr24Source(source);
    }
    return this.#positionSource;
  }

  #number(row: CsvRow, columns: readonly number[], name: string): number | undefined {
    const value = this.#cells.number(row, columns, name);
    const { wrong } = this.#cells;
    if (wrong !== undefined) this.#issue(row, "value-malformed", wrong);
    return Number.isNaN(value) ? undefined : value;
  }

  /** The number of the web site's column, else that of the API's. */
  #either(
    row: CsvRow,
    [web, api]: readonly [readonly number[], readonly number[]],
    [webName, apiName]: readonly [string, string],
  ): number | undefined {
    return this.#number(row, web, webName) ?? this.#number(row, api, apiName);
  }

  #issue(row: CsvRow, kind: string, detail: string): void {
    this.#sink.issue({ kind, row: row.row, detail });
  }

  /** What the export says of its aircraft: its first callsign, wherever that comes. */
  #said(): string | undefined {
    if (this.#callsign === undefined)
      this.#callsigns ??= callsignsIn(this.#bytes, this.#at.callsign);
    const callsign = this.#callsign ?? this.#callsigns?.get(this.#start);
    return callsign && `callsign ${callsign}`;
  }
}

function columnsOf(cells: TableCells) {
  return {
    timestamp: cells.columnsOf("timestamp"),
    utc: cells.columnsOf("utc"),
    callsign: cells.columnsOf("callsign"),
    hex: cells.columnsOf("hex"),
    position: cells.columnsOf("position"),
    lat: cells.columnsOf("lat"),
    lon: cells.columnsOf("lon"),
    altitude: cells.columnsOf("altitude"),
    alt: cells.columnsOf("alt"),
    speed: cells.columnsOf("speed"),
    gspeed: cells.columnsOf("gspeed"),
    direction: cells.columnsOf("direction"),
    track: cells.columnsOf("track"),
    rate: cells.columnsOf("vspeed"),
    squawk: cells.columnsOf("squawk"),
    source: cells.columnsOf("source"),
  } as const;
}

function isHeader(callsign: string | undefined): boolean {
  return callsign?.length === 8 && callsign.toLowerCase() === "callsign";
}

/** The cell as it stands; undefined where there is none. */
function textIn(row: CsvRow, columns: readonly number[]): string | undefined {
  const column = TableCells.placeOf(row, columns);
  return column < 0 ? undefined : row.text(column);
}

/** "latitude,longitude" in one cell, of plain numbers. */
function placeInCell(
  { bytes, starts, ends }: CsvRow,
  column: number,
): { readonly latDeg: number; readonly lonDeg: number } | undefined {
  const start = starts[column]!;
  const end = ends[column]!;
  let comma = start;
  while (comma < end && bytes[comma] !== 44) comma++;
  const latDeg = plainNumber(bytes, start, comma);
  const lonDeg = plainNumber(bytes, comma + 1, end);
  return Number.isNaN(latDeg) || Number.isNaN(lonDeg) ? undefined : { latDeg, lonDeg };
}

/** @returns the first callsign of each track in these tables, by the row at which its table begins */
function callsignsIn(bytes: Uint8Array, columns: readonly number[]): ReadonlyMap<number, string> {
  const callsigns = new Map<number, string>();
  let start = -1;
  cutCsv(bytes, {
    delimiterOf,
    row(row) {
      const place = TableCells.placeOf(row, columns);
      const callsign = place < 0 ? undefined : textOrUndefined(row.text(place));
      // The first header is no row.
      if (isHeader(callsign)) start = row.row - 1;
      else if (callsign !== undefined && !callsigns.has(start)) callsigns.set(start, callsign);
    },
    malformed: () => {},
  });
  return callsigns;
}
