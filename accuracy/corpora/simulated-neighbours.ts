// Cities with several airports, some of them well heard and some not: where what is heard decides between neighbours.
import { parseAddress } from "../../src/aircraft/address.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import { between, type RandomSource, seededRandom, seedOf } from "../../src/sim/random.js";
import { receiverNetwork, type Station } from "../../src/sim/receivers.js";
import { SIM_PERFORMANCE, type SimAircraft, type SimType } from "../../src/sim/sim-aircraft.js";
import { simulateAircraft, type TimedLeg, timeLeg } from "../../src/sim/simulate.js";
import { writeReadsbTraces } from "../../src/sim/write-readsb.js";
import { HOUR_MS } from "../../src/units/quantity.js";
import type { Case } from "../case.js";
import { casesFrom } from "./simulated.js";

/** Fields of one city, and where its traffic comes from. */
const CITIES: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ["EGLL", "EGKK", "EGSS", "EGGW", "EGLC"],
    ["EHAM", "LFMN", "EDDF"],
  ],
  [
    ["UUEE", "UUDD", "UUWW"],
    ["ULLI", "UWWW", "URSS"],
  ],
  [
    ["LTFM", "LTFJ"],
    ["LTAC", "LTAI", "LBSF"],
  ],
  [
    ["FAOR", "FALA"],
    ["FACT", "FALE", "FBSK"],
  ],
  [
    ["KJFK", "KLGA", "KEWR"],
    ["KBOS", "KDCA", "KPIT"],
  ],
  [
    ["LFPG", "LFPO", "LFPB"],
    ["LFML", "LFBO", "LSGG"],
  ],
];
const TYPES: readonly SimType[] = ["A320", "B738", "E190", "A321"];
const MOST_LOTS = 3;
const AIRCRAFT_PER_CITY = 14;
const LEGS_PER_AIRCRAFT = 20;

/**
 * Rotations between a city and places around it. Which of the city's fields are heard to the ground, and above which
 * height the others are, is drawn by lot, three times for each city; nothing in it was chosen by looking at results.
 */
export async function neighbourCases(
  airports: AirportTable,
  { lots = MOST_LOTS }: { readonly lots?: number } = {},
): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [city, [fields, outside]] of CITIES.entries()) {
    for (let world = 0; world < lots; world++) {
      const draw = seededRandom(seedOf(`neighbours ${fields.join(" ")} ${world}`));
      const inner = fields.map((ident) => findAirport(airports, ident));
      const outer = outside.map((ident) => findAirport(airports, ident));
      const network = receiverNetwork([
        ...inner.flatMap((airport) => stationsAt(airport, draw)),
        ...outer.map((airport) => closeStation(airport)),
        ...[...inner, ...outer].map(wideStation),
      ]);
      const name = `simulated ${fields[0]} and neighbours, ${world}`;
      for (let n = 0; n < AIRCRAFT_PER_CITY; n++) {
        const aircraft = aircraftOf((city * MOST_LOTS + world) * AIRCRAFT_PER_CITY + n);
        const flown = simulateAircraft(aircraft, rotation(aircraft, { inner, outer, world }), {
          network,
        });
        const found = await casesFrom(name, writeReadsbTraces([flown]), flown.truth);
        cases.push(...found.map((each) => ({ ...each, corpus: name })));
      }
    }
  }
  return cases;
}

function findAirport(airports: AirportTable, ident: string): Airport {
  const airport = airports.find(ident);
  if (!airport) throw new RangeError(`no airport ${ident}`);
  return airport;
}

function aircraftOf(number: number): SimAircraft {
  const type = TYPES[number % TYPES.length]!;
  return {
    address: parseAddress(`fd${number.toString(16).padStart(4, "0")}`)!,
    registration: `SIM-${number}`,
    typeDesignator: type,
    description: "rotation",
    operator: "simulated",
    military: false,
    performance: SIM_PERFORMANCE[type],
  };
}

/** In and out of the city, to a field drawn anew each time. */
function rotation(
  aircraft: SimAircraft,
  {
    inner,
    outer,
    world,
  }: {
    readonly inner: readonly Airport[];
    readonly outer: readonly Airport[];
    readonly world: number;
  },
): TimedLeg[] {
  const random = seededRandom(seedOf(`rotation ${aircraft.address}`));
  const legs: TimedLeg[] = [];
  let from = pick(outer, random);
  // Two months apart no passage of one lot of receivers counts for another.
  const startMs = Date.UTC(2020, 2 + 2 * world, 2);
  let offBlockMs = Math.round(startMs + between(random, 0, 24) * HOUR_MS);
  for (let at = 0; at < LEGS_PER_AIRCRAFT; at++) {
    const to = pick(at % 2 === 0 ? inner : outer, random);
    const leg = timeLeg(aircraft, { callsign: `SIM${at}`, from, to, at: { offBlockMs } });
    legs.push(leg);
    offBlockMs = Math.round(leg.onBlockMs + between(random, 0.7, 8) * HOUR_MS);
    from = to;
  }
  return legs;
}

function pick<T>(items: readonly T[], random: RandomSource): T {
  return items[Math.floor(random() * items.length)]!;
}

/** Half of the fields have a receiver that follows their traffic to the ground. */
function stationsAt(airport: Airport, random: RandomSource): Station[] {
  return random() < 0.5 ? [closeStation(airport)] : [];
}

function closeStation({ ident, latDeg, lonDeg, elevationFt }: Airport): Station {
  return {
    name: `${ident} close`,
    latDeg: latDeg + 0.02,
    lonDeg: lonDeg + 0.02,
    antennaHeightFt: 60,
    rangeNm: 6,
    floorFt: elevationFt + 100,
    surfaceRangeNm: 4,
    lossShare: 0.2,
  };
}

/** Hears the way in and out, from some height on. */
function wideStation(airport: Airport): Station {
  const random = seededRandom(seedOf(`wide ${airport.ident}`));
  return {
    name: `${airport.ident} wide`,
    latDeg: airport.latDeg + between(random, -0.5, 0.5),
    lonDeg: airport.lonDeg + between(random, -0.5, 0.5),
    antennaHeightFt: 100,
    rangeNm: 200,
    floorFt: airport.elevationFt + between(random, 3_000, 7_000),
    surfaceRangeNm: 0,
    lossShare: 0.2,
  };
}
