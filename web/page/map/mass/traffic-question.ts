/** Which area and which time "Others heard" is about: those of the screen. */

import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/units/quantity.js";
import { parseUtc } from "../../../../src/units/time.js";
import { queryOf, type View } from "../../url.js";
import { minuteText } from "../../words.js";
import type { Bounds } from "../drawing.js";

/** What the page knows when it asks. */
export interface TrafficAsker {
  readonly view: View;
  readonly bounds: Bounds | undefined;
  /** Of the aircraft on the screen, or of what is drawn. */
  readonly period: { readonly fromMs: number; readonly toMs: number } | undefined;
  /** The clock, where there is one. */
  readonly clockMs: number;
  /** "2019-01-23": the last day that the lake holds positions of. */
  readonly lastDay: string | undefined;
}

/** A question to `/api/positions`. */
export interface TrafficQuestion {
  /** Parameters without `max`. */
  readonly query: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A longer time on the screen is shown day by day, as the clock goes. chosen: a journey over an ocean and back */
const WHOLE_MAX_MS = 2 * DAY_MS;
/** Shown before and after a gap. chosen */
const AROUND_GAP_MS = 30 * MINUTE_MS;
/** Around what is drawn: the map shows more than that. Degrees at least, and a part of its size. chosen */
const MARGIN_DEG = 0.5;
const MARGIN_SHARE = 0.5;
/** As the server has it. */
const PERIOD_MAX_MS = 31 * DAY_MS;

/** @returns undefined while the screen has nothing that could be asked about */
export function trafficQuestion(asker: TrafficAsker): TrafficQuestion | undefined {
  const place = placeOf(asker);
  const period = periodOf(asker);
  if (!place || !period) return undefined;
  const { fromMs, toMs } = period;
  const query = queryOf({ ...place, from: minuteText(fromMs), to: minuteText(toMs) });
  return { query, fromMs, toMs };
}

function placeOf({ view, bounds }: TrafficAsker): Record<string, string> | undefined {
  const { screen, id, params } = view;
  const asked: Record<string, string> = {};
  for (const name of ["in", "near", "within"])
    if (params[name] !== undefined) asked[name] = params[name];
  if (screen === "country") return { in: id, ...(asked["near"] && { near: asked["near"] }) };
  if (screen === "search" && (asked["in"] ?? asked["near"]) !== undefined) return asked;
  if (bounds) return { in: boxText(bounds) };
  return screen === "search" ? { in: boxText([-180, -90, 180, 90]) } : undefined;
}

/** @returns "west,south,east,north" a little larger; west is greater than east across 180 degrees */
export function boxText([west, south, east, north]: Bounds): string {
  const lonDeg = MARGIN_DEG + MARGIN_SHARE * (east - west);
  const latDeg = MARGIN_DEG + MARGIN_SHARE * (north - south);
  const grown = [
    west - lonDeg,
    Math.max(-90, south - latDeg),
    east + lonDeg,
    Math.min(90, north + latDeg),
  ] as const;
  const isWhole = grown[2] - grown[0] >= 360;
  const edges = isWhole
    ? [-180, grown[1], 180, grown[3]]
    : [turned(grown[0]), grown[1], turned(grown[2]), grown[3]];
  return edges.map((each) => Number(each.toFixed(2))).join(",");
}

function turned(lonDeg: number): number {
  return ((((lonDeg + 180) % 360) + 360) % 360) - 180;
}

function periodOf({
  view,
  period,
  clockMs,
  lastDay,
}: TrafficAsker): { fromMs: number; toMs: number } | undefined {
  if (view.screen === "gap")
    return (
      period &&
      cut(
        { fromMs: period.fromMs - AROUND_GAP_MS, toMs: period.toMs + AROUND_GAP_MS },
        WHOLE_MAX_MS,
      )
    );
  if (view.screen === "aircraft" || view.screen === "map") return period && dayOf(period, clockMs);
  const fromMs = parseUtc(view.params["from"] ?? "");
  const toMs = endOf(view.params["to"]);
  const dayMs = parseUtc(lastDay ?? "");
  if (dayMs === undefined) return undefined;
  if (fromMs === undefined && toMs === undefined)
    return { fromMs: dayMs, toMs: dayMs + DAY_MS - MINUTE_MS };
  const last = toMs ?? Math.max(fromMs!, dayMs) + DAY_MS - MINUTE_MS;
  const first = Math.max(fromMs ?? last - PERIOD_MAX_MS, last - PERIOD_MAX_MS);
  return { fromMs: first, toMs: Math.max(first + HOUR_MS, last) };
}

function cut({ fromMs, toMs }: { fromMs: number; toMs: number }, lengthMs: number) {
  return { fromMs, toMs: Math.min(toMs, fromMs + lengthMs) };
}

/** All of a period that is short, else the UTC day of the clock with some of the day before: trails reach back. */
function dayOf(period: { fromMs: number; toMs: number }, clockMs: number) {
  if (period.toMs - period.fromMs <= WHOLE_MAX_MS) return period;
  const atMs = Number.isFinite(clockMs) ? clockMs : period.fromMs;
  const fromMs = Math.floor(atMs / DAY_MS) * DAY_MS;
  return { fromMs: fromMs - HOUR_MS, toMs: fromMs + DAY_MS };
}

/** A bare day as the end means its end. */
function endOf(text: string | undefined): number | undefined {
  const timeMs = parseUtc(text ?? "");
  if (timeMs === undefined) return undefined;
  return text?.includes("T") ? timeMs : timeMs + DAY_MS - MINUTE_MS;
}
