import { PlaceIndex } from "../geo/place-index.js";
import type { Airport, AirportKind, AirportOutline, Runway, RunwayOutline } from "./airport.js";
import {
  type AirportRows,
  type CodeIndex,
  highestOf,
  indexCodes,
  largerRows,
  once,
} from "./airport-rows.js";

/** A column of which only the part that is asked for need be there. */
export type ReadInParts<T extends Uint8Array | Float64Array> = Pick<T, "length" | "subarray">;

/**
 * Airports as columns with their indexes, to be stored as bytes and used as they are: an airport becomes an object
 * when it is asked for. A column is touched when something needs it, and not before.
 */
export interface PackedAirports {
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
  /** NaN when unknown. */
  readonly elevationFt: Float64Array;
  /** Position in `KINDS`. */
  readonly kind: Uint8Array;
  /** 1 scheduled, 2 military. */
  readonly flags: Uint8Array;
  /** Texts of each airport: ident, name, country, municipality, IATA code, aliases, then three for each runway. */
  readonly texts: ReadInParts<Uint8Array>;
  readonly textStart: Uint32Array;
  /** First runway of each airport, and one more: the number of runways. */
  readonly runwayStart: Uint32Array;
  /** `RUNWAY_NUMBERS` for each runway. */
  readonly runwayNumbers: ReadInParts<Float64Array>;
  /** Position in `SURFACES`, and 4 when closed. */
  readonly runwayMarks: Uint8Array;
  readonly placeTree: Uint8Array;
  readonly largerRows: Uint32Array;
  readonly largerTree: Uint8Array;
  readonly identKeys: Uint8Array;
  readonly identStart: Uint32Array;
  readonly identRows: Uint32Array;
  readonly aliasKeys: Uint8Array;
  readonly aliasStart: Uint32Array;
  readonly aliasRows: Uint32Array;
  readonly iataKeys: Uint8Array;
  readonly iataStart: Uint32Array;
  readonly iataRows: Uint32Array;
}

/** The columns that are used in parts. */
export const IN_PARTS = ["texts", "runwayNumbers"] as const;

/** Columns as they are made, every one whole. */
export type WholeAirports = PackedAirports & {
  readonly texts: Uint8Array;
  readonly runwayNumbers: Float64Array;
};

const KINDS: readonly AirportKind[] = [
  "large",
  "medium",
  "small",
  "heliport",
  "seaplane",
  "closed",
];
const SURFACES: readonly Runway["surface"][] = ["hard", "soft", "water", "unknown"];
const CLOSED = 4;
/** Length, width, then latitude, longitude and direction of each end. */
const RUNWAY_NUMBERS = 8;
const TEXTS = 6;
const RUNWAY_TEXTS = 3;
/** No text of the tables holds it. */
const BETWEEN_TEXTS = "\0";
/** No code or name holds it. */
const BETWEEN_ALIASES = "|";
const NONE: readonly never[] = Object.freeze([]);

/** @throws Error when a text holds one of the characters that part them */
export function packAirports(airports: readonly Airport[]): WholeAirports {
  const runways = airports.flatMap((airport) => airport.runways);
  const codes = indexCodes(airports);
  const larger = largerRows(airports);
  const ident = packKeys(codes.idents);
  const alias = packKeys(codes.aliases);
  const iata = packKeys(codes.iata);
  const { bytes: texts, start: textStart } = packTexts(airports.map(textOf));
  const runwayStart = new Uint32Array(airports.length + 1);
  airports.forEach((airport, row) => {
    runwayStart[row + 1] = runwayStart[row]! + airport.runways.length;
  });
  return {
    latDeg: Float64Array.from(airports, ({ latDeg }) => latDeg),
    lonDeg: Float64Array.from(airports, ({ lonDeg }) => lonDeg),
    elevationFt: Float64Array.from(airports, ({ elevationFt }) => elevationFt),
    kind: Uint8Array.from(airports, ({ kind }) => KINDS.indexOf(kind)),
    flags: Uint8Array.from(
      airports,
      ({ scheduled, military }) => (scheduled ? 1 : 0) + (military ? 2 : 0),
    ),
    ...{ texts, textStart, runwayStart },
    runwayNumbers: Float64Array.from(runways.flatMap(numbersOf)),
    runwayMarks: Uint8Array.from(
      runways,
      ({ surface, closed }) => SURFACES.indexOf(surface) + (closed ? CLOSED : 0),
    ),
    placeTree: new Uint8Array(new PlaceIndex(airports).tree),
    largerRows: Uint32Array.from(larger),
    largerTree: new Uint8Array(new PlaceIndex(larger.map((row) => airports[row]!)).tree),
    ...{ identKeys: ident.bytes, identStart: ident.start, identRows: ident.rows },
    ...{ aliasKeys: alias.bytes, aliasStart: alias.start, aliasRows: alias.rows },
    ...{ iataKeys: iata.bytes, iataStart: iata.start, iataRows: iata.rows },
  };
}

