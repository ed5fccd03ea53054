import { stringify } from "csv-stringify/browser/esm/sync";
import { DAY_MS } from "../units/quantity.js";
import { isoSeconds, utcDay } from "../units/time.js";
import { FLEET_COLUMNS, type Fleet, type FleetColumn } from "./fleet.js";

/**
 * A fleet in our own CSV shape, LF line ends, header first. `parseFleetCsv` reads it back to the same entries. Dates
 * are written as days where they are days; `valid_to` is the last day of membership.
 */
export function writeFleetCsv(fleet: Fleet): string {
  const rows = fleet.entries.map(
    (entry): Record<FleetColumn, string> => ({
      hex: entry.address ?? "",
      registration: entry.registration ?? "",
      type: entry.typeDesignator ?? "",
      operator: entry.operator,
      state: entry.state,
      category: entry.category,
      valid_from: dateText(entry.validFromMs, 0),
      valid_to: dateText(entry.validToMs, DAY_MS),
      source: entry.source,
      note: entry.note,
    }),
  );
  const lines = rows.map((row) => FLEET_COLUMNS.map((column) => row[column]));
  return stringify([[...FLEET_COLUMNS], ...lines], { record_delimiter: "\n" });
}

/** @param lastDayMs what to step back by when the moment is the end of a day */
function dateText(timeMs: number, lastDayMs: number): string {
  if (!Number.isFinite(timeMs)) return "";
  return timeMs % DAY_MS === 0 ? utcDay(timeMs - lastDayMs) : isoSeconds(timeMs);
}
