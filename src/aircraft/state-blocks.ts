import { type Address, addressValue, isNonIcao } from "./address.js";
import {
  ICAO_BLOCKS,
  MILITARY_RANGES,
  STATE_BLOCKS,
  STATE_NOTES,
  TERRITORY_BLOCKS,
} from "./state-blocks-table.js";

/** The State (or territory) whose block an address lies in; never where the aircraft is, or who owns it. */
export interface AddressState {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly note?: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanWith<T extends Span>(spans: readonly T[], value: number): T | undefined {
  return spans.find((span) => value >= span.start && value <= span.end);
}

/**
 * State of registration as the address block says it.
 *
 * @returns undefined for "~" addresses, for ICAO's own blocks and for addresses no State holds
 *
 * Source: ICAO Annex 10, Vol. III, part I, table 9-1; see state-blocks-table.ts.
 */
export function stateOfAddress(address: Address): AddressState | undefined {
  if (isNonIcao(address)) return undefined;
  const value = addressValue(address);
  const territory = spanWith(TERRITORY_BLOCKS, value);
  const block = territory ?? spanWith(STATE_BLOCKS, value);
  if (!block) return undefined;
  const note = block.note ?? STATE_NOTES[block.country];
  return note === undefined ? { country: block.country } : { country: block.country, note };
}

/** @returns why an address has no State, one clause; undefined when it has one */
export function statelessReason(address: Address): string | undefined {
  if (isNonIcao(address)) return "not an ICAO address (marked ~): it names no airframe";
  const value = addressValue(address);
  if (spanWith(ICAO_BLOCKS, value)) return "in a block ICAO keeps for temporary or special use";
  return stateOfAddress(address) ? undefined : "in no block given to a State";
}

/** A range of addresses that is military by all that is known of it. */
export interface MilitaryAddress {
  readonly country: string;
  readonly source: string;
}

/**
 * Whether the address lies in a range that is known to be military. Many military aircraft fly under addresses outside
 * such ranges (all Russian ones do), so undefined says nothing.
 *
 * @returns undefined when it is in no such range, and for "~" addresses
 */
export function isMilitaryAddress(address: Address): MilitaryAddress | undefined {
  if (isNonIcao(address)) return undefined;
  const range = spanWith(MILITARY_RANGES, addressValue(address));
  if (!range) return undefined;
  const share = `${range.military} of ${range.known} known airframes in it are listed as military`;
  const why = range.country === "US" ? "above the last N-number (N99999 = adf7c7); " : "";
  return {
    country: range.country,
    source: `${why}range in use among receiver operators; ${share}`,
  };
}

/** Territories without a block of their own, and the State whose block serves them. */
const BLOCK_HOLDER: Readonly<Record<string, string>> = {
  AI: "GB",
  BM: "GB",
  FK: "GB",
  GG: "GB",
  GI: "GB",
  IM: "GB",
  JE: "GB",
  KY: "GB",
  MS: "GB",
  SH: "GB",
  TC: "GB",
  VG: "GB",
  AW: "NL",
  BQ: "NL",
  CW: "NL",
  SX: "NL",
  HK: "CN",
  MO: "CN",
  FO: "DK",
  GL: "DK",
  GF: "FR",
  GP: "FR",
  MQ: "FR",
  NC: "FR",
  PF: "FR",
  RE: "FR",
};

/** @returns the State whose block serves a country or territory: "GB" for "BM", itself for a State */
export function blockHolder(country: string): string {
  return BLOCK_HOLDER[country] ?? country;
}

/** @returns true when the State has an address block, so that an address can speak for or against it */
export function hasBlock(country: string): boolean {
  const holder = blockHolder(country);
  return STATE_BLOCKS.some((block) => block.country === holder);
}
