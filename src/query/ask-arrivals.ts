import type { Address } from "../aircraft/address.js";
import type { Lake } from "../lake/lake.js";
import type { Movement } from "../movement/movement.js";
import { WEIGHED_STOP_MAX_MS } from "../movement/weigh-coverage.js";
import type { Airport, AirportTable } from "../place/airport.js";
import type { AirportDirectory } from "../place/airport-table.js";
import { type ArrivalJson, arrivalJson } from "../report/arrival-shape.js";
import { WheelsdownError } from "../units/errors.js";
import { HOUR_MS } from "../units/quantity.js";
import { askForLandings, type FoundLanding, type LandingTools } from "./ask-lake.js";
import type { Question } from "./question.js";
import { historiesOf } from "./weigh-lake.js";

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

type ArrivalTools = Pick<LandingTools, "airports" | "weigher">;

/** Who landed at an airport, or took off from it. */
export async function askForArrivals(
  lake: Lake,
  { airport, direction, question }: ArrivalQuestion,
  tools: ArrivalTools,
): Promise<ArrivalAnswer> {
  const area = { kind: "airport", airport, label: airport.name } as const;
  const placed = { ...question, place: { area, nearM: 0 } };
  const kinds = KINDS[direction];
  const answer = await askForLandings(lake, placed, { ...tools, kinds, countsHeard: false });
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

/** Most legs are flown within it; what lies further off is looked for in all time. chosen */
const LEG_USUAL_MS = 24 * HOUR_MS;

interface OtherEndsWish {
  readonly direction: Direction;
  readonly tools: ArrivalTools;
}

async function otherEnds(
  lake: Lake,
  found: readonly FoundLanding[],
  { direction, tools }: OtherEndsWish,
): Promise<ReadonlyMap<FoundLanding, Movement>> {
  const ends = new Map<FoundLanding, Movement>();
  const wanted = direction === "arrival" ? "takeoff" : "landing";
  let left = found;
  // A day of a month is read in a tenth of the month's time.
  for (const furthestMs of [LEG_USUAL_MS, Number.POSITIVE_INFINITY]) {
    if (left.length === 0) break;
    const histories = await weighedAround(lake, left, { ...tools, furthestMs });
    const further: FoundLanding[] = [];
    for (const one of left) {
      const next = nextOf(histories.get(one.movement.address) ?? [], one.movement, direction);
      if (!next || Math.abs(next.timeMs - one.movement.timeMs) > furthestMs) further.push(one);
      else if (next.kind === wanted) ends.set(one, next);
    }
    left = further;
  }
  return ends;
}

/** @returns the landing or take-off just before an arrival, or just after a departure */
function nextOf(
  history: readonly Movement[],
  { timeMs }: Movement,
  direction: Direction,
): Movement | undefined {
  return direction === "arrival"
    ? history.findLast((movement) => movement.timeMs < timeMs)
    : history.find((movement) => movement.timeMs > timeMs);
}

/**
 * Landings and take-offs of the aircraft found, weighed, in order of time.
 *
 * @param furthestMs all that happened so long before and after any of them is there
 */
async function weighedAround(
  lake: Lake,
  found: readonly FoundLanding[],
  { airports, weigher, furthestMs }: ArrivalTools & { readonly furthestMs: number },
): Promise<ReadonlyMap<Address, readonly Movement[]>> {
  const addresses = [...new Set(found.map(({ movement }) => movement.address))];
  const times = found.map(({ movement }) => movement.timeMs);
  // The other end of a stop weighs in, and may lie further off.
  const reachMs = furthestMs + WEIGHED_STOP_MAX_MS;
  const fromMs = times.reduce((least, timeMs) => Math.min(least, timeMs)) - reachMs;
  const toMs = times.reduce((most, timeMs) => Math.max(most, timeMs)) + reachMs;
  const histories = await historiesOf(lake, addresses, { airports, fromMs, toMs });
  const weighed = new Map<Address, readonly Movement[]>();
  for (const history of histories) {
    const ends = history.filter(({ kind }) => kind === "landing" || kind === "takeoff");
    if (ends.length > 0) weighed.set(ends[0]!.address, await weigher.weigh(ends));
  }
  return weighed;
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
