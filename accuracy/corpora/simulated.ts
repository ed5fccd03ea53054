// Volume where real tracks are few. Never part of a headline: every table of these says simulated.
import { parseAddress } from "../../src/aircraft/address.js";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import type { AirportTable } from "../../src/place/airport.js";
import { between, seededRandom, seedOf } from "../../src/sim/random.js";
import { receiverNetwork, type Station } from "../../src/sim/receivers.js";
import { buildJanuary2019 } from "../../src/sim/scenario-january-2019.js";
import { SIM_PERFORMANCE, type SimType } from "../../src/sim/sim-aircraft.js";
import {
  simulateAircraft,
  type TimedLeg,
  type TrueMovement,
  timeLeg,
} from "../../src/sim/simulate.js";
import { type TraceFile, writeReadsbTraces } from "../../src/sim/write-readsb.js";
import { TrackCollector } from "../../src/track/collector.js";
import { HOUR_MS } from "../../src/units/quantity.js";
import type { Case, Truth, TruthKind } from "../case.js";
import { groupBy } from "./read-rows.js";

const TRUTH_TOLERANCE_MS = 5_000;

/** The scenario of January 2019 with its truth, heard or not. */
export async function january2019Cases(airports: AirportTable): Promise<Case[]> {
  const scenario = buildJanuary2019(airports);
  return await casesFrom("simulated january-2019", scenario.files(), scenario.truth);
}

/** High airports, thin regions and long hauls: where real tracks are few. */
const ROUTES: readonly (readonly [SimType, string])[] = [
  ["A333", "SLLP-SPJC-SKBO-SLLP"],
  ["B752", "SKBO-SEQM-SKBO-MROC-SKBO"],
  ["B788", "HAAB-OERK-HAAB-FAOR-HAAB"],
  ["A320", "ZULS-ZUUU-ZULS-ZLXY-ZULS"],
  ["IL76", "UUEE-UTTT-OAKB-UTTT-UUEE"],
  ["IL96", "UUEE-GOOY-SGAS-MUHA-UUEE"],
  ["A124", "EDDP-HECA-HSSS-HECA-EDDP"],
  ["B788", "EGLL-FAOR-EGLL-WSSS-EGLL"],
  ["A333", "LFPG-FKKD-FCBB-LFPG"],
  ["B738", "SVMI-MUHA-SVMI-SKBO-SVMI"],
  ["E190", "SBGL-SBEG-SVMI-SBEG-SBGL"],
  ["AT72", "FZAA-FCBB-FZAA-FNLU-FZAA"],
  ["A321", "OIIE-OSDI-OIIE-UUWW-OIIE"],
  ["B752", "BGSF-BIKF-BGSF-CYYT-BIKF"],
];

const ROUNDS = 3;
const SHORTEST_TURN_MS = HOUR_MS;
const LONGEST_TURN_MS = 9 * HOUR_MS;

/** Rotations over `ROUTES`, heard by a few receivers that stand at some of the airports only. */
export async function thinRegionCases(airports: AirportTable): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [at, [type, route]] of ROUTES.entries()) {
    const idents = route.split("-");
    const stations = stationsFor(idents, airports);
    const address = parseAddress(`fe00${at.toString(16).padStart(2, "0")}`)!;
    const aircraft = {
      address,
      registration: `SIM-${at}`,
      typeDesignator: type,
      description: "rotation",
      operator: "simulated",
      military: false,
      performance: SIM_PERFORMANCE[type],
    };
    const legs = rotation(aircraft, idents, airports);
    const flown = simulateAircraft(aircraft, legs, { network: receiverNetwork(stations) });
    const files = writeReadsbTraces([flown]);
    cases.push(...(await casesFrom(`simulated ${route}`, files, flown.truth)));
  }
  return cases;
}

function rotation(
  aircraft: Parameters<typeof timeLeg>[0],
  idents: readonly string[],
  airports: AirportTable,
): TimedLeg[] {
  const random = seededRandom(seedOf(`turns ${aircraft.address}`));
  const legs: TimedLeg[] = [];
  let offBlockMs = Date.UTC(2020, 2, 1, 6);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i + 1 < idents.length; i++) {
      const from = airports.find(idents[i]!);
      const to = airports.find(idents[i + 1]!);
      if (!from || !to) throw new RangeError(`unknown airport in ${idents.join("-")}`);
      // A route that does not return to its start ends with its first round.
      if (legs.length > 0 && legs.at(-1)!.scheduled.to !== from) return legs;
      const leg = timeLeg(aircraft, {
        callsign: `SIM${round}${i}`,
        from,
        to,
        at: { offBlockMs },
      });
      legs.push(leg);
      offBlockMs = Math.round(leg.onBlockMs + between(random, SHORTEST_TURN_MS, LONGEST_TURN_MS));
    }
  }
  return legs;
}

/** Receivers at every second airport of a route, with a floor that hides the last thousand feet or more. */
function stationsFor(idents: readonly string[], airports: AirportTable): Station[] {
  const random = seededRandom(seedOf(`stations ${idents.join(" ")}`));
  return [...new Set(idents)].flatMap((ident, at) => {
    const airport = airports.find(ident);
    if (!airport) return [];
    const near = at % 2 === 0;
    return [
      {
        name: ident,
        latDeg: airport.latDeg + (near ? 0.05 : between(random, -1, 1)),
        lonDeg: airport.lonDeg + (near ? 0.05 : between(random, -1, 1)),
        antennaHeightFt: 60,
        rangeNm: near ? 180 : 140,
        floorFt: (airport.elevationFt || 0) + (near ? 200 : between(random, 1_000, 9_000)),
        surfaceRangeNm: near && at % 4 === 0 ? 4 : 0,
        lossShare: 0.2,
      },
    ];
  });
}

/** Traces as the product reads them, each with its truth. */
export async function casesFrom(
  corpus: string,
  files: Iterable<TraceFile>,
  truth: readonly TrueMovement[],
): Promise<Case[]> {
  const collector = new TrackCollector();
  const encoder = new TextEncoder();
  for (const { path, text } of files) {
    const sink = collector.begin(path, readsbTraceReader.id);
    await readsbTraceReader.read([encoder.encode(text)], sink);
    sink.finish("0".repeat(64));
  }
  const byAddress = groupBy(truth, ({ address }) => address);
  return collector.take().map((track) => {
    const truths = (byAddress.get(track.address) ?? []).flatMap(toTruth);
    return {
      id: `${corpus} ${track.address}`,
      corpus: "simulated",
      file: corpus,
      track,
      truths,
      negatives: [],
      complete: true,
      special: false,
      aircraftKey: track.address,
      airportKey: truths.at(-1)?.airport?.ident ?? "none",
    };
  });
}

function toTruth({ kind, airport, timeMs, heard }: TrueMovement): Truth[] {
  if (kind !== "landing" && kind !== "takeoff") return [];
  return [
    {
      kind: kind satisfies TruthKind,
      airport,
      timeMs,
      toleranceMs: TRUTH_TOLERANCE_MS,
      timed: true,
      seen: heard ? "ground" : "no",
      grade: "simulated",
      how: heard ? "simulated, heard on the runway" : "simulated, not heard on the runway",
    },
  ];
}
