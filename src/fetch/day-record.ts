import * as v from "valibot";
import type { Address } from "../aircraft/address.js";
import { type Asked, pathInDay } from "./asked.js";

/** One part of a release, as it was received. */
export interface PartRecord {
  readonly url: string;
  readonly byteCount: number;
  readonly sha256: string;
  /** What the release's list says, null when there was none. */
  readonly listedByteCount: number | null;
  readonly listedSha256: string | null;
}

/** One file that was kept. */
export interface KeptFile {
  readonly address: Address;
  readonly byteCount: number;
  readonly sha256: string;
  /** Where it came from, when it was a download of its own. */
  readonly url?: string | undefined;
}

/** What was fetched of one day: written beside its files, and what tells the next run that the day is done. */
export interface DayRecord {
  readonly day: string;
  readonly source: string;
  /** Terms as the source states them; null when they are the user's matter. */
  readonly licence: string | null;
  readonly attribution: string | null;
  readonly program: string;
  /** null when there is no release: each file was a download of its own. */
  readonly release: { readonly repository: string; readonly tag: string } | null;
  readonly parts: readonly PartRecord[];
  /** False when the archive of this day is not whole. */
  readonly complete: boolean;
  /** Why not. */
  readonly faults: readonly string[];
  /** Of 256, folders that hold a trace; null without a release. */
  readonly folderCount: number | null;
  /** Traces in the archive, kept or not; null without a release. */
  readonly traceCount: number | null;
  readonly asked: Asked;
  /** Sorted by address. */
  readonly kept: readonly KeptFile[];
  /** Asked for and not there. */
  readonly absent: readonly Address[];
  /** Asked for, and the archive is not whole where it would be. */
  readonly unknown: readonly Address[];
}

export const DAY_RECORD_SCHEMA = "wheelsdown/fetched-day/1";

// The brand is earned: what is read here was written by this program from parsed addresses.
const address = v.pipe(
  v.string(),
  v.regex(/^~?[0-9a-f]{6}$/),
  v.transform((text) => text as Address),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** For our own files, which people may have changed. */
export const askedSchema = v.union([v.literal("all"), v.array(address)]);
export const keptSchema = v.object({
  address,
  byteCount: count,
  sha256,
  url: v.optional(v.string()),
});

const recordSchema = v.object({
  schema: v.literal(DAY_RECORD_SCHEMA),
  day: v.string(),
  source: v.string(),
  licence: v.nullable(v.string()),
  attribution: v.nullable(v.string()),
  program: v.string(),
  release: v.nullable(v.object({ repository: v.string(), tag: v.string() })),
  parts: v.array(
    v.object({
      url: v.string(),
      byteCount: count,
      sha256,
      listedByteCount: v.nullable(count),
      listedSha256: v.nullable(sha256),
    }),
  ),
  complete: v.boolean(),
  faults: v.array(v.string()),
  folderCount: v.nullable(count),
  traceCount: v.nullable(count),
  asked: askedSchema,
  kept: v.array(keptSchema),
  absent: v.array(address),
  unknown: v.array(address),
});

/** The record as it is written, with the path of each file below its folder; the same record gives the same bytes. */
export function writeDayRecord(record: DayRecord): string {
  const kept = record.kept.map((file) => ({ path: pathInDay(file.address), ...file }));
  return `${JSON.stringify({ schema: DAY_RECORD_SCHEMA, ...record, kept }, undefined, 1)}\n`;
}

/** @returns undefined when `text` is no record of ours: then the day is fetched anew */
export function parseDayRecord(text: string): DayRecord | undefined {
  const parsed = v.safeParse(recordSchema, parseJson(text));
  if (!parsed.success) return undefined;
  const { schema: _, ...record } = parsed.output;
  return record;
}

/** @returns undefined when `text` is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
