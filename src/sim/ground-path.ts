import {
  bearingDeg,
  destination,
  normalDeg,
  normalLonDeg,
  sphereDistanceM,
  turnDeg,
} from "../geo/sphere.js";

/** Chosen: between two points this close, straight lines in latitude and longitude are great circles to 100 m at 60 degrees. */
const LINE_STEP_M = 30_000;
const ARC_STEP_DEG = 6;

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Where a path is after some distance. */
export interface PathPoint {
  latDeg: number;
  lonDeg: number;
  trackDeg: number;
}

/** A line over ground, built piece by piece and then read by distance from its start. Writers call in order; it never shrinks. */
export class GroundPath {
  readonly #latDeg: number[] = [];
  readonly #lonDeg: number[] = [];
  readonly #trackDeg: number[] = [];
  readonly #alongM: number[] = [];
  #cursor = 0;

  constructor(start: Place, directionDeg: number) {
    this.#push(start, directionDeg, 0);
  }

  /** Metres from start to end. */
  get lengthM(): number {
    return this.#alongM[this.#alongM.length - 1]!;
  }

  /** The end of the path so far. */
  get end(): Place {
    const last = this.#latDeg.length - 1;
    return { latDeg: this.#latDeg[last]!, lonDeg: this.#lonDeg[last]! };
  }

  /** Direction at the end of the path so far. */
  get endTrackDeg(): number {
    return this.#trackDeg[this.#trackDeg.length - 1]!;
  }

  /** Goes straight (a great circle) to a place. A corner is turned on the spot. @returns the new length, metres */
  lineTo(place: Place): number {
    const start = this.end;
    const total = sphereDistanceM(start.latDeg, start.lonDeg, place.latDeg, place.lonDeg);
    if (total < 0.01) return this.lengthM;
    const base = this.lengthM;
    const directionDeg = bearingDeg(start.latDeg, start.lonDeg, place.latDeg, place.lonDeg);
    this.#push(start, directionDeg, base);
    const steps = Math.ceil(total / LINE_STEP_M);
    for (let i = 1; i < steps; i++) {
      const via = destination(start, directionDeg, (total * i) / steps);
      const onwardDeg = bearingDeg(via.latDeg, via.lonDeg, place.latDeg, place.lonDeg);
      this.#push(via, onwardDeg, base + (total * i) / steps);
    }
    // The direction of arrival is the way back from the end, turned round.
    const backDeg = bearingDeg(place.latDeg, place.lonDeg, start.latDeg, start.lonDeg);
    this.#push(place, normalDeg(backDeg + 180), base + total);
    return this.lengthM;
  }

  /** Turns by `angleDeg` (right positive) on a circle. @returns the new length, metres */
  turn(angleDeg: number, radiusM: number): number {
    const points = arcPoints({ ...this.end, trackDeg: this.endTrackDeg }, angleDeg, radiusM);
    return this.follow(points);
  }

  /** Runs through points with given directions. @returns the new length, metres */
  follow(points: readonly PathPoint[]): number {
    for (const point of points) {
      const from = this.end;
      const stepM = sphereDistanceM(from.latDeg, from.lonDeg, point.latDeg, point.lonDeg);
      this.#push(point, point.trackDeg, this.lengthM + stepM);
    }
    return this.lengthM;
  }

  /**
   * Reads the path at a distance; fastest when distances grow from call to call.
   *
   * @param out is overwritten, so that a million reads make no garbage
   */
  read(alongM: number, out: PathPoint): void {
    const along = this.#alongM;
    let i = this.#cursor;
    if (along[i]! > alongM) i = 0;
    while (i + 2 < along.length && along[i + 1]! <= alongM) i++;
    this.#cursor = i;
    const span = along[i + 1]! - along[i]!;
    const share = span > 0 ? Math.max(0, Math.min(1, (alongM - along[i]!) / span)) : 1;
    const lon = this.#lonDeg;
    out.latDeg = this.#latDeg[i]! + (this.#latDeg[i + 1]! - this.#latDeg[i]!) * share;
    out.lonDeg = normalLonDeg(lon[i]! + normalLonDeg(lon[i + 1]! - lon[i]!) * share);
    const fromDeg = this.#trackDeg[i]!;
    out.trackDeg = normalDeg(fromDeg + turnDeg(fromDeg, this.#trackDeg[i + 1]!) * share);
  }

  #push(place: Place, trackDeg: number, alongM: number): void {
    this.#latDeg.push(place.latDeg);
    this.#lonDeg.push(place.lonDeg);
    this.#trackDeg.push(trackDeg);
    this.#alongM.push(alongM);
  }
}

/**
 * Points of a circular turn, the start left out.
 *
 * @param angleDeg right positive
 */
export function arcPoints(start: PathPoint, angleDeg: number, radiusM: number): PathPoint[] {
  const side = angleDeg < 0 ? -1 : 1;
  const centre = destination(start, start.trackDeg + 90 * side, radiusM);
  const fromDeg = start.trackDeg - 90 * side;
  const steps = Math.max(1, Math.ceil(Math.abs(angleDeg) / ARC_STEP_DEG));
  return Array.from({ length: steps }, (_, i) => {
    const doneDeg = (angleDeg * (i + 1)) / steps;
    const place = destination(centre, fromDeg + doneDeg, radiusM);
    return { ...place, trackDeg: normalDeg(start.trackDeg + doneDeg) };
  });
}

/**
 * The shorter turn after which one flies straight at a target.
 *
 * @returns degrees, right positive; 0 when the target is ahead already, or lies inside both turning circles
 */
export function turnTowards(start: PathPoint, target: Place, radiusM: number): number {
  const right = turnOneWay(start, target, radiusM, 1);
  const left = turnOneWay(start, target, radiusM, -1);
  return Math.abs(left) < Math.abs(right) ? left : right;
}

function turnOneWay(start: PathPoint, target: Place, radiusM: number, side: 1 | -1): number {
  const centre = destination(start, start.trackDeg + 90 * side, radiusM);
  // How far the target is still to the turning side after a turn of `angleDeg`.
  const missDeg = (angleDeg: number): number => {
    const exit = destination(centre, start.trackDeg - 90 * side + angleDeg * side, radiusM);
    const wantedDeg = bearingDeg(exit.latDeg, exit.lonDeg, target.latDeg, target.lonDeg);
    return turnDeg(start.trackDeg + angleDeg * side, wantedDeg) * side;
  };
  let angleDeg = 0;
  let miss = missDeg(0);
  if (Math.abs(miss) < 0.01) return 0;
  for (; angleDeg < 359; angleDeg += 1) {
    const next = missDeg(angleDeg + 1);
    // From "still to this side" to "past it", but not the wrap behind one's back.
    if (miss >= 0 && next <= 0 && miss - next < 90) {
      return side * (angleDeg + (miss === next ? 0 : miss / (miss - next)));
    }
    miss = next;
  }
  return 0;
}
