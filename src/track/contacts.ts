import { sphereDistanceM } from "../geo/sphere.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import type { Contact, Gap } from "./gap.js";
import type { Track } from "./track.js";

/** A hole longer than this ends a contact. Source: docs/method.md; readsb calls a track lost after 5 min too. */
export const HOLE_MAX_MS = 5 * MINUTE_MS;

/**
 * Cuts a track where nobody heard the aircraft for longer than `holeMaxMs`. Neither midnight, nor a file's end, nor
 * a new callsign cuts anything.
 *
 * @returns contacts in time order; none for an empty track
 */
export function findContacts(track: Track, holeMaxMs: number = HOLE_MAX_MS): Contact[] {
  const contacts: Contact[] = [];
  let start = 0;
  for (let i = 1; i < track.length; i++) {
    if (track.timeMs[i]! - track.timeMs[i - 1]! > holeMaxMs) {
      contacts.push({ start, end: i });
      start = i;
    }
  }
  if (track.length > 0) contacts.push({ start, end: track.length });
  return contacts;
}

/** @returns what lies between consecutive contacts, one gap fewer than contacts */
export function findGaps(track: Track, contacts: readonly Contact[]): Gap[] {
  return contacts
    .slice(1)
    .map((contact, at) => gapBetween(track, contacts[at]!.end - 1, contact.start));
}

/** The gap between two points of a track. */
export function gapBetween(track: Track, lastIndex: number, nextIndex: number): Gap {
  const { timeMs, latDeg, lonDeg } = track;
  const fromMs = timeMs[lastIndex]!;
  const toMs = timeMs[nextIndex]!;
  const durationMs = toMs - fromMs;
  const distanceM = sphereDistanceM(
    latDeg[lastIndex]!,
    lonDeg[lastIndex]!,
    latDeg[nextIndex]!,
    lonDeg[nextIndex]!,
  );
  const averageSpeedKt =
    durationMs > 0 ? distanceM / METRES_PER_NM / (durationMs / HOUR_MS) : Number.NaN;
  return { lastIndex, nextIndex, fromMs, toMs, durationMs, distanceM, averageSpeedKt };
}
