import type { WorldFacts } from "./make-world.js";
import type { QueryResult } from "./query-step.js";
import type { WayResult } from "./read-step.js";

/** One size of the world, read into a lake of its own. */
export interface SizeResult {
  readonly world: WorldFacts;
  /** Making the archive; undefined when it was kept from an earlier run. */
  readonly makeMs: number | undefined;
  /** R: processor time to unpack every file once. */
  readonly gunzipMs: number;
  readonly ingestCpuMs: number;
  readonly ingestWallMs: number;
  readonly ingestPeakRssMb: number;
  /** Mean length of the machine's queue in the minute before and after; more than its processors' number is a crowd. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly pointFileBytes: number;
  readonly lakeBytes: number;
  /** A run over the same archive once more, all of it known already. */
  readonly repeatWallMs: number;
}

/** What one way of reading the same files took, and pandas if it is there. */
export interface PeerResult {
  readonly fileCount: number;
  readonly ways: readonly WayResult[];
  readonly pandas:
    | { readonly absent: string }
    | {
        readonly cpuMs: number;
        readonly pointCount: number;
        readonly contactCount: number;
        readonly pandas: string;
        readonly python: string;
      };
}

export interface StartResult {
  readonly nodeMs: number;
  readonly helpMs: number;
  /** What a lake holds: the first word of the database. */
  readonly statusMs: number;
  /** Landings of one aircraft, with names of places. */
  readonly landingsMs: number;
}

/** Landings asked in a lake that holds nothing but landings. */
export interface LandingsResult {
  readonly landingCount: number;
  readonly fleetCount: number;
  readonly medianMs: number;
  readonly foundCount: number;
}

/** All of a run, as it is written to the result file. */
export interface WorldResult {
  readonly schema: "wheelsdown/bench-world/1";
  readonly simulated: true;
  readonly version: string;
  readonly node: string;
  readonly processors: string;
  /** Smallest first; all other figures are of the last. */
  readonly sizes: readonly SizeResult[];
  readonly peers: PeerResult;
  readonly queries: QueryResult;
  readonly start: StartResult;
  readonly landings: LandingsResult | undefined;
}
