import type { Airport, AirportKind, Runway, RunwayEnd } from "../place/airport.js";

// One airport is one array, because 80,000 objects with names take three times the bytes and the time:
//
// | 0     | 1    | 2    | 3   | 4   | 5            | 6       | 7            | 8    | 9       | 10    | 11      |
// |-------|------|------|-----|-----|--------------|---------|--------------|------|---------|-------|---------|
// | ident | name | kind | lat | lon | elevation ft | country | municipality | iata | aliases | flags | runways |
//
// A runway is [id, length m, width m, surface, closed, name, lat, lon, heading, name, lat, lon, heading].
// Unknown numbers (NaN) are null, as JSON has no NaN. Flags: 1 scheduled, 2 military.
type Cell = string | number | null | readonly string[] | readonly RunwayRow[];
type RunwayRow = readonly (string | number | null)[];
export type AirportRow = readonly Cell[];

const KINDS: readonly AirportKind[] = [
  "large",
  "medium",
  "small",
  "heliport",
  "seaplane",
  "closed",
];
const SURFACES: readonly Runway["surface"][] = ["hard", "soft", "water", "unknown"];

/** @returns the airport as one array for the cache */
export function rowOfAirport(airport: Airport): AirportRow {
  return [
    airport.ident,
    airport.name,
    KINDS.indexOf(airport.kind),
    airport.latDeg,
    airport.lonDeg,
    orNull(airport.elevationFt),
    airport.country,
    airport.municipality,
    airport.iata,
    airport.aliases,
    (airport.scheduled ? 1 : 0) + (airport.military ? 2 : 0),
    airport.runways.map(rowOfRunway),
  ];
}

function rowOfRunway({ id, lengthM, widthM, surface, closed, ends }: Runway): RunwayRow {
  const base = [id, orNull(lengthM), orNull(widthM), SURFACES.indexOf(surface), closed ? 1 : 0];
  return [...base, ...endCells(ends[0]), ...endCells(ends[1])];
}

function endCells({ name, latDeg, lonDeg, headingDeg }: RunwayEnd): RunwayRow {
  return [name, orNull(latDeg), orNull(lonDeg), orNull(headingDeg)];
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** @returns the airport of a row that `rowOfAirport` made */
export function airportOfRow(row: AirportRow): Airport {
  const flags = row[10] as number;
  return {
    ident: row[0] as string,
    name: row[1] as string,
    kind: KINDS[row[2] as number]!,
    latDeg: row[3] as number,
    lonDeg: row[4] as number,
    elevationFt: orNaN(row[5] as number | null),
    country: row[6] as string,
    municipality: row[7] as string,
    iata: row[8] as string,
    aliases: row[9] as readonly string[],
    scheduled: (flags & 1) !== 0,
    military: (flags & 2) !== 0,
    runways: (row[11] as readonly RunwayRow[]).map(runwayOfRow),
  };
}

function runwayOfRow(row: RunwayRow): Runway {
  return {
    id: row[0] as string,
    lengthM: orNaN(row[1] as number | null),
    widthM: orNaN(row[2] as number | null),
    surface: SURFACES[row[3] as number]!,
    closed: row[4] === 1,
    ends: [endOfCells(row, 5), endOfCells(row, 9)],
  };
}

function endOfCells(row: RunwayRow, start: number): RunwayEnd {
  return {
    name: row[start] as string,
    latDeg: orNaN(row[start + 1] as number | null),
    lonDeg: orNaN(row[start + 2] as number | null),
    headingDeg: orNaN(row[start + 3] as number | null),
  };
}

function orNaN(value: number | null): number {
  return value ?? Number.NaN;
}
