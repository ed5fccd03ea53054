import type { Address } from "../aircraft/address.js";
import type { MovementKind } from "../movement/movement.js";
import type { Airport } from "../place/airport.js";
import { MINUTE_MS, SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import { flyPlan } from "./fly.js";
import { type LegPlan, timetableOf } from "./leg-plan.js";
import { type ApproachPass, planLeg } from "./plan-leg.js";
import { type RandomSource, seededRandom, seedOf } from "./random.js";
import type { ReceiverNetwork } from "./receivers.js";
import { chooseStrip } from "./runway-strip.js";
import type { SimAircraft } from "./sim-aircraft.js";
import { type ThinningOptions, TraceRecorder, type TraceRow } from "./trace-recorder.js";

/** What truly happened, heard or not: the key an inference is scored against. */
export interface TrueMovement {
  readonly kind: MovementKind;
  readonly address: Address;
  readonly airport: Airport;
  /** Name of the runway end used, "06". */
  readonly runway: string;
  /** Touchdown, lift-off, or the lowest point of a go-around. */
  readonly timeMs: number;
  /**
   * Heard on the runway itself: on the ground within 2 min after a touchdown or before a lift-off; for passes, anything
   * within 30 s of it.
   */
  readonly heard: boolean;
  /** Last reception at or before it, and first after it; NaN when there is none. */
  readonly lastHeardMs: number;
  readonly nextHeardMs: number;
}

/** When a leg takes place: by its off-block time or by the touchdown of its landing. */
export type LegTime = { readonly offBlockMs: number } | { readonly touchdownMs: number };

/** One leg of an aircraft's programme. */
export interface ScheduledLeg {
  readonly callsign: string;
  readonly from: Airport;
  readonly to: Airport;
  readonly at: LegTime;
  readonly fromRunway?: string;
  readonly toRunway?: string;
  readonly passes?: readonly ApproachPass[];
}

/** A leg with times: planned, not yet flown. */
export interface TimedLeg {
  readonly scheduled: ScheduledLeg;
  readonly plan: LegPlan;
  readonly offBlockMs: number;
  readonly onBlockMs: number;
  readonly random: RandomSource;
}

/** All that a run needs besides the legs. */
export interface SimulationOptions {
  readonly network: ReceiverNetwork;
  readonly thinning?: ThinningOptions;
}

/** One aircraft's rows and the truth behind them. */
export interface SimulatedAircraft {
  readonly aircraft: SimAircraft;
  readonly rows: readonly TraceRow[];
  readonly truth: readonly TrueMovement[];
}

/** Lays out one leg and works out when it starts and ends. */
export function timeLeg(aircraft: SimAircraft, leg: ScheduledLeg): TimedLeg {
  const wantedMs = "offBlockMs" in leg.at ? leg.at.offBlockMs : leg.at.touchdownMs;
  const random = seededRandom(seedOf(`${aircraft.address} ${leg.callsign} ${wantedMs}`));
  const from = chooseStrip(leg.from, random, leg.fromRunway);
  const to = leg.from.ident === leg.to.ident ? from : chooseStrip(leg.to, random, leg.toRunway);
  const { performance } = aircraft;
  const plan = planLeg({ from, to, performance, passes: leg.passes ?? [], random });
  const fromZero = timetableOf(plan, 0, wantedMs).timeMs;
  const landing = plan.movements.find((movement) => movement.kind === "landing");
  const touchdownMs = fromZero[landing?.knotIndex ?? plan.knots.length - 1]!;
  const offBlockMs = "offBlockMs" in leg.at ? wantedMs : wantedMs - touchdownMs;
  const lastKnot = plan.knots[plan.knots.length - 1]!;
  const onBlockMs = offBlockMs + fromZero[fromZero.length - 1]! + lastKnot.dwellMs;
  return { scheduled: leg, plan, offBlockMs, onBlockMs, random };
}

/**
 * Flies an aircraft's legs and keeps what the network hears.
 *
 * @param legs oldest first
 * @throws RangeError when a leg begins before the one before it has ended, or elsewhere
 */
export function simulateAircraft(
  aircraft: SimAircraft,
  legs: readonly TimedLeg[],
  options: SimulationOptions,
): SimulatedAircraft {
  checkOrder(aircraft, legs);
  const noise = seededRandom(seedOf(`${aircraft.address} reception`));
  const recorder = new TraceRecorder(noise, options.thinning);
  const planned: Omit<TrueMovement, "heard" | "lastHeardMs" | "nextHeardMs">[] = [];
  for (const leg of legs) {
    const wantedAt = leg.scheduled.at;
    const weatherMs = "offBlockMs" in wantedAt ? wantedAt.offBlockMs : wantedAt.touchdownMs;
    const timetable = timetableOf(leg.plan, leg.offBlockMs, weatherMs);
    recorder.tune(leg.scheduled.callsign, squawkFor(leg.random));
    flyPlan(leg.plan, timetable, (state) => {
      if (options.network.hears(state, noise)) recorder.hear(state);
    });
    for (const { kind, strip, knotIndex } of leg.plan.movements) {
      const timeMs = Math.round(timetable.timeMs[knotIndex]!);
      const { address } = aircraft;
      planned.push({ kind, address, airport: strip.airport, runway: strip.name, timeMs });
    }
  }
  recorder.flush();
  const truth = planned.map((movement) => ({ ...movement, ...reception(recorder, movement) }));
  return { aircraft, rows: recorder.rows, truth };
}

function checkOrder(aircraft: SimAircraft, legs: readonly TimedLeg[]): void {
  legs.forEach((leg, i) => {
    const before = legs[i - 1];
    if (!before) return;
    const where = `${aircraft.registration} ${leg.scheduled.callsign} at ${isoSeconds(leg.offBlockMs)}`;
    if (leg.offBlockMs < before.onBlockMs)
      throw new RangeError(`${where} leaves before it has arrived`);
    if (leg.scheduled.from.ident !== before.scheduled.to.ident)
      throw new RangeError(
        `${where} leaves ${leg.scheduled.from.ident} but is at ${before.scheduled.to.ident}`,
      );
  });
}

/** Four octal digits, none of the emergency codes. */
function squawkFor(random: RandomSource): string {
  const digit = () => String(Math.floor(random() * 8));
  return `${1 + Math.floor(random() * 6)}${digit()}${digit()}${digit()}`;
}

function reception(
  recorder: TraceRecorder,
  movement: { readonly kind: MovementKind; readonly timeMs: number },
): Pick<TrueMovement, "heard" | "lastHeardMs" | "nextHeardMs"> {
  const { heardMs, heardOnGround } = recorder;
  const { timeMs, kind } = movement;
  const next = firstAfter(heardMs, timeMs);
  const pass = kind !== "landing" && kind !== "takeoff";
  const fromMs = timeMs - (kind === "takeoff" ? 2 * MINUTE_MS : pass ? 30 * SECOND_MS : 0);
  const toMs = timeMs + (kind === "landing" ? 2 * MINUTE_MS : pass ? 30 * SECOND_MS : 0);
  let heard = false;
  for (let i = firstAfter(heardMs, fromMs - 1); i < heardMs.length && heardMs[i]! <= toMs; i++)
    if (pass || heardOnGround[i]) heard = true;
  return {
    heard,
    lastHeardMs: heardMs[next - 1] ?? Number.NaN,
    nextHeardMs: heardMs[next] ?? Number.NaN,
  };
}

/** @returns the index of the first time later than `timeMs` */
function firstAfter(timesMs: readonly number[], timeMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timesMs[middle]! <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
