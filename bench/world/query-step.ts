// Asks a lake what users ask, in one process, and prints the time of each question as JSON.
//
//   node dist/bench/world/query-step.js LAKE REPEATS
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Address } from "../../src/aircraft/address.js";
import { stateOfAddress } from "../../src/aircraft/state-blocks.js";
import { openReader, sqlFiles } from "../../src/lake/duckdb.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import { HOUR_MS } from "../../src/units/quantity.js";
import { median } from "./statistics.js";
import { WORLD_DAY_MS } from "./templates.js";

/** Median times, milliseconds, and how much each question found. */
export interface QueryResult {
  /** An aircraft of the lake, for other questions. */
  readonly address: string;
  readonly pointCount: number;
  readonly movementCount: number;
  readonly trackMs: number;
  readonly trackPointCount: number;
  readonly fleetMs: number;
  readonly fleetLandingCount: number;
  /** By SQL over the lake's files: no call of the lake asks for points in an area. */
  readonly areaMs: number;
  readonly areaAircraftCount: number;
  /** The same over copies sorted by area; left out where the lake has none. */
  readonly areaCopyMs?: number;
}

/** Chosen: more than the built-in fleet of a government's aircraft has (70). */
const FLEET_COUNT = 120;
const TRACK_COUNT = 15;
const DAY_MS = 24 * HOUR_MS;

async function timed(repeats: number, ask: (turn: number) => Promise<number>) {
  const times: number[] = [];
  let found = 0;
  // The first one opens files and compiles code; it does not count.
  for (let turn = 0; turn <= repeats; turn++) {
    const startMs = performance.now();
    found = await ask(turn);
    if (turn > 0) times.push(performance.now() - startMs);
  }
  return { medianMs: median(times), found };
}

/** The fleet: the aircraft of the State with most addresses here, spread over its block. */
function fleetOf(addresses: readonly Address[]): Address[] {
  const states = new Map<string, Address[]>();
  for (const address of addresses) {
    const code = stateOfAddress(address)?.country ?? "";
    states.set(code, [...(states.get(code) ?? []), address]);
  }
  const largest = [...states.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const every = Math.max(1, Math.floor(largest.length / FLEET_COUNT));
  return largest.filter((_, at) => at % every === 0).slice(0, FLEET_COUNT);
}

async function askFleet(lake: Lake, addresses: readonly Address[]): Promise<number> {
  const query = {
    ...{ addresses, kinds: ["landing"] as const, countries: ["US"] },
    ...{ fromMs: WORLD_DAY_MS - 15 * DAY_MS, toMs: WORLD_DAY_MS + 15 * DAY_MS },
  };
  let count = 0;
  for await (const _ of lake.movements(query)) count++;
  return count;
}

/** Two degrees by four over the London airports, from noon to two. */
function areaSql(folder: string): string {
  const files = readdirSync(folder).map((name) => join(folder, name));
  return `SELECT count(DISTINCT hex)::DOUBLE FROM ${sqlFiles(files)}
    WHERE lat BETWEEN 50500000 AND 52500000 AND lon BETWEEN -2000000 AND 2000000
      AND ts >= TIMESTAMP '2025-10-01 12:00:00' AND ts < TIMESTAMP '2025-10-01 14:00:00'`;
}

const [dir = "", repeats = "9"] = process.argv.slice(2);
const lake = await openLake(dir);
const status = await lake.status();
const addresses = await lake.addresses();
const fleet = fleetOf(addresses);
const every = Math.max(1, Math.floor(addresses.length / TRACK_COUNT));
const period = { fromMs: WORLD_DAY_MS, toMs: WORLD_DAY_MS + DAY_MS - 1 };
const track = await timed(Math.max(TRACK_COUNT, Number(repeats)), async (turn) => {
  const address = addresses[(turn * every) % addresses.length]!;
  return (await lake.track(address, period))?.length ?? 0;
});
const landings = await timed(Number(repeats), () => askFleet(lake, fleet));
const engine = await openReader({ tmpFolder: join(dir, "tmp-bench") }, {});
const askArea = (folder: string) =>
  timed(Number(repeats), async () => {
    const [row] = await engine.rows(areaSql(folder));
    return Number(row?.[0] ?? 0);
  });
const area = await askArea(join(dir, "points", "day=2025-10-01"));
const copies = join(dir, "areas", "day=2025-10-01");
const copy = existsSync(copies) ? await askArea(copies) : undefined;
if (copy && copy.found !== area.found)
  throw new Error(`${copy.found} aircraft in the copies, ${area.found} in the lake`);
engine.close();
await lake.close();
const answer: QueryResult = {
  address: addresses[addresses.length >> 1] ?? "",
  ...{ pointCount: status.pointCount, movementCount: status.movementCount },
  ...{ trackMs: track.medianMs, trackPointCount: track.found },
  ...{ fleetMs: landings.medianMs, fleetLandingCount: landings.found },
  ...{ areaMs: area.medianMs, areaAircraftCount: area.found },
  ...(copy && { areaCopyMs: copy.medianMs }),
};
console.log(JSON.stringify(answer));
