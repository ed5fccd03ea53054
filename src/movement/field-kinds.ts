import type { AirportKind } from "../place/airport.js";

/**
 * Metres by which a kind of field must be nearer than a large airport to be taken for the one at hand: most strips and
 * closed fields in the tables see no traffic. chosen: accuracy harness, docs/method.md
 */
export const KIND_HANDICAP_M: Readonly<Record<AirportKind, number>> = {
  large: 0,
  medium: 100,
  small: 400,
  heliport: 600,
  seaplane: 3000,
  closed: 2000,
};

/** Heliports are for helicopters, water for seaplanes; a closed field may have been open on the day. */
export const USED_KINDS: Readonly<Record<"fixed" | "hover", ReadonlySet<AirportKind>>> = {
  fixed: new Set(["large", "medium", "small", "closed"]),
  hover: new Set(["large", "medium", "small", "closed", "heliport"]),
};
