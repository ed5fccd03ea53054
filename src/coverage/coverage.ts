import { HOUR_MS } from "../units/quantity.js";
import type { SeenAnswer } from "./answer.js";
import { CoverageIndex } from "./coverage-index.js";
import { type HeardQuestion, heardShare } from "./heard-share.js";
import { type LandingQuestion, landingSeen } from "./landing-seen.js";
import type { AskedParts, CoverageParts } from "./parts.js";
import { placeSeen } from "./place-seen.js";
import {
  type AirportFloors,
  airportFloors,
  type BandLine,
  heardTable,
  type TableQuestion,
} from "./place-table.js";

/** Answers kept; a history asks for the same airport and hour again and again. */
const ANSWERS_KEPT = 20_000;

/** What receivers hear where and when, measured from tracks, and so what silence means. */
export class Coverage {
  readonly #index: CoverageIndex;
  readonly #answers = new Map<string, SeenAnswer>();

  constructor(readonly parts: CoverageParts | (CoverageParts & AskedParts)) {
    this.#index = new CoverageIndex(parts);
  }

  /**
   * Probability that a landing at an airport, then, would have been heard on the ground or below 1,500 ft above it
   * (or below `seenBelowFt`).
   * A moment is answered for its whole hour. Times are UTC.
   */
  landingSeen(question: LandingQuestion): SeenAnswer {
    if (!("timeMs" in question)) return landingSeen(this.#index, question);
    const hour = Math.floor(question.timeMs / HOUR_MS);
    const key = `${question.airport.ident} ${hour} ${question.transmitterClass} ${question.seenBelowFt}`;
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = landingSeen(this.#index, { ...question, timeMs: (hour + 0.5) * HOUR_MS });
      if (this.#answers.size >= ANSWERS_KEPT) this.#answers.clear();
      this.#answers.set(key, answer);
    }
    return answer;
  }

  /**
   * As `landingSeen`, for telling fields from each other: unknown unless enough is known of the field itself. Not kept:
   * whoever asks often keeps the answers.
   */
  placeSeen(question: LandingQuestion): SeenAnswer {
    return placeSeen(this.#index, question);
  }

  /**
   * Share of the hours between two times, on days that are held, in which anything was heard anywhere: a store that was
   * not listening then has no silence to speak of. 0 when no day is held.
   */
  listeningShare(fromMs: number, toMs: number): number {
    const { asked, held } = this.#index.hoursIn(fromMs, toMs);
    return asked === 0 ? 0 : held / asked;
  }

  /** Share of the time during which an aircraft passing a place at a height is heard. */
  heardShare(question: HeardQuestion): SeenAnswer {
    return heardShare(this.#index, question);
  }

  /** What was heard around a place by layer of air and hour of the day. */
  heardTable(question: TableQuestion): BandLine[] {
    return heardTable(this.#index, question);
  }

  /** How far down an airport's traffic was followed. */
  airportFloors(
    ident: string,
    period: { readonly fromMs: number; readonly toMs: number },
  ): AirportFloors {
    return airportFloors(this.#index, ident, period);
  }

  /** UTC days a period touches, on how many anything was heard anywhere, and what was read on them. */
  measuredIn(fromMs: number, toMs: number): MeasuredDays {
    const { asked, held } = this.#index.daysIn(fromMs, toMs);
    const inside = this.parts.days.filter(
      ({ day }) => day * 24 * HOUR_MS > fromMs - 24 * HOUR_MS && day * 24 * HOUR_MS <= toMs,
    );
    return {
      dayCount: asked,
      heldDayCount: held,
      pointCount: inside.reduce((sum, { pointCount }) => sum + pointCount, 0),
      aircraftDayCount: inside.reduce((sum, { aircraftCount }) => sum + aircraftCount, 0),
    };
  }
}

export interface MeasuredDays {
  readonly dayCount: number;
  readonly heldDayCount: number;
  readonly pointCount: number;
  /** Aircraft heard on each day, added up. */
  readonly aircraftDayCount: number;
}
