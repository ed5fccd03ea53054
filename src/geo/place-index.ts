import { around } from "geokdbush";
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

/** Where `fewest` begins. chosen: over the United States some fifty airports. */
const FIRST_REACH_M = 30_000;

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

  /**
   * The same answer as `nearest`, to the order of places equally far off: it looks into boxes, each twice as wide as the
   * one before, until one holds enough. Quicker where few are wanted and most of what is near is accepted.
   */
  fewest(
    centre: Place,
    { radiusM, limit }: CircleOptions,
    accept: (index: number) => boolean,
  ): number[] {
    const found = new NearestFew(limit);
    for (let reachM = Math.min(radiusM, FIRST_REACH_M); ; reachM = Math.min(radiusM, 2 * reachM)) {
      const box = boxAround(centre, reachM);
      if (!box) return this.nearest(centre, { radiusM, limit }, accept);
      found.clear();
      this.#gather(found, { box, centre, reachM, accept });
      // Which of two comes first is up to the other search.
      if (found.hasEquals) return this.nearest(centre, { radiusM, limit }, accept);
      if (found.count === limit || reachM === radiusM) return found.indices();
    }
  }

  #gather(
    found: NearestFew,
    {
      box,
      centre,
      reachM,
      accept,
    }: {
      readonly box: readonly [number, number, number, number];
      readonly centre: Place;
      readonly reachM: number;
      readonly accept: ((index: number) => boolean) | undefined;
    },
  ): void {
    const [latDeg, lonDeg] = [this.#latsDeg, this.#lonsDeg];
    const cosLat = Math.cos(centre.latDeg * RAD);
    const farthest = haverSin(reachM / 1000 / TREE_RADIUS_KM);
    for (const index of this.#tree.range(...box)) {
      if (accept && !accept(index)) continue;
      const lat = latDeg[index]!;
      // Term by term what the tree's package reckons, so that equal places are equal here too.
      const apart =
        cosLat * Math.cos(lat * RAD) * haverSin((centre.lonDeg - lonDeg[index]!) * RAD) +
        haverSin((centre.latDeg - lat) * RAD);
      if (apart <= farthest) found.offer(index, apart);
    }
  }

  /** The same answer, out of all places in a box: several times as fast where most of those in the circle are wanted. */
  within(
    centre: Place,
    { radiusM, limit }: CircleOptions,
    accept?: (index: number) => boolean,
  ): number[] {
    const box = boxAround(centre, radiusM);
    if (!box) return this.nearest(centre, { radiusM, limit }, accept);
    const found = new NearestFew(limit);
    this.#gather(found, { box, centre, reachM: radiusM, accept });
    // Which of two comes first is up to the other search.
    return found.hasEquals ? this.nearest(centre, { radiusM, limit }, accept) : found.indices();
  }

  /** @returns all places in a box that holds the circle, in any order; undefined where it holds a pole or crosses 180 degrees */
  inBox(centre: Place, radiusM: number): number[] | undefined {
    const box = boxAround(centre, radiusM);
    return box && this.#tree.range(...box);
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

/** Square of the sine of half an angle. */
function haverSin(angleRad: number): number {
  const sine = Math.sin(angleRad / 2);
  return sine * sine;
}

/** The nearest of what it is offered, at most `limit`, nearest first. */
class NearestFew {
  readonly #limit: number;
  readonly #apart: number[] = [];
  readonly #indices: number[] = [];
  /** Some that were kept at any time are equally far off. */
  hasEquals = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#indices.length;
  }

  indices(): number[] {
    return this.#indices;
  }

  clear(): void {
    this.#apart.length = 0;
    this.#indices.length = 0;
    this.hasEquals = false;
  }

  offer(index: number, apart: number): void {
    const all = this.#apart;
    const indices = this.#indices;
    let at = all.length;
    if (at === this.#limit) {
      if (at === 0 || apart > all[at - 1]!) return;
      at--;
      // What is pushed out may be as far off as what stays.
      if (apart === all[at]) this.hasEquals = true;
    }
    for (; at > 0 && all[at - 1]! >= apart; at--) {
      if (all[at - 1] === apart) this.hasEquals = true;
      all[at] = all[at - 1]!;
      indices[at] = indices[at - 1]!;
    }
    all[at] = apart;
    indices[at] = index;
  }
}
