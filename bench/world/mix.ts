// What a day of the world is made of: kinds of aircraft, how many legs each flies, and whose address it has. No figure
// here was measured on a real day; each is chosen so that the totals meet the few figures that are published of one.
import { between, type RandomSource } from "../../src/sim/random.js";
import { SIM_PERFORMANCE, type SimPerformance } from "../../src/sim/sim-aircraft.js";

/** A kind of aircraft: how often it occurs and what it does in a day. */
export interface WorldKind {
  readonly name: string;
  /** Share of all aircraft of the day, 0 to 1; all shares add up to 1. */
  readonly share: number;
  readonly types: readonly WorldType[];
  /** Legs of a day. */
  readonly legCount: readonly [least: number, most: number];
  /** Length of a leg, nautical miles. */
  readonly legNm: readonly [least: number, most: number];
  /** Time on the ground between two legs, minutes. */
  readonly turnMin: readonly [least: number, most: number];
  /** Touch-and-goes of a leg that ends where it began. */
  readonly passCount: readonly [least: number, most: number];
  /** Share of its aircraft that are located by multilateration only, with fewer positions. */
  readonly mlatShare: number;
  /** Emitter category, as ADS-B sends it. */
  readonly category: string;
}

/** A type designator with what the simulator has to know of it. */
export interface WorldType {
  readonly designator: string;
  readonly description: string;
  readonly performance: SimPerformance;
}

function type(designator: string, description: string, performance: SimPerformance): WorldType {
  return { designator, description, performance };
}

const AIRLINERS: readonly WorldType[] = [
  type("A320", "AIRBUS A-320", SIM_PERFORMANCE.A320),
  type("B738", "BOEING 737-800", SIM_PERFORMANCE.B738),
  type("A321", "AIRBUS A-321", SIM_PERFORMANCE.A321),
  type("E190", "EMBRAER ERJ-190", SIM_PERFORMANCE.E190),
];
/** Chosen: slow aeroplanes and helicopters by rounded figures; a helicopter lands on runways here like the rest. */
const BUSINESS = { cruiseKt: 420, climbFpm: 2800, approachKt: 112, ceilingFt: 41_000 };
const LIGHT = { cruiseKt: 115, climbFpm: 700, approachKt: 65, ceilingFt: 8000 };
const ROTOR = { cruiseKt: 125, climbFpm: 900, approachKt: 55, ceilingFt: 4000 };

/**
 * Kinds of aircraft. Chosen: two thirds airline traffic, a quarter light aircraft and helicopters, the rest business
 * jets, so that a file has some 900 to 1,000 points on average. 65,000 of them are 60 million points and 1.6 GB of gzip:
 * archives of a day hold 1.6 to 3.3 GiB, other files included, and 30 to 50 million points were published for 2024.
 */
export const WORLD_KINDS: readonly WorldKind[] = [
  {
    ...{ name: "airliner", share: 0.52, types: AIRLINERS, category: "A3", mlatShare: 0.02 },
    ...{ legCount: [3, 6], legNm: [220, 1300], turnMin: [35, 90], passCount: [0, 0] },
  },
  {
    ...{ name: "long-haul", share: 0.1, category: "A5", mlatShare: 0 },
    types: [
      type("A333", "AIRBUS A-330-300", SIM_PERFORMANCE.A333),
      type("B788", "BOEING 787-8", SIM_PERFORMANCE.B788),
    ],
    ...{ legCount: [1, 2], legNm: [2000, 5500], turnMin: [90, 180], passCount: [0, 0] },
  },
  {
    ...{ name: "turboprop", share: 0.06, category: "A2", mlatShare: 0.03 },
    types: [type("AT72", "ATR ATR-72", SIM_PERFORMANCE.AT72)],
    ...{ legCount: [3, 7], legNm: [90, 350], turnMin: [25, 70], passCount: [0, 0] },
  },
  {
    ...{ name: "business", share: 0.09, category: "A2", mlatShare: 0.08 },
    types: [type("C56X", "CESSNA Citation Excel", BUSINESS)],
    ...{ legCount: [1, 3], legNm: [150, 1100], turnMin: [60, 240], passCount: [0, 0] },
  },
  {
    ...{ name: "light", share: 0.18, category: "A1", mlatShare: 0.25 },
    types: [type("C172", "CESSNA 172", LIGHT), type("DA40", "DIAMOND DA-40", LIGHT)],
    ...{ legCount: [1, 3], legNm: [25, 110], turnMin: [20, 120], passCount: [1, 8] },
  },
  {
    ...{ name: "helicopter", share: 0.05, category: "A7", mlatShare: 0.3 },
    types: [type("EC35", "EUROCOPTER EC-135", ROTOR)],
    ...{ legCount: [1, 5], legNm: [20, 60], turnMin: [10, 60], passCount: [1, 2] },
  },
];

/**
 * How an aircraft is heard over the day. Chosen: a sixth only in passing, which gives the many files of a few points
 * that real archives have (of eighteen real ones at hand one has three, one nine); a twentieth on the ground alone.
 */
export const GLIMPSE_SHARE = 0.17;
export const GROUND_ONLY_SHARE = 0.05;
/** Chosen: seen through ground radar (TIS-B) under an address that is no ICAO one. */
export const TISB_SHARE = 0.015;
/** Chosen: on top of what receivers miss by themselves, a site near it was down for a while. */
export const OUTAGE_SHARE = 0.25;

/** Blocks of 24-bit addresses. Source: ICAO Annex 10, volume III, table 9-1; shares chosen after where receivers are. */
const ADDRESS_BLOCKS: readonly (readonly [share: number, first: number, size: number])[] = [
  [0.36, 0xa00001, 0x0df7c7],
  [0.06, 0xc00000, 0x040000],
  [0.07, 0x400000, 0x028000],
  [0.07, 0x3c0000, 0x040000],
  [0.05, 0x380000, 0x040000],
  [0.04, 0x340000, 0x040000],
  [0.1, 0x780000, 0x040000],
  [0.05, 0x800000, 0x040000],
  [0.04, 0x7c0000, 0x040000],
  [0.04, 0x840000, 0x040000],
  [0.04, 0xe40000, 0x040000],
  [0.03, 0x4b8000, 0x008000],
  [0.03, 0x4ca000, 0x001000],
  [0.02, 0x140000, 0x010000],
];

/** An address nobody has had yet on that day, as a number. */
export function drawAddress(random: RandomSource, taken: ReadonlySet<number>): number {
  for (;;) {
    const [, first, size] = drawShare(random, ADDRESS_BLOCKS, ([share]) => share);
    const address = first + Math.floor(random() * size);
    if (!taken.has(address)) return address;
  }
}

/** @returns one of the items, each as often as its share says */
export function drawShare<T>(
  random: RandomSource,
  items: readonly T[],
  shareOf: (item: T) => number,
): T {
  let left = random() * items.reduce((sum, item) => sum + shareOf(item), 0);
  for (const item of items) {
    left -= shareOf(item);
    if (left < 0) return item;
  }
  return items[items.length - 1]!;
}

/** @returns a whole number of a range, both ends included */
export function drawCount(random: RandomSource, [least, most]: readonly [number, number]): number {
  return Math.min(most, Math.floor(between(random, least, most + 1)));
}
