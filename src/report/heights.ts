/**
 * How high the positions of a line are drawn. Aircraft send two altitudes: pressure altitude, which is off by as much as
 * the air differs from the standard one, and geometric altitude above the WGS 84 ellipsoid, which becomes an altitude
 * above mean sea level when the height of the geoid is taken from it.
 */

import type { Contact } from "../track/gap.js";
import { FLAG_ALTITUDE_GEOMETRIC, GROUND_YES, type Track } from "../track/track.js";
import { METRES_PER_FOOT } from "../units/quantity.js";

/**
 * What a person may choose. "auto": above mean sea level in contacts that have geometric altitudes, else pressure altitude;
 * "ground": everything on the ground below it.
 */
export const ALTITUDE_MODES = ["auto", "sea-level", "pressure", "ground"] as const;
export type AltitudeMode = (typeof ALTITUDE_MODES)[number];

/** Height of mean sea level above the WGS 84 ellipsoid at a place, m (EGM96). */
export type GeoidHeight = (latDeg: number, lonDeg: number) => number;

export interface HeightOptions {
  /** "auto" when left out. */
  readonly altitudeMode?: AltitudeMode | undefined;
  /** Without it there is no altitude above mean sea level. */
  readonly geoidHeightM?: GeoidHeight | undefined;
}

/** How high a stretch is known to be; "draped" is on the ground below because that was asked for. */
export type Level = "ground" | "sea-level" | "pressure" | "unknown" | "draped";

/** What a level is, in words. */
export const LEVEL_TEXT: Readonly<Record<Level, string>> = {
  ground: "on the ground",
  "sea-level": "altitude above mean sea level (geometric, EGM96)",
  pressure: "pressure altitude (1013.25 hPa), not height above ground or sea",
  unknown: "altitude unknown, drawn on the ground below",
  draped: "altitude not drawn",
};

/** A stretch of a contact that is drawn in one way. */
export interface LevelRun extends Contact {
  readonly level: Level;
}

/**
 * In "auto" a contact is drawn above sea level when this share of its positions in the air has a geometric altitude.
 * chosen: 0.9; feeds have it at 97 % of positions or more, or hardly at all (test/report/heights.test.ts).
 */
const GEOMETRIC_MIN_SHARE = 0.9;

/** Cuts a contact where its height is known in another way; every point is in one run. */
export function levelRuns(track: Track, contact: Contact, options: HeightOptions): LevelRun[] {
  const choice = choiceFor(track, contact, options);
  const runs: LevelRun[] = [];
  let start = contact.start;
  for (let i = contact.start; i < contact.end; i++) {
    const level = levelAt(track, i, choice);
    if (i + 1 < contact.end && levelAt(track, i + 1, choice) === level) continue;
    runs.push({ start, end: i + 1, level });
    start = i + 1;
  }
  return runs;
}

/** @returns altitude above mean sea level or pressure altitude, m, as the level says; NaN where it has none */
export function heightM(
  track: Track,
  i: number,
  level: Level,
  { geoidHeightM }: HeightOptions,
): number {
  if (level === "pressure") return track.altitudeFt[i]! * METRES_PER_FOOT;
  if (level !== "sea-level" || !geoidHeightM) return Number.NaN;
  const geoidM = geoidHeightM(track.latDeg[i]!, track.lonDeg[i]!);
  return geometricFt(track, i) * METRES_PER_FOOT - geoidM;
}

/**
 * Height above the WGS 84 ellipsoid, m, for programs that draw on it. A pressure altitude is taken as one above mean sea
 * level; without the geoid, as one above the ellipsoid.
 *
 * @returns NaN where the level has none
 */
export function ellipsoidHeightM(
  track: Track,
  i: number,
  level: Level,
  options: HeightOptions,
): number {
  if (level === "sea-level") return geometricFt(track, i) * METRES_PER_FOOT;
  const geoidM = options.geoidHeightM?.(track.latDeg[i]!, track.lonDeg[i]!) ?? 0;
  return heightM(track, i, level, options) + geoidM;
}

/** Levels in the order in which they are taken where known. */
type Choice = readonly Level[];

function choiceFor(
  track: Track,
  contact: Contact,
  { altitudeMode = "auto", geoidHeightM }: HeightOptions,
): Choice {
  if (altitudeMode === "ground") return ["draped"];
  if (altitudeMode === "pressure" || !geoidHeightM) return ["ground", "pressure"];
  if (altitudeMode === "sea-level") return ["ground", "sea-level"];
  let knownCount = 0;
  let geometricCount = 0;
  for (let i = contact.start; i < contact.end; i++) {
    if (levelAt(track, i, ["ground", "pressure", "sea-level"]) === "ground") continue;
    const isGeometric = Number.isFinite(geometricFt(track, i));
    if (isGeometric || Number.isFinite(track.altitudeFt[i]!)) knownCount++;
    if (isGeometric) geometricCount++;
  }
  return geometricCount >= GEOMETRIC_MIN_SHARE * knownCount
    ? ["ground", "sea-level", "pressure"]
    : ["ground", "pressure", "sea-level"];
}

function levelAt(track: Track, i: number, choice: Choice): Level {
  for (const level of choice) if (isKnown(track, i, level)) return level;
  return "unknown";
}

function isKnown(track: Track, i: number, level: Level): boolean {
  if (level === "ground") return track.ground[i] === GROUND_YES;
  if (level === "sea-level") return Number.isFinite(geometricFt(track, i));
  if (level === "pressure")
    return (
      Number.isFinite(track.altitudeFt[i]!) && (track.flags[i]! & FLAG_ALTITUDE_GEOMETRIC) === 0
    );
  return true;
}

/** Altitude above the ellipsoid, ft; some sources send it in place of the pressure altitude. */
function geometricFt(track: Track, i: number): number {
  const ft = track.geometricAltitudeFt[i]!;
  if (Number.isFinite(ft)) return ft;
  return (track.flags[i]! & FLAG_ALTITUDE_GEOMETRIC) === 0 ? Number.NaN : track.altitudeFt[i]!;
}
