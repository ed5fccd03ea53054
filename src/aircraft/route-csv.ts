import { parse } from "csv-parse/browser/esm/sync";
import { WheelsdownError } from "../units/errors.js";
import { plainCallsign, type RouteTable, routeTableOf } from "./route-table.js";

/** Why a row of a list of routes was left out. */
export type RouteIssueKind = "callsign-invalid" | "route-invalid" | "duplicate";

/** One row that was left out. */
export interface RouteIssue {
  readonly kind: RouteIssueKind;
  /** Row of the table, the header being row 1. */
  readonly row: number;
  readonly detail: string;
}

export interface ParsedRoutes {
  readonly table: RouteTable;
  /** Rows below the header, those left out included; empty lines are no rows. */
  readonly rowCount: number;
  /** How many rows were left out, by reason; reasons without any are missing. */
  readonly counts: Readonly<Partial<Record<RouteIssueKind, number>>>;
  /** The first ones, at most `ISSUES_KEPT`. */
  readonly issues: readonly RouteIssue[];
}

/** chosen: enough to see what is wrong with a file. */
export const ISSUES_KEPT = 5;

/** Header names, in lower case without blanks around them. */
const CALLSIGN_COLUMN = "callsign";
const ROUTE_COLUMNS: ReadonlySet<string> = new Set(["airportcodes", "route"]);
/** ICAO Doc 8585 and Annex 10: up to seven characters; eight are what the field of the message holds. */
const CALLSIGN = /^[A-Z0-9]{2,8}$/;
/** Twenty airports: no callsign flies on through more in a row. chosen */
const ROUTE_LENGTH_MAX = 100;
/** ICAO Doc 7910: location indicators of four; lists extend them with letters and digits of the same length. */
const ROUTE = /^[A-Z0-9]{4}(?:-[A-Z0-9]{4})+$/;

/**
 * Reads a list of routes: a header with the columns `Callsign` and `AirportCodes` (or `route`), in any order, any case
 * and among others; a route is ICAO codes joined by dashes in the order flown, vias included. Commas, with or without
 * BOM, any line ends. Rows that cannot be read, and callsigns that stood before, are left out and counted.
 *
 * @param source what the table is called and the hash of its bytes
 * @throws WheelsdownError "input-invalid" when it is no such table at all
 */
export function parseRouteCsv(
  text: string,
  source: Pick<RouteTable, "file" | "sha256">,
): ParsedRoutes {
  const [head = [], ...rows] = openTable(text, source.file);
  const header = head.map((name) => name.trim().toLowerCase());
  const callsignAt = header.indexOf(CALLSIGN_COLUMN);
  const routeAt = header.findIndex((name) => ROUTE_COLUMNS.has(name));
  if (callsignAt < 0 || routeAt < 0)
    throw new WheelsdownError(
      "input-invalid",
      `${source.file}: the first line has no columns "Callsign" and "AirportCodes" (or "route") between commas; ` +
        "a list of routes is text in UTF-8 with a header such as callsign,route",
    );
  const routes = new Map<string, string>();
  const counts: Partial<Record<RouteIssueKind, number>> = {};
  const issues: RouteIssue[] = [];
  let row = 1;
  const leaveOut = (kind: RouteIssueKind, detail: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (issues.length < ISSUES_KEPT) issues.push({ kind, row, detail });
  };
  for (const cells of rows) {
    row++;
    const callsign = plainCallsign(cells[callsignAt] ?? "");
    const route = (cells[routeAt] ?? "").trim().toUpperCase();
    if (!CALLSIGN.test(callsign)) leaveOut("callsign-invalid", `"${callsign}" is no callsign`);
    else if (route.length > ROUTE_LENGTH_MAX || !ROUTE.test(route))
      leaveOut(
        "route-invalid",
        `"${route.slice(0, ROUTE_LENGTH_MAX)}" is no route such as EGLL-KJFK`,
      );
    else if (routes.has(callsign))
      leaveOut("duplicate", `${callsign} is listed before; the first row counts`);
    else routes.set(callsign, route);
  }
  if (routes.size === 0)
    throw new WheelsdownError(
      "input-invalid",
      `${source.file}: no row of it can be used${issues[0] ? `; row ${issues[0].row}: ${issues[0].detail}` : ""}`,
    );
  return { table: routeTableOf(routes, source), rowCount: rows.length, counts, issues };
}

/** @returns the header and the rows below it; empty lines are no rows */
function openTable(text: string, file: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WheelsdownError("input-invalid", `${file} is not readable as CSV: ${reason}`, {
      cause,
    });
  }
}
