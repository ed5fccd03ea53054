import type { Address } from "../aircraft/address.js";
import { normalRegistration } from "../aircraft/registration.js";
import type { Lake } from "../lake/lake.js";
import { onceForState } from "./once-for-state.js";

/** An aircraft of the lake as searches find it. */
export interface IndexedAircraft {
  readonly address: Address;
  /** As the inputs state it, the last one first; "" when none does. */
  readonly registration: string;
  readonly typeDesignator: string;
  readonly operator: string;
  /** When it was first and last heard, milliseconds since 1970 UTC; not finite when never. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Aircraft of a lake in memory, for searches at every key that is pressed. */
export interface AircraftIndex {
  /** In order of address; read again when the lake has changed. */
  all(): Promise<readonly IndexedAircraft[]>;
}

/** @returns an index that is made at the first search */
export function aircraftIndex(lake: Lake): AircraftIndex {
  return { all: onceForState(lake, readIndex) };
}

async function readIndex(lake: Lake): Promise<readonly IndexedAircraft[]> {
  const found = new Map<Address, IndexedAircraft>();
  for (const { address, stated, firstMs, lastMs } of await lake.identities()) {
    const before = found.get(address);
    found.set(address, {
      address,
      registration: stated.registration ?? before?.registration ?? "",
      typeDesignator: stated.typeDesignator ?? before?.typeDesignator ?? "",
      operator: stated.operator ?? before?.operator ?? "",
      firstMs: Math.min(firstMs, before?.firstMs ?? firstMs),
      lastMs: Math.max(lastMs, before?.lastMs ?? lastMs),
    });
  }
  return [...found.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** @returns true when a registration, as people type it, begins so */
export function beginsSo(registration: string, typed: string): boolean {
  return registration !== "" && plain(registration).startsWith(plain(typed));
}

/** @returns true when it is the whole registration, as people type it */
export function isCalledSo(registration: string, typed: string): boolean {
  return registration !== "" && plain(registration) === plain(typed);
}

/** Without the dash, which people leave out. */
function plain(registration: string): string {
  return normalRegistration(registration).replaceAll("-", "");
}
