/** One aircraft over a stretch of time: runs of received positions, and the gaps between them. */

import type { JourneyJson, StopJson, TrackGapJson, TrackJson } from "../../src/api/shapes.js";
import { bearingDeg, sphereDistanceM } from "../../src/geo/sphere.js";
import type { LonLatDeg } from "./geo/seam.js";
import { runsOf } from "./track-runs.js";

/** A stretch in which nobody heard the aircraft. */
export interface Silence {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly durationS: number;
  /** Null when unknown. */
  readonly distanceKm: number | null;
  /** The last position before it and the first behind it. */
  readonly last: LonLatDeg;
  readonly next: LonLatDeg;
  /** On the ground at the same place before and after. */
  readonly parked: boolean;
  /** It reaches out of what is shown: one of its edges is no point of the track. */
  readonly isEnd: boolean;
}

/** What map, profile and itinerary show. */
export interface Scene {
  readonly track: TrackJson;
  readonly fromMs: number;
  readonly toMs: number;
  /** Ranges of points without a gap inside, `end` exclusive. */
  readonly runs: readonly { readonly start: number; readonly end: number }[];
  readonly gaps: readonly Silence[];
  /** Silences that reach out of what is shown. */
  readonly endGaps: readonly Silence[];
  readonly journeys: readonly JourneyJson[];
  readonly stops: readonly StopJson[];
}

/** chosen: larger than any airport, smaller than the way to the next one */
const SAME_PLACE_M = 5_000;

/** @param period in which something is shown; the track may be shorter */
export function sceneOf(
  track: TrackJson,
  journeys: readonly JourneyJson[],
  period: { readonly fromMs: number; readonly toMs: number },
): Scene {
  const runs = runsOf(track);
  const { lat, lon, ground } = track;
  const gaps = track.gaps.map((gap, i): Silence => {
    const next = track.gapAt[i]!;
    const [a, b] = [next - 1, next];
    return silenceOf(gap, {
      last: [lon[a]!, lat[a]!],
      next: [lon[b]!, lat[b]!],
      onGround: ground[a] === true && ground[b] === true,
      isEnd: false,
    });
  });
  const endGaps = track.endGaps.map((gap): Silence => {
    const { last, next } = gap;
    return silenceOf(gap, {
      last: [last.lon, last.lat],
      next: [next.lon, next.lat],
      onGround: last.onGround && next.onGround,
      isEnd: true,
    });
  });
  const stops = journeys.flatMap(({ stops: each }, at) => {
    const before = journeys[at - 1]?.stops.at(-1);
    return before && each[0] && isSameStop(before, each[0]) ? each.slice(1) : each;
  });
  return { track, ...period, runs, gaps, endGaps, journeys, stops };
}

function silenceOf(
  { id, from, to, durationS, distanceKm }: TrackGapJson,
  {
    last,
    next,
    onGround,
    isEnd,
  }: Pick<Silence, "last" | "next" | "isEnd"> & { readonly onGround: boolean },
): Silence {
  const awayM = sphereDistanceM(last[1], last[0], next[1], next[0]);
  return {
    id,
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
    durationS,
    distanceKm,
    last,
    next,
    parked: onGround && awayM < SAME_PLACE_M,
    isEnd,
  };
}

/**
 * The last stop of a journey is the first of the next one; it is shown once. Numbers begin anew with each journey,
 * and a stop that nobody saw has neither arrival nor departure: its movements' windows tell it from others.
 */
function isSameStop(a: StopJson, b: StopJson): boolean {
  return (
    a.openEnd === b.openEnd &&
    a.arrival === b.arrival &&
    a.departure === b.departure &&
    a.landing?.timeFrom === b.landing?.timeFrom &&
    a.takeoff?.timeFrom === b.takeoff?.timeFrom
  );
}

/** Where the aircraft was at a moment, as far as anybody heard it. */
export type Moment =
  | {
      readonly kind: "heard";
      readonly latDeg: number;
      readonly lonDeg: number;
      readonly altitudeFt: number | null;
      readonly speedKt: number | null;
      readonly onGround: boolean | null;
      readonly bearingDeg: number;
      readonly source: number;
    }
  | { readonly kind: "gap"; readonly gap: Silence }
  | { readonly kind: "outside"; readonly before: boolean };

/** @returns what is known of a moment; between two positions of a run the place lies on the line between them */
export function momentAt(scene: Scene, timeMs: number): Moment {
  const { track, runs } = scene;
  const timeS = timeMs / 1000;
  const gap = [...scene.gaps, ...scene.endGaps].find(
    ({ fromMs, toMs }) => timeMs > fromMs && timeMs < toMs,
  );
  if (gap) return { kind: "gap", gap };
  const first = track.time[0];
  if (first === undefined || timeS < first) return { kind: "outside", before: true };
  const run = runs.findLast(({ start }) => track.time[start]! <= timeS);
  if (!run || timeS > track.time[run.end - 1]! + 1) return { kind: "outside", before: false };
  return heardAt(track, indexAt(track.time, run, timeS), { run, timeS });
}

/** @returns the last point of a run at or before a time */
function indexAt(
  time: readonly number[],
  run: { start: number; end: number },
  timeS: number,
): number {
  let low = run.start;
  let high = run.end - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (time[middle]! <= timeS) low = middle;
    else high = middle - 1;
  }
  return low;
}

