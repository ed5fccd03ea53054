import type { Address } from "../aircraft/address.js";
import { type AreaTest, areaTest } from "../journey/area-test.js";
import { asksForAll, isAskedFor, type KnownAircraft } from "../journey/select-aircraft.js";
import { type Placed, type PlaceQuestion, placeLanding } from "../journey/where.js";
import type { Lake } from "../lake/lake.js";
import { type MovementRow, movementFromRow } from "../lake/movement-row.js";
import type { Movement, MovementKind } from "../movement/movement.js";
import { asksForCoverage } from "../movement/weigh-coverage.js";
import type { AirportTable } from "../place/airport.js";
import { once } from "../place/airport-rows.js";
import type { MovementIdentity } from "../report/shapes.js";
import { atPlace } from "./known-identity.js";
import type { Question } from "./question.js";
import {
  Histories,
  type LakeWeigher,
  movementKey,
  weighedHistories,
  weighedMovements,
} from "./weigh-lake.js";
import { withholdingOf } from "./withhold.js";

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
  /** Aircraft asked for that the lake has heard in the period; NaN when nobody asked for their number. */
  readonly heardCount: number;
}

/** What `askForLandings` works with. */
export interface LandingTools {
  readonly airports: AirportTable;
  readonly weigher: LakeWeigher;
  /** Which kinds of movement; landings and touch-and-goes when left out. */
  readonly kinds?: readonly MovementKind[] | undefined;
  /** Whether `heardCount` is wanted, which is another question to the lake; true when left out. */
  readonly countsHeard?: boolean | undefined;
}

const LANDING_KINDS: readonly MovementKind[] = ["landing", "touch-and-go"];

/**
 * Asks a lake for landings, or for other kinds of movement: by aircraft, by time, by place. Coverage weighs in on those
 * that nobody saw.
 */
export async function askForLandings(
  lake: Lake,
  asked: Question,
  { airports, weigher, kinds = LANDING_KINDS, countsHeard = true }: LandingTools,
): Promise<LandingAnswer> {
  const military = await militaryAddresses(lake, asked);
  const { fromMs, toMs, aircraft } = asked;
  const test = asked.place && areaTest(asked.place);
  const place = asked.place && test && { ...asked.place, ...quickly(test) };
  const question = { ...asked, place };
  const addresses = listOf(asked);
  const { unsifted, isPrivate, sift } = withholdingOf(lake);
  const all = { fromMs, toMs, addresses, includeGapStops: true };
  // Of some aircraft at any time the answer's own rows are whole histories, and need not be read again to be weighed.
  const isWhole = addresses !== undefined && fromMs === undefined && toMs === undefined;
  const histories = isWhole && weigher.source().kind !== "off" ? new Histories() : undefined;
  // Where the lake itself can tell which aircraft are meant, it need not give every movement to count them.
  const isTold = !histories && asksByAddressOnly(aircraft);
  const counting = isTold && countsHeard ? lake.moved(all) : undefined;
  counting?.catch(() => undefined);
  const found: (FoundLanding | HeldLanding)[] = [];
  const heard = new Set<Address>();
  const about = test && { boxes: test.boxes, concerns: airportTest(test, airports) };
  // What is withheld is placed as well: only so can be told how much of it there is.
  const rows = unsifted.movements(isTold ? { ...all, kinds, about } : all);
  for await (const row of rows) {
    const known = once(() => movementFromRow(row, (ident) => airports.find(ident)));
    histories?.add(known());
    if (!isAskedFor(aircraft, knownFrom(row, military))) continue;
    if (!isPrivate(row.address)) heard.add(row.address);
    if (!kinds.includes(row.kind)) continue;
    const movement = known();
    if (isOpen(movement, question)) found.push({ row, movement });
    else found.push(...placedLanding(row, movement, { question, airports }));
  }
  const held = found.filter((one) => "row" in one);
  const weighed = histories
    ? await weighedHistories(histories.lists(addressesOf(held)), { weigher })
    : await weighedMovements(lake, movementsOf(held), { weigher, airports });
  const landings: FoundLanding[] = [];
  const unknownPlace: FoundLanding[] = [];
  for (const one of found) {
    const placed =
      "row" in one
        ? placedLanding(one.row, weighed.get(movementKey(one.movement)) ?? one.movement, {
            question,
            airports,
          })
        : [one];
    for (const each of placed) {
      const isPlaced = each.placed.relation !== "unknown";
      if (sift(each.movement.address, isPlaced)) (isPlaced ? landings : unknownPlace).push(each);
    }
  }
  const heardCount = counting ? (await counting).length : heard.size;
  return { landings, unknownPlace, heardCount: countsHeard ? heardCount : Number.NaN };
}

