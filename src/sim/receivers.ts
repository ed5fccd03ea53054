import { EARTH_RADIUS_M } from "../geo/sphere.js";
import { HOUR_MS, METRES_PER_NM } from "../units/quantity.js";
import type { SimState } from "./fly.js";
import type { RandomSource } from "./random.js";

const RAD = Math.PI / 180;

/** One receiver: where it stands, how far it hears, and when it runs. */
export interface Station {
  readonly name: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly antennaHeightFt: number;
  /** No further than this, however high the aircraft, nautical miles. */
  readonly rangeNm: number;
  /** Hills and houses: airborne aircraft below this altitude above the sea are not heard, feet. */
  readonly floorFt: number;
  /** Aircraft on the ground are heard within this distance, nautical miles; 0 for never. */
  readonly surfaceRangeNm: number;
  /** Share of instants at which nothing arrives, 0 to 1. */
  readonly lossShare: number;
  /** Hours of the UTC day it runs, `[from, to)`; left out for all day. */
  readonly hoursUtc?: readonly [number, number];
  /** It runs from and until then; left out for always. */
  readonly upFromMs?: number;
  readonly upToMs?: number;
}

/** Says whether anyone hears an aircraft at an instant. */
export interface ReceiverNetwork {
  hears(state: Readonly<SimState>, random: RandomSource): boolean;
}

/**
 * Radio horizon over a smooth Earth with its radius stretched by 4/3 for refraction.
 *
 * @returns nautical miles between two antennas at these heights in feet; a height below 0 counts as 0
 *
 * Source: line-of-sight range of ITU-R P.528 and its predecessors, 1.23 (sqrt h1 + sqrt h2) in NM and feet.
 */
export function radioHorizonNm(heightFt: number, antennaHeightFt: number): number {
  return 1.23 * (Math.sqrt(Math.max(0, heightFt)) + Math.sqrt(Math.max(0, antennaHeightFt)));
}

/** Near the edge of its range a station misses more: chosen. */
const EDGE_SHARE = 0.88;
const EDGE_LOSS = 0.45;

/** Builds a network; an aircraft is heard when any station hears it. */
export function receiverNetwork(stations: readonly Station[]): ReceiverNetwork {
  const ears = stations.map((station) => {
    const [x, y, z] = unitVector(station.latDeg, station.lonDeg);
    const cosRange = Math.cos((station.rangeNm * METRES_PER_NM) / EARTH_RADIUS_M);
    return { station, x, y, z, cosRange };
  });
  return {
    hears(state, random) {
      const [x, y, z] = unitVector(state.latDeg, state.lonDeg);
      for (const ear of ears) {
        const cos = x * ear.x + y * ear.y + z * ear.z;
        if (cos < ear.cosRange || !isUp(ear.station, state.timeMs)) continue;
        const distanceNm = (Math.acos(Math.min(1, cos)) * EARTH_RADIUS_M) / METRES_PER_NM;
        const limitNm = reachNm(ear.station, state);
        if (distanceNm > limitNm) continue;
        const edge = !state.onGround && distanceNm > EDGE_SHARE * limitNm ? EDGE_LOSS : 0;
        if (random() >= ear.station.lossShare + edge) return true;
      }
      return false;
    },
  };
}

/** @returns how far a station could hear this aircraft, NM; negative when not at any distance */
export function reachNm(station: Station, state: Readonly<SimState>): number {
  if (state.onGround) return station.surfaceRangeNm > 0 ? station.surfaceRangeNm : -1;
  if (state.geometricAltitudeFt < station.floorFt) return -1;
  const horizonNm = radioHorizonNm(state.geometricAltitudeFt, station.antennaHeightFt);
  return Math.min(station.rangeNm, horizonNm);
}

/** @returns true while a station runs */
export function isUp(station: Station, timeMs: number): boolean {
  if (timeMs < (station.upFromMs ?? Number.NEGATIVE_INFINITY)) return false;
  if (timeMs >= (station.upToMs ?? Number.POSITIVE_INFINITY)) return false;
  if (!station.hoursUtc) return true;
  const hour = (timeMs / HOUR_MS) % 24;
  return hour >= station.hoursUtc[0] && hour < station.hoursUtc[1];
}

function unitVector(latDeg: number, lonDeg: number): [number, number, number] {
  const cosLat = Math.cos(latDeg * RAD);
  return [cosLat * Math.cos(lonDeg * RAD), cosLat * Math.sin(lonDeg * RAD), Math.sin(latDeg * RAD)];
}