function heardAt(
  track: TrackJson,
  i: number,
  { run, timeS }: { run: { start: number; end: number }; timeS: number },
): Moment {
  const next = Math.min(i + 1, run.end - 1);
  const before = next === i ? Math.max(run.start, i - 1) : i;
  const spanS = track.time[next]! - track.time[i]!;
  const t = spanS > 0 ? Math.min(1, (timeS - track.time[i]!) / spanS) : 0;
  const turnDeg = ((track.lon[next]! - track.lon[i]! + 540) % 360) - 180;
  const [a, b] = [track.altitudeFt[i] ?? null, track.altitudeFt[next] ?? null];
  return {
    kind: "heard",
    latDeg: track.lat[i]! + t * (track.lat[next]! - track.lat[i]!),
    lonDeg: track.lon[i]! + t * turnDeg,
    altitudeFt: a === null || b === null ? a : a + t * (b - a),
    speedKt: track.speedKt[i] ?? null,
    onGround: track.ground[i] ?? null,
    bearingDeg: bearingDeg(
      track.lat[before]!,
      track.lon[before]!,
      track.lat[next]!,
      track.lon[next]!,
    ),
    source: track.source[i] ?? 3,
  };
}

/** @returns when the aircraft was nearest to a place, of the positions shown; undefined without any */
export function nearestTimeMs(scene: Scene, latDeg: number, lonDeg: number): number | undefined {
  const { time, lat, lon } = scene.track;
  let best = -1;
  let bestM = Number.POSITIVE_INFINITY;
  for (let i = 0; i < time.length; i++) {
    const awayM = sphereDistanceM(latDeg, lonDeg, lat[i]!, lon[i]!);
    if (awayM < bestM) [best, bestM] = [i, awayM];
  }
  return best < 0 ? undefined : time[best]! * 1000;
}

/** @returns times of everything one may want to step to: first and last contact, edges of gaps, arrivals, departures */
export function eventTimesMs(scene: Scene): number[] {
  const { track, gaps, stops, fromMs, toMs } = scene;
  const edges = [track.time[0], track.time[track.time.length - 1]].flatMap((each) =>
    each === undefined ? [] : [each * 1000],
  );
  const touched = stops.flatMap(({ arrival, departure, openEnd }) =>
    openEnd
      ? []
      : [arrival, departure].flatMap((each) => (each === null ? [] : [Date.parse(each)])),
  );
  const all = [...edges, ...gaps.flatMap((gap) => [gap.fromMs, gap.toMs]), ...touched];
  return [...new Set(all)].filter((each) => each >= fromMs && each <= toMs).sort((a, b) => a - b);
}

/**
 * @returns when a stop began: its landing, the earliest time of one that has only an interval, or its take-off; of an
 * open end, the beginning or the end of its journey
 */
function stopStartMs(
  { arrival, departure, landing, takeoff, openEnd }: StopJson,
  journey: JourneyJson,
): number {
  if (openEnd) return Date.parse(openEnd === "before" ? journey.from : journey.to);
  const iso = arrival ?? landing?.timeFrom ?? departure ?? takeoff?.timeFrom;
  return Date.parse(iso ?? journey.from);
}

/**
 * The time on the ground at a stop, cut to what is shown.
 *
 * @returns undefined for what is no stop, and where landing or take-off has only an interval
 */
export function groundTime(
  stop: StopJson,
  scene: Scene,
): { fromMs: number; toMs: number } | undefined {
  const { openEnd, arrival, departure, landing, takeoff } = stop;
  if (openEnd || (landing && arrival === null) || (takeoff && departure === null)) return undefined;
  const fromMs = arrival === null ? scene.fromMs : Date.parse(arrival);
  const toMs = departure === null ? scene.toMs : Date.parse(departure);
  return { fromMs: Math.max(fromMs, scene.fromMs), toMs: Math.min(toMs, scene.toMs) };
}

/** @returns what is shown before the first position and after the last one, where nothing is known either */
export function unheardEnds({ track, fromMs, toMs }: Scene): { fromMs: number; toMs: number }[] {
  const [first, last] = [track.time[0], track.time.at(-1)];
  if (first === undefined || last === undefined) return [{ fromMs, toMs }];
  const ends = [
    { fromMs, toMs: Math.min(toMs, first * 1000) },
    { fromMs: Math.max(fromMs, last * 1000), toMs },
  ];
  return ends.filter((end) => end.toMs - end.fromMs > 1000);
}

/** @returns gaps in which the aircraft may have gone somewhere, those at the ends included; not in order */
export function silencesOf({ gaps, endGaps }: Scene): Silence[] {
  return [...gaps, ...endGaps].filter(({ parked }) => !parked);
}

/** One line of the itinerary. */
export type ItineraryItem =
  | { readonly kind: "stop"; readonly stop: StopJson; readonly atMs: number }
  | { readonly kind: "gap"; readonly gap: Silence; readonly atMs: number };

/** @returns stops and gaps in order of time; time on the ground that nobody heard belongs to its stop and is no item */
export function itineraryOf(scene: Scene): ItineraryItem[] {
  const shown = new Set(scene.stops);
  const stops = scene.journeys.flatMap((journey) =>
    journey.stops
      .filter((stop) => shown.has(stop))
      .map((stop): ItineraryItem => ({ kind: "stop", stop, atMs: stopStartMs(stop, journey) })),
  );
  const gaps = silencesOf(scene).map(
    (gap): ItineraryItem => ({ kind: "gap", gap, atMs: gap.fromMs }),
  );
  return [...stops, ...gaps].sort((a, b) => a.atMs - b.atMs || (a.kind === "gap" ? -1 : 1));
}

/** @returns the journey shown where the address names no period: the one with most legs, the latest of equals */
export function mainJourney(journeys: readonly JourneyJson[]): JourneyJson | undefined {
  return journeys.reduce<JourneyJson | undefined>(
    (best, each) => (best && best.legs.length > each.legs.length ? best : each),
    undefined,
  );
}
