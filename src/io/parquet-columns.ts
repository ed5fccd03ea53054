import { parseTableMap, type TableField } from "../formats/table-map.js";
import { WheelsdownError } from "../units/errors.js";
import type { ParquetColumn, ParquetHeading } from "./parquet-frames.js";
import { isNumberType } from "./parquet-text.js";

/** Names under which readers of tables look for these, lower-case. */
const NAMES: Readonly<Partial<Record<TableField, ReadonlySet<string>>>> = {
  hex: new Set(["hex", "icao24"]),
  time: new Set(["time", "timestamp", "snapshottime", "timems"]),
};

/**
 * Refuses what text would hide: an address that is a number, which as text looks like another one, times in so few bits that
 * they are off by minutes, and one name for several columns.
 *
 * @param map which column is what, where the user said it
 * @throws WheelsdownError "input-invalid"
 */
export function checkColumnTypes(
  { columns, sharedNames }: Pick<ParquetHeading, "columns" | "sharedNames">,
  map: string | undefined,
): void {
  const shared = sharedNames.find((name) => map === undefined || namesIn(map).has(name));
  if (shared !== undefined)
    throw new WheelsdownError(
      "input-invalid",
      `it has several columns called "${shared}"; say with --map by number which is meant, such as #3`,
    );
  const hex = columnFor("hex", columns, map);
  if (hex && isNumberType(hex.type))
    throw new WheelsdownError(
      "input-invalid",
      `its column "${hex.name}" has addresses as numbers (${hex.type}), which may be their value or digits that were taken for ` +
        `a number; write them as text of six hexadecimal digits: in DuckDB printf('%06x', ${hex.name}) where it is their value`,
    );
  const time = columnFor("time", columns, map);
  if (time?.type === "FLOAT")
    throw new WheelsdownError(
      "input-invalid",
      `its column "${time.name}" has times as fractions of 32 bits, which are off by a minute; write it from its source with ` +
        "times of 64 bits",
    );
}

/** @returns names of columns that a mapping names, lower-case */
function namesIn(map: string): ReadonlySet<string> {
  const sources = [...parseTableMap(map).values()].map(({ source }) => source);
  return new Set(
    sources.flatMap((source) => (source.kind === "name" ? source.name.trim().toLowerCase() : [])),
  );
}

function columnFor(
  field: TableField,
  columns: readonly ParquetColumn[],
  map: string | undefined,
): ParquetColumn | undefined {
  if (map === undefined) return columns.find(({ name }) => NAMES[field]?.has(name.toLowerCase()));
  const source = parseTableMap(map).get(field)?.source;
  if (source?.kind === "number") return columns[source.number - 1];
  const wanted = source?.kind === "name" ? source.name.trim().toLowerCase() : undefined;
  return columns.find(({ name }) => name.trim().toLowerCase() === wanted);
}
