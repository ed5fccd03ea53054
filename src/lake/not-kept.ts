import type { Address } from "../aircraft/address.js";
import { DAY_MS } from "../units/quantity.js";
import { utcDay } from "../units/time.js";
import type { RowQuery } from "./lake-status.js";
import { FIRST_MS, hexFromAddress, LAST_MS } from "./records.js";

/** Which positions are asked after; what is left out does not narrow. */
export interface NotKeptQuery {
  /** Both ends included, milliseconds since 1970 UTC. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly addresses?: readonly Address[] | undefined;
}

/** Positions that were read and not kept (`ingest --events-only`): what was heard then cannot be told from this lake. */
export interface NotKept {
  /** UTC days of them, "2019-01-23", ascending. An input of many days counts for all days from its first to its last. */
  readonly days: readonly string[];
  /** Inputs that hold them. */
  readonly inputCount: number;
  /** Aircraft heard in those inputs in that time. */
  readonly aircraftCount: number;
}

/** @param ask runs a query over the identities of the inputs whose positions are not kept */
export async function readNotKept(
  { fromMs = FIRST_MS, toMs = LAST_MS, addresses }: NotKeptQuery,
  ask: <T>(query: RowQuery<T>) => Promise<T[]>,
): Promise<NotKept> {
  const bounds = {
    fromMs: Math.ceil(Math.max(fromMs, FIRST_MS)),
    toMs: Math.floor(Math.min(toMs, LAST_MS)),
  };
  const parameters = { ...bounds, ...(addresses && { hexes: addresses.map(hexFromAddress) }) };
  const where = `WHERE point_count > 0 AND last_ts >= make_timestamp_ms($fromMs::BIGINT)
    AND first_ts <= make_timestamp_ms($toMs::BIGINT) ${addresses ? "AND hex IN (SELECT unnest($hexes))" : ""}`;
  const spans = await ask({
    select: `epoch_ms(first_ts) // ${DAY_MS} AS first_day, epoch_ms(last_ts) // ${DAY_MS} AS last_day`,
    rest: `${where} GROUP BY ALL`,
    parameters,
    make: ([first, last]) => ({ first: Number(first), last: Number(last) }),
  });
  const [counts] = await ask({
    select: "count(DISTINCT input_sha256)::DOUBLE, count(DISTINCT hex)::DOUBLE",
    rest: where,
    parameters,
    make: ([inputs, aircraft]) => ({ inputs: Number(inputs), aircraft: Number(aircraft) }),
  });
  const days = new Set<number>();
  for (const { first, last } of spans) {
    const end = Math.min(last, Math.floor(bounds.toMs / DAY_MS));
    for (let day = Math.max(first, Math.floor(bounds.fromMs / DAY_MS)); day <= end; day++)
      days.add(day);
  }
  return {
    days: [...days].sort((a, b) => a - b).map((day) => utcDay(day * DAY_MS)),
    inputCount: counts?.inputs ?? 0,
    aircraftCount: counts?.aircraft ?? 0,
  };
}
