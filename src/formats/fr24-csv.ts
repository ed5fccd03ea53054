import { type Address, parseAddress } from "../aircraft/address.js";
import { emptyPoint, type Point, type PositionSource, type WritablePoint } from "../track/track.js";
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
import { HeldCell } from "./held-cell.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { textOrUndefined, tooLarge } from "./text.js";
import { unnamedTrack } from "./unnamed-aircraft.js";
import { utf8Chunks } from "./utf16.js";

// Tables of one aircraft's track as Flightradar24 gives them:
//
//   web export   Timestamp (s), UTC (ISO; newer files), Callsign, Position ("lat,lon" in one cell), Altitude ft,
//                Speed kt, Direction deg
//   API          timestamp (ISO), lat, lon, alt ft, gspeed kt, vspeed ft/min, track deg, squawk, callsign, source
//
// Neither names the aircraft; a column `hex` is read where somebody added one.

const COMMA = 44;
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
  const held: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of utf8Chunks(chunks)) {
    held.push(chunk);
    byteCount += chunk.length;
    if (byteCount > LIMIT_BYTES) throw tooLarge(LIMIT_BYTES);
  }
  let table: Fr24Table | undefined;
  await readTable(held, sink, {
    header: (names) => {
      requireNames(names, [
        ["timestamp", "utc"],
        ["position", "lat"],
      ]);
      table = new Fr24Table(names, sink, held);
    },
    row: (row) => table!.read(row),
  });
}

class Fr24Table {
  readonly #sink: ReaderSink;
  readonly #chunks: readonly Uint8Array[];
  readonly #cells: TableCells;
  readonly #at: ReturnType<typeof columnsOf>;
  #unnamed: (point: Point) => Address;
  /** The first callsign of the track that is read. */
  #callsign: string | undefined;
  /** Where that track begins, in rows. */
  #start = -1;
  /** Made when a track's first position comes before its first callsign. */
  #callsigns: ReadonlyMap<number, string> | undefined;
  readonly #source = new HeldCell<PositionSource>("unknown");
  /** Used again for each row. */
  readonly #point = emptyPoint();

  constructor(names: readonly string[], sink: ReaderSink, chunks: readonly Uint8Array[]) {
    this.#sink = sink;
    this.#chunks = chunks;
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
    const point = this.#point;
    if (!this.#place(row, point)) return;
    this.#fill(row, point);
    point.callsign = callsign;
    const hex = this.#cells.text(row, this.#at.hex);
    const address = hex === undefined ? undefined : parseAddress(hex);
    this.#sink.point(address ?? this.#unnamed(point), point);
  }

  /** Writes when and where the row is. @returns false, and counts it, where it is none or was received by nobody */
  #place(row: CsvRow, point: WritablePoint): boolean {
    point.timeMs = this.#timeMs(row);
    if (Number.isNaN(point.timeMs) || !this.#position(row, point)) return false;
    point.positionSource = this.#sourceOf(row);
    if (point.positionSource !== "estimated") return true;
    this.#issue(row, "position-estimated", "computed, received by nobody");
    return false;
  }

  #fill(row: CsvRow, point: WritablePoint): void {
    const at = this.#at;
    const rateFpm = this.#firstOf(row, at.rate);
    const altitudeFt = this.#firstOf(row, at.altitude);
    point.altitudeFt = fr24AltitudeFt(altitudeFt, rateFpm) ?? Number.NaN;
    point.groundSpeedKt = this.#firstOf(row, at.speed);
    point.trackAngleDeg = this.#firstOf(row, at.track);
    point.verticalRateFpm = rateFpm;
    point.squawk = this.#cells.squawk(row, at.squawk);
    point.row = row.row;
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

  #position(row: CsvRow, point: WritablePoint): boolean {
    const at = this.#at;
    const column = TableCells.placeOf(row, at.position);
    if (column >= 0) placeInCell(row, column, point);
    else {
      point.latDeg = this.#cells.number(row, at.lat, "latitude");
      point.lonDeg = this.#cells.number(row, at.lon, "longitude");
    }
    if (!Number.isNaN(point.latDeg) && !Number.isNaN(point.lonDeg)) return true;
    const position = this.#cells.text(row, at.position);
    const cells =
      position === undefined ? [textIn(row, at.lat), textIn(row, at.lon)] : position.split(",");
    const [lat, lon] = [numberCell(cells[0], "latitude"), numberCell(cells[1], "longitude")];
    if (cells.length === 2 && lat.value !== undefined && lon.value !== undefined) {
      point.latDeg = lat.value;
      point.lonDeg = lon.value;
      return true;
    }
    const detail =
      cells.length === 4
        ? `"${position}" has decimal commas; use the file as downloaded, with decimal points`
        : (lat.wrong ?? lon.wrong ?? "latitude or longitude is missing");
    this.#issue(row, "row-without-position", detail);
    return false;
  }

