import { type Address, addressValue } from "../aircraft/address.js";

/** Which aircraft a day was asked for: all, or these, sorted. */
export type Asked = "all" | readonly Address[];

/** @returns what both ask for */
export function joinAsked(one: Asked, other: Asked): Asked {
  if (one === "all" || other === "all") return "all";
  return [...new Set([...one, ...other])].sort();
}

/** @returns true when `wide` asks for everything that `narrow` does */
export function covers(wide: Asked, narrow: Asked): boolean {
  if (wide === "all") return true;
  return narrow !== "all" && narrow.every((address) => wide.includes(address));
}

/**
 * Folder of an aircraft in an archive's day: the last two digits of its address.
 *
 * Source: readsb, trace files.
 */
export function traceFolder(address: Address): string {
  return address.slice(-2);
}

/** Place of an aircraft's trace below its source's folder: "2025/10/01/traces/78/trace_full_154078.json". */
export function tracePath(day: string, address: Address): string {
  return `${day.replaceAll("-", "/")}/${pathInDay(address)}`;
}

/** Place of an aircraft's trace below the folder of its day. */
export function pathInDay(address: Address): string {
  return `traces/${traceFolder(address)}/trace_full_${address}.json`;
}

/** Folders of traces an archive's whole day has: one for each value of the last two digits. */
export const TRACE_FOLDERS = 256;

/** Which of those folders were met in an archive. */
export class FolderSet {
  readonly #seen: Uint8Array;

  /** @param text from `toString` */
  constructor(text = "") {
    this.#seen = new Uint8Array(TRACE_FOLDERS);
    for (let i = 0; i < TRACE_FOLDERS; i++) this.#seen[i] = text[i] === "1" ? 1 : 0;
  }

  add(address: Address): void {
    this.#seen[addressValue(address) & 255] = 1;
  }

  get count(): number {
    return this.#seen.reduce((sum, one) => sum + one, 0);
  }

  toString(): string {
    return this.#seen.join("");
  }
}
