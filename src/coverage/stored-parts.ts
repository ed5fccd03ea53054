import { type HeardRow, SOURCE_CLASSES } from "./heard-grid.js";
import type { AskedParts, CoverageParts } from "./parts.js";
import type { Passage } from "./passage.js";

/** Whole numbers from 0 on, in the shorter of the two forms that holds them. */
type Wholes = Uint32Array | Float64Array;

/** Rows and passages as columns, to be stored as bytes and asked as they lie. */
export interface PartsColumns {
  /** Cells with rows, ascending. */
  readonly cells: Wholes;
  /** First row of each cell, and one more: the number of rows. */
  readonly cellStart: Uint32Array;
  readonly band: Uint8Array;
  readonly hour: Wholes;
  readonly adsbMs: Wholes;
  readonly mlatMs: Wholes;
  readonly otherMs: Wholes;
  readonly unheardMs: Wholes;
  readonly passes: Wholes;
  readonly heardPasses: Wholes;
  /** Hours in which anything was heard anywhere, ascending. */
  readonly heardHours: Wholes;
  /** First passage of each airport, and one more: the number of passages. */
  readonly passageStart: Uint32Array;
  /** 1 for an arrival. */
  readonly arrival: Uint8Array;
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  /** NaN: not heard near. */
  readonly followedToFt: Float64Array;
  /** 0: none; 1: one; 2: one whose airport is sure. */
  readonly trial: Uint8Array;
  /** Position in `SOURCE_CLASSES`. */
  readonly source: Uint8Array;
}

/** What parts hold beside rows and passages. */
export type PartsHead = Omit<CoverageParts, "rows" | "passages">;

/** @returns the columns of parts, whose rows and passages are in their order */
export function columnsOf({ rows, passages, airports }: CoverageParts): PartsColumns {
  const cells = [...new Set(rows.map(({ cell }) => cell))];
  const places = new Map(airports.map(({ ident }, place) => [ident, place]));
  const heard = rows.filter(({ heardPasses }) => heardPasses > 0).map(({ hour }) => hour);
  const cellPlaces = new Map(cells.map((cell, place) => [cell, place]));
  const column = (of: (row: HeardRow) => number) => wholesOf(rows.map(of));
  return {
    cells: wholesOf(cells),
    cellStart: startsOf(
      rows.map(({ cell }) => cellPlaces.get(cell)!),
      cells.length,
    ),
    band: Uint8Array.from(rows, ({ band }) => band),
    hour: column(({ hour }) => hour),
    adsbMs: column(({ heardMs }) => heardMs[0]),
    mlatMs: column(({ heardMs }) => heardMs[1]),
    otherMs: column(({ heardMs }) => heardMs[2]),
    unheardMs: column(({ unheardMs }) => unheardMs),
    passes: column(({ passes }) => passes),
    heardPasses: column(({ heardPasses }) => heardPasses),
    heardHours: wholesOf([...new Set(heard)].sort((a, b) => a - b)),
    passageStart: startsOf(
      passages.map(({ airport }) => places.get(airport)!),
      airports.length,
    ),
    arrival: Uint8Array.from(passages, ({ kind }) => Number(kind === "arrival")),
    fromMs: Float64Array.from(passages, ({ fromMs }) => fromMs),
    toMs: Float64Array.from(passages, ({ toMs }) => toMs),
    followedToFt: Float64Array.from(passages, ({ followedToFt }) => followedToFt),
    trial: Uint8Array.from(passages, ({ isTrial, isPlaced }) => Number(isTrial) + Number(isPlaced)),
    source: Uint8Array.from(passages, ({ sourceClass }) => SOURCE_CLASSES.indexOf(sourceClass)),
  };
}

/** Hours before 1970 are below 0, and sums may be beyond 32 bits. */
function wholesOf(values: readonly number[]): Wholes {
  const isShort = values.every((value) => value >>> 0 === value);
  return isShort ? Uint32Array.from(values) : Float64Array.from(values);
}

/** @param places in ascending order, each below `count` */
function startsOf(places: readonly number[], count: number): Uint32Array {
  const start = new Uint32Array(count + 1);
  for (const place of places) start[place + 1]!++;
  for (let place = 0; place < count; place++) start[place + 1]! += start[place]!;
  return start;
}

/** Parts out of their columns, as `columnsOf` was given them; a row becomes an object when its cell is asked for. */
export function partsOfColumns(head: PartsHead, columns: PartsColumns): CoverageParts & AskedParts {
  const { cells, cellStart, passageStart, heardHours } = columns;
  const places = new Map(head.airports.map(({ ident }, place) => [ident, place]));
  const rowsAt = (place: number): HeardRow[] => {
    const cell = cells[place]!;
    return range(cellStart[place]!, cellStart[place + 1]!, (i) => rowOf(columns, cell, i));
  };
  const passagesAt = (place: number): Passage[] => {
    const airport = head.airports[place]!.ident;
    return range(passageStart[place]!, passageStart[place + 1]!, (i) =>
      passageOf(columns, airport, i),
    );
  };
  const rows = new Map<number, readonly HeardRow[]>();
  const passages = new Map<string, readonly Passage[]>();
  return {
    ...head,
    get rows() {
      return range(0, cells.length, rowsAt).flat();
    },
    get passages() {
      return range(0, head.airports.length, passagesAt).flat();
    },
    heardHours: new Set(heardHours),
    rowsOf(cell) {
      let found = rows.get(cell);
      if (!found) {
        const place = placeOf(cells, cell);
        found = place === undefined ? [] : rowsAt(place);
        rows.set(cell, found);
      }
      return found;
    },
    passagesOf(ident) {
      let found = passages.get(ident);
      if (!found) {
        const place = places.get(ident);
        found = place === undefined ? [] : passagesAt(place);
        passages.set(ident, found);
      }
      return found;
    },
  };
}

function range<T>(start: number, end: number, of: (i: number) => T): T[] {
  const made: T[] = [];
  for (let i = start; i < end; i++) made.push(of(i));
  return made;
}

function rowOf(columns: PartsColumns, cell: number, i: number): HeardRow {
  return {
    cell,
    band: columns.band[i]!,
    hour: columns.hour[i]!,
    heardMs: [columns.adsbMs[i]!, columns.mlatMs[i]!, columns.otherMs[i]!],
    unheardMs: columns.unheardMs[i]!,
    passes: columns.passes[i]!,
    heardPasses: columns.heardPasses[i]!,
  };
}

function passageOf(columns: PartsColumns, airport: string, i: number): Passage {
  return {
    airport,
    kind: columns.arrival[i] === 1 ? "arrival" : "departure",
    fromMs: columns.fromMs[i]!,
    toMs: columns.toMs[i]!,
    followedToFt: columns.followedToFt[i]!,
    isTrial: columns.trial[i]! > 0,
    isPlaced: columns.trial[i] === 2,
    sourceClass: SOURCE_CLASSES[columns.source[i]!]!,
  };
}

/** @returns where a number stands among ascending ones */
function placeOf(numbers: Wholes, wanted: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === wanted ? low : undefined;
}
