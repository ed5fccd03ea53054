import { FLAG_ALTITUDE_GEOMETRIC, POSITION_SOURCES, type PositionSource } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import type { ReaderSink } from "./reader.js";
import { readTraceHeader, type TraceHeader } from "./readsb-header.js";
import { numberOrUndefined, parseSquawk, savedJson, textOrUndefined } from "./text.js";

const FEWEST_COLUMNS = 7;
const KNOWN_SOURCES: ReadonlySet<string> = new Set(POSITION_SOURCES);

/**
 * Reads a trace of any form by `JSON.parse`: the slow way, and what the fast one (readsb-scan.ts) has to equal.
 *
 * @throws WheelsdownError "input-invalid" when nothing can be made of it
 */
export function readTraceJson(text: string, sink: ReaderSink): void {
  const { value } = savedJson(text, { rowEnd: "]", closing: "]}", one: "row", many: "rows" }, sink);
  const object: Record<string, unknown> =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const header = readTraceHeader(object);
  if (!Array.isArray(object["trace"])) {
    throw new WheelsdownError("input-invalid", '"trace" is not a list');
  }
  if (header.simulated) sink.simulated();
  sink.identity(header.address, header.stated);
  const carried: Carried = {
    callsign: undefined,
    squawk: undefined,
    nic: undefined,
    nacP: undefined,
    sil: undefined,
  };
  const rows: readonly unknown[] = object["trace"];
  rows.forEach((row, index) => {
    sink.row();
    readRow({ row, index, header, carried, sink });
  });
}

/** Callsign, squawk and integrity are sent now and then and hold until the next ones. */
interface Carried {
  callsign: string | undefined;
  squawk: number | undefined;
  nic: number | undefined;
  nacP: number | undefined;
  sil: number | undefined;
}

interface RowContext {
  readonly row: unknown;
  readonly index: number;
  readonly header: TraceHeader;
  readonly carried: Carried;
  readonly sink: ReaderSink;
}

function readRow({ row, index, header, carried, sink }: RowContext): void {
  if (!Array.isArray(row) || row.length < FEWEST_COLUMNS) {
    sink.issue({ kind: "row-malformed", row: index, detail: "a trace row has at least 7 columns" });
    return;
  }
  const offsetS = numberOrUndefined(row[0]);
  const latDeg = numberOrUndefined(row[1]);
  const lonDeg = numberOrUndefined(row[2]);
  if (offsetS === undefined || latDeg === undefined || lonDeg === undefined) {
    sink.issue({
      kind: "row-without-position",
      row: index,
      detail: "time, latitude or longitude is no number",
    });
    return;
  }
  const detail =
    typeof row[8] === "object" && row[8] !== null ? (row[8] as Record<string, unknown>) : undefined;
  if (detail) carry(detail, carried);
  const flags = numberOrUndefined(row[6]) ?? 0;
  const onGround = row[3] === "ground" ? true : typeof row[3] === "number" ? false : undefined;
  sink.point(header.address, {
    timeMs: Math.round(header.baseMs + offsetS * 1000),
    latDeg,
    lonDeg,
    altitudeFt: numberOrUndefined(row[3]),
    geometricAltitudeFt:
      numberOrUndefined(row[10]) ??
      numberOrUndefined(detail?.alt_geom) ??
      ((flags & FLAG_ALTITUDE_GEOMETRIC) !== 0 ? numberOrUndefined(row[3]) : undefined),
    groundSpeedKt: numberOrUndefined(row[4]),
    // On the ground the column holds the true heading, which may differ from the direction of movement.
    trackAngleDeg: onGround ? undefined : numberOrUndefined(row[5]),
    verticalRateFpm: numberOrUndefined(row[7]),
    onGround,
    flags: flags & 15,
    positionSource: positionSource(row[9] ?? detail?.type),
    ...carried,
    row: index,
  });
}

function carry(detail: Record<string, unknown>, carried: Carried): void {
  carried.callsign = textOrUndefined(detail.flight) ?? carried.callsign;
  carried.squawk = parseSquawk(detail.squawk) ?? carried.squawk;
  carried.nic = numberOrUndefined(detail.nic) ?? carried.nic;
  carried.nacP = numberOrUndefined(detail.nac_p) ?? carried.nacP;
  carried.sil = numberOrUndefined(detail.sil) ?? carried.sil;
}

function positionSource(value: unknown): PositionSource {
  return typeof value === "string" && KNOWN_SOURCES.has(value)
    ? (value as PositionSource)
    : "unknown";
}
