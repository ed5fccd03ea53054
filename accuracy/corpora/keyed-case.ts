import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport, AirportTable } from "../../src/place/airport.js";
import type { Track } from "../../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";
import type { Case, Grade, Negative, Truth, TruthKind } from "../case.js";
import { seenEnd } from "./ground-ends.js";
import { highFlight } from "./sessions.js";

/** One recorded flight whose origin and destination are known from elsewhere. */
export interface KnownFlight {
  readonly corpus: string;
  readonly file: string;
  /** Tells the cases of one file apart. */
  readonly name: string;
  readonly track: Track;
  readonly from: Airport | undefined;
  readonly to: Airport | undefined;
  readonly grade: Grade;
  readonly how: string;
  readonly aircraftKey: string;
}

const NEAR_M = 20 * METRES_PER_NM;
const LOW_FT = 6_000;
const HIGH_FT = 8_000;
const AFTER_MS = 10 * MINUTE_MS;
const DESCENT_FPM = 700;

/**
 * A flight of which every movement is known: one take-off, one landing. An end is asked about when the track comes
 * near and low there; where the track ends high, a landing is an error.
 */
export function knownFlightCase(flight: KnownFlight, airports: AirportTable): Case {
  const { track, corpus, file, name } = flight;
  const negatives: Negative[] = [...highFlight(track)];
  const truths: Truth[] = [];
  const takeoff = endTruth(flight, "takeoff", airports);
  const landing = endTruth(flight, "landing", airports);
  if (takeoff) truths.push(takeoff);
  if (landing) truths.push(landing);
  else if (track.altitudeFt[track.length - 1]! > HIGH_FT) {
    const fromMs = track.timeMs[track.length - 1]! - MINUTE_MS;
    negatives.push({ fromMs, toMs: fromMs + AFTER_MS, why: "the track ends high in the air" });
  }
  return {
    id: `${corpus} ${file} ${name}`,
    corpus,
    file: `${corpus}/${file}`,
    track,
    truths,
    negatives,
    complete: true,
    special: false,
    aircraftKey: flight.aircraftKey,
    airportKey: (landing ?? takeoff)?.airport?.ident ?? "none",
  };
}

function endTruth(
  { track, from, to, grade, how }: KnownFlight,
  kind: TruthKind,
  airports: AirportTable,
): Truth | undefined {
  const airport = kind === "landing" ? to : from;
  if (!airport || track.length === 0) return undefined;
  const at = kind === "landing" ? track.length - 1 : 0;
  const distanceM = sphereDistanceM(
    track.latDeg[at]!,
    track.lonDeg[at]!,
    airport.latDeg,
    airport.lonDeg,
  );
  const heightFt = lowestNear(track, at) - airport.elevationFt;
  if (distanceM > NEAR_M || heightFt > LOW_FT) return undefined;
  const side = kind === "landing" ? "last" : "first";
  const seen = seenEnd(track, { start: 0, end: track.length, side }, airports);
  const timed = seen?.airport === airport;
  const lagMs = (Math.max(0, heightFt || 0) / DESCENT_FPM) * MINUTE_MS;
  return {
    kind,
    airport,
    timeMs: timed ? seen.timeMs : track.timeMs[at]! + (kind === "landing" ? lagMs : -lagMs),
    toleranceMs: timed ? seen.toleranceMs : 2 * lagMs + MINUTE_MS,
    timed: timed && seen.toleranceMs <= 2 * MINUTE_MS,
    seen: timed ? "ground" : "low",
    grade,
    how,
  };
}

/** Altitude at an end; an unknown one on the ground counts as the ground's. */
function lowestNear(track: Track, at: number): number {
  const altitudeFt = track.altitudeFt[at]!;
  return Number.isFinite(altitudeFt) ? altitudeFt : Number.NEGATIVE_INFINITY;
}
