/** readsb puts a day's traces into so many folders, by the last two digits of the address. Source: readsb's json_out.c */
export const TRACE_FOLDERS = 256;

/**
 * "whole": every folder is there. "partial": folders are missing, and by chance that would not be. "few": too few traces
 * to tell, as when some aircraft were fetched or few are heard.
 */
export type TraceDayState = "whole" | "partial" | "few";

/** What a lake holds of the 256 trace folders of a day. */
export interface TraceDay {
  /** UTC, of the first position of each trace. */
  readonly day: string;
  readonly folderCount: number;
  readonly traceCount: number;
  readonly state: TraceDayState;
  /** Names of folders without a trace, "00" to "ff". */
  readonly missing: readonly string[];
}

/** One folder of a day with its number of traces. */
export interface TraceFolder {
  readonly day: string;
  readonly folder: string;
  readonly traceCount: number;
}

/** SQL over the ledger that gives the rows of `TraceFolder`: inputs under `traces/XX/`, where XX ends the address. */
export const TRACE_FOLDER_SQL = {
  select: "strftime(first_ts, '%Y-%m-%d') AS day, folder, count(*)::DOUBLE",
  from(files: string): string {
    const pattern = "traces/([0-9a-f]{2})/trace_(?:full|recent)_~?[0-9a-f]{4}([0-9a-f]{2})[.]json";
    const path = "replace(file, chr(92), '/')";
    return `(SELECT first_ts, regexp_extract(${path}, '${pattern}', 1) AS folder,
      regexp_extract(${path}, '${pattern}', 2) AS ending FROM ${files})`;
  },
  rest: "WHERE folder <> '' AND folder = ending AND first_ts IS NOT NULL GROUP BY ALL ORDER BY day, folder",
};

/** Standard deviations beyond which folders are not missing by chance. chosen: one day in thousands would be called wrongly */
const BY_CHANCE = 4;

/** @returns a day for each day with traces in such folders, in order */
export function traceDays(folders: readonly TraceFolder[]): TraceDay[] {
  const days = new Map<string, TraceFolder[]>();
  for (const folder of folders) {
    const list = days.get(folder.day);
    if (list) list.push(folder);
    else days.set(folder.day, [folder]);
  }
  return [...days].map(([day, list]) => {
    const present = new Set(list.map(({ folder }) => folder));
    const traceCount = list.reduce((sum, one) => sum + one.traceCount, 0);
    const missing = FOLDER_NAMES.filter((name) => !present.has(name));
    const state = stateOf(missing.length, traceCount);
    return { day, folderCount: present.size, traceCount, state, missing };
  });
}

function stateOf(missingCount: number, traceCount: number): TraceDayState {
  if (missingCount === 0) return "whole";
  // Addresses spread over the folders as balls over boxes; so many boxes stay empty on average, and their number spreads
  // by less than a Poisson's. Source: Feller, An Introduction to Probability Theory, the occupancy problem.
  const byChance = TRACE_FOLDERS * (1 - 1 / TRACE_FOLDERS) ** traceCount;
  return missingCount > byChance + BY_CHANCE * Math.sqrt(byChance) ? "partial" : "few";
}

const FOLDER_NAMES = Array.from({ length: TRACE_FOLDERS }, (_, i) =>
  i.toString(16).padStart(2, "0"),
);

/** The folder of an address: its last two digits. */
export function traceFolderOf(address: string): string {
  return address.slice(-2);
}

/** "00-79, 7b": runs of names as few words. */
export function folderRanges(names: readonly string[]): string {
  const runs: [number, number][] = [];
  for (const value of names.map((name) => Number.parseInt(name, 16))) {
    const run = runs.at(-1);
    if (run && run[1] === value - 1) run[1] = value;
    else runs.push([value, value]);
  }
  return runs
    .map(([first, last]) => [...new Set([FOLDER_NAMES[first]!, FOLDER_NAMES[last]!])].join("-"))
    .join(", ");
}
