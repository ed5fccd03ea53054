import type { StatedIdentity } from "../track/track.js";
import {
  FLAG_ALTITUDE_GEOMETRIC,
  FLAG_RATE_GEOMETRIC,
  type PositionSource,
} from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { readAddressCell } from "./address-cell.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { statedAirports } from "./stated-airports.js";
import { numberOrUndefined, parseSquawk, savedJson, textOrUndefined, wholeText } from "./text.js";

// AircraftList.json of Virtual Radar Server, and what ADS-B Exchange kept from 2016 to 2020, one a minute:
//
//   {"acList": [{"Icao", "Lat", "Long", "PosTime" ms, "Alt" ft, "AltT" 0 pressure 1 geometric, "GAlt" ft, "Gnd",
//     "Spd" kt, "SpdTyp" 0 ground 1 ground, reversing 2 IAS 3 TAS, "Trak" deg, "TrkH" true: it is a heading,
//     "Vsi" ft/min, "VsiT" 0 pressure 1 geometric, "Call", "CallSus" true: doubtful, "Sqk", "Mlat", "Tisb",
//     "Bad" true: no valid address, "Reg", "Type", "Mdl", "Op", "Mil", "From", "To", "Stops", ...}], "stm" ms}
//
// From and To come from a table of routes by callsign. They are no observation and carried as the source's word. GAlt is Alt
// corrected by a pressure from somewhere near, not a geometric altitude: not read either.

/** chosen: the world at once is 4 MB. */
const LIMIT_BYTES = 128e6;

type Fields = Readonly<Record<string, unknown>>;

/** Reads aircraft lists of Virtual Radar Server. */
export const vrsListReader: Reader = {
  id: "vrs-list",
  title: "Virtual Radar Server aircraft list",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, "");
  return /^\s*\{/.test(text) && /"acList"\s*:\s*\[/.test(text) ? 3 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const text = await wholeText(chunks, LIMIT_BYTES);
  const { value } = savedJson(
    text,
    { rowEnd: "}", closing: "]}", one: "aircraft", many: "aircraft" },
    sink,
  );
  const { acList } = (value ?? {}) as Fields;
  if (!Array.isArray(acList)) {
    throw new WheelsdownError("input-invalid", '"acList" is not a list of aircraft');
  }
  acList.forEach((record: unknown, row) => {
    sink.row();
    if (typeof record === "object" && record !== null && !Array.isArray(record))
      readAircraft(record as Fields, row, sink);
    else sink.issue({ kind: "row-malformed", row, detail: "an aircraft is an object" });
  });
}

function readAircraft(fields: Fields, row: number, sink: ReaderSink): void {
  const cell = readAddressCell(fields.Icao);
  if (cell.address === undefined || fields.Bad === true) {
    const detail = cell.wrong ?? `"${cell.address}" is marked as no valid address`;
    sink.issue({ kind: "address-invalid", row, detail });
    return;
  }
  const { address } = cell;
  const stated = statedBy(fields);
  if (Object.keys(stated).length > 0) sink.identity(address, stated);
  const latDeg = numberOrUndefined(fields.Lat);
  const lonDeg = numberOrUndefined(fields.Long);
  const timeMs = numberOrUndefined(fields.PosTime);
  if (latDeg === undefined || lonDeg === undefined) {
    sink.issue({ kind: "row-without-position", row, detail: `${address} was heard without one` });
    return;
  }
  if (timeMs === undefined) {
    sink.issue({ kind: "row-without-time", row, detail: 'no "PosTime": the position has no time' });
    return;
  }
  const speedType = numberOrUndefined(fields.SpdTyp) ?? 0;
  const { altitudeFt, geometricAltitudeFt, verticalRateFpm, onGround, flags } = vertical(fields);
  sink.point(address, {
    timeMs: Math.round(timeMs),
    latDeg,
    lonDeg,
    groundSpeedKt: speedType <= 1 ? numberOrUndefined(fields.Spd) : undefined,
    trackAngleDeg: fields.TrkH === true ? undefined : numberOrUndefined(fields.Trak),
    altitudeFt,
    geometricAltitudeFt,
    verticalRateFpm,
    onGround,
    flags,
    positionSource: sourceOf(fields),
    callsign: fields.CallSus === true ? undefined : textOrUndefined(fields.Call),
    squawk: parseSquawk(fields.Sqk),
    row,
  });
}

function vertical(fields: Fields) {
  const altitudeFt = numberOrUndefined(fields.Alt);
  const altitudeIsGeometric = fields.AltT === 1 && altitudeFt !== undefined;
  return {
    altitudeFt,
    geometricAltitudeFt: altitudeIsGeometric ? altitudeFt : undefined,
    verticalRateFpm: numberOrUndefined(fields.Vsi),
    onGround: typeof fields.Gnd === "boolean" ? fields.Gnd : undefined,
    flags:
      (altitudeIsGeometric ? FLAG_ALTITUDE_GEOMETRIC : 0) |
      (fields.VsiT === 1 ? FLAG_RATE_GEOMETRIC : 0),
  };
}

function sourceOf(fields: Fields): PositionSource {
  if (fields.Mlat === true) return "mlat";
  return fields.Tisb === true ? "tisb_icao" : "unknown";
}

function statedBy(fields: Fields): StatedIdentity {
  const registration = textOrUndefined(fields.Reg);
  const typeDesignator = textOrUndefined(fields.Type);
  const description = textOrUndefined(fields.Mdl);
  const operator = textOrUndefined(fields.Op);
  return {
    ...(registration && { registration }),
    ...(typeDesignator && { typeDesignator }),
    ...(description && { description }),
    ...(operator && { operator }),
    ...(typeof fields.Mil === "boolean" && { military: fields.Mil }),
    ...statedAirports(fields.From, fields.To, "route-table"),
  };
}
