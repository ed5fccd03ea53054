import { DAY_MS, HOUR_MS } from "../units/quantity.js";
import type { BetaShape } from "./beta.js";
import {
  type Estimate,
  estimateOf,
  independent,
  JEFFREYS,
  likenessWithin,
  priorFrom,
  type Trial,
  updated,
} from "./estimate.js";

/** What was measured, or why nothing can be said. */
export type SeenAnswer =
  | (Estimate & {
      readonly kind: "known";
      /** Passages it rests on, those of neighbours not counted; a fraction where a time was uncertain. */
      readonly n: number;
      /** Of those, at any hour of the day. */
      readonly ownCount: number;
      /** Half of the passages were followed down to this height above the airport or lower, ft; NaN if fewer were. */
      readonly followedToFt: number;
      /** What it rests on, as a sentence. */
      readonly basis: string;
    })
  | { readonly kind: "unknown"; readonly reason: string };

/** Fewer chances than this, neighbours included, are too little to say anything. chosen: docs/coverage.md */
export const CHANCES_MIN = 5;

/** Chances with what they are grouped by: place, day, hour of day. */
export interface PlacedTrial extends Trial {
  readonly place: string;
  /** Days since 1970. */
  readonly day: number;
  /** Hour of the UTC day, 0 up to 24. */
  readonly hourOfDay: number;
}

export interface Question {
  readonly own: readonly PlacedTrial[];
  readonly neighbours: readonly PlacedTrial[];
  /** Chosen hours of the day; undefined for all of them. */
  readonly hours: HourRange | undefined;
}

/** Hours of the UTC day from one up to another, over midnight when `to` is the smaller. */
export interface HourRange {
  readonly from: number;
  readonly to: number;
}

export interface Posterior {
  readonly shape: BetaShape;
  readonly ownChances: number;
  readonly hourChances: number;
  readonly neighbourChances: number;
}

const HOURS_PER_BIN = 3;

/**
 * Neighbours tell what to expect of a place, the place what to expect of its hours; each is the prior of the next,
 * weighing as much as the groups inside it are alike.
 */
export function posteriorOf({ own, neighbours, hours }: Question): Posterior {
  const ofNeighbours = independent(groupsBy(neighbours, ({ day }) => day));
  const ofOwn = independent(groupsBy(own, ({ day }) => day));
  let shape: BetaShape = JEFFREYS;
  if (ofNeighbours.chances > 0) {
    const places = groupsBy([...neighbours, ...own], ({ place }) => place);
    shape = priorFrom(updated(JEFFREYS, [ofNeighbours]), likenessWithin(places));
  }
  shape = updated(shape, [ofOwn]);
  const counts = { ownChances: chancesOf(own), neighbourChances: chancesOf(neighbours) };
  if (!hours) return { shape, ...counts, hourChances: counts.ownChances };
  const inHours = own.filter(({ hourOfDay }) => isInHours(hours, hourOfDay));
  const bins = groupsBy(own, ({ hourOfDay }) => Math.floor(hourOfDay / HOURS_PER_BIN));
  const prior = priorFrom(shape, likenessWithin(bins));
  const ofHours = independent(groupsBy(inHours, ({ day }) => day));
  return { shape: updated(prior, [ofHours]), ...counts, hourChances: chancesOf(inHours) };
}

function chancesOf(trials: readonly Trial[]): number {
  return trials.reduce((sum, { chances }) => sum + chances, 0);
}

export function estimateFrom({ shape }: Posterior): Estimate {
  return estimateOf(shape);
}

export function isInHours({ from, to }: HourRange, hourOfDay: number): boolean {
  return from <= to ? hourOfDay >= from && hourOfDay < to : hourOfDay >= from || hourOfDay < to;
}

function groupsBy(
  trials: readonly PlacedTrial[],
  keyOf: (trial: PlacedTrial) => number | string,
): Trial[] {
  const groups = new Map<number | string, { chances: number; taken: number }>();
  for (const trial of trials) {
    const key = keyOf(trial);
    const group = groups.get(key);
    if (group) {
      group.chances += trial.chances;
      group.taken += trial.taken;
    } else groups.set(key, { chances: trial.chances, taken: trial.taken });
  }
  return [...groups.values()];
}

/** A moment or a stretch of time. */
export type When = { readonly timeMs: number } | { readonly fromMs: number; readonly toMs: number };

/** A question's time, and the time around it from which passages count. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly windowFromMs: number;
  readonly windowToMs: number;
  readonly hours: HourRange | undefined;
}

/** Receivers come and go within weeks: passages count up to this long before and after. chosen: docs/coverage.md */
const WINDOW_MS = 15 * DAY_MS;
/** Passages count for an hour of the day when they lie this near to it. */
const HOURS_AROUND = 1.5;
/** Over longer stretches of time the hour of the day says nothing. */
export const HOURLY_MAX_MS = 12 * HOUR_MS;

/** @throws RangeError when a time is NaN or the end lies before the start */
export function spanOf(when: When): Span {
  const [fromMs, toMs] = "timeMs" in when ? [when.timeMs, when.timeMs] : [when.fromMs, when.toMs];
  if (!(toMs >= fromMs)) throw new RangeError(`no stretch of time: ${fromMs} to ${toMs}`);
  return {
    fromMs,
    toMs,
    windowFromMs: fromMs - WINDOW_MS,
    windowToMs: toMs + WINDOW_MS,
    hours:
      toMs - fromMs > HOURLY_MAX_MS
        ? undefined
        : { from: hourAt(fromMs, -HOURS_AROUND), to: hourAt(toMs, HOURS_AROUND) },
  };
}

function hourAt(timeMs: number, shift: number): number {
  return (((timeMs / HOUR_MS + shift) % 24) + 24) % 24;
}
