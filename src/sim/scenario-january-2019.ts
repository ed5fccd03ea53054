import type { Address } from "../aircraft/address.js";
import type { Airport, AirportTable } from "../place/airport.js";
import { WheelsdownError } from "../units/errors.js";
import { demoFleetCsv, IL96 } from "./january-2019-fleet.js";
import { type Programme, STORY_PROGRAMMES } from "./january-2019-state-legs.js";
import { JANUARY_2019_STATIONS } from "./january-2019-stations.js";
import {
  EVERYDAY_ROTATIONS,
  FIRST_DAY_MS,
  rotationAircraft,
  timeRotation,
} from "./january-2019-traffic.js";
import { receiverNetwork } from "./receivers.js";
import {
  type SimulatedAircraft,
  simulateAircraft,
  type TimedLeg,
  type TrueMovement,
  timeLeg,
} from "./simulate.js";
import { type TraceFile, writeReadsbTraces } from "./write-readsb.js";

export { demoFleetCsv } from "./january-2019-fleet.js";

/** A simulated period with everything the demo and the tests need. */
export interface Scenario {
  readonly title: string;
  readonly description: string;
  readonly periodFromMs: number;
  /** Exclusive. */
  readonly periodToMs: number;
  /** Trace files, made one at a time; each call starts anew. */
  files(): Iterable<TraceFile>;
  /** Every movement that happened, heard or not, oldest first. */
  readonly truth: readonly TrueMovement[];
  /** The fleet file of the simulated Russian state aircraft. */
  readonly fleetCsv: string;
  /** The aircraft whose journey the article tells. */
  readonly heroAddress: Address;
}

const PERIOD_TO_MS = Date.UTC(2019, 1, 1);

/**
 * Simulates December 2018 and January 2019 as the press told it, with invented aircraft: transports to Caracas on
 * 10 December, an Il-96 from Moscow by Senegal and Paraguay to Havana on 23 January, charters to Havana, and everyday
 * traffic around them. Nothing in it was observed.
 *
 * @param airports must know the idents of `scenarioIdents()`; runways are used where the table has them
 * @returns the same bytes for the same table
 * @throws WheelsdownError "unknown-name" when the table lacks an airport
 */
export function buildJanuary2019(airports: AirportTable): Scenario {
  checkAirports(airports);
  const network = receiverNetwork(JANUARY_2019_STATIONS);
  const simulated: SimulatedAircraft[] = [
    ...STORY_PROGRAMMES.map((programme) =>
      simulateAircraft(programme.aircraft, timeProgramme(programme, airports), { network }),
    ),
    ...EVERYDAY_ROTATIONS.map((rotation) =>
      simulateAircraft(rotationAircraft(rotation), timeRotation(rotation, airports), { network }),
    ),
  ];
  const truth = simulated
    .flatMap((one) => one.truth)
    .sort((a, b) => a.timeMs - b.timeMs || (a.address < b.address ? -1 : 1));
  return {
    title: "SIMULATED: January 2019, as reported",
    description:
      "Simulated traces of invented aircraft, made after press reports of December 2018 and January 2019. " +
      "No position in them was ever observed, and no aircraft in them exists.",
    periodFromMs: FIRST_DAY_MS,
    periodToMs: PERIOD_TO_MS,
    files: () => writeReadsbTraces(simulated),
    truth,
    fleetCsv: demoFleetCsv(),
    heroAddress: IL96.address,
  };
}

/** @returns every airport ident the scenario flies to, sorted */
export function scenarioIdents(): string[] {
  const idents = new Set<string>();
  for (const rotation of EVERYDAY_ROTATIONS)
    for (const ident of rotation.route.split("-")) idents.add(ident);
  for (const { legs } of STORY_PROGRAMMES) for (const leg of legs) idents.add(leg.from).add(leg.to);
  return [...idents].sort();
}

function checkAirports(airports: AirportTable): void {
  const missing = scenarioIdents().filter((ident) => !airports.find(ident));
  if (missing.length > 0)
    throw new WheelsdownError(
      "unknown-name",
      `the airport table lacks ${missing.join(", ")}: the demo needs the full table`,
    );
}

function timeProgramme({ aircraft, legs }: Programme, airports: AirportTable): TimedLeg[] {
  const find = (ident: string): Airport => {
    const airport = airports.find(ident);
    if (!airport) throw new RangeError(`unknown airport: ${ident}`);
    return airport;
  };
  return legs.map((leg) => timeLeg(aircraft, { ...leg, from: find(leg.from), to: find(leg.to) }));
}
