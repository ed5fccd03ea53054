import { AIRLINER_TYPES } from "./airliners.js";
import { BUSINESS_TYPES } from "./business.js";
import { HELICOPTER_TYPES } from "./helicopter.js";
import { LIGHT_TYPES } from "./light.js";
import { MILITARY_TYPES } from "./military.js";
import { REGIONAL_TYPES } from "./regional.js";
import { SOURCE_NOTES, type TypeRow } from "./row.js";
import { SOVIET_TYPES } from "./soviet.js";
import { TURBOPROP_TYPES } from "./turboprop.js";

export type EngineClass = "jet" | "turboprop" | "piston" | "electric" | "glider" | "helicopter";

/** What an ICAO type designator stands for. It names a family, never the variant: T204 is a Tu-204, -214 or -234. */
export interface AircraftType {
  readonly designator: string;
  readonly maker: string;
  /** Family as written in prose, without the maker. */
  readonly family: string;
  readonly engineClass: EngineClass;
  readonly engineCount: number;
  /** ICAO wake turbulence category; J ("super") is A380 and An-225. */
  readonly wake: "L" | "M" | "H" | "J";
  readonly performance: Performance;
}

/**
 * What an aircraft can do. Figures are typical or greatest for the whole family and good for plausibility; only
 * `hardSpeedBoundKt` may carry the word "impossible".
 */
export interface Performance {
  /** True airspeed, knots. */
  readonly cruiseKt: number;
  /** Fastest level speed or Mach limit, true airspeed. */
  readonly maxSpeedKt: number;
  readonly ceilingFt: number;
  /** Longest range without refuelling, metres. */
  readonly rangeM: number;
  /** Longest time aloft without refuelling in flight. */
  readonly enduranceMs: number;
  /** NaN for helicopters and others that need no speed to land. */
  readonly approachSpeedKt: number;
  /** Shortest usual runway; 0 where none is needed. */
  readonly runwayNeedM: number;
  /**
   * Ground speed that nothing of the kind exceeds, tail wind included.
   *
   * Source: the product's method (docs/method.md), reachability: 700 kt for jets and unknown types, 400 turboprop, 260
   * piston, 220 helicopter. A type whose own top speed and a strong tail wind come to more has that sum instead
   * (Tu-95, fighters; wind: chosen), because nothing that happened may ever be called impossible.
   */
  readonly hardSpeedBoundKt: number;
  /** True when any figure is an estimate from the class and not a figure for this type. */
  readonly estimated: boolean;
  /** Where the figures come from, in words. */
  readonly source: string;
}

const ENGINE_CLASSES: Readonly<Record<TypeRow[3], EngineClass>> = {
  J: "jet",
  T: "turboprop",
  P: "piston",
  E: "electric",
  G: "glider",
  H: "helicopter",
};

/** Source: docs/method.md, reachability; electric and glider take the piston bound (chosen). */
const SPEED_FLOOR_KT: Readonly<Record<EngineClass, number>> = {
  jet: 700,
  turboprop: 400,
  piston: 260,
  electric: 260,
  glider: 260,
  helicopter: 220,
};

/** Tail wind to add to a type's own top speed, by the heights the class flies at. Chosen. */
const TAIL_WIND_KT: Readonly<Record<EngineClass, number>> = {
  jet: 150,
  turboprop: 110,
  piston: 80,
  electric: 60,
  glider: 80,
  helicopter: 50,
};

const HOUR_MS = 3_600_000;
const METRES_PER_KM = 1000;
const KMH_PER_KT = 1.852;
const ENDURANCE_FACTOR = 1.25;

function typeFromRow(row: TypeRow): AircraftType {
  const [designator, maker, family, engine, engineCount, wake, cruiseKt, maxSpeedKt] = row;
  const [ceilingFt, rangeKm, enduranceH, approachKt, runwayM, source] = row.slice(8) as [
    number,
    number,
    number,
    number,
    number,
    TypeRow[13],
  ];
  const engineClass = ENGINE_CLASSES[engine];
  const derivedH = Math.ceil((ENDURANCE_FACTOR * rangeKm * 2) / (cruiseKt * KMH_PER_KT)) / 2;
  const endurance = enduranceH === 0 ? "; endurance derived: 1.25 x range / cruise" : "";
  const performance: Performance = {
    cruiseKt,
    maxSpeedKt,
    ceilingFt,
    rangeM: rangeKm * METRES_PER_KM,
    enduranceMs: (enduranceH === 0 ? derivedH : enduranceH) * HOUR_MS,
    approachSpeedKt: approachKt === 0 ? Number.NaN : approachKt,
    runwayNeedM: runwayM,
    hardSpeedBoundKt: Math.max(SPEED_FLOOR_KT[engineClass], maxSpeedKt + TAIL_WIND_KT[engineClass]),
    estimated: source === "e",
    source: SOURCE_NOTES[source] + endurance,
  };
  return { designator, maker, family, engineClass, engineCount, wake, performance };
}

