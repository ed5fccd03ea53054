import { DAY_MS, HOUR_MS } from "../units/quantity.js";
import { CHANCES_MIN } from "./answer.js";
import { cellAt, HEIGHT_BANDS } from "./cell.js";
import type { CoverageIndex } from "./coverage-index.js";
import { type HeardRow, heardTotalMs, PASS_UNIT } from "./heard-grid.js";
import { AROUND_M, heightQuantileFt } from "./landing-seen.js";
import { isSeen, type Passage, partInside } from "./passage.js";

export interface TableQuestion {
  readonly latDeg: number;
  readonly lonDeg: number;
  /** The stretch of time measured, and nothing around it. */
  readonly fromMs: number;
  readonly toMs: number;
  /** How many hours of the day stand together, a divisor of 24; 1 when left out. */
  readonly hoursTogether?: number;
}

/** What was heard in one layer, in one hour of the day or all day. */
export interface HeardCell {
  /** Aircraft-hours in which an aircraft was there, heard or not. */
  readonly passes: number;
  readonly heardPasses: number;
  /** Hours of flying heard, by positions of ADS-B, MLAT and others. */
  readonly heardHours: readonly [number, number, number];
  /** Share of time heard, 0..1; NaN for too little traffic. */
  readonly share: number;
}

export interface BandLine {
  readonly band: number;
  readonly name: string;
  /** By hours of the UTC day, from 0 on. */
  readonly hours: readonly HeardCell[];
  readonly allDay: HeardCell;
}

/** Fewer aircraft-hours than this say nothing about a single hour. chosen: one aircraft is no measurement */
const PASSES_MIN = 3;

/** What was heard within 30 NM of a place, by layer of air and hour of the day; highest layer first, without the ground. */
export function heardTable(index: CoverageIndex, question: TableQuestion): BandLine[] {
  const cell = cellAt(question.latDeg, question.lonDeg);
  if (cell < 0) return [];
  const together = question.hoursTogether ?? 1;
  const rows = index.rowsNear(cell, AROUND_M).filter(({ hour }) => {
    const timeMs = hour * HOUR_MS;
    return timeMs > question.fromMs - HOUR_MS && timeMs <= question.toMs;
  });
  const lines: BandLine[] = [];
  for (let band = HEIGHT_BANDS.length - 1; band > 0; band--) {
    const ofBand = rows.filter((row) => row.band === band);
    const hours = Array.from({ length: 24 / together }, (_, at) => {
      const inHours = ofBand.filter(({ hour }) => Math.floor((hour % 24) / together) === at);
      return cellOf(inHours, PASSES_MIN);
    });
    const { name } = HEIGHT_BANDS[band]!;
    lines.push({ band, name, hours, allDay: cellOf(ofBand, CHANCES_MIN) });
  }
  return lines;
}

function cellOf(rows: readonly HeardRow[], passesMin: number): HeardCell {
  let passes = 0;
  let heardPasses = 0;
  let heard = 0;
  let unheard = 0;
  const heardHours: [number, number, number] = [0, 0, 0];
  for (const row of rows) {
    passes += row.passes / PASS_UNIT;
    heardPasses += row.heardPasses / PASS_UNIT;
    heard += heardTotalMs(row);
    unheard += row.unheardMs;
    row.heardMs.forEach((ms, source) => {
      heardHours[source]! += ms / HOUR_MS;
    });
  }
  const known = passes >= passesMin && heard + unheard > 0;
  return {
    passes,
    heardPasses,
    heardHours,
    share: known ? heard / (heard + unheard) : Number.NaN,
  };
}

/** How far down the traffic of an airport is followed. Heights are above the airport. */
export interface Floors {
  /** Passages known from their other side, and how many of them were heard near the airport at all. */
  readonly trialCount: number;
  readonly heardCount: number;
  /** Of the trials: heard on the ground, and heard there or below 1,500 ft. */
  readonly groundCount: number;
  readonly seenCount: number;
  /** Half, and nine in ten, of the trials were followed to this or lower, ft; NaN when fewer were. */
  readonly medianFt: number;
  readonly nineInTenFt: number;
  /** All passages heard near the airport, trial or not; those never heard are missing here. */
  readonly followedCount: number;
  readonly followedMedianFt: number;
}

export interface AirportFloors {
  readonly arrivals: Floors;
  readonly departures: Floors;
  readonly both: Floors;
  /** By hour of the UTC day: trials, and those of them seen; fractions where the time is uncertain. */
  readonly hours: readonly {
    readonly trials: number;
    readonly seen: number;
    readonly ground: number;
  }[];
}

/** How far down an airport's traffic was followed in a stretch of time, and nothing around it. */
export function airportFloors(
  index: CoverageIndex,
  ident: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): AirportFloors {
  const passages = index
    .passagesOf(ident)
    .filter(
      (one) => one.toMs >= fromMs && one.fromMs <= toMs && index.hasDays(one.fromMs, one.toMs),
    );
  const trials = passages.filter(({ isTrial }) => isTrial);
  return {
    arrivals: floorsOf(passages.filter(({ kind }) => kind === "arrival")),
    departures: floorsOf(passages.filter(({ kind }) => kind === "departure")),
    both: floorsOf(passages),
    hours: Array.from({ length: 24 }, (_, hour) => hourOf(trials, hour)),
  };
}

function floorsOf(passages: readonly Passage[]): Floors {
  const trials = passages.filter(({ isTrial }) => isTrial);
  const heard = passages.filter(({ followedToFt }) => !Number.isNaN(followedToFt));
  return {
    trialCount: trials.length,
    heardCount: trials.filter(({ followedToFt }) => !Number.isNaN(followedToFt)).length,
    groundCount: trials.filter(({ followedToFt }) => followedToFt === 0).length,
    seenCount: trials.filter(isSeen).length,
    medianFt: heightQuantileFt(trials, 0.5),
    nineInTenFt: heightQuantileFt(trials, 0.9),
    followedCount: heard.length,
    followedMedianFt: heightQuantileFt(heard, 0.5),
  };
}

function hourOf(trials: readonly Passage[], hour: number): AirportFloors["hours"][number] {
  let count = 0;
  let seen = 0;
  let ground = 0;
  for (const passage of trials) {
    const part = partInside(passage, (timeMs) => Math.floor((timeMs % DAY_MS) / HOUR_MS) === hour);
    count += part;
    if (isSeen(passage)) seen += part;
    if (passage.followedToFt === 0) ground += part;
  }
  return { trials: count, seen, ground };
}
