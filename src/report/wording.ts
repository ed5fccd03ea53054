/**
 * Every sentence a finding may be made of. Facts about movements only; a word of likelihood only with its range
 * and a calibrated table behind it, and silence is "no signal received", whatever caused it.
 */

import { isTimed } from "../journey/journey.js";
import { CALIBRATION_TABLE } from "../movement/calibration-table.js";
import type { EvidenceClass, MovementKind } from "../movement/movement.js";
import { MINUTE_MS } from "../units/quantity.js";
import { formatDuration, localTime, utcMinutes } from "../units/time.js";
import type { JourneyJson, LegJson, StopJson } from "./journey-shape.js";
import { isHiddenStop, positionText, realStops } from "./place-words.js";
import { likelihoodText, type Standing, standingOf } from "./reliability-words.js";
import type { GapJson, MovementJson } from "./shapes.js";

/**
 * Words no sentence of ours may hold: they claim more than received positions can show. Words of likelihood are
 * let through with their range right behind them, "very likely (80-95 %)".
 *
 * Source: docs/method.md, "Wording"; tested on every template.
 */
export const FORBIDDEN_WORDS =
  /\b(prove[sdn]?|proof|confirm(s|ed)?|definite(ly)?|certainly|secret(ly)?|covert|smuggl\w*|caught|(switched|turned) off|probabl[ey]|presumably|(certain|likely|unlikely|even chance|no chance)(?! \(\d+-\d+ %\)))\b/i;

const CLASS_TEXT: Readonly<Record<EvidenceClass, string>> = {
  G0: "seen rolling on a runway or taxiway",
  G1: "seen on the ground near the airport",
  G2: "lost below 300 ft above the airport, lined up with a runway or coming down over one",
  G3: "lost on final approach, 300 to 1,500 ft above the airport",
  G4: "lost coming down towards the airport, or low and level after coming down",
  G5: "lost coming down from cruise, high or far from the airport",
  G7: "heard on the ground before or after a silence, or first heard in a low climb",
  G8: "first heard in a climb, high or far from the airport",
  GAP: "a stop that lies inside a gap",
  N1: "a pass over a runway without touching it",
  N2: "contact with a surface that is no known airport",
  T: "touched a runway and flew on",
};

const KIND_TEXT: Readonly<Record<MovementKind, string>> = {
  landing: "Landing",
  takeoff: "Take-off",
  "touch-and-go": "Touch-and-go",
  "go-around": "Go-around",
  "low-pass": "Low pass",
};

/** @returns what an evidence class means, in words */
export function evidenceClassText(evidenceClass: EvidenceClass): string {
  return CLASS_TEXT[evidenceClass];
}

/** @returns "Landing", "Take-off" ... for headings and cells */
export function kindText(kind: MovementKind): string {
  return KIND_TEXT[kind];
}

/**
 * The one place where a probability that a movement happened becomes words: "0.83 (not calibrated)", "0.93 (calibrated,
 * 95 % interval of its class 0.88 to 0.97)", or with a word of likelihood where the whole interval lies in that word's range.
 *
 * @param movement what the probability rests on; left out, nothing is known of it
 * @returns "not stated" for an unknown probability
 */
export function probabilityText(
  probability: number | null,
  movement?: Pick<MovementJson, "class" | "candidates" | "basis">,
): string {
  if (probability === null || !Number.isFinite(probability)) return "not stated";
  const share = shareText(probability);
  const standing = movement && movementStanding({ ...movement, probability });
  if (standing?.kind !== "calibrated") return `${share} (not calibrated)`;
  const { low, high, word } = standing;
  const interval = `calibrated, 95 % interval of its class ${shareText(low)} to ${shareText(Math.min(high, CERTAIN_NEVER))}`;
  return word ? `${likelihoodText(word)}, ${share} (${interval})` : `${share} (${interval})`;
}

/** What is less probable is told as what may have happened. chosen: docs/method.md */
export const STATED_MIN_PROBABILITY = 0.8;

/** The verb of a landing that may not be stated as a fact. */
export const UNSURE_TEXT = "may have landed";

/** @returns "landed", or "may have landed" where that is not probable enough to be told as a fact */
export function landedText({ probability }: Pick<MovementJson, "probability">): string {
  return probability !== null && probability < STATED_MIN_PROBABILITY ? UNSURE_TEXT : "landed";
}

