// Makes a lake that holds nothing but many landings of 30 days, and asks it for those of a fleet in a country.
//
//   node dist/bench/world/landings-step.js LAKE WORK-FOLDER COUNT
//
// The landings are those of LAKE, a day of the world, given to other addresses and spread over a month.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openLake } from "../../src/lake/lake.js";
import type { IngestBatch } from "../../src/lake/records.js";
import { DAY_MS } from "../../src/units/quantity.js";
import { DAY_COUNT, landingsOf, MONTH_MS, spreadLandings } from "./many-landings.js";
import { median } from "./statistics.js";
import type { LandingsResult } from "./world-result.js";

const FLEET_COUNT = 120;
const REPEATS = 9;

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

const [source = "", folder = "", wanted = "0"] = process.argv.slice(2);
const landings = await landingsOf(source);
if (landings.length === 0) throw new Error(`no landing in ${source}`);
const dir = join(folder, `lake-landings-${wanted}`);
rmSync(dir, { recursive: true, force: true });
const lake = await openLake(dir, { create: true });
const session = await lake.beginIngest();
await session.addBatch(FIRST_INPUT);
const addresses = await spreadLandings(session, landings, Number(wanted));
await session.close();
const every = Math.max(1, Math.floor(addresses.length / FLEET_COUNT));
const fleet = addresses.filter((_, at) => at % every === 0).slice(0, FLEET_COUNT);
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
