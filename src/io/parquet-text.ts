// Which columns of a Parquet file become cells of a table in CSV, and how, as SQL for DuckDB.
//
//   type                          cell
//   BOOLEAN                       true, false
//   whole numbers, DECIMAL        digits, as many as there are
//   FLOAT, DOUBLE                 the shortest decimals that give the same number back; NaN is empty, as pandas means it
//   VARCHAR, ENUM, UUID, JSON     the text; line breaks become spaces
//   DATE, TIME                    2019-01-23, 12:01:00.5
//   TIMESTAMP of any precision    2019-01-23T12:01:00.123456, of which nobody said the zone
//   TIMESTAMP WITH TIME ZONE      2019-01-23T12:01:00.123456Z
//   NULL                          empty
//   all else                      left out: BLOB, GEOMETRY, lists, structures, maps

import type { ParquetColumn } from "./parquet-frames.js";

/** chosen: a hundred times the longest text that any reader takes out of a table; one cell must not use up a line */
const TEXT_CHARACTERS_MAX = 1000;

const WHOLE =
  /^(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|BIGNUM|DECIMAL\(\d+,\d+\))$/;
const FRACTION = /^(?:FLOAT|DOUBLE)$/;
const TEXT = /^(?:VARCHAR|JSON|UUID|ENUM\(.*\))$/s;
const PLAIN = /^(?:BOOLEAN|DATE|TIME|TIME_NS|INTERVAL|TIME WITH TIME ZONE)$/;
const ZONELESS = /^TIMESTAMP(?:_S|_MS|_NS)?$/;
const ZONED = /^TIMESTAMP WITH TIME ZONE$/;

/** @returns whether a column of this type can stand in a line of text */
export function isCellType(type: string): boolean {
  return [WHOLE, FRACTION, TEXT, PLAIN, ZONELESS, ZONED].some((one) => one.test(type));
}

/** @returns whether a column of this type holds numbers */
export function isNumberType(type: string): boolean {
  return WHOLE.test(type) || FRACTION.test(type);
}

/** @returns the first line of the table */
export function headerLine(columns: readonly ParquetColumn[]): string {
  return `${columns.map(({ name }) => headerCell(name)).join(",")}\n`;
}

function headerCell(name: string): string {
  const line = name.replace(/[\r\n]+/g, " ");
  return /[",;\t|]|^\s|\s$/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}

/** @returns an expression that is one row as a line without its end */
export function lineSql(columns: readonly ParquetColumn[]): string {
  // concat takes NULL as no text.
  return `concat(${columns.map(cellSql).join(", ',', ")}, '')`;
}

function cellSql({ name, type }: ParquetColumn): string {
  const value = sqlName(name);
  const text = `CAST(${value} AS VARCHAR)`;
  if (FRACTION.test(type))
    // A whole number has no ".0": squawks and flags become fractions where one of them is unknown.
    return `CASE WHEN isnan(${value}) THEN NULL WHEN suffix(${text}, '.0') THEN left(${text}, -2) ELSE ${text} END`;
  if (TEXT.test(type)) {
    const tidy = `left(translate(${text}, chr(13) || chr(10), '  '), ${TEXT_CHARACTERS_MAX})`;
    return (
      `CASE WHEN contains(${tidy}, ',') OR contains(${tidy}, '"') ` +
      `THEN concat('"', replace(${tidy}, '"', '""'), '"') ELSE ${tidy} END`
    );
  }
  if (ZONELESS.test(type)) return `replace(${text}, ' ', 'T')`;
  // By way of microseconds since 1970: as text, it would be in the zone of this machine. NULL when it is no moment.
  if (ZONED.test(type))
    return `replace(CAST(TRY(make_timestamp(epoch_us(${value}))) AS VARCHAR), ' ', 'T') || 'Z'`;
  return text;
}

/** @returns an expression for the characters of a row's texts, as `lineSql` cuts them */
export function textLengthSql(columns: readonly ParquetColumn[]): string {
  const lengths = columns
    .filter(({ type }) => TEXT.test(type))
    .map(
      ({ name }) =>
        `coalesce(least(strlen(CAST(${sqlName(name)} AS VARCHAR)), ${4 * TEXT_CHARACTERS_MAX}), 0)`,
    );
  return ["0", ...lengths].join(" + ");
}

/** @returns a name as SQL writes it */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** @returns a text as SQL writes it */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
