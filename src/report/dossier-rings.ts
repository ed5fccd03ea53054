/** Rings of stops on a journey's map, in pixels. */
import type { StopJson } from "./journey-shape.js";
import type { LonLat } from "./lines.js";
import { realStops } from "./place-words.js";

export type Xy = readonly [x: number, y: number];

export interface StopMark {
  /** Of the stop, or of the first of many at one place. */
  readonly number: number;
  /** The number, "?" for an open end, "×12" for stops too many to stand side by side. */
  readonly text: string;
  readonly at: Xy;
  /** "open" for an open end: no stop, so it has no number to show. */
  readonly evidence: "seen" | "inferred" | "open";
}

/** Of the ring of one stop, in pixels. */
export const RING_RADIUS_PX = 10;
/** chosen: more rings in a row point at places where nothing stopped. */
export const SIDE_BY_SIDE_MAX = 4;

/**
 * Rings of stops. Those that would cover each other (a place visited twice) stand side by side, too many for that are one.
 *
 * @param project from longitude and latitude to pixels
 */
export function stopMarks(stops: readonly StopJson[], project: (at: LonLat) => Xy): StopMark[] {
  const groups: { at: Xy; stops: StopJson[] }[] = [];
  for (const stop of stops) {
    if (stop.lat === null || stop.lon === null) continue;
    const at = project([stop.lon, stop.lat]);
    const group = groups.find((one) => distancePx(one.at, at) < RING_RADIUS_PX * 1.9);
    if (group) group.stops.push(stop);
    else groups.push({ at, stops: [stop] });
  }
  return groups.flatMap(({ at, stops: here }) => {
    const marks = here.length > SIDE_BY_SIDE_MAX ? gathered(here) : here.map(stopMark);
    return marks.map((mark, index) => ({
      ...mark,
      at: [at[0] + (index - (marks.length - 1) / 2) * (RING_RADIUS_PX * 2 + 3), at[1]] as const,
    }));
  });
}

type BareMark = Omit<StopMark, "at">;

function stopMark({ number, openEnd, evidence }: StopJson): BareMark {
  return openEnd
    ? { number, text: "?", evidence: "open" }
    : { number, text: `${number}`, evidence };
}

/** One ring for all stops at a place, beside open ends; each stop has its row in the table. */
function gathered(stops: readonly StopJson[]): BareMark[] {
  const real = realStops(stops);
  const evidence = evidenceOfMany(real);
  const ends = stops.filter(({ openEnd }) => openEnd !== null).map(stopMark);
  return [{ number: real[0]!.number, text: `×${real.length}`, evidence }, ...ends];
}

/** @returns how a ring is drawn that stands for many: as seen only when all were, or one that was not would look seen */
export function evidenceOfMany(
  items: readonly { readonly evidence: "seen" | "inferred" }[],
): "seen" | "inferred" {
  return items.every(({ evidence }) => evidence === "seen") ? "seen" : "inferred";
}

/** @returns the radius of a ring in which a text has room; 10 for a number */
export function ringRadiusPx(text: string): number {
  return text.startsWith("×") ? RING_RADIUS_PX - 3 + 3 * text.length : RING_RADIUS_PX;
}

/** Distance of two places on the drawing, in pixels. */
export function distancePx(a: Xy, b: Xy): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
