/** Movements as a table. */

import type { MovementJson } from "./shapes.js";
import { type Cell, columnsOf, type ExportTable } from "./table.js";
import { hasTime, probabilityText } from "./wording.js";

/** The same times again as numbers come last, for programs that count in them. */
const COLUMNS = columnsOf({
  hex: "text",
  registration: "text",
  type: "text",
  callsign: "text",
  kind: "text",
  time: "time",
  timeFrom: "time",
  timeTo: "time",
  timeLocal: "text",
  timeZone: "text",
  airport: "text",
  airportName: "text",
  country: "text",
  candidates: "text",
  offAirport: "boolean",
  lat: "number",
  lon: "number",
  runway: "text",
  evidence: "text",
  class: "text",
  probability: "number",
  probabilityText: "text",
  basis: "text",
  simulated: "boolean",
  exhibits: "text",
  coverage: "text",
  priors: "text",
  timeMs: "integer",
  timeFromMs: "integer",
  timeToMs: "integer",
});

/**
 * One row per movement, `time` unknown where only an interval is known; candidates as "MUHA 0.61; MUVR 0.22", exhibits as
 * "file rows 10-42 sha256:...".
 */
export function movementTable(movements: readonly MovementJson[]): ExportTable {
  return {
    columns: COLUMNS,
    rowCount: movements.length,
    row: (index) => movementCells(movements[index]!),
  };
}

function movementCells(movement: MovementJson): Cell[] {
  return [
    movement.hex,
    movement.registration,
    movement.type,
    movement.callsign,
    movement.kind,
    // An estimate inside a wide interval would be read as a time; the interval stands beside it.
    hasTime(movement) ? Date.parse(movement.time) : null,
    Date.parse(movement.timeFrom),
    Date.parse(movement.timeTo),
    hasTime(movement) ? movement.timeLocal : null,
    movement.timeZone,
    movement.airport,
    movement.airportName,
    movement.country,
    candidatesCell(movement.candidates),
    movement.offAirport,
    movement.lat,
    movement.lon,
    movement.runway,
    movement.evidence,
    movement.class,
    movement.probability,
    probabilityText(movement.probability, movement),
    movement.basis,
    movement.simulated,
    movement.exhibits
      .map((one) => `${one.file} rows ${one.rowFrom}-${one.rowTo} sha256:${one.input}`)
      .join("; "),
    coverageCell(movement.coverage),
    priorsCell(movement.priors),
    hasTime(movement) ? Date.parse(movement.time) : null,
    Date.parse(movement.timeFrom),
    Date.parse(movement.timeTo),
  ];
}

/** @returns "MUHA 0.61; MUVR 0.22" */
export function candidatesCell(
  candidates: readonly { airport: string; probability: number }[],
): string {
  return candidates.map((one) => `${one.airport} ${one.probability}`).join("; ");
}

/** "EGKK 0.97; EGLC 0.4; sha256:3f2a...": how likely it would have been seen at each field, and by which measurement. */
function coverageCell(coverage: MovementJson["coverage"]): string | null {
  if (!coverage) return null;
  const fields = coverage.fields.map(
    ({ airport, seenProbability }) => `${airport} ${seenProbability}`,
  );
  return [...fields, `sha256:${coverage.measurement}`].join("; ");
}

/** "fields; routes BAW123 EGLL-KJFK sha256:3f2a..., changed": what was known beforehand and used; empty without any. */
function priorsCell({ fields, routes }: MovementJson["priors"]): string {
  const parts = fields ? ["fields"] : [];
  if (routes) {
    const changed = routes.before.length > 0 ? ", changed" : "";
    const route = routes.airports.join("-");
    parts.push(`routes ${routes.callsign} ${route} sha256:${routes.sha256}${changed}`);
  }
  return parts.join("; ");
}
