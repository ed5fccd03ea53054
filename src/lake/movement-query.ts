import type { Address } from "../aircraft/address.js";
import { grownBox } from "../geo/box.js";
import type { MovementKind } from "../movement/movement.js";
import type { Cell, Parameters } from "./duckdb.js";
import type { DataFile } from "./manifest.js";
import { type BoundingBox, FIRST_MS, hexFromAddress, LAST_MS } from "./records.js";
import { MOVEMENTS } from "./schema.js";

/** Which movements are wanted; what is left out does not narrow the choice, an empty list chooses nothing. */
export interface MovementQuery {
  readonly addresses?: readonly Address[] | undefined;
  /** Movements whose interval `timeFromMs`..`timeToMs` overlaps this period, both ends included. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly kinds?: readonly MovementKind[] | undefined;
  /** By the movement's position. */
  readonly boundingBox?: BoundingBox | undefined;
  /** A place that the question is about: what cannot have happened there may be left out. */
  readonly about?: PlaceAbout | undefined;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly countries?: readonly string[] | undefined;
  /** Idents of airports a movement is ascribed to. */
  readonly airports?: readonly string[] | undefined;
  /** Movements that were over by then: `timeToMs` is no later. */
  readonly endedByMs?: number | undefined;
  /** Also stops that are known only to lie inside a gap (class GAP); default false. */
  readonly includeGapStops?: boolean | undefined;
}

/** A place as a lake can look for it. What happened at no airport, or at one that is not known, is always given. */
export interface PlaceAbout {
  /** They hold all of it: what was heard at an airport far outside of them is left out. */
  readonly boxes: readonly BoundingBox[];
  /** @returns false for an airport that is not of the place: ascribed to such a one, with such candidates only, it is left out */
  readonly concerns: (ident: string) => boolean;
}

/** Movements at an airport that were seen there, or lost or found low over it: coverage weighs in on none of them. */
const HEARD_AT_AIRPORT =
  "(airport IS NOT NULL AND (evidence = 'seen' OR evidence_class IN ('G2', 'G3')))";
/** Their positions lie this near to the airport: 7.2 km at the most in a million of them. chosen: ample beside that */
const HEARD_AT_AIRPORT_M = 100_000;

/** Everything that tells two movements apart, so that the order of rows is always the same. */
const ORDER: readonly { readonly name: string; readonly nullsFirst?: boolean }[] = [
  { name: "ts" },
  { name: "hex" },
  { name: "kind" },
  { name: "time_from" },
  { name: "time_to" },
  { name: "evidence_class" },
  { name: "lat", nullsFirst: true },
  { name: "lon", nullsFirst: true },
  { name: "exhibits" },
  { name: "candidates" },
  { name: "basis" },
];

/** `ORDER BY` of movements in the lake's files. */
export const MOVEMENT_ORDER = ORDER.map(({ name, nullsFirst }) =>
  nullsFirst ? `${name} NULLS FIRST` : name,
).join(", ");

const PLACES = ORDER.map(({ name }) => MOVEMENTS.columns.findIndex((one) => one.name === name));

/** The same order for two rows' cells. @returns less than 0 when the first comes first */
export function compareTies(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [i, { nullsFirst }] of ORDER.entries()) {
    const [one, other] = [a[PLACES[i]!] ?? null, b[PLACES[i]!] ?? null];
    if (one === other) continue;
    if (one === null || other === null) return (one === null) === (nullsFirst ?? false) ? -1 : 1;
    if (typeof one === "number" && typeof other === "number") {
      if (one !== other) return one - other;
    } else {
      // As DuckDB compares texts: byte by byte.
      const order = Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
      if (order !== 0) return order;
    }
  }
  return 0;
}

export interface MovementSql {
  /** A condition made of fixed text only; every value is a parameter. */
  readonly where: string;
  readonly parameters: Parameters;
  /** Whether rows of a sorted file come in their order; a join, by which addresses are found, may turn them about. */
  readonly keepsOrder: boolean;
  /** False for files whose times rule them out. */
  touches(file: DataFile): boolean;
}

/** @throws RangeError when the box or the period is none */
export function movementQuery(query: MovementQuery): MovementSql {
  const conditions = ["true"];
  const parameters: Record<string, Parameters[string]> = {};
  const { addresses, kinds, countries, airports, boundingBox, about, fromMs, toMs } = query;
  const add = (condition: string, values: Parameters) => {
    conditions.push(condition);
    Object.assign(parameters, values);
  };
  if (addresses) add("hex IN (SELECT unnest($hexes))", { hexes: addresses.map(hexFromAddress) });
  // Few words each: looked for in a list they are a filter, which leaves rows in their order.
  if (kinds) add("list_contains($kinds, kind)", { kinds });
  if (countries) add("list_contains($countries, country)", { countries });
  if (airports) add("list_contains($airports, airport)", { airports });
  if (!query.includeGapStops) conditions.push("evidence_class <> 'GAP'");
  // The lake keeps whole milliseconds; bare columns, so that Parquet statistics can rule row groups out.
  if (fromMs !== undefined)
    add("time_to >= make_timestamp_ms($fromMs::BIGINT)", { fromMs: Math.ceil(bounded(fromMs)) });
  if (toMs !== undefined)
    add("time_from <= make_timestamp_ms($toMs::BIGINT)", { toMs: Math.floor(bounded(toMs)) });
  if (query.endedByMs !== undefined)
    add("time_to <= make_timestamp_ms($endedByMs::BIGINT)", {
      endedByMs: Math.floor(bounded(query.endedByMs)),
    });
  if (boundingBox) add(boxCondition(boundingBox), { ...boundingBox });
  if (about) {
    const near = about.boxes.map((each) => {
      const box = grownBox(each, HEARD_AT_AIRPORT_M);
      return boxCondition(box, (name) => `${box[name]}::DOUBLE`);
    });
    conditions.push(`(NOT ${HEARD_AT_AIRPORT} OR ${["lat IS NULL", ...near].join(" OR ")})`);
  }
  return {
    where: conditions.join(" AND "),
    parameters,
    keepsOrder: addresses === undefined,
    touches: (file) =>
      !(fromMs !== undefined && file.toMs! < fromMs) &&
      !(toMs !== undefined && file.fromMs! > toMs),
  };
}

/** Files of movements, a month's together, months ascending. */
export function filesByMonth(files: readonly DataFile[]): DataFile[][] {
  const months = new Map<string, DataFile[]>();
  for (const file of files) {
    const month = /month=[^/]+/.exec(file.path)![0];
    months.set(month, [...(months.get(month) ?? []), file]);
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);
}

/** Brings infinite times within what a timestamp can hold. */
function bounded(timeMs: number): number {
  if (Number.isNaN(timeMs)) throw new RangeError("a period must not begin or end at NaN");
  return Math.min(LAST_MS, Math.max(FIRST_MS, timeMs));
}

/** @param value how a side of the box is written: as a parameter of its name, when left out */
function boxCondition(box: BoundingBox, value = (name: keyof BoundingBox) => `$${name}`): string {
  const { southDeg, westDeg, northDeg, eastDeg } = box;
  if (!(southDeg <= northDeg) || Number.isNaN(westDeg) || Number.isNaN(eastDeg))
    throw new RangeError(`no box: ${southDeg}..${northDeg}, ${westDeg}..${eastDeg}`);
  const across = westDeg > eastDeg ? "OR" : "AND";
  const within = `lat BETWEEN ${value("southDeg")} AND ${value("northDeg")}`;
  return `(${within} AND (lon >= ${value("westDeg")} ${across} lon <= ${value("eastDeg")}))`;
}
