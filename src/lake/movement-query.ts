import type { Address } from "../aircraft/address.js";
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
  /** ISO 3166-1 alpha-2, upper case. */
  readonly countries?: readonly string[] | undefined;
  /** Idents of airports a movement is ascribed to. */
  readonly airports?: readonly string[] | undefined;
  /** Also stops that are known only to lie inside a gap (class GAP); default false. */
  readonly includeGapStops?: boolean | undefined;
}

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
  /** False for files whose times rule them out. */
  touches(file: DataFile): boolean;
}

/** @throws RangeError when the box or the period is none */
export function movementQuery(query: MovementQuery): MovementSql {
  const conditions = ["true"];
  const parameters: Record<string, Parameters[string]> = {};
  const { addresses, kinds, countries, airports, boundingBox, fromMs, toMs } = query;
  const add = (condition: string, values: Parameters) => {
    conditions.push(condition);
    Object.assign(parameters, values);
  };
  if (addresses) add("hex IN (SELECT unnest($hexes))", { hexes: addresses.map(hexFromAddress) });
  if (kinds) add("kind IN (SELECT unnest($kinds))", { kinds });
  if (countries) add("country IN (SELECT unnest($countries))", { countries });
  if (airports) add("airport IN (SELECT unnest($airports))", { airports });
  if (!query.includeGapStops) conditions.push("evidence_class <> 'GAP'");
  // The lake keeps whole milliseconds; bare columns, so that Parquet statistics can rule row groups out.
  if (fromMs !== undefined)
    add("time_to >= make_timestamp_ms($fromMs::BIGINT)", { fromMs: Math.ceil(bounded(fromMs)) });
  if (toMs !== undefined)
    add("time_from <= make_timestamp_ms($toMs::BIGINT)", { toMs: Math.floor(bounded(toMs)) });
  if (boundingBox) add(boxCondition(boundingBox), { ...boundingBox });
  return {
    where: conditions.join(" AND "),
    parameters,
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

function boxCondition(box: BoundingBox): string {
  const { southDeg, westDeg, northDeg, eastDeg } = box;
  if (!(southDeg <= northDeg) || Number.isNaN(westDeg) || Number.isNaN(eastDeg))
    throw new RangeError(`no box: ${southDeg}..${northDeg}, ${westDeg}..${eastDeg}`);
  const across = westDeg > eastDeg ? "OR" : "AND";
  return `lat BETWEEN $southDeg AND $northDeg AND (lon >= $westDeg ${across} lon <= $eastDeg)`;
}
