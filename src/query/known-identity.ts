import { registrationFromAddress } from "../aircraft/registration.js";
import type { Movement } from "../movement/movement.js";
import { statedType } from "../movement/traits.js";
import type { AirportTable } from "../place/airport.js";
import type { MovementIdentity } from "../report/shapes.js";
import type { Track } from "../track/track.js";

/** What a track's sources say of its aircraft, else what its State's numbering rule gives. */
export function identityOf(track: Track): MovementIdentity {
  const stated = track.sources.findLast((source) => source.stated.registration)?.stated
    .registration;
  return {
    registration: stated ?? registrationFromAddress(track.address),
    typeDesignator: statedType(track),
  };
}

/** The identity with the clock of the movement's place, which is looked up when it is read. */
export function atPlace(
  identity: MovementIdentity,
  movement: Movement,
  airports: AirportTable,
): MovementIdentity {
  return {
    ...identity,
    get timeZone() {
      return movement.airport && airports.timeZoneOf(movement.airport);
    },
  };
}
