/** JSON of one received position: `wheelsdown/point/1`. */

import { MASK_REASONS, type MaskReason } from "../track/clean.js";
import {
  callsignAt,
  GROUND_UNKNOWN,
  GROUND_YES,
  isSimulated,
  POSITION_SOURCES,
  type Track,
} from "../track/track.js";
import { isoSeconds } from "../units/time.js";
import { rounded, textOrNull } from "./shapes.js";

/** One received position, as it was received, with the row it was read from. */
export interface PointJson {
  readonly schema: "wheelsdown/point/1";
  readonly hex: string;
  readonly time: string;
  readonly lat: number | null;
  readonly lon: number | null;
  /** Pressure altitude as sent. */
  readonly altitudeFt: number | null;
  readonly groundSpeedKt: number | null;
  readonly trackAngleDeg: number | null;
  readonly verticalRateFpm: number | null;
  readonly onGround: boolean | null;
  readonly callsign: string | null;
  /** How the position came about: "adsb_icao", "mlat", ...; null when the input does not say. */
  readonly source: string | null;
  /** Why cleaning leaves the point out: "duplicate", "stale" or "jump"; null for the others. */
  readonly setAside: string | null;
  readonly input: string | null;
  readonly file: string | null;
  /** From 0 inside `file`. */
  readonly row: number;
  readonly simulated: boolean;
}

/** @param mask what `maskTrack` says of the track */
export function pointJson(track: Track, mask: Uint8Array, i: number): PointJson {
  const source = track.sources[track.sourceIndex[i]!];
  const ground = track.ground[i]!;
  return {
    schema: "wheelsdown/point/1",
    hex: track.address,
    time: isoSeconds(track.timeMs[i]!),
    lat: rounded(track.latDeg[i]!, 6),
    lon: rounded(track.lonDeg[i]!, 6),
    altitudeFt: rounded(track.altitudeFt[i]!, 0),
    groundSpeedKt: rounded(track.groundSpeedKt[i]!, 1),
    trackAngleDeg: rounded(track.trackAngleDeg[i]!, 1),
    verticalRateFpm: rounded(track.verticalRateFpm[i]!, 0),
    onGround: ground === GROUND_UNKNOWN ? null : ground === GROUND_YES,
    callsign: textOrNull(callsignAt(track, i).trim()),
    source: track.positionSource[i] === 0 ? null : POSITION_SOURCES[track.positionSource[i]!]!,
    setAside: setAsideOf(mask, i),
    input: source?.inputSha256 ?? null,
    file: source?.file ?? null,
    row: track.sourceRow[i]!,
    simulated: isSimulated(track),
  };
}

/** @returns why a point is left out by cleaning; null when it is not */
export function setAsideOf(mask: Uint8Array, i: number): MaskReason | null {
  const reason = MASK_REASONS[mask[i]!]!;
  return reason === "kept" ? null : reason;
}