/** @returns what the probability of a movement may be said to be; a doubt about its track caps it, and no table knows of that */
export function movementStanding(
  movement: Pick<MovementJson, "class" | "basis" | "probability">,
): Standing {
  const { probability, basis } = movement;
  if (probability === null || basis.includes("; in doubt: ")) return { kind: "not calibrated" };
  return standingOf(CALIBRATION_TABLE, {
    probability,
    evidenceClass: movement.class,
  });
}

/** An interval observed from cases never reaches certainty, whatever it was rounded to. */
const CERTAIN_NEVER = 0.9999;

/** @returns a probability as a number people can compare, never rounded up to 1 or down to 0 */
export function shareText(probability: number): string {
  if (probability > 0.99 && probability < 1)
    return probability > 0.999 ? ">0.999" : probability.toFixed(3);
  if (probability < 0.01 && probability > 0) return "<0.01";
  return probability.toFixed(2);
}

/** @returns "RA-96018 (a11f59)", or the address alone */
export function aircraftText(aircraft: { hex: string; registration: string | null }): string {
  return aircraft.registration ? `${aircraft.registration} (${aircraft.hex})` : aircraft.hex;
}

/** @returns "Vnukovo (UUWW)"; without an airport "a place that cannot be named" */
export function placeText(place: { airport: string | null; airportName: string | null }): string {
  if (!place.airport) return "a place that cannot be named";
  return place.airportName ? `${place.airportName} (${place.airport})` : place.airport;
}

/** @returns "one of MUHA 0.61, MUVR 0.22" or undefined without candidates */
export function candidatesText(
  candidates: readonly { airport: string; probability: number }[],
): string | undefined {
  if (candidates.length === 0) return undefined;
  const list = candidates.map((one) => `${one.airport} ${shareText(one.probability)}`).join(", ");
  return `${candidates.length > 1 ? "one of " : "candidate "}${list}`;
}

/** @returns candidates of a stop: named fields ahead where nothing but the direction of flight speaks for them */
export function stopCandidatesText(stop: StopJson): string | undefined {
  if (!isHiddenStop(stop)) return candidatesText(stop.candidates);
  const list = stop.candidates.map((one) => `${one.airport} ${shareText(one.probability)}`);
  return list.length > 0 ? `fields ahead: ${list.join(", ")}` : undefined;
}

/** True when a movement's best estimate may be given as its time. */
export function hasTime(movement: MovementJson): boolean {
  const timeFromMs = Date.parse(movement.timeFrom);
  return isTimed({ timeFromMs, timeToMs: Date.parse(movement.timeTo) });
}

/** @returns "2019-01-23 18:25Z", "about ...", or "between ... and ..." where no single time may stand */
export function whenText(movement: MovementJson): string {
  const [fromMs, toMs] = [Date.parse(movement.timeFrom), Date.parse(movement.timeTo)];
  if (!hasTime(movement)) return `between ${utcMinutes(fromMs)} and ${utcMinutes(toMs)}`;
  return `${toMs - fromMs > MINUTE_MS ? "about " : ""}${utcMinutes(Date.parse(movement.time))}`;
}

/** @returns "24 Jan 03:27Z": for labels of figures, where the year stands elsewhere */
export function shortTimeText(timeMs: number): string {
  const [, date, month, , hour] = (localTime(timeMs, "UTC") ?? "").split(" ");
  return `${date} ${month} ${hour}Z`;
}

function dayOf(timeMs: number): string {
  return (localTime(timeMs, "UTC") ?? "").replace(/ \d\d:.*/, "");
}

/** @returns "Wed 23 Jan to Tue 29 Jan 2019", UTC; one day where it is one */
export function daysText(fromMs: number, toMs: number): string {
  const [from, to] = [dayOf(fromMs), dayOf(toMs)];
  if (from === to) return to;
  const year = to.slice(-5);
  return `${from.endsWith(year) ? from.slice(0, -year.length) : from} to ${to}`;
}

