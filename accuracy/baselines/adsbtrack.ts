import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import { GROUND_YES, type Track } from "../../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";
import type { Claim, Method, TruthKind } from "../case.js";
import { isDescending } from "./opensky.js";
import { claimAt, nearestAirport, pieces } from "./place.js";

const HOLE_MS = 30 * MINUTE_MS;
const STITCH_MS = 90 * MINUTE_MS;
const STITCH_KT = 300;
const STITCH_SLACK = 1.2;
const STITCH_FT = 3_000;
const NAME_M = 2_000;
const ANCHOR_MS = 10 * MINUTE_MS;
const PROBABLE_M = 25 * METRES_PER_NM;
const GLITCH_KT = 80;
const DROPPED_FT = 5_000;
const DROPPED_FPM = -200;

/**
 * adsbtrack's classes: flights close at a 30 min hole, pieces that fit are stitched; an end on the ground is confirmed
 * and named within 2 km of its lowest fix; one lost low and descending is "dropped on approach" with a probable field
 * within 25 NM; anything else lost is no landing.
 */
export function adsbtrackClasses(airports: AirportTable): Method {
  return {
    name: "classes (adsbtrack)",
    claims: (track) =>
      pieces(track, (a, b) => isCut(track, a, b)).flatMap(({ start, end }) => [
        ...startClaim(track, start, end, airports),
        ...endClaim(track, start, end, airports),
      ]),
  };
}

function isCut(track: Track, last: number, next: number): boolean {
  const holeMs = track.timeMs[next]! - track.timeMs[last]!;
  if (holeMs <= HOLE_MS) return false;
  if (isGround(track, last) || isGround(track, next) || holeMs > STITCH_MS) return true;
  const distanceM = sphereDistanceM(
    track.latDeg[last]!,
    track.lonDeg[last]!,
    track.latDeg[next]!,
    track.lonDeg[next]!,
  );
  const reachNm = STITCH_KT * (holeMs / (60 * MINUTE_MS)) * STITCH_SLACK;
  const stepFt = Math.abs(track.altitudeFt[next]! - track.altitudeFt[last]!);
  return distanceM / METRES_PER_NM > reachNm || !(stepFt < STITCH_FT);
}

function isGround(track: Track, i: number): boolean {
  return track.ground[i] === GROUND_YES && !(track.groundSpeedKt[i]! > GLITCH_KT);
}

function startClaim(track: Track, start: number, end: number, airports: AirportTable): Claim[] {
  if (!isGround(track, start)) return [];
  let index = start;
  while (index + 1 < end && isGround(track, index + 1)) index++;
  return index + 1 >= end ? [] : [named(track, "takeoff", index, airports)];
}

function endClaim(track: Track, start: number, end: number, airports: AirportTable): Claim[] {
  const last = end - 1;
  if (isGround(track, last)) {
    let index = last;
    while (index > start && isGround(track, index - 1)) index--;
    return index === start ? [] : [named(track, "landing", index, airports)];
  }
  const low = track.altitudeFt[last]! < DROPPED_FT;
  if (!low || !isDescending(track, last, DROPPED_FPM)) return [];
  return [probable(track, last, airports)];
}

function named(track: Track, kind: TruthKind, index: number, airports: AirportTable): Claim {
  const place = kind === "landing" ? lowestNear(track, index) : placeOf(track, index);
  const airport = nearestAirport(airports, place, { radiusM: NAME_M, handicapM: 0 });
  return claimAt(track, { kind, index }, airport, "confirmed");
}

function lowestNear(track: Track, index: number) {
  let lowest = index;
  for (let i = index; i >= 0 && track.timeMs[index]! - track.timeMs[i]! < ANCHOR_MS; i--)
    if (track.altitudeFt[i]! < track.altitudeFt[lowest]!) lowest = i;
  return placeOf(track, lowest);
}

function placeOf(track: Track, index: number) {
  return { latDeg: track.latDeg[index]!, lonDeg: track.lonDeg[index]! };
}

/** Probable destination: 0.4 for being low, 0.4 for being near, 0.2 for descending. */
function probable(track: Track, last: number, airports: AirportTable): Claim {
  const place = placeOf(track, last);
  const near = airports.near(place, { radiusM: PROBABLE_M, limit: 40, accept: isAerodrome });
  const ranked = near
    .map((airport) => {
      const distanceM = sphereDistanceM(place.latDeg, place.lonDeg, airport.latDeg, airport.lonDeg);
      const heightFt = Math.max(0, track.altitudeFt[last]! - airport.elevationFt);
      const low = 1 - Math.min(1, heightFt / DROPPED_FT);
      return { airport, probability: 0.4 * low + 0.4 * (1 - distanceM / PROBABLE_M) + 0.2 };
    })
    .sort((a, b) => b.probability - a.probability);
  const claim = claimAt(
    track,
    { kind: "landing", index: last },
    ranked[0]?.airport,
    "dropped on approach",
  );
  return { ...claim, ranked: ranked.slice(0, 3) };
}

function isAerodrome({ kind }: Airport): boolean {
  return kind !== "heliport" && kind !== "closed";
}
