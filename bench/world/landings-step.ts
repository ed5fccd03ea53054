// Makes a lake that holds nothing but many landings of 30 days, and asks it for those of a fleet in a country.
//
//   node dist/bench/world/landings-step.js LAKE WORK-FOLDER COUNT
//
// The landings are those of LAKE, a day of the world, given to other addresses and spread over a month.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { openLake } from "../../src/lake/lake.js";
import type { MovementRow } from "../../src/lake/movement-row.js";
import type { IngestBatch } from "../../src/lake/records.js";
import { DAY_MS } from "../../src/units/quantity.js";
import { median } from "./statistics.js";
import { WORLD_DAY_MS } from "./templates.js";
import type { LandingsResult } from "./world-result.js";

const DAY_COUNT = 30;
const FLEET_COUNT = 120;
const REPEATS = 9;
/** Landings of one aircraft in the month. chosen: an airliner's, three a day */
const LANDINGS_PER_AIRCRAFT = 90;
/** Rows of one change of the lake: a bound on memory. */
const CHANGE_ROWS = 90_000;
const MONTH_MS = Date.UTC(2025, 8, 1);

async function landingsOf(dir: string): Promise<MovementRow[]> {
  const lake = await openLake(dir);
  const rows: MovementRow[] = [];
  for await (const row of lake.movements({ kinds: ["landing"] })) rows.push(row);
  await lake.close();
  return rows;
}

function addressAt(index: number): Address {
  return parseAddress((0xa00001 + index * 17).toString(16))!;
}

/** A lake refuses movements before any input: one without rows says that all of it is simulated. */
const FIRST_INPUT: IngestBatch = {
  tracks: [],
  inputs: [
    {
      ...{ sha256: "0".repeat(64), file: "SIMULATED landings", format: "readsb-trace" },
      ...{ byteCount: 0, rowCount: 0, keptCount: 0, issues: [], complete: true, licence: "" },
      ...{ firstMs: Number.NaN, lastMs: Number.NaN, simulated: true },
    },
  ],
};

function moved(row: MovementRow, address: Address, shiftMs: number): MovementRow {
  return {
    ...row,
    address,
    timeMs: row.timeMs + shiftMs,
    timeFromMs: row.timeFromMs + shiftMs,
    timeToMs: row.timeToMs + shiftMs,
  };
}

const [source = "", folder = "", wanted = "0"] = process.argv.slice(2);
const landings = await landingsOf(source);
if (landings.length === 0) throw new Error(`no landing in ${source}`);
const dir = join(folder, `lake-landings-${wanted}`);
rmSync(dir, { recursive: true, force: true });
const lake = await openLake(dir, { create: true });
const session = await lake.beginIngest();
await session.addBatch(FIRST_INPUT);
const aircraftCount = Math.ceil(Number(wanted) / LANDINGS_PER_AIRCRAFT);
let made = 0;
const step = CHANGE_ROWS / LANDINGS_PER_AIRCRAFT;
for (let first = 0; first < aircraftCount; first += step) {
  const addresses: Address[] = [];
  const rows: MovementRow[] = [];
  for (let at = first; at < Math.min(aircraftCount, first + step); at++) {
    const address = addressAt(at);
    addresses.push(address);
    for (let i = 0; i < LANDINGS_PER_AIRCRAFT && made < Number(wanted); i++, made++) {
      const row = landings[(made * 7919) % landings.length]!;
      const dayMs = MONTH_MS + (i % DAY_COUNT) * DAY_MS - WORLD_DAY_MS;
      rows.push(moved(row, address, dayMs));
    }
  }
  await session.replaceMovements(addresses, rows);
}
await session.close();
const every = Math.max(1, Math.floor(aircraftCount / FLEET_COUNT));
const fleet = Array.from({ length: Math.min(FLEET_COUNT, aircraftCount) }, (_, at) =>
  addressAt(at * every),
);
const times: number[] = [];
let foundCount = 0;
for (let turn = 0; turn <= REPEATS; turn++) {
  const startMs = performance.now();
  foundCount = 0;
  const query = { addresses: fleet, kinds: ["landing"] as const, countries: ["US"] };
  const period = { fromMs: MONTH_MS, toMs: MONTH_MS + DAY_COUNT * DAY_MS - 1 };
  for await (const _ of lake.movements({ ...query, ...period })) foundCount++;
  if (turn > 0) times.push(performance.now() - startMs);
}
const status = await lake.status();
await lake.close();
const answer: LandingsResult = {
  ...{ landingCount: status.movementCount, fleetCount: fleet.length },
  ...{ medianMs: median(times), foundCount },
};
console.log(JSON.stringify(answer));
