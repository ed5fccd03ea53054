import type { Address } from "../aircraft/address.js";
import type { Identity } from "../aircraft/identity.js";
import type { Lake } from "../lake/lake.js";
import { knownFleets } from "./fleets.js";
import type { Notices } from "./notices.js";

/** What the fleets known by name say of an address. */
export async function fleetIdentities(address: Address, notices: Notices): Promise<Identity[]> {
  return (await knownFleets(notices)).flatMap(({ name, entries }) =>
    entries
      .filter((entry) => entry.address === address)
      .map((entry) => ({
        address,
        ...(entry.registration && { registration: entry.registration }),
        ...(entry.typeDesignator && { typeDesignator: entry.typeDesignator }),
        operator: entry.operator,
        source: `fleet ${name}${entry.source ? `: ${entry.source}` : ""}`,
      })),
  );
}

/** What the inputs of a lake say of an address, each with its hash. */
export async function lakeIdentities(address: Address, lake: Lake): Promise<Identity[]> {
  return (await lake.identities(address)).map(({ stated, inputSha256 }) => ({
    address,
    ...(stated.registration && { registration: stated.registration }),
    ...(stated.typeDesignator && { typeDesignator: stated.typeDesignator }),
    ...(stated.operator && { operator: stated.operator }),
    source: `input ${inputSha256.slice(0, 12)}`,
  }));
}
