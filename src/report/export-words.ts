/** Sentences that stand with what is drawn on a map: how it is known, and the rows it was read from. */

import { exhibitsFor } from "../movement/evidence.js";
import type { Track } from "../track/track.js";
import { utcMinutes } from "../units/time.js";
import type { StopJson } from "./journey-shape.js";
import { type ExhibitJson, exhibitJson, type MovementJson, type PriorsJson } from "./shapes.js";
import {
  basisSentence,
  evidenceSentences,
  grouped,
  movementSentence,
  openEndSentence,
  placeText,
  stopCandidatesText,
} from "./wording.js";

/** Stands before every name and title of what was simulated. */
export const SIMULATED_MARK = "SIMULATED";

/** @returns "SIMULATED " or nothing, to stand before a name */
export function markOf(simulated: boolean): string {
  return simulated ? `${SIMULATED_MARK} ` : "";
}

/** What a document of simulated positions says first. */
export const SIMULATED_SENTENCE = "SIMULATED: none of this happened.";

/** @returns rows that a stretch of track was read from, as exhibits; none of no points */
export function exhibitsOf(track: Track, start: number, end: number): ExhibitJson[] {
  return end > start ? exhibitsFor(track, start, end).map(exhibitJson) : [];
}

/** "Rows 342 to 351 of trace.json, SHA-256 753a...", one sentence for each. */
export function exhibitSentences(exhibits: readonly ExhibitJson[]): string[] {
  return exhibits.map(
    ({ rowFrom, rowTo, file, input }) =>
      `Rows ${rowFrom} to ${rowTo} (counted from 0) of ${file}, SHA-256 ${input}.`,
  );
}

/** All that is said of one movement: what happened, what that rests on, what was known beforehand, and the rows. */
export function movementSentences(movement: MovementJson): string[] {
  return [
    movementSentence(movement),
    ...(movement.timeLocal ? [`Local time of the estimate: ${movement.timeLocal}.`] : []),
    evidenceSentences(movement),
    ...routeSentences(movement.priors),
    ...exhibitSentences(movement.exhibits),
  ];
}

function routeSentences({ routes }: PriorsJson): string[] {
  if (!routes) return [];
  return [
    basisSentence(
      `a list of routes has ${routes.callsign} as ${routes.airports.join("-")} (${routes.file})`,
    ),
  ];
}

/** All that is said of one stop; of an open end only that it is none. */
export function stopSentences(stop: StopJson): string[] {
  if (stop.openEnd) return [openEndSentence(stop)];
  const candidates = stopCandidatesText(stop);
  return [
    stop.evidence === "seen" ? "Seen: received there." : "Inferred: nobody received the stop.",
    ...(!stop.airport && candidates ? [`Possible: ${candidates}.`] : []),
    ...[stop.landing, stop.takeoff].flatMap((one) => (one ? movementSentences(one) : [])),
    ...(stop.landing ? [] : ["Its landing is not in this data."]),
    ...(stop.takeoff ? [] : ["When it left is not in this data."]),
  ];
}

/** "2 Blaise Diagne International Airport (GOBD), inferred": the name of a stop on a map. */
export function stopName(stop: StopJson): string {
  if (stop.openEnd) return `? ${stop.openEnd === "before" ? "first" : "last"} heard in the air`;
  const candidates = stopCandidatesText(stop);
  const place = stop.airport ? placeText(stop) : `not named${candidates ? `, ${candidates}` : ""}`;
  return `${stop.number} ${place}, ${stop.evidence}`;
}

/** When a stop lasted as far as anything tells: from the earliest time of its landing to the latest of its take-off. */
export function stopSpan({ landing, takeoff }: StopJson): { from: string; to: string } | undefined {
  const from = landing?.timeFrom ?? takeoff?.timeFrom;
  const to = takeoff?.timeTo ?? landing?.timeTo;
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** "Received: 301 positions from 2019-01-23 12:01Z to 12:26Z." */
export function receivedSentence(count: number, fromMs: number, toMs: number): string {
  const positions = count === 1 ? "1 position" : `${grouped(count)} positions`;
  return `Received: ${positions} from ${utcMinutes(fromMs)} to ${utcMinutes(toMs)}.`;
}
