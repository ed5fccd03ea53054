import {
  emptyPoint,
  POSITION_SOURCES,
  type PositionSource,
  type WritablePoint,
} from "../track/track.js";
import type { CsvRow } from "./csv-row.js";
import { headerNames, readTable, requireNames, TableCells } from "./csv-table.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";

// Positions as this program writes them into CSV and Parquet (docs/exports.md), in the columns of `positionTable`:
//
//   hex                             address
//   timeMs                          ms since 1970; `time` says the same, in CSV without the milliseconds
//   lat, lon                        degrees
//   altitudeFt, geometricAltitudeFt ft
//   groundSpeedKt, trackAngleDeg, verticalRateFpm
//   onGround                        true, false
//   callsign                        in CSV with an apostrophe before what a spreadsheet would run
//   source                          a name of POSITION_SOURCES
//   simulated                       true of simulated positions
//   file, row, input                where the position came from: not read, this file is the input now
//   setAside, gapBeforeS            what was made of it: not read, it is made anew

const NEEDED = [
  "hex",
  "timems",
  "lat",
  "lon",
  "altitudeft",
  "groundspeedkt",
  "onground",
  "setaside",
  "simulated",
] as const;

/** Reads positions that this program wrote. */
export const ownPositionsReader: Reader = {
  id: "wheelsdown-positions",
  title: "positions as wheelsdown writes them",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  return isOwnPositions(headerNames(new TextDecoder().decode(head).replace(/^\uFEFF/, ""))) ? 3 : 0;
}

function isOwnPositions(names: readonly string[]): boolean {
  return NEEDED.every((name) => names.includes(name));
}

/** Columns of a lake's files of positions, which are nearly all of its files. */
export const LAKE_NAMES = ["hex", "input_sha256"] as const;
/** What they are told to be. */
export const FILE_OF_LAKE =
  "a file out of the store of a lake; ask the lake, with --lake and its folder";

/**
 * Says what other tables of this program are, which hold no positions or are no files to be read alone.
 *
 * @param firstLine names of columns
 * @returns undefined for tables of others
 */
export function describeOwnTable(firstLine: string): string | undefined {
  const names = new Set(headerNames(firstLine));
  const has = (...all: string[]) => all.every((name) => names.has(name));
  const isOfLake =
    has(...LAKE_NAMES) ||
    has("hex", "evidence_class", "off_airport") ||
    has("sha256", "byte_count", "kept_count");
  if (isOfLake) return FILE_OF_LAKE;
  if (has("hex", "timefrom", "timeto", "evidence", "exhibits"))
    return "movements as wheelsdown writes them, which are what was inferred and hold no positions; give the positions they rest on";
  return undefined;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  let table: OwnTable | undefined;
  await readTable(chunks, sink, {
    header: (names) => {
      requireNames(
        names,
        NEEDED.map((name) => [name]),
      );
      table = new OwnTable(names, sink);
    },
    row: (row) => table!.read(row),
  });
}

class OwnTable {
  readonly #sink: ReaderSink;
  readonly #cells: TableCells;
  readonly #at: ReturnType<typeof columnsOf>;
  /** Used again for each row. */
  readonly #point = emptyPoint();
  #sourceText: string | undefined;
  #source: PositionSource | undefined;
  #isSimulated = false;

  constructor(names: readonly string[], sink: ReaderSink) {
    this.#sink = sink;
    this.#cells = new TableCells(names);
    this.#at = columnsOf(this.#cells);
  }

  read(row: CsvRow): void {
    const cells = this.#cells;
    const at = this.#at;
    if (!this.#isSimulated && cells.text(row, at.simulated) === "true") {
      this.#isSimulated = true;
      this.#sink.simulated();
    }
    const address = cells.address(row, at.hex);
    if (address === undefined) {
      const detail = cells.wrong ?? "no aircraft address";
      return this.#sink.issue({ kind: "address-invalid", row: row.row, detail });
    }
    const latDeg = cells.number(row, at.lat, "latitude");
    let { wrong } = cells;
    const lonDeg = cells.number(row, at.lon, "longitude");
    wrong ??= cells.wrong;
    const timeMs = cells.number(row, at.timeMs, "timeMs");
    wrong ??= cells.wrong;
    if (Number.isNaN(latDeg) || Number.isNaN(lonDeg) || Number.isNaN(timeMs)) {
      const detail = wrong ?? "time, latitude or longitude is missing";
      return this.#sink.issue({ kind: "row-without-position", row: row.row, detail });
    }
    const point = this.#point;
    point.timeMs = Math.round(timeMs);
    point.latDeg = latDeg;
    point.lonDeg = lonDeg;
    point.row = row.row;
    this.#fill(point, row);
    this.#sink.point(address, point);
  }

  #fill(point: WritablePoint, row: CsvRow): void {
    const cells = this.#cells;
    const at = this.#at;
    point.altitudeFt = this.#number(row, at.altitude, "altitudeft");
    point.geometricAltitudeFt = this.#number(row, at.geometric, "geometricaltitudeft");
    point.groundSpeedKt = this.#number(row, at.speed, "groundspeedkt");
    point.trackAngleDeg = this.#number(row, at.track, "trackangledeg");
    point.verticalRateFpm = this.#number(row, at.rate, "verticalratefpm");
    const onGround = cells.text(row, at.onGround);
    point.onGround = onGround === "true" ? true : onGround === "false" ? false : undefined;
    const callsign = cells.text(row, at.callsign);
    point.callsign = callsign?.startsWith("'") ? callsign.replace(/^'(?=[=+\-@])/, "") : callsign;
    point.positionSource = this.#sourceOf(row);
  }

  #sourceOf(row: CsvRow): PositionSource | undefined {
    const text = this.#cells.text(row, this.#at.source);
    // Nearly always what the row before said.
    if (text !== this.#sourceText) {
      this.#sourceText = text;
      this.#source = POSITION_SOURCES.find((source) => source === text);
    }
    return this.#source;
  }

  #number(row: CsvRow, columns: readonly number[], name: string): number {
    const value = this.#cells.number(row, columns, name);
    const { wrong } = this.#cells;
    if (wrong !== undefined)
      this.#sink.issue({ kind: "value-malformed", row: row.row, detail: wrong });
    return value;
  }
}

function columnsOf(cells: TableCells) {
  return {
    hex: cells.columnsOf("hex"),
    timeMs: cells.columnsOf("timems"),
    lat: cells.columnsOf("lat"),
    lon: cells.columnsOf("lon"),
    altitude: cells.columnsOf("altitudeft"),
    geometric: cells.columnsOf("geometricaltitudeft"),
    speed: cells.columnsOf("groundspeedkt"),
    track: cells.columnsOf("trackangledeg"),
    rate: cells.columnsOf("verticalratefpm"),
    onGround: cells.columnsOf("onground"),
    callsign: cells.columnsOf("callsign"),
    source: cells.columnsOf("source"),
    simulated: cells.columnsOf("simulated"),
  } as const;
}
