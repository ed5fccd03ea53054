/** How a dossier about aircraft begins: count, period, first and last place and what was not heard; then stop by stop. */

import { counted } from "../units/counted.js";
import { formatDuration } from "../units/time.js";
import type { ItineraryModel, JourneyModel } from "./dossier-model.js";
import { countsText, placeLines } from "./dossier-places.js";
import { isUnsureStop, stopKey } from "./dossier-stop-counts.js";
import type { StopJson } from "./journey-shape.js";
import { journeyEnds, journeyStory, stopLine, type Told, whoText } from "./journey-story.js";
import type { GapJson } from "./shapes.js";
import { daysText, STATED_MIN_PROBABILITY } from "./wording.js";

/** chosen: a sentence with more stops is a wall of text; test/report/dossier-lead.test.ts */
const STORY_STOPS_MAX = 3;
/** chosen: a list of one screen; of more the places are told, and the table has each. */
const LINES_MAX = 20;
/** chosen: as many journeys as are shown whole (dossier-journeys.tsx); of more each has its stops beside its sentence. */
const LISTED_JOURNEYS_MAX = 3;

/** @returns a short journey in one sentence; of a longer one how many stops, the first, the last, and what was not heard */
export function journeyLead(model: JourneyModel): string {
  if (isShort(model)) return journeyStory(model);
  const sentences = [countSentence([model]), endSentences(model, model), silenceSentence([model])];
  return sentences.join(" ");
}

/**
 * What a dossier about aircraft says first.
 *
 * @param journeys those that are told, in order; at least one
 * @param leftOutCount journeys that were found and are left out for size
 */
export function leadOfJourneys(journeys: readonly JourneyModel[], leftOutCount: number): string {
  const [first] = journeys;
  const last = journeys.at(-1);
  if (!first || !last) throw new RangeError("a lead without a journey");
  if (journeys.length === 1 && leftOutCount === 0) return journeyLead(first);
  const sentences = [countSentence(journeys, leftOutCount)];
  // Of several aircraft the first and the last place are no way.
  const isOne = new Set(journeys.map(({ journey }) => journey.hex)).size === 1;
  if (isOne) sentences.push(endSentences(first, last));
  sentences.push(silenceSentence(journeys, isOne ? betweenWords(journeys) : ""));
  return sentences.join(" ");
}

/** Journeys in words behind the lead: each with its stops, or with its places where it has too many of them. */
export function itinerariesOf(journeys: readonly JourneyModel[]): ItineraryModel[] {
  return journeys.map((model, index) => {
    const number = index + 1;
    const isOnly = journeys.length === 1;
    const summaryOf = (text: string) => (isOnly ? {} : { summary: text });
    const isListed = !isShort(model) && journeys.length <= LISTED_JOURNEYS_MAX;
    if (!isListed)
      return { journey: number, ...summaryOf(journeyLead(model)), listed: "none", lines: [] };
    const { stops } = model.journey;
    if (stops.length > LINES_MAX) {
      const lines = placeLines(stops).map((text) => ({ number: null, text }));
      return { journey: number, ...summaryOf(journeyLead(model)), listed: "places", lines };
    }
    const lines = stops.map((stop, at) => ({
      number: stop.openEnd ? null : stop.number,
      text: stopLine(model, at),
    }));
    // Where it began and ended is said by the first line and the last.
    const summary = `${countSentence([model])} ${silenceSentence([model])}`;
    return { journey: number, ...summaryOf(summary), listed: "stops", lines };
  });
}

function isShort({ journey }: JourneyModel): boolean {
  return journey.stops.length <= STORY_STOPS_MAX;
}

/** "RA-00960 (SIMULATED) made 5 stops in 2 journeys, Wed 23 Jan 2019 to Tue 29 Jan 2019: 3 seen, 2 inferred." */
function countSentence(journeys: readonly JourneyModel[], leftOutCount = 0): string {
  const stops = distinctStops(journeys);
  const sure = stops.filter((stop) => !isUnsureStop(stop));
  const unsure = stops.length - sure.length;
  const below = `inferred, with a probability below ${STATED_MIN_PROBABILITY}`;
  const within =
    leftOutCount > 0
      ? ` in ${journeys.length} of ${journeys.length + leftOutCount} journeys (the others are left out for size)`
      : journeys.length > 1
        ? ` in ${counted(journeys.length, "journey")}`
        : "";
  const told =
    sure.length === 0
      ? `may have made ${counted(unsure, "stop")}${within}, ${periodText(journeys)}: ${below}`
      : `made ${counted(sure.length, "stop")}${within}, ${periodText(journeys)}: ${countsText(sure)}`;
  const more = sure.length > 0 && unsure > 0 ? `; it may have made ${unsure} more (${below})` : "";
  const nowhere = stops.filter(({ airport }) => airport === null).length;
  const named = nowhere > 0 ? `; of ${counted(nowhere, "stop")} no airport can be named` : "";
  return `${whoOf(journeys)} ${told}${more}${named}.`;
}

