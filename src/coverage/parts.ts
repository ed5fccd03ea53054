import { HeardGrid, type HeardRow } from "./heard-grid.js";
import { type AirportPlace, comparePassages, type Passage } from "./passage.js";

/** Raise it when what is measured changes: a store then measures anew. */
export const COVERAGE_VERSION = 2;

/** What was added on one UTC day. */
export interface DayCount {
  /** Days since 1970 UTC. */
  readonly day: number;
  readonly pointCount: number;
  /** Aircraft with a point on that day. */
  readonly aircraftCount: number;
}

/**
 * Everything measured: what `Coverage` answers from, what a store keeps, and what is added up. Parts of different
 * aircraft add up exactly, in any order. Parts of the same aircraft on different days add up too, but passages whose
 * two contacts lie in different parts are then neither hit nor miss.
 */
export interface CoverageParts {
  /** One simulated track marks the whole. */
  readonly simulated: boolean;
  /** By day. */
  readonly days: readonly DayCount[];
  /** Points without any height, which no layer of air can be given to. */
  readonly unplacedCount: number;
  /** By cell, band and hour. */
  readonly rows: readonly HeardRow[];
  /** Airports with passages, by ident. */
  readonly airports: readonly AirportPlace[];
  /** By airport and time. */
  readonly passages: readonly Passage[];
}

/** Parts as questions ask for them. */
export interface AskedParts {
  /** Hours since 1970 UTC in which anything was heard anywhere. */
  readonly heardHours: ReadonlySet<number>;
  /** Rows of a cell, in their order. */
  rowsOf(cell: number): readonly HeardRow[];
  /** Passages of an airport, in their order. */
  passagesOf(ident: string): readonly Passage[];
}

export const NO_PARTS: CoverageParts = {
  simulated: false,
  days: [],
  unplacedCount: 0,
  rows: [],
  airports: [],
  passages: [],
};

/** Adds parts up; the same parts in any order and any grouping give the same sum. */
export function mergeParts(all: readonly CoverageParts[]): CoverageParts {
  const grid = new HeardGrid();
  const days = new Map<number, DayCount>();
  const airports = new Map<string, AirportPlace>();
  for (const parts of all) {
    grid.add(parts.rows);
    for (const one of parts.days) {
      const sum = days.get(one.day) ?? { day: one.day, pointCount: 0, aircraftCount: 0 };
      days.set(one.day, {
        day: one.day,
        pointCount: sum.pointCount + one.pointCount,
        aircraftCount: sum.aircraftCount + one.aircraftCount,
      });
    }
    for (const airport of parts.airports) airports.set(airport.ident, airport);
  }
  return {
    simulated: all.some(({ simulated }) => simulated),
    days: [...days.values()].sort((a, b) => a.day - b.day),
    unplacedCount: all.reduce((sum, { unplacedCount }) => sum + unplacedCount, 0),
    rows: grid.rows(),
    airports: sortedAirports(airports.values()),
    passages: all.flatMap(({ passages }) => passages).sort(comparePassages),
  };
}

export function sortedAirports(airports: Iterable<AirportPlace>): AirportPlace[] {
  return [...airports].sort((a, b) => (a.ident < b.ident ? -1 : 1));
}
