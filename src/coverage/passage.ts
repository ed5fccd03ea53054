import { HOUR_MS } from "../units/quantity.js";
import type { SourceClass } from "./heard-grid.js";

/** One side of a stop at an airport: the approach before it or the climb after it, heard or not. */
export interface Passage {
  readonly airport: string;
  readonly kind: "arrival" | "departure";
  /**
   * When it took place: the moment at the lowest point heard. For one that nobody heard, the time in which it lies.
   */
  readonly fromMs: number;
  readonly toMs: number;
  /** Lowest height above the airport at which it was heard, ft; 0 on the ground; NaN when it was not heard near. */
  readonly followedToFt: number;
  /**
   * True when the other side of the same stop tells that this one took place, whether or not it was heard. Only these
   * measure how often a passage is heard at all.
   */
  readonly isTrial: boolean;
  /**
   * True for a trial whose other side was followed so low, or that was heard standing there, that the airport is sure
   * too. The other trials are sure of a stop, not of which of two neighbours it was at.
   */
  readonly isPlaced: boolean;
  readonly sourceClass: SourceClass;
}

/** An airport as coverage needs it. */
export interface AirportPlace {
  readonly ident: string;
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Heard on the ground or at most this high above the airport, a landing counts as seen. Class G3 ends there. */
export const SEEN_BELOW_FT = 1500;

export function isSeen({ followedToFt }: Passage, seenBelowFt: number = SEEN_BELOW_FT): boolean {
  return followedToFt <= seenBelowFt;
}

/**
 * The part of a passage that lies in chosen hours: 0 or 1 for one that was heard; for one nobody heard, the share of
 * the time in which it lies.
 */
export function partInside(
  { fromMs, toMs }: Pick<Passage, "fromMs" | "toMs">,
  isInside: (timeMs: number) => boolean,
): number {
  if (!(toMs > fromMs)) return isInside(fromMs) ? 1 : 0;
  let insideMs = 0;
  for (let at = fromMs; at < toMs; ) {
    const endMs = Math.min(toMs, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
    if (isInside((at + endMs) / 2)) insideMs += endMs - at;
    at = endMs;
  }
  return insideMs / (toMs - fromMs);
}

/** Order of passages in a list: by airport, then time, then kind, then everything else, so that merging is exact. */
export function comparePassages(a: Passage, b: Passage): number {
  if (a.airport !== b.airport) return a.airport < b.airport ? -1 : 1;
  return (
    a.fromMs - b.fromMs ||
    a.toMs - b.toMs ||
    compare(a.kind, b.kind) ||
    heightRank(a) - heightRank(b) ||
    Number(a.isTrial) - Number(b.isTrial) ||
    Number(a.isPlaced) - Number(b.isPlaced) ||
    compare(a.sourceClass, b.sourceClass)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function heightRank({ followedToFt }: Passage): number {
  return Number.isNaN(followedToFt) ? 1e9 : followedToFt;
}
