import type { AirportTable } from "../../src/place/airport.js";
import type { Case } from "../case.js";
import { readsbTraces } from "./readsb.js";
import { trafficSamples } from "./traffic-samples.js";

/** Every case there is to learn from and to be tested on. */
export async function loadCases(folder: string, airports: AirportTable): Promise<Case[]> {
  return [...(await trafficSamples(folder, airports)), ...(await readsbTraces(folder, airports))];
}
