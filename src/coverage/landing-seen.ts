import { DAY_MS, HOUR_MS, METRES_PER_NM } from "../units/quantity.js";
import { utcDay } from "../units/time.js";
import {
  CHANCES_MIN,
  estimateFrom,
  isInHours,
  type PlacedTrial,
  posteriorOf,
  type SeenAnswer,
  type Span,
  spanOf,
  type When,
} from "./answer.js";
import { cellAt, GROUND_BAND } from "./cell.js";
import type { CoverageIndex } from "./coverage-index.js";
import type { SourceClass } from "./heard-grid.js";
import { type AirportPlace, isSeen, type Passage, partInside, SEEN_BELOW_FT } from "./passage.js";

export type LandingQuestion = When & {
  readonly airport: AirportPlace;
  /** Only passages with positions of this class, where there are enough of them. */
  readonly transmitterClass?: SourceClass | undefined;
  /** Seen means followed to this height above the airport or lower, ft, up to NEAR_FT; SEEN_BELOW_FT when left out. */
  readonly seenBelowFt?: number | undefined;
  /** Only passages whose airport is sure, see `Passage.isPlaced`; all when left out. */
  readonly placedOnly?: boolean | undefined;
};

/** Airports this near share receivers. chosen: less than the horizon of one receiver at 5,000 ft */
export const NEIGHBOUR_M = 60 * METRES_PER_NM;
export const AROUND_M = 30 * METRES_PER_NM;
/** Bands below NEAR_FT. */
const LOW_BAND_MAX = 3;

/** A passage, or the hours' share of one whose time is uncertain, with what it counts. */
export interface Weighed {
  readonly passage: Passage;
  readonly weight: number;
}

/** Probability that a landing there, then, would have been heard on the ground or below `seenBelowFt`. */
export function landingSeen(index: CoverageIndex, question: LandingQuestion): SeenAnswer {
  const { airport } = question;
  const span = spanOf(question);
  const days = index.daysIn(span.fromMs, span.toMs);
  if (days.held === 0) {
    const when = days.asked === 1 ? `on ${utcDay(span.fromMs)}` : "on any day of this period";
    return unknown(`nothing was measured ${when}: no position of any aircraft is held`);
  }
  const trialsAt = (ident: string) =>
    trialsIn(index, ident, span).filter(({ isPlaced }) => isPlaced || !question.placedOnly);
  const all = trialsAt(airport.ident);
  const ofClass = all.filter((one) => one.sourceClass === question.transmitterClass);
  const classUsed = question.transmitterClass !== undefined && ofClass.length >= CHANCES_MIN;
  const passages = classUsed ? ofClass : all;
  const near = index.airportsNear(airport, NEIGHBOUR_M).map(({ ident }) => ident);
  const neighbours = near.flatMap(trialsAt);
  const place = (passage: Passage) => placed(passage, question.seenBelowFt);
  const posterior = posteriorOf({
    own: passages.flatMap(place),
    neighbours: neighbours.flatMap(place),
    hours: span.hours,
  });
  const { ownChances, neighbourChances, hourChances } = posterior;
  if (ownChances + neighbourChances < CHANCES_MIN - 1e-9)
    return {
      kind: "unknown",
      // Whoever only weighs does not ask, and what was heard around the place takes most of the time.
      get reason() {
        return tooLittle(index, question, span, ownChances + neighbourChances);
      },
    };
  if (span.hours && hourChances < 1 && !isHeardAround(index, airport, span))
    return unknown(
      `nothing was heard within 30 NM of ${airport.ident} below 10,000 ft at these hours, on any day from ` +
        `${utcDay(span.windowFromMs)} to ${utcDay(span.windowToMs)}`,
    );
  const share = days.held / days.asked;
  const { probability, lower, upper } = estimateFrom(posterior);
  return {
    kind: "known",
    probability: probability * share,
    lower: lower * share,
    upper: upper * share,
    n: round(span.hours ? hourChances : ownChances),
    ownCount: round(ownChances),
    followedToFt: medianHeightFt(passages.length > 0 ? passages : neighbours),
    basis: basisOf({ airport, passages, span, posterior, days, near, classUsed, question }),
  };
}

function unknown(reason: string): SeenAnswer {
  return { kind: "unknown", reason };
}

/** Passages of an airport that measure, in the window of a question; those that may lie on days not held are left out. */
export function trialsIn(index: CoverageIndex, ident: string, span: Span): Passage[] {
  return index
    .passagesOf(ident)
    .filter(
      ({ isTrial, fromMs, toMs }) =>
        isTrial &&
        toMs >= span.windowFromMs &&
        fromMs <= span.windowToMs &&
        index.hasDays(fromMs, toMs),
    );
}

