declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/**
 * What an aircraft is heard under: six lower-case hex digits, "4ca7b3". A leading "~" marks an address that is
 * not an ICAO one (TIS-B track numbers, anonymous ADS-R, ground vehicles), which names no airframe.
 */
export type Address = Branded<string, "Address">;

/** @returns undefined when `text` is no address an aircraft may be heard under */
export function parseAddress(text: string): Address | undefined {
  const address = text.trim().toLowerCase();
  // All zeros and all ones are never assigned (ICAO Annex 10, Vol. III, part I, chapter 9).
  if (!/^~?[0-9a-f]{6}$/.test(address) || address === "000000" || address === "ffffff")
    return undefined;
  return address as Address;
}

/** @returns true for "~" addresses, which belong to no State and identify no airframe */
export function isNonIcao(address: Address): boolean {
  return address.startsWith("~");
}

/** @returns the 24-bit value; a "~" address gives its value without the mark */
export function addressValue(address: Address): number {
  return Number.parseInt(address.replace("~", ""), 16);
}
