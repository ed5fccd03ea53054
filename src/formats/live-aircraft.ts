import {
  FLAG_ALTITUDE_GEOMETRIC,
  FLAG_RATE_GEOMETRIC,
  POSITION_SOURCES,
  type PositionSource,
} from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { SECOND_MS } from "../units/quantity.js";
import { readAddressCell } from "./address-cell.js";
import type { ReaderSink } from "./reader.js";
import { statedIdentity } from "./readsb-header.js";
import { numberOrUndefined, parseSquawk, textOrUndefined } from "./text.js";

// One aircraft as receivers tell of it right now. Names changed over the years; the first one there counts:
//
//   address    hex                                   position   lat, lon, deg
//   altitude   alt_baro, altitude (old): ft or "ground"; alt_geom, ft
//   speed      gs, speed (old), gscp: kt             rate       baro_rate, geom_rate, vert_rate (old): ft/min
//   direction  track, deg                            age        seen_pos, s before `now`
//   source     type; in dump1090 the lists mlat and tisb name the fields that came that way
//
// Never read as a position: rr_lat and rr_lon (a guess from where the receivers stand) and lastPosition (an old one).

const KNOWN_SOURCES: ReadonlySet<string> = new Set(POSITION_SOURCES);
/** Epoch seconds and milliseconds are told apart by size: 1e11 s is the year 5138, 1e11 ms is 1973. */
const SECONDS_BELOW = 1e11;

type Fields = Readonly<Record<string, unknown>>;

/** @returns milliseconds since 1970 UTC of a `now` in seconds or milliseconds; undefined when it is no number */
export function nowMsFrom(now: unknown): number | undefined {
  const number = numberOrUndefined(now);
  if (number === undefined) return undefined;
  return number > SECONDS_BELOW ? number : number * SECOND_MS;
}

/**
 * Reads one snapshot that is parsed already.
 *
 * @param firstRow row of its first aircraft inside the input
 * @returns how many rows it had
 * @throws WheelsdownError "input-invalid" when it holds no list of aircraft, or aircraft and no time
 */
export function readSnapshot(
  document: Readonly<Record<string, unknown>>,
  sink: ReaderSink,
  firstRow: number,
): number {
  const list = document.aircraft ?? document.ac ?? [];
  if (!Array.isArray(list)) {
    throw new WheelsdownError("input-invalid", 'neither "aircraft" nor "ac" is a list');
  }
  const nowMs = nowMsFrom(document.now);
  if (nowMs === undefined && list.length > 0) {
    throw new WheelsdownError(
      "input-invalid",
      'it does not say when it was written ("now" is missing), so no position has a time; save the whole answer',
    );
  }
  list.forEach((record, index) => {
    sink.row();
    readLiveAircraft(record, { nowMs, row: firstRow + index, sink });
  });
  return list.length;
}

/**
 * Hands one aircraft of a snapshot to the sink: identity, and its position at the time when that was received.
 *
 * @param record a JSON object as readsb, dump1090 and the services built on them write it
 * @param nowMs when the snapshot was written; undefined when nothing says so, and then no position can be dated
 * @param row its row inside the input, from 0
 */
export function readLiveAircraft(
  record: unknown,
  { nowMs, row, sink }: { readonly nowMs: number | undefined; row: number; sink: ReaderSink },
): void {
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    sink.issue({ kind: "row-malformed", row, detail: "an aircraft is an object" });
    return;
  }
  const fields = record as Fields;
  if (fields.hex === undefined) {
    sink.issue({
      kind: "row-without-aircraft",
      row,
      detail: 'no "hex": the row names no aircraft',
    });
    return;
  }
  const cell = readAddressCell(fields.hex);
  if (cell.address === undefined) {
    sink.issue({ kind: "address-invalid", row, detail: cell.wrong });
    return;
  }
  const { address } = cell;
  const stated = statedIdentity(fields);
  if (Object.keys(stated).length > 0) sink.identity(address, stated);
  const latDeg = numberOrUndefined(fields.lat);
  const lonDeg = numberOrUndefined(fields.lon);
  if (latDeg === undefined || lonDeg === undefined) {
    sink.issue({ kind: "row-without-position", row, detail: `${address} was heard without one` });
    return;
  }
  if (nowMs === undefined) {
    sink.issue({ kind: "row-without-time", row, detail: 'no "now": the position has no time' });
    return;
  }
  const { altitudeFt, geometricAltitudeFt, verticalRateFpm, onGround, flags } = vertical(fields);
  sink.point(address, {
    timeMs: Math.round(nowMs - positionAgeS(fields) * SECOND_MS),
    latDeg,
    lonDeg,
    groundSpeedKt: numberOrUndefined(fields.gs ?? fields.speed ?? fields.gscp),
    trackAngleDeg: numberOrUndefined(fields.track),
    altitudeFt,
    geometricAltitudeFt,
    verticalRateFpm,
    onGround,
    flags,
    positionSource: positionSource(fields),
    nic: numberOrUndefined(fields.nic),
    nacP: numberOrUndefined(fields.nac_p),
    sil: numberOrUndefined(fields.sil),
    callsign: callsignOf(fields.flight),
    squawk: parseSquawk(fields.squawk),
    row,
  });
}

/** Without `seen_pos` (the oldest programs) the position is no younger than the last message. */
function positionAgeS(fields: Fields): number {
  return numberOrUndefined(fields.seen_pos) ?? numberOrUndefined(fields.seen) ?? 0;
}

function vertical(fields: Fields) {
  const altitude = fields.alt_baro ?? fields.altitude;
  const pressureFt = numberOrUndefined(altitude);
  const geometricFt = numberOrUndefined(fields.alt_geom);
  const onGround = altitude === "ground" ? true : pressureFt === undefined ? undefined : false;
  // As in traces: a geometric altitude stands in where there is no other, and says so.
  const standsIn = pressureFt === undefined && onGround === undefined && geometricFt !== undefined;
  const pressureRateFpm = numberOrUndefined(fields.baro_rate ?? fields.vert_rate);
  const geometricRateFpm = numberOrUndefined(fields.geom_rate);
  const rateIsGeometric = pressureRateFpm === undefined && geometricRateFpm !== undefined;
  return {
    altitudeFt: standsIn ? geometricFt : pressureFt,
    geometricAltitudeFt: geometricFt,
    verticalRateFpm: pressureRateFpm ?? geometricRateFpm,
    onGround,
    flags: (standsIn ? FLAG_ALTITUDE_GEOMETRIC : 0) | (rateIsGeometric ? FLAG_RATE_GEOMETRIC : 0),
  };
}

/** dump1090 names special sources only; there, silence may mean ADS-B or nothing. */
function positionSource(fields: Fields): PositionSource {
  if (isListWithPosition(fields.mlat)) return "mlat";
  const { type } = fields;
  if (typeof type === "string" && KNOWN_SOURCES.has(type)) return type as PositionSource;
  return isListWithPosition(fields.tisb) ? "tisb_other" : "unknown";
}

function isListWithPosition(value: unknown): boolean {
  return Array.isArray(value) && value.includes("lat");
}

/** Recorders write "N/A", transponders that were never set "@@@@@@@@" or "????????". */
function callsignOf(value: unknown): string | undefined {
  const text = textOrUndefined(value);
  return text === undefined || text === "N/A" || /^[@?]+$/.test(text) ? undefined : text;
}
