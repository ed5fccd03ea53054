import type { Address } from "../aircraft/address.js";
import type { DayOutcome } from "../fetch/archive-day.js";
import type { DayRecord } from "../fetch/day-record.js";
import { counted } from "../units/counted.js";
import type { Terminal } from "./terminal.js";

const ADDRESSES_SHOWN = 20;
const ABSENCE =
  "No trace means that no receiver of theirs placed the aircraft that day, or that they do not publish it: that does not mean that the aircraft did not fly.";

/** Exit codes, the gravest first (sysexits.h): stopped midway, not whole, not there. */
const FAILED = 74;
const PARTIAL = 65;
const MISSING = 66;

export interface FetchedTools {
  readonly options: { readonly out: string; readonly json?: boolean };
  readonly terminal: Terminal;
  /** What to state at ingest; undefined when it is the user's matter. */
  readonly licence?: string;
}

/** Writes what became of each day, and sets the exit code. */
export async function tellFetched(
  outcomes: readonly DayOutcome[],
  { options, terminal, licence }: FetchedTools,
): Promise<void> {
  process.exitCode = exitCodeOfDays(outcomes);
  if (options.json) {
    for (const outcome of outcomes) await terminal.line(JSON.stringify(fetchedDayJson(outcome)));
  } else {
    const head = ["DAY", "ARCHIVE", "ASKED", "KEPT", "BYTES", "STATE"];
    await terminal.line(terminal.table(head, outcomes.map(rowOf)));
    for (const outcome of outcomes) await tellRest(outcome, terminal);
    const isAnyAbsent = outcomes.some((one) => (recordOf(one)?.absent.length ?? 0) > 0);
    if (isAnyAbsent) await terminal.line(ABSENCE);
  }
  if (outcomes.some((one) => (recordOf(one)?.kept.length ?? 0) > 0)) {
    const terms = licence ?? "TERMS OF THE SITE";
    terminal.note(`next: wheelsdown ingest ${options.out} --licence "${terms}"`);
  }
}

/** What has no room in the table. */
async function tellRest(outcome: DayOutcome, terminal: Terminal): Promise<void> {
  const { day } = outcome;
  if (outcome.kind === "failed") await terminal.line(`${day}: ${outcome.reason}`);
  const record = recordOf(outcome);
  if (!record) return;
  const { absent, unknown, release } = record;
  const where = release ? "not in the archive" : "the site has no trace";
  if (absent.length > 0) await terminal.line(`${day}: ${where}: ${addressList(absent)}`);
  if (unknown.length > 0) {
    const list = addressList(unknown);
    await terminal.line(`${day}: cannot be told, what came is not whole: ${list}`);
  }
}

function addressList(addresses: readonly Address[]): string {
  const more = addresses.length - ADDRESSES_SHOWN;
  const shown = addresses.slice(0, ADDRESSES_SHOWN).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function rowOf(outcome: DayOutcome): string[] {
  const { day } = outcome;
  const record = recordOf(outcome);
  if (!record) return [day, "", "", "", "", stateText(outcome)];
  const { asked, kept, release, source } = record;
  return [
    day,
    release ? replicaOf(release.tag) : source,
    asked === "all" ? "all" : String(asked.length),
    String(kept.length),
    String(keptBytes(record)),
    stateText(outcome),
  ];
}

function stateText(outcome: DayOutcome): string {
  if (outcome.kind === "missing") return "missing: the archive has no such day";
  if (outcome.kind === "not-asked") return "nothing asked: no member of the fleet on that day";
  if (outcome.kind === "failed") return "unfinished, see below";
  const { complete, faults, traceCount } = outcome.record;
  if (!complete) return `partial: ${faults.join("; ")}`;
  return traceCount === null ? "done" : `complete, ${counted(traceCount, "trace", "traces")} in it`;
}

/** "prod" of "v2025.10.01-planes-readsb-prod-0". */
function replicaOf(tag: string): string {
  return /-readsb-(.+)-\d+$/.exec(tag)?.[1] ?? tag;
}

function recordOf(outcome: DayOutcome): DayRecord | undefined {
  return "record" in outcome ? outcome.record : undefined;
}

function keptBytes({ kept }: DayRecord): number {
  return kept.reduce((sum, { byteCount }) => sum + byteCount, 0);
}

/** One day of an answer in JSON: docs/json.md. */
function fetchedDayJson(outcome: DayOutcome): object {
  const record = recordOf(outcome);
  return {
    schema: "wheelsdown/fetch/1",
    day: outcome.day,
    state: record ? (record.complete ? "complete" : "partial") : stateWord(outcome),
    reason: outcome.kind === "failed" ? outcome.reason : null,
    faults: record?.faults ?? [],
    source: record?.source ?? null,
    licence: record?.licence ?? null,
    release: record?.release?.tag ?? null,
    archiveBytes: record?.release ? sumBytes(record.parts) : null,
    folders: record?.folderCount ?? null,
    traces: record?.traceCount ?? null,
    asked: record?.asked ?? null,
    kept: record?.kept.length ?? 0,
    keptBytes: record ? keptBytes(record) : 0,
    absent: record?.absent ?? [],
    unknown: record?.unknown ?? [],
  };
}

function stateWord({ kind }: DayOutcome): string {
  return kind === "failed" ? "unfinished" : kind;
}

function sumBytes(parts: DayRecord["parts"]): number {
  return parts.reduce((sum, { byteCount }) => sum + byteCount, 0);
}

function exitCodeOfDays(outcomes: readonly DayOutcome[]): number {
  if (outcomes.some(({ kind }) => kind === "failed")) return FAILED;
  if (outcomes.some((one) => recordOf(one)?.complete === false)) return PARTIAL;
  return outcomes.some(({ kind }) => kind === "missing") ? MISSING : 0;
}
