import type { Airport } from "../src/place/airport.js";
import type { Track } from "../src/track/track.js";
import type { TimeInterval } from "../src/units/time.js";

/**
 * Where a truth comes from. A: an independent record. B: the word of the source's own tests or labels. C: derived from
 * the full track by an earlier reading. self: the track itself, seen on the ground at that end. simulated and composed
 * are never mixed with the others.
 */
export type Grade = "A" | "B" | "C" | "self" | "simulated";

/** Only full stops count as landings here: passes and touch-and-goes have truths of their own elsewhere. */
export type TruthKind = "landing" | "takeoff";

/** One landing or take-off that happened. */
export interface Truth {
  readonly kind: TruthKind;
  /** Undefined when it was on no airport (a deck, a meadow). */
  readonly airport: Airport | undefined;
  /** Touchdown or lift-off; an estimate when `timed` is false. */
  readonly timeMs: number;
  /** How far off `timeMs` may be. */
  readonly toleranceMs: number;
  /** False when only the place is known well: then no time error is measured. */
  readonly timed: boolean;
  /** Whether the ground, or only low flight near the field, was in the data: what an answer could rest on. */
  readonly seen: "ground" | "low" | "no";
  readonly grade: Grade;
  readonly how: string;
}

/** A stretch in which a claimed landing or take-off is an error. */
export interface Negative extends TimeInterval {
  readonly why: string;
  /** Surface contact there is right; only naming an airport is wrong, and this one is not. */
  readonly unlessAt?: string;
}

/** One aircraft's track and what truly happened in it. */
export interface Case {
  /** "traffic-samples featured/elal747.json.gz 738065", unique. */
  readonly id: string;
  readonly corpus: string;
  readonly file: string;
  readonly track: Track;
  /** Oldest first. */
  readonly truths: readonly Truth[];
  readonly negatives: readonly Negative[];
  /** True when `truths` holds every landing and take-off of the whole track: a further claim is then an error. */
  readonly complete: boolean;
  /** Inspection, survey, fire, glider, carrier: told apart because nobody's journey looks like that. */
  readonly special: boolean;
  /** Keys for splitting: never the same aircraft, nor the same airport, on both sides. */
  readonly aircraftKey: string;
  readonly airportKey: string;
  /** Put together from two real tracks, in words; undefined for a track as recorded. */
  readonly composed?: string;
}

/** What a method under test claims. */
export interface Claim {
  readonly kind: TruthKind;
  readonly timeFromMs: number;
  readonly timeToMs: number;
  readonly timeMs: number;
  /** The airport it names, or undefined when it prefers not to. */
  readonly airport: Airport | undefined;
  /** Places with probabilities given that it happened, best first; may be empty. */
  readonly ranked: readonly { readonly airport: Airport; readonly probability: number }[];
  /** That it happened; NaN when the method gives none. */
  readonly probability: number;
  readonly why: string;
}

/** The engine, a reduced engine, or a baseline. */
export interface Method {
  readonly name: string;
  claims(track: Track): readonly Claim[];
}

/** A claim counts from here. Source: the product names and counts what is more likely than not. */
export const COUNTED_MIN_PROBABILITY = 0.5;
