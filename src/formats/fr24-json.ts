import type { Address } from "../aircraft/address.js";
import type { Point, StatedIdentity } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { SECOND_MS } from "../units/quantity.js";
import { parseUtc } from "../units/time.js";
import { readAddressCell } from "./address-cell.js";
import { fr24AltitudeFt, fr24Source } from "./fr24.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { statedAirports } from "./stated-airports.js";
import { numberOrUndefined, parseSquawk, savedJson, textOrUndefined, wholeText } from "./text.js";
import { unnamedTrack } from "./unnamed-aircraft.js";

// JSON of one leg as Flightradar24 gives it:
//
//   playback   result.response.data.flight: identification.callsign, aircraft.identification.modes (the address) and
//              .registration, aircraft.model.code, owner.name, track: [{latitude, longitude, altitude.feet,
//              speed.kts, verticalSpeed.fpm, heading, squawk, timestamp s}]
//   API        [{"fr24_id", "tracks": [{timestamp ISO, lat, lon, alt ft, gspeed kt, vspeed ft/min, track, squawk,
//              callsign, source}]}], which names no aircraft
//
// airport.origin and .destination are the PLANNED ones and carried as the source's word; status is not read. Altitude 0 is not the
// ground, as in the tables.

/** chosen: a leg is some hundred kB. */
const LIMIT_BYTES = 64e6;

type Fields = Readonly<Record<string, unknown>>;

