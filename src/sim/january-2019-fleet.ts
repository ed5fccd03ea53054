import { type Address, parseAddress } from "../aircraft/address.js";
import { SIM_PERFORMANCE, type SimAircraft, type SimType } from "./sim-aircraft.js";

const TYPE_NAMES: Readonly<Record<SimType, string>> = {
  IL96: "ILYUSHIN Il-96",
  A124: "ANTONOV An-124",
  IL76: "ILYUSHIN Il-76",
  B752: "BOEING 757-200",
  A321: "AIRBUS A-321",
  A320: "AIRBUS A-320",
  B738: "BOEING 737-800",
  E190: "EMBRAER ERJ-190",
  A333: "AIRBUS A-330-300",
  B788: "BOEING 787-8",
  AT72: "ATR ATR-72",
};
/** The operator of the invented state aircraft, as fleet file and traces name it. */
export const STATE_OPERATOR = "SIMULATED Russian state fleet";

/**
 * One invented aircraft. Russian registrations RA-nnnnn take address 0x140000 + nnnnn, as real ones do.
 *
 * @param hex six digits
 * @throws RangeError when `hex` is no address
 */
export function inventAircraft(
  hex: string,
  registration: string,
  type: SimType,
  owner: { readonly operator: string; readonly military?: boolean },
): SimAircraft {
  return {
    address: addressOf(hex),
    registration,
    typeDesignator: type,
    description: TYPE_NAMES[type],
    operator: owner.operator,
    military: owner.military ?? false,
    performance: SIM_PERFORMANCE[type],
  };
}

function addressOf(hex: string): Address {
  const address = parseAddress(hex);
  if (!address) throw new RangeError(`no aircraft address: ${hex}`);
  return address;
}

const STATE = { operator: STATE_OPERATOR };
const STATE_MILITARY = { operator: STATE_OPERATOR, military: true };

/** The aircraft the demo is about. No public list of aircraft held these numbers when they were chosen (2026). */
export const IL96 = inventAircraft("1403c0", "RA-00960", "IL96", STATE);
export const AN124 = inventAircraft("14007c", "RA-00124", "A124", STATE_MILITARY);
export const IL76_FIRST = inventAircraft("1402f9", "RA-00761", "IL76", STATE_MILITARY);
export const IL76_SECOND = inventAircraft("1402fa", "RA-00762", "IL76", STATE_MILITARY);
export const STATE_AIRCRAFT: readonly SimAircraft[] = [IL96, AN124, IL76_FIRST, IL76_SECOND];

/** Charters into Havana: no state aircraft. */
export const CHARTER_B752 = inventAircraft("1402f5", "RA-00757", "B752", {
  operator: "SIMULATED charter airline",
});
export const CHARTER_A321 = inventAircraft("0c4f21", "HI-SIM21", "A321", {
  operator: "SIMULATED charter airline (Dominican Republic)",
});

/**
 * The demo's fleet file: the simulated Russian state aircraft, every row marked as simulated.
 *
 * @returns CSV with a header line, lines end in "\n"
 */
export function demoFleetCsv(): string {
  const header = "hex,registration,type,operator,state,category,valid_from,valid_to,source,note";
  const rows = STATE_AIRCRAFT.map((aircraft) =>
    [
      aircraft.address,
      aircraft.registration,
      aircraft.typeDesignator,
      aircraft.operator,
      "RU",
      aircraft.military ? "military" : "government",
      "2018-12-01",
      "2019-02-01",
      "wheelsdown simulator",
      "SIMULATED: this aircraft does not exist",
    ].join(","),
  );
  return `${[header, ...rows].join("\n")}\n`;
}
