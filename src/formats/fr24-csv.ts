import { parseAddress } from "../aircraft/address.js";
import type { Point } from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import { parseUtc } from "../units/time.js";
import { headerNames, numberCell, requireNames, type TableRow, tableRows } from "./csv-table.js";
import { fr24AltitudeFt, fr24Source } from "./fr24.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { parseSquawk, textOrUndefined, wholeText } from "./text.js";
import { unnamedTrack } from "./unnamed-aircraft.js";

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
  const text = await wholeText(chunks, LIMIT_BYTES);
  const rows = tableRows(text, sink, (names) =>
    requireNames(names, [
      ["timestamp", "utc"],
      ["position", "lat"],
    ]),
  );
  let unnamed = unnamedTrack(sink, () => firstCallsign(rows, 0));
  rows.forEach((row, index) => {
    sink.row();
    // Tables put one behind the other may be of different aircraft.
    if (isHeader(row)) {
      unnamed = unnamedTrack(sink, () => firstCallsign(rows, index + 1));
      sink.issue({ kind: "row-is-header", row: index, detail: "a second table begins here" });
      return;
    }
    const point = readPoint(row, index, sink);
    if (!point) return;
    sink.point(parseAddress(textOrUndefined(row.hex) ?? "") ?? unnamed(point), point);
  });
}

function firstCallsign(rows: readonly TableRow[], from: number): string | undefined {
  for (let i = from; i < rows.length; i++) {
    const callsign = textOrUndefined(rows[i]!.callsign);
    if (callsign !== undefined) return `callsign ${callsign}`;
  }
  return undefined;
}

function isHeader(row: TableRow): boolean {
  return textOrUndefined(row.callsign)?.toLowerCase() === "callsign";
}

function readPoint(row: TableRow, index: number, sink: ReaderSink): Point | undefined {
  const timeMs = timeOf(row);
  if (timeMs === undefined) {
    const cell = JSON.stringify(row.timestamp ?? row.utc ?? "");
    sink.issue({
      kind: "row-without-time",
      row: index,
      detail: `${cell.slice(0, 40)} is no time in whole seconds or UTC; a spreadsheet rounds them`,
    });
    return undefined;
  }
  const place = placeOf(row);
  if (typeof place === "string") {
    sink.issue({ kind: "row-without-position", row: index, detail: place });
    return undefined;
  }
  const source = fr24Source(row.source);
  if (source === "estimated") {
    sink.issue({ kind: "position-estimated", row: index, detail: "computed, received by nobody" });
    return undefined;
  }
  const number = (name: string): number | undefined => {
    const { value, wrong } = numberCell(row[name], name);
    if (wrong !== undefined) sink.issue({ kind: "value-malformed", row: index, detail: wrong });
    return value;
  };
  const verticalRateFpm = number("vspeed");
  return {
    timeMs,
    ...place,
    altitudeFt: fr24AltitudeFt(number("altitude") ?? number("alt"), verticalRateFpm),
    groundSpeedKt: number("speed") ?? number("gspeed"),
    trackAngleDeg: number("direction") ?? number("track"),
    verticalRateFpm,
    positionSource: source,
    callsign: textOrUndefined(row.callsign),
    squawk: parseSquawk(row.squawk),
    row: index,
  };
}

/** 1.64E+09 is a time no longer: it lost its hours. The column UTC says it again, where there is one. */
function timeOf(row: TableRow): number | undefined {
  const text = textOrUndefined(row.timestamp) ?? "";
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * SECOND_MS);
  return parseUtc(text) ?? parseUtc(textOrUndefined(row.utc) ?? "");
}

function placeOf(row: TableRow): { latDeg: number; lonDeg: number } | string {
  const position = textOrUndefined(row.position);
  const cells = position === undefined ? [row.lat, row.lon] : position.split(",");
  if (cells.length === 4) {
    return `"${position}" has decimal commas; use the file as downloaded, with decimal points`;
  }
  const [lat, lon] = [numberCell(cells[0], "latitude"), numberCell(cells[1], "longitude")];
  if (cells.length === 2 && lat.value !== undefined && lon.value !== undefined)
    return { latDeg: lat.value, lonDeg: lon.value };
  return lat.wrong ?? lon.wrong ?? "latitude or longitude is missing";
}
