import { join } from "node:path";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import { HOUR_MS, METRES_PER_NM } from "../../src/units/quantity.js";
import { readRows } from "./read-rows.js";

/** A flight that happened: nothing may ever call it impossible. */
export interface FlownLeg {
  readonly id: string;
  readonly from: Airport;
  readonly to: Airport;
  readonly takeoffMs: number;
  readonly landingMs: number;
  readonly typeDesignator: string;
  /** Great circle over time, kt. */
  readonly averageKt: number;
}

/** Two rows of the whole list imply 917 and 1,028 kt: errors of the list. Source: its provenance. */
const BELIEVED_UP_TO_KT = 700;

/** Airline flights of 2025 with take-off and landing times, no positions. */
export function flownLegs(dataFolder: string, airports: AirportTable): FlownLeg[] {
  return readRows(join(dataFolder, "prc2025-flightlist", "flightlist_half0.csv.gz"))
    .flatMap((row) => {
      const from = airports.find(row.origin_icao!);
      const to = airports.find(row.destination_icao!);
      const takeoffMs = Date.parse(row.takeoff!);
      const landingMs = Date.parse(row.landed!);
      if (!from || !to) return [];
      const distanceM = geodesicDistanceM(from, to);
      const averageKt = distanceM / METRES_PER_NM / ((landingMs - takeoffMs) / HOUR_MS);
      const typeDesignator = row.aircraft_type!;
      return [{ id: row.flight_id!, from, to, takeoffMs, landingMs, typeDesignator, averageKt }];
    })
    .filter(({ averageKt }) => averageKt <= BELIEVED_UP_TO_KT);
}
