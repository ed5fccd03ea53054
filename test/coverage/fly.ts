import { bearingDeg, destination, sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport } from "../../src/place/airport.js";
import { type CleanTrack, cleanTrack } from "../../src/track/clean.js";
import type { TrackSource } from "../../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS, SECOND_MS } from "../../src/units/quantity.js";
import { type BuiltPoint, buildTrack, sourceOf } from "../lake/build-track.js";

/** Where an aircraft is at one moment, heard or not. */
export interface Moment {
  readonly timeMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeFt: number;
  readonly onGround: boolean;
}

export interface Flight {
  readonly from: Airport;
  readonly to: Airport;
  readonly liftOffMs: number;
}

const STEP_MS = 20 * SECOND_MS;
const SPEED_MPS = 200;
const FT_PER_NM = 318;
const CRUISE_FT = 33_000;
const ROLL_MS = 6 * MINUTE_MS;

/** @returns touchdown of a flight */
export function touchdownMs({ from, to, liftOffMs }: Flight): number {
  const distanceM = sphereDistanceM(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
  return liftOffMs + (distanceM / SPEED_MPS) * SECOND_MS;
}

/** Every 20 s of a straight flight at 3 degrees up and down, with six minutes on the ground at either end. */
export function momentsOf(flight: Flight): Moment[] {
  const { from, to, liftOffMs } = flight;
  const landMs = touchdownMs(flight);
  const distanceM = sphereDistanceM(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
  const direction = bearingDeg(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
  const moments: Moment[] = [];
  for (let timeMs = liftOffMs - ROLL_MS; timeMs <= landMs + ROLL_MS; timeMs += STEP_MS) {
    const flownM = Math.min(distanceM, Math.max(0, ((timeMs - liftOffMs) / SECOND_MS) * SPEED_MPS));
    const onGround = flownM === 0 || flownM >= distanceM;
    const upFt = (flownM / METRES_PER_NM) * FT_PER_NM + from.elevationFt;
    const downFt = ((distanceM - flownM) / METRES_PER_NM) * FT_PER_NM + to.elevationFt;
    // A few metres of taxiing, so that a repeated position is not taken for a stale one.
    const creepM = onGround ? Math.abs(timeMs - liftOffMs) / 10_000 : 0;
    const place = destination(from, direction, flownM + creepM);
    moments.push({ timeMs, ...place, altitudeFt: Math.min(CRUISE_FT, upFt, downFt), onGround });
  }
  return moments;
}

export interface HeardOptions {
  readonly address: string;
  readonly hears: (moment: Moment) => boolean;
  readonly source?: Partial<TrackSource>;
  readonly positionSource?: BuiltPoint["positionSource"];
}

/** The clean track of an aircraft that flew one flight after another, as a receiver network heard it. */
export function heardTrack(flights: readonly Flight[], options: HeardOptions): CleanTrack {
  const points: BuiltPoint[] = flights
    .flatMap(momentsOf)
    .filter(options.hears)
    .map((moment, row) => ({
      row,
      timeMs: moment.timeMs,
      latDeg: moment.latDeg,
      lonDeg: moment.lonDeg,
      altitudeFt: moment.onGround ? undefined : moment.altitudeFt,
      groundSpeedKt: moment.onGround ? 5 : 389,
      onGround: moment.onGround,
      positionSource: options.positionSource ?? "adsb_icao",
    }));
  return cleanTrack(buildTrack(options.address, points, [sourceOf("a", options.source ?? {})]));
}

/** There and back, `count` times, `apartMs` apart: four passages each time, two at either airport. */
export function shuttle(
  home: Airport,
  away: Airport,
  times: { readonly firstMs: number; readonly count: number; readonly apartMs: number },
): Flight[] {
  const flights: Flight[] = [];
  for (let turn = 0; turn < times.count; turn++) {
    const out = { from: home, to: away, liftOffMs: times.firstMs + turn * times.apartMs };
    const backMs = touchdownMs(out) + 60 * MINUTE_MS;
    flights.push(out, { from: away, to: home, liftOffMs: backMs });
  }
  return flights;
}
