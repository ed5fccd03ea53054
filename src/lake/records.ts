import { type Address, addressValue, isNonIcao } from "../aircraft/address.js";
import type { StatedIdentity, Track } from "../track/track.js";

/** Issues of one kind in one input: how many, and the first few. */
export interface IssueTally {
  /** "latitude-out-of-range" */
  readonly kind: string;
  readonly count: number;
  /** Row inside the input from 0, -1 when it concerns the whole input. */
  readonly examples: readonly { readonly row: number; readonly detail: string }[];
}

/** One line of the ledger: an input file (or archive member) as it was read. */
export interface InputRecord {
  readonly sha256: string;
  readonly file: string;
  readonly format: string;
  readonly byteCount: number;
  readonly rowCount: number;
  readonly keptCount: number;
  readonly issues: readonly IssueTally[];
  /** Times of its first and last point; NaN when it gave none. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** False when the input was cut off in the middle. */
  readonly complete: boolean;
  /** "" when unknown. */
  readonly licence: string;
  readonly simulated: boolean;
  /** False when the lake did not keep its positions; left out when it did. Says nothing on the way into a lake. */
  readonly positionsKept?: boolean | undefined;
}

/** What one input says of one aircraft. */
export interface IdentityRecord {
  readonly inputSha256: string;
  readonly address: Address;
  readonly stated: StatedIdentity;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly pointCount: number;
}

/** What is added in one step: all of it or nothing. */
export interface IngestBatch {
  readonly inputs: readonly InputRecord[];
  /** Every source of every track is one of `inputs`, or already in the lake. */
  readonly tracks: readonly Track[];
}

export type { BoundingBox } from "../geo/box.js";

/** First and last time a lake takes: those whose year has four digits, as the names of folders need it. */
export const FIRST_MS = Date.UTC(-1, 12);
export const LAST_MS = Date.UTC(10_000) - 1;

/** Bit 24 of `hex` marks an address that is no ICAO one. */
const NON_ICAO = 1 << 24;

/** @returns the `hex` column's value of an address */
export function hexFromAddress(address: Address): number {
  return addressValue(address) + (isNonIcao(address) ? NON_ICAO : 0);
}

/** @returns the address a `hex` column's value stands for */
export function addressFromHex(hex: number): Address {
  const digits = (hex % NON_ICAO).toString(16).padStart(6, "0");
  return (hex >= NON_ICAO ? `~${digits}` : digits) as Address;
}
