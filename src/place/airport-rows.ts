import { PlaceIndex } from "../geo/place-index.js";
import type { Airport, AirportKind, AirportOutline, RunwayOutline } from "./airport.js";

/** Airports by number, in the table's order, with what they are found by. */
export interface AirportRows {
  readonly count: number;
  /** The airport of a number: the same object each time, until `letGo`. */
  at(row: number): Airport;
  /** See `AirportTable.letGo`. */
  letGo(): void;
  /** Only what it has in figures. */
  outlineAt(row: number): AirportOutline;
  kindAt(row: number): AirportKind;
  /** Feet; NaN when unknown. */
  elevationAt(row: number): number;
  /** Every airport. */
  all(): readonly Airport[];
  /** By the plain form of an ident, of an alias, of an IATA code. */
  readonly codes: CodeIndexes;
  readonly places: PlaceIndex;
  readonly larger: LargerAirports;
  /** No airport lies higher, ft; minus infinity when no elevation is known. */
  readonly highestFt: number;
}

/** Large and medium airports, with a search tree of their own. */
export interface LargerAirports {
  readonly rows: ArrayLike<number>;
  readonly places: PlaceIndex;
}

/** Length of the longest of some runways, metres; 0 when there is none or no length is known. */
export function longestOf(runways: readonly RunwayOutline[]): number {
  let longestM = 0;
  for (const { lengthM } of runways) if (lengthM > longestM) longestM = lengthM;
  return longestM;
}

/** What a code is looked up in. */
export interface CodeIndexes {
  readonly idents: CodeIndex;
  /** IATA codes are among them. */
  readonly aliases: CodeIndex;
  readonly iata: CodeIndex;
}

/** From the plain form of a code to the number of its airport. */
export interface CodeIndex {
  get(key: string): number | undefined;
}

/** Which of two airports a shared code means: the more important kind, a closed field last. */
export const KIND_RANK: Readonly<Record<AirportKind, number>> = {
  large: 0,
  medium: 1,
  small: 2,
  seaplane: 3,
  heliport: 4,
  closed: 5,
};

/** Airports of a list. Indexes are made when first asked for: a command that only looks up a code needs no other. */
export function listedAirports(airports: readonly Airport[]): AirportRows {
  const codes = once(() => indexCodes(airports));
  const places = once(() => new PlaceIndex(airports));
  const larger = once(() => {
    const rows = largerRows(airports);
    return { rows, places: new PlaceIndex(rows.map((row) => airports[row]!)) };
  });
  const highestFt = once(() => highestOf(airports.map(({ elevationFt }) => elevationFt)));
  return {
    count: airports.length,
    at: (row) => airports[row]!,
    letGo: () => {},
    outlineAt: (row) => airports[row]!,
    kindAt: (row) => airports[row]!.kind,
    elevationAt: (row) => airports[row]!.elevationFt,
    all: () => airports,
    get codes() {
      return codes();
    },
    get places() {
      return places();
    },
    get larger() {
      return larger();
    },
    get highestFt() {
      return highestFt();
    },
  };
}

/** @returns the numbers of the large and medium airports, ascending */
export function largerRows(airports: readonly Airport[]): number[] {
  return airports.flatMap(({ kind }, row) => (kind === "large" || kind === "medium" ? [row] : []));
}

/** @returns the greatest of some elevations, ft; minus infinity when none is known */
export function highestOf(elevationsFt: ArrayLike<number>): number {
  let highestFt = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < elevationsFt.length; i++)
    if (elevationsFt[i]! > highestFt) highestFt = elevationsFt[i]!;
  return highestFt;
}

/** @returns a function that makes its value at the first call, and gives it again at later ones */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Every code of a list of airports, and whose it is. */
export function indexCodes(
  airports: readonly Airport[],
): Readonly<Record<keyof CodeIndexes, ReadonlyMap<string, number>>> {
  const idents = new Map<string, number>();
  const aliases = new Map<string, number>();
  const iata = new Map<string, number>();
  airports.forEach((airport, row) => {
    const offer = (index: Map<string, number>, code: string) => {
      const key = plain(code);
      if (key === "") return;
      const known = index.get(key);
      if (known === undefined || isPreferred(airport, airports[known]!, key)) index.set(key, row);
    };
    idents.set(plain(airport.ident), row);
    offer(iata, airport.iata);
    offer(aliases, airport.iata);
    for (const alias of airport.aliases) offer(aliases, alias);
  });
  return { idents, aliases, iata };
}

function isPreferred(candidate: Airport, known: Airport, key: string): boolean {
  const byKind = KIND_RANK[candidate.kind] - KIND_RANK[known.kind];
  if (byKind !== 0) return byKind < 0;
  return plain(candidate.iata) === key && plain(known.iata) !== key;
}

/** Lower case, without accents, so that "maiquetia" finds Maiquetía. */
export function plain(text: string): string {
  const lower = text.trim().toLowerCase();
  if (/^[\x20-\x7e]*$/.test(lower)) return lower;
  return lower
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/ı/g, "i");
}