const ROWS: readonly TypeRow[] = [
  ...SOVIET_TYPES,
  ...AIRLINER_TYPES,
  ...REGIONAL_TYPES,
  ...BUSINESS_TYPES,
  ...MILITARY_TYPES,
  ...TURBOPROP_TYPES,
  ...HELICOPTER_TYPES,
  ...LIGHT_TYPES,
];

/** Designators met in the wild that are not in Doc 8643 or no longer, and what they mean. */
const ALIASES: Readonly<Record<string, string>> = {
  T95: "TU95",
  T142: "TU95",
  T214: "T204",
  T234: "T204",
  IL78: "IL76",
  YK13: "Y130",
};

const ROW_BY_DESIGNATOR: ReadonlyMap<string, TypeRow> = new Map(ROWS.map((row) => [row[0], row]));
/** Made when they are asked for: most questions ask for a few. */
const made = new Map<TypeRow, AircraftType>();

function typeOf(row: TypeRow): AircraftType {
  let type = made.get(row);
  if (!type) {
    type = typeFromRow(row);
    made.set(row, type);
  }
  return type;
}

/** @returns every type of the table, sorted by designator */
export function allTypes(): readonly AircraftType[] {
  return ROWS.map(typeOf).sort((a, b) => (a.designator < b.designator ? -1 : 1));
}

/** @returns the type of a designator, old or common misspellings included; undefined when it is not in the table */
export function findType(designator: string): AircraftType | undefined {
  const key = designator.trim().toUpperCase();
  const row = ROW_BY_DESIGNATOR.get(key) ?? ROW_BY_DESIGNATOR.get(ALIASES[key] ?? "");
  return row && typeOf(row);
}

/** @returns "Ilyushin Il-96" by designator "IL96", for every type of the table */
export function typeNames(): ReadonlyMap<string, string> {
  return new Map(allTypes().map((type) => [type.designator, typeName(type)]));
}

/** @returns maker and family for prose: "Ilyushin Il-96" */
export function typeName(type: AircraftType): string {
  return `${type.maker} ${type.family}`;
}

/** Generous for nearly all of a class; the few record holders (Tu-95, U-2, RQ-4) lie beyond. */
const DEFAULT_SPAN: Readonly<Record<EngineClass, readonly number[]>> = {
  // cruise kt, top speed kt, ceiling ft, range km, endurance h, approach kt, runway m
  jet: [470, 550, 51_000, 19_000, 27, 80, 500],
  turboprop: [300, 400, 41_000, 9_000, 18.5, 55, 150],
  piston: [150, 260, 31_000, 4_000, 16, 40, 50],
  electric: [90, 150, 15_000, 400, 3, 50, 200],
  glider: [65, 150, 35_000, 2_500, 16, 45, 200],
  helicopter: [130, 200, 20_000, 2_300, 9, 0, 0],
};

/**
 * Generous figures for an aircraft of which only the engine class is known (an unknown one counts as a jet that needs
 * no more runway than a light aircraft), so that too little knowledge never rules a place out.
 *
 * Source: chosen, near the far end of each class in the type table; test/aircraft/types.test.ts compares.
 */
export function performanceForClass(engineClass: EngineClass | undefined): Performance {
  const span = DEFAULT_SPAN[engineClass ?? "jet"];
  const [cruiseKt = 0, maxSpeedKt = 0, ceilingFt = 0, rangeKm = 0, enduranceH = 0] = span;
  const approachKt = engineClass === undefined ? 0 : (span[5] ?? 0);
  return {
    cruiseKt,
    maxSpeedKt,
    ceilingFt,
    rangeM: rangeKm * METRES_PER_KM,
    enduranceMs: enduranceH * HOUR_MS,
    approachSpeedKt: approachKt === 0 ? Number.NaN : approachKt,
    runwayNeedM: engineClass === undefined ? 0 : (span[6] ?? 0),
    hardSpeedBoundKt: SPEED_FLOOR_KT[engineClass ?? "jet"],
    estimated: true,
    source: `generous default for ${engineClass ? `the class "${engineClass}"` : "an unknown type"}`,
  };
}

/** @returns the type's performance, or generous defaults when the designator is unknown */
export function performanceFor(designator: string | undefined): Performance {
  const type = designator === undefined ? undefined : findType(designator);
  return type?.performance ?? performanceForClass(undefined);
}