function textOf(airport: Airport): string {
  const { ident, name, country, municipality, iata, aliases, runways } = airport;
  const texts = [ident, name, country, municipality, iata, aliases.join(BETWEEN_ALIASES)];
  for (const { id, ends } of runways) texts.push(id, ends[0].name, ends[1].name);
  const text = texts.join(BETWEEN_TEXTS);
  const isWhole =
    text.split(BETWEEN_TEXTS).length === texts.length &&
    aliases.every((alias) => alias !== "" && !alias.includes(BETWEEN_ALIASES));
  if (!isWhole) throw new Error(`a text of airport ${ident} holds a character that parts texts`);
  return text;
}

function numbersOf({ lengthM, widthM, ends }: Runway): number[] {
  return [
    lengthM,
    widthM,
    ...ends.flatMap(({ latDeg, lonDeg, headingDeg }) => [latDeg, lonDeg, headingDeg]),
  ];
}

function packTexts(texts: readonly string[]): { bytes: Uint8Array; start: Uint32Array } {
  const encoder = new TextEncoder();
  const pieces = texts.map((text) => encoder.encode(text));
  const start = new Uint32Array(texts.length + 1);
  pieces.forEach((piece, at) => {
    start[at + 1] = start[at]! + piece.length;
  });
  const bytes = new Uint8Array(start[texts.length]!);
  pieces.forEach((piece, at) => {
    bytes.set(piece, start[at]!);
  });
  return { bytes, start };
}

function packKeys(codes: ReadonlyMap<string, number>) {
  const encoder = new TextEncoder();
  const keys = [...codes.keys()]
    .map((key) => ({ key, bytes: encoder.encode(key) }))
    .sort((a, b) => compareAt(a.bytes, b.bytes, 0, b.bytes.length));
  return {
    ...packTexts(keys.map(({ key }) => key)),
    rows: Uint32Array.from(keys, ({ key }) => codes.get(key)!),
  };
}

/** Airports as objects, each made when it is first asked for. */
function madeOnDemand(packed: PackedAirports) {
  const count = packed.latDeg.length;
  const decoder = new TextDecoder();
  const made: (Airport | undefined)[] = [];
  made.length = count;
  let list: readonly Airport[] | undefined;
  const at = (row: number): Airport => {
    made[row] ??= airportOf(packed, row, decoder);
    return made[row];
  };
  const all = (): readonly Airport[] => {
    list ??= Array.from({ length: count }, (_, row) => at(row));
    return list;
  };
  return {
    ...{ at, all },
    madeAt: (row: number) => made[row],
    letGo() {
      made.fill(undefined);
      list = undefined;
    },
  };
}

