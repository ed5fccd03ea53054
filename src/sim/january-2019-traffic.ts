import type { AirportTable } from "../place/airport.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../units/quantity.js";
import { inventAircraft } from "./january-2019-fleet.js";
import type { ApproachPass } from "./plan-leg.js";
import { between, seededRandom, seedOf } from "./random.js";
import type { SimAircraft, SimType } from "./sim-aircraft.js";
import { type ScheduledLeg, type TimedLeg, timeLeg } from "./simulate.js";

/** First day of the demo. */
export const FIRST_DAY_MS = Date.UTC(2018, 11, 8);

/** An aircraft that flies the same rotation every few days. */
export interface Rotation {
  readonly hex: string;
  readonly registration: string;
  readonly type: SimType;
  /** Begins each callsign; the leg's number follows. */
  readonly callsign: string;
  /** Idents in order, "SVMI-SVMC-SVMI"; it ends where it begins. */
  readonly route: string;
  /** Day of the demo on which it first flies, how many days apart, and how often. */
  readonly days: readonly [first: number, every: number, count: number];
  /** Hour of the UTC day of the first off-block. */
  readonly hour: number;
  /** What happens before the landing of one leg of one rotation, both counted from 0. */
  readonly pass?: { readonly rotation: number; readonly leg: number; readonly kind: ApproachPass };
}

/** Touch-and-goes of each training session. */
const TRAINING_PASSES: readonly ApproachPass[] = ["touch-and-go", "touch-and-go", "touch-and-go"];

function flies(
  aircraft: readonly [hex: string, registration: string, type: SimType, callsign: string],
  route: string,
  days: Rotation["days"],
  more: { readonly hour: number; readonly pass?: NonNullable<Rotation["pass"]> },
): Rotation {
  const [hex, registration, type, callsign] = aircraft;
  return { hex, registration, type, callsign, route, days, ...more };
}

/** Everyday traffic: what a filter has to leave out, and what shows where somebody listens. */
export const EVERYDAY_ROTATIONS: readonly Rotation[] = [
  // Venezuela: the Maracaibo shuttle, neighbours, Havana.
  flies(["0dff01", "YV-SIM01", "AT72", "SIM1"], "SVMI-SVMC-SVMI-SVMC-SVMI", [0, 2, 27], {
    hour: 11,
  }),
  flies(["0dff02", "YV-SIM02", "E190", "SIM2"], "SVMI-TNCC-SVMI-TTPP-SVMI", [1, 3, 18], {
    hour: 12.5,
    pass: { rotation: 6, leg: 0, kind: "go-around" },
  }),
  flies(["0dff03", "YV-SIM03", "B738", "SIM3"], "SVMI-SKBO-SVMI", [1, 3, 18], { hour: 14 }),
  flies(["0dff90", "YV-SIM90", "E190", "SIM9"], "SVMI-MUHA-SVMI", [2, 3, 17], { hour: 12 }),
  flies(["0b0f20", "CU-SIM20", "A320", "SIM20"], "MUHA-SVMI-MUHA", [0, 2, 27], { hour: 13 }),
  flies(["0b0f21", "CU-SIM21", "AT72", "SIM22"], "MUHA-MKJP-MUHA", [1, 5, 11], { hour: 14 }),
  // Colombia and Panama; Bogota-Barbados and Panama-Trinidad pass over Venezuela.
  flies(["0acf01", "HK-SIM01", "A320", "SIM31"], "SKBO-TNCA-SKBO", [0, 3, 18], { hour: 13 }),
  flies(["0acf02", "HK-SIM02", "A320", "SIM32"], "SKBO-TNCC-SKBO", [1, 3, 18], { hour: 15 }),
  flies(["0acf03", "HK-SIM03", "A320", "SIM33"], "SKBO-TBPB-SKBO", [2, 3, 17], { hour: 12 }),
  flies(["0c2f01", "HP-SIM01", "B738", "SIM41"], "MPTO-TTPP-MPTO", [0, 3, 18], { hour: 14 }),
  flies(["0c2f02", "HP-SIM02", "B738", "SIM42"], "MPTO-SVMI-MPTO", [1, 2, 26], { hour: 13 }),
  flies(["0c2f03", "HP-SIM03", "B738", "SIM43"], "MPTO-SGAS-MPTO", [2, 4, 13], { hour: 15 }),
  flies(["0c2f04", "HP-SIM04", "B738", "SIM44"], "MPTO-MUHA-MPTO", [0, 3, 18], { hour: 12 }),
  // Islands.
  flies(["0c4f01", "HI-SIM01", "E190", "SIM51"], "MDSD-TNCC-MDSD-TNCA-MDSD", [1, 4, 13], {
    hour: 12,
  }),
  flies(["0c4f02", "HI-SIM02", "A320", "SIM52"], "MDSD-SVMI-MDSD", [0, 3, 18], { hour: 15.5 }),
  flies(["0c4f03", "HI-SIM03", "AT72", "SIM53"], "TNCC-TNCA-TNCC-TNCA-TNCC", [0, 3, 18], {
    hour: 12,
  }),
  flies(["0c6f01", "9Y-SIM01", "AT72", "SIM61"], "TTPP-TBPB-TTPP", [0, 3, 18], { hour: 11 }),
  flies(["0c6f02", "9Y-SIM02", "B738", "SIM62"], "TTPP-TNCC-TTPP", [1, 4, 13], { hour: 16 }),
  flies(["0c6f03", "9Y-SIM03", "AT72", "SIM63"], "TTPP-TTPP", [33, 5, 3], { hour: 14 }),
  // Europe to the Caribbean and South America, with Bogota over Venezuela.
  flies(["37ff01", "EC-SIM01", "A333", "SIM71"], "LEMD-SVMI-LEMD", [0, 3, 17], { hour: 14 }),
  flies(["37ff02", "EC-SIM02", "B788", "SIM72"], "LEMD-SKBO-LEMD", [1, 3, 17], { hour: 11 }),
  flies(["37ff03", "EC-SIM03", "A333", "SIM73"], "LEMD-MUHA-LEMD", [2, 3, 17], { hour: 13 }),
  flies(["37ff06", "EC-SIM06", "B788", "SIM74"], "LEMD-SGAS-LEMD", [0, 6, 9], { hour: 22 }),
  flies(["497fe1", "CS-SIM01", "A333", "SIM75"], "LPPT-SVMI-LPPT", [2, 4, 13], { hour: 10 }),
  flies(["3fff02", "D-SIMB", "A333", "SIM76"], "EDDF-MDSD-EDDF", [0, 4, 13], { hour: 9 }),
  flies(["14014d", "RA-00333", "A333", "SIM77"], "UUWW-MUHA-UUWW", [1, 4, 13], { hour: 7 }),
  // Europe and West Africa.
  flies(["37ff04", "EC-SIM04", "A320", "SIM81"], "LEMD-GCLP-LEMD", [0, 6, 9], { hour: 8 }),
  flies(["37ff05", "EC-SIM05", "A320", "SIM82"], "GCLP-GOBD-GCLP", [1, 3, 18], { hour: 10 }),
  flies(["497fe2", "CS-SIM02", "A320", "SIM83"], "LPPT-GOBD-LPPT", [0, 3, 18], { hour: 21 }),
  flies(["39ff01", "F-SIMA", "A320", "SIM84"], "LFPG-DAAG-LFPG", [1, 5, 11], { hour: 9 }),
  flies(["39ff02", "F-SIMB", "A333", "SIM85"], "LFPG-GOBD-LFPG", [2, 4, 13], { hour: 15 }),
  flies(["3fff01", "D-SIMA", "A321", "SIM86"], "EDDF-UUWW-EDDF", [0, 5, 11], { hour: 8 }),
  flies(["1402e2", "RA-00738", "B738", "SIM87"], "UUWW-LFPG-UUWW", [2, 6, 9], { hour: 6 }),
  flies(["070f01", "6V-SIM01", "A320", "SIM88"], "GOBD-DAAG-GOBD", [1, 4, 13], { hour: 7 }),
  flies(["0a7f01", "7T-SIM01", "B738", "SIM89"], "DAAG-LEMD-DAAG", [0, 5, 11], { hour: 13 }),
  flies(["e88f10", "ZP-SIM01", "A320", "SIM90"], "SGAS-SKBO-SGAS", [2, 5, 11], { hour: 9 }),
];

