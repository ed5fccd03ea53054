/** What files for map programs are made of: one aircraft's positions, and what was found in them. */

import type { Contact, Gap } from "../track/gap.js";
import { isSimulated, type Track } from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import type { HeightOptions } from "./heights.js";
import type { JourneyJson } from "./journey-shape.js";
import { isHiddenStop } from "./place-words.js";

/** One aircraft. Indices in contacts and gaps point into `track`, which is a cleaned one. */
export interface TrackExport extends HeightOptions {
  readonly track: Track;
  readonly contacts: readonly Contact[];
  readonly gaps: readonly Gap[];
  /** Where there are any, only what lies in them is written. */
  readonly journeys: readonly JourneyJson[];
  /** What it is called, without the mark of simulation. */
  readonly title: string;
}

/** A stretch of one aircraft's time: a journey, or with `journey` left out all of the track. */
export interface ExportPart {
  readonly journey?: JourneyJson;
  readonly contacts: readonly Contact[];
  readonly gaps: readonly Gap[];
}

/** True when anything of it was simulated. */
export function isSimulatedExport({ track, journeys }: TrackExport): boolean {
  return isSimulated(track) || journeys.some((journey) => journey.simulated);
}

/** Journeys with the contacts and gaps inside them; without journeys the whole track as one part. */
export function exportParts(input: TrackExport): ExportPart[] {
  const { contacts, gaps, journeys } = input;
  if (journeys.length === 0) return [{ contacts, gaps }];
  return journeys.map((journey) => partOf(input, journey));
}

function partOf({ track, contacts, gaps }: TrackExport, journey: JourneyJson): ExportPart {
  // Both are whole seconds, the milliseconds dropped.
  const fromMs = Date.parse(journey.from);
  const toMs = Date.parse(journey.to) + SECOND_MS - 1;
  const [first] = journey.stops;
  const isReachedUnseen = first !== undefined && isHiddenStop(first);
  return {
    journey,
    contacts: contacts
      .map(({ start, end }) => clip(track, { start, end }, fromMs, toMs))
      .filter(({ start, end }) => end > start),
    gaps: gaps.filter((gap) => {
      const isInside = gap.toMs >= fromMs + SECOND_MS && gap.fromMs <= toMs - SECOND_MS;
      // A journey that begins with a stop nobody saw is reached over the silence that hides it.
      const isBefore = isReachedUnseen && gap.fromMs < fromMs && gap.toMs >= fromMs;
      return isInside || isBefore;
    }),
  };
}

function clip(track: Track, contact: Contact, fromMs: number, toMs: number): Contact {
  let { start, end } = contact;
  while (start < end && track.timeMs[start]! < fromMs) start++;
  while (end > start && track.timeMs[end - 1]! > toMs) end--;
  return { start, end };
}

/** One received position for a writer of lines. */
export interface LinePoint {
  readonly timeMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Its place in the track. */
  readonly index: number;
}

/** @returns points of a stretch whose place is known, degrees to six decimals, as the lake keeps them */
export function linePoints(track: Track, { start, end }: Contact): LinePoint[] {
  const points: LinePoint[] = [];
  for (let i = start; i < end; i++) {
    const [latDeg, lonDeg] = [micro(track.latDeg[i]!), micro(track.lonDeg[i]!)];
    if (Number.isFinite(latDeg) && Number.isFinite(lonDeg))
      points.push({ timeMs: track.timeMs[i]!, latDeg, lonDeg, index: i });
  }
  return points;
}

/** The received positions of a stretch whose place is known, in short. */
export interface LineSpan {
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Whether two of them lie on both sides of 180 degrees, next to each other. */
  readonly crossesAntimeridian: boolean;
}

/** @returns undefined without any */
export function lineSpan(track: Track, { start, end }: Contact): LineSpan | undefined {
  const { timeMs, latDeg, lonDeg } = track;
  let [count, first, last] = [0, -1, -1];
  let crossesAntimeridian = false;
  for (let i = start; i < end; i++) {
    if (!Number.isFinite(latDeg[i]!) || !Number.isFinite(lonDeg[i]!)) continue;
    if (last >= 0 && Math.abs(lonDeg[i]! - lonDeg[last]!) > 180) crossesAntimeridian = true;
    if (first < 0) first = i;
    last = i;
    count++;
  }
  if (count === 0) return undefined;
  return { count, firstMs: timeMs[first]!, lastMs: timeMs[last]!, crossesAntimeridian };
}

function micro(degrees: number): number {
  return Number(degrees.toFixed(6)) + 0;
}
