import type { Address } from "../aircraft/address.js";
import type { Airport } from "../place/airport.js";

export type MovementKind = "landing" | "takeoff" | "touch-and-go" | "go-around" | "low-pass";

/**
 * What a movement rests on. `G0`-`G5` end a contact, `G7` and `G8` begin one, `GAP` is a stop known only to lie inside a
 * gap, `N1`/`T` are passes over a runway, `N2` is contact with a surface that is no airport.
 *
 * Source of the scheme: the product's method, docs/method.md.
 */
export type EvidenceClass =
  | "G0"
  | "G1"
  | "G2"
  | "G3"
  | "G4"
  | "G5"
  | "G7"
  | "G8"
  | "GAP"
  | "N1"
  | "N2"
  | "T";

export interface Candidate {
  readonly airport: Airport;
  /** Probability that the movement was here, given that it happened; candidates need not sum to 1. */
  readonly probability: number;
}

/** How well a field is heard, and how likely it was before that was weighed. */
export interface SeenThere {
  readonly airport: Airport;
  /** Probability, as measured, that the movement would have been seen there, 0..1. */
  readonly seenProbability: number;
  /** The candidate's probability before coverage was weighed. */
  readonly before: number;
}

/** What coverage said of a movement that nobody saw. */
export interface CoverageWeighed {
  /** Names the measurement: SHA-256 over what was measured. */
  readonly measurement: string;
  /** Fields that were measured, most likely before first. */
  readonly seen: readonly SeenThere[];
}

/** What a list of routes says of the callsign a movement was made under. */
export interface RouteStated {
  /** The list, as the user named it, and the SHA-256 of its bytes. */
  readonly file: string;
  readonly sha256: string;
  readonly callsign: string;
  /** ICAO codes in the order flown, as the list has them. */
  readonly airports: readonly string[];
  /** Those of them at which a movement of this kind ends (or begins) a leg, as far as the airport table knows them. */
  readonly usual: readonly Airport[];
  /** Candidates without the list; empty where it changed nothing. */
  readonly before: readonly Candidate[];
}

/** The bytes a statement rests on: rows `rowFrom`..`rowTo`, both included, of one input. */
export interface Exhibit {
  readonly inputSha256: string;
  readonly file: string;
  readonly rowFrom: number;
  readonly rowTo: number;
}

/** One landing, take-off, touch-and-go, go-around or low pass. */
export interface Movement {
  readonly kind: MovementKind;
  readonly address: Address;
  /** It happened within this interval; `timeMs` is the best estimate inside it. */
  readonly timeFromMs: number;
  readonly timeToMs: number;
  readonly timeMs: number;
  /** The one airport we are entitled to name, or undefined. */
  readonly airport?: Airport | undefined;
  /** Most probable first. */
  readonly candidates: readonly Candidate[];
  /** On a surface that is no known airport: a field, a deck, water, a roof. */
  readonly offAirport: boolean;
  /** Position nearest to the event; for a stop inside a gap the last position before it. */
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly runway?: string | undefined;
  readonly evidence: "seen" | "inferred";
  readonly evidenceClass: EvidenceClass;
  /** That it happened at all, 0..1; calibrated where `wheelsdown method` says so of its class. */
  readonly probability: number;
  /** One sentence a reporter can print. */
  readonly basis: string;
  readonly callsign: string;
  readonly simulated: boolean;
  readonly exhibits: readonly [Exhibit, ...Exhibit[]];
  /** Set when coverage weighed in on the candidates. A lake keeps movements without it. */
  readonly coverage?: CoverageWeighed | undefined;
  /** Set when a list of routes knows the callsign, whether it changed anything or not. A lake keeps movements without it. */
  readonly route?: RouteStated | undefined;
  /** False when fields were chosen without what is known before looking at the track; left out when with it. */
  readonly fieldPriors?: false | undefined;
}
