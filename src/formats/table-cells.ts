import { parse } from "csv-parse/browser/esm/sync";
import { FPM_PER_MPS, feetFromMetres, knotsFromMps, SECOND_MS } from "../units/quantity.js";
import type { NumberCell } from "./csv-table.js";
import type { TableField } from "./table-map.js";

/** What may separate the cells of a table that anyone wrote. */
const DELIMITERS = [";", "\t", ",", "|"] as const;

/** @returns what separates the cells of a table by its first line; undefined when nothing does */
export function delimiterIn(firstLine: string): string | undefined {
  const bare = firstLine.replace(/"(?:[^"]|"")*"/g, "");
  let best: string | undefined;
  let bestCount = 1;
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length;
    if (count > bestCount) [best, bestCount] = [delimiter, count];
  }
  return best;
}

/** @returns the cells of one line, trimmed; undefined when it is no CSV, such as a quote that is not closed */
export function cellsOf(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  try {
    const [row] = parse(line, { delimiter, relax_quotes: true, relax_column_count: true });
    return (row as unknown as string[] | undefined)?.map((cell) => cell.trim());
  } catch {
    return undefined;
  }
}

/** Which sign parts the decimals of a row's numbers, by its latitude and longitude; undefined when these are whole. */
export type DecimalSign = "," | "." | undefined;

/** A degree is never in thousands: a comma in one parts decimals. */
export function decimalSignOf(latitude: string, longitude: string): DecimalSign {
  const both = `${latitude} ${longitude}`;
  if (both.includes(",")) return both.includes(".") ? undefined : ",";
  return both.includes(".") ? "." : undefined;
}

const UNKNOWN = /^(?:|null|none|nan|n\/a|na|-+|undefined)$/i;

/**
 * Reads a number as programs and spreadsheets write it, "1234.5", "1234,5", "1,234.5", "1 234,5".
 *
 * @param sign how the row writes decimals; where it is open, what can be read in two ways is wrong
 * @param name of the column, for what is said
 */
export function readNumber(text: string, sign: DecimalSign, name: string): NumberCell {
  // What nearly every cell of nearly every table holds.
  if (sign === "." && /^-?\d+(?:\.\d+)?$/.test(text)) return { value: Number(text) };
  if (UNKNOWN.test(text)) return {};
  const bare = text.replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g, "");
  const shown = JSON.stringify(text.slice(0, 24));
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(bare)) {
    if (sign !== "," || !bare.includes(".")) return finite(Number(bare), name, shown);
    // Where decimals have commas, points part thousands.
    if (/^[+-]?\d{1,3}(?:\.\d{3})+$/.test(bare)) return { value: Number(bare.replaceAll(".", "")) };
    return { wrong: `${name} ${shown} has a decimal point in a row with decimal commas` };
  }
  if (/^[+-]?\d+,\d+$/.test(bare) && sign === ",") return { value: Number(bare.replace(",", ".")) };
  if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/.test(bare) && sign === ",")
    return { value: Number(bare.replaceAll(".", "").replace(",", ".")) };
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare)) {
    if (sign === ".") return { value: Number(bare.replaceAll(",", "")) };
    return { wrong: `${name} ${shown} may have decimals or thousands behind its comma` };
  }
  return { wrong: `${name} ${shown} is no number` };
}

function finite(value: number, name: string, shown: string): NumberCell {
  return Number.isFinite(value) ? { value } : { wrong: `${name} ${shown} is no number` };
}

/** By unit: what one makes in feet, knots, ft/min or degrees. */
const FACTORS: Readonly<Record<string, number>> = {
  ft: 1,
  m: feetFromMetres(1),
  // A flight level is a hundred feet of pressure altitude (ICAO Annex 11, chapter 1).
  fl: 100,
  kt: 1,
  mps: knotsFromMps(1),
  kmh: knotsFromMps(1000 / 3600),
  // 1609.344 m, exact by definition: international mile, 1959 agreement.
  mph: knotsFromMps(1609.344 / 3600),
  fpm: 1,
  deg: 1,
};

/** @returns what a value in this unit is multiplied with to be in feet, knots, ft/min or degrees */
export function factorOf(field: TableField, unit: string): number {
  if (field === "rate" && unit === "mps") return FPM_PER_MPS;
  const factor = FACTORS[unit];
  if (factor === undefined) throw new RangeError(`no unit ${unit} of ${field}`);
  return factor;
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  ft: "ft",
  feet: "ft",
  foot: "ft",
  m: "m",
  meter: "m",
  meters: "m",
  metre: "m",
  metres: "m",
  fl: "fl",
  kt: "kt",
  kts: "kt",
  kn: "kt",
  knot: "kt",
  knots: "kt",
  "km/h": "kmh",
  kmh: "kmh",
  kph: "kmh",
  mph: "mph",
  mps: "mps",
  "m/s": "mps",
  fpm: "fpm",
  "ft/min": "fpm",
};

/**
 * The unit that a column's name says: "altitude_ft", "Alt (m)", "groundSpeedKt".
 *
 * @param units those the field can have
 * @returns undefined when it says none of them, or two
 */
export function unitInName(name: string, units: readonly string[]): string | undefined {
  const found = new Set<string>();
  for (const word of wordsOf(name)) {
    const unit = Object.hasOwn(UNIT_WORDS, word) ? UNIT_WORDS[word]! : undefined;
    if (unit !== undefined && units.includes(unit)) found.add(unit);
  }
  const [unit] = found;
  return found.size === 1 ? unit : undefined;
}

/** @returns the words of a column's name, lower-case: "groundSpeedKt" has three */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9/]+/)
    .filter((word) => word !== "");
}

/**
 * A moment in ms since 1970, out of one in another unit.
 *
 * @param unit "s", "ms", or undefined: seconds, milliseconds, microseconds or nanoseconds by size. 1990 to 2100 are apart in
 *   all four
 */
export function epochMs(number: number, unit: string | undefined): number {
  if (unit === "s") return Math.round(number * SECOND_MS);
  if (unit === "ms") return Math.round(number);
  // chosen: 1e11 s is the year 5138, 1e11 ms is 1973; and so a thousand times that, and a million.
  if (number > 1e17) return Math.round(number / 1e6);
  if (number > 1e14) return Math.round(number / 1e3);
  return Math.round(number > 1e11 ? number : number * SECOND_MS);
}
