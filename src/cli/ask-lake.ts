import type { Address } from "../aircraft/address.js";
import { asksForAll, isAskedFor, type KnownAircraft } from "../journey/select-aircraft.js";
import { type Placed, placeLanding } from "../journey/where.js";
import type { Lake } from "../lake/lake.js";
import { type MovementRow, movementFromRow } from "../lake/movement-row.js";
import type { Movement } from "../movement/movement.js";
import { asksForCoverage } from "../movement/weigh-coverage.js";
import type { AirportTable } from "../place/airport.js";
import type { MovementIdentity } from "../report/shapes.js";
import type { Question } from "./question.js";
import { type LakeWeigher, movementKey, weighedMovements } from "./weigh-lake.js";

/** A landing that answers a question, with where it was and whose it was. */
export interface FoundLanding {
  readonly movement: Movement;
  readonly identity: MovementIdentity;
  readonly placed: Placed;
}

/** What the lake says to a question about landings. "unknown" ones are those that no place can be given to. */
export interface LandingAnswer {
  readonly landings: readonly FoundLanding[];
  readonly unknownPlace: readonly FoundLanding[];
  /** Aircraft asked for that the lake has heard in the period. */
  readonly heardCount: number;
}

/** Asks a lake for landings: by aircraft, by time, by place. Coverage weighs in on those that nobody saw. */
export async function askForLandings(
  lake: Lake,
  question: Question,
  { airports, weigher }: { readonly airports: AirportTable; readonly weigher: LakeWeigher },
): Promise<LandingAnswer> {
  const military = await militaryAddresses(lake, question);
  const found: { row: MovementRow; movement: Movement }[] = [];
  const heard = new Set<Address>();
  const { fromMs, toMs } = question;
  const rows = lake.movements({ fromMs, toMs, addresses: listOf(question), includeGapStops: true });
  for await (const row of rows) {
    if (!isAskedFor(question.aircraft, knownFrom(row, military))) continue;
    heard.add(row.address);
    if (row.kind !== "landing" && row.kind !== "touch-and-go") continue;
    found.push({ row, movement: movementFromRow(row, (ident) => airports.find(ident)) });
  }
  const silent = found.filter(({ movement }) => asksForCoverage([movement]));
  const addresses = [...new Set(silent.map(({ row }) => row.address))];
  const weighed = await weighedMovements(lake, addresses, { weigher, airports });
  const landings: FoundLanding[] = [];
  const unknownPlace: FoundLanding[] = [];
  for (const { row, movement: stored } of found) {
    const movement = weighed.get(movementKey(stored)) ?? stored;
    const placed: Placed = question.place
      ? placeLanding(movement, question.place)
      : { relation: "in" };
    if (placed.relation === "elsewhere") continue;
    const identity = {
      registration: row.registration,
      typeDesignator: row.typeDesignator,
      timeZone: movement.airport && airports.timeZoneOf(movement.airport),
    };
    (placed.relation === "unknown" ? unknownPlace : landings).push({ movement, identity, placed });
  }
  return { landings, unknownPlace, heardCount: heard.size };
}

/** Aircraft that a question asks for and the lake knows, by address. */
export async function askForAircraft(lake: Lake, question: Question): Promise<Address[]> {
  if (asksForAll(question.aircraft)) return lake.addresses();
  const { aircraft } = question;
  const present = new Set(await lake.addresses());
  const onlyAddresses = Object.entries(aircraft).every(
    ([key, value]) => key === "addresses" || value === undefined,
  );
  if (aircraft.addresses && onlyAddresses)
    return [...aircraft.addresses].filter((address) => present.has(address));
  const military = await militaryAddresses(lake, question);
  const found = new Set<Address>();
  const { fromMs, toMs } = question;
  for await (const row of lake.movements({
    fromMs,
    toMs,
    addresses: listOf(question),
    includeGapStops: true,
  })) {
    if (isAskedFor(aircraft, knownFrom(row, military))) found.add(row.address);
  }
  // An aircraft heard but never heard to move has no movement to be found by; callsigns are known from movements only.
  for (const { address, stated, firstMs } of await lake.identities()) {
    if (aircraft.callsign || aircraft.operatorPrefix || found.has(address)) continue;
    const { registration, typeDesignator } = stated;
    const known = {
      address,
      registration,
      typeDesignator,
      callsign: "",
      timeMs: firstMs,
      statedMilitary: stated.military ?? false,
    };
    if (isAskedFor(aircraft, known)) found.add(address);
  }
  return [...found].sort();
}

function listOf({ aircraft }: Question): Address[] | undefined {
  return aircraft.addresses && [...aircraft.addresses];
}

async function militaryAddresses(
  lake: Lake,
  { aircraft }: Question,
): Promise<ReadonlySet<Address>> {
  if (!aircraft.military) return new Set();
  const identities = await lake.identities();
  return new Set(identities.filter(({ stated }) => stated.military).map(({ address }) => address));
}

function knownFrom(row: MovementRow, military: ReadonlySet<Address>): KnownAircraft {
  const { address, registration, typeDesignator, callsign, timeMs } = row;
  return {
    address,
    registration,
    typeDesignator,
    callsign,
    timeMs,
    statedMilitary: military.has(address),
  };
}
