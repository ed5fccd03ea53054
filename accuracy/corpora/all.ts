import type { AirportDirectory } from "../../src/place/airport-table.js";
import type { Case } from "../case.js";
import { flightTracerTables } from "./flight-tracer.js";
import { boughtTracks, recordedFlights } from "./fr24.js";
import { resampledLines } from "./json-lines.js";
import { readsbTraces } from "./readsb.js";
import { flarmGliders, onboardRecords } from "./recorders.js";
import { trafficSamples } from "./traffic-samples.js";
import { februaryFlights, heathrowArrivals } from "./trrrj.js";

/** Every real track at hand with its truth, in a fixed order. */
export async function realCases(dataFolder: string, airports: AirportDirectory): Promise<Case[]> {
  return [
    ...(await trafficSamples(dataFolder, airports)),
    ...(await readsbTraces(dataFolder, airports)),
    ...februaryFlights(dataFolder, airports),
    ...heathrowArrivals(dataFolder, airports),
    ...recordedFlights(dataFolder, airports),
    ...boughtTracks(dataFolder, airports),
    ...flightTracerTables(dataFolder, airports),
    ...onboardRecords(dataFolder, airports),
    ...flarmGliders(dataFolder, airports),
    ...resampledLines(dataFolder, airports),
  ];
}
