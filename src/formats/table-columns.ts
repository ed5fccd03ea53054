import { WheelsdownError } from "../units/errors.js";
import { cellsOf, delimiterIn, factorOf, unitInName, wordsOf } from "./table-cells.js";
import { type MappedColumn, type TableField, type TableMap, UNITS } from "./table-map.js";
import { holdsDate, type TimeReading, timeReading } from "./table-time.js";

/** A field of a table and where it stands in it. */
export interface PlacedColumn {
  readonly field: TableField;
  /** From 0; -1 when the value is `constant`. */
  readonly index: number;
  readonly constant: string;
  /** The column's name, or its number where the table has no names. */
  readonly name: string;
  /** Of numbers: what they are in. "" where a field has no unit. */
  readonly unit: string;
  /** What a number is multiplied with to be in feet, knots, ft/min or degrees; 1 where a field has no unit. */
  readonly factor: number;
  /** `index` alone, as those ask who look for the first of several columns. */
  readonly only: readonly number[];
}

/** How a table is read, from its first line and its mapping. */
export interface TableLayout {
  readonly delimiter: string;
  /** Cells of the first line. */
  readonly width: number;
  /** False when all columns are given by number and the first line holds values. */
  readonly hasHeader: boolean;
  readonly columns: ReadonlyMap<TableField, PlacedColumn>;
  readonly timeOf: TimeReading;
}

const MEASURED: ReadonlySet<TableField> = new Set(["alt", "geoalt", "speed", "rate"]);
const ALWAYS_DEGREES: ReadonlySet<TableField> = new Set(["lat", "lon", "track"]);

/** @returns whether a table that begins with this line has the columns that a mapping names */
export function mapFits(firstLine: string, map: TableMap): boolean {
  const delimiter = delimiterIn(firstLine);
  const names = delimiter === undefined ? undefined : namesIn(firstLine, delimiter);
  return names !== undefined && missingIn(names, map).length === 0;
}

/** @returns whether a mapping names a column, so that only tables which have it can be meant */
export function namesColumns(map: TableMap): boolean {
  return [...map.values()].some(({ source }) => source.kind === "name");
}

/** @returns the columns of a mapping that a table does not have, as its user wrote them */
export function missingColumns(firstLine: string, map: TableMap): string[] {
  const delimiter = delimiterIn(firstLine);
  const names = delimiter === undefined ? [] : namesIn(firstLine, delimiter);
  return missingIn(names ?? [], map);
}

function missingIn(names: readonly string[], map: TableMap): string[] {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  return [...map.values()].flatMap(({ source }) => {
    if (source.kind === "constant") return [];
    if (source.kind === "number") return source.number <= names.length ? [] : [`#${source.number}`];
    return lower.has(source.name.trim().toLowerCase()) ? [] : [`"${source.name}"`];
  });
}

function namesIn(firstLine: string, delimiter: string): string[] | undefined {
  return cellsOf(firstLine, delimiter);
}

/**
 * Finds a mapping's columns in a table.
 *
 * @param timeZone what the user says of times without a zone
 * @throws WheelsdownError "input-invalid" for a column that is not there or is there twice, and for altitudes, speeds and
 *   rates whose unit neither the mapping nor the column's name says
 */
export function layoutOf(
  firstLine: string,
  map: TableMap,
  timeZone: string | undefined,
): TableLayout {
  const delimiter = delimiterIn(firstLine);
  const names = delimiter === undefined ? undefined : namesIn(firstLine, delimiter);
  if (delimiter === undefined || !names)
    throw invalid("its first line is no line of a table; --map is for tables in CSV");
  const missing = missingIn(names, map);
  if (missing.length > 0)
    throw invalid(
      `the table has no column ${missing.join(", ")}; its columns are ${names.join(", ").slice(0, 300)}`,
    );
  const hasHeader = namesColumns(map) || !isRowOfValues(names, map);
  const columns = new Map<TableField, PlacedColumn>();
  for (const column of map.values())
    columns.set(column.field, placed(column, hasHeader ? names : undefined, names));
  return {
    delimiter,
    width: names.length,
    hasHeader,
    columns,
    timeOf: timesOf(columns, map, timeZone),
  };
}

