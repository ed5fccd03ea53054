import * as v from "valibot";
import { WheelsdownError } from "../units/errors.js";
import { CELL_COUNT, HEIGHT_BANDS } from "./cell.js";
import { type HeardRow, SOURCE_CLASSES } from "./heard-grid.js";
import { COVERAGE_VERSION, type CoverageParts } from "./parts.js";
import type { Passage } from "./passage.js";

// One array per column, so that a file of a million rows is a few long lines and packs well:
//
//   rows:     cell, band, hour, adsbMs, mlatMs, otherMs, unheardMs, passes, heardPasses
//   passages: airport (index into airports), arrival (1 or 0), fromMs, lastsMs, followedToFt (-1: not heard), trial
//             (0: none, 1: one, 2: one whose airport is sure), source (index into SOURCE_CLASSES)

export const COVERAGE_SCHEMA = "wheelsdown/coverage-parts/1";

const whole = v.pipe(v.number(), v.integer());
const count = v.pipe(whole, v.minValue(0));
const ANY = Number.POSITIVE_INFINITY;

/** A column of whole numbers, checked by one loop: a schema for each number took most of the time of reading. */
function wholes(least: number, end: number) {
  return v.custom<number[]>(
    (values) =>
      Array.isArray(values) &&
      values.every((value) => Number.isInteger(value) && value >= least && value < end),
    "a column holds what it cannot",
  );
}

const column = wholes(0, ANY);
const upTo = (end: number) => wholes(0, end);

function isEven(columns: readonly (readonly unknown[])[]): boolean {
  return columns.every(({ length }) => length === columns[0]?.length);
}

const partsSchema = v.object({
  schema: v.literal(COVERAGE_SCHEMA),
  version: v.literal(COVERAGE_VERSION),
  simulated: v.boolean(),
  unplacedCount: count,
  days: v.array(v.tuple([whole, count, count])),
  airports: v.array(v.tuple([v.string(), v.number(), v.number()])),
  rows: v.pipe(
    v.object({
      cell: upTo(CELL_COUNT),
      band: upTo(HEIGHT_BANDS.length),
      hour: wholes(-ANY, ANY),
      adsbMs: column,
      mlatMs: column,
      otherMs: column,
      unheardMs: column,
      passes: column,
      heardPasses: column,
    }),
    v.check((columns) => isEven(Object.values(columns)), "columns of different length"),
  ),
  passages: v.pipe(
    v.object({
      airport: column,
      arrival: upTo(2),
      fromMs: wholes(-ANY, ANY),
      lastsMs: column,
      followedToFt: wholes(-1, ANY),
      trial: upTo(3),
      source: upTo(SOURCE_CLASSES.length),
    }),
    v.check((columns) => isEven(Object.values(columns)), "columns of different length"),
  ),
});

/** @returns the same text for the same parts */
export function partsToJson(parts: CoverageParts): string {
  const { simulated, unplacedCount, days, airports, rows, passages } = parts;
  const places = new Map(airports.map(({ ident }, place) => [ident, place]));
  const rowColumn = (of: (row: HeardRow) => number) => rows.map(of);
  const passageColumn = (of: (passage: Passage) => number) => passages.map(of);
  const json: v.InferOutput<typeof partsSchema> = {
    schema: COVERAGE_SCHEMA,
    version: COVERAGE_VERSION,
    simulated,
    unplacedCount,
    days: days.map(({ day, pointCount, aircraftCount }) => [day, pointCount, aircraftCount]),
    airports: airports.map(({ ident, latDeg, lonDeg }) => [ident, latDeg, lonDeg]),
    rows: {
      cell: rowColumn(({ cell }) => cell),
      band: rowColumn(({ band }) => band),
      hour: rowColumn(({ hour }) => hour),
      adsbMs: rowColumn(({ heardMs }) => heardMs[0]),
      mlatMs: rowColumn(({ heardMs }) => heardMs[1]),
      otherMs: rowColumn(({ heardMs }) => heardMs[2]),
      unheardMs: rowColumn(({ unheardMs }) => unheardMs),
      passes: rowColumn(({ passes }) => passes),
      heardPasses: rowColumn(({ heardPasses }) => heardPasses),
    },
    passages: {
      airport: passageColumn(({ airport }) => places.get(airport)!),
      arrival: passageColumn(({ kind }) => Number(kind === "arrival")),
      fromMs: passageColumn(({ fromMs }) => fromMs),
      lastsMs: passageColumn(({ fromMs, toMs }) => toMs - fromMs),
      followedToFt: passageColumn(({ followedToFt }) =>
        Number.isNaN(followedToFt) ? -1 : followedToFt,
      ),
      trial: passageColumn(({ isTrial, isPlaced }) => Number(isTrial) + Number(isPlaced)),
      source: passageColumn(({ sourceClass }) => SOURCE_CLASSES.indexOf(sourceClass)),
    },
  };
  return `${JSON.stringify(json)}\n`;
}

/** @throws WheelsdownError "input-invalid" for anything but parts of this version */
export function partsFromJson(text: string): CoverageParts {
  const parsed = v.safeParse(partsSchema, jsonOf(text));
  if (!parsed.success)
    throw new WheelsdownError("input-invalid", `no coverage: ${parsed.issues[0].message}`);
  const { simulated, unplacedCount, days, airports, rows, passages } = parsed.output;
  return {
    simulated,
    unplacedCount,
    days: days.map(([day, pointCount, aircraftCount]) => ({ day, pointCount, aircraftCount })),
    airports: airports.map(([ident, latDeg, lonDeg]) => ({ ident, latDeg, lonDeg })),
    rows: rows.cell.map((cell, i) => ({
      cell,
      band: rows.band[i]!,
      hour: rows.hour[i]!,
      heardMs: [rows.adsbMs[i]!, rows.mlatMs[i]!, rows.otherMs[i]!],
      unheardMs: rows.unheardMs[i]!,
      passes: rows.passes[i]!,
      heardPasses: rows.heardPasses[i]!,
    })),
    passages: passages.airport.map((airport, i) => {
      const place = airports[airport];
      if (!place) throw new WheelsdownError("input-invalid", `no coverage: no airport ${airport}`);
      const fromMs = passages.fromMs[i]!;
      return {
        airport: place[0],
        kind: passages.arrival[i] === 1 ? "arrival" : "departure",
        fromMs,
        toMs: fromMs + passages.lastsMs[i]!,
        followedToFt: passages.followedToFt[i] === -1 ? Number.NaN : passages.followedToFt[i]!,
        isTrial: passages.trial[i]! > 0,
        isPlaced: passages.trial[i] === 2,
        sourceClass: SOURCE_CLASSES[passages.source[i]!]!,
      };
    }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WheelsdownError("input-invalid", "no coverage: it is no JSON", { cause });
  }
}
