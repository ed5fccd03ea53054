import { type Address, isNonIcao } from "./address.js";
import { checkIdentity, normalRegistration, registrationFromAddress } from "./registration.js";
import {
  type AddressState,
  isMilitaryAddress,
  type MilitaryAddress,
  statelessReason,
  stateOfAddress,
} from "./state-blocks.js";
import { findType } from "./types/index.js";

/** What one source says an address stands for, and when; absent dates are open. */
export interface Identity {
  readonly address: Address;
  readonly registration?: string;
  readonly typeDesignator?: string;
  readonly operator?: string;
  /** Who says so, in words a reader understands. */
  readonly source: string;
  readonly validFromMs?: number;
  /** Exclusive. */
  readonly validToMs?: number;
}

/** One value and everyone who states it. */
export interface StatedValue {
  readonly value: string;
  /** In the order given, each once. */
  readonly sources: readonly string[];
}

/** All that is known of an address, with who says it and where they disagree. Nothing is decided by majority. */
export interface AircraftDescription {
  readonly address: Address;
  readonly state?: AddressState;
  /** Why there is no State, when there is none. */
  readonly stateless?: string;
  readonly military?: MilitaryAddress;
  /** The one registration that every source that names one agrees on; else by rule; undefined on a conflict. */
  readonly registration?: string;
  readonly registrationBasis: "stated" | "rule" | "none" | "conflict";
  /** The one type designator all agree on. */
  readonly typeDesignator?: string;
  readonly operator?: string;
  readonly registrations: readonly StatedValue[];
  readonly typeDesignators: readonly StatedValue[];
  readonly operators: readonly StatedValue[];
  /** One sentence each, without a full stop; empty when nothing disagrees. */
  readonly conflicts: readonly string[];
}

/**
 * Gathers what is known of an address: its State's block, its State's numbering rule and what sources state. Stated
 * values are kept as stated (registrations in their painted form); a rule fills a hole and never replaces a statement.
 *
 * @param stated identities of this and other addresses; others are ignored
 */
export function describeAircraft(
  address: Address,
  stated: readonly Identity[],
): AircraftDescription {
  const own = stated.filter((identity) => identity.address === address);
  const registrations = gather(own, (one) =>
    one.registration === undefined ? undefined : normalRegistration(one.registration),
  );
  const typeDesignators = gather(own, (one) => canonicalType(one.typeDesignator));
  const operators = gather(own, (one) => one.operator?.trim());
  const state = stateOfAddress(address);
  const stateless = statelessReason(address);
  const military = isMilitaryAddress(address);
  const typeDesignator = onlyValue(typeDesignators);
  const operator = onlyValue(operators);
  return {
    address,
    ...(state && { state }),
    ...(stateless !== undefined && { stateless }),
    ...(military && { military }),
    ...chooseRegistration(address, registrations),
    ...(typeDesignator !== undefined && { typeDesignator }),
    ...(operator !== undefined && { operator }),
    registrations,
    typeDesignators,
    operators,
    conflicts: findConflicts({ address, own, registrations, typeDesignators, operators }),
  };
}

/** T214 and T204 are one designator: different spellings of a type are no conflict. */
function canonicalType(designator: string | undefined): string | undefined {
  const text = designator?.trim().toUpperCase();
  return text ? (findType(text)?.designator ?? text) : undefined;
}

function gather(
  identities: readonly Identity[],
  read: (identity: Identity) => string | undefined,
): StatedValue[] {
  const sourcesByValue = new Map<string, string[]>();
  for (const identity of identities) {
    const value = read(identity);
    if (!value) continue;
    const sources = sourcesByValue.get(value) ?? [];
    if (!sources.includes(identity.source)) sources.push(identity.source);
    sourcesByValue.set(value, sources);
  }
  return [...sourcesByValue].map(([value, sources]) => ({ value, sources }));
}

function onlyValue(values: readonly StatedValue[]): string | undefined {
  return values.length === 1 ? values[0]!.value : undefined;
}

function chooseRegistration(
  address: Address,
  registrations: readonly StatedValue[],
): Pick<AircraftDescription, "registration" | "registrationBasis"> {
  const stated = onlyValue(registrations);
  if (stated !== undefined) return { registration: stated, registrationBasis: "stated" };
  if (registrations.length > 1) return { registrationBasis: "conflict" };
  const ruled = registrationFromAddress(address);
  return ruled === undefined
    ? { registrationBasis: "none" }
    : { registration: ruled, registrationBasis: "rule" };
}

interface Gathered {
  readonly address: Address;
  readonly own: readonly Identity[];
  readonly registrations: readonly StatedValue[];
  readonly typeDesignators: readonly StatedValue[];
  readonly operators: readonly StatedValue[];
}

function findConflicts(gathered: Gathered): string[] {
  const { address, own } = gathered;
  const conflicts: string[] = [];
  const several: readonly (readonly [string, readonly StatedValue[], (one: Identity) => string])[] =
    [
      ["registration", gathered.registrations, (one) => normalRegistration(one.registration ?? "")],
      ["type", gathered.typeDesignators, (one) => canonicalType(one.typeDesignator) ?? ""],
      ["operator", gathered.operators, (one) => one.operator?.trim() ?? ""],
    ];
  for (const [what, values, read] of several) {
    if (values.length < 2 || !overlap(own, read)) continue;
    const list = values.map(({ value, sources }) => `${value} (${sources.join(", ")})`).join("; ");
    conflicts.push(`sources differ on the ${what} of ${address}: ${list}`);
  }
  for (const { value, sources } of gathered.registrations) {
    const check = checkIdentity(address, value);
    if (check.verdict !== "mismatch" && check.verdict !== "state-mismatch") continue;
    conflicts.push(`${check.sentence} (${value} according to ${sources.join(", ")})`);
  }
  if (isNonIcao(address) && gathered.registrations.length > 0)
    conflicts.push(`${address} is not an ICAO address; no registration can be tied to it`);
  return conflicts;
}

/** @returns true when two identities with different values can hold at one time */
function overlap(own: readonly Identity[], read: (one: Identity) => string): boolean {
  const dated = own
    .map((one) => ({
      value: read(one),
      fromMs: one.validFromMs ?? Number.NEGATIVE_INFINITY,
      toMs: one.validToMs ?? Number.POSITIVE_INFINITY,
    }))
    .filter(({ value }) => value !== "");
  return dated.some((a) =>
    dated.some((b) => a.value !== b.value && a.fromMs < b.toMs && b.fromMs < a.toMs),
  );
}
