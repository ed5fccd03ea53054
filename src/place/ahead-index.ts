import { EARTH_RADIUS_M } from "../geo/sphere.js";
import type { AirportsAhead, Outlook } from "./airport.js";
import { type AirportRows, longestOf } from "./airport-rows.js";

const RAD = Math.PI / 180;
/** Further off the direction of flight than this an airport is not ahead. */
const AHEAD_MAX_DEG = 60;
const AHEAD_MAX_SLOPE = Math.tan(AHEAD_MAX_DEG * RAD);

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/**
 * Large and medium airports as points of the unit sphere. There are some thousands, and a product of vectors for each
 * is quicker than a search tree that gives hundreds of them.
 */
export class AheadIndex {
  /** Positions in the table, from south to north; what follows is in the same order. */
  readonly #positions: Int32Array;
  readonly #latsDeg: Float64Array;
  /** x, y and z of each. */
  readonly #vectors: Float64Array;
  readonly #longestM: Float64Array;
  readonly #isLarge: Uint8Array;
  readonly #found;

  constructor(rows: AirportRows) {
    const larger = Array.from(rows.larger.rows, (position) => ({
      position,
      outline: rows.outlineAt(position),
    }));
    larger.sort((a, b) => a.outline.latDeg - b.outline.latDeg);
    const count = larger.length;
    this.#positions = Int32Array.from(larger, ({ position }) => position);
    this.#latsDeg = Float64Array.from(larger, ({ outline }) => outline.latDeg);
    this.#vectors = Float64Array.from(larger.flatMap(({ outline }) => unitVector(outline)));
    this.#longestM = Float64Array.from(larger, ({ outline }) => longestOf(outline.runways));
    this.#isLarge = Uint8Array.from(larger, ({ outline }) => (outline.kind === "large" ? 1 : 0));
    this.#found = {
      positions: new Int32Array(count),
      isLarge: new Uint8Array(count),
      offDeg: new Float64Array(count),
      fromM: new Float64Array(count),
      toM: new Float64Array(count),
    };
  }

  /** @returns those in front of an aircraft, from south to north */
  ahead({ from, headingDeg, to, radiusM, longestMinM }: Outlook): AirportsAhead {
    const vectors = this.#vectors;
    const found = this.#found;
    const [hereX, hereY, hereZ] = unitVector(from);
    const [aheadX, aheadY, aheadZ] = directionVector(from, headingDeg);
    const [rightX, rightY, rightZ] = directionVector(from, headingDeg + 90);
    const [thereX, thereY, thereZ] = unitVector(to);
    const radiusRad = Math.min(Math.PI, radiusM / EARTH_RADIUS_M);
    const nearest = Math.cos(radiusRad);
    const northMostDeg = from.latDeg + radiusRad / RAD;
    let count = 0;
    for (
      let i = this.#firstNorthOf(from.latDeg - radiusRad / RAD);
      i < this.#positions.length;
      i++
    ) {
      if (this.#latsDeg[i]! > northMostDeg) break;
      // An array of the three would be garbage for every airport that is looked at.
      const x = vectors[3 * i]!;
      const y = vectors[3 * i + 1]!;
      const z = vectors[3 * i + 2]!;
      const upwards = hereX * x + hereY * y + hereZ * z;
      if (upwards < nearest || this.#longestM[i]! < longestMinM) continue;
      const forward = aheadX * x + aheadY * y + aheadZ * z;
      const sideways = Math.abs(rightX * x + rightY * y + rightZ * z);
      if (sideways > forward * AHEAD_MAX_SLOPE) continue;
      const beyond = Math.max(-1, Math.min(1, thereX * x + thereY * y + thereZ * z));
      found.positions[count] = this.#positions[i]!;
      found.isLarge[count] = this.#isLarge[i]!;
      found.offDeg[count] = Math.atan2(sideways, forward) / RAD;
      found.fromM[count] = EARTH_RADIUS_M * Math.acos(Math.min(1, upwards));
      found.toM[count] = EARTH_RADIUS_M * Math.acos(beyond);
      count++;
    }
    return { ...found, count };
  }

  #firstNorthOf(latDeg: number): number {
    let [low, high] = [0, this.#latsDeg.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#latsDeg[middle]! < latDeg) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function unitVector({ latDeg, lonDeg }: Place): readonly [number, number, number] {
  const [lat, lon] = [latDeg * RAD, lonDeg * RAD];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** The unit vector along the ground in a direction, at right angles to that of the place. */
function directionVector(
  { latDeg, lonDeg }: Place,
  directionDeg: number,
): readonly [number, number, number] {
  const [lat, lon, direction] = [latDeg * RAD, lonDeg * RAD, directionDeg * RAD];
  const [north, east] = [Math.cos(direction), Math.sin(direction)];
  return [
    -Math.sin(lat) * Math.cos(lon) * north - Math.sin(lon) * east,
    -Math.sin(lat) * Math.sin(lon) * north + Math.cos(lon) * east,
    Math.cos(lat) * north,
  ];
}
