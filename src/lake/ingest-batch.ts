import type { Address } from "../aircraft/address.js";
import type { Track } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import type { RowFeed } from "./duckdb.js";
import { feedOfRows } from "./packed-rows.js";
import { feedOfPoints } from "./point-feed.js";
import { pointsByDay, timeRangeOf } from "./point-rows.js";
import { cellsOfIdentity, cellsOfInput } from "./record-tables.js";
import {
  FIRST_MS,
  hexFromAddress,
  type IdentityRecord,
  type IngestBatch,
  type InputRecord,
  LAST_MS,
} from "./records.js";
import { IDENTITIES, INPUTS } from "./schema.js";

interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a batch comes to: the files to write, all checked, nothing written yet. */
export interface BatchPlan {
  readonly simulated: boolean;
  readonly inputHashes: readonly string[];
  /** Addresses that get new points. */
  readonly addresses: readonly Address[];
  readonly days: readonly {
    readonly dayMs: number;
    readonly feed: RowFeed;
    readonly range: TimeRange;
  }[];
  readonly tables: readonly {
    readonly folder: string;
    readonly feed: RowFeed;
    readonly range: TimeRange | "none";
  }[];
}

/**
 * @param known hashes of the inputs the lake has
 * @param lakeSimulated what the lake holds, null while it is empty
 * @returns undefined when the lake has all the inputs already
 * @throws WheelsdownError "input-invalid" when simulated and observed would mix; RangeError on a malformed batch
 */
export function batchPlan(
  batch: IngestBatch,
  known: ReadonlySet<string>,
  lakeSimulated: boolean | null,
): BatchPlan | undefined {
  const fresh = new Map<string, InputRecord>();
  for (const input of batch.inputs)
    if (!known.has(input.sha256) && !fresh.has(input.sha256)) fresh.set(input.sha256, input);
  const inputs = [...fresh.values()];
  const [first] = inputs;
  if (!first) return undefined;
  const simulated = lakeSimulated ?? first.simulated;
  checkOneKind(inputs, { simulated, isNew: lakeSimulated === null });
  for (const track of batch.tracks) checkTrack(track, fresh, known);
  // The same bytes under two names in one batch: the points of the first name only.
  const keeps = (track: Track, sourceIndex: number) => {
    const source = track.sources[sourceIndex]!;
    return fresh.get(source.inputSha256)?.file === source.file;
  };
  const identities = identitiesOf(batch.tracks, keeps);
  const days = [...pointsByDay(batch.tracks, keeps)];
  return {
    simulated,
    inputHashes: [...fresh.keys()],
    addresses: [...new Set(identities.filter((i) => i.pointCount > 0).map((i) => i.address))],
    days: days.map(([dayMs, selection]) => {
      return { dayMs, feed: feedOfPoints(selection), range: timeRangeOf(selection) };
    }),
    tables: [
      { folder: "inputs", feed: feedOfRows(INPUTS, inputs.map(cellsOfInput)), range: "none" },
      {
        folder: "identities",
        feed: feedOfRows(IDENTITIES, identities.map(cellsOfIdentity)),
        range: "none",
      },
    ],
  };
}

function checkOneKind(
  inputs: readonly InputRecord[],
  lake: { readonly simulated: boolean; readonly isNew: boolean },
): void {
  const stranger = inputs.find((input) => input.simulated !== lake.simulated);
  if (!stranger) return;
  const others = lake.isNew ? `${inputs[0]!.file} is` : "the lake holds what is";
  throw new WheelsdownError(
    "input-invalid",
    `${stranger.file} is ${word(stranger.simulated)}, but ${others} ${word(lake.simulated)}; ` +
      "the two never share a lake: ingest it into another folder",
  );
}

function word(simulated: boolean): string {
  return simulated ? "simulated" : "observed";
}

function checkTrack(
  track: Track,
  fresh: ReadonlyMap<string, InputRecord>,
  known: ReadonlySet<string>,
): void {
  for (const source of track.sources) {
    const input = fresh.get(source.inputSha256);
    if (!input && !known.has(source.inputSha256))
      throw new RangeError(
        `${track.address} has points of ${source.file}, which is no input of the batch`,
      );
    if (input && input.simulated !== source.simulated)
      throw new RangeError(
        `${source.file} is simulated in the ledger or in ${track.address}, not in both`,
      );
  }
  let lastMs = FIRST_MS;
  for (let i = 0; i < track.length; i++) {
    const timeMs = track.timeMs[i]!;
    if (!(timeMs >= lastMs && timeMs <= LAST_MS))
      throw new RangeError(`${track.address} is not sorted by time at point ${i}`);
    if (track.sourceRow[i]! > 0x7fffffff)
      throw new RangeError(`${track.address}, point ${i}: row numbers end at 2147483647`);
    lastMs = timeMs;
  }
}

/** One record for each input and address, sorted by address, an address's in the order given. */
function identitiesOf(
  tracks: readonly Track[],
  keeps: (track: Track, sourceIndex: number) => boolean,
): IdentityRecord[] {
  const found = new Map<string, IdentityRecord>();
  for (const track of tracks) {
    const extents = extentsOf(track);
    for (const [sourceIndex, source] of track.sources.entries()) {
      if (!keeps(track, sourceIndex)) continue;
      const part = extents[sourceIndex]!;
      const key = `${track.address} ${source.inputSha256}`;
      const before = found.get(key);
      found.set(key, {
        inputSha256: source.inputSha256,
        address: track.address,
        stated: { ...before?.stated, ...source.stated },
        firstMs: least(before?.firstMs, part.firstMs),
        lastMs: -least(negative(before?.lastMs), -part.lastMs),
        pointCount: (before?.pointCount ?? 0) + part.pointCount,
      });
    }
  }
  return [...found.values()].sort((a, b) => hexFromAddress(a.address) - hexFromAddress(b.address));
}

type Extent = Pick<IdentityRecord, "firstMs" | "lastMs" | "pointCount">;

/** First and last time and number of points of each of a track's sources, in one pass. */
function extentsOf(track: Track): Extent[] {
  const { length, timeMs, sourceIndex } = track;
  const firstMs = new Float64Array(track.sources.length).fill(Number.NaN);
  const lastMs = new Float64Array(track.sources.length).fill(Number.NaN);
  const counts = new Float64Array(track.sources.length);
  for (let i = 0; i < length; i++) {
    const source = sourceIndex[i]!;
    if (counts[source] === 0) firstMs[source] = timeMs[i]!;
    lastMs[source] = timeMs[i]!;
    counts[source]!++;
  }
  return track.sources.map((_, source) => {
    return { firstMs: firstMs[source]!, lastMs: lastMs[source]!, pointCount: counts[source]! };
  });
}

/** The smaller of two numbers of which either may be unknown. */
function least(a: number | undefined, b: number): number {
  if (a === undefined || Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.min(a, b);
}

function negative(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}
