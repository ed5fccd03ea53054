import { type Address, parseAddress } from "../aircraft/address.js";
import {
  FLAG_ALTITUDE_GEOMETRIC,
  POSITION_SOURCES,
  type PositionSource,
  type StatedIdentity,
} from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import {
  numberOrUndefined,
  parseOrSalvage,
  parseSquawk,
  textOrUndefined,
  wholeText,
} from "./text.js";

// Layout of a readsb / tar1090 trace: one JSON object per aircraft and day (archive) or rolling (live).
//
//   header   icao, r, t, desc, dbFlags (1 military, 2 interesting, 4 PIA, 8 LADD), ownOp, year, timestamp (s)
//   trace[]  column 0   offset from timestamp, s       5   track, deg; true heading on the ground
//                   1,2 latitude, longitude, deg       6   flags: 1 stale, 2 leg, 4 geometric rate, 8 geometric altitude
//                   3   altitude, ft, "ground" or null 7   vertical rate, ft/min
//                   4   ground speed, kt               8   object with callsign, squawk, integrity; often null
//            and since 2022: 9 source, 10 geometric altitude, 11 geometric rate, 12 IAS, 13 roll
//
// Always add column 0 to `timestamp`: it is midnight in newer archive files and the first point elsewhere.

const LIMIT_BYTES = 512e6;
const FEWEST_COLUMNS = 7;
const KNOWN_SOURCES: ReadonlySet<string> = new Set(POSITION_SOURCES);

/** Reads readsb and tar1090 traces, `trace_full_*.json` and `trace_recent_*.json`, archive or live. */
export const readsbTraceReader: Reader = {
  id: "readsb-trace",
  title: "readsb / tar1090 trace",
  sniff,
  read,
};

function sniff(head: Uint8Array, name: string): SniffBid {
  const text = new TextDecoder()
    .decode(head.subarray(0, 4096))
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (!text.startsWith("{")) return 0;
  if (/"icao"\s*:/.test(text) && /"trace"\s*:\s*\[/.test(text)) return 3;
  return /"icao"\s*:/.test(text) && /trace_(full|recent)_/.test(name) ? 2 : 0;
}

interface Header {
  readonly address: Address;
  readonly baseMs: number;
  readonly rows: readonly unknown[];
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const text = await wholeText(chunks, LIMIT_BYTES);
  const parsed = parseOrSalvage(text, "]", "]}");
  if (!parsed) {
    throw new WheelsdownError(
      "input-invalid",
      "not valid JSON and no whole row before the break; download it again",
    );
  }
  if (parsed.truncated) {
    sink.issue({
      kind: "truncated",
      row: -1,
      detail: "the file breaks off or is damaged; rows before that were read",
    });
  }
  const header = readHeader(parsed.value, sink);
  const carried: Carried = {
    callsign: undefined,
    squawk: undefined,
    nic: undefined,
    nacP: undefined,
    sil: undefined,
  };
  header.rows.forEach((row, index) => {
    sink.row();
    readRow({ row, index, header, carried, sink });
  });
}

function readHeader(value: unknown, sink: ReaderSink): Header {
  const object: Record<string, unknown> =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const address = parseAddress(textOrUndefined(object.icao) ?? "");
  if (!address) {
    throw new WheelsdownError(
      "input-invalid",
      `"icao" is ${JSON.stringify(object.icao)}, which is no aircraft address`,
    );
  }
  const baseS = numberOrUndefined(object.timestamp);
  if (baseS === undefined) {
    throw new WheelsdownError("input-invalid", '"timestamp" is missing, so no row can be dated');
  }
  if (!Array.isArray(object.trace)) {
    throw new WheelsdownError("input-invalid", '"trace" is not a list');
  }
  if (object.simulated === true) sink.simulated();
  sink.identity(address, statedIdentity(object));
  return { address, baseMs: baseS * 1000, rows: object.trace };
}

function statedIdentity(object: Record<string, unknown>): StatedIdentity {
  const flags = numberOrUndefined(object.dbFlags);
  const registration = textOrUndefined(object.r);
  const typeDesignator = textOrUndefined(object.t);
  const description = textOrUndefined(object.desc);
  const operator = textOrUndefined(object.ownOp);
  return {
    ...(registration && { registration }),
    ...(typeDesignator && { typeDesignator }),
    ...(description && { description }),
    ...(operator && { operator }),
    ...(flags !== undefined && {
      military: (flags & 1) !== 0,
      privacyAddress: (flags & 4) !== 0,
      limitedDisplay: (flags & 8) !== 0,
    }),
  };
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
  readonly header: Header;
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
