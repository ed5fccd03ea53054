import type { InputReport } from "../track/collector.js";
import type { PointCounts } from "../track/point-count.js";
import type { StatedAirports } from "../track/track.js";
import { isoSeconds } from "../units/time.js";
import { rounded } from "./shapes.js";

/**
 * What came of looking at an input: "read" all of it, "partial" what is there of one that breaks off, "refused" of a known
 * format and still not readable, "unknown" of no format that is read.
 */
export type InspectOutcome = "read" | "partial" | "refused" | "unknown";

/** What a source says of an aircraft's airports, in its words. */
export interface AirportsStatedJson {
  readonly origin: string | null;
  readonly destination: string | null;
  readonly basis: StatedAirports["basis"];
}

/** One input as `inspect --json` prints it. What is not known is null; what was not read has no counts. */
export interface InspectedJson {
  readonly schema: "wheelsdown/inspected/1";
  readonly file: string;
  readonly outcome: InspectOutcome;
  /** The reader, with what was said of the input: "sbs --tz Europe/Moscow". */
  readonly format: string | null;
  /** What a person calls the format. */
  readonly title: string | null;
  readonly packing: "gzip" | "zstd" | "parquet" | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** The input with the same bytes that was met before. */
  readonly sameAs: string | null;
  /** Why it was not read. */
  readonly reason: string | null;
  readonly rows: number | null;
  /** Positions that can be used. */
  readonly kept: number | null;
  /** Share of the rows that can, 0 to 1; null for formats of messages, several of which make one position. */
  readonly keptShare: number | null;
  readonly aircraftCount: number | null;
  /** The first ones. */
  readonly aircraft: readonly string[];
  readonly registration: string | null;
  /** Airports that the source names for its one aircraft; nobody observed them. */
  readonly airportsStated: AirportsStatedJson | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Positions by how they came about. */
  readonly positionSources: Readonly<Record<string, number>>;
  readonly issues: Readonly<Record<string, number>>;
  readonly firstIssues: readonly {
    readonly kind: string;
    readonly row: number;
    readonly detail: string;
  }[];
  readonly simulated: boolean | null;
  /** Options without which it is not read. */
  readonly needs: readonly string[];
  /** Options its format can be told. */
  readonly takes: readonly string[];
  /** The command to go on with. */
  readonly next: string | null;
}

/** All inputs of one format, or all that were not read for one reason. */
export interface InspectedGroupJson {
  /** The reader's id; null for inputs of no format that is read. */
  readonly format: string | null;
  readonly title: string | null;
  readonly outcome: InspectOutcome;
  /** Why they were not read, null for those that were. */
  readonly reason: string | null;
  readonly files: number;
  /** One of them. */
  readonly example: string;
  readonly aircraftCount: number;
  readonly rows: number;
  readonly kept: number;
  readonly keptShare: number | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Inputs with an issue. */
  readonly filesWithIssues: number;
  readonly issues: Readonly<Record<string, number>>;
}

/** What `inspect --json` prints last. */
export interface InspectSummaryJson {
  readonly schema: "wheelsdown/inspect-summary/1";
  readonly files: number;
  readonly aircraftCount: number;
  readonly kept: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly groups: readonly InspectedGroupJson[];
  /** Folders and archives that could not be listed, or break off. */
  readonly problems: readonly string[];
  readonly next: string | null;
}

/** Formats of messages: a row that gives no position need not be wrong. */
const OF_MESSAGES: ReadonlySet<string> = new Set(["beast", "avr", "timed-hex", "sbs"]);
const AIRCRAFT_SHOWN = 10;

/** @returns share of rows that are used, to four decimals; null without rows, and for formats of messages */
export function keptShareOf(format: string, rows: number, kept: number): number | null {
  return OF_MESSAGES.has(format.split(" ")[0]!) ? null : rounded(kept / rows, 4);
}

/** An input before anything is known of it but its name. */
export function unreadInput(file: string): InspectedJson {
  return {
    schema: "wheelsdown/inspected/1",
    file,
    outcome: "unknown",
    ...{ format: null, title: null, packing: null, bytes: null, sha256: null, sameAs: null },
    reason: null,
    ...{ rows: null, kept: null, keptShare: null, aircraftCount: null, aircraft: [] },
    ...{
      registration: null,
      airportsStated: null,
      from: null,
      to: null,
      positionSources: {},
      issues: {},
    },
    ...{ firstIssues: [], simulated: null, needs: [], takes: [], next: null },
  };
}

/** @returns what an input that was read holds, in the words of the JSON */
export function readValues(
  report: InputReport,
  { positionSources, stated }: PointCounts,
): Partial<InspectedJson> {
  const { format, rowCount, keptCount, addresses, issues, firstMs, lastMs } = report;
  return {
    format,
    rows: rowCount,
    kept: keptCount,
    keptShare: keptShareOf(format, rowCount, keptCount),
    aircraftCount: addresses.length,
    aircraft: addresses.slice(0, AIRCRAFT_SHOWN),
    registration: stated.registration ?? null,
    airportsStated: airportsOrNull(stated.airports),
    from: timeOrNull(firstMs),
    to: timeOrNull(lastMs),
    positionSources,
    issues: sortedCounts(issues.counts),
    firstIssues: issues.first,
    simulated: report.simulated,
  };
}

function airportsOrNull(stated: StatedAirports | undefined): AirportsStatedJson | null {
  if (!stated) return null;
  const { origin = null, destination = null, basis } = stated;
  return { origin, destination, basis };
}

function timeOrNull(timeMs: number): string | null {
  return Number.isFinite(timeMs) ? isoSeconds(timeMs) : null;
}

/** Sorted by code unit, so that equal inputs give equal bytes. */
export function sortedCounts(
  counts: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sorted = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(sorted);
}
