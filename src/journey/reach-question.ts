import type { LatLon } from "../geo/reduced-sphere.js";
import type { ReachAircraft } from "./reach-bounds.js";
import type { ReachTarget } from "./reach-target.js";

/** Where an aircraft was when it was last heard, or heard again. */
export interface ReachEdge extends LatLon {
  readonly timeMs: number;
  /** Pressure altitude; NaN when unknown or on the ground. */
  readonly altitudeFt: number;
  readonly onGround: boolean;
  /** How far the true position may lie from the one received. */
  readonly positionErrorM: number;
  /** How the position came about: "adsb_icao", "mlat", or a word of the caller's. */
  readonly source: string;
}

/** A stretch in which nobody heard an aircraft; without one edge it is open: before the first contact, after the last. */
export interface ReachGap {
  readonly before?: ReachEdge | undefined;
  readonly after?: ReachEdge | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}

export type ReachPurpose = "landing" | "overflight";

export interface ReachQuestion {
  readonly gap: ReachGap;
  readonly aircraft: ReachAircraft;
  readonly target: ReachTarget;
  readonly purpose: ReachPurpose;
  readonly simulated: boolean;
}
