import type { Address } from "../aircraft/address.js";
import { HOLE_MAX_MS } from "../track/contacts.js";
import type { MovementRow } from "./movement-row.js";

/** When an input heard an aircraft, first and last. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a lake knows of one aircraft beside the positions its movements were just inferred from. */
export interface BesidePositions {
  /** Movements inferred when their positions were still there. */
  readonly old: readonly MovementRow[];
  /** Stretches whose positions were not kept. */
  readonly gone: readonly Stretch[];
  /** Stretches whose positions are there. */
  readonly there: readonly Stretch[];
}

/**
 * Brings together movements of stretches whose positions were not kept with those inferred now from the positions that
 * are there. The latter know nothing of the former: silence beside a stretch that is gone is no silence.
 *
 * - What is inferred now from silence in, across or right beside a stretch that is gone is left out.
 * - What was told of it already is not told twice.
 * - An old landing or take-off that was inferred because contact ended goes when contact is now known to go on.
 *
 * @returns old movements that stay, and new ones that are added
 */
export function besidePositions(
  rows: readonly MovementRow[],
  { old, gone, there }: BesidePositions,
): { readonly old: readonly MovementRow[]; readonly rows: readonly MovementRow[] } {
  const staying = old.filter(
    (row) => row.evidence === "seen" || !gone.some((stretch) => isOvertaken(row, stretch, there)),
  );
  const added = rows.filter(
    (row) =>
      !(row.evidence === "inferred" && gone.some((stretch) => touches(row, stretch))) &&
      !staying.some((other) => isSame(row, other)),
  );
  return { old: staying, rows: added };
}

function touches({ timeFromMs, timeToMs }: MovementRow, { fromMs, toMs }: Stretch): boolean {
  return timeFromMs <= toMs + HOLE_MAX_MS && timeToMs >= fromMs - HOLE_MAX_MS;
}

/** Two inputs that heard the same movement give times that overlap. */
function isSame(a: MovementRow, b: MovementRow): boolean {
  return a.kind === b.kind && a.timeFromMs <= b.timeToMs && a.timeToMs >= b.timeFromMs;
}

/** Whether a movement was inferred from an end of a stretch at which another input now goes on hearing the aircraft. */
function isOvertaken(
  { timeFromMs, timeToMs }: MovementRow,
  { fromMs, toMs }: Stretch,
  there: readonly Stretch[],
): boolean {
  const isOfEnd = timeToMs > toMs && timeFromMs >= fromMs && timeFromMs <= toMs;
  const isOfStart = timeFromMs < fromMs && timeToMs <= toMs && timeToMs >= fromMs;
  return there.some(
    (other) =>
      (isOfEnd && other.fromMs <= toMs + HOLE_MAX_MS && other.toMs > toMs) ||
      (isOfStart && other.toMs >= fromMs - HOLE_MAX_MS && other.fromMs < fromMs),
  );
}

/** One list of each address, for rows of many. */
export function byAddress<T extends { readonly address: Address }>(
  rows: readonly T[],
): ReadonlyMap<Address, readonly T[]> {
  const lists = new Map<Address, T[]>();
  for (const row of rows) {
    const list = lists.get(row.address);
    if (list) list.push(row);
    else lists.set(row.address, [row]);
  }
  return lists;
}
