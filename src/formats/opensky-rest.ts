import type { Point, PositionSource } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { FPM_PER_MPS, feetFromMetres, knotsFromMps, SECOND_MS } from "../units/quantity.js";
import { readAddressCell } from "./address-cell.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { numberOrUndefined, parseSquawk, savedJson, textOrUndefined, wholeText } from "./text.js";

// What OpenSky's interface answers, JSON with rows by place; longitude before latitude in one and behind it in the other:
//
//   states   {"time": s, "states": [[0 icao24, 1 callsign, 2 country, 3 time_position s, 4 last_contact s, 5 lon, 6 lat,
//            7 baro_altitude m, 8 on_ground, 9 velocity m/s, 10 true_track deg, 11 vertical_rate m/s, 12 sensors,
//            13 geo_altitude m, 14 squawk, 15 spi, 16 position_source, 17 category], ...]}
//   tracks   {"icao24": ..., "callsign": ..., "startTime": s, "endTime": s,
//            "path": [[0 time s, 1 lat, 2 lon, 3 baro_altitude m, 4 true_track deg, 5 on_ground], ...]}
//
// Its third answer, flights, holds no positions but estimated airports, and is not read.

/** chosen: all aircraft at once are 2 MB. */
const LIMIT_BYTES = 128e6;
const POSITION_SOURCE: readonly PositionSource[] = ["adsb_icao", "other", "mlat", "flarm"];

/** Reads answers of OpenSky's interface: all states at a moment, and the track of one aircraft. */
export const openSkyRestReader: Reader = {
  id: "opensky-rest",
  title: "OpenSky answers (states, tracks)",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, "");
  if (!/^\s*\{/.test(text)) return 0;
  if (/"states"\s*:\s*(\[\s*(\[|\])|null)/.test(text) && /"time"\s*:\s*\d/.test(text)) return 3;
  return /"icao24"\s*:/.test(text) && /"path"\s*:\s*\[\s*(\[|\])/.test(text) ? 3 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const text = await wholeText(chunks, LIMIT_BYTES);
  const { value } = savedJson(text, { rowEnd: "]", closing: "]}", one: "row", many: "rows" }, sink);
  const document = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { states, path } = document;
  if (Array.isArray(path)) readPath(path, document, sink);
  else if (Array.isArray(states)) readRows(states, sink, (row) => row[0], statePoint);
  // An empty moment has null in place of a list.
  else if (states !== null) {
    throw new WheelsdownError("input-invalid", 'neither "states" nor "path" is a list of rows');
  }
}

function readPath(
  path: readonly unknown[],
  document: Readonly<Record<string, unknown>>,
  sink: ReaderSink,
): void {
  const callsign = textOrUndefined(document.callsign);
  readRows(
    path,
    sink,
    () => document.icao24,
    (row, index) => pathPoint(row, index, callsign),
  );
}

/** A row of an answer, as far as it could be made out. */
type Draft = Omit<Point, "timeMs" | "latDeg" | "lonDeg"> & {
  readonly timeMs: number | undefined;
  readonly latDeg: number | undefined;
  readonly lonDeg: number | undefined;
};

function isPlaced(draft: Draft): draft is Point {
  return draft.timeMs !== undefined && draft.latDeg !== undefined && draft.lonDeg !== undefined;
}

/** @param addressOf what stands where a row names its aircraft */
function readRows(
  rows: readonly unknown[],
  sink: ReaderSink,
  addressOf: (row: readonly unknown[]) => unknown,
  make: (row: readonly unknown[], index: number) => Draft,
): void {
  rows.forEach((row, index) => {
    sink.row();
    if (!Array.isArray(row)) {
      sink.issue({ kind: "row-malformed", row: index, detail: "a row is a list of values" });
      return;
    }
    const cell = readAddressCell(addressOf(row));
    const draft = make(row, index);
    if (cell.address === undefined) {
      sink.issue({ kind: "address-invalid", row: index, detail: cell.wrong });
    } else if (isPlaced(draft)) sink.point(cell.address, draft);
    else {
      sink.issue({
        kind: "row-without-position",
        row: index,
        detail: "time, latitude or longitude is missing",
      });
    }
  });
}

function statePoint(row: readonly unknown[], index: number): Draft {
  const source = numberOrUndefined(row[16]);
  return {
    // Not `time`, which is when the answer was made: the position may be older.
    timeMs: timeMsFrom(row[3]),
    lonDeg: numberOrUndefined(row[5]),
    latDeg: numberOrUndefined(row[6]),
    altitudeFt: converted(row[7], feetFromMetres),
    geometricAltitudeFt: converted(row[13], feetFromMetres),
    groundSpeedKt: converted(row[9], knotsFromMps),
    trackAngleDeg: numberOrUndefined(row[10]),
    verticalRateFpm: converted(row[11], fpmFromMps),
    onGround: typeof row[8] === "boolean" ? row[8] : undefined,
    callsign: textOrUndefined(row[1]),
    squawk: parseSquawk(row[14]),
    positionSource: source === undefined ? undefined : POSITION_SOURCE[source],
    row: index,
  };
}

function pathPoint(row: readonly unknown[], index: number, callsign: string | undefined): Draft {
  return {
    timeMs: timeMsFrom(row[0]),
    latDeg: numberOrUndefined(row[1]),
    lonDeg: numberOrUndefined(row[2]),
    altitudeFt: converted(row[3], feetFromMetres),
    trackAngleDeg: numberOrUndefined(row[4]),
    onGround: typeof row[5] === "boolean" ? row[5] : undefined,
    callsign,
    row: index,
  };
}

function fpmFromMps(metresPerSecond: number): number {
  return metresPerSecond * FPM_PER_MPS;
}

function timeMsFrom(value: unknown): number | undefined {
  const seconds = numberOrUndefined(value);
  return seconds === undefined ? undefined : Math.round(seconds * SECOND_MS);
}

function converted(value: unknown, convert: (number: number) => number): number | undefined {
  const number = numberOrUndefined(value);
  return number === undefined ? undefined : convert(number);
}