/** A stop that ends one journey and begins the next is one stop. */
function distinctStops(journeys: readonly JourneyModel[]): StopJson[] {
  const stops = new Map<string, StopJson>();
  for (const { journey } of journeys)
    for (const stop of journey.stops) if (!stop.openEnd) stops.set(stopKey(stop), stop);
  return [...stops.values()];
}

function whoOf(journeys: readonly JourneyModel[]): string {
  const aircraft = new Map(journeys.map(({ journey }) => [journey.hex, journey]));
  const [only] = aircraft.values();
  if (aircraft.size === 1 && only) return whoText(only);
  const mark = journeys.some(({ journey }) => journey.simulated) ? " (SIMULATED)" : "";
  return `${aircraft.size} aircraft${mark}`;
}

function periodText(journeys: readonly JourneyModel[]): string {
  const from = Math.min(...journeys.map(({ journey }) => Date.parse(journey.from)));
  const to = Math.max(...journeys.map(({ journey }) => Date.parse(journey.to)));
  return daysText(from, to);
}

/** "It left ... (seen), on ...; at the end it was last heard in the air ... Where it went is not in this data." */
function endSentences(first: JourneyModel, last: JourneyModel): string {
  const ends = journeyEnds(first, last);
  const [began, afterBegan]: Told = ends.first;
  const [ended, afterEnded]: Told = ends.last;
  const told = afterBegan
    ? `It ${began}. ${afterBegan} At the end it ${ended}.`
    : `It ${began}; at the end it ${ended}.`;
  return afterEnded ? `${told} ${afterEnded}` : told;
}

/**
 * "No signal was received for 20 h 02 min of these 27 h 07 min, time on the ground included, at longest for 6 h 18 min."
 *
 * @param between what is said of the time between the journeys
 */
function silenceSentence(journeys: readonly JourneyModel[], between = ""): string {
  const silencesMs = journeys.flatMap(silencesOf);
  const wholeMs = journeys.reduce(
    (sum, { journey }) => sum + Date.parse(journey.to) - Date.parse(journey.from),
    0,
  );
  const totalMs = silencesMs.reduce((sum, ms) => sum + ms, 0);
  const of =
    journeys.length > 1
      ? `the ${formatDuration(wholeMs)} of these journeys`
      : formatDuration(wholeMs);
  if (totalMs === 0)
    return journeys.length > 1
      ? `Within these journeys there was no silence${between}.`
      : "It was heard all the way.";
  const longest =
    silencesMs.length > 1 && journeys.length === 1
      ? `, at longest for ${formatDuration(Math.max(...silencesMs))}`
      : "";
  return `No signal was received for ${formatDuration(totalMs)} of ${of}, time on the ground included${longest}${between}.`;
}

/** How long each silence of a journey was, as far as it lies in it. */
function silencesOf({ journey, gaps }: JourneyModel): number[] {
  return gaps.map((gap) => insideMs(gap, journey.from, journey.to)).filter((ms) => ms > 0);
}

/** "; between them it was not heard for 5 d 3 h": silences from one journey of an aircraft to its next; "" without any. */
function betweenWords(journeys: readonly JourneyModel[]): string {
  const lengthsMs = journeys.slice(1).flatMap((next, index) => {
    const last = journeys[index]!;
    const [after, before] = [last.silenceAfter, next.silenceBefore];
    // One silence may be both.
    const gaps = [after, before?.from === after?.from ? null : before];
    return gaps.flatMap((gap) => {
      const lengthMs = gap ? insideMs(gap, last.journey.to, next.journey.from) : 0;
      return lengthMs > 0 ? [lengthMs] : [];
    });
  });
  if (lengthsMs.length === 0) return "";
  const longest = formatDuration(Math.max(...lengthsMs));
  return `; between them it was not heard for ${longest}${lengthsMs.length > 1 ? " at longest" : ""}`;
}

/** How much of a silence lies in a stretch of time; negative when none does. */
function insideMs(gap: Pick<GapJson, "from" | "to">, from: string, to: string): number {
  return (
    Math.min(Date.parse(to), Date.parse(gap.to)) - Math.max(Date.parse(from), Date.parse(gap.from))
  );
}
