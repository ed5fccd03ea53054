/** Numbers, times and classes as the page writes them. */

import type { StopJson } from "../../src/api/shapes.js";
import { METRES_PER_NM } from "../../src/units/quantity.js";
import { formatDuration, utcMinutes } from "../../src/units/time.js";
import type { Period } from "./period.js";

/** @returns "2019-01-23T08:55Z", as addresses and the API take it */
export function minuteText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16)}Z`;
}

/** @returns "2019-01-23T08:55Z" on a whole minute, else "2019-01-23T08:55:17Z" or "2019-01-23T08:55:17.250Z" */
export function instantText(timeMs: number): string {
  const iso = new Date(timeMs).toISOString().slice(0, -1);
  return `${iso.replace(/(?::00)?\.000$/, "")}Z`;
}

/** @returns the same without parts of a second, for clocks */
export function secondText(timeMs: number): string {
  return instantText(Math.floor(timeMs / 1000) * 1000);
}

/** @returns the text with a capital first */
export function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** @returns "23 Jan 2019" */
export function dayText(timeMs: number): string {
  return new Date(timeMs).toUTCString().slice(5, 16).replace(/^0/, "");
}

/** @returns "23 Jan 2019", or for two days "23 – 24 Jan 2019" */
export function daysText({ fromMs, toMs }: Period): string {
  const [first, last] = [dayText(fromMs), dayText(toMs)];
  if (first === last) return first;
  // " Jan 2019"
  const isOneMonth = first.slice(-9) === last.slice(-9);
  return `${isOneMonth ? first.slice(0, -9) : first} – ${last}`;
}

/** @returns "08:55Z" */
export function clockText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(11, 16)}Z`;
}

/** @returns "2019-01-23 08:55Z", or "–" when unknown */
export function utcText(iso: string | null | undefined): string {
  const timeMs = iso == null ? Number.NaN : Date.parse(iso);
  return Number.isFinite(timeMs) ? utcMinutes(timeMs) : "–";
}

/** @returns "Wed 08:55 UTC-3" out of "Wed 23 Jan 2019 08:55 (UTC-3)"; the day stays where it differs from UTC's */
export function localText(local: string | null, iso: string | null): string {
  const match = /^(\w{3}) (\d+) (\w{3}) \d{4} (\d\d:\d\d) \(([^)]+)\)$/.exec(local ?? "");
  if (!match || iso === null) return local ?? "";
  const [, , day, month, clock, zone] = match;
  const sameDay = new Date(Date.parse(iso)).getUTCDate() === Number(day);
  return `${sameDay ? "" : `${day} ${month} `}${clock} local, ${zone}`;
}

/** @returns "3 h 05 min" of seconds, "–" when unknown */
export function durationText(seconds: number | null): string {
  return seconds === null ? "–" : formatDuration(seconds * 1000);
}

/** @returns "12,345" */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @returns what a map of one part of a list must say; "" when the part is all of it */
export function partOfListText(offset: number, count: number, total: number | null): string {
  if (count === 0 || (offset === 0 && count === total)) return "";
  const all = total === null ? "" : ` of ${grouped(total)}`;
  return `Marks and numbers: rows ${grouped(offset + 1)} to ${grouped(offset + count)}${all} only`;
}

/** @returns "1,711 NM (3,169 km)" */
export function distanceText(distanceKm: number | null): string {
  if (distanceKm === null) return "–";
  return `${grouped((distanceKm * 1000) / METRES_PER_NM)} NM (${grouped(distanceKm)} km)`;
}

/** @returns "0.995", three digits at most; "–" when unknown */
export function shareText(share: number | null): string {
  return share === null ? "–" : String(Math.round(share * 1000) / 1000);
}

/** @returns "34,000 ft", "on the ground" or "altitude unknown" */
export function altitudeText(altitudeFt: number | null, onGround: boolean | null): string {
  if (onGround === true) return "on the ground";
  return altitudeFt === null ? "altitude unknown" : `${grouped(altitudeFt)} ft`;
}

/** Evidence as three shapes: a full ring, a half one, an open one. */
export type EvidenceShape = "seen" | "inferred" | "possible";

/** @returns how a stop or movement is drawn: without a named place it is only possible */
export function evidenceShape(one: {
  readonly airport: string | null;
  readonly evidence: "seen" | "inferred";
  readonly offAirport?: boolean;
}): EvidenceShape {
  if (one.airport === null && one.offAirport !== true) return "possible";
  return one.evidence;
}

/** The word beside each shape. */
export const EVIDENCE_WORDS: Readonly<Record<EvidenceShape, string>> = {
  seen: "Seen",
  inferred: "Inferred",
  possible: "Possible",
};

/**
 * @returns the place of a stop in few words; where more speaks for "cannot tell" and "elsewhere" than for all its
 * candidates together, these are no short list of places
 */
export function stopPlaceText(stop: StopJson): string {
  const { outcomes, airport } = stop;
  if (airport === null && outcomes) {
    const named = outcomes.airports.reduce((sum, { probability }) => sum + probability, 0);
    if (outcomes.cannotTell + outcomes.offAirport >= named) return "place not known";
  }
  return placeText(stop);
}

/** @returns the place of a movement in few words: ident, or how many it may have been */
export function placeText(one: {
  readonly airport: string | null;
  readonly offAirport?: boolean;
  readonly candidates: readonly { readonly airport: string }[];
}): string {
  if (one.airport !== null) return one.airport;
  if (one.offAirport === true) return "no known airport";
  const idents = one.candidates.slice(0, 3).map(({ airport }) => airport);
  if (idents.length === 0) return "place not known";
  const more = one.candidates.length - idents.length;
  return `one of ${idents.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What lines, rings and areas of a map mean. */
export const LEGEND_WORDS = {
  gap: "Not heard: shortest path, not a route",
  edge: "Last or next heard: no stop",
  seen: "Stop seen",
  inferred: "Stop inferred",
  possible: "Possible place",
  excluded: "Runway too short for the type",
  reach: "In reach in the whole gap",
  lens: "In reach at this moment",
  area: "Area asked about",
  crossing: "Heard to come in, or leave",
  unheard: "Nobody heard it come in, or leave",
} as const;
