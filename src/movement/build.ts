import type { Airport } from "../place/airport.js";
import { callsignAt, isSimulated } from "../track/track.js";
import { calibrated, calibratedCandidates } from "./calibration.js";
import type { CalibrationTable } from "./calibration-shape.js";
import { CALIBRATION_TABLE } from "./calibration-table.js";
import { entitledAirport, type Ranked, toCandidates } from "./candidates.js";
import { exhibitsFor } from "./evidence.js";
import type { Candidate, EvidenceClass, Movement, MovementKind } from "./movement.js";
import type { Scene } from "./scene.js";

/** What a detector found; `buildMovement` adds what follows from it. */
export interface Finding {
  readonly kind: MovementKind;
  readonly evidence: "seen" | "inferred";
  readonly evidenceClass: EvidenceClass;
  readonly probability: number;
  readonly timeFromMs: number;
  readonly timeToMs: number;
  readonly timeMs: number;
  readonly ranked: readonly Ranked[];
  readonly offAirport?: boolean;
  /** Class of the evidence that tells the place, where another side of the gap tells it. */
  readonly placeClass?: EvidenceClass | undefined;
  /** Share of the probability kept for places that are not ranked, beside what every ranking keeps; 0 when left out. */
  readonly elsewhere?: number;
  /** Point whose position and callsign stand for the event. */
  readonly index: number;
  /** Points that carry the statement: `exhibitStart` up to, not including, `exhibitEnd`. */
  readonly exhibitStart: number;
  readonly exhibitEnd: number;
  readonly runway?: string | undefined;
  /** Says what was seen; gets the airport that may be named, or undefined. */
  readonly basis: (airport: Airport | undefined) => string;
}

/** With a grave doubt about the track nothing is more than even odds. Source: docs/method.md, integrity. */
const DOUBTED_MAX_PROBABILITY = 0.5;

/** Begins the doubts in a sentence; they stand at its end. */
export const DOUBT_MARK = "; in doubt: ";

/** A scene may bring its own table: fitting needs the probabilities as they are before any is applied. */
export type CalibratedScene = Scene & { readonly calibration?: CalibrationTable | undefined };

/**
 * Turns a finding into a movement: candidates become probabilities, both kinds are calibrated, and a name is given
 * where one may be given.
 */
export function buildMovement(scene: CalibratedScene, finding: Finding): Movement {
  const { track, calibration = CALIBRATION_TABLE } = scene;
  const { placeClass = finding.evidenceClass, elsewhere = 0 } = finding;
  const high = placeClass === "G5" || placeClass === "G8";
  const ranked = finding.offAirport ? [] : toCandidates(finding.ranked, high);
  const stated = {
    probability: finding.probability,
    evidenceClass: finding.evidenceClass,
    // Calibration is fitted on what is stated: nothing may be taken off afterwards.
    candidates: elsewhere === 0 ? ranked : ranked.map((each) => lessSure(each, elsewhere)),
  };
  const candidates = calibratedCandidates(calibration, { ...stated, evidenceClass: placeClass });
  const probability = calibrated(calibration, stated);
  const airport = entitledAirport(candidates);
  if (Number.isNaN(finding.timeMs)) throw new RangeError(`${finding.kind} without a time`);
  // Whole milliseconds, as the lake keeps them: the same movement must be the same from either.
  const timeFromMs = Math.round(finding.timeFromMs);
  const timeToMs = Math.round(finding.timeToMs);
  const timeMs = Math.min(timeToMs, Math.max(timeFromMs, Math.round(finding.timeMs)));
  return {
    kind: finding.kind,
    address: track.address,
    timeFromMs,
    timeToMs,
    timeMs,
    airport,
    candidates,
    offAirport: finding.offAirport ?? false,
    latDeg: track.latDeg[finding.index]!,
    lonDeg: track.lonDeg[finding.index]!,
    runway: airport ? finding.runway : undefined,
    evidence: finding.evidence,
    evidenceClass: finding.evidenceClass,
    probability: scene.integrity.grave
      ? Math.min(DOUBTED_MAX_PROBABILITY, probability)
      : probability,
    basis: scene.integrity.grave
      ? `${finding.basis(airport)}${DOUBT_MARK}${scene.integrity.doubts.join("; ")}`
      : finding.basis(airport),
    callsign: callsignAt(track, finding.index),
    simulated: isSimulated(track),
    exhibits: exhibitsFor(track, finding.exhibitStart, finding.exhibitEnd),
  };
}

function lessSure({ airport, probability }: Candidate, elsewhere: number): Candidate {
  return { airport, probability: probability * (1 - elsewhere) };
}

/** @returns "MUHA (Jose Marti International Airport)", or "an airport that cannot be named" */
export function placeName(airport: Airport | undefined): string {
  return airport
    ? `${airport.ident} (${airport.name})`
    : "a field that cannot be told from its neighbours";
}
