import { eastM, type LocalPlane, localPlaneAt, northM, planeLengthM } from "../geo/local-plane.js";
import { destination, turnDeg } from "../geo/sphere.js";
import type { Airport, Runway } from "../place/airport.js";
import { lostItsTraffic } from "../place/airport-history.js";

const RAD = Math.PI / 180;

/** A landing direction on a field's flat map: where the threshold lies and which way one rolls. */
export interface LandingDirection {
  readonly name: string;
  readonly thresholdEastM: number;
  readonly thresholdNorthM: number;
  /** Unit vector of the roll. */
  readonly eastPart: number;
  readonly northPart: number;
  readonly headingDeg: number;
  readonly lengthM: number;
  readonly widthM: number;
  readonly usable: boolean;
  /** True when the table has no end coordinates and the runway is laid through the airport's reference point. */
  readonly approximate: boolean;
}

/** An airport as geometry, in metres around its reference point. */
export interface Field {
  readonly airport: Airport;
  readonly plane: LocalPlane;
  readonly directions: readonly LandingDirection[];
  readonly longestM: number;
  /** Usable runways of LONG_RUNWAY_M or more. */
  readonly longCount: number;
}

/** Where a point lies as seen from a landing direction. */
export interface RunwayOffset {
  readonly direction: LandingDirection;
  /** Metres still to go to the threshold; negative beyond it. */
  readonly toThresholdM: number;
  /** Metres to the side of the centreline, never negative. */
  readonly besideM: number;
  /** Degrees between the track over ground and the runway, 0..180; NaN when the track angle is unknown. */
  readonly offHeadingDeg: number;
}

/** Airliners of every size use runways from here on. Source: docs/method.md, candidate weights. */
export const LONG_RUNWAY_M = 1800;
const DEFAULT_WIDTH_M = 45;
const DEFAULT_LENGTH_M = 1000;

/** Lays an airport's runways out flat. */
export function fieldOf(airport: Airport): Field {
  const plane = localPlaneAt(airport.latDeg, airport.lonDeg);
  const directions = airport.runways.flatMap((runway) => directionsOf(runway, airport, plane));
  const longestM = airport.runways.reduce(
    (longest, { lengthM }) => (lengthM > longest ? lengthM : longest),
    0,
  );
  const longCount = airport.runways.filter(
    (runway) => runway.lengthM >= LONG_RUNWAY_M && isUsable(runway, airport),
  ).length;
  return { airport, plane, directions, longestM, longCount };
}

function isUsable({ closed, surface }: Runway, airport: Airport): boolean {
  return surface !== "water" && (!closed || lostItsTraffic(airport));
}

function directionsOf(runway: Runway, airport: Airport, plane: LocalPlane): LandingDirection[] {
  const [a, b] = runway.ends;
  const known = [a.latDeg, a.lonDeg, b.latDeg, b.lonDeg].every(Number.isFinite);
  const usable = isUsable(runway, airport);
  const widthM = runway.widthM > 0 ? runway.widthM : DEFAULT_WIDTH_M;
  const lay = (name: string, from: Place, to: Place): LandingDirection => {
    const east = eastM(plane, to.lonDeg) - eastM(plane, from.lonDeg);
    const north = northM(plane, to.latDeg) - northM(plane, from.latDeg);
    const lengthM = Math.hypot(east, north);
    return {
      name,
      thresholdEastM: eastM(plane, from.lonDeg),
      thresholdNorthM: northM(plane, from.latDeg),
      eastPart: east / lengthM,
      northPart: north / lengthM,
      headingDeg: (Math.atan2(east, north) / RAD + 360) % 360,
      lengthM,
      widthM,
      usable,
      approximate: !known,
    };
  };
  if (known) return [lay(a.name, a, b), lay(b.name, b, a)];
  const headingDeg = Number.isFinite(a.headingDeg) ? a.headingDeg : b.headingDeg - 180;
  if (!Number.isFinite(headingDeg)) return [];
  const halfM = (runway.lengthM > 0 ? runway.lengthM : DEFAULT_LENGTH_M) / 2;
  const from = destination(airport, headingDeg + 180, halfM);
  const to = destination(airport, headingDeg, halfM);
  return [lay(a.name, from, to), lay(b.name, to, from)];
}

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** @returns metres from a point to the field's nearest runway, or to its reference point when it has none */
export function distanceToRunwaysM(field: Field, latDeg: number, lonDeg: number): number {
  const east = eastM(field.plane, lonDeg);
  const north = northM(field.plane, latDeg);
  let nearestM =
    field.directions.length === 0 ? planeLengthM(east, north) : Number.POSITIVE_INFINITY;
  // Each runway stands twice in the list, once for each direction: the first of a pair is enough.
  for (let d = 0; d < field.directions.length; d += 2) {
    const direction = field.directions[d]!;
    const fromEast = east - direction.thresholdEastM;
    const fromNorth = north - direction.thresholdNorthM;
    const alongM = fromEast * direction.eastPart + fromNorth * direction.northPart;
    const besideM = Math.abs(fromEast * direction.northPart - fromNorth * direction.eastPart);
    const beyondM = alongM < 0 ? -alongM : Math.max(0, alongM - direction.lengthM);
    const distanceM = planeLengthM(Math.max(0, besideM - direction.widthM / 2), beyondM);
    if (distanceM < nearestM) nearestM = distanceM;
  }
  return nearestM;
}

/** @returns where a point lies as seen from one landing direction */
export function offsetFrom(
  field: Field,
  direction: LandingDirection,
  point: { readonly latDeg: number; readonly lonDeg: number; readonly trackAngleDeg: number },
): RunwayOffset {
  const fromEast = eastM(field.plane, point.lonDeg) - direction.thresholdEastM;
  const fromNorth = northM(field.plane, point.latDeg) - direction.thresholdNorthM;
  return {
    direction,
    toThresholdM: -(fromEast * direction.eastPart + fromNorth * direction.northPart),
    besideM: Math.abs(fromEast * direction.northPart - fromNorth * direction.eastPart),
    offHeadingDeg: Math.abs(turnDeg(direction.headingDeg, point.trackAngleDeg)),
  };
}
