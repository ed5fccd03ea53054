import { WheelsdownError } from "../units/errors.js";

// How a user says which column of a table is what:
//
//   time=Timestamp,lat=Lat,lon=Lon,alt=Height:m,speed=V:kmh,hex==4ca7b3
//
//   field=COLUMN        a column by its name in the first line; upper and lower case are the same
//   field=#3            the third column
//   field="A, B"        a name that holds , = : or " stands in quotes, a quote in it twice
//   field=COLUMN:UNIT   its unit, or how its times are written
//   field==VALUE        the same value for every row; of hex, reg, type and callsign
//   field=?             what a printed guess leaves open; refused until somebody fills it in

/** What a column of a table can be. */
export type TableField =
  | "time"
  | "date"
  | "lat"
  | "lon"
  | "alt"
  | "geoalt"
  | "speed"
  | "track"
  | "rate"
  | "hex"
  | "reg"
  | "id"
  | "type"
  | "callsign"
  | "squawk"
  | "ground";

/** Where a field's values come from. Columns are counted from 1, as a person counts them. */
export type ColumnSource =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "constant"; readonly value: string };

/** One part of a mapping. */
export interface MappedColumn {
  readonly field: TableField;
  readonly source: ColumnSource;
  /** As written; undefined when the column's name, or what stands in it, has to tell. */
  readonly unit: string | undefined;
}

/** Which column of a table is what; each field at most once. */
export type TableMap = ReadonlyMap<TableField, MappedColumn>;

/** Units by field; times and dates also take patterns. */
export const UNITS: Readonly<Record<TableField, readonly string[]>> = {
  time: ["iso", "s", "ms"],
  date: [],
  lat: ["deg"],
  lon: ["deg"],
  alt: ["ft", "m", "fl"],
  geoalt: ["ft", "m", "fl"],
  speed: ["kt", "mps", "kmh", "mph"],
  track: ["deg"],
  rate: ["fpm", "mps"],
  hex: [],
  reg: [],
  id: [],
  type: [],
  callsign: [],
  squawk: [],
  ground: [],
};

const CONSTANTS: readonly TableField[] = ["hex", "reg", "type", "callsign"];
const PATTERNED: ReadonlySet<TableField> = new Set(["time", "date"]);
/** What a printed guess has where only its user knows. */
export const OPEN = "?";

/**
 * Reads a mapping as a user writes it.
 *
 * @throws WheelsdownError "usage" that says which part is wrong and how it is written
 */
export function parseTableMap(text: string): TableMap {
  const map = new Map<TableField, MappedColumn>();
  for (const part of partsOf(text)) {
    const column = columnOf(part);
    if (map.has(column.field)) throw wrong(`says ${column.field} twice`);
    map.set(column.field, column);
  }
  for (const field of ["time", "lat", "lon"] as const)
    if (!map.has(field)) throw wrong(`does not say which column is ${field}; add ${field}=COLUMN`);
  if (!map.has("hex") && !map.has("reg") && !map.has("id"))
    throw wrong(
      "does not say whose positions these are; add hex=COLUMN or reg=COLUMN, or the one aircraft of the table: " +
        "hex==4ca7b3 or reg==RA-96019, or id=COLUMN where another column tells aircraft apart",
    );
  return map;
}

/** @returns the one way to write a mapping; `parseTableMap` reads it back */
export function tableMapText(map: TableMap): string {
  return [...map.values()]
    .map(({ field, source, unit }) => {
      const end = unit === undefined ? "" : `:${quotedName(unit)}`;
      if (source.kind === "constant") return `${field}==${quotedName(source.value)}`;
      const column = source.kind === "number" ? `#${source.number}` : quotedName(source.name);
      return `${field}=${column}${end}`;
    })
    .join(",");
}

/** @returns a mapping as one word of a POSIX shell */
export function shellWord(text: string): string {
  return /^[\w./:,+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function quotedName(name: string): string {
  const isPlain = name !== "" && !/[,=:"]|^[#?\s]|\s$/.test(name);
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Splits at commas outside of quotes. */
function partsOf(text: string): string[] {
  if (text.split('"').length % 2 === 0) throw wrong('has a quote " that is not closed');
  return (text.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? []).map((part) => part.trim());
}

const PART = /^([a-z]+)\s*(==?)\s*("(?:[^"]|"")*"|[^":]*)(?::("(?:[^"]|"")*"|[^"]*))?$/;

function columnOf(part: string): MappedColumn {
  // A value may hold colons; only what stands in a column has a unit.
  const constant = /^([a-z]+)\s*==\s*(.*)$/s.exec(part);
  if (constant) {
    const field = fieldOf(constant[1]!);
    const value = unquoted(constant[2]!);
    if (!CONSTANTS.includes(field))
      throw wrong(
        `gives ${field} one value for all rows; only ${CONSTANTS.join(", ")} can have one`,
      );
    if (value === "") throw wrong(`gives ${field} no value`);
    if (value === OPEN) throw left(field);
    return { field, source: { kind: "constant", value }, unit: undefined };
  }
  const match = PART.exec(part);
  if (!match)
    throw wrong(
      `has "${part.slice(0, 40)}", which is not written field=COLUMN or field=COLUMN:UNIT`,
    );
  const field = fieldOf(match[1]!);
  const written = match[3]!.trim();
  if (written === "") throw wrong(`names no column for ${field}`);
  if (written === OPEN || match[4]?.trim() === OPEN) throw left(field);
  const number = /^#(\d{1,4})$/.exec(written);
  if (written.startsWith("#") && Number(number?.[1] ?? 0) < 1)
    throw wrong(`has ${field}=${written}; columns are counted from #1`);
  const source: ColumnSource = number
    ? { kind: "number", number: Number(number[1]) }
    : { kind: "name", name: unquoted(written) };
  return { field, source, unit: match[4] === undefined ? undefined : unitOf(field, match[4]) };
}

function fieldOf(text: string): TableField {
  if (Object.hasOwn(UNITS, text)) return text as TableField;
  throw wrong(`has the field ${text}; there are: ${Object.keys(UNITS).join(", ")}`);
}

function unitOf(field: TableField, written: string): string {
  const unit = unquoted(written);
  if (UNITS[field].includes(unit.toLowerCase())) return unit.toLowerCase();
  if (PATTERNED.has(field) && isPattern(unit)) return unit;
  const units = UNITS[field].join(", ");
  if (PATTERNED.has(field))
    throw wrong(
      `has "${unit}" for ${field}; ${units === "" ? "" : `write ${units} or `}a pattern such as "DD/MM/YYYY HH:mm:ss"`,
    );
  throw wrong(
    units === ""
      ? `gives ${field} a unit, which has none`
      : `has "${unit}" as unit of ${field}; write ${units}`,
  );
}

/** Letters that stand for something, besides what separates them. Source: date-and-time 4, tokens of `parse`. */
function isPattern(text: string): boolean {
  return (
    /^(?:YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|SSS|A|Z|T|[ ./:,-])+$/.test(text) &&
    /YY|HH|H|h/.test(text)
  );
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('"') ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed;
}

function left(field: TableField): WheelsdownError {
  return wrong(`leaves ${field} open; put what you know in place of the ?`);
}

function wrong(what: string): WheelsdownError {
  return new WheelsdownError("usage", `--map ${what}`);
}
