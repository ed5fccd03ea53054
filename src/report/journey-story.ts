/** A journey in one plain sentence: what was seen, what is inferred, and where the data ends. */
import { isTimed } from "../journey/journey.js";
import { MINUTE_MS } from "../units/quantity.js";
import { formatDuration, localTime } from "../units/time.js";
import type { JourneyModel } from "./dossier-model.js";
import type { StopJson } from "./journey-shape.js";
import { isHiddenStop, localPart, placeInWords, positionText } from "./place-words.js";
import type { GapEdgeJson, MovementJson } from "./shapes.js";
import { candidatesText, feetText, landedText } from "./wording.js";

/**
 * "RA-00960 (SIMULATED) left Vnukovo, Russia (seen), on Wed 23 Jan 2019 at 00:20Z; landed at ...": every stop with
 * how it is known, then how the journey ends. Departures from stops on the way are left to the table.
 */
export function journeyStory(model: JourneyModel): string {
  const clock = new Clock();
  const told = model.journey.stops.map((_, index) => tellStop(model, index, clock));
  const clauses = told.map(([clause]) => clause);
  const after = told.flatMap(([, sentence]) => (sentence ? [sentence] : []));
  return [`${whoText(model.journey)} ${clauses.join("; ")}.`, ...after].join(" ");
}

/** "RA-00960 (SIMULATED)", or "Aircraft 1403c0": who a sentence is about. */
export function whoText(aircraft: {
  readonly registration: string | null;
  readonly hex: string;
  readonly simulated: boolean;
}): string {
  const { registration, hex, simulated } = aircraft;
  return `${registration ?? `Aircraft ${hex}`}${simulated ? " (SIMULATED)" : ""}`;
}

/** How a journey began and how it ended: "left ... (seen), on ...", "was last heard in the air ...". */
export function journeyEnds(first: JourneyModel, last: JourneyModel): { first: Told; last: Told } {
  const clock = new Clock();
  const began = tellStop(first, 0, clock);
  return { first: began, last: tellStop(last, last.journey.stops.length - 1, clock) };
}

/** One stop or open end as sentences that can stand alone: "Landed at ... (seen), on Wed 23 Jan 2019 at 18:25Z." */
export function stopLine(model: JourneyModel, index: number): string {
  const [clause, after] = tellStop(model, index, new Clock());
  const words = clause.replace(/^was (?=first|last|heard)/, "");
  const sentence = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
  return after ? `${sentence} ${after}` : sentence;
}

function tellStop(model: JourneyModel, index: number, clock: Clock): Told {
  const { stops } = model.journey;
  const stop = stops[index]!;
  if (index === 0) return beginning(stop, model, clock);
  return index === stops.length - 1 ? ending(stop, model, clock) : [onTheWay(stop, clock)];
}

/** A clause, and a sentence to stand after all clauses. */
export type Told = readonly [clause: string, after?: string];

function beginning(stop: StopJson, model: JourneyModel, clock: Clock): Told {
  const { journey, silenceBefore } = model;
  if (stop.openEnd) {
    const at = heardAt(stop.lat, stop.lon, altitudeAt(model, "first"));
    const when = clock.at(Date.parse(journey.from));
    return [`was first heard in the air ${when}${at}`, "Where it came from is not in this data."];
  }
  if (isHiddenStop(stop)) {
    const next = silenceBefore?.next;
    const silent = silenceBefore
      ? `, after ${formatDuration(silenceBefore.durationS * 1000)} in which nobody heard it`
      : "";
    const when = clock.at(Date.parse(journey.from));
    return [`was heard again${inTheAir(next)} ${when}${next ? edgeText(next) : ""}${silent}`];
  }
  if (!stop.takeoff) {
    const landed = stop.landing ? ` it had landed ${clock.of(stop.landing, stop)}` : " it was";
    return [`left ${placeInWords(stop)}, where${landed}; that take-off was not heard`];
  }
  return [`left ${placeWith(stop, stop.takeoff)} ${clock.of(stop.takeoff, stop)}`];
}

function onTheWay(stop: StopJson, clock: Clock): string {
  const { landing, takeoff } = stop;
  if (isHiddenStop(stop) && landing) {
    return `stopped ${clock.of(landing, stop)} where nobody heard it (inferred; the place is not known)`;
  }
  if (landing)
    return `${landedText(landing)} ${onOrAt(landing)} ${placeWith(stop, landing)} ${clock.of(landing, stop)}`;
  if (!takeoff) return `was at ${placeInWords(stop)}`;
  return `took off from ${placeWith(stop, takeoff)} ${clock.of(takeoff, stop)}, after a landing there that was not heard`;
}

