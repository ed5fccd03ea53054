import type { Address } from "../aircraft/address.js";
import { HOLE_MAX_MS } from "../track/contacts.js";
import { MINUTE_MS } from "../units/quantity.js";
import type { MovementRow } from "./movement-row.js";

/**
 * So much is kept of the positions of an aircraft in an input at either end, where all others are not. chosen: an
 * end of contact is judged by its last minutes; test/cli/events-only.test.ts compares with plain ingests
 */
export const END_MS = 15 * MINUTE_MS;

/** When an input heard an aircraft, first and last. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a lake knows of one aircraft beside the positions its movements were just inferred from. */
export interface BesidePositions {
  /** Movements inferred when their positions were still there. */
  readonly old: readonly MovementRow[];
  /** Stretches of whose positions only the ends were kept. */
  readonly gone: readonly Stretch[];
  /** Stretches whose positions are there. */
  readonly there: readonly Stretch[];
  /** Whether a movement rests on positions of a stretch that is gone. */
  isOfGone(row: MovementRow): boolean;
}

/**
 * Brings together movements inferred while positions were there with those inferred now, from the positions that are
 * there and the ends of what is gone. The middle of a stretch that is gone looks like silence and is none.
 *
 * - What is inferred now from silence in the middle of such a stretch is left out, and what its ends alone tell again.
 * - What was told already is not told twice; what reaches beyond the stretch is told by what is known now.
 * - An old landing or take-off that was inferred because contact ended goes when contact is now known to go on.
 *
 * @returns old movements that stay, and new ones that are added
 */
export function besidePositions(
  rows: readonly MovementRow[],
  { old, gone, there, isOfGone }: BesidePositions,
): { readonly old: readonly MovementRow[]; readonly rows: readonly MovementRow[] } {
  const found = rows.filter(
    (row) =>
      !(row.evidence === "inferred" && gone.some((stretch) => isOfMiddle(row, stretch))) &&
      !(isOfGone(row) && gone.some((stretch) => isWithin(row, stretch))),
  );
  const staying = old.filter((row) => {
    if (row.evidence === "seen" || gone.some((stretch) => isWithin(row, stretch))) return true;
    return (
      !gone.some((stretch) => isOvertaken(row, stretch, there)) &&
      !found.some((other) => isSame(row, other))
    );
  });
  return { old: staying, rows: found.filter((row) => !staying.some((one) => isSame(row, one))) };
}

/** Part of the middle of a stretch, of which nothing is kept, lies in the movement's interval. */
function isOfMiddle({ timeFromMs, timeToMs }: MovementRow, { fromMs, toMs }: Stretch): boolean {
  const [middleFromMs, middleToMs] = [fromMs + END_MS, toMs - END_MS];
  return middleFromMs < middleToMs && timeFromMs < middleToMs && timeToMs > middleFromMs;
}

function isWithin({ timeFromMs, timeToMs }: MovementRow, { fromMs, toMs }: Stretch): boolean {
  return timeFromMs >= fromMs && timeToMs <= toMs;
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