/** @returns the detector's basis as a sentence: capital first, times as elsewhere, a full stop at its end */
export function basisSentence(basis: string): string {
  const text = basis
    .trim()
    .replace(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z/g, "$1 $2Z")
    .replaceAll("+-", "±");
  if (text === "") return "";
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

/** "Class G4, lost coming down towards the airport, or low and level after coming down. Last heard ... Probability 0.90 (calibrated, ...)." */
export function evidenceSentences(movement: MovementJson): string {
  const { class: evidenceClass, basis, probability } = movement;
  return `Class ${evidenceClass}, ${evidenceClassText(evidenceClass)}. ${basisSentence(basis)} Probability ${probabilityText(probability, movement)}.`;
}

/** "Seen on the ground at Vnukovo (UUWW) at 2019-01-22 20:04Z." */
export function seenOnGroundSentence(place: string, timeMs: number): string {
  return `Seen on the ground at ${place} at ${utcMinutes(timeMs)}.`;
}

/** "Lost at 2,400 ft on approach to Dakar (GOBD) at 12:04Z." An unknown altitude is left out, never 0. */
export function lostOnApproachSentence(options: {
  readonly altitudeFt: number;
  readonly place: string;
  readonly timeMs: number;
}): string {
  const at = Number.isFinite(options.altitudeFt) ? ` at ${feetText(options.altitudeFt)}` : "";
  return `Lost${at} on approach to ${options.place} at ${utcMinutes(options.timeMs)}; the landing itself was not received.`;
}

/** "Landed somewhere between T1 and T2; one of ...": for a stop known only to lie inside a gap. */
export function landedSomewhereSentence(options: {
  readonly fromMs: number;
  readonly toMs: number;
  readonly candidates: readonly { airport: string; probability: number }[];
}): string {
  const where = candidatesText(options.candidates) ?? "no airport can be named";
  return `Landed somewhere between ${utcMinutes(options.fromMs)} and ${utcMinutes(options.toMs)}; ${where}.`;
}

/** One sentence on one movement, from its evidence class; the basis given by the detector stands beside it. */
export function movementSentence(movement: MovementJson): string {
  const place = placeText(movement);
  if (!movement.airport && !movement.offAirport) {
    if (movement.kind === "landing") {
      return landedSomewhereSentence({
        fromMs: Date.parse(movement.timeFrom),
        toMs: Date.parse(movement.timeTo),
        candidates: movement.candidates,
      });
    }
    return `${kindText(movement.kind)} between ${utcMinutes(Date.parse(movement.timeFrom))} and ${utcMinutes(Date.parse(movement.timeTo))}; ${candidatesText(movement.candidates) ?? "no airport can be named"}.`;
  }
  const runway = movement.runway ? `, runway ${movement.runway}` : "";
  const at = movement.airport ? ` at ${place}${runway}` : " on a surface that is no known airport";
  const verb = movement.evidence === "seen" ? "seen" : "inferred";
  const time = hasTime(movement) ? `at ${whenText(movement)}` : whenText(movement);
  return `${kindText(movement.kind)} ${verb}${at} ${time.replace("at about", "about")}: ${evidenceClassText(movement.class)}.`;
}

/** One sentence on one stop: what was seen there, or between which times it is inferred. */
export function stopSentence(stop: StopJson): string {
  if (stop.openEnd) return openEndSentence(stop);
  const shown = stop.landing ?? stop.takeoff;
  if (!shown) return `Stop ${stop.number}: no landing and no take-off was received.`;
  const seen = [stop.landing, stop.takeoff].find((one) => one?.evidence === "seen");
  if (seen && stop.airport) {
    return seenOnGroundSentence(placeText(stop), Date.parse(seen.time));
  }
  return movementSentence(shown);
}

/** "Last heard in the air at 18.94 N 80.41 W; where it went is not in this data." */
export function openEndSentence(stop: StopJson): string {
  const at = positionText(stop.lat, stop.lon);
  return stop.openEnd === "before"
    ? `First heard in the air at ${at}; where it came from is not in this data.`
    : `Last heard in the air at ${at}; where it went is not in this data.`;
}

/** "No signal was received for 5 h 12 min ..." with the least speed it must have flown. */
export function gapSentence(gap: GapJson): string {
  const from = utcMinutes(Date.parse(gap.from));
  const to = utcMinutes(Date.parse(gap.to));
  const span = `No signal was received for ${formatDuration(gap.durationS * 1000)}, from ${from} to ${to}`;
  if (gap.distanceKm === null) return `${span}.`;
  if (gap.distanceKm < 1) return `${span}; the next position was under 1 km away.`;
  const { averageSpeedKt } = gap;
  // Over days the least speed is next to none, and tells nothing.
  const speed =
    averageSpeedKt === null || averageSpeedKt < 1
      ? ""
      : `, at least ${averageSpeedKt} kt on average`;
  return `${span}; the next position was ${distanceText(gap.distanceKm)} away${speed}.`;
}

/** Airports of a gap that a sentence names; the list stands beside it. */
const GAP_AIRPORTS_NAMED = 3;

/**
 * What a gap allowed: "At 502 kt, 14 larger airports ... lie so that a stop there would have left time on the ground,
 * most of it at ...", and whether others were heard then.
 *
 * @param gap `fits`: airports with time to spare, most of it first; `anywhere`: nearly all of the world's are, and a
 *   list of them says nothing
 */
export function gapReachSentences(gap: {
  readonly cruiseKt: number;
  readonly anywhere?: boolean;
  readonly fits: readonly {
    readonly airport: string;
    readonly airportName: string;
    readonly spareS: number;
  }[];
  readonly othersHeard: { readonly atLast: number; readonly atNext: number };
}): string[] {
  const { cruiseKt, fits, othersHeard, anywhere = false } = gap;
  const named = fits
    .slice(0, GAP_AIRPORTS_NAMED)
    .map((one) => `${placeText(one)} with ${formatDuration(one.spareS * 1000)}`)
    .join(", ");
  const stops = anywhere
    ? `Anywhere was in reach: at ${cruiseKt} kt the time was enough to fly to any place on Earth and from there to where it was heard next. Distance alone rules no airport out.`
    : fits.length === 0
      ? `At ${cruiseKt} kt no larger airport lies so that a stop there would have left time on the ground.`
      : `At ${cruiseKt} kt ${grouped(fits.length)} larger ${fits.length === 1 ? "airport lies" : "airports lie"} so that a stop there would have left time on the ground, most of it at ${named}.`;
  const { atLast, atNext } = othersHeard;
  return [
    stops,
    "That is where it could have been, not where it was.",
    `Within ten minutes and 100 km, ${grouped(atLast)} other aircraft were heard where it was last received and ${grouped(atNext)} where it was received next.`,
  ];
}

/** "Leg 2, GOBD to SGAS: 6,038 km (3,260 NM), seen 71 % of the time; largest gap 5 h 12 min." */
export function legSentence(leg: LegJson, stops: readonly StopJson[]): string {
  const name = (number: number) => {
    const stop = stops.find((one) => one.number === number);
    if (stop?.openEnd) return stop.openEnd === "before" ? "first heard" : "last heard";
    return stop?.airport ?? `stop ${number}`;
  };
  const length = leg.distanceKm === null ? "length unknown" : distanceText(leg.distanceKm);
  const seen =
    leg.seenShare === null ? "" : `, in contact ${percentText(leg.seenShare)} of the time`;
  const gap = leg.largestGapS
    ? `; largest gap ${formatDuration(leg.largestGapS * 1000)}`
    : "; no gap";
  return `${name(leg.from)} to ${name(leg.to)}: ${length}${seen}${gap}.`;
}

/** One sentence on a whole journey: how many stops, how many of them seen, and what nobody received. */
export function journeySentence(journey: JourneyJson): string {
  const stops = realStops(journey.stops);
  const seen = stops.filter((stop) => stop.evidence === "seen").length;
  const route = journey.stops
    .map((stop) => (stop.openEnd ? "(in the air)" : (stop.airport ?? "(not named)")))
    .join(" – ");
  const gap = journey.largestGapS
    ? ` The longest stretch without a signal was ${formatDuration(journey.largestGapS * 1000)}.`
    : "";
  return `${aircraftText(journey)}: ${route}, ${utcMinutes(Date.parse(journey.from))} to ${utcMinutes(Date.parse(journey.to))}. ${seen} of ${stops.length} ${stops.length === 1 ? "stop" : "stops"} seen, ${stops.length - seen} inferred.${gap}`;
}

/** @returns "not heard for 5 h 12 min": the label on a dashed line */
export function gapLabel(durationS: number): string {
  return `not heard for ${formatDuration(durationS * 1000)}`;
}

/** What the dashed line is not; stands on the line where it fits, and always in the legend. */
export const SHORTEST_PATH_NOTE = "shortest path, not a route";

/** @returns "5,220 km (2,819 NM)" */
export function distanceText(distanceKm: number): string {
  return `${grouped(distanceKm)} km (${grouped(distanceKm / 1.852)} NM)`;
}

/** @returns "2,400 ft" */
export function feetText(altitudeFt: number): string {
  return `${grouped(altitudeFt)} ft`;
}

/** @returns "71 %"; a share below 1 is never printed as 100, one above 0 never as 0 */
export function percentText(share: number): string {
  if (share > 0 && share < 0.01) return "<1 %";
  if (share < 1 && share > 0.99) return ">99 %";
  return `${Math.round(share * 100)} %`;
}

/** @returns a whole number with commas between thousands, whatever the machine's language */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}
