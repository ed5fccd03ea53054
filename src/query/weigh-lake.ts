import type { Address } from "../aircraft/address.js";
import type { Coverage } from "../coverage/coverage.js";
import type { Lake, Period } from "../lake/lake.js";
import { movementFromRow } from "../lake/movement-row.js";
import type { Movement } from "../movement/movement.js";
import { seenSharesOf, WEIGHED_MIN_AIRCRAFT } from "../movement/seen-shares.js";
import {
  asksForCoverage,
  type SeenShares,
  WEIGHED_STOP_MAX_MS,
  weighCoverage,
} from "../movement/weigh-coverage.js";
import type { AirportTable } from "../place/airport.js";
import type { Reference } from "../reference/reference.js";
import {
  type CoverageSource,
  coverageSource,
  coverageSourceText,
} from "../report/coverage-source.js";
import type { Notices } from "./notices.js";
import { withholdingOf } from "./withhold.js";

/** Weighs coverage into what a lake answers. Stored movements stay as they are: ingest knows nothing of other aircraft. */
export interface LakeWeigher {
  /** @param movements all of one aircraft, in order of time */
  weigh(movements: readonly Movement[]): Promise<readonly Movement[]>;
  /** What weighed in, or why nothing did, as far as anything asked for it. */
  source(): CoverageSource;
}

/** Whether coverage weighs in; on when left out. */
export interface WeighOptions {
  /** False with --no-coverage. */
  readonly coverage?: boolean;
}

export interface WeigherTools {
  readonly lake: Lake;
  readonly reference: Reference;
  readonly notices: Notices;
}

/**
 * Coverage is measured when the first movement asks for it, and only in a lake of enough aircraft.
 *
 * @param isOn false with --no-coverage
 */
export function lakeWeigher(
  { lake, reference, notices }: WeigherTools,
  isOn: boolean,
): LakeWeigher {
  let shares: SeenShares | undefined;
  let source: CoverageSource = isOn ? { kind: "not-needed" } : { kind: "off" };
  // Asked and loaded while movements are read, which may ask for it.
  const preparing = isOn ? prepareToMeasure(lake, reference) : undefined;
  preparing?.catch(() => undefined);
  const measure = async () => {
    const { length, measureCoverage, kept } = await (preparing ??
      prepareToMeasure(lake, reference));
    if (!measureCoverage) {
      source = { kind: "too-few", aircraftCount: length, wantedCount: WEIGHED_MIN_AIRCRAFT };
      return;
    }
    const { coverage, measurement } = kept ?? (await measureCoverage(lake, reference, notices));
    if (coverage.parts.days.length === 0) {
      source = { kind: "too-few", aircraftCount: 0, wantedCount: WEIGHED_MIN_AIRCRAFT };
      return;
    }
    shares = sharesOf(coverage, measurement);
    source = sourceOf(coverage, { aircraftCount: length, measurement });
  };
  return {
    async weigh(movements) {
      if (!isOn || !asksForCoverage(movements)) return movements;
      if (source.kind === "not-needed") await measure();
      return shares ? weighCoverage(movements, shares) : movements;
    },
    source: () => source,
  };
}

/** Answers of one measurement, kept for all who ask. */
const sharesByCoverage = new WeakMap<Coverage, SeenShares>();

function sharesOf(coverage: Coverage, measurement: string): SeenShares {
  const shares = sharesByCoverage.get(coverage) ?? seenSharesOf(coverage, measurement);
  sharesByCoverage.set(coverage, shares);
  return shares;
}

/** @returns the number of aircraft; when there are enough of them, what was measured before, and what measures */
async function prepareToMeasure(lake: Lake, reference: Reference) {
  const { length } = await withholdingOf(lake).whole.addresses();
  if (length < WEIGHED_MIN_AIRCRAFT) return { length };
  const { measureCoverage, knownCoverage } = await import("./measure-coverage.js");
  return { length, measureCoverage, kept: await knownCoverage(lake, reference) };
}

