import type { Address } from "../aircraft/address.js";
import type { Lake } from "../lake/lake.js";
import { movementFromRow } from "../lake/movement-row.js";
import type { Movement } from "../movement/movement.js";
import type { Airport, AirportTable } from "../place/airport.js";
import type { AirportDirectory } from "../place/airport-table.js";
import { type ArrivalJson, arrivalJson } from "../report/arrival-shape.js";
import { WheelsdownError } from "../units/errors.js";
import { askForLandings, type FoundLanding, type LandingTools } from "./ask-lake.js";
import type { Question } from "./question.js";

export type Direction = "arrival" | "departure";

/** A landing at an airport with where the aircraft came from, or a take-off with where it went. */
export interface FoundArrival extends FoundLanding {
  /** The take-off before a landing, the landing after a take-off; undefined when the lake has none. */
  readonly other: Movement | undefined;
}

export interface ArrivalAnswer {
  /** Ascribed to this airport, seen or inferred. */
  readonly named: readonly FoundArrival[];
  /** This airport is one of several that it may have been. */
  readonly possible: readonly FoundArrival[];
  /** Movements that nothing places: neither here nor ruled out. */
  readonly unknownCount: number;
}

const KINDS = {
  arrival: ["landing", "touch-and-go"],
  departure: ["takeoff"],
} as const;

/** Less likely candidates are only listed, as `placeLanding` has it. */
const POSSIBLE_MIN_PROBABILITY = 0.1;

/** @throws WheelsdownError "unknown-name" with the nearest names */
export function airportByWord(word: string, airports: AirportDirectory): Airport {
  const found =
    (word.trim().length === 3 ? airports.findIata(word) : undefined) ?? airports.find(word);
  if (found) return found;
  const near = airports.suggest(word).map(({ ident, name }) => `${ident} (${name})`);
  throw new WheelsdownError(
    "unknown-name",
    `no airport "${word}"${near.length > 0 ? `; nearest: ${near.join(", ")}` : ""}`,
  );
}

/** Who landed at an airport, or took off from it. */
export async function askForArrivals(
  lake: Lake,
  { airport, direction, question }: ArrivalQuestion,
  tools: Omit<LandingTools, "kinds">,
): Promise<ArrivalAnswer> {
  const area = { kind: "airport", airport, label: airport.name } as const;
  const placed = { ...question, place: { area, nearM: 0 } };
  const kinds = KINDS[direction];
  const answer = await askForLandings(lake, placed, { ...tools, kinds });
  // A place "in" an airport is within 5 km of it: what is ascribed to another field there is no arrival here.
  const named = answer.landings.filter(({ movement }) => movement.airport?.ident === airport.ident);
  const possible = answer.landings.filter(
    ({ movement }) =>
      !movement.airport &&
      movement.candidates.some(
        (one) => one.airport.ident === airport.ident && one.probability >= POSSIBLE_MIN_PROBABILITY,
      ),
  );
  const others = await otherEnds(lake, [...named, ...possible], { direction, tools });
  const withOther = (found: FoundLanding): FoundArrival => {
    return { ...found, other: others.get(found) };
  };
  return {
    named: named.map(withOther),
    possible: possible.map(withOther),
    unknownCount: answer.unknownPlace.length,
  };
}

export interface ArrivalQuestion {
  readonly airport: Airport;
  readonly direction: Direction;
  readonly question: Question;
}

async function otherEnds(
  lake: Lake,
  found: readonly FoundLanding[],
  {
    direction,
    tools,
  }: { readonly direction: Direction; readonly tools: Omit<LandingTools, "kinds"> },
): Promise<ReadonlyMap<FoundLanding, Movement>> {
  const { airports, weigher } = tools;
  const addresses = [...new Set(found.map(({ movement }) => movement.address))];
  const ends = new Map<FoundLanding, Movement>();
  if (addresses.length === 0) return ends;
  const histories = new Map<Address, Movement[]>(addresses.map((address) => [address, []]));
  for await (const row of lake.movements({ addresses, includeGapStops: true })) {
    if (row.kind === "landing" || row.kind === "takeoff")
      histories.get(row.address)!.push(movementFromRow(row, (ident) => airports.find(ident)));
  }
  for (const [address, history] of histories)
    histories.set(address, [
      ...(await weigher.weigh(
        history.sort((a, b) => a.timeMs - b.timeMs || (a.kind < b.kind ? -1 : 1)),
      )),
    ]);
  const wanted = direction === "arrival" ? "takeoff" : "landing";
  for (const one of found) {
    const history = histories.get(one.movement.address)!;
    const { timeMs } = one.movement;
    const next =
      direction === "arrival"
        ? history.findLast((movement) => movement.timeMs < timeMs)
        : history.find((movement) => movement.timeMs > timeMs);
    if (next?.kind === wanted) ends.set(one, next);
  }
  return ends;
}

/** The JSON of an answer: what is ascribed to the airport first, then what may have been there. */
export function arrivalShapes(
  answer: ArrivalAnswer,
  {
    airport,
    direction,
    airports,
  }: {
    readonly airport: Airport;
    readonly direction: Direction;
    readonly airports: AirportTable;
  },
): ArrivalJson[] {
  const shaped = (relation: ArrivalJson["relation"]) =>
    answer[relation].map((found) =>
      arrivalJson({
        ...found,
        direction,
        at: airport.ident,
        relation,
        otherTimeZone: found.other?.airport && airports.timeZoneOf(found.other.airport),
      }),
    );
  return [...shaped("named"), ...shaped("possible")];
}
