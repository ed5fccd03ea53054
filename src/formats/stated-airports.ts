import type { StatedAirports, StatedIdentity } from "../track/track.js";
import { textOrUndefined } from "./text.js";

/** chosen: longer than the longest name of an airport with its town and country */
const LETTERS_MAX = 120;

/**
 * Airports that a source names beside an aircraft, as it writes them. They are no observation: they are carried so that they
 * can be shown as the source's word.
 *
 * @returns an identity with them, or an empty one where the source names neither
 */
export function statedAirports(
  origin: unknown,
  destination: unknown,
  basis: StatedAirports["basis"],
): Pick<StatedIdentity, "airports"> {
  const [from, to] = [nameOf(origin), nameOf(destination)];
  if (from === undefined && to === undefined) return {};
  const named = {
    ...(from !== undefined && { origin: from }),
    ...(to !== undefined && { destination: to }),
  };
  return { airports: { ...named, basis } };
}

function nameOf(value: unknown): string | undefined {
  return textOrUndefined(value)?.replaceAll(/\s+/g, " ").slice(0, LETTERS_MAX);
}