/** What makes a question about a place quick for very many landings. */
function quickly({ holds }: AreaTest): Pick<PlaceQuestion, "holds" | "placedAirports"> {
  return { holds, placedAirports: new Map() };
}

/** @returns whether an airport is of the place; each is looked up once */
function airportTest(test: AreaTest, airports: AirportTable): (ident: string) => boolean {
  const known = new Map<string, boolean>();
  return (ident) => {
    let isOfPlace = known.get(ident);
    if (isOfPlace === undefined) {
      const airport = airports.find(ident);
      // One that the table lacks is told of when its movement is made.
      isOfPlace = airport === undefined || test.holds(airport.latDeg, airport.lonDeg);
      known.set(ident, isOfPlace);
    }
    return isOfPlace;
  };
}

/** A landing whose fields coverage may weigh anew before it is placed. */
interface HeldLanding {
  readonly row: MovementRow;
  readonly movement: Movement;
}

function addressesOf(held: readonly HeldLanding[]): ReadonlySet<Address> {
  return new Set(held.map(({ row }) => row.address));
}

function movementsOf(held: readonly HeldLanding[]): Movement[] {
  return held.map(({ movement }) => movement);
}

/** Whether weighing could change what is answered: a landing elsewhere stays there unless one of its fields is here. */
function isOpen(movement: Movement, { place }: Question): boolean {
  if (!asksForCoverage([movement])) return false;
  if (!place || placeLanding(movement, place).relation !== "elsewhere") return true;
  return movement.candidates.some(({ airport }) => {
    const there = { ...movement, airport, candidates: [{ airport, probability: 1 }] };
    return placeLanding(there, place).relation !== "elsewhere";
  });
}

/** @returns the landing with its place; nothing when it is elsewhere */
function placedLanding(
  row: MovementRow,
  movement: Movement,
  { question, airports }: { readonly question: Question; readonly airports: AirportTable },
): FoundLanding[] {
  const placed: Placed = question.place
    ? placeLanding(movement, question.place)
    : { relation: "in" };
  if (placed.relation === "elsewhere") return [];
  const { registration, typeDesignator } = row;
  const identity = atPlace({ registration, typeDesignator }, movement, airports);
  return [{ movement, identity, placed }];
}

/** Aircraft that a question asks for and the lake knows, by address; those that are withheld are counted. */
export async function askForAircraft(lake: Lake, question: Question): Promise<Address[]> {
  const { unsifted, sift } = withholdingOf(lake);
  return (await aircraftAskedFor(unsifted, question)).filter((address) => sift(address));
}

async function aircraftAskedFor(lake: Lake, question: Question): Promise<Address[]> {
  if (asksForAll(question.aircraft)) return lake.addresses();
  const { aircraft } = question;
  const present = new Set(await lake.addresses());
  if (aircraft.addresses && asksByAddressOnly(aircraft))
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

/** Nothing but addresses narrows the choice: the lake itself can tell which aircraft are meant. */
function asksByAddressOnly(aircraft: Question["aircraft"]): boolean {
  return Object.entries(aircraft).every(
    ([key, value]) => key === "addresses" || value === undefined,
  );
}

function listOf({ aircraft }: Question): Address[] | undefined {
  return aircraft.addresses && [...aircraft.addresses];
}

/** Addresses that an input of the lake states as military, when the question asks for those. */
export async function militaryAddresses(
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
