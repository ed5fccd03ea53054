import { geodesicDistanceM } from "./geodesic.js";
import { type Cap, halvesOf, type PrismShape, shapeContains } from "./prism-shape.js";
import {
  angleRad,
  type LatLon,
  POLE_RADIUS_M,
  reducedVector,
  type UnitVector,
} from "./reduced-sphere.js";

/**
 * The space-time prism of an aircraft nobody heard between two places: every point x with
 * d(p0, x) + d(x, p1) <= greatest speed times time. Whether it meets a shape is decided by the least such sum.
 *
 * Source of the idea: Hägerstrand 1970; Miller, Geographical Analysis 37 (2005).
 */
export interface LeastDetour {
  /** No point of the shape has a smaller sum of distances; metres on WGS-84. */
  readonly leastM: number;
  /** The sum at the point below, at most the tolerance above `leastM`. */
  readonly attainedM: number;
  /** A point of the shape with that sum. */
  readonly latDeg: number;
  readonly lonDeg: number;
}

export interface DetourOptions {
  /** How far `leastM` may lie below the true least sum; else `detourToleranceM` of the sum itself. */
  readonly toleranceM?: number;
}

const TOLERANCE_M = 200;
const TOLERANCE_SHARE = 2e-4;

/**
 * How far below the true least sum the search may stop: 200 m, or a five-thousandth of a longer way.
 * chosen: at most 6 s of flight in eight hours, as fine as proofs are printed; a tenth of it costs three times as long.
 */
export function detourToleranceM(sumM: number): number {
  return Math.max(TOLERANCE_M, sumM * TOLERANCE_SHARE);
}
/** A bound on the work; when it is reached the bound found so far is returned, which is still a true one. chosen */
const STEPS_MAX = 200_000;

/**
 * Least sum of geodesic distances from one or two places to any point of a shape: edges whole, not only vertices;
 * the inside too. One place gives the distance to the shape.
 *
 * The sum changes by at most 2 m for each metre moved, so a cap of radius r holds no smaller sum than its centre's
 * less 2 r; caps are opened best first until nothing unopened can be smaller. Inside a polygon the sum has no minimum
 * of its own but on the line between the two places, and that line crosses the edge unless it lies inside whole.
 *
 * @param places one or two places on WGS-84
 * @returns undefined when the shape is empty or a coordinate is NaN
 */
export function leastDetour(
  shape: PrismShape,
  places: readonly [LatLon, ...LatLon[]],
  options: DetourOptions = {},
): LeastDetour | undefined {
  if (!shape.top || places.some(({ latDeg, lonDeg }) => !Number.isFinite(latDeg + lonDeg))) {
    return undefined;
  }
  const directM = places[1] ? geodesicDistanceM(places[0], places[1]) : 0;
  const inside = places.find((place) => shapeContains(shape, place));
  if (inside) {
    const { latDeg, lonDeg } = inside;
    return { leastM: directM, attainedM: directM, latDeg, lonDeg };
  }
  const { toleranceM } = options;
  return searchEdges(shape.top, new Foci(places), { directM, toleranceM });
}

/** The one or two places distances are taken from. */
class Foci {
  readonly #places: readonly LatLon[];
  readonly #vectors: readonly UnitVector[];

  constructor(places: readonly LatLon[]) {
    this.#places = places;
    this.#vectors = places.map(reducedVector);
  }

  /** A lower bound of the sum anywhere in a cap, quick to find. */
  quickBoundM({ centre, radiusM }: Cap): number {
    let sumM = 0;
    for (const vector of this.#vectors) {
      sumM += POLE_RADIUS_M * angleRad(vector, centre) - radiusM;
    }
    return sumM;
  }

  sumM(place: LatLon): number {
    let sumM = 0;
    for (const each of this.#places) sumM += geodesicDistanceM(each, place);
    return sumM;
  }

  get count(): number {
    return this.#places.length;
  }
}

interface Candidate {
  readonly boundM: number;
  readonly cap: Cap;
  /** The bound was taken with the true distance of the cap's centre. */
  readonly measured: boolean;
}

function searchEdges(
  top: Cap,
  foci: Foci,
  limits: { readonly directM: number; readonly toleranceM: number | undefined },
): LeastDetour {
  const { directM } = limits;
  let enoughM = Number.POSITIVE_INFINITY;
  const open = new Heap();
  let best = { attainedM: Number.POSITIVE_INFINITY, latDeg: Number.NaN, lonDeg: Number.NaN };
  let leastM = directM;
  const add = (cap: Cap, parentBoundM: number) =>
    open.push({ boundM: Math.max(parentBoundM, foci.quickBoundM(cap)), cap, measured: false });
  add(top, directM);
  for (let step = 0; ; step++) {
    const next = open.pop();
    if (!next) break;
    leastM = next.boundM;
    if (next.boundM >= enoughM || step >= STEPS_MAX) break;
    const { cap } = next;
    if (next.measured) {
      for (const part of cap.line ? halvesOf(cap.line) : cap.parts) add(part, next.boundM);
      continue;
    }
    const sumM = foci.sumM(cap);
    if (cap.line && sumM < best.attainedM) {
      best = { attainedM: sumM, latDeg: cap.latDeg, lonDeg: cap.lonDeg };
      enoughM = sumM - Math.max(1, limits.toleranceM ?? detourToleranceM(sumM));
    }
    const boundM = Math.max(next.boundM, sumM - foci.count * cap.radiusM);
    open.push({ boundM, cap, measured: true });
  }
  const { attainedM, latDeg, lonDeg } = best;
  return { leastM: Math.min(leastM, attainedM), attainedM, latDeg, lonDeg };
}

/** Smallest bound first; equal bounds in a fixed order, so that equal questions give equal answers. */
class Heap {
  readonly #items: Candidate[] = [];

  push(item: Candidate): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent]!.boundM <= item.boundM) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  pop(): Candidate | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]!.boundM < items[child]!.boundM) child++;
      if (items[child]!.boundM >= last.boundM) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return first;
  }
}
