import { HOURLY_MAX_MS, type SeenAnswer } from "../coverage/answer.js";
import type { Coverage, MeasuredDays } from "../coverage/coverage.js";
import { type MissedBound, missedUpTo } from "../coverage/estimate.js";
import type { AirportFloors, BandLine, Floors, HeardCell } from "../coverage/place-table.js";
import type { Airport } from "../place/airport.js";
import { isoSeconds, utcDay } from "../units/time.js";
import { grouped, shareText } from "./wording.js";

/** Fewer passages than this in an hour of the day are too little to say anything of it. */
export const PASSAGES_MIN = 3;

/** What coverage is asked for. */
export interface CoverageQuestion {
  readonly label: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly airport: Airport | undefined;
  readonly fromMs: number;
  readonly toMs: number;
  /** Landings there, then, that were seen; for how many may have been missed. */
  readonly seenCount: number;
  readonly timeZone: string | undefined;
}

/** What it was measured from. */
export interface MeasuredFrom {
  readonly inputCount: number;
  /** Inputs that broke off or whose end is not known. */
  readonly partialInputCount: number;
  /** Names the state of the store, the tables and the rule. */
  readonly key: string;
}

/** Everything shown about coverage at a place; also its JSON shape. */
export interface CoverageModel {
  readonly schema: "wheelsdown/coverage/1";
  readonly simulated: boolean;
  readonly at: {
    readonly label: string;
    readonly ident: string | null;
    readonly lat: number;
    readonly lon: number;
  };
  readonly from: string;
  readonly to: string;
  readonly timeZone: string | null;
  readonly landing: LandingJson | null;
  /** What to say of landings that were not seen. */
  readonly sentences: readonly string[];
  readonly bands: readonly BandJson[];
  readonly floors: FloorsJson | null;
  readonly measured: {
    readonly days: number;
    readonly daysHeld: number;
    readonly positions: number;
    readonly aircraftDays: number;
    readonly inputs: number;
    readonly partialInputs: number;
    readonly key: string;
  };
}

export type LandingJson =
  | {
      readonly kind: "known";
      readonly probability: number;
      readonly lower: number;
      readonly upper: number;
      readonly n: number;
      readonly followedToFt: number | null;
      readonly basis: string;
      readonly seenCount: number;
      /** Null: no number can be excluded. */
      readonly missedUpTo: number | null;
      readonly missedUpToAtMiddle: number | null;
      readonly confidence: number;
    }
  | { readonly kind: "unknown"; readonly reason: string };

export interface HeardCellJson {
  readonly aircraftHours: number;
  readonly heardAircraftHours: number;
  readonly adsbHours: number;
  readonly mlatHours: number;
  readonly otherHours: number;
  /** Null for too little traffic. */
  readonly share: number | null;
}

export interface BandJson {
  readonly name: string;
  readonly allDay: HeardCellJson;
  /** By hour of the UTC day. */
  readonly hours: readonly HeardCellJson[];
}

export interface FloorsJson {
  readonly arrivals: FloorJson;
  readonly departures: FloorJson;
  readonly both: FloorJson;
  /** By hour of the UTC day; fractions where a time is uncertain. */
  readonly hours: AirportFloors["hours"];
}

type FloorJson = Omit<Floors, "medianFt" | "nineInTenFt" | "followedMedianFt"> & {
  readonly medianFt: number | null;
  readonly nineInTenFt: number | null;
  readonly followedMedianFt: number | null;
};

/** Asks coverage everything there is to show about a place and a period. */
export function coverageModel(
  coverage: Coverage,
  question: CoverageQuestion,
  from: MeasuredFrom,
): CoverageModel {
  const { airport, fromMs, toMs, latDeg, lonDeg, seenCount } = question;
  const answer = airport && coverage.landingSeen({ airport, fromMs, toMs });
  const missed = answer?.kind === "known" ? missedUpTo({ seenCount, estimate: answer }) : undefined;
  const measured = coverage.measuredIn(fromMs, toMs);
  const floors = airport && coverage.airportFloors(airport.ident, { fromMs, toMs });
  const hours = toMs - fromMs > HOURLY_MAX_MS ? (floors?.hours ?? []) : [];
  return {
    schema: "wheelsdown/coverage/1",
    simulated: coverage.parts.simulated,
    at: { label: question.label, ident: airport?.ident ?? null, lat: latDeg, lon: lonDeg },
    from: isoSeconds(fromMs),
    to: isoSeconds(toMs),
    timeZone: question.timeZone ?? null,
    landing: answer ? landingJson(answer, missed, seenCount) : null,
    sentences:
      airport && answer
        ? landingSentences(question, airport, { answer, missed, hours, measured })
        : [],
    bands: coverage.heardTable({ latDeg, lonDeg, fromMs, toMs }).map(bandJson),
    floors: floors ? floorsJson(floors) : null,
    measured: {
      days: measured.dayCount,
      daysHeld: measured.heldDayCount,
      positions: measured.pointCount,
      aircraftDays: measured.aircraftDayCount,
      inputs: from.inputCount,
      partialInputs: from.partialInputCount,
      key: from.key,
    },
  };
}

function landingJson(
  answer: SeenAnswer,
  missed: MissedBound | undefined,
  seenCount: number,
): LandingJson {
  if (answer.kind === "unknown") return answer;
  const { probability, lower, upper, n, followedToFt, basis } = answer;
  return {
    kind: "known",
    probability: fine(probability),
    lower: fine(lower),
    upper: fine(upper),
    n,
    followedToFt: finiteOrNull(followedToFt),
    basis,
    seenCount,
    missedUpTo: missed?.upTo ?? null,
    missedUpToAtMiddle: missed?.upToAtMiddle ?? null,
    confidence: missed?.confidence ?? 0.95,
  };
}

