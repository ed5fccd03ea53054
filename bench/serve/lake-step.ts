// Adds many landings to a copy of a lake that holds one simulated day.
//
//   node dist/bench/serve/lake-step.js LAKE COUNT
import { openLake } from "../../src/lake/lake.js";
import { landingsOf, spreadLandings } from "../world/many-landings.js";

const [dir = "", wanted = "0"] = process.argv.slice(2);
const landings = await landingsOf(dir);
if (landings.length === 0) throw new Error(`no landing in ${dir}`);
const lake = await openLake(dir);
const session = await lake.beginIngest();
await spreadLandings(session, landings, Number(wanted));
await session.close();
await lake.close();
