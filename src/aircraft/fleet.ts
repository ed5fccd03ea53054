import type { Address } from "./address.js";
import { normalRegistration } from "./registration.js";

/** One aircraft of a watchlist. It is found by address, by registration, or both; one of them is always there. */
export interface FleetEntry {
  readonly address?: Address;
  /** In its painted form, "RA-96019". */
  readonly registration?: string;
  readonly typeDesignator?: string;
  readonly operator: string;
  /** State the list says it belongs to, ISO 3166-1 alpha-2 or as written; "" when it does not say. */
  readonly state: string;
  /** "government", "military", "airline" ...: free text of the list. */
  readonly category: string;
  /** First moment of membership; NaN is open. */
  readonly validFromMs: number;
  /** First moment after membership; NaN is open. */
  readonly validToMs: number;
  readonly source: string;
  readonly note: string;
}

/** A dated list of aircraft. */
export interface Fleet {
  readonly name: string;
  /** What a person calls it, and what has to be known before using it. */
  readonly title: string;
  readonly entries: readonly FleetEntry[];
}

/** Columns of our own shape, in the order they are written. */
export const FLEET_COLUMNS = [
  "hex",
  "registration",
  "type",
  "operator",
  "state",
  "category",
  "valid_from",
  "valid_to",
  "source",
  "note",
] as const;
export type FleetColumn = (typeof FLEET_COLUMNS)[number];

/** @returns true when the entry's dates allow `timeMs`; open dates and a NaN time allow everything */
export function isValidAt(entry: FleetEntry, timeMs: number): boolean {
  // NaN fails both comparisons, so what is unknown never excludes.
  return !(timeMs < entry.validFromMs) && !(timeMs >= entry.validToMs);
}

/** @returns the entries of a fleet whose dates allow `timeMs`, in the list's order */
export function membersAt(fleet: Fleet, timeMs: number): FleetEntry[] {
  return fleet.entries.filter((entry) => isValidAt(entry, timeMs));
}

export interface FleetQuery {
  readonly address?: Address | undefined;
  readonly registration?: string | undefined;
  /** Moment of interest; without it dates do not matter. */
  readonly timeMs?: number | undefined;
}

/**
 * Looks an aircraft up in a fleet. The address decides where both sides have one: a registration that agrees under
 * another address is somebody else's aircraft or a slip, and no match.
 *
 * @returns the first entry that matches and is valid at the time, undefined when there is none
 */
export function isMember(fleet: Fleet, query: FleetQuery): FleetEntry | undefined {
  const { byAddress, byRegistration } = indexOf(fleet);
  const timeMs = query.timeMs ?? Number.NaN;
  const { address } = query;
  const heard = address === undefined ? [] : (byAddress.get(address) ?? []);
  const direct = heard.find((entry) => isValidAt(entry, timeMs));
  if (direct || query.registration === undefined) return direct;
  const named = byRegistration.get(normalRegistration(query.registration)) ?? [];
  return named.find((entry) => {
    const comparable = entry.address === undefined || address === undefined;
    return comparable && isValidAt(entry, timeMs);
  });
}

interface FleetIndex {
  readonly byAddress: ReadonlyMap<string, readonly FleetEntry[]>;
  readonly byRegistration: ReadonlyMap<string, readonly FleetEntry[]>;
}

const INDEXES = new WeakMap<Fleet, FleetIndex>();

function indexOf(fleet: Fleet): FleetIndex {
  const known = INDEXES.get(fleet);
  if (known) return known;
  const index = {
    byAddress: groupBy(fleet.entries, (entry) => entry.address),
    byRegistration: groupBy(fleet.entries, (entry) => entry.registration),
  };
  INDEXES.set(fleet, index);
  return index;
}

function groupBy(
  entries: readonly FleetEntry[],
  key: (entry: FleetEntry) => string | undefined,
): Map<string, FleetEntry[]> {
  const groups = new Map<string, FleetEntry[]>();
  for (const entry of entries) {
    const value = key(entry);
    if (value === undefined) continue;
    const group = groups.get(value);
    if (group) group.push(entry);
    else groups.set(value, [entry]);
  }
  return groups;
}