interface SentenceParts {
  readonly answer: SeenAnswer;
  readonly missed: MissedBound | undefined;
  readonly hours: AirportFloors["hours"];
  readonly measured: MeasuredDays;
}

/** The sentences a negative finding needs. */
function landingSentences(
  { fromMs, toMs, seenCount }: CoverageQuestion,
  { ident }: Airport,
  { answer, missed, hours, measured }: SentenceParts,
): string[] {
  const period =
    utcDay(fromMs) === utcDay(toMs)
      ? `on ${utcDay(fromMs)}`
      : `from ${utcDay(fromMs)} to ${utcDay(toMs)}`;
  if (answer.kind === "unknown") {
    return [
      `With what probability a landing at ${ident} ${period} would have been seen is unknown: ${answer.reason}.`,
      "So that none was seen says nothing about whether there were any.",
    ];
  }
  const { probability, lower, upper, basis } = answer;
  const { dayCount, heldDayCount } = measured;
  const share = `${shareText(probability)} (95 %: ${shareText(lower)} to ${shareText(upper)})`;
  const seen =
    seenCount === 0
      ? "With no landing seen"
      : seenCount === 1
        ? "With one landing seen"
        : `With ${seenCount} landings seen`;
  const more = seenCount === 0 ? "" : " more";
  const usual = hours.length > 0 ? ", if they came at the hours at which its traffic comes" : "";
  const bound =
    missed?.upTo === undefined
      ? `${seen}, no number of${more} missed ones can be excluded.`
      : missed.upTo === 0
        ? `${seen}: one${more} would have gone unseen in fewer than 5 of 100 such cases${usual}. That does not say that none took place.`
        : `${seen}, up to ${grouped(missed.upTo)}${more} could have been missed (95 %)${usual}.`;
  return [
    `A landing at ${ident} ${period} would have been seen with probability ${share}: heard on the ground or below 1,500 ft.`,
    ...(heldDayCount < dayCount
      ? [
          `Only ${heldDayCount} of the ${dayCount} days are held; a landing on another counts as not seen.`,
        ]
      : []),
    bound,
    ...hourSentences(hours, probability),
    `Measured from ${basis}.`,
  ];
}

/** An hour whose share is below this part of the whole is named. chosen: half is no matter of chance and taste */
const WORSE_PART = 0.5;

/** Where hours of the day differ, one number for all of them misleads. */
function hourSentences(hours: AirportFloors["hours"], probability: number): string[] {
  const measured = hours.map(({ trials }) => trials >= PASSAGES_MIN);
  const worse = hours.map(
    ({ trials, seen }, hour) => measured[hour] === true && seen / trials < WORSE_PART * probability,
  );
  const worseTrials = hours.filter((_, hour) => worse[hour]);
  const sentences: string[] = [];
  if (worseTrials.length > 0) {
    const seen = Math.round(worseTrials.reduce((sum, one) => sum + one.seen, 0));
    const trials = Math.round(worseTrials.reduce((sum, one) => sum + one.trials, 0));
    sentences.push(`${hourRanges(worse)} it is less: ${seen} of ${trials} passages were seen.`);
  }
  const unmeasured = hours.filter((_, hour) => !measured[hour]).length;
  if (unmeasured > 0)
    sentences.push(
      `In ${unmeasured} of the 24 hours of the day fewer than ${PASSAGES_MIN} passages were measured: of those hours it says little.`,
    );
  return sentences;
}

/** @returns "At 01-03Z and 23-24Z" for marked hours of the day */
function hourRanges(marked: readonly boolean[]): string {
  const ranges: string[] = [];
  for (let hour = 0; hour < marked.length; hour++) {
    if (!marked[hour]) continue;
    const from = hour;
    while (marked[hour + 1]) hour++;
    ranges.push(`${String(from).padStart(2, "0")}-${String(hour + 1).padStart(2, "0")}Z`);
  }
  return `At ${ranges.join(", ")}`;
}

function bandJson({ name, allDay, hours }: BandLine): BandJson {
  return { name, allDay: cellJson(allDay), hours: hours.map(cellJson) };
}

function cellJson({ passes, heardPasses, heardHours, share }: HeardCell): HeardCellJson {
  const [adsb, mlat, other] = heardHours;
  return {
    aircraftHours: fine(passes),
    heardAircraftHours: fine(heardPasses),
    adsbHours: fine(adsb),
    mlatHours: fine(mlat),
    otherHours: fine(other),
    share: finiteOrNull(fine(share)),
  };
}

function floorsJson({ arrivals, departures, both, hours }: AirportFloors): FloorsJson {
  return {
    arrivals: floorJson(arrivals),
    departures: floorJson(departures),
    both: floorJson(both),
    hours: hours.map(({ trials, seen, ground }) => {
      return { trials: fine(trials), seen: fine(seen), ground: fine(ground) };
    }),
  };
}

function floorJson(floors: Floors): FloorJson {
  return {
    ...floors,
    medianFt: finiteOrNull(floors.medianFt),
    nineInTenFt: finiteOrNull(floors.nineInTenFt),
    followedMedianFt: finiteOrNull(floors.followedMedianFt),
  };
}

/** Four decimals: more would pretend. */
function fine(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