  #sourceOf(row: CsvRow): PositionSource {
    const column = TableCells.placeOf(row, this.#at.source);
    if (column < 0) return "unknown";
    const { bytes } = row;
    const start = row.starts[column]!;
    const end = row.ends[column]!;
    if (this.#source.isSame(bytes, start, end)) return this.#source.value;
    return this.#source.hold(bytes, start, end, fr24Source(row.text(column)));
  }

  /** The number of the first of these columns that has one; NaN unknown. */
  #firstOf(row: CsvRow, either: readonly NamedColumns[]): number {
    for (const { name, columns } of either) {
      const value = this.#cells.number(row, columns, name);
      const { wrong } = this.#cells;
      if (wrong !== undefined) this.#issue(row, "value-malformed", wrong);
      if (!Number.isNaN(value)) return value;
    }
    return Number.NaN;
  }

  #issue(row: CsvRow, kind: string, detail: string): void {
    this.#sink.issue({ kind, row: row.row, detail });
  }

  /** What the export says of its aircraft: its first callsign, wherever that comes. */
  #said(): string | undefined {
    if (this.#callsign === undefined)
      this.#callsigns ??= callsignsIn(this.#chunks, this.#at.callsign);
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
    // The web site's column goes before the API's.
    altitude: named(cells, "altitude", "alt"),
    speed: named(cells, "speed", "gspeed"),
    track: named(cells, "direction", "track"),
    rate: named(cells, "vspeed"),
    squawk: cells.columnsOf("squawk"),
    source: cells.columnsOf("source"),
  } as const;
}

/** Columns of one name; a table may have it twice. */
interface NamedColumns {
  readonly name: string;
  readonly columns: readonly number[];
}

/** @returns those of these that the table has, in this order */
function named(cells: TableCells, ...names: readonly string[]): readonly NamedColumns[] {
  return names
    .map((name) => ({ name, columns: cells.columnsOf(name) }))
    .filter(({ columns }) => columns.length > 0);
}

function isHeader(callsign: string | undefined): boolean {
  return callsign?.length === 8 && callsign.toLowerCase() === "callsign";
}

/** The cell as it stands; undefined where there is none. */
function textIn(row: CsvRow, columns: readonly number[]): string | undefined {
  const column = TableCells.placeOf(row, columns);
  return column < 0 ? undefined : row.text(column);
}

/** Writes "latitude,longitude" in one cell; NaN for what is no plain number. */
function placeInCell({ bytes, starts, ends }: CsvRow, column: number, point: WritablePoint): void {
  const start = starts[column]!;
  const end = ends[column]!;
  let comma = start;
  while (comma < end && bytes[comma] !== COMMA) comma++;
  point.latDeg = plainNumber(bytes, start, comma);
  point.lonDeg = plainNumber(bytes, comma + 1, end);
}

/** @returns the first callsign of each track in these tables, by the row at which its table begins */
function callsignsIn(
  chunks: readonly Uint8Array[],
  columns: readonly number[],
): ReadonlyMap<number, string> {
  const callsigns = new Map<number, string>();
  let start = -1;
  cutCsv(chunks, {
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
