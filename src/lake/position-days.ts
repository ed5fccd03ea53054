import type { Address } from "../aircraft/address.js";
import { DAY_MS } from "../units/quantity.js";
import { utcDay } from "../units/time.js";
import { filesOf } from "./manifest.js";
import { currentManifest, type Reading, rowsOfKind } from "./reading.js";
import { hexFromAddress, LAST_MS } from "./records.js";

/** A UTC day with positions, and how many it has. */
export interface PositionDay {
  /** "2019-01-23" */
  readonly day: string;
  readonly positionCount: number;
}

/**
 * Days with positions that the lake keeps, ascending.
 *
 * @param address one aircraft; without it all are counted, which reads no file of points
 * @param untilMs of one aircraft: later positions are not counted
 */
export async function readPositionDays(
  reading: Reading,
  address: Address | undefined,
  untilMs = LAST_MS,
): Promise<PositionDay[]> {
  if (address !== undefined)
    return await rowsOfKind(
      reading,
      { kind: "points", parts: ["kept"] },
      {
        select: `epoch_ms(ts) // ${DAY_MS} AS day, count(*)::DOUBLE`,
        rest: "WHERE hex = $hex AND ts <= make_timestamp_ms($untilMs::BIGINT) GROUP BY day ORDER BY day",
        parameters: { hex: hexFromAddress(address), untilMs: Math.floor(untilMs) },
        make: ([day, count]) => ({
          day: utcDay(Number(day) * DAY_MS),
          positionCount: Number(count),
        }),
      },
    );
  const counts = new Map<string, number>();
  for (const { path, rowCount } of filesOf(await currentManifest(reading), "points")) {
    const day = /day=([^/]+)/.exec(path)![1]!;
    counts.set(day, (counts.get(day) ?? 0) + rowCount);
  }
  return [...counts]
    .map(([day, positionCount]) => ({ day, positionCount }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
