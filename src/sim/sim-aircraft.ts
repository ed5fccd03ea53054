import type { Address } from "../aircraft/address.js";

/** What a type can do, as far as a plausible track needs it. */
export interface SimPerformance {
  /** True airspeed in cruise, knots. */
  readonly cruiseKt: number;
  /** Rate of climb just after take-off, feet a minute. */
  readonly climbFpm: number;
  /** Speed over the threshold, knots. */
  readonly approachKt: number;
  /** Highest cruise used, pressure altitude in feet. */
  readonly ceilingFt: number;
}

/** An invented aircraft: its address and registration belong to nobody. */
export interface SimAircraft {
  readonly address: Address;
  readonly registration: string;
  /** ICAO type designator, "IL96". */
  readonly typeDesignator: string;
  /** Long type name; the writer puts "SIMULATED " in front. */
  readonly description: string;
  readonly operator: string;
  readonly military: boolean;
  readonly performance: SimPerformance;
}

/**
 * Rounded figures per type designator.
 *
 * Source: general knowledge of the types' published data, rounded; chosen: good enough for scenery, checked for sanity
 * in test/sim/physics.test.ts.
 */
export const SIM_PERFORMANCE: Readonly<Record<SimType, SimPerformance>> = {
  IL96: { cruiseKt: 462, climbFpm: 2000, approachKt: 145, ceilingFt: 39_000 },
  A124: { cruiseKt: 430, climbFpm: 1600, approachKt: 140, ceilingFt: 33_000 },
  IL76: { cruiseKt: 420, climbFpm: 1800, approachKt: 135, ceilingFt: 35_000 },
  B752: { cruiseKt: 459, climbFpm: 2800, approachKt: 137, ceilingFt: 38_000 },
  A321: { cruiseKt: 450, climbFpm: 2300, approachKt: 141, ceilingFt: 36_000 },
  A320: { cruiseKt: 447, climbFpm: 2400, approachKt: 136, ceilingFt: 37_000 },
  B738: { cruiseKt: 452, climbFpm: 2500, approachKt: 142, ceilingFt: 38_000 },
  E190: { cruiseKt: 445, climbFpm: 2500, approachKt: 130, ceilingFt: 37_000 },
  A333: { cruiseKt: 470, climbFpm: 2000, approachKt: 140, ceilingFt: 39_000 },
  B788: { cruiseKt: 484, climbFpm: 2300, approachKt: 143, ceilingFt: 40_000 },
  AT72: { cruiseKt: 270, climbFpm: 1300, approachKt: 113, ceilingFt: 20_000 },
};

/** The types the simulator knows figures for. */
export type SimType =
  | "IL96"
  | "A124"
  | "IL76"
  | "B752"
  | "A321"
  | "A320"
  | "B738"
  | "E190"
  | "A333"
  | "B788"
  | "AT72";
