import type { Airport, AirportKind, Runway, RunwayEnd } from "../place/airport.js";

/**
 * Airports as columns, the form of the cache: a few dozen long arrays are read twice as fast as 130,000 short
 * ones. Unknown numbers (NaN) are null, as JSON has no NaN.
 */
export interface AirportColumns {
  readonly ident: string[];
  readonly name: string[];
  /** Position in `KINDS`. */
  readonly kind: number[];
  readonly latDeg: number[];
  readonly lonDeg: number[];
  readonly elevationFt: (number | null)[];
  readonly country: string[];
  readonly municipality: string[];
  readonly iata: string[];
  /** Joined by "|", which no code or name holds. */
  readonly aliases: string[];
  /** 1 scheduled, 2 military. */
  readonly flags: number[];
  /** How many of the next runways belong to the airport. */
  readonly runwayCount: number[];
  readonly runway: RunwayColumns;
  readonly low: EndColumns;
  readonly high: EndColumns;
}

interface RunwayColumns {
  readonly id: string[];
  readonly lengthM: (number | null)[];
  readonly widthM: (number | null)[];
  /** Position in `SURFACES`. */
  readonly surface: number[];
  readonly closed: number[];
}

interface EndColumns {
  readonly name: string[];
  readonly latDeg: (number | null)[];
  readonly lonDeg: (number | null)[];
  readonly headingDeg: (number | null)[];
}

const KINDS: readonly AirportKind[] = [
  "large",
  "medium",
  "small",
  "heliport",
  "seaplane",
  "closed",
];
const SURFACES: readonly Runway["surface"][] = ["hard", "soft", "water", "unknown"];
const NONE: readonly never[] = Object.freeze([]);

/** @returns the airports as columns, in their order */
export function columnsOfAirports(airports: readonly Airport[]): AirportColumns {
  const runways = airports.flatMap((airport) => airport.runways);
  return {
    ident: airports.map(({ ident }) => ident),
    name: airports.map(({ name }) => name),
    kind: airports.map(({ kind }) => KINDS.indexOf(kind)),
    latDeg: airports.map(({ latDeg }) => latDeg),
    lonDeg: airports.map(({ lonDeg }) => lonDeg),
    elevationFt: airports.map(({ elevationFt }) => orNull(elevationFt)),
    country: airports.map(({ country }) => country),
    municipality: airports.map(({ municipality }) => municipality),
    iata: airports.map(({ iata }) => iata),
    aliases: airports.map(({ aliases }) => aliases.join("|")),
    flags: airports.map(({ scheduled, military }) => (scheduled ? 1 : 0) + (military ? 2 : 0)),
    runwayCount: airports.map((airport) => airport.runways.length),
    runway: {
      id: runways.map(({ id }) => id),
      lengthM: runways.map(({ lengthM }) => orNull(lengthM)),
      widthM: runways.map(({ widthM }) => orNull(widthM)),
      surface: runways.map(({ surface }) => SURFACES.indexOf(surface)),
      closed: runways.map(({ closed }) => (closed ? 1 : 0)),
    },
    low: columnsOfEnds(runways.map(({ ends }) => ends[0])),
    high: columnsOfEnds(runways.map(({ ends }) => ends[1])),
  };
}

function columnsOfEnds(ends: readonly RunwayEnd[]): EndColumns {
  return {
    name: ends.map(({ name }) => name),
    latDeg: ends.map(({ latDeg }) => orNull(latDeg)),
    lonDeg: ends.map(({ lonDeg }) => orNull(lonDeg)),
    headingDeg: ends.map(({ headingDeg }) => orNull(headingDeg)),
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** @returns the airports of columns that `columnsOfAirports` made */
export function airportsOfColumns(columns: AirportColumns): Airport[] {
  const airports: Airport[] = [];
  let runwayStart = 0;
  for (let i = 0; i < columns.ident.length; i++) {
    const runwayEnd = runwayStart + columns.runwayCount[i]!;
    const aliases = columns.aliases[i]!;
    const flags = columns.flags[i]!;
    airports.push({
      ident: columns.ident[i]!,
      name: columns.name[i]!,
      kind: KINDS[columns.kind[i]!]!,
      latDeg: columns.latDeg[i]!,
      lonDeg: columns.lonDeg[i]!,
      elevationFt: columns.elevationFt[i] ?? Number.NaN,
      country: columns.country[i]!,
      municipality: columns.municipality[i]!,
      iata: columns.iata[i]!,
      aliases: aliases === "" ? NONE : aliases.split("|"),
      scheduled: (flags & 1) !== 0,
      military: (flags & 2) !== 0,
      runways: runwayEnd === runwayStart ? NONE : runwaysOf(columns, runwayStart, runwayEnd),
    });
    runwayStart = runwayEnd;
  }
  return airports;
}

function runwaysOf(columns: AirportColumns, start: number, end: number): Runway[] {
  const { runway, low, high } = columns;
  const runways: Runway[] = [];
  for (let i = start; i < end; i++) {
    runways.push({
      id: runway.id[i]!,
      lengthM: runway.lengthM[i] ?? Number.NaN,
      widthM: runway.widthM[i] ?? Number.NaN,
      surface: SURFACES[runway.surface[i]!]!,
      closed: runway.closed[i] === 1,
      ends: [endOf(low, i), endOf(high, i)],
    });
  }
  return runways;
}

function endOf(ends: EndColumns, index: number): RunwayEnd {
  return {
    name: ends.name[index]!,
    latDeg: ends.latDeg[index] ?? Number.NaN,
    lonDeg: ends.lonDeg[index] ?? Number.NaN,
    headingDeg: ends.headingDeg[index] ?? Number.NaN,
  };
}
