// The work of `ingest` that any thread can do: inputs in, tracks and their movements out.
import type { ReadingTerms } from "../formats/terms.js";
import { trackAsKept } from "../lake/as-kept.js";
import { packMovements } from "../lake/held-movements.js";
import { type MovementRow, rowFromMovement } from "../lake/movement-row.js";
import { hexFromAddress } from "../lake/records.js";
import { Analyst } from "../movement/analyse.js";
import { traitsOf } from "../movement/traits.js";
import type { JobResult } from "../pool/job.js";
import { identityOf } from "../query/known-identity.js";
import { openSharedAirports, type SharedAirports } from "../reference/airport-cache.js";
import { TrackCollector } from "../track/collector.js";
import type { Track } from "../track/track.js";
import { hasHash, hasNumber } from "./known-sets.js";
import { type ItemOutcome, type ReadItem, readItem, SeenInputs } from "./read-item.js";

/** Items of one group belong to one collector: one aircraft's inputs, or a single one. */
export interface ReadTask {
  readonly groups: readonly (readonly ReadItem[])[];
}

/** What one group gave. */
export interface GroupResult {
  readonly outcomes: readonly ItemOutcome[];
  readonly tracks: readonly Track[];
  /**
   * For each track the movements in it, packed as `packMovements` does, as if the track were all the lake has of its address.
   * Undefined where the lake had points of it before.
   */
  readonly movements: readonly (Uint8Array | undefined)[];
}

/** What every thread knows from the start. */
export interface ReadSetup {
  /** Hashes of the inputs the lake has, see `known-sets.ts`. */
  readonly inputHashes: Uint8Array;
  /** Addresses the lake has points of, as numbers, sorted. */
  readonly hexes: Int32Array;
  readonly airports: SharedAirports;
  readonly terms: ReadingTerms;
  /** See `ItemContext`. */
  readonly readAs: ReadonlyMap<string, string>;
}

/** Reads groups of inputs; see `Job`. */
export async function readGroups(
  { groups }: ReadTask,
  setup: ReadSetup,
): Promise<JobResult<readonly GroupResult[]>> {
  const results: GroupResult[] = [];
  for (const items of groups) results.push(await readGroup(items, setup));
  return { value: results, transfer: buffersOf(results) };
}

async function readGroup(items: readonly ReadItem[], setup: ReadSetup): Promise<GroupResult> {
  const collector = new TrackCollector();
  const seen = new SeenInputs();
  const isKnown = (sha256: string) => hasHash(setup.inputHashes, sha256);
  const outcomes: ItemOutcome[] = [];
  const { terms, readAs } = setup;
  const context = { collector, isKnown, seen, terms, readAs };
  for (const item of items) outcomes.push(await readItem(item, context));
  const tracks = collector.take();
  const movements: (Uint8Array | undefined)[] = [];
  for (const track of tracks) {
    const isNew = !hasNumber(setup.hexes, hexFromAddress(track.address));
    movements.push(isNew ? packMovements(movementsOf(track, setup.airports)) : undefined);
  }
  return { outcomes, tracks, movements };
}

/** A day of the world passes 27,000 in each thread, 35 MB. chosen: docs/performance.md, section 6 */
const FIELDS_HELD = 8_000;

const analysts = new WeakMap<SharedAirports, Analyst>();

/** A thread makes one when it meets its first points, and keeps it with all that it learns of fields. */
export function analystOf(airports: SharedAirports): Analyst {
  let analyst = analysts.get(airports);
  if (!analyst) {
    analyst = new Analyst(openSharedAirports(airports), { fieldsHeld: FIELDS_HELD });
    analysts.set(airports, analyst);
  }
  return analyst;
}

/** Rows as the lake keeps them, of a track that is all the lake has, or will have, of its address. */
function movementsOf(track: Track, airports: SharedAirports): readonly MovementRow[] {
  const kept = trackAsKept(track);
  return kept ? rowsOfTrack(kept, analystOf(airports)) : [];
}

/** @returns the movements in a track as the lake gives it */
export function rowsOfTrack(track: Track, inferring: Analyst): MovementRow[] {
  const identity = identityOf(track);
  const { movements } = inferring.analyse(track, traitsOf(track));
  return movements.map((movement) => rowFromMovement(movement, identity));
}

function buffersOf(results: readonly GroupResult[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { tracks, movements } of results) {
    for (const track of tracks)
      for (const column of Object.values(track))
        if (ArrayBuffer.isView(column)) buffers.add(column.buffer as ArrayBuffer);
    for (const rows of movements) if (rows) buffers.add(rows.buffer as ArrayBuffer);
  }
  return [...buffers];
}
