import type { Address } from "../../src/aircraft/address.js";
import type { MovementRow } from "../../src/lake/movement-row.js";
import type { InputRecord } from "../../src/lake/records.js";
import {
  POSITION_SOURCES,
  type Point,
  type Track,
  type TrackSource,
} from "../../src/track/track.js";

/** A point and the place of its source in the track's list. */
export type BuiltPoint = Point & { readonly source?: number };

export function sha256Of(letter: string): string {
  return letter.repeat(64);
}

export function sourceOf(letter: string, rest: Partial<TrackSource> = {}): TrackSource {
  return {
    inputSha256: sha256Of(letter),
    file: `${letter}.json`,
    format: "readsb-trace",
    simulated: false,
    stated: {},
    ...rest,
  };
}

export function inputOf(letter: string, rest: Partial<InputRecord> = {}): InputRecord {
  return {
    sha256: sha256Of(letter),
    file: `${letter}.json`,
    format: "readsb-trace",
    byteCount: 5_000_000_000,
    rowCount: 4,
    keptCount: 3,
    issues: [{ kind: "latitude-out-of-range", count: 1, examples: [{ row: 2, detail: "412" }] }],
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    complete: true,
    licence: "ODbL 1.0",
    simulated: false,
    ...rest,
  };
}

/** A track of points given in order of time. */
export function buildTrack(
  address: string,
  points: readonly BuiltPoint[],
  sources: readonly TrackSource[],
): Track {
  const callsigns = ["", ...new Set(points.flatMap(({ callsign }) => callsign || []))];
  const floats = (of: (point: BuiltPoint) => number | undefined) =>
    points.map((point) => of(point) ?? Number.NaN);
  const ground = { true: 1, false: 0, undefined: 2 };
  return {
    address: address as Address,
    length: points.length,
    timeMs: Float64Array.from(floats((point) => point.timeMs)),
    latDeg: Float64Array.from(floats((point) => point.latDeg)),
    lonDeg: Float64Array.from(floats((point) => point.lonDeg)),
    altitudeFt: Float32Array.from(floats((point) => point.altitudeFt)),
    geometricAltitudeFt: Float32Array.from(floats((point) => point.geometricAltitudeFt)),
    groundSpeedKt: Float32Array.from(floats((point) => point.groundSpeedKt)),
    trackAngleDeg: Float32Array.from(floats((point) => point.trackAngleDeg)),
    verticalRateFpm: Float32Array.from(floats((point) => point.verticalRateFpm)),
    ground: Uint8Array.from(points, (point) => ground[`${point.onGround}`]),
    flags: Uint8Array.from(points, (point) => point.flags ?? 0),
    positionSource: Uint8Array.from(points, (point) =>
      POSITION_SOURCES.indexOf(point.positionSource ?? "unknown"),
    ),
    nic: Uint8Array.from(points, (point) => point.nic ?? 255),
    nacP: Uint8Array.from(points, (point) => point.nacP ?? 255),
    sil: Uint8Array.from(points, (point) => point.sil ?? 255),
    callsignIndex: Uint16Array.from(points, (point) => callsigns.indexOf(point.callsign ?? "")),
    callsigns,
    squawk: Int16Array.from(points, (point) => point.squawk ?? -1),
    sourceIndex: Uint16Array.from(points, (point) => point.source ?? 0),
    sourceRow: Uint32Array.from(points, (point) => point.row),
    sources,
  };
}

/** A plain landing; the test says what matters. */
export function movementOf(address: string, rest: Partial<MovementRow> = {}): MovementRow {
  const timeMs = rest.timeMs ?? Date.UTC(2019, 0, 23, 12);
  return {
    kind: "landing",
    address: address as Address,
    timeFromMs: timeMs - 30_000,
    timeToMs: timeMs + 30_000,
    timeMs,
    airport: "SVMI",
    country: "VE",
    candidates: [{ airport: "SVMI", probability: 0.97 }],
    offAirport: false,
    latDeg: 10.603117,
    lonDeg: -66.990583,
    runway: "10",
    evidence: "seen",
    evidenceClass: "G0",
    probability: 0.99,
    basis: "rolled on runway 10",
    callsign: "RSD123",
    registration: "RA-96016",
    typeDesignator: "IL96",
    simulated: false,
    exhibits: [{ inputSha256: sha256Of("a"), file: "a.json", rowFrom: 0, rowTo: 2 }],
    ...rest,
  };
}
