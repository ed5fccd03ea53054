import { parseAddress } from "../../src/aircraft/address.js";
import type { Airport } from "../../src/place/airport.js";
import type { ApproachPass } from "../../src/sim/plan-leg.js";
import { between, type RandomSource, seededRandom, seedOf } from "../../src/sim/random.js";
import type { SimAircraft } from "../../src/sim/sim-aircraft.js";
import { simulateAircraft, type TimedLeg, timeLeg } from "../../src/sim/simulate.js";
import type { ThinningOptions, TraceRow } from "../../src/sim/trace-recorder.js";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/units/quantity.js";
import { drawCount, drawShare, WORLD_KINDS, type WorldKind, type WorldType } from "./mix.js";
import { airportAtDistance, type WorldPlaces, worldPlaces } from "./network.js";

/** One simulated programme of a day; many aircraft of the world fly it, each at its own hours. */
export interface DayTemplate {
  readonly kind: WorldKind;
  readonly type: WorldType;
  /** What was heard, oldest first; the callsign is the number of the leg. */
  readonly rows: readonly TraceRow[];
}

/** The day everything happens on. Chosen: any; it is said to be simulated in every file. */
export const WORLD_DAY_MS = Date.UTC(2025, 9, 1);
/** Chosen: how densely an aggregator keeps positions differs with its settings (readsb: json-trace-interval). */
const AIRBORNE_S: readonly [number, number] = [5, 20];
const TEMPLATES_PER_AIRCRAFT = 1 / 12;
const TEMPLATE_COUNT_MIN = 60;
const TEMPLATE_COUNT_MAX = 900;

/** How many programmes are simulated for so many aircraft. */
export function templateCount(aircraftCount: number): number {
  const wanted = Math.round(aircraftCount * TEMPLATES_PER_AIRCRAFT);
  return Math.max(TEMPLATE_COUNT_MIN, Math.min(TEMPLATE_COUNT_MAX, wanted));
}

/**
 * Simulates programmes of all kinds.
 *
 * @param count how many; each is its own draw, so that more of them leave the first ones as they are
 */
export function makeTemplates(
  airports: readonly Airport[],
  count: number,
  seed: number,
): DayTemplate[] {
  const places = worldPlaces(airports, seededRandom(seedOf(`world ${seed} stations`)));
  const templates: DayTemplate[] = [];
  for (let i = 0; i < count; i++) {
    // Every kind has at least one, and each about as many as its share.
    const random = seededRandom(seedOf(`world ${seed} template ${i}`));
    const kind = WORLD_KINDS[i] ?? drawShare(random, WORLD_KINDS, ({ share }) => share);
    for (let attempt = 0; attempt < 20; attempt++) {
      const template = tryTemplate(kind, places, random);
      // Over silent regions an aircraft may not be heard at all; then another one is.
      if (!template || template.rows.length < 20) continue;
      templates.push(template);
      break;
    }
  }
  return templates;
}

function tryTemplate(
  kind: WorldKind,
  places: WorldPlaces,
  random: RandomSource,
): DayTemplate | undefined {
  const type = kind.types[Math.floor(random() * kind.types.length)]!;
  const aircraft: SimAircraft = {
    address: parseAddress((0x700000 + Math.floor(random() * 0xffff)).toString(16))!,
    registration: "SIM",
    typeDesignator: type.designator,
    description: type.description,
    operator: "SIMULATED",
    military: false,
    performance: type.performance,
  };
  const thinning: ThinningOptions = {
    airborneMs: between(random, ...AIRBORNE_S) * SECOND_MS,
    standingMs: 180 * SECOND_MS,
  };
  const legs = programme(kind, aircraft, { places, random });
  if (legs.length === 0) return undefined;
  const { rows } = simulateAircraft(aircraft, legs, { network: places.network, thinning });
  return { kind, type, rows };
}

function programme(
  kind: WorldKind,
  aircraft: SimAircraft,
  { places, random }: { readonly places: WorldPlaces; readonly random: RandomSource },
): TimedLeg[] {
  const isLight = kind.passCount[1] > 0;
  const fields = isLight ? places.smaller : places.larger;
  let at = fields[Math.floor(random() * fields.length)]!;
  let offBlockMs = WORLD_DAY_MS + between(random, 0, 2) * HOUR_MS;
  const endMs = WORLD_DAY_MS + 22 * HOUR_MS;
  const legs: TimedLeg[] = [];
  const count = drawCount(random, kind.legCount);
  while (legs.length < count && offBlockMs < endMs) {
    const circuits = isLight && random() < 0.5;
    const to = circuits ? at : airportAtDistance(at, fields, { legNm: kind.legNm, random });
    const leg = tryLeg(aircraft, {
      ...{ from: at, to: to ?? at, offBlockMs, callsign: String(legs.length + 1) },
      passes: passesOf(kind, circuits || !to, random),
    });
    if (!leg) break;
    legs.push(leg);
    at = leg.scheduled.to;
    offBlockMs = Math.round(leg.onBlockMs + between(random, ...kind.turnMin) * MINUTE_MS);
  }
  return legs;
}

function passesOf(kind: WorldKind, circuits: boolean, random: RandomSource): ApproachPass[] {
  // Chosen: three go-arounds in a thousand approaches.
  if (!circuits) return random() < 0.003 ? ["go-around"] : [];
  const count = Math.max(1, drawCount(random, kind.passCount));
  return Array.from({ length: count }, () => "touch-and-go");
}

interface LegWish {
  readonly from: Airport;
  readonly to: Airport;
  readonly offBlockMs: number;
  readonly callsign: string;
  readonly passes: readonly ApproachPass[];
}

/** @returns undefined where the two fields are too near for this type, or too high */
function tryLeg(aircraft: SimAircraft, wish: LegWish): TimedLeg | undefined {
  const { from, to, callsign, offBlockMs, passes } = wish;
  try {
    return timeLeg(aircraft, { from, to, callsign, at: { offBlockMs }, passes });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
