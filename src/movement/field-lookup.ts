import type { Airport, AirportTable } from "../place/airport.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { withRoom } from "../units/with-room.js";
import { type Field, fieldOf } from "./field.js";
import { USED_KINDS } from "./field-kinds.js";
import { FieldShapes } from "./field-shapes.js";

const CELL_SEARCH_M = 18 * METRES_PER_NM;
/** Kept around a cell, of those an aircraft may use: large cities have hundreds of heliports. */
const CELL_KEPT = 16;
/** Six nautical miles of latitude. */
const CELL_DEG = 0.1;
/** Over this latitude a cell is a sliver, and may lie on both sides of a pole. */
const POLAR_LAT_DEG = 89;
const NEAR_LIMIT = 40;
const LARGER_LIMIT = 200;

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Points as columns. */
interface Places {
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
}

interface NearQuestion {
  readonly radiusM: number;
  readonly isHelicopter: boolean;
}

/** Looks fields up once and keeps their geometry: many aircraft pass the same airports. */
export class FieldLookup {
  readonly #fields = new Map<Airport, Field>();
  /** Numbers of fields in `shapes` by the airport's position in the table, and back. */
  readonly #numbers = new Map<number, number>();
  #positions = new Int32Array(1024);
  readonly shapes = new FieldShapes();
  /** Metres from the last point that was asked for to its nearest field: in a cell, as a number handed back is an object. */
  readonly nearestM = new Float64Array(1);
  readonly #cells = {
    fixed: new FieldCells(this.shapes, this.nearestM),
    hover: new FieldCells(this.shapes, this.nearestM),
  };

  constructor(readonly airports: AirportTable) {}

  /** Fields that are held as objects. */
  get heldCount(): number {
    return this.#fields.size;
  }

  /** Lets go of these fields and their airports; their geometry in numbers stays. */
  letGo(): void {
    this.#fields.clear();
    this.airports.letGo();
  }

  /** The nearest fields that an aircraft may use, of any size. */
  near(place: Place, { radiusM, isHelicopter }: NearQuestion): Field[] {
    const kinds = USED_KINDS[isHelicopter ? "hover" : "fixed"];
    return this.airports.near(place, { radiusM, limit: NEAR_LIMIT, kinds }).map(this.#fieldOf);
  }

  nearLarger(latDeg: number, lonDeg: number, radiusM: number): Field[] {
    const options = { radiusM, limit: LARGER_LIMIT };
    return this.airports.nearLarger({ latDeg, lonDeg }, options).map(this.#fieldOf);
  }

  /** @param number in `shapes` */
  field(number: number): Field {
    return this.fieldAt(this.#positions[number]!);
  }

  /** @param position in the airport table */
  fieldAt(position: number): Field {
    return this.#fieldOf(this.airports.airportAt(position));
  }

  /**
   * The nearest field that an aircraft may use, handicaps of its kind included.
   *
   * @param index of a point; numbers of its place given one by one would each become an object
   * @returns the field's number in `shapes`, -1 when none is near; its distance is in `nearestM`
   */
  nearest(places: Places, index: number, isHelicopter: boolean): number {
    const lat = Math.floor(places.latDeg[index]! / CELL_DEG);
    const lon = Math.floor(places.lonDeg[index]! / CELL_DEG);
    const cells = isHelicopter ? this.#cells.hover : this.#cells.fixed;
    let cell = cells.find(lat, lon);
    if (cell < 0) {
      const place = { latDeg: (lat + 0.5) * CELL_DEG, lonDeg: (lon + 0.5) * CELL_DEG };
      const numbers = this.#numbersAround(place, isHelicopter);
      cell = cells.add(lat, lon, { numbers, atLeastM: this.#atLeastM(place, numbers) });
    }
    return cells.nearest(cell, places, index);
  }

  #numbersAround(place: Place, isHelicopter: boolean): number[] {
    const kinds = USED_KINDS[isHelicopter ? "hover" : "fixed"];
    return this.airports
      .inCircle(place, { radiusM: CELL_SEARCH_M, limit: CELL_KEPT, kinds })
      .map((position) => {
        let number = this.#numbers.get(position);
        if (number === undefined) {
          number = this.shapes.add(this.airports.outlineAt(position));
          this.#numbers.set(position, number);
          this.#positions = withRoom(this.#positions, number + 1);
          this.#positions[number] = position;
        }
        return number;
      });
  }

  /** For each field: no point of the cell around `place` is nearer to it than this, metres, handicap included. */
  #atLeastM({ latDeg, lonDeg }: Place, numbers: readonly number[]): number[] {
    const { shapes } = this;
    return numbers.map((number) => {
      if (Math.abs(latDeg) > POLAR_LAT_DEG) return 0;
      const toCornerM = (shapes.diagonalM(number) * CELL_DEG) / 2;
      const fromMiddleM = shapes.distanceM(number, latDeg, lonDeg);
      // A metre for rounding.
      return fromMiddleM - toCornerM - 1 + shapes.handicapM(number);
    });
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

/** Fields around the middle of a cell, nearest first: one of them is the nearest to any point of the cell. */
interface CellFields {
  readonly numbers: readonly number[];
  readonly atLeastM: readonly number[];
}

/** Small cells of the globe with the fields around each: made at first use, and kept for the next aircraft that passes. */
class FieldCells {
  readonly #cells = new Map<number, number>();
  /** Fields of all cells, a cell's one behind the other. */
  #numbers = new Int32Array(1024);
  #atLeastM = new Float64Array(1024);
  /** Where the fields of each cell begin; one more than there are cells. */
  #starts = new Int32Array(64);
  /** Points come cell by cell. */
  #last = { key: Number.NaN, cell: -1 };
  readonly #shapes: FieldShapes;
  readonly #outM: Float64Array;

  constructor(shapes: FieldShapes, outM: Float64Array) {
    this.#shapes = shapes;
    this.#outM = outM;
  }

  /** @returns the cell, -1 when it was not made yet */
  find(lat: number, lon: number): number {
    const key = lat * 10_000 + lon;
    if (key === this.#last.key) return this.#last.cell;
    const cell = this.#cells.get(key);
    if (cell === undefined) return -1;
    this.#last.key = key;
    this.#last.cell = cell;
    return cell;
  }

  add(lat: number, lon: number, { numbers, atLeastM }: CellFields): number {
    const cell = this.#cells.size;
    const start = this.#starts[cell]!;
    const end = start + numbers.length;
    this.#starts = withRoom(this.#starts, cell + 2);
    this.#numbers = withRoom(this.#numbers, end);
    this.#atLeastM = withRoom(this.#atLeastM, end);
    this.#starts[cell + 1] = end;
    this.#numbers.set(numbers, start);
    this.#atLeastM.set(atLeastM, start);
    this.#cells.set(lat * 10_000 + lon, cell);
    return cell;
  }

  /**
   * An object of what is asked for would be made for every point.
   *
   * @returns the number of the field that is nearest, handicap included, its distance in `outM`; -1 for none
   */
  nearest(cell: number, places: Places, index: number): number {
    const shapes = this.#shapes;
    const latDeg = places.latDeg[index]!;
    const lonDeg = places.lonDeg[index]!;
    const end = this.#starts[cell + 1]!;
    let nearest = -1;
    let leastM = Number.POSITIVE_INFINITY;
    for (let at = this.#starts[cell]!; at < end; at++) {
      // Most fields of a cell are further from all of it than the one found first.
      if (this.#atLeastM[at]! >= leastM) continue;
      const number = this.#numbers[at]!;
      const distanceM = shapes.distanceM(number, latDeg, lonDeg);
      const reachM = distanceM + shapes.handicapM(number);
      if (reachM < leastM) {
        nearest = number;
        leastM = reachM;
        this.#outM[0] = distanceM;
      }
    }
    return nearest;
  }
}
