import type { Address } from "../aircraft/address.js";

/** Values of `Track.ground`. Unknown is its own value: absence of a flag is not flight. */
export const GROUND_NO = 0;
export const GROUND_YES = 1;
export const GROUND_UNKNOWN = 2;

/** Bits of `Track.flags`. */
export const FLAG_STALE = 1;
/** The source marked a new leg here: a display aid of readsb, a hint and no evidence. */
export const FLAG_LEG_START = 2;
/** `verticalRateFpm` is geometric. */
export const FLAG_RATE_GEOMETRIC = 4;
/** `altitudeFt` is geometric (above the ellipsoid), not pressure altitude. */
export const FLAG_ALTITUDE_GEOMETRIC = 8;

/** How a position came about; the index into this list is what `Track.positionSource` holds. */
export const POSITION_SOURCES = [
  "unknown",
  "adsb_icao",
  "adsb_icao_nt",
  "adsr_icao",
  "tisb_icao",
  "adsc",
  "mlat",
  "other",
  "mode_s",
  "adsb_other",
  "adsr_other",
  "tisb_other",
  "tisb_trackfile",
  "flarm",
  "estimated",
] as const;
export type PositionSource = (typeof POSITION_SOURCES)[number];

/** Where points came from: one input file (or archive member) as read. */
export interface TrackSource {
  /** SHA-256 of the input's bytes as found on disk, 64 lower-case hex digits. */
  readonly inputSha256: string;
  readonly file: string;
  /** The reader's id, "readsb-trace". */
  readonly format: string;
  /** True when the input says of itself that it was simulated. */
  readonly simulated: boolean;
  /** What the input says about the aircraft: its data source's word on that day, not the aircraft's. */
  readonly stated: StatedIdentity;
}

/**
 * Airports that a source names beside an aircraft and that nobody observed: never evidence, and asked by no inference. They may
 * only be shown, as what the source says.
 */
export interface StatedAirports {
  /** As the source writes it: "LTFM Istanbul Airport". */
  readonly origin?: string;
  readonly destination?: string;
  /** Where the source has them from: somebody's plan, or a table of what a callsign usually does. */
  readonly basis: "plan" | "route-table";
}

export interface StatedIdentity {
  readonly registration?: string;
  readonly typeDesignator?: string;
  readonly description?: string;
  readonly operator?: string;
  readonly military?: boolean;
  /** The address is a privacy (PIA) one: it names no airframe for long. */
  readonly privacyAddress?: boolean;
  /** On the FAA's list of limited display (LADD). */
  readonly limitedDisplay?: boolean;
  readonly airports?: StatedAirports;
}

/**
 * All points of one address as columns of `length`, sorted by time, equal times in input order. Unknown numbers are
 * NaN. A track may be years long: it is never cut at midnight, at a file's end or where the callsign changes.
 */
export interface Track {
  readonly address: Address;
  readonly length: number;
  /** Milliseconds since 1970 UTC. */
  readonly timeMs: Float64Array;
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
  /** Pressure altitude, ft, unless FLAG_ALTITUDE_GEOMETRIC; NaN on the ground when the source gave none. */
  readonly altitudeFt: Float32Array;
  readonly geometricAltitudeFt: Float32Array;
  readonly groundSpeedKt: Float32Array;
  /** Direction over ground, degrees; NaN on the ground where the source puts a heading there. */
  readonly trackAngleDeg: Float32Array;
  readonly verticalRateFpm: Float32Array;
  /** GROUND_YES, GROUND_NO or GROUND_UNKNOWN. */
  readonly ground: Uint8Array;
  readonly flags: Uint8Array;
  /** Index into POSITION_SOURCES. */
  readonly positionSource: Uint8Array;
  /** Navigation integrity as sent: NIC, NACp and SIL; 255 unknown. */
  readonly nic: Uint8Array;
  readonly nacP: Uint8Array;
  readonly sil: Uint8Array;
  /** Index into `callsigns`; 0 is "" (none heard yet). */
  readonly callsignIndex: Uint16Array;
  readonly callsigns: readonly string[];
  /** Squawk as its four octal digits read in decimal (7700); -1 unknown. */
  readonly squawk: Int16Array;
  /** Index into `sources`, and the row inside that input (from 0). */
  readonly sourceIndex: Uint16Array;
  readonly sourceRow: Uint32Array;
  readonly sources: readonly TrackSource[];
}

/** One received position as a reader hands it over; what the input does not say stays out, or is NaN. */
export interface Point {
  readonly timeMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeFt?: number | undefined;
  readonly geometricAltitudeFt?: number | undefined;
  readonly groundSpeedKt?: number | undefined;
  readonly trackAngleDeg?: number | undefined;
  readonly verticalRateFpm?: number | undefined;
  readonly onGround?: boolean | undefined;
  readonly flags?: number | undefined;
  readonly positionSource?: PositionSource | undefined;
  readonly nic?: number | undefined;
  readonly nacP?: number | undefined;
  readonly sil?: number | undefined;
  readonly callsign?: string | undefined;
  readonly squawk?: number | undefined;
  /** Row inside the input, from 0. */
  readonly row: number;
}

/** A point that a reader writes over for each of its own, instead of making one. */
export type WritablePoint = { -readonly [key in keyof Point]: Point[key] };

/** @returns a point of which nothing is known */
export function emptyPoint(): WritablePoint {
  return {
    timeMs: Number.NaN,
    latDeg: Number.NaN,
    lonDeg: Number.NaN,
    altitudeFt: Number.NaN,
    geometricAltitudeFt: Number.NaN,
    groundSpeedKt: Number.NaN,
    trackAngleDeg: Number.NaN,
    verticalRateFpm: Number.NaN,
    flags: 0,
    onGround: undefined,
    positionSource: "unknown",
    nic: undefined,
    nacP: undefined,
    sil: undefined,
    callsign: undefined,
    squawk: undefined,
    row: 0,
  };
}

/** True when any source of the track says it was simulated: one simulated row marks the whole. */
export function isSimulated(track: Track): boolean {
  return track.sources.some((source) => source.simulated);
}

/** @returns the callsign at a point, "" when none was heard yet */
export function callsignAt(track: Track, index: number): string {
  return track.callsigns[track.callsignIndex[index] ?? 0] ?? "";
}
