import type { Airport, AirportTable } from "../place/airport.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { cellCentre } from "./cell.js";

const AROUND_M = 40 * METRES_PER_NM;
const FIELDS_WANTED = 9;

/**
 * Elevation taken for the ground of each cell: the median of up to nine airports within 40 NM of its middle, 0 where
 * there is none (the sea, or land without airports). In mountains a rough measure: fields lie in valleys.
 */
export class GroundReference {
  readonly #elevationFt = new Map<number, number>();

  constructor(readonly airports: AirportTable) {}

  /** @returns feet above mean sea level, never NaN */
  elevationFt(cell: number): number {
    let elevationFt = this.#elevationFt.get(cell);
    if (elevationFt === undefined) {
      elevationFt = medianElevationFt(this.airports, cell);
      this.#elevationFt.set(cell, elevationFt);
    }
    return elevationFt;
  }
}

function medianElevationFt(airports: AirportTable, cell: number): number {
  const options = { radiusM: AROUND_M, limit: FIELDS_WANTED, accept: isMeasured };
  const elevationsFt = airports
    .near(cellCentre(cell), options)
    .map(({ elevationFt }) => elevationFt)
    .sort((a, b) => a - b);
  return elevationsFt[elevationsFt.length >> 1] ?? 0;
}

function isMeasured({ elevationFt }: Airport): boolean {
  return Number.isFinite(elevationFt);
}