function ending(stop: StopJson, model: JourneyModel, clock: Clock): Told {
  const { journey, silenceAfter } = model;
  if (stop.openEnd) {
    const at = heardAt(stop.lat, stop.lon, altitudeAt(model, "last"));
    const when = clock.at(Date.parse(journey.to));
    return [`was last heard in the air ${when}${at}`, "Where it went is not in this data."];
  }
  if (!isHiddenStop(stop) || !stop.landing) return [onTheWay(stop, clock)];
  const last = silenceAfter?.last;
  const when = clock.at(Date.parse(stop.landing.timeFrom));
  const silentMs = Date.parse(stop.landing.timeTo) - Date.parse(stop.landing.timeFrom);
  return [
    `was last heard${inTheAir(last)} ${when}${last ? edgeText(last) : heardAt(stop.lat, stop.lon, null)}; it was next heard ${formatDuration(silentMs)} later`,
    "Where it landed in between was not seen.",
  ];
}

function onOrAt(landing: MovementJson): string {
  return landing.offAirport && !landing.airport ? "on" : "at";
}

/** "Blaise Diagne, Senegal (inferred),": the comma closes the country's. */
function placeWith(stop: StopJson, movement: MovementJson): string {
  if (stop.airport) return `${placeInWords(stop)} (${movement.evidence}),`;
  if (movement.offAirport) {
    return `a surface that is no known airport, at ${positionText(stop.lat, stop.lon)} (${movement.evidence}),`;
  }
  const candidates = candidatesText(stop.candidates);
  return `${placeInWords(stop)} (${movement.evidence}${candidates ? `; ${candidates}` : ""}),`;
}

/** Only a known altitude says that it flew: on the ground none is sent. */
function inTheAir(edge: GapEdgeJson | undefined): string {
  return edge && edge.altitudeFt !== null ? " in the air" : "";
}

function edgeText(edge: GapEdgeJson): string {
  return heardAt(edge.lat, edge.lon, edge.altitudeFt);
}

function heardAt(lat: number | null, lon: number | null, altitudeFt: number | null): string {
  const position = lat === null || lon === null ? "" : ` at ${positionText(lat, lon)}`;
  return `${position}${altitudeFt === null ? "" : ` at ${feetText(altitudeFt)}`}`;
}

/** The first or last altitude of the profile, where it was sent within a minute of the journey's end. */
function altitudeAt({ journey, profile }: JourneyModel, side: "first" | "last"): number | null {
  const line = profile.lines.at(side === "first" ? 0 : -1);
  const sample = line?.at(side === "first" ? 0 : -1);
  const endMs = Date.parse(side === "first" ? journey.from : journey.to);
  return sample && Math.abs(sample[0] - endMs) <= MINUTE_MS ? sample[1] : null;
}

/** Says the day when it changes, and the year and weekday once. */
class Clock {
  #day = "";
  #year = "";

  /** When a movement was, as wide as it is known, with the local time of its place beside it. */
  of(movement: MovementJson, stop: StopJson): string {
    const fromMs = Date.parse(movement.timeFrom);
    const toMs = Date.parse(movement.timeTo);
    if (!isTimed({ timeFromMs: fromMs, timeToMs: toMs })) {
      return `between ${this.#dated(fromMs)}${hour(fromMs)} and ${this.#dated(toMs)}${hour(toMs)}`;
    }
    const about = toMs - fromMs > MINUTE_MS;
    const timeMs = Date.parse(movement.time);
    return `${this.at(timeMs, about)}${localPart(timeMs, stop.timeZone)}`;
  }

  at(timeMs: number, about = false): string {
    const day = this.#dated(timeMs);
    return `${day ? `on ${day}` : ""}${about ? "about" : "at"} ${hour(timeMs)}`;
  }

  /** "Wed 23 Jan 2019 " when first named, "24 Jan " for another day, "" for the same. */
  #dated(timeMs: number): string {
    const [weekday, date, month, year] = (localTime(timeMs, "UTC") ?? "").split(" ");
    const day = `${date} ${month} ${year}`;
    if (day === this.#day) return "";
    const short = year === this.#year;
    this.#day = day;
    this.#year = year ?? "";
    return short ? `${date} ${month} ` : `${weekday} ${day} `;
  }
}

function hour(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(11, 16)}Z`;
}
