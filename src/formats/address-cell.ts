import { type Address, parseAddress } from "../aircraft/address.js";

/** An address as an export holds it, or why that is none. */
export type AddressCell =
  | { readonly address: Address; readonly wrong?: undefined }
  | { readonly address?: undefined; readonly wrong: string };

/**
 * Reads an address out of a cell or a JSON value. What a spreadsheet made of one is refused, as what it was cannot be
 * known: "400e22" becomes 4.00E+24, "00a1b2" loses its zeros only if it holds no letter, "012345" becomes 12345.
 *
 * @returns the address, or a sentence without a full stop that says what to do
 */
export function readAddressCell(value: unknown): AddressCell {
  if (typeof value === "number") return { wrong: `${value} is a number; ${SPREADSHEET}` };
  if (typeof value !== "string") return { wrong: "no aircraft address" };
  const plain = value.length <= 7 ? parseAddress(value) : undefined;
  if (plain !== undefined) return { address: plain };
  const text = value.replaceAll("\0", "").trim();
  const address = parseAddress(text.replace(/^0x/i, ""));
  if (address) return { address };
  const shown = JSON.stringify(text.slice(0, SHOWN_LETTERS));
  if (text === "") return { wrong: "the aircraft address is empty" };
  if (/^[+-]?\d+([.,]\d*)?(e[+-]?\d+)?$/i.test(text)) {
    return { wrong: `${shown} has become a number; ${SPREADSHEET}` };
  }
  return { wrong: `${shown} is no aircraft address` };
}

const SPREADSHEET =
  "a spreadsheet does that to addresses, and the zeros and letters it took are lost: use the file as downloaded";
const SHOWN_LETTERS = 24;