function sourceOf(
  { parts }: Coverage,
  measured: { readonly aircraftCount: number; readonly measurement: string },
): CoverageSource {
  return coverageSource({ ...measured, days: parts.days });
}

/** @returns the sentence on what coverage did, as lines: one or none */
export function weighedLines(source: CoverageSource): string[] {
  const text = coverageSourceText(source);
  return text === undefined ? [] : [text];
}

/** Aircraft whose histories are read at once: some tens of thousands of movements. chosen: memory of a small laptop */
const HISTORIES_AT_ONCE = 5_000;

/**
 * Weighs some movements. A stop is weighed by both its ends, and one of them may lie outside the period asked about: what
 * their aircraft did just before and after is read again.
 *
 * @returns those that coverage weighed in on, and others near them, by `movementKey`
 */
export async function weighedMovements(
  lake: Lake,
  movements: readonly Movement[],
  tools: { readonly weigher: LakeWeigher; readonly airports: AirportTable },
): Promise<ReadonlyMap<string, Movement>> {
  const weighed = new Map<string, Movement>();
  if (tools.weigher.source().kind === "off") return weighed;
  const addresses = [...new Set(movements.map(({ address }) => address))];
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { timeFromMs, timeToMs } of movements) {
    fromMs = Math.min(fromMs, timeFromMs - WEIGHED_STOP_MAX_MS);
    toMs = Math.max(toMs, timeToMs + WEIGHED_STOP_MAX_MS);
  }
  for (let at = 0; at < addresses.length; at += HISTORIES_AT_ONCE) {
    const some = addresses.slice(at, at + HISTORIES_AT_ONCE);
    const histories = await historiesOf(lake, some, { airports: tools.airports, fromMs, toMs });
    const found = await weighedHistories(histories, tools);
    for (const [key, movement] of found) weighed.set(key, movement);
  }
  return weighed;
}

/** The same for histories that were read already. */
export async function weighedHistories(
  histories: Iterable<readonly Movement[]>,
  { weigher }: { readonly weigher: LakeWeigher },
): Promise<ReadonlyMap<string, Movement>> {
  const weighed = new Map<string, Movement>();
  for (const history of histories)
    for (const movement of await weigher.weigh(history))
      if (movement.coverage) weighed.set(movementKey(movement), movement);
  return weighed;
}

/** What `historiesOf` works with. */
export interface HistoryWish extends Period {
  readonly airports: AirportTable;
}

/**
 * Movements of some aircraft, all or those of a period, gap stops included, unweighed: a list for each aircraft, in order
 * of time.
 */
export async function historiesOf(
  lake: Lake,
  addresses: readonly Address[],
  { airports, fromMs, toMs }: HistoryWish,
): Promise<Movement[][]> {
  const histories = new Histories();
  for await (const row of lake.movements({ addresses, fromMs, toMs, includeGapStops: true }))
    histories.add(movementFromRow(row, (ident) => airports.find(ident)));
  return histories.lists();
}

/** Gathers movements by aircraft. */
export class Histories {
  readonly #lists = new Map<Address, Movement[]>();

  add(movement: Movement): void {
    const list = this.#lists.get(movement.address);
    if (list) list.push(movement);
    else this.#lists.set(movement.address, [movement]);
  }

  /** A list for each aircraft, or for each of some, in order of time; to be asked when all are added. */
  lists(some?: ReadonlySet<Address>): Movement[][] {
    const lists = [...this.#lists].flatMap(([address, list]) =>
      some === undefined || some.has(address) ? [list] : [],
    );
    // As the engine orders them, so that the two ends of a stop follow each other.
    for (const list of lists)
      list.sort((a, b) => a.timeMs - b.timeMs || (a.kind < b.kind ? -1 : 1));
    return lists;
  }
}

/** Names a movement of a lake: no aircraft does the same thing twice in one interval. */
export function movementKey(movement: Movement): string {
  const { address, kind, timeFromMs, timeToMs, timeMs, evidenceClass } = movement;
  return [address, kind, timeFromMs, timeToMs, timeMs, evidenceClass].join(" ");
}