/** Reads Flightradar24's playback record and the tracks of its API. */
export const fr24JsonReader: Reader = {
  id: "fr24-json",
  title: "Flightradar24 playback record or API track (JSON)",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, "");
  if (/^\s*\{\s*"result"\s*:\s*\{/.test(text) && /"flight"\s*:\s*\{/.test(text)) return 3;
  return /^\s*[[{]/.test(text) && /"fr24_id"\s*:/.test(text) && /"tracks"\s*:\s*\[/.test(text)
    ? 3
    : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const text = await wholeText(chunks, LIMIT_BYTES);
  const isPlayback = /^\s*\{\s*"result"/.test(text);
  const closing = isPlayback ? "]}}}}}" : /^\s*\[/.test(text) ? "]}]" : "]}";
  const { value } = savedJson(
    text,
    { rowEnd: "}", closing, one: "position", many: "positions" },
    sink,
  );
  if (isPlayback) readPlayback(value, sink);
  else readTracks(value, sink);
}

const NO_FIELDS: Fields = {};

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : NO_FIELDS;
}

/** The value at the end of a path of names. */
function at(value: unknown, ...names: readonly string[]): unknown {
  let inner = value;
  for (const name of names) inner = fieldsOf(inner)[name];
  return inner;
}

function readPlayback(document: unknown, sink: ReaderSink): void {
  const leg = at(document, "result", "response", "data", "flight");
  const track = at(leg, "track");
  if (!Array.isArray(track)) {
    throw new WheelsdownError(
      "input-invalid",
      'no list "track" in its leg: the site answers so when it has no track, or only for paying users',
    );
  }
  const callsign = textOrUndefined(at(leg, "identification", "callsign"));
  const identification = at(leg, "aircraft", "identification");
  const cell = readAddressCell(at(identification, "modes"));
  const registration = textOrUndefined(at(identification, "registration"));
  const said = registration ? `registration ${registration}` : callsign && `callsign ${callsign}`;
  const unnamed = unnamedTrack(sink, () => said);
  const stated = statedBy(leg, registration);
  let identified: Address | undefined;
  readRows(track, sink, (value, index) => {
    const row = fieldsOf(value);
    const verticalRateFpm = numberOrUndefined(fieldsOf(row.verticalSpeed).fpm);
    return {
      timeMs: secondsMs(row.timestamp),
      latDeg: numberOrUndefined(row.latitude),
      lonDeg: numberOrUndefined(row.longitude),
      altitudeFt: fr24AltitudeFt(numberOrUndefined(fieldsOf(row.altitude).feet), verticalRateFpm),
      groundSpeedKt: numberOrUndefined(fieldsOf(row.speed).kts),
      trackAngleDeg: numberOrUndefined(row.heading),
      verticalRateFpm,
      callsign,
      squawk: parseSquawk(row.squawk),
      row: index,
    };
  })((point) => {
    const address = cell.address ?? unnamed(point);
    if (address !== identified && Object.keys(stated).length > 0) sink.identity(address, stated);
    identified = address;
    return address;
  });
}

function statedBy(leg: unknown, registration: string | undefined): StatedIdentity {
  const typeDesignator = textOrUndefined(at(leg, "aircraft", "model", "code"));
  const description = textOrUndefined(at(leg, "aircraft", "model", "text"));
  const operator = textOrUndefined(at(leg, "owner", "name"));
  return {
    ...(registration && { registration }),
    ...(typeDesignator && { typeDesignator }),
    ...(description && { description }),
    ...(operator && { operator }),
    ...statedAirports(plannedAt(leg, "origin"), plannedAt(leg, "destination"), "plan"),
  };
}

/** "LTFM Istanbul Airport" */
function plannedAt(leg: unknown, which: "origin" | "destination"): string {
  const code = at(leg, "airport", which, "code");
  const ident = textOrUndefined(at(code, "icao")) ?? textOrUndefined(at(code, "iata")) ?? "";
  return `${ident} ${textOrUndefined(at(leg, "airport", which, "name")) ?? ""}`;
}

function readTracks(document: unknown, sink: ReaderSink): void {
  let row = 0;
  for (const leg of Array.isArray(document) ? document : [document]) {
    const rows = at(leg, "tracks");
    if (!Array.isArray(rows)) continue;
    const id = textOrUndefined(at(leg, "fr24_id"));
    const unnamed = unnamedTrack(sink, () => id && `fr24_id ${id}`);
    const first = row;
    row += rows.length;
    readRows(rows, sink, (fields, index) => apiRow(fields, first + index))(unnamed);
  }
}

function apiRow(value: unknown, row: number): Draft {
  const fields = fieldsOf(value);
  const verticalRateFpm = numberOrUndefined(fields.vspeed);
  return {
    timeMs: parseUtc(textOrUndefined(fields.timestamp) ?? "") ?? secondsMs(fields.timestamp),
    latDeg: numberOrUndefined(fields.lat),
    lonDeg: numberOrUndefined(fields.lon),
    altitudeFt: fr24AltitudeFt(numberOrUndefined(fields.alt), verticalRateFpm),
    groundSpeedKt: numberOrUndefined(fields.gspeed),
    trackAngleDeg: numberOrUndefined(fields.track),
    verticalRateFpm,
    positionSource: fr24Source(fields.source),
    callsign: textOrUndefined(fields.callsign),
    squawk: parseSquawk(fields.squawk),
    row,
  };
}

/** A row as far as it could be made out. */
type Draft = Omit<Point, "timeMs" | "latDeg" | "lonDeg"> & {
  readonly timeMs: number | undefined;
  readonly latDeg: number | undefined;
  readonly lonDeg: number | undefined;
};

function isPlaced(draft: Draft): draft is Point {
  return draft.timeMs !== undefined && draft.latDeg !== undefined && draft.lonDeg !== undefined;
}

/** @returns what hands the rows over once it is told whose they are */
function readRows(
  rows: readonly unknown[],
  sink: ReaderSink,
  make: (row: unknown, index: number) => Draft,
): (addressOf: (point: Point) => Address) => void {
  return (addressOf) =>
    rows.forEach((row, index) => {
      sink.row();
      const draft = make(row, index);
      if (!isPlaced(draft)) {
        sink.issue({
          kind: "row-without-position",
          row: draft.row,
          detail: "time, latitude or longitude is missing",
        });
        return;
      }
      if (draft.positionSource === "estimated") {
        const detail = "computed, received by nobody";
        sink.issue({ kind: "position-estimated", row: draft.row, detail });
        return;
      }
      sink.point(addressOf(draft), draft);
    });
}

function secondsMs(value: unknown): number | undefined {
  const seconds = numberOrUndefined(value);
  return seconds === undefined ? undefined : Math.round(seconds * SECOND_MS);
}
