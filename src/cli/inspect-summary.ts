import type { Address } from "../aircraft/address.js";
import {
  type InspectedGroupJson,
  type InspectedJson,
  type InspectSummaryJson,
  keptShareOf,
  sortedCounts,
} from "../report/inspect-shape.js";
import type { Inspected } from "./inspect-item.js";

/** Inputs of one format, or of one reason not to be read, while they are counted. */
interface Group {
  readonly first: InspectedJson;
  readonly addresses: Set<Address>;
  readonly issues: Record<string, number>;
  files: number;
  filesWithIssues: number;
  rows: number;
  kept: number;
  from: string | null;
  to: string | null;
}

/** Sums up any number of inputs; memory holds a group for each format and reason, and every address once in each. */
export class InspectSummary {
  readonly #groups = new Map<string, Group>();
  readonly #addresses = new Set<Address>();
  readonly problems: string[] = [];
  fileCount = 0;
  readCount = 0;

  add({ json, addresses }: Inspected): void {
    this.fileCount++;
    if (json.rows !== null) this.readCount++;
    const key = JSON.stringify([json.outcome, json.format?.split(" ")[0], json.reason]);
    const group = this.#groups.get(key) ?? this.#begin(key, json);
    group.files++;
    // The same bytes under another name add nothing.
    if (json.sameAs !== null) return;
    const counts = Object.entries(json.issues);
    if (counts.length > 0) group.filesWithIssues++;
    for (const [kind, count] of counts) group.issues[kind] = (group.issues[kind] ?? 0) + count;
    group.rows += json.rows ?? 0;
    group.kept += json.kept ?? 0;
    group.from = earlier(group.from, json.from);
    group.to = later(group.to, json.to);
    for (const address of addresses) {
      group.addresses.add(address);
      this.#addresses.add(address);
    }
  }

  #begin(key: string, first: InspectedJson): Group {
    const group: Group = {
      first,
      addresses: new Set(),
      issues: {},
      ...{ files: 0, filesWithIssues: 0, rows: 0, kept: 0, from: null, to: null },
    };
    this.#groups.set(key, group);
    return group;
  }

  /** @param next the command to go on with, where anything can be read */
  json(next: string): InspectSummaryJson {
    const groups = [...this.#groups.values()];
    const kept = groups.reduce((sum, group) => sum + group.kept, 0);
    return {
      schema: "wheelsdown/inspect-summary/1",
      files: this.fileCount,
      aircraftCount: this.#addresses.size,
      kept,
      from: groups.reduce<string | null>((found, { from }) => earlier(found, from), null),
      to: groups.reduce<string | null>((found, { to }) => later(found, to), null),
      groups: groups.map(groupJson).sort(byOutcomeAndCount),
      problems: this.problems,
      next: kept > 0 ? next : null,
    };
  }
}

function groupJson(group: Group): InspectedGroupJson {
  const { first, rows, kept } = group;
  const format = first.format?.split(" ")[0] ?? null;
  return {
    format,
    title: first.title,
    outcome: first.outcome,
    reason: first.reason,
    files: group.files,
    example: first.file,
    aircraftCount: group.addresses.size,
    rows,
    kept,
    keptShare: keptShareOf(format ?? "", rows, kept),
    from: group.from,
    to: group.to,
    filesWithIssues: group.filesWithIssues,
    issues: sortedCounts(group.issues),
  };
}

const OUTCOMES: readonly string[] = ["read", "partial", "refused", "unknown"];

function byOutcomeAndCount(a: InspectedGroupJson, b: InspectedGroupJson): number {
  return (
    OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) ||
    b.files - a.files ||
    (a.example < b.example ? -1 : 1)
  );
}

/** ISO times of one form are in the order of their letters. */
function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
