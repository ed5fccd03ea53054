import type { Address } from "../aircraft/address.js";
import { normalRegistration } from "../aircraft/registration.js";
import type { Lake } from "../lake/lake.js";
import { utcDay } from "../units/time.js";
import { onceForState } from "./once-for-state.js";

/** An aircraft of the lake as searches find it. */
export interface IndexedAircraft {
  readonly address: Address;
  /** As the inputs state it, the last one first; "" when none does. */
  readonly registration: string;
  readonly typeDesignator: string;
  readonly operator: string;
  readonly firstDay: string;
  readonly lastDay: string;
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
  const found = new Map<Address, { stated: IndexedAircraft; firstMs: number; lastMs: number }>();
  for (const { address, stated, firstMs, lastMs } of await lake.identities()) {
    const before = found.get(address);
    const first = Math.min(firstMs, before?.firstMs ?? firstMs);
    const last = Math.max(lastMs, before?.lastMs ?? lastMs);
    found.set(address, {
      firstMs: first,
      lastMs: last,
      stated: {
        address,
        registration: stated.registration ?? before?.stated.registration ?? "",
        typeDesignator: stated.typeDesignator ?? before?.stated.typeDesignator ?? "",
        operator: stated.operator ?? before?.stated.operator ?? "",
        firstDay: dayOrNone(first),
        lastDay: dayOrNone(last),
      },
    });
  }
  return [...found.values()]
    .map(({ stated }) => stated)
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function dayOrNone(timeMs: number): string {
  return Number.isFinite(timeMs) ? utcDay(timeMs) : "";
}

/** @returns true when a registration, as people type it, begins so */
export function beginsSo(registration: string, typed: string): boolean {
  return registration !== "" && plain(registration).startsWith(plain(typed));
}

/** Without the dash, which people leave out. */
function plain(registration: string): string {
  return normalRegistration(registration).replaceAll("-", "");
}
