import { EARTH_RADIUS_M, normalLonDeg, sphereDistanceM } from "../geo/sphere.js";

// Places are cut into rows of half a degree of latitude, and each row into as many equal cells as keep them about
// square: 720 at the equator, 3 around a pole. So a cell measures about 56 by 56 km (30 by 30 NM) everywhere on the
// globe, needs no library, has one number for a name, and the antimeridian is only the place where a row begins.

/** chosen: half of the distance at which one receiver hears an aircraft at 1,500 ft (about 50 NM). */
const ROW_DEG = 0.5;
const ROW_COUNT = 180 / ROW_DEG;
const EQUATOR_COUNT = 360 / ROW_DEG;
/** The row at a pole is a cap: three cells keep its neighbours near. */
const COUNT_MIN = 3;

const METRES_PER_DEG = (EARTH_RADIUS_M * Math.PI) / 180;

const COUNTS: readonly number[] = Array.from({ length: ROW_COUNT }, (_, row) => {
  const middleDeg = -90 + (row + 0.5) * ROW_DEG;
  return Math.max(COUNT_MIN, Math.round(EQUATOR_COUNT * Math.cos((middleDeg * Math.PI) / 180)));
});
/** Number of the first cell of each row. */
const FIRSTS: readonly number[] = COUNTS.reduce<number[]>(
  (firsts, count) => {
    firsts.push(firsts.at(-1)! + count);
    return firsts;
  },
  [0],
);

/** How many cells there are; they are numbered from 0, from south to north and from west to east. */
export const CELL_COUNT = FIRSTS.at(-1)!;

/** The edges of a cell; longitudes run from -180 to 180. */
export interface CellBounds {
  readonly southDeg: number;
  readonly northDeg: number;
  readonly westDeg: number;
  readonly eastDeg: number;
}

/**
 * @param lonDeg any longitude; 180 and -180 are the same
 * @returns the number of the cell that holds a place; -1 when a coordinate is NaN or the latitude beyond a pole
 */
export function cellAt(latDeg: number, lonDeg: number): number {
  if (!(latDeg >= -90 && latDeg <= 90) || !Number.isFinite(lonDeg)) return -1;
  const row = Math.min(ROW_COUNT - 1, Math.floor((latDeg + 90) / ROW_DEG));
  const count = COUNTS[row]!;
  const part = (normalLonDeg(lonDeg) + 180) / 360;
  return FIRSTS[row]! + Math.min(count - 1, Math.floor(part * count));
}

/** @throws RangeError when there is no such cell */
export function cellBounds(cell: number): CellBounds {
  if (!Number.isInteger(cell) || cell < 0 || cell >= CELL_COUNT)
    throw new RangeError(`no cell ${cell}`);
  let low = 0;
  let high = ROW_COUNT - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (FIRSTS[middle]! <= cell) low = middle;
    else high = middle - 1;
  }
  const widthDeg = 360 / COUNTS[low]!;
  const westDeg = -180 + (cell - FIRSTS[low]!) * widthDeg;
  const southDeg = -90 + low * ROW_DEG;
  return { southDeg, northDeg: southDeg + ROW_DEG, westDeg, eastDeg: westDeg + widthDeg };
}

/** @returns the middle of a cell */
export function cellCentre(cell: number): { latDeg: number; lonDeg: number } {
  const { southDeg, northDeg, westDeg, eastDeg } = cellBounds(cell);
  return { latDeg: (southDeg + northDeg) / 2, lonDeg: (westDeg + eastDeg) / 2 };
}

/**
 * Cells whose middle lies within a distance of a cell's middle, itself included, across the antimeridian and the poles.
 *
 * @returns cell numbers, ascending
 */
export function cellsNear(cell: number, radiusM: number): number[] {
  const centre = cellCentre(cell);
  const found: number[] = [];
  for (let row = 0; row < ROW_COUNT; row++) {
    const latDeg = -90 + (row + 0.5) * ROW_DEG;
    if (Math.abs(latDeg - centre.latDeg) * METRES_PER_DEG > radiusM) continue;
    const count = COUNTS[row]!;
    for (let i = 0; i < count; i++) {
      const lonDeg = -180 + ((i + 0.5) * 360) / count;
      if (sphereDistanceM(centre.latDeg, centre.lonDeg, latDeg, lonDeg) <= radiusM)
        found.push(FIRSTS[row]! + i);
    }
  }
  return found;
}

/** A layer of air; heights are above the local ground reference, `toFt` exclusive. */
export interface HeightBand {
  readonly name: string;
  readonly fromFt: number;
  readonly toFt: number;
}

/** Band 0 is the ground itself; the rest are layers of air from low to high. chosen: where coverage changes. */
export const HEIGHT_BANDS: readonly HeightBand[] = [
  { name: "on the ground", fromFt: 0, toFt: 0 },
  { name: "below 1,500 ft", fromFt: Number.NEGATIVE_INFINITY, toFt: 1500 },
  { name: "1,500-5,000 ft", fromFt: 1500, toFt: 5000 },
  { name: "5,000-10,000 ft", fromFt: 5000, toFt: 10_000 },
  { name: "10,000-20,000 ft", fromFt: 10_000, toFt: 20_000 },
  { name: "20,000 ft and up", fromFt: 20_000, toFt: Number.POSITIVE_INFINITY },
];
export const GROUND_BAND = 0;

/** @returns the band of an airborne aircraft, 1 to 5; -1 when the height is NaN */
export function bandAt(heightFt: number): number {
  if (Number.isNaN(heightFt)) return -1;
  for (let band = 1; band < HEIGHT_BANDS.length; band++)
    if (heightFt < HEIGHT_BANDS[band]!.toFt) return band;
  return HEIGHT_BANDS.length - 1;
}
