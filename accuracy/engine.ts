import { Analyst } from "../src/movement/analyse.js";
import type { Movement } from "../src/movement/movement.js";
import { traitsOf } from "../src/movement/traits.js";
import type { AirportTable } from "../src/place/airport.js";
import type { Track } from "../src/track/track.js";
import type { Claim, Method } from "./case.js";

/** What finds movements in a track: the engine, or the engine with a part of it switched off. */
export type Analyse = (track: Track) => readonly Movement[];

/** The engine as shipped. */
export function engineOf(airports: AirportTable): Analyse {
  const analyst = new Analyst(airports);
  return (track) => analyst.analyse(track, traitsOf(track)).movements;
}

/** Makes anything that finds movements a method under test. */
export function methodOf(name: string, analyse: Analyse): Method {
  return { name, claims: (track) => (track.length === 0 ? [] : claimsOf(analyse(track))) };
}

/** Landings and take-offs as claims; passes claim no stop and are left out. */
export function claimsOf(movements: readonly Movement[]): Claim[] {
  return movements.flatMap((movement) => claimOf(movement) ?? []);
}

/** @returns undefined for a pass */
export function claimOf(movement: Movement): Claim | undefined {
  const { kind } = movement;
  if (kind !== "landing" && kind !== "takeoff") return undefined;
  return {
    kind,
    timeFromMs: movement.timeFromMs,
    timeToMs: movement.timeToMs,
    timeMs: movement.timeMs,
    airport: movement.airport,
    ranked: movement.candidates,
    probability: movement.probability,
    why: `${movement.evidenceClass}: ${movement.basis}`,
  };
}
