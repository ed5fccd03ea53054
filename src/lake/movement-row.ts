import type { Candidate, Movement } from "../movement/movement.js";
import type { Airport } from "../place/airport.js";
import { WheelsdownError } from "../units/errors.js";

/** A movement as the lake keeps it: airports by ident, and the aircraft's identity as known at the time. */
export interface MovementRow extends Omit<Movement, "airport" | "candidates"> {
  readonly airport?: string | undefined;
  readonly candidates: readonly { readonly airport: string; readonly probability: number }[];
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  readonly registration?: string | undefined;
  readonly typeDesignator?: string | undefined;
}

export interface MovementIdentity {
  readonly registration?: string | undefined;
  readonly typeDesignator?: string | undefined;
  /** Where it happened, when the caller knows better than the airports do (off-airport landings). */
  readonly country?: string | undefined;
}

/**
 * Makes a movement ready for the lake. Its country is the caller's word, else that of the airport it may be ascribed
 * to, else the one all its candidates share (unless it happened off airports); otherwise it stays unknown.
 */
export function rowFromMovement(movement: Movement, identity: MovementIdentity = {}): MovementRow {
  const { airport, candidates } = movement;
  return {
    ...movement,
    airport: airport?.ident,
    candidates: candidates.map((entry) => ({
      airport: entry.airport.ident,
      probability: entry.probability,
    })),
    country: identity.country ?? airport?.country ?? sharedCountry(movement),
    registration: identity.registration,
    typeDesignator: identity.typeDesignator,
  };
}

function sharedCountry(movement: Movement): string | undefined {
  if (movement.offAirport) return undefined;
  const countries = new Set(movement.candidates.map((entry) => entry.airport.country));
  const [only] = countries;
  return countries.size === 1 && only !== "" ? only : undefined;
}

/**
 * Undoes `rowFromMovement`, but for what coverage and routes said, which a lake does not keep.
 *
 * @throws WheelsdownError "unknown-name" when the airport table in use lacks an airport the row names: dropping a
 *   candidate would change what the evidence says
 */
export function movementFromRow(
  row: MovementRow,
  findAirport: (ident: string) => Airport | undefined,
): Movement {
  const named = (ident: string): Airport => {
    const airport = findAirport(ident);
    if (airport) return airport;
    throw new WheelsdownError(
      "unknown-name",
      `the lake names airport ${ident}, which the airport table in use does not have; ` +
        "use the table the lake was made with, or infer its movements again",
    );
  };
  const { airport } = row;
  // Field by field: rest properties of so many took longer than all else here.
  return {
    kind: row.kind,
    address: row.address,
    timeFromMs: row.timeFromMs,
    timeToMs: row.timeToMs,
    timeMs: row.timeMs,
    airport: airport === undefined ? undefined : named(airport),
    candidates: row.candidates.map((entry): Candidate => {
      return { airport: named(entry.airport), probability: entry.probability };
    }),
    offAirport: row.offAirport,
    latDeg: row.latDeg,
    lonDeg: row.lonDeg,
    runway: row.runway,
    evidence: row.evidence,
    evidenceClass: row.evidenceClass,
    probability: row.probability,
    basis: row.basis,
    callsign: row.callsign,
    simulated: row.simulated,
    exhibits: row.exhibits,
  };
}
