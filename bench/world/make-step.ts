// Makes a world's archive: node dist/bench/world/make-step.js FOLDER AIRCRAFT SEED
import { loadReference } from "../../src/reference/reference.js";
import { makeWorld } from "./make-world.js";

const [folder = "", aircraftCount, seed] = process.argv.slice(2);
const { airports } = await loadReference();
const wish = { aircraftCount: Number(aircraftCount), seed: Number(seed) };
const facts = await makeWorld(folder, wish, { airports: airports.airports });
console.log(JSON.stringify(facts));
