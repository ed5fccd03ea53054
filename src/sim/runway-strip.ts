import { eastM, type LocalPlane, localPlaneAt, northM } from "../geo/local-plane.js";
import { normalDeg, normalLonDeg, sphereDistanceM, turnDeg } from "../geo/sphere.js";
import type { Airport, Runway, RunwayEnd } from "../place/airport.js";
import type { RandomSource } from "./random.js";

const RAD = Math.PI / 180;
/** Chosen: when the table knows no length. */
const USUAL_LENGTH_M = 2500;

/** A runway in one direction: the frame in which take-offs and landings are laid out. */
export interface RunwayStrip {
  readonly airport: Airport;
  /** Name of the end one starts at, "06". */
  readonly name: string;
  /** Threshold. */
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly directionDeg: number;
  readonly lengthM: number;
  readonly elevationFt: number;
  /** +1 when the apron lies to the right of this direction, -1 to the left. */
  readonly apronSide: 1 | -1;
  /** How far along the runway the apron lies, metres. */
  readonly apronAlongM: number;
  readonly plane: LocalPlane;
}

/** @returns the point `alongM` past the threshold and `acrossM` to the right of the centreline */
export function stripPoint(
  strip: RunwayStrip,
  alongM: number,
  acrossM: number,
): { latDeg: number; lonDeg: number } {
  const sin = Math.sin(strip.directionDeg * RAD);
  const cos = Math.cos(strip.directionDeg * RAD);
  const east = alongM * sin + acrossM * cos;
  const north = alongM * cos - acrossM * sin;
  return {
    latDeg: strip.latDeg + north / strip.plane.metresPerLatDeg,
    lonDeg: normalLonDeg(strip.lonDeg + east / strip.plane.metresPerLonDeg),
  };
}

/** @returns metres past the threshold and right of the centreline of a strip */
export function stripOffsets(
  strip: RunwayStrip,
  latDeg: number,
  lonDeg: number,
): { alongM: number; acrossM: number } {
  const sin = Math.sin(strip.directionDeg * RAD);
  const cos = Math.cos(strip.directionDeg * RAD);
  const east = eastM(strip.plane, lonDeg);
  const north = northM(strip.plane, latDeg);
  return { alongM: east * sin + north * cos, acrossM: east * cos - north * sin };
}

/**
 * Lays out one direction of a runway. Without both thresholds the runway is centred on the airport's own position,
 * along the heading in the table, or along the number painted on it.
 *
 * @param endIndex which of the runway's two ends is the threshold used
 */
export function runwayStrip(airport: Airport, runway: Runway, endIndex: 0 | 1): RunwayStrip {
  const end = runway.ends[endIndex];
  const far = runway.ends[endIndex === 0 ? 1 : 0];
  const known = [end.latDeg, end.lonDeg, far.latDeg, far.lonDeg].every(Number.isFinite);
  const lengthM = known
    ? sphereDistanceM(end.latDeg, end.lonDeg, far.latDeg, far.lonDeg)
    : Number.isFinite(runway.lengthM)
      ? runway.lengthM
      : USUAL_LENGTH_M;
  const directionDeg = known ? planeDirectionDeg(end, far) : statedDirectionDeg(end, far);
  const threshold = known ? end : shifted(airport, directionDeg + 180, lengthM / 2);
  const bare = {
    airport,
    name: end.name,
    latDeg: threshold.latDeg,
    lonDeg: threshold.lonDeg,
    directionDeg,
    lengthM,
    elevationFt: Number.isFinite(airport.elevationFt) ? airport.elevationFt : 0,
    apronSide: 1 as const,
    apronAlongM: lengthM / 2,
    plane: localPlaneAt(threshold.latDeg, threshold.lonDeg),
  };
  const apron = stripOffsets(bare, airport.latDeg, airport.lonDeg);
  return {
    ...bare,
    apronSide: apron.acrossM < 0 ? -1 : 1,
    apronAlongM: Math.max(0.15 * lengthM, Math.min(0.85 * lengthM, apron.alongM)),
  };
}

/**
 * Chooses a runway the way the wind usually does: trade winds near the equator, westerlies elsewhere.
 *
 * @param wantedName takes that end when the airport has it, whatever the wind
 */
export function chooseStrip(
  airport: Airport,
  random: RandomSource,
  wantedName?: string,
): RunwayStrip {
  const open = airport.runways.filter((runway) => !runway.closed && runway.surface !== "water");
  // Draw first, so that a missing runway changes nothing further on.
  const against = random() < 0.12;
  if (open.length === 0) return runwayStrip(airport, assumedRunway(airport), 0);
  for (const runway of open) {
    const wanted = runway.ends.findIndex((end) => end.name === wantedName);
    if (wanted >= 0) return runwayStrip(airport, runway, wanted === 0 ? 0 : 1);
  }
  const longest = open.reduce((best, runway) =>
    lengthOf(runway) > lengthOf(best) ? runway : best,
  );
  const windFromDeg = Math.abs(airport.latDeg) < 25 ? 75 : 250;
  const first = runwayStrip(airport, longest, 0);
  const intoWind = Math.abs(turnDeg(first.directionDeg, windFromDeg)) <= 90;
  return intoWind === against ? runwayStrip(airport, longest, 1) : first;
}

function lengthOf(runway: Runway): number {
  return Number.isFinite(runway.lengthM) ? runway.lengthM : 0;
}

function assumedRunway(airport: Airport): Runway {
  const end = { latDeg: Number.NaN, lonDeg: Number.NaN };
  return {
    id: `${airport.ident}-assumed`,
    lengthM: USUAL_LENGTH_M,
    widthM: 45,
    surface: "unknown",
    closed: false,
    ends: [
      { ...end, name: "09", headingDeg: 90 },
      { ...end, name: "27", headingDeg: 270 },
    ],
  };
}

function planeDirectionDeg(from: RunwayEnd, to: RunwayEnd): number {
  const plane = localPlaneAt(from.latDeg, from.lonDeg);
  return normalDeg(Math.atan2(eastM(plane, to.lonDeg), northM(plane, to.latDeg)) / RAD);
}

function statedDirectionDeg(end: RunwayEnd, far: RunwayEnd): number {
  if (Number.isFinite(end.headingDeg)) return normalDeg(end.headingDeg);
  if (Number.isFinite(far.headingDeg)) return normalDeg(far.headingDeg + 180);
  const painted = Number.parseInt(end.name, 10);
  return Number.isFinite(painted) ? normalDeg(painted * 10) : 90;
}

function shifted(
  place: { readonly latDeg: number; readonly lonDeg: number },
  directionDeg: number,
  distanceM: number,
): { latDeg: number; lonDeg: number } {
  const plane = localPlaneAt(place.latDeg, place.lonDeg);
  return {
    latDeg: place.latDeg + (distanceM * Math.cos(directionDeg * RAD)) / plane.metresPerLatDeg,
    lonDeg: normalLonDeg(
      place.lonDeg + (distanceM * Math.sin(directionDeg * RAD)) / plane.metresPerLonDeg,
    ),
  };
}
