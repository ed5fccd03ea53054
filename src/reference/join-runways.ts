import { bearingDeg, sphereDistanceM, turnDeg } from "../geo/sphere.js";
import type { Runway, RunwayEnd } from "../place/airport.js";
import { METRES_PER_FOOT } from "../units/quantity.js";
import type { NewerRunway, NewerRunwayEnd, OlderRunway } from "./source-rows.js";

/** An end farther than this from its airport belongs to another one. Chosen: 8 such ends exist, all wrong. */
const END_DISTANCE_MAX_M = 6_000;
/** Two ends nearer than this are one point entered twice, and have no direction. Chosen: shortest strips. */
const ENDS_APART_MIN_M = 150;
/** A heading this far from the painted number is an error of entry; 45 leaves room for variation up to 40. */
const NAME_MISMATCH_DEG = 45;

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Runways of one airport from both tables, joined by OurAirports' runway id, in order of id. */
export function joinRunways(
  older: readonly OlderRunway[],
  newer: readonly NewerRunway[],
  airport: Place,
): Runway[] {
  const newerById = new Map(newer.map((runway) => [runway.id, runway]));
  const olderById = new Map(older.map((runway) => [runway.id, runway]));
  const ids = [...new Set([...olderById.keys(), ...newerById.keys()])];
  ids.sort((a, b) => Number(a) - Number(b));
  return ids
    .map((id) => joinRunway(id, olderById.get(id), newerById.get(id), airport))
    .filter((runway) => runway !== undefined);
}

function joinRunway(
  id: string,
  older: OlderRunway | undefined,
  newer: NewerRunway | undefined,
  airport: Place,
): Runway | undefined {
  const low = placedEnd(newer?.low, older?.leIdent, airport);
  const high = placedEnd(newer?.high, older?.heIdent, airport);
  const lengthM = metres(firstPositive(newer?.lengthFt, older?.length));
  // A row without name, length and position says nothing about where a landing could be.
  if (low.name === "" && high.name === "" && Number.isNaN(lengthM + low.latDeg)) return undefined;
  return {
    id,
    lengthM,
    widthM: metres(firstPositive(newer?.widthFt, older?.width)),
    surface: surfaceOf(older?.surface ?? ""),
    closed: older?.closed ?? false,
    ends: alignedEnds(low, high),
  };
}

function firstPositive(...values: readonly (number | undefined)[]): number {
  return values.find((value) => value !== undefined && value > 0) ?? Number.NaN;
}

function metres(feet: number): number {
  return Math.round(feet * METRES_PER_FOOT * 10) / 10;
}

function placedEnd(
  newer: NewerRunwayEnd | undefined,
  olderName: string | undefined,
  airport: Place,
): RunwayEnd {
  const name = (newer?.name || olderName || "").trim().toUpperCase();
  const none = { name, latDeg: Number.NaN, lonDeg: Number.NaN, headingDeg: Number.NaN };
  if (!newer) return none;
  const distanceM = sphereDistanceM(airport.latDeg, airport.lonDeg, newer.latDeg, newer.lonDeg);
  // Kept stated heading: 0 is how the table writes "unknown".
  const headingDeg = newer.headingDeg > 0 ? newer.headingDeg % 360 : Number.NaN;
  if (!(distanceM <= END_DISTANCE_MAX_M)) return { ...none, headingDeg };
  return {
    name,
    latDeg: rounded(newer.latDeg, 1e6),
    lonDeg: rounded(newer.lonDeg, 1e6),
    headingDeg,
  };
}

function rounded(value: number, factor: number): number {
  return Math.round(value * factor) / factor;
}

/** Headings from the two ends where both are placed; else the stated one, turned round for the other end. */
function alignedEnds(low: RunwayEnd, high: RunwayEnd): readonly [RunwayEnd, RunwayEnd] {
  const apartM = sphereDistanceM(low.latDeg, low.lonDeg, high.latDeg, high.lonDeg);
  if (apartM >= ENDS_APART_MIN_M) {
    const headingDeg = bearingDeg(low.latDeg, low.lonDeg, high.latDeg, high.lonDeg);
    const backDeg = bearingDeg(high.latDeg, high.lonDeg, low.latDeg, low.lonDeg);
    const offDeg = Math.abs(turnDeg(headingDeg, numberHeadingDeg(low.name)));
    // Positions entered under each other's name: the numbers are painted on the ground, so they win.
    if (offDeg > 180 - NAME_MISMATCH_DEG) {
      return [
        { ...high, name: low.name, headingDeg: tenth(backDeg) },
        { ...low, name: high.name, headingDeg: tenth(headingDeg) },
      ];
    }
    if (!(offDeg > NAME_MISMATCH_DEG)) {
      return [
        { ...low, headingDeg: tenth(headingDeg) },
        { ...high, headingDeg: tenth(backDeg) },
      ];
    }
    return [withoutPlace(low), withoutPlace(high)];
  }
  if (apartM < ENDS_APART_MIN_M) return [withoutPlace(low), withoutPlace(high)];
  const statedDeg = statedHeadingDeg(low, high);
  return [
    { ...low, headingDeg: tenth(statedDeg) },
    { ...high, headingDeg: tenth((statedDeg + 180) % 360) },
  ];
}

function withoutPlace(end: RunwayEnd): RunwayEnd {
  return { name: end.name, latDeg: Number.NaN, lonDeg: Number.NaN, headingDeg: Number.NaN };
}

function tenth(directionDeg: number): number {
  return rounded(directionDeg, 10) % 360;
}

function statedHeadingDeg(low: RunwayEnd, high: RunwayEnd): number {
  const candidates = [low.headingDeg, (high.headingDeg + 180) % 360];
  return (
    candidates.find(
      (headingDeg) =>
        Number.isFinite(headingDeg) &&
        !(Math.abs(turnDeg(headingDeg, numberHeadingDeg(low.name))) > NAME_MISMATCH_DEG),
    ) ?? Number.NaN
  );
}

/** @returns 10 times the painted number, magnetic, 0..350; NaN for "N", "H1" or no name */
export function numberHeadingDeg(name: string): number {
  const match = /^(\d{1,2})[LCRTWSGU]?$/.exec(name);
  const tens = match ? Number(match[1]) : Number.NaN;
  return tens >= 1 && tens <= 36 ? (tens * 10) % 360 : Number.NaN;
}

/** OurAirports' surfaces are free text in several languages; the first word that fits decides. */
function surfaceOf(text: string): Runway["surface"] {
  const word = text.toLowerCase();
  if (/^(wat|h2o)/.test(word)) return "water";
  if (/^(unk|x$|n$|$)/.test(word)) return "unknown";
  if (
    /^(asp|con|bit|pem|paved|tar|mac|pav|met|psp|mats|pad|roof|wood|steel|alum|brick|deck|b$|s$|c$)/.test(
      word,
    )
  )
    return "hard";
  if (
    /^(tur|gra?s|gr|dirt|ear|gvl|grav|sand|cla|pi[cç]arra|soil|ground|lat|coral|snow|ice|g$|l$|sod|salt|terra|loam|mud|silt|shale|dunes|calic|cop|caliche)/.test(
      word,
    )
  )
    return "soft";
  return "unknown";
}
