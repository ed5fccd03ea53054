/** Rows of the answer's tables and its counts by day: plain reckoning, the same for table, chart and map. */

import type { AreaOutcome, AreaVisitsJson, VisitJson } from "../../../src/api/shapes.js";
import { DAY_MS } from "../../../src/units/quantity.js";

/** One visit of one aircraft. */
export interface VisitRow {
  readonly found: AreaVisitsJson;
  readonly visit: VisitJson;
  readonly outcome: AreaOutcome;
}

/** One aircraft with all its visits. */
export interface AircraftRow {
  readonly found: AreaVisitsJson;
  readonly insideS: number;
}

/** What a table may be sorted by. */
export type SortKey = "time" | "aircraft" | "type" | "inside" | "lowest" | "did" | "visits";

/** @returns the visits of all aircraft */
export function visitRows(found: readonly AreaVisitsJson[]): VisitRow[] {
  return found.flatMap((one) =>
    one.area.visits.map((visit, i) => ({
      found: one,
      visit,
      outcome: one.visitOutcomes[i] ?? "passed",
    })),
  );
}

/** @returns a row for each aircraft; time inside is from the first to the last position of each visit */
export function aircraftRows(found: readonly AreaVisitsJson[]): AircraftRow[] {
  return found.map((one) => ({
    found: one,
    insideS: one.area.visits.reduce((sum, visit) => sum + insideS(visit), 0),
  }));
}

/** @returns seconds from the first to the last position inside */
export function insideS({ from, to }: VisitJson): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

const DID_ORDER: readonly AreaOutcome[] = ["landed", "possible", "passed"];

type Sorted = number | string | null;

function nameOf({ area }: AreaVisitsJson): string {
  return area.registration ?? area.hex;
}

/** @returns what a visit is sorted by; null when unknown, which stands last whichever way */
export function visitKey({ found, visit, outcome }: VisitRow, key: SortKey): Sorted {
  switch (key) {
    case "aircraft":
      return nameOf(found);
    case "type":
      return found.area.type;
    case "inside":
    case "visits":
      return insideS(visit);
    case "lowest":
      return visit.groundPositions > 0 ? -1 : (visit.lowest?.altitudeFt ?? null);
    case "did":
      return DID_ORDER.indexOf(outcome);
    default:
      return Date.parse(visit.from);
  }
}

/** As `visitKey`, of an aircraft. */
export function aircraftKey({ found, insideS: inside }: AircraftRow, key: SortKey): Sorted {
  const { area } = found;
  switch (key) {
    case "aircraft":
      return nameOf(found);
    case "type":
      return area.type;
    case "inside":
      return inside;
    case "visits":
      return area.visits.length;
    case "lowest":
      return area.groundPositions > 0 ? -1 : area.lowestAltitudeFt;
    case "did":
      return DID_ORDER.indexOf(area.outcome);
    default:
      return Date.parse(area.firstHeard);
  }
}

/** @param sort "-time" is the other way round @returns a new list; equals stay in their order, unknown stands last */
export function sortedBy<Row>(
  rows: readonly Row[],
  sort: { readonly key: SortKey; readonly isDown: boolean },
  keyOf: (row: Row, key: SortKey) => Sorted,
): Row[] {
  const turn = sort.isDown ? -1 : 1;
  return rows
    .map((row) => ({ row, value: keyOf(row, sort.key) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null)
        return a.value === b.value ? 0 : a.value === null ? 1 : -1;
      return a.value < b.value ? -turn : a.value > b.value ? turn : 0;
    })
    .map(({ row }) => row);
}

const SORT_KEYS: readonly SortKey[] = [
  "time",
  "aircraft",
  "type",
  "inside",
  "lowest",
  "did",
  "visits",
];

/** @returns what "-time" in the address asks for; by time, first to last, where it asks for nothing that is known */
export function readSort(text: string | undefined): { key: SortKey; isDown: boolean } {
  const isDown = text?.startsWith("-") ?? false;
  const key = SORT_KEYS.find((each) => each === text?.replace(/^-/, ""));
  return { key: key ?? "time", isDown: key !== undefined && isDown };
}

/** Aircraft heard inside on one day (UTC), each counted once, for the most that speaks for a landing on that day. */
export interface AreaDay {
  readonly day: string;
  readonly landed: number;
  readonly possible: number;
  readonly passed: number;
}

/** @returns days with at least one, in order; a visit over midnight counts on each of its days */
export function areaDays(rows: readonly VisitRow[]): AreaDay[] {
  const best = new Map<string, Map<string, AreaOutcome>>();
  for (const { found, visit, outcome } of rows) {
    const lastMs = Date.parse(visit.to);
    for (
      let ms = Math.floor(Date.parse(visit.from) / DAY_MS) * DAY_MS;
      ms <= lastMs;
      ms += DAY_MS
    ) {
      const day = new Date(ms).toISOString().slice(0, 10);
      const held = best.get(day) ?? new Map<string, AreaOutcome>();
      const before = held.get(found.area.hex);
      if (!before || DID_ORDER.indexOf(outcome) < DID_ORDER.indexOf(before))
        held.set(found.area.hex, outcome);
      best.set(day, held);
    }
  }
  return [...best]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, held]) => {
      const count = (wanted: AreaOutcome) =>
        [...held.values()].filter((each) => each === wanted).length;
      return { day, landed: count("landed"), possible: count("possible"), passed: count("passed") };
    });
}

/** How many aircraft of each outcome: counts that are told side by side. */
export function outcomeCounts(
  found: readonly AreaVisitsJson[],
): Readonly<Record<AreaOutcome, number>> {
  const counts = { landed: 0, possible: 0, passed: 0 };
  for (const { area } of found) counts[area.outcome]++;
  return counts;
}
