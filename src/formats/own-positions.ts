import { POSITION_SOURCES, type PositionSource } from "../track/track.js";
import { readAddressCell } from "./address-cell.js";
import {
  headerNames,
  numberCell,
  requireNames,
  type TableRow,
  tableRowsByPart,
} from "./csv-table.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { firstByteOf, textOrUndefined, textPieces } from "./text.js";

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
  const texts = textPieces((await firstByteOf(chunks)).chunks);
  const parts = tableRowsByPart(texts, sink, (names) =>
    requireNames(
      names,
      NEEDED.map((name) => [name]),
    ),
  );
  const reading = { index: 0, isSimulated: false };
  for await (const rows of parts) {
    for (const row of rows) {
      sink.row();
      if (!reading.isSimulated && row.simulated === "true") {
        reading.isSimulated = true;
        sink.simulated();
      }
      readRow(row, reading.index++, sink);
    }
  }
}

function readRow(row: TableRow, index: number, sink: ReaderSink): void {
  const cell = readAddressCell(row.hex);
  if (cell.address === undefined) {
    sink.issue({ kind: "address-invalid", row: index, detail: cell.wrong });
    return;
  }
  const [lat, lon] = [numberCell(row.lat, "latitude"), numberCell(row.lon, "longitude")];
  const time = numberCell(row.timems, "timeMs");
  if (lat.value === undefined || lon.value === undefined || time.value === undefined) {
    const detail = lat.wrong ?? lon.wrong ?? time.wrong ?? "time, latitude or longitude is missing";
    sink.issue({ kind: "row-without-position", row: index, detail });
    return;
  }
  const number = (name: string): number | undefined => {
    const { value, wrong } = numberCell(row[name], name);
    if (wrong !== undefined) sink.issue({ kind: "value-malformed", row: index, detail: wrong });
    return value;
  };
  sink.point(cell.address, {
    timeMs: Math.round(time.value),
    latDeg: lat.value,
    lonDeg: lon.value,
    altitudeFt: number("altitudeft"),
    geometricAltitudeFt: number("geometricaltitudeft"),
    groundSpeedKt: number("groundspeedkt"),
    trackAngleDeg: number("trackangledeg"),
    verticalRateFpm: number("verticalratefpm"),
    onGround: row.onground === "true" ? true : row.onground === "false" ? false : undefined,
    callsign: textOrUndefined(row.callsign)?.replace(/^'(?=[=+\-@])/, ""),
    positionSource: sourceOf(row.source),
    row: index,
  });
}

function sourceOf(cell: unknown): PositionSource | undefined {
  return POSITION_SOURCES.find((source) => source === cell);
}