/** A latitude that is a number says that the first line holds values. */
function isRowOfValues(cells: readonly string[], map: TableMap): boolean {
  const source = map.get("lat")?.source;
  return source?.kind === "number" && /^[+-]?\d+(?:[.,]\d+)?$/.test(cells[source.number - 1] ?? "");
}

function placed(
  { field, source, unit }: MappedColumn,
  header: readonly string[] | undefined,
  cells: readonly string[],
): PlacedColumn {
  if (source.kind === "constant") return { ...NOWHERE, field, constant: source.value, name: field };
  const index =
    source.kind === "number" ? source.number - 1 : indexOfName(source.name, header ?? cells);
  const name = header?.[index] ?? `#${index + 1}`;
  const said = unit ?? unitOf(field, name);
  const factor = UNITS[field].length > 0 && field !== "time" ? factorOf(field, said) : 1;
  return { field, index, constant: "", name, unit: said, factor, only: [index] };
}

const NOWHERE = { index: -1, unit: "", factor: 1, only: [] } as const;

function indexOfName(name: string, names: readonly string[]): number {
  const wanted = name.trim().toLowerCase();
  const found = names.flatMap((one, index) => (one.toLowerCase() === wanted ? [index] : []));
  if (found.length > 1)
    throw invalid(
      `the table has ${found.length} columns called "${name}"; say which, #${found[0]! + 1} or #${found[1]! + 1}`,
    );
  return found[0]!;
}

function unitOf(field: TableField, name: string): string {
  if (ALWAYS_DEGREES.has(field)) return "deg";
  if (!MEASURED.has(field)) return "";
  const unit = unitInName(name, UNITS[field]);
  if (unit !== undefined) return unit;
  const [first, second] = UNITS[field];
  throw invalid(
    `the column "${name}" does not say what its ${WORDS[field]} are in; write ${field}=${name}:${first} or ${field}=${name}:${second} ` +
      `(${UNITS[field].join(", ")})`,
  );
}

const WORDS: Readonly<Partial<Record<TableField, string>>> = {
  alt: "altitudes",
  geoalt: "altitudes",
  speed: "speeds",
  rate: "vertical rates",
};

function timesOf(
  columns: ReadonlyMap<TableField, PlacedColumn>,
  map: TableMap,
  timeZone: string | undefined,
): TimeReading {
  const time = columns.get("time")!;
  const date = columns.get("date");
  const unit = map.get("time")?.unit;
  if (unit !== undefined && !UNITS.time.includes(unit)) {
    if (!date && !holdsDate(unit))
      throw invalid(
        `the pattern ${unit} of its times has no day; name the column that has, as date=COLUMN`,
      );
    if (date && holdsDate(unit))
      throw invalid(
        `the pattern ${unit} of its times holds the day that date=${date.name} says too`,
      );
  }
  if (date && unit !== undefined && UNITS.time.includes(unit))
    throw invalid(`its times cannot be ${unit} and have their day in a column of its own`);
  const saysUtc = [time, date].some((one) => one && isUtcName(one.name));
  if (saysUtc && timeZone !== undefined && timeZone !== "UTC")
    throw invalid(
      `its column "${time.name}" says that times are UTC, and --tz ${timeZone} that they are not; leave --tz out, or name the ` +
        "column by its number",
    );
  return timeReading({
    unit,
    date: date && { pattern: map.get("date")?.unit },
    timeZone: saysUtc ? "UTC" : timeZone,
  });
}

/** @returns whether a column's name says that its times are UTC */
export function isUtcName(name: string): boolean {
  return wordsOf(name).some((word) => word === "utc" || word === "gmt" || word === "zulu");
}

function invalid(what: string): WheelsdownError {
  return new WheelsdownError("input-invalid", what);
}
