import type { Address } from "../aircraft/address.js";
import type { Fleet, FleetEntry } from "../aircraft/fleet.js";
import { addressFromRegistration } from "../aircraft/registration.js";
import type { Asked } from "../fetch/asked.js";
import { fleetByWord } from "../query/fleets.js";
import { readHexes } from "../query/question.js";
import { counted } from "../units/counted.js";
import { WheelsdownError } from "../units/errors.js";
import { DAY_MS } from "../units/quantity.js";
import type { Terminal } from "./terminal.js";

/** Options that say which aircraft to fetch, as commander gives them. */
export interface FetchAircraftOptions {
  readonly hex?: readonly string[];
  readonly fleet?: readonly string[];
  readonly all?: boolean;
}

/** Which aircraft to fetch. */
export interface FetchAircraft {
  /** Those of a day: a fleet's members change with its dates. */
  askedOn(day: string): Asked;
}

/** @throws WheelsdownError "usage" when no aircraft is given, or as `fleetByWord` */
export async function readFetchAircraft(
  options: FetchAircraftOptions,
  terminal: Terminal,
): Promise<FetchAircraft> {
  if (options.all) return { askedOn: () => "all" };
  if (!options.hex && !options.fleet) {
    throw new WheelsdownError(
      "usage",
      "which aircraft? give --hex or --fleet; `wheelsdown aircraft REGISTRATION` shows addresses",
    );
  }
  const hexes = readHexes(options);
  const members: Member[] = [];
  for (const word of options.fleet ?? [])
    members.push(...membersOf(await fleetByWord(word, terminal), terminal));
  if (hexes.size + members.length === 0)
    throw new WheelsdownError("usage", "no aircraft with a known address is asked for");
  return {
    askedOn(day) {
      const onDay = members.filter(({ entry }) => isMemberOn(entry, day));
      return [...new Set([...hexes, ...onDay.map(({ address }) => address)])].sort();
    },
  };
}

interface Member {
  readonly address: Address;
  readonly entry: FleetEntry;
}

function membersOf(fleet: Fleet, terminal: Terminal): Member[] {
  const members = fleet.entries.flatMap((entry): Member[] => {
    const address =
      entry.address ?? (entry.registration && addressFromRegistration(entry.registration));
    return address ? [{ address, entry }] : [];
  });
  const lostCount = fleet.entries.length - members.length;
  if (lostCount > 0) {
    const which = counted(lostCount, "aircraft of it has", "aircraft of it have");
    terminal.warn(`${fleet.name}: ${which} no known address and cannot be fetched`);
  }
  return members;
}

/** True when any moment of the day is inside the dates; open dates are NaN and never exclude. */
function isMemberOn({ validFromMs, validToMs }: FleetEntry, day: string): boolean {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return !(startMs + DAY_MS <= validFromMs) && !(startMs >= validToMs);
}
