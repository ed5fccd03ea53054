import { parse } from "csv-parse/browser/esm/sync";
import { WheelsdownError } from "../units/errors.js";
import { DAY_MS } from "../units/quantity.js";
import { parseUtc } from "../units/time.js";
import { type Address, isNonIcao, parseAddress } from "./address.js";
import { FLEET_COLUMNS, type Fleet, type FleetColumn, type FleetEntry } from "./fleet.js";
import { addressFromRegistration, checkIdentity, normalRegistration } from "./registration.js";

/** Something about one line of a watchlist that its owner should look at. */
export interface FleetIssue {
  /** Groups issues in counts: "hex-as-number". */
  readonly kind:
    | "hex-as-number"
    | "hex-invalid"
    | "hex-by-rule"
    | "hex-missing"
    | "identity-mismatch"
    | "date-invalid"
    | "dates-reversed"
    | "duplicate"
    | "row-empty"
    | "column-unknown";
  /** Line of the file as an editor counts, from 1; the header is usually line 1. */
  readonly line: number;
  /** What was found and what became of the row. */
  readonly detail: string;
}

export interface ParsedFleet {
  readonly fleet: Fleet;
  readonly issues: readonly FleetIssue[];
}

/** What people call our columns, in lower case, without "$", "#" and blanks at the ends. */
const COLUMN_NAMES: Readonly<Record<string, FleetColumn>> = {
  icao: "hex",
  icao24: "hex",
  "icao hex": "hex",
  icao_hex: "hex",
  "hex code": "hex",
  address: "hex",
  mode_s: "hex",
  reg: "registration",
  tail: "registration",
  "tail number": "registration",
  typecode: "type",
  type_icao: "type",
  "icao type": "type",
  country: "state",
  notes: "note",
  comment: "note",
  from: "valid_from",
  to: "valid_to",
};

/** plane-alert-db's group letters in words. Its tags are jokes, some of them rude, and are left behind. */
const PLANE_ALERT_GROUPS: Readonly<Record<string, string>> = {
  civ: "civil",
  mil: "military",
  pol: "police",
  gov: "government",
};

/**
 * Reads a watchlist: our own columns (`hex,registration,type,operator,state,category,valid_from,valid_to,source,note`,
 * any order, `hex` or `registration` required) or plane-alert-db's. Comma, semicolon or tab, with or without BOM, any
 * line ends. Rows with a problem are kept as far as they can be used; every problem is an issue.
 *
 * @param name becomes the fleet's name: a file name without its ending, or whatever the user calls it
 * @throws WheelsdownError "input-invalid" when it is no such table at all
 */
export function parseFleetCsv(text: string, name: string): ParsedFleet {
  const rows = splitRows(text, name);
  const header = rows[0];
  const columns = (header?.cells ?? []).map(plainName);
  const planeAlert = columns.includes("icao") && columns.some((column) => column === "cmpg");
  const fields = columns.map((column) => fieldOf(column, planeAlert));
  if (!header || (!fields.includes("hex") && !fields.includes("registration")))
    throw new WheelsdownError(
      "input-invalid",
      `${name}: the first line has no column "hex" or "registration"; ` +
        `a watchlist needs a header such as ${FLEET_COLUMNS.join(",")}`,
    );
  const issues: FleetIssue[] = [];
  if (!planeAlert) {
    columns.forEach((column, i) => {
      if (fields[i] || column === "") return;
      const detail = `column "${column}" is none of ours and was left out`;
      issues.push({ kind: "column-unknown", line: header.line, detail });
    });
  }
  const entries: FleetEntry[] = [];
  const seen = new Map<string, FleetEntry[]>();
  for (const { cells, line } of rows.slice(1)) {
    const report: Report = (kind, detail) => issues.push({ kind, line, detail });
    const entry = readEntry(cellReader(cells, fields), { planeAlert, report });
    if (entry && !isDuplicate(entry, seen, report)) entries.push(entry);
  }
  return { fleet: { name, title: name, entries }, issues };
}

type Report = (kind: FleetIssue["kind"], detail: string) => void;
type CellReader = (column: FleetColumn) => string;

interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

