/** Stops and landings by place, where they are too many to be told one by one. */

import { counted } from "../units/counted.js";
import { isUnsure, isUnsureStop } from "./dossier-stop-counts.js";
import type { StopJson } from "./journey-shape.js";
import { placeInWords } from "./place-words.js";
import type { MovementJson } from "./shapes.js";
import { daysText, STATED_MIN_PROBABILITY } from "./wording.js";

/** chosen: a list of one screen. */
const PLACES_MAX = 20;

/** One stop or landing as it is counted. */
interface Counted {
  readonly airport: string | null;
  /** The airport in words. */
  readonly place: string;
  readonly hex: string;
  readonly evidence: "seen" | "inferred";
  readonly isUnsure: boolean;
  readonly fromMs: number;
  readonly toMs: number;
}

/** "Maiquetía, Venezuela: 55 stops, 55 seen, 0 inferred, Sat 8 Dec 2018 to Mon 28 Jan 2019.", most stops first. */
export function placeLines(stops: readonly StopJson[]): string[] {
  return linesOf(stops.filter(({ openEnd }) => openEnd === null).map(countedStop), {
    one: "stop",
    withAircraft: false,
  });
}

/** The same of landings, with how many aircraft they were of. */
export function landingPlaceLines(landings: readonly MovementJson[]): string[] {
  return linesOf(landings.map(countedLanding), { one: "landing", withAircraft: true });
}

/** "55 seen, 54 inferred". */
export function countsText(items: readonly Pick<StopJson, "evidence">[]): string {
  const seen = items.filter(({ evidence }) => evidence === "seen").length;
  return `${seen} seen, ${items.length - seen} inferred`;
}

function countedStop(stop: StopJson): Counted {
  const times = [stop.landing, stop.takeoff].flatMap((one) =>
    one ? [Date.parse(one.timeFrom), Date.parse(one.timeTo)] : [],
  );
  return {
    airport: stop.airport,
    place: placeInWords(stop),
    hex: stop.hex,
    evidence: stop.evidence,
    isUnsure: isUnsureStop(stop),
    fromMs: Math.min(...times),
    toMs: Math.max(...times),
  };
}

function countedLanding(landing: MovementJson): Counted {
  return {
    airport: landing.airport,
    place: placeInWords(landing),
    hex: landing.hex,
    evidence: landing.evidence,
    isUnsure: landing.evidence === "inferred" && isUnsure(landing),
    fromMs: Date.parse(landing.timeFrom),
    toMs: Date.parse(landing.timeTo),
  };
}

interface LineWords {
  readonly one: "stop" | "landing";
  readonly withAircraft: boolean;
}

function linesOf(items: readonly Counted[], words: LineWords): string[] {
  const places = new Map<string, Counted[]>();
  for (const item of items)
    if (item.airport !== null)
      places.set(item.airport, [...(places.get(item.airport) ?? []), item]);
  const named = [...places.values()].sort(
    (a, b) => b.length - a.length || fromOf(a) - fromOf(b) || (a[0]!.place < b[0]!.place ? -1 : 1),
  );
  const rest = named.slice(PLACES_MAX);
  const nowhere = items.filter(({ airport }) => airport === null);
  return [
    ...named.slice(0, PLACES_MAX).map((some) => lineOf(some[0]!.place, some, words)),
    ...(rest.length > 0 ? [lineOf(counted(rest.length, "more airport"), rest.flat(), words)] : []),
    ...(nowhere.length > 0 ? [lineOf("No airport can be named", nowhere, words)] : []),
  ];
}

function fromOf(items: readonly Counted[]): number {
  return Math.min(...items.map(({ fromMs }) => fromMs));
}

function lineOf(place: string, items: readonly Counted[], words: LineWords): string {
  const aircraft = new Set(items.map(({ hex }) => hex)).size;
  const by = words.withAircraft ? ` by ${counted(aircraft, "aircraft", "aircraft")}` : "";
  const unsure = items.filter((item) => item.isUnsure).length;
  const doubt =
    unsure > 0 ? ` (${unsure} of them with a probability below ${STATED_MIN_PROBABILITY})` : "";
  const span = daysText(fromOf(items), Math.max(...items.map(({ toMs }) => toMs)));
  return `${place}: ${counted(items.length, words.one)}${by}, ${countsText(items)}${doubt}, ${span}.`;
}
