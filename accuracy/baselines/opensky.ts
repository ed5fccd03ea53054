import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import type { Track } from "../../src/track/track.js";
import { FPM_PER_MPS, feetFromMetres, HOUR_MS, METRES_PER_NM } from "../../src/units/quantity.js";
import type { Claim, Method, TruthKind } from "../case.js";
import { claimAt, nearestAirport } from "./place.js";

const HOLE_MS = 600_000;
const TAU_SHARE = 4;
const TAKEOFF_LIMITS = { radiusM: 15_000, heightFt: feetFromMetres(2_000) };
const LANDING_LIMITS = { radiusM: 30_000, heightFt: feetFromMetres(2_500) };

/**
 * OpenSky's rule: a hole over 600 s crossed slower than a quarter of the median speed parts two flights. The field is
 * the nearest within 15 km and 2,000 m (take-off) or 30 km and 2,500 m (landing); the ends of the data part too.
 */
export function openSkyRule(airports: AirportTable): Method {
  return {
    name: "OpenSky flights",
    claims: (track) => {
      const tauKt = medianSpeedKt(track) / TAU_SHARE;
      const claims: Claim[] = [];
      for (let i = 0; i <= track.length; i++) {
        if (i > 0 && i < track.length && !isParting(track, i, tauKt)) continue;
        if (i > 0) claims.push(...endClaim(track, i - 1, "landing", airports));
        if (i < track.length) claims.push(...endClaim(track, i, "takeoff", airports));
      }
      return claims;
    },
  };
}

function isParting(track: Track, next: number, tauKt: number): boolean {
  const holeMs = track.timeMs[next]! - track.timeMs[next - 1]!;
  if (holeMs <= HOLE_MS) return false;
  const distanceM = sphereDistanceM(
    track.latDeg[next - 1]!,
    track.lonDeg[next - 1]!,
    track.latDeg[next]!,
    track.lonDeg[next]!,
  );
  return distanceM / METRES_PER_NM / (holeMs / HOUR_MS) < tauKt;
}

function medianSpeedKt(track: Track): number {
  const speeds = track.groundSpeedKt.filter((kt) => Number.isFinite(kt)).sort();
  return speeds[Math.floor(speeds.length / 2)] ?? Number.NaN;
}

function endClaim(track: Track, index: number, kind: TruthKind, airports: AirportTable): Claim[] {
  const { radiusM, heightFt } = kind === "landing" ? LANDING_LIMITS : TAKEOFF_LIMITS;
  const place = { latDeg: track.latDeg[index]!, lonDeg: track.lonDeg[index]! };
  const airport = nearestAirport(airports, place, { radiusM, handicapM: 0 });
  if (!airport || isTooHigh(track, index, airport, heightFt)) return [];
  return [claimAt(track, { kind, index }, airport, "nearest at the end of a flight")];
}

function isTooHigh(track: Track, index: number, airport: Airport, limitFt: number): boolean {
  return track.altitudeFt[index]! - airport.elevationFt > limitFt;
}

/** @returns true for three of the last five rates at or below a limit, ft/min */
export function isDescending(track: Track, index: number, limitFpm: number): boolean {
  let count = 0;
  for (let i = Math.max(1, index - 4); i <= index; i++) {
    const sentFpm = track.verticalRateFpm[i]!;
    const seconds = (track.timeMs[i]! - track.timeMs[i - 1]!) / 1000;
    const derivedFpm =
      ((track.altitudeFt[i]! - track.altitudeFt[i - 1]!) / FPM_PER_MPS / seconds) *
      FPM_PER_MPS *
      60;
    if ((Number.isFinite(sentFpm) ? sentFpm : derivedFpm) <= limitFpm) count++;
  }
  return count >= 3;
}
