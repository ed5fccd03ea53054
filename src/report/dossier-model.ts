/** Everything a dossier shows, as plain data: it can be written as JSON, kept, and rendered again to the same bytes. */
import type { CaptionModel } from "./captions.js";
import type { JourneyJson } from "./journey-shape.js";
import type { LeftOutModel } from "./left-out.js";
import type { GapJson, InputJson, MovementJson } from "./shapes.js";

/** A received position as drawn: time, latitude, longitude. */
export type DrawnPoint = readonly [timeMs: number, latDeg: number, lonDeg: number];

/** A sample of the altitude profile: time and pressure altitude in feet. */
export type ProfileSample = readonly [timeMs: number, altitudeFt: number];

/** One stretch with signal, thinned so that no drawn point moves by more than `toleranceM`. */
export interface ContactModel {
  readonly fromMs: number;
  readonly toMs: number;
  /** How many points were received, before thinning. */
  readonly receivedCount: number;
  readonly toleranceM: number;
  readonly points: readonly DrawnPoint[];
}

/** Altitude against time: lines break wherever altitude or signal was missing, and are never joined across. */
export interface ProfileModel {
  readonly fromMs: number;
  readonly toMs: number;
  readonly maxAltitudeFt: number;
  readonly lines: readonly (readonly ProfileSample[])[];
  /** Stretches in which the aircraft said of itself that it was on the ground. */
  readonly ground: readonly { readonly fromMs: number; readonly toMs: number }[];
}

export interface JourneyModel {
  readonly journey: JourneyJson;
  readonly contacts: readonly ContactModel[];
  readonly gaps: readonly GapJson[];
  /** Silence that was already going on when the journey began, or still when it ended; null without one. */
  readonly silenceBefore: GapJson | null;
  readonly silenceAfter: GapJson | null;
  readonly profile: ProfileModel;
  /** Positions of candidate airports, for the small open rings; those not listed are named in tables only. */
  readonly candidatePlaces: readonly {
    readonly airport: string;
    readonly name: string;
    readonly country: string;
    readonly lat: number;
    readonly lon: number;
    readonly stop: number;
    /** True when it only lies ahead of where the aircraft was last heard: nothing else speaks for it. */
    readonly ahead: boolean;
  }[];
}

/** One landing of the landings table: the movement's JSON as other programs get it. */
export type LandingRow = MovementJson;

/** One input with what a reader needs to find it again. */
export interface DossierInput extends InputJson {
  readonly licence?: string | undefined;
  /** Where it came from, as text; a web address is printed, never loaded. */
  readonly origin?: string | undefined;
}

/** The outline of a place asked about, for the overview map. */
export type PlaceShape =
  | { readonly kind: "country"; readonly name: string }
  | { readonly kind: "point"; readonly lat: number; readonly lon: number }
  | {
      readonly kind: "polygon";
      /** Outer rings, longitude first; longitudes run on past ±180. */
      readonly rings: readonly (readonly (readonly [number, number])[])[];
    };

/** The place a question asks about. */
export interface PlaceModel {
  readonly label: string;
  readonly statement: string;
  readonly nearKm: number;
  readonly shape?: PlaceShape | undefined;
}

/** One journey in words, for a question about aircraft. */
export interface ItineraryModel {
  /** Its place among the journeys, from 1. */
  readonly journey: number;
  /** Undefined where the first finding says it. */
  readonly summary?: string | undefined;
  /** What its lines are: its stops in order, or the places of so many that only the table has each; "none" without lines. */
  readonly listed: "stops" | "places" | "none";
  /** Sentences that can stand alone; numbers are those of the stops, null for an open end and for a place. */
  readonly lines: readonly { readonly number: number | null; readonly text: string }[];
}

export interface DossierModel {
  readonly schema: "wheelsdown/dossier/1";
  readonly title: string;
  readonly question: string;
  readonly simulated: boolean;
  readonly version: { readonly version: string; readonly engineVersion: string };
  /** Plain sentences; the first one leads. */
  readonly findings: readonly string[];
  /** Findings of a question about aircraft, journey by journey, behind the first one; undefined for one about a place. */
  readonly itineraries?: readonly ItineraryModel[] | undefined;
  /** The author's own words; nothing vouches for them. An empty line parts paragraphs. */
  readonly note?: string | undefined;
  /** The author's own words on single landings and journeys, in the order of their ids; undefined without any. */
  readonly captions?: readonly CaptionModel[] | undefined;
  /** Undefined when nothing was left out. */
  readonly leftOut?: LeftOutModel | undefined;
  /** ISO 8601 UTC. */
  readonly period: { readonly from: string; readonly to: string };
  readonly place?: PlaceModel | undefined;
  readonly landings: readonly LandingRow[];
  readonly journeys: readonly JourneyModel[];
  readonly inputs: readonly DossierInput[];
  readonly method: readonly { readonly heading: string; readonly text: string }[];
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string;
    readonly source: string;
  }[];
  readonly notShown: readonly string[];
  readonly licences: readonly string[];
  /** What to type to get the same bytes again. */
  readonly command: string;
}

/**
 * True when anything the dossier shows was simulated, whatever `model.simulated` says: the mark cannot be lost by
 * forgetting to set it.
 */
export function isSimulatedDossier(model: DossierModel): boolean {
  return (
    model.simulated ||
    model.landings.some((landing) => landing.simulated) ||
    model.journeys.some((one) => one.journey.simulated) ||
    model.inputs.some((input) => input.simulated)
  );
}
