import { HOUR_MS, METRES_PER_NM } from "../units/quantity.js";
import { utcDay } from "../units/time.js";
import {
  CHANCES_MIN,
  estimateFrom,
  type PlacedTrial,
  posteriorOf,
  type SeenAnswer,
  type Span,
  spanOf,
} from "./answer.js";
import { bandAt, cellAt, HEIGHT_BANDS } from "./cell.js";
import type { CoverageIndex } from "./coverage-index.js";
import { type HeardRow, heardTotalMs, PASS_UNIT } from "./heard-grid.js";

export interface HeardQuestion {
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Above the local ground reference. */
  readonly heightFt: number;
  readonly fromMs: number;
  readonly toMs: number;
}

const NEIGHBOUR_M = 60 * METRES_PER_NM;

/**
 * Share of the time during which an aircraft passing there, then, at that height is heard (again within 2 minutes).
 */
export function heardShare(index: CoverageIndex, question: HeardQuestion): SeenAnswer {
  const cell = cellAt(question.latDeg, question.lonDeg);
  const band = bandAt(question.heightFt);
  if (cell < 0 || band < 0) return { kind: "unknown", reason: "place or height is not known" };
  const span = spanOf(question);
  const days = index.daysIn(span.fromMs, span.toMs);
  if (days.held === 0)
    return { kind: "unknown", reason: "no position of any aircraft is held in this period" };
  const around = index.rowsNear(cell, NEIGHBOUR_M).filter((row) => isMeant(row, band, span));
  const own = around.filter((row) => row.cell === cell).flatMap(placed);
  const neighbours = around.filter((row) => row.cell !== cell).flatMap(placed);
  const posterior = posteriorOf({ own, neighbours, hours: span.hours });
  const { ownChances, neighbourChances, hourChances } = posterior;
  const { name } = HEIGHT_BANDS[band]!;
  if (ownChances + neighbourChances < CHANCES_MIN) {
    const count = Math.round(ownChances + neighbourChances);
    return {
      kind: "unknown",
      reason: `too little traffic: ${count} aircraft-hours ${name} there and within 60 NM`,
    };
  }
  const share = days.held / days.asked;
  const { probability, lower, upper } = estimateFrom(posterior);
  return {
    kind: "known",
    probability: probability * share,
    lower: lower * share,
    upper: upper * share,
    n: Math.round((span.hours ? hourChances : ownChances) * 10) / 10,
    ownCount: Math.round(ownChances * 10) / 10,
    followedToFt: Number.NaN,
    basis:
      `${Math.round(ownChances)} aircraft-hours ${name} in this cell of about 30 by 30 NM, ` +
      `${utcDay(span.windowFromMs)} to ${utcDay(span.windowToMs)}; ` +
      `${Math.round(neighbourChances)} within 60 NM as a first guess`,
  };
}

function isMeant({ band, hour }: HeardRow, wanted: number, span: Span): boolean {
  const timeMs = hour * HOUR_MS;
  return band === wanted && timeMs >= span.windowFromMs - HOUR_MS && timeMs <= span.windowToMs;
}

/** Each aircraft-hour is one chance, taken by the share of time heard: minutes of one passage are not independent. */
function placed(row: HeardRow): PlacedTrial[] {
  const heardMs = heardTotalMs(row);
  const totalMs = heardMs + row.unheardMs;
  if (totalMs === 0) return [];
  const chances = row.passes / PASS_UNIT;
  return [
    {
      place: String(row.cell),
      day: Math.floor(row.hour / 24),
      hourOfDay: (row.hour % 24) + 0.5,
      chances,
      taken: (chances * heardMs) / totalMs,
    },
  ];
}
