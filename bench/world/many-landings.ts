/** Many landings out of those of one day: for measuring questions, and for nothing that is said about accuracy. */

import { type Address, parseAddress } from "../../src/aircraft/address.js";
import type { IngestSession } from "../../src/lake/ingest.js";
import { openLake } from "../../src/lake/lake.js";
import type { MovementRow } from "../../src/lake/movement-row.js";
import { DAY_MS } from "../../src/units/quantity.js";
import { WORLD_DAY_MS } from "./templates.js";

export const DAY_COUNT = 30;
/** First of the days over which landings are spread. */
export const MONTH_MS = Date.UTC(2025, 8, 1);
/** Landings of one aircraft in the month. chosen: an airliner's, three a day */
const LANDINGS_PER_AIRCRAFT = 90;
/** Rows of one change of the lake: a bound on memory. */
const CHANGE_ROWS = 90_000;

/** @returns every landing of a lake */
export async function landingsOf(dir: string): Promise<MovementRow[]> {
  const lake = await openLake(dir);
  const rows: MovementRow[] = [];
  for await (const row of lake.movements({ kinds: ["landing"] })) rows.push(row);
  await lake.close();
  return rows;
}

/**
 * Gives landings to aircraft that were never heard, spread over a month.
 *
 * @param landings of a day of the simulated world
 * @returns the aircraft
 */
export async function spreadLandings(
  session: IngestSession,
  landings: readonly MovementRow[],
  wanted: number,
): Promise<Address[]> {
  const aircraftCount = Math.ceil(wanted / LANDINGS_PER_AIRCRAFT);
  const all: Address[] = [];
  let made = 0;
  const step = CHANGE_ROWS / LANDINGS_PER_AIRCRAFT;
  for (let first = 0; first < aircraftCount; first += step) {
    const addresses: Address[] = [];
    const rows: MovementRow[] = [];
    for (let at = first; at < Math.min(aircraftCount, first + step); at++) {
      const address = addressAt(at);
      addresses.push(address);
      for (let i = 0; i < LANDINGS_PER_AIRCRAFT && made < wanted; i++, made++) {
        const row = landings[(made * 7919) % landings.length]!;
        const dayMs = MONTH_MS + (i % DAY_COUNT) * DAY_MS - WORLD_DAY_MS;
        rows.push(moved(row, address, dayMs));
      }
    }
    await session.replaceMovements(addresses, rows);
    all.push(...addresses);
  }
  return all;
}

function addressAt(index: number): Address {
  return parseAddress((0xa00001 + index * 17).toString(16))!;
}

function moved(row: MovementRow, address: Address, shiftMs: number): MovementRow {
  return {
    ...row,
    address,
    timeMs: row.timeMs + shiftMs,
    timeFromMs: row.timeFromMs + shiftMs,
    timeToMs: row.timeToMs + shiftMs,
  };
}
