import { planeLengthM } from "../geo/local-plane.js";
import type { Airport, AirportKind, AirportTable } from "../place/airport.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { distanceToRunwaysM, type Field, fieldOf } from "./field.js";

/**
 * Metres by which a kind of field must be nearer than a large airport to be taken for the one at hand: most strips and
 * closed fields in the tables see no traffic. chosen: accuracy harness, docs/method.md
 */
export const KIND_HANDICAP_M: Readonly<Record<AirportKind, number>> = {
  large: 0,
  medium: 100,
  small: 400,
  heliport: 600,
  seaplane: 3000,
  closed: 2000,
};

/** Heliports are for helicopters, water for seaplanes; a closed field may have been open on the day. */
const USED_KINDS: Readonly<Record<"fixed" | "hover", ReadonlySet<AirportKind>>> = {
  fixed: new Set(["large", "medium", "small", "closed"]),
  hover: new Set(["large", "medium", "small", "closed", "heliport"]),
};
const CELL_SEARCH_M = 18 * METRES_PER_NM;
/** Kept around a cell, of those an aircraft may use: large cities have hundreds of heliports. */
const CELL_KEPT = 16;
/** Six nautical miles of latitude. */
const CELL_DEG = 0.1;
/** Over this latitude a cell is a sliver, and may lie on both sides of a pole. */
const POLAR_LAT_DEG = 89;
const NEAR_LIMIT = 40;
const LARGER_LIMIT = 200;

/** Fields around the middle of a small cell, nearest first: one of them is the nearest to any point of the cell. */
export interface FieldCell {
  readonly fields: readonly Field[];
  readonly handicapM: Float64Array;
  /** No point of the cell is nearer to the field than this, metres, handicap included. */
  readonly atLeastM: Float64Array;
}

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

interface NearQuestion {
  readonly radiusM: number;
  readonly isHelicopter: boolean;
}

/** Looks fields up once and keeps their geometry: many aircraft pass the same airports. */
export class FieldLookup {
  readonly #fields = new Map<Airport, Field>();
  readonly #cells = { fixed: new Map<number, FieldCell>(), hover: new Map<number, FieldCell>() };

  constructor(readonly airports: AirportTable) {}

  /** The nearest fields that an aircraft may use, of any size. */
  near(place: Place, { radiusM, isHelicopter }: NearQuestion): Field[] {
    const kinds = USED_KINDS[isHelicopter ? "hover" : "fixed"];
    return this.airports.near(place, { radiusM, limit: NEAR_LIMIT, kinds }).map(this.#fieldOf);
  }

  nearLarger(latDeg: number, lonDeg: number, radiusM: number): Field[] {
    const options = { radiusM, limit: LARGER_LIMIT };
    return this.airports.nearLarger({ latDeg, lonDeg }, options).map(this.#fieldOf);
  }

  /** The cell a point lies in, made at its first use and kept for the next aircraft that passes. */
  cellAt(latDeg: number, lonDeg: number, isHelicopter: boolean): FieldCell {
    const lat = Math.floor(latDeg / CELL_DEG);
    const lon = Math.floor(lonDeg / CELL_DEG);
    const cells = isHelicopter ? this.#cells.hover : this.#cells.fixed;
    const key = lat * 10_000 + lon;
    let cell = cells.get(key);
    if (!cell) {
      cell = this.#makeCell((lat + 0.5) * CELL_DEG, (lon + 0.5) * CELL_DEG, isHelicopter);
      cells.set(key, cell);
    }
    return cell;
  }

  #makeCell(latDeg: number, lonDeg: number, isHelicopter: boolean): FieldCell {
    const kinds = USED_KINDS[isHelicopter ? "hover" : "fixed"];
    const fields = this.airports
      .inCircle({ latDeg, lonDeg }, { radiusM: CELL_SEARCH_M, limit: CELL_KEPT, kinds })
      .map(this.#fieldOf);
    const handicapM = new Float64Array(fields.length);
    const atLeastM = new Float64Array(fields.length);
    for (let f = 0; f < fields.length; f++) {
      const { airport, plane } = fields[f]!;
      handicapM[f] = KIND_HANDICAP_M[airport.kind];
      if (Math.abs(latDeg) > POLAR_LAT_DEG) continue;
      const toCornerM = (planeLengthM(plane.metresPerLatDeg, plane.metresPerLonDeg) * CELL_DEG) / 2;
      const fromMiddleM = distanceToRunwaysM(fields[f]!, latDeg, lonDeg);
      // A metre for rounding.
      atLeastM[f] = fromMiddleM - toCornerM - 1 + handicapM[f]!;
    }
    return { fields, handicapM, atLeastM };
  }

  readonly #fieldOf = (airport: Airport): Field => {
    let field = this.#fields.get(airport);
    if (!field) {
      field = fieldOf(airport);
      this.#fields.set(airport, field);
    }
    return field;
  };
}