function splitRows(text: string, name: string): CsvRow[] {
  // Excel may write its delimiter into a line of its own.
  const told = /^\uFEFF?sep=(.)\r?\n/i.exec(text);
  const body = told ? text.slice(told[0].length) : text;
  const firstLine = body.split(/\r?\n|\r/, 1)[0] ?? "";
  const delimiter = told?.[1] ?? likelyDelimiter(firstLine);
  try {
    const records: unknown = parse(body, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
    // With `info` each record comes with the lines read so far; the package types it as cells alone.
    const rows = records as { info: { lines: number }; record: string[] }[];
    return rows.map(({ info, record }) => ({
      cells: record,
      line: info.lines + (told ? 1 : 0),
    }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WheelsdownError("input-invalid", `${name} is not readable as CSV: ${reason}`, {
      cause,
    });
  }
}

function likelyDelimiter(line: string): string {
  const counts = [",", ";", "\t"].map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

function plainName(column: string): string {
  return column
    .replace(/^[$#\uFEFF]+/, "")
    .trim()
    .toLowerCase();
}

function fieldOf(column: string, planeAlert: boolean): FleetColumn | undefined {
  if (planeAlert) {
    // There "Type" is a description and "Category" a joke; "CMPG" is the group.
    if (column === "type" || column === "category") return undefined;
    if (column === "cmpg") return "category";
  }
  const own = FLEET_COLUMNS.find((name) => name === column);
  return own ?? COLUMN_NAMES[column];
}

function cellReader(
  cells: readonly string[],
  fields: readonly (FleetColumn | undefined)[],
): CellReader {
  return (column) => cells[fields.indexOf(column)]?.trim() ?? "";
}

function readEntry(
  cell: CellReader,
  options: { readonly planeAlert: boolean; readonly report: Report },
): FleetEntry | undefined {
  const { planeAlert, report } = options;
  const statedRegistration = cell("registration");
  const registration = statedRegistration === "" ? "" : normalRegistration(statedRegistration);
  const address = readAddress(cell("hex"), registration, report);
  if (address === undefined && registration === "") {
    if (cell("hex") === "") report("row-empty", "neither hex nor registration; row left out");
    return undefined;
  }
  const validFromMs = readDate(cell("valid_from"), "start", report);
  const validToMs = readDate(cell("valid_to"), "end", report);
  const reversed = validToMs <= validFromMs;
  if (reversed)
    report("dates-reversed", "valid_to lies before valid_from; both were taken as unknown");
  const typeDesignator = cell("type").toUpperCase();
  const group = cell("category");
  return {
    ...(address !== undefined && { address }),
    ...(registration !== "" && { registration }),
    ...(typeDesignator !== "" && { typeDesignator }),
    operator: cell("operator"),
    state: cell("state"),
    category: planeAlert ? (PLANE_ALERT_GROUPS[group.toLowerCase()] ?? "") : group,
    validFromMs: reversed ? Number.NaN : validFromMs,
    validToMs: reversed ? Number.NaN : validToMs,
    source: planeAlert ? "plane-alert-db (ODbL)" : cell("source"),
    note: cell("note"),
  };
}

function readAddress(hex: string, registration: string, report: Report): Address | undefined {
  const address = hex === "" ? undefined : parseAddress(hex.replace(/^0x/i, ""));
  if (address !== undefined && !isNonIcao(address)) {
    if (registration === "") return address;
    const check = checkIdentity(address, registration);
    if (check.verdict === "mismatch" || check.verdict === "state-mismatch")
      report("identity-mismatch", `${check.sentence}; kept as stated`);
    return address;
  }
  const ruled = registration === "" ? undefined : addressFromRegistration(registration);
  const outcome = outcomeWithoutHex(registration, ruled);
  if (hex === "") {
    if (registration === "") return undefined;
    report(ruled === undefined ? "hex-missing" : "hex-by-rule", `no hex given; ${outcome}`);
  } else if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(hex)) {
    const advice = "format the column as text and export again";
    const damage = `"${hex}": spreadsheet damage: the hex was turned into a number`;
    report("hex-as-number", `${damage}; ${advice}; ${outcome}`);
  } else {
    report("hex-invalid", `"${hex}" ${hexFault(hex)}; ${outcome}`);
  }
  return ruled;
}

function outcomeWithoutHex(registration: string, ruled: Address | undefined): string {
  if (registration === "") return "row left out";
  return ruled === undefined
    ? `kept, to be matched by its registration ${registration} only`
    : `${ruled} taken from ${registration} by its State's numbering rule`;
}

function hexFault(hex: string): string {
  if (hex.startsWith("~")) return "is not an ICAO address and names no airframe";
  if (!/^[0-9a-f]+$/i.test(hex)) return "is not a hexadecimal number";
  if (hex.length === 6) return "is an address no aircraft may carry";
  const lost = hex.length < 6 ? " (leading zeros lost? format the column as text)" : "";
  return `has ${hex.length} digits, an address has 6${lost}`;
}

/**
 * @param edge "start" gives the first moment of a day, month or year, "end" the first moment after it
 * @returns NaN for an empty or unreadable date, which is an open one
 */
function readDate(text: string, edge: "start" | "end", report: Report): number {
  if (text === "") return Number.NaN;
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  const fullDate = text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text;
  const startMs = parseUtc(fullDate);
  if (startMs === undefined) {
    report("date-invalid", `"${text}" is no date such as 2019-01-23; taken as unknown`);
    return Number.NaN;
  }
  if (edge === "start" || !parts) return startMs;
  if (parts[3] !== undefined) return startMs + DAY_MS;
  const year = Number(parts[1]);
  return parts[2] === undefined ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, Number(parts[2]), 1);
}

/** Two entries for one airframe are fine when their dates do not meet: it changed hands. */
function isDuplicate(entry: FleetEntry, seen: Map<string, FleetEntry[]>, report: Report): boolean {
  const key = entry.address ?? entry.registration ?? "";
  const earlier = seen.get(key) ?? [];
  const meets = earlier.filter((one) => datesMeet(one, entry));
  const same = meets.some((one) => one.registration === entry.registration);
  if (same) {
    report("duplicate", `${key} is listed before for the same time; the first row counts`);
    return true;
  }
  const other = meets[0];
  if (other)
    report(
      "duplicate",
      `${key} is listed before as ${other.registration ?? "no registration"}, ` +
        `here as ${entry.registration ?? "no registration"}; both kept`,
    );
  seen.set(key, [...earlier, entry]);
  return false;
}

function datesMeet(a: FleetEntry, b: FleetEntry): boolean {
  return !(a.validToMs <= b.validFromMs) && !(b.validToMs <= a.validFromMs);
}
