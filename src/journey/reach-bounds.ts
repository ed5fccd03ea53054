import type { Address } from "../aircraft/address.js";
import {
  type EngineClass,
  findType,
  type Performance,
  performanceFor,
} from "../aircraft/types/index.js";
import type { Airport } from "../place/airport.js";

/** Steepest mean climb or descent the hard bound allows. Source: docs/reach.md; fighters excepted, see there. */
export const HARD_VERTICAL_FPM = 6_000;
/** Pressure altitude against true altitude in the deepest lows and highest highs on record; chosen: 2,000 ft. */
export const ALTITUDE_ERROR_FT = 2_000;

/** Soft bound, docs/reach.md: usual climb and descent, time on the ground, wind, and the speed rule below 10,000 ft. */
export const SOFT_VERTICAL_FPM = 2_000;
export const SOFT_GROUND_MIN = 15;
export const SOFT_WIND_KT = 50;
export const LOW_CEILING_FT = 10_000;
/** 250 kt indicated below 10,000 ft. Source: ICAO Annex 11, appendix 4. */
export const LOW_SPEED_KT = 250;

/** The aircraft a reach question is about. */
export interface ReachAircraft {
  readonly address?: Address | undefined;
  readonly registration?: string | undefined;
  /** ICAO designator as stated; undefined or not in the table counts as unknown. */
  readonly typeDesignator?: string | undefined;
  /** Undefined for an unknown type. */
  readonly engineClass?: EngineClass | undefined;
  readonly performance: Performance;
}

/** Gathers what is known of an aircraft; an unknown type gets the generous bounds of a jet. */
export function reachAircraft(known: {
  readonly address?: Address | undefined;
  readonly registration?: string | undefined;
  readonly typeDesignator?: string | undefined;
}): ReachAircraft {
  const type = findType(known.typeDesignator ?? "");
  return {
    ...known,
    engineClass: type?.engineClass,
    performance: performanceFor(known.typeDesignator),
  };
}

/**
 * Highest ground on which an aircraft of the class can have landed, ft.
 *
 * Source: jets: the highest airstrip in the world, Daulat Beg Oldi, 16,614 ft, rounded up; propeller aeroplanes: the
 * glacier landing on Dhaulagiri in 1960 (18,700 ft), rounded up; helicopters and unknown: the top of Everest.
 */
export function highestGroundFt(engineClass: EngineClass | undefined): number {
  if (engineClass === "jet") return 17_000;
  if (engineClass === undefined || engineClass === "helicopter") return 29_032;
  return 19_500;
}

/** The C-17 reverses its engines in flight and sinks at over 15,000 ft/min. */
const STEEP_TYPES: ReadonlySet<string> = new Set(["C17"]);

/**
 * True for aircraft that may climb or sink faster than the hard vertical bound: fighters, the C-17, and whatever is
 * unknown. Nothing is proven from their heights.
 */
export function isSteep({ performance, engineClass, typeDesignator }: ReachAircraft): boolean {
  if (engineClass === undefined || STEEP_TYPES.has(typeDesignator ?? "")) return true;
  return engineClass === "jet" && performance.maxSpeedKt > 600;
}

/** A share of the usual runway need that still passes, as elsewhere in the airport choice. chosen */
const RUNWAY_SHARE = 0.8;

/** Whether an airport has a runway fit for the aircraft; what the table does not know counts as fit. */
export function isUsable(airport: Airport, aircraft: ReachAircraft): boolean {
  const { engineClass, performance } = aircraft;
  if (airport.kind === "closed") return false;
  if (engineClass === "helicopter") return true;
  if (airport.kind === "heliport" || airport.kind === "seaplane") return false;
  const open = airport.runways.filter((runway) => !runway.closed && runway.surface !== "water");
  if (airport.runways.length === 0) return true;
  return open.some(
    ({ lengthM, surface }) =>
      !(lengthM < performance.runwayNeedM * RUNWAY_SHARE) &&
      !(surface === "soft" && engineClass === "jet"),
  );
}
