import type { Address } from "../aircraft/address.js";
import { type Fleet, isMember } from "../aircraft/fleet.js";
import { operatorOfCallsign } from "../aircraft/operators.js";
import { isMilitaryAddress, stateOfAddress } from "../aircraft/state-blocks.js";
import { findType } from "../aircraft/types/index.js";

/** Which aircraft a question asks for; everything given must hold. */
export interface AircraftQuestion {
  readonly addresses?: ReadonlySet<Address> | undefined;
  readonly fleets?: readonly Fleet[] | undefined;
  /** ISO 3166-1 alpha-2 of the State whose address block it is. */
  readonly state?: string | undefined;
  /** Three-letter callsign prefix. */
  readonly operatorPrefix?: string | undefined;
  readonly typeDesignator?: string | undefined;
  /** "RSD*": * stands for any letters and digits. */
  readonly callsign?: string | undefined;
  readonly military?: boolean | undefined;
}

/** What is known of an aircraft when one of its movements is judged. */
export interface KnownAircraft {
  readonly address: Address;
  readonly registration?: string | undefined;
  readonly typeDesignator?: string | undefined;
  readonly callsign: string;
  readonly timeMs: number;
  /** A source of the data marks it as military. */
  readonly statedMilitary: boolean;
}

/** True when nothing narrows the choice: every aircraft is asked for. */
export function asksForAll(question: AircraftQuestion): boolean {
  return Object.values(question).every((value) => value === undefined);
}

/** @returns true when the aircraft is one of those asked for, at the time of the movement */
export function isAskedFor(question: AircraftQuestion, known: KnownAircraft): boolean {
  const { addresses, fleets, state, operatorPrefix, typeDesignator, callsign, military } = question;
  if (addresses && !addresses.has(known.address)) return false;
  if (fleets && !fleets.some((fleet) => isMember(fleet, known))) return false;
  if (state && stateOfAddress(known.address)?.country !== state) return false;
  if (operatorPrefix && operatorOfCallsign(known.callsign)?.prefix !== operatorPrefix) return false;
  if (callsign && !matchesPattern(callsign, known.callsign)) return false;
  if (typeDesignator && !isSameType(typeDesignator, known.typeDesignator)) return false;
  return !military || known.statedMilitary || isMilitaryAddress(known.address) !== undefined;
}

/** T204 and T214 are one designator under two names. */
function isSameType(wanted: string, known: string | undefined): boolean {
  if (known === undefined) return false;
  return canonicalType(wanted) === canonicalType(known);
}

function canonicalType(text: string): string {
  return findType(text)?.designator ?? text.toUpperCase();
}

function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern
    .toUpperCase()
    .split("*")
    .map((part) => part.replace(/[^A-Z0-9]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text.trim().toUpperCase());
}
