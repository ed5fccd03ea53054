import { OPERATOR_ROWS, type OperatorRow } from "./operators-table.js";

export type OperatorKind = "state" | "military" | "airline" | "cargo" | "business" | "other";

/**
 * Whom a callsign prefix is assigned to. Say "callsign prefix assigned to ..."; it is never ownership, and anyone can
 * set any callsign: wet leases, charters and ferry pilots fly under others' prefixes every day.
 */
export interface Operator {
  /** ICAO three-letter designator, "RSD". */
  readonly prefix: string;
  readonly name: string;
  /** As spoken, "STATE AERO"; "" when not known. */
  readonly radioCallsign: string;
  /** ISO 3166-1 alpha-2; "ZZ" for international bodies. */
  readonly country: string;
  readonly kind: OperatorKind;
}

const KINDS: Readonly<Record<OperatorRow[4], OperatorKind>> = {
  S: "state",
  M: "military",
  A: "airline",
  C: "cargo",
  B: "business",
  O: "other",
};

const OPERATORS: readonly Operator[] = OPERATOR_ROWS.map(
  ([prefix, name, radioCallsign, country, kind]) => ({
    prefix,
    name,
    radioCallsign,
    country,
    kind: KINDS[kind],
  }),
);

const BY_PREFIX: ReadonlyMap<string, Operator> = new Map(
  OPERATORS.map((operator) => [operator.prefix, operator]),
);

/** @returns every operator of the table, in its order */
export function allOperators(): readonly Operator[] {
  return OPERATORS;
}

/**
 * Whom the prefix of a callsign is assigned to.
 *
 * @param callsign as sent, "RSD738 "; blanks and case do not matter
 * @returns undefined unless three letters are followed by a digit and the table has them: "RA96019", "N123AB" and
 *   "VENUS11" are registrations or tactical callsigns
 */
export function operatorOfCallsign(callsign: string): Operator | undefined {
  const match = /^([A-Z]{3})\d[A-Z0-9]*$/.exec(callsign.trim().toUpperCase());
  return match ? BY_PREFIX.get(match[1] ?? "") : undefined;
}

/**
 * Operators by prefix, name or radio callsign. An exact prefix comes first; otherwise every word of `text` must occur,
 * in the table's order.
 */
export function findOperators(text: string): Operator[] {
  const words = text.trim().toUpperCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const exact = BY_PREFIX.get(words.join(" "));
  const found = OPERATORS.filter((operator) => {
    const searched = `${operator.prefix} ${operator.name} ${operator.radioCallsign}`.toUpperCase();
    return operator !== exact && words.every((word) => searched.includes(word));
  });
  return exact ? [exact, ...found] : found;
}