/** Airports out of their packed form, as `listedAirports` gives those of a list. */
export function packedAirports(packed: PackedAirports): AirportRows {
  const count = packed.latDeg.length;
  const { at, all, madeAt, letGo } = madeOnDemand(packed);
  const { latDeg: latsDeg, lonDeg: lonsDeg } = packed;
  const places = once(() => new PlaceIndex({ latsDeg, lonsDeg, tree: ownBytes(packed.placeTree) }));
  const larger = once(() => {
    const rows = packed.largerRows;
    return {
      rows,
      places: new PlaceIndex({
        latsDeg: Float64Array.from(rows, (row) => latsDeg[row]!),
        lonsDeg: Float64Array.from(rows, (row) => lonsDeg[row]!),
        tree: ownBytes(packed.largerTree),
      }),
    };
  });
  const highestFt = once(() => highestOf(packed.elevationFt));
  // A column may be read from disk when it is first asked for: asked for once, and not for every airport.
  const kinds = once(() => packed.kind);
  const elevationsFt = once(() => packed.elevationFt);
  const figures = once(() => figuresOf(packed));
  const idents = once(() => keysOf(packed.identKeys, packed.identStart, packed.identRows));
  const aliases = once(() => keysOf(packed.aliasKeys, packed.aliasStart, packed.aliasRows));
  const iata = once(() => keysOf(packed.iataKeys, packed.iataStart, packed.iataRows));
  return {
    ...{ count, at, all, letGo },
    outlineAt: (row) => madeAt(row) ?? outlineOf(figures(), row),
    kindAt: (row) => KINDS[kinds()[row]!]!,
    elevationAt: (row) => elevationsFt()[row]!,
    codes: {
      get idents() {
        return idents();
      },
      get aliases() {
        return aliases();
      },
      get iata() {
        return iata();
      },
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

/** A buffer with nothing else in it, as the tree's package wants it. */
function ownBytes(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteLength } = bytes;
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isOwn ? buffer : bytes.slice().buffer;
}

type Figures = Pick<
  PackedAirports,
  "latDeg" | "lonDeg" | "elevationFt" | "kind" | "runwayStart" | "runwayNumbers"
>;

function figuresOf(packed: PackedAirports): Figures {
  const { latDeg, lonDeg, elevationFt, kind, runwayStart, runwayNumbers } = packed;
  return { latDeg, lonDeg, elevationFt, kind, runwayStart, runwayNumbers };
}

function outlineOf(figures: Figures, row: number): AirportOutline {
  const { latDeg, lonDeg, elevationFt, kind, runwayStart, runwayNumbers } = figures;
  const [start, end] = [runwayStart[row]!, runwayStart[row + 1]!];
  const numbers = runwayNumbers.subarray(start * RUNWAY_NUMBERS, end * RUNWAY_NUMBERS);
  const runways: RunwayOutline[] = [];
  for (let at = 0; at < numbers.length; at += RUNWAY_NUMBERS)
    runways.push(runwayOutline(numbers, at));
  return {
    latDeg: latDeg[row]!,
    lonDeg: lonDeg[row]!,
    elevationFt: elevationFt[row]!,
    kind: KINDS[kind[row]!]!,
    runways,
  };
}

function runwayOutline(numbers: Float64Array, at: number): RunwayOutline {
  const endAt = (from: number) => ({
    latDeg: numbers[from]!,
    lonDeg: numbers[from + 1]!,
    headingDeg: numbers[from + 2]!,
  });
  return {
    lengthM: numbers[at]!,
    widthM: numbers[at + 1]!,
    ends: [endAt(at + 2), endAt(at + 5)],
  };
}

function airportOf(packed: PackedAirports, row: number, decoder: TextDecoder): Airport {
  const { texts, textStart, runwayStart } = packed;
  const words = decoder
    .decode(texts.subarray(textStart[row]!, textStart[row + 1]!))
    .split(BETWEEN_TEXTS);
  const [ident, name, country, municipality, iata, aliases] = words as [
    ...[string, string, string, string, string, string],
  ];
  const flags = packed.flags[row]!;
  const [start, end] = [runwayStart[row]!, runwayStart[row + 1]!];
  return {
    ident,
    name,
    kind: KINDS[packed.kind[row]!]!,
    latDeg: packed.latDeg[row]!,
    lonDeg: packed.lonDeg[row]!,
    elevationFt: packed.elevationFt[row]!,
    country,
    municipality,
    iata,
    aliases: aliases === "" ? NONE : aliases.split(BETWEEN_ALIASES),
    scheduled: (flags & 1) !== 0,
    military: (flags & 2) !== 0,
    runways: start === end ? NONE : runwaysOf(packed, { start, end }, words),
  };
}

function runwaysOf(
  { runwayNumbers, runwayMarks }: PackedAirports,
  { start, end }: { readonly start: number; readonly end: number },
  words: readonly string[],
): Runway[] {
  const runways: Runway[] = [];
  const numbers = runwayNumbers.subarray(start * RUNWAY_NUMBERS, end * RUNWAY_NUMBERS);
  for (let i = start; i < end; i++) {
    const word = TEXTS + (i - start) * RUNWAY_TEXTS;
    const { lengthM, widthM, ends } = runwayOutline(numbers, (i - start) * RUNWAY_NUMBERS);
    const marks = runwayMarks[i]!;
    runways.push({
      id: words[word]!,
      lengthM,
      widthM,
      surface: SURFACES[marks & (CLOSED - 1)]!,
      closed: (marks & CLOSED) !== 0,
      ends: [
        { name: words[word + 1]!, ...ends[0] },
        { name: words[word + 2]!, ...ends[1] },
      ],
    });
  }
  return runways;
}

/** Searches keys that are sorted by their bytes. */
function keysOf(keys: Uint8Array, start: Uint32Array, rows: Uint32Array): CodeIndex {
  const encoder = new TextEncoder();
  const found = new Map<string, number | undefined>();
  const search = (key: string): number | undefined => {
    const wanted = encoder.encode(key);
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = compareAt(wanted, keys, start[middle]!, start[middle + 1]!);
      if (order === 0) return rows[middle]!;
      if (order < 0) high = middle;
      else low = middle + 1;
    }
    return undefined;
  };
  return {
    get(key) {
      if (!found.has(key)) found.set(key, search(key));
      return found.get(key);
    },
  };
}

/** Compares some bytes with those of `others` from `start` to `end`: negative when they come first. */
function compareAt(bytes: Uint8Array, others: Uint8Array, start: number, end: number): number {
  const shorter = Math.min(bytes.length, end - start);
  for (let i = 0; i < shorter; i++) {
    const difference = bytes[i]! - others[start + i]!;
    if (difference !== 0) return difference;
  }
  return bytes.length - (end - start);
}