/** A passage by hour; one whose time is uncertain is spread over the hours in which it lies. */
function placed(passage: Passage, seenBelowFt: number | undefined): PlacedTrial[] {
  const { airport, fromMs, toMs } = passage;
  const day = Math.floor((fromMs + toMs) / 2 / DAY_MS);
  const taken = isSeen(passage, seenBelowFt) ? 1 : 0;
  const trials: PlacedTrial[] = [];
  for (let hour = Math.floor(fromMs / HOUR_MS); hour * HOUR_MS <= toMs; hour++) {
    const chances = partInside(passage, (timeMs) => Math.floor(timeMs / HOUR_MS) === hour);
    if (chances === 0) continue;
    // Within its hour a moment that is known counts by the minute.
    const at = fromMs === toMs ? (fromMs / HOUR_MS) % 24 : (hour % 24) + 0.5;
    trials.push({ place: airport, day, hourOfDay: at, chances, taken: taken * chances });
  }
  return trials;
}

function isHeardAround(
  index: CoverageIndex,
  { latDeg, lonDeg }: AirportPlace,
  span: Span,
): boolean {
  return lowRows(index, { latDeg, lonDeg }, span).some(
    ({ hour, heardPasses }) => heardPasses > 0 && (!span.hours || isInHours(span.hours, hour % 24)),
  );
}

function lowRows(
  index: CoverageIndex,
  { latDeg, lonDeg }: { readonly latDeg: number; readonly lonDeg: number },
  span: Span,
) {
  return index
    .rowsNear(cellAt(latDeg, lonDeg), AROUND_M)
    .filter(
      ({ band, hour }) =>
        band >= GROUND_BAND &&
        band <= LOW_BAND_MAX &&
        hour * HOUR_MS >= span.windowFromMs - HOUR_MS &&
        hour * HOUR_MS <= span.windowToMs,
    );
}

function tooLittle(
  index: CoverageIndex,
  { airport }: LandingQuestion,
  span: Span,
  chances: number,
): string {
  const heard = lowRows(index, airport, span).reduce((sum, row) => sum + row.heardPasses, 0) / 1000;
  const around =
    heard === 0
      ? "no aircraft was heard below 10,000 ft within 30 NM of it"
      : `aircraft were heard below 10,000 ft within 30 NM of it in ${Math.round(heard)} aircraft-hours`;
  return (
    `too little traffic: ${countText(chances)} at ${airport.ident} and within 60 NM of it can be checked from ` +
    `their other side, from ${utcDay(span.windowFromMs)} to ${utcDay(span.windowToMs)}; ${around}`
  );
}

interface BasisParts {
  readonly airport: AirportPlace;
  readonly passages: readonly Passage[];
  readonly span: Span;
  readonly posterior: { readonly hourChances: number; readonly neighbourChances: number };
  readonly days: { readonly asked: number; readonly held: number };
  readonly near: readonly string[];
  readonly classUsed: boolean;
  readonly question: LandingQuestion;
}

function basisOf(parts: BasisParts): string {
  const { airport, passages, span, posterior, days, near, classUsed, question } = parts;
  const seenBelowFt = question.seenBelowFt ?? SEEN_BELOW_FT;
  const seen = passages.filter((passage) => isSeen(passage, seenBelowFt)).length;
  const heightText = String(seenBelowFt).replace(/(\d)(\d{3})$/, "$1,$2");
  const sentences = [
    `${countText(passages.length)} at ${airport.ident} from ${utcDay(span.windowFromMs)} to ` +
      `${utcDay(span.windowToMs)} known from their other side; ${seen} of them were heard on the ground or below ${heightText} ft`,
  ];
  if (question.transmitterClass)
    sentences.push(
      classUsed
        ? `only those with ${question.transmitterClass} positions`
        : `all kinds of positions, too few with ${question.transmitterClass} positions alone`,
    );
  if (span.hours)
    sentences.push(`${round(posterior.hourChances)} of them at these hours of the day`);
  if (posterior.neighbourChances > 0)
    sentences.push(
      `neighbours within 60 NM as a first guess (${near.length === 1 ? "1 airport" : `${near.length} airports`}, ${countText(posterior.neighbourChances)})`,
    );
  if (passages.length < CHANCES_MIN)
    sentences.push("its own traffic is little, so the interval is wide");
  if (days.held < days.asked)
    sentences.push(`positions are held on ${days.held} of ${days.asked} days of the period`);
  return sentences.join("; ");
}

/** @returns the height that half of the passages were followed to, ft; NaN when half were not heard near at all */
export function medianHeightFt(passages: readonly Passage[]): number {
  return heightQuantileFt(passages, 0.5);
}

/** @returns the height above the airport that a share of the passages was followed down to; NaN when fewer were heard */
export function heightQuantileFt(passages: readonly Passage[], share: number): number {
  if (passages.length === 0) return Number.NaN;
  const heights = passages
    .map(({ followedToFt }) => followedToFt)
    .filter((heightFt) => !Number.isNaN(heightFt))
    .sort((a, b) => a - b);
  return heights[Math.ceil(share * passages.length) - 1] ?? Number.NaN;
}

function countText(count: number): string {
  const rounded = round(count);
  return rounded === 1 ? "1 passage" : `${rounded} passages`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
