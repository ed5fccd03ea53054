import { localPlaneAt, planeLengthM } from "../geo/local-plane.js";
import { normalLonDeg } from "../geo/sphere.js";
import type { AirportOutline } from "../place/airport.js";
import { withRoom } from "../units/with-room.js";
import { laidRunway } from "./field.js";
import { KIND_HANDICAP_M } from "./field-kinds.js";

/** Numbers that one field takes, and one runway of it. */
const FIELD_NUMBERS = 8;
const RUNWAY_NUMBERS = 6;
const FIRST_CAPACITY = 1024;

/**
 * The geometry of many fields as plain numbers, for looking at every point of a track: as objects, tens of thousands of
 * fields would be walked through by each round of collecting garbage.
 */
export class FieldShapes {
  #count = 0;
  #runwayCount = 0;
  /** Origin (latitude, longitude), metres per degree of each, handicap, elevation, first runway and the one behind the last. */
  #fields = new Float64Array(FIRST_CAPACITY * FIELD_NUMBERS);
  /** Threshold (east, north), direction (east, north), length, half the width. */
  #runways = new Float64Array(FIRST_CAPACITY * RUNWAY_NUMBERS);

  /** @returns the field's number, from 0 */
  add(airport: AirportOutline): number {
    const number = this.#count++;
    this.#fields = withRoom(this.#fields, this.#count * FIELD_NUMBERS);
    const plane = localPlaneAt(airport.latDeg, airport.lonDeg);
    const firstRunway = this.#runwayCount;
    for (const runway of airport.runways) {
      // One of its two directions is enough.
      const [laid] = laidRunway(runway, airport, plane);
      if (!laid) continue;
      const { thresholdEastM, thresholdNorthM, eastPart, northPart, lengthM, widthM } = laid;
      const at = this.#runwayCount++ * RUNWAY_NUMBERS;
      this.#runways = withRoom(this.#runways, at + RUNWAY_NUMBERS);
      this.#runways.set(
        [thresholdEastM, thresholdNorthM, eastPart, northPart, lengthM, widthM / 2],
        at,
      );
    }
    const { originLatDeg, originLonDeg, metresPerLatDeg, metresPerLonDeg } = plane;
    const place = [originLatDeg, originLonDeg, metresPerLatDeg, metresPerLonDeg];
    const { kind, elevationFt } = airport;
    const own = [KIND_HANDICAP_M[kind], elevationFt, firstRunway, this.#runwayCount];
    this.#fields.set([...place, ...own], number * FIELD_NUMBERS);
    return number;
  }

  handicapM(number: number): number {
    return this.#fields[number * FIELD_NUMBERS + 4]!;
  }

  /** NaN when unknown. */
  elevationFt(number: number): number {
    return this.#fields[number * FIELD_NUMBERS + 5]!;
  }

  /** @returns what `distanceToRunwaysM` gives for the field, to the last bit */
  distanceM(number: number, latDeg: number, lonDeg: number): number {
    const fields = this.#fields;
    const runways = this.#runways;
    const base = number * FIELD_NUMBERS;
    const east = normalLonDeg(lonDeg - fields[base + 1]!) * fields[base + 3]!;
    const north = (latDeg - fields[base]!) * fields[base + 2]!;
    const first = fields[base + 6]! * RUNWAY_NUMBERS;
    const end = fields[base + 7]! * RUNWAY_NUMBERS;
    if (first === end) return planeLengthM(east, north);
    let nearestM = Number.POSITIVE_INFINITY;
    for (let at = first; at < end; at += RUNWAY_NUMBERS) {
      const fromEast = east - runways[at]!;
      const fromNorth = north - runways[at + 1]!;
      const eastPart = runways[at + 2]!;
      const northPart = runways[at + 3]!;
      const alongM = fromEast * eastPart + fromNorth * northPart;
      const besideM = Math.abs(fromEast * northPart - fromNorth * eastPart);
      const beyondM = alongM < 0 ? -alongM : Math.max(0, alongM - runways[at + 4]!);
      const distanceM = planeLengthM(Math.max(0, besideM - runways[at + 5]!), beyondM);
      if (distanceM < nearestM) nearestM = distanceM;
    }
    return nearestM;
  }

  /** Metres per degree, latitude and longitude together as the diagonal of a square degree. */
  diagonalM(number: number): number {
    const base = number * FIELD_NUMBERS;
    return planeLengthM(this.#fields[base + 2]!, this.#fields[base + 3]!);
  }
}
