import { type AreaCopies, isFresh, pointFilesByDay } from "./area-copies.js";
import type { Cell, Parameters } from "./duckdb.js";
import { stagedState } from "./events-part.js";
import { ALL_PARTS, filesOf, type LakePart, type Manifest } from "./manifest.js";
import type { NotKept } from "./not-kept.js";
import type { FileKind } from "./schema.js";
import { TRACE_FOLDER_SQL, type TraceDay, traceDays } from "./trace-days.js";

/** What a lake holds, in numbers. */
export interface LakeStatus extends LedgerStatus {
  /** Days with area-sorted copies beside the lake's own files; `byteCount` does not hold them. */
  readonly areaCopies: AreaCopiesStatus;
  /** Days of which only what was inferred and measured was kept, as a whole or in part. */
  readonly notKept: NotKept;
}

/** The part of it that its manifest tells. */
export interface Holdings {
  /** UTC days with points, "2019-01-23", ascending. */
  readonly days: readonly string[];
  readonly pointCount: number;
  readonly movementCount: number;
  readonly inputCount: number;
  /** Undefined while the lake holds no input. */
  readonly simulated: boolean | undefined;
  /** Addresses whose movements are older than their points. */
  readonly awaitingMovementCount: number;
  readonly byteCount: number;
  readonly generation: number;
  /** True when a run that keeps no positions was killed; the same run again ends it. */
  readonly isEventsOnlyUnfinished: boolean;
}

/** The part of it that its manifest and its ledger tell. */
export interface LedgerStatus extends Holdings {
  /** Inputs that broke off in the middle. */
  readonly partialInputCount: number;
  /** Days with traces as a readsb day archive has them: which of its 256 folders are there. */
  readonly traceDays: readonly TraceDay[];
  /** What was read, by format, in alphabetical order. */
  readonly sources: readonly {
    readonly format: string;
    readonly inputCount: number;
    readonly keptCount: number;
  }[];
}

/** What a lake has of area-sorted copies. */
export interface AreaCopiesStatus {
  /** Days whose copies are used, ascending. */
  readonly days: readonly string[];
  /** Days whose copies are of an older state of the day and are not used. */
  readonly staleDays: readonly string[];
  readonly byteCount: number;
  /** True when the list of copies cannot be read: none is used. */
  readonly isBroken: boolean;
}

/** A small query over all files of one kind. */
export interface RowQuery<T> {
  readonly select: string;
  /** What is selected from, instead of the files themselves. */
  readonly from?: (files: string) => string;
  readonly rest?: string;
  readonly parameters?: Parameters;
  readonly make: (cells: Cell[]) => T;
}

/** Runs a query over the ledger. */
export type AskInputs = <T>(query: RowQuery<T>) => Promise<T[]>;

/** @returns what a lake holds as far as its manifest tells */
export function holdingsOf(manifest: Manifest): Holdings {
  const rowCount = (kind: FileKind, parts?: readonly LakePart[]) =>
    filesOf(manifest, kind, parts).reduce((sum, file) => sum + file.rowCount, 0);
  const days = filesOf(manifest, "points").map(({ path }) => path.slice(11, 21));
  return {
    days: [...new Set(days)].sort(),
    pointCount: rowCount("points"),
    movementCount: rowCount("movements", ALL_PARTS),
    inputCount: rowCount("inputs", ALL_PARTS),
    simulated: manifest.simulated ?? undefined,
    awaitingMovementCount: manifest.awaitingMovements.length,
    byteCount: manifest.files.reduce((sum, file) => sum + file.byteCount, 0),
    generation: manifest.generation,
    isEventsOnlyUnfinished: stagedState(manifest) !== "none",
  };
}

/** @returns the days with traces of which the ledger tells */
export async function traceDaysOf(askInputs: AskInputs): Promise<TraceDay[]> {
  const folders = await askInputs({
    ...TRACE_FOLDER_SQL,
    make: ([day, folder, count]) => {
      return { day: String(day), folder: String(folder), traceCount: Number(count) };
    },
  });
  return traceDays(folders);
}

/** @param askTraceDays gives what `traceDaysOf` gives */
export async function statusOf(
  manifest: Manifest,
  askInputs: AskInputs,
  askTraceDays: () => Promise<readonly TraceDay[]>,
): Promise<LedgerStatus> {
  const [sources, traces] = await Promise.all([
    askInputs({
      select:
        "format, count(*)::DOUBLE, sum(kept_count)::DOUBLE, count(*) FILTER (WHERE NOT complete)::DOUBLE",
      rest: "GROUP BY format ORDER BY format",
      make: ([format, inputCount, keptCount, partialCount]) => {
        return {
          format: String(format),
          inputCount: Number(inputCount),
          keptCount: Number(keptCount),
          partialCount: Number(partialCount),
        };
      },
    }),
    askTraceDays(),
  ]);
  const { isEventsOnlyUnfinished, ...holdings } = holdingsOf(manifest);
  return {
    ...holdings,
    partialInputCount: sources.reduce((sum, { partialCount }) => sum + partialCount, 0),
    traceDays: traces,
    isEventsOnlyUnfinished,
    sources: sources.map(({ format, inputCount, keptCount }) => ({
      format,
      inputCount,
      keptCount,
    })),
  };
}

/** @returns which copies are used, and which are of an older state of their day */
export function areaCopiesOf(
  manifest: Manifest,
  { copies, isBroken }: AreaCopies,
): AreaCopiesStatus {
  const days = pointFilesByDay(manifest);
  const fresh = copies.filter((copy) => isFresh(copy, days));
  return {
    days: fresh.map(({ day }) => day),
    staleDays: copies.filter((copy) => !fresh.includes(copy)).map(({ day }) => day),
    byteCount: copies.flatMap(({ files }) => files).reduce((sum, file) => sum + file.byteCount, 0),
    isBroken,
  };
}
