import type { AirportTable } from "../place/airport.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { bandAt, cellCentre, HEIGHT_BANDS } from "./cell.js";

const AROUND_M = 40 * METRES_PER_NM;
const FIELDS_WANTED = 9;
/** 20,000 ft above the highest airport (Daocheng Yading, 14,472 ft). */
const ALWAYS_TOP_FT = 34_500;

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

  /** @returns the band of a level, 1 to 5; -1 when it is NaN */
  bandAt(levelFt: number, cell: number): number {
    // Over the oceans nobody need look for fields: this high it is the top band above any ground.
    if (levelFt >= ALWAYS_TOP_FT) return HEIGHT_BANDS.length - 1;
    return bandAt(levelFt - this.elevationFt(cell));
  }
}

function medianElevationFt(airports: AirportTable, cell: number): number {
  const options = { radiusM: AROUND_M, limit: FIELDS_WANTED };
  const elevationsFt = airports
    .near(cellCentre(cell), options)
    .map(({ elevationFt }) => elevationFt)
    .filter((elevationFt) => Number.isFinite(elevationFt))
    .sort((a, b) => a - b);
  return elevationsFt[elevationsFt.length >> 1] ?? 0;
}
