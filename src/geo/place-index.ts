import { around, distance } from "geokdbush";
import KDBush from "kdbush";

const RAD = Math.PI / 180;
/** The radius that the tree's package reckons with, so that both searches agree on what lies at the edge. */
const TREE_RADIUS_KM = 6371;
/** Half the way round; the tree folds radii beyond it back to small ones, and needs none there. */
const HALF_GLOBE_M = 20_000_000;
/** Room for rounding at the sides of a box, a tenth of a metre. */
const BOX_MARGIN_DEG = 1e-6;

/** A point on the globe. */
export interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Places as columns, with their search tree. */
export interface StoredPlaces {
  readonly latsDeg: ArrayLike<number>;
  readonly lonsDeg: ArrayLike<number>;
  readonly tree: ArrayBuffer;
}

/** How far to search, and how many places to give at most. */
export interface CircleOptions {
  readonly radiusM: number;
  readonly limit: number;
}

/** Places on the globe that can be asked for those near a point. Answers are places in the list, nearest first. */
export class PlaceIndex {
  readonly #latsDeg: ArrayLike<number>;
  readonly #lonsDeg: ArrayLike<number>;
  readonly #tree: KDBush;

  /** @param places a list, or columns with the `tree` of an index of the same places, which is not made again */
  constructor(places: readonly Place[] | StoredPlaces) {
    if ("tree" in places) {
      this.#latsDeg = places.latsDeg;
      this.#lonsDeg = places.lonsDeg;
      this.#tree = KDBush.from(places.tree);
      return;
    }
    this.#latsDeg = places.map(({ latDeg }) => latDeg);
    this.#lonsDeg = places.map(({ lonDeg }) => lonDeg);
    this.#tree = new KDBush(places.length);
    for (const { latDeg, lonDeg } of places) this.#tree.add(lonDeg, latDeg);
    this.#tree.finish();
  }

  /** The search tree as bytes, to be stored. */
  get tree(): ArrayBuffer {
    return this.#tree.data as ArrayBuffer;
  }

  /**
   * Walks outwards until it has enough: the way to find a few out of many.
   *
   * @param accept leaves out what it refuses; it is asked about places beyond the radius too
   */
  nearest(
    { latDeg, lonDeg }: Place,
    { radiusM, limit }: CircleOptions,
    accept?: (index: number) => boolean,
  ): number[] {
    if (!Number.isFinite(latDeg + lonDeg) || limit <= 0) return [];
    const radiusKm = radiusM < HALF_GLOBE_M ? radiusM / 1000 : Infinity;
    return around(this.#tree, lonDeg, latDeg, limit, radiusKm, accept);
  }

  /** The same answer, out of all places in a box: several times as fast where most of those in the circle are wanted. */
  within(
    centre: Place,
    { radiusM, limit }: CircleOptions,
    accept?: (index: number) => boolean,
  ): number[] {
    const box = boxAround(centre, radiusM);
    if (!box) return this.nearest(centre, { radiusM, limit }, accept);
    const found: { readonly index: number; readonly km: number }[] = [];
    for (const index of this.#tree.range(...box)) {
      if (accept && !accept(index)) continue;
      const km = distance(
        centre.lonDeg,
        centre.latDeg,
        this.#lonsDeg[index]!,
        this.#latsDeg[index]!,
      );
      if (km * 1000 <= radiusM) found.push({ index, km });
    }
    found.sort((a, b) => a.km - b.km);
    return found.slice(0, Math.max(0, limit)).map(({ index }) => index);
  }
}

/** @returns west, south, east and north of a circle, degrees; undefined when it holds a pole or crosses 180 degrees */
function boxAround(
  { latDeg, lonDeg }: Place,
  radiusM: number,
): [number, number, number, number] | undefined {
  const radiusRad = radiusM / 1000 / TREE_RADIUS_KM;
  const upDeg = radiusRad / RAD + BOX_MARGIN_DEG;
  if (!(Math.abs(latDeg) + upDeg < 90)) return undefined;
  const asideDeg = Math.asin(Math.sin(radiusRad) / Math.cos(latDeg * RAD)) / RAD + BOX_MARGIN_DEG;
  if (!(Math.abs(lonDeg) + asideDeg < 180)) return undefined;
  return [lonDeg - asideDeg, latDeg - upDeg, lonDeg + asideDeg, latDeg + upDeg];
}
