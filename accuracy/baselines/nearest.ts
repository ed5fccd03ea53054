import type { AirportTable } from "../../src/place/airport.js";
import { GROUND_YES, type Track } from "../../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";
import type { Claim, Method } from "../case.js";
import { claimAt, nearestAirport, pieces } from "./place.js";

const TRAFFIC_HOLE_MS = 10 * MINUTE_MS;

/** traffic's rule: cut at 10 min, name the nearest aerodrome to the first and to the last fix, whatever its height. */
export function nearestToEnds(airports: AirportTable): Method {
  const rule = { radiusM: Number.POSITIVE_INFINITY, handicapM: 0 };
  return {
    name: "nearest to the end (traffic)",
    claims: (track) =>
      pieces(track, (a, b) => track.timeMs[b]! - track.timeMs[a]! > TRAFFIC_HOLE_MS).flatMap(
        ({ start, end }) =>
          endClaims(track, { start, end }, (index) =>
            nearestAirport(airports, placeOf(track, index), rule),
          ),
      ),
  };
}

const OPDI_HOLE_MS = 30 * MINUTE_MS;
const OPDI_LOW_HOLE_MS = 15 * MINUTE_MS;
const OPDI_LOW_FT = 5_000;
const OPDI_HANDICAP_M = 10 * METRES_PER_NM;

/** Limits of OPDI's silent rule. */
export interface SilentLimits {
  readonly radiusNm: number;
  readonly heightFt: number;
}

/** OPDI's rule M7: nearest to the end, unscheduled fields 10 NM further off, silent when far or high. */
export function silentNearest(airports: AirportTable, limits: SilentLimits): Method {
  const radiusM = limits.radiusNm * METRES_PER_NM;
  return {
    name: `silent nearest ${limits.radiusNm} NM / ${limits.heightFt} ft (OPDI)`,
    claims: (track) =>
      pieces(track, (a, b) => isFlightEnd(track, a, b)).flatMap((piece) =>
        endClaims(track, piece, (index) => {
          const airport = nearestAirport(airports, placeOf(track, index), {
            radiusM,
            handicapM: OPDI_HANDICAP_M,
          });
          // Heights are compared only where the field's elevation is known.
          const elevationFt = airport?.elevationFt ?? Number.NaN;
          const limitFt = (Number.isFinite(elevationFt) ? elevationFt : 0) + limits.heightFt;
          return isLow(track, index, limitFt) ? airport : undefined;
        }).filter(({ airport }) => airport),
      ),
  };
}

function isFlightEnd(track: Track, last: number, next: number): boolean {
  const holeMs = track.timeMs[next]! - track.timeMs[last]!;
  return holeMs > OPDI_HOLE_MS || (holeMs > OPDI_LOW_HOLE_MS && isLow(track, next, OPDI_LOW_FT));
}

function isLow(track: Track, index: number, limitFt: number): boolean {
  return track.ground[index] === GROUND_YES || track.altitudeFt[index]! <= limitFt;
}

const DESCENT_MS = 300_000;
const PROJECTION_MAX_M = 60 * METRES_PER_NM;

/**
 * Straight descent: the last 300 s drawn on to the ground (60 NM at most), then the nearest field to where that meets
 * it, unscheduled ones 10 NM further off.
 */
export function straightDescent(airports: AirportTable): Method {
  const rule = { radiusM: Number.POSITIVE_INFINITY, handicapM: OPDI_HANDICAP_M };
  return {
    name: "nearest to the straight descent",
    claims: (track) =>
      pieces(track, (a, b) => track.timeMs[b]! - track.timeMs[a]! > TRAFFIC_HOLE_MS).flatMap(
        ({ start, end }) =>
          endClaims(track, { start, end }, (index, kind) =>
            nearestAirport(
              airports,
              projected(track, { start, end, index, isEnd: kind === "landing" }),
              rule,
            ),
          ),
      ),
  };
}

interface Projection {
  readonly start: number;
  readonly end: number;
  readonly index: number;
  readonly isEnd: boolean;
}

/** Where the line through the last (or, backwards, first) minutes meets the ground; the fix itself when it does not. */
function projected(track: Track, { start, end, index, isEnd }: Projection) {
  const edgeMs = track.timeMs[index]!;
  let other = index;
  const step = isEnd ? -1 : 1;
  for (let i = index; i >= start && i < end; i += step) {
    if (Math.abs(track.timeMs[i]! - edgeMs) > DESCENT_MS) break;
    if (Number.isFinite(track.altitudeFt[i]!)) other = i;
  }
  const here = placeOf(track, index);
  const dropFt = track.altitudeFt[other]! - track.altitudeFt[index]!;
  const heightFt = track.altitudeFt[index]!;
  if (!(dropFt > 0) || !(heightFt > 0)) return here;
  const share = heightFt / dropFt;
  const latStepDeg = here.latDeg - track.latDeg[other]!;
  const lonStepDeg = here.lonDeg - track.lonDeg[other]!;
  const stepM =
    Math.hypot(latStepDeg, lonStepDeg * Math.cos((here.latDeg * Math.PI) / 180)) * 111_000;
  const limited = stepM > 0 ? Math.min(share, PROJECTION_MAX_M / stepM) : 0;
  return { latDeg: here.latDeg + latStepDeg * limited, lonDeg: here.lonDeg + lonStepDeg * limited };
}

function placeOf(track: Track, index: number) {
  return { latDeg: track.latDeg[index]!, lonDeg: track.lonDeg[index]! };
}

function endClaims(
  track: Track,
  { start, end }: { readonly start: number; readonly end: number },
  airportAt: (index: number, kind: "landing" | "takeoff") => Claim["airport"],
): Claim[] {
  return [
    claimAt(track, { kind: "takeoff", index: start }, airportAt(start, "takeoff"), "first fix"),
    claimAt(track, { kind: "landing", index: end - 1 }, airportAt(end - 1, "landing"), "last fix"),
  ];
}
