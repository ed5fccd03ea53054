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
  if (Array.isArray(path)) readRows(path, sink, (row, index) => pathPoint(row, index, document));
  else if (Array.isArray(states)) readRows(states, sink, statePoint);
  // An empty moment has null in place of a list.
  else if (states !== null) {
    throw new WheelsdownError("input-invalid", 'neither "states" nor "path" is a list of rows');
  }
}

/** A row of an answer, as far as it could be made out. */
interface Made {
  readonly address: unknown;
  readonly timeMs: number | undefined;
  readonly latDeg: number | undefined;
  readonly lonDeg: number | undefined;
  readonly rest: Omit<Point, "timeMs" | "latDeg" | "lonDeg">;
}

function readRows(
  rows: readonly unknown[],
  sink: ReaderSink,
  make: (row: readonly unknown[], index: number) => Made,
): void {
  rows.forEach((row, index) => {
    sink.row();
    if (!Array.isArray(row)) {
      sink.issue({ kind: "row-malformed", row: index, detail: "a row is a list of values" });
      return;
    }
    const { address, timeMs, latDeg, lonDeg, rest } = make(row, index);
    const cell = readAddressCell(address);
    if (cell.address === undefined) {
      sink.issue({ kind: "address-invalid", row: index, detail: cell.wrong });
    } else if (timeMs === undefined || latDeg === undefined || lonDeg === undefined) {
      sink.issue({
        kind: "row-without-position",
        row: index,
        detail: "time, latitude or longitude is missing",
      });
    } else sink.point(cell.address, { timeMs, latDeg, lonDeg, ...rest });
  });
}

function statePoint(row: readonly unknown[], index: number): Made {
  const source = numberOrUndefined(row[16]);
  return {
    address: row[0],
    // Not `time`, which is when the answer was made: the position may be older.
    timeMs: timeMsFrom(row[3]),
    lonDeg: numberOrUndefined(row[5]),
    latDeg: numberOrUndefined(row[6]),
    rest: {
      altitudeFt: converted(row[7], feetFromMetres),
      geometricAltitudeFt: converted(row[13], feetFromMetres),
      groundSpeedKt: converted(row[9], knotsFromMps),
      trackAngleDeg: numberOrUndefined(row[10]),
      verticalRateFpm: converted(row[11], (metresPerSecond) => metresPerSecond * FPM_PER_MPS),
      onGround: typeof row[8] === "boolean" ? row[8] : undefined,
      callsign: textOrUndefined(row[1]),
      squawk: parseSquawk(row[14]),
      positionSource: source === undefined ? undefined : POSITION_SOURCE[source],
      row: index,
    },
  };
}

function pathPoint(
  row: readonly unknown[],
  index: number,
  document: Readonly<Record<string, unknown>>,
): Made {
  return {
    address: document.icao24,
    timeMs: timeMsFrom(row[0]),
    latDeg: numberOrUndefined(row[1]),
    lonDeg: numberOrUndefined(row[2]),
    rest: {
      altitudeFt: converted(row[3], feetFromMetres),
      trackAngleDeg: numberOrUndefined(row[4]),
      onGround: typeof row[5] === "boolean" ? row[5] : undefined,
      callsign: textOrUndefined(document.callsign),
      row: index,
    },
  };
}

function timeMsFrom(value: unknown): number | undefined {
  return converted(value, (seconds) => Math.round(seconds * SECOND_MS));
}

function converted(value: unknown, convert: (number: number) => number): number | undefined {
  const number = numberOrUndefined(value);
  return number === undefined ? undefined : convert(number);
}
