import { eastM, type LocalPlane, localPlaneAt, northM, planeLengthM } from "../geo/local-plane.js";
import { destination } from "../geo/sphere.js";
import type { Airport, Runway, RunwayOutline } from "../place/airport.js";
import { lostItsTraffic } from "../place/airport-history.js";
import { longestOf } from "../place/airport-rows.js";

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
}

/** Airliners of every size use runways from here on. Source: docs/method.md, candidate weights. */
export const LONG_RUNWAY_M = 1800;
const DEFAULT_WIDTH_M = 45;
const DEFAULT_LENGTH_M = 1000;

/** Lays an airport's runways out flat. */
export function fieldOf(airport: Airport): Field {
  const plane = localPlaneAt(airport.latDeg, airport.lonDeg);
  const directions = airport.runways.flatMap((runway) => directionsOf(runway, airport, plane));
  const longestM = longestOf(airport.runways);
  const longCount = airport.runways.filter(
    (runway) => runway.lengthM >= LONG_RUNWAY_M && isUsable(runway, airport),
  ).length;
  return { airport, plane, directions, longestM, longCount };
}

function isUsable({ closed, surface }: Runway, airport: Airport): boolean {
  return surface !== "water" && (!closed || lostItsTraffic(airport));
}

function directionsOf(runway: Runway, airport: Airport, plane: LocalPlane): LandingDirection[] {
  const usable = isUsable(runway, airport);
  return laidRunway(runway, airport, plane).map((laid, end) => ({
    name: runway.ends[end]!.name,
    thresholdEastM: laid.thresholdEastM,
    thresholdNorthM: laid.thresholdNorthM,
    eastPart: laid.eastPart,
    northPart: laid.northPart,
    headingDeg: (Math.atan2(laid.eastPart, laid.northPart) / RAD + 360) % 360,
    lengthM: laid.lengthM,
    widthM: laid.widthM,
    usable,
    approximate: laid.approximate,
  }));
}

/** A landing direction as it lies, whatever it is called and whether or not it is in use. */
export type LaidDirection = Omit<LandingDirection, "name" | "headingDeg" | "usable">;

/** @returns both landing directions of a runway, first end first; none when its direction is not known */
export function laidRunway(
  { ends: [a, b], lengthM, widthM }: RunwayOutline,
  airport: Place,
  plane: LocalPlane,
): LaidDirection[] {
  const wide = widthM > 0 ? widthM : DEFAULT_WIDTH_M;
  if (Number.isFinite(a.latDeg + a.lonDeg + b.latDeg + b.lonDeg)) {
    const measured = { plane, widthM: wide, approximate: false };
    return [laidFrom(a, b, measured), laidFrom(b, a, measured)];
  }
  const headingDeg = Number.isFinite(a.headingDeg) ? a.headingDeg : b.headingDeg - 180;
  if (!Number.isFinite(headingDeg)) return [];
  const halfM = (lengthM > 0 ? lengthM : DEFAULT_LENGTH_M) / 2;
  const from = destination(airport, headingDeg + 180, halfM);
  const to = destination(airport, headingDeg, halfM);
  const guessed = { plane, widthM: wide, approximate: true };
  return [laidFrom(from, to, guessed), laidFrom(to, from, guessed)];
}

function laidFrom(
  from: Place,
  to: Place,
  {
    plane,
    widthM,
    approximate,
  }: { readonly plane: LocalPlane } & Pick<LaidDirection, "widthM" | "approximate">,
): LaidDirection {
  const thresholdEastM = eastM(plane, from.lonDeg);
  const thresholdNorthM = northM(plane, from.latDeg);
  const east = eastM(plane, to.lonDeg) - thresholdEastM;
  const north = northM(plane, to.latDeg) - thresholdNorthM;
  const lengthM = planeLengthM(east, north);
  return {
    thresholdEastM,
    thresholdNorthM,
    eastPart: east / lengthM,
    northPart: north / lengthM,
    lengthM,
    widthM,
    approximate,
  };
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
export function offsetFrom(field: Field, direction: LandingDirection, point: Place): RunwayOffset {
  const fromEast = eastM(field.plane, point.lonDeg) - direction.thresholdEastM;
  const fromNorth = northM(field.plane, point.latDeg) - direction.thresholdNorthM;
  return {
    direction,
    toThresholdM: -(fromEast * direction.eastPart + fromNorth * direction.northPart),
    besideM: Math.abs(fromEast * direction.northPart - fromNorth * direction.eastPart),
  };
}