/** @returns the invented aircraft of a rotation */
export function rotationAircraft(rotation: Rotation): SimAircraft {
  return inventAircraft(rotation.hex, rotation.registration, rotation.type, {
    operator: "SIMULATED airline",
  });
}

/**
 * Times all legs of a rotation: each leaves some time after the one before it has arrived.
 *
 * @throws RangeError when `airports` lacks an ident of the route
 */
export function timeRotation(rotation: Rotation, airports: AirportTable): TimedLeg[] {
  const aircraft = rotationAircraft(rotation);
  const random = seededRandom(seedOf(`${rotation.registration} programme`));
  const stops = rotation.route.split("-").map((ident) => {
    const airport = airports.find(ident);
    if (!airport) throw new RangeError(`unknown airport: ${ident}`);
    return airport;
  });
  const [first, every, count] = rotation.days;
  const legs: TimedLeg[] = [];
  for (let turn = 0; turn < count; turn++) {
    const dayMs = FIRST_DAY_MS + (first + turn * every) * DAY_MS;
    let offBlockMs = dayMs + rotation.hour * HOUR_MS + between(random, -15, 35) * MINUTE_MS;
    for (let i = 0; i + 1 < stops.length; i++) {
      const timed = timeLeg(aircraft, {
        callsign: `${rotation.callsign}${i + 1}`,
        from: stops[i]!,
        to: stops[i + 1]!,
        at: { offBlockMs: Math.round(offBlockMs) },
        passes: passesOf(rotation, turn, i),
      } satisfies ScheduledLeg);
      legs.push(timed);
      const longHaul = timed.onBlockMs - timed.offBlockMs > 5 * HOUR_MS;
      const groundMs = (longHaul ? between(random, 95, 160) : between(random, 38, 75)) * MINUTE_MS;
      offBlockMs = timed.onBlockMs + groundMs;
    }
  }
  return legs;
}

function passesOf(rotation: Rotation, turn: number, leg: number): readonly ApproachPass[] {
  const stops = rotation.route.split("-");
  if (stops[leg] === stops[leg + 1]) return TRAINING_PASSES;
  const { pass } = rotation;
  return pass && pass.rotation === turn && pass.leg === leg ? [pass.kind] : [];
}
