import { findType } from "../src/aircraft/types/index.js";
import { sphereDistanceM } from "../src/geo/sphere.js";
import { statedType } from "../src/movement/traits.js";
import { seededRandom, seedOf } from "../src/sim/random.js";
import { TrackBuilder } from "../src/track/builder.js";
import {
  callsignAt,
  GROUND_UNKNOWN,
  GROUND_YES,
  POSITION_SOURCES,
  type Track,
} from "../src/track/track.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../src/units/quantity.js";
import type { TimeInterval } from "../src/units/time.js";
import type { Case, Truth } from "./case.js";

/** An arrival is worth joining when so much of it was heard before, and a departure after. */
const LEAST_TRACK_MS = 8 * MINUTE_MS;
/** Nor is it an arrival or departure when nobody heard the aircraft away from the field: noise at a stand is none. */
const LEAST_AWAY_M = 5 * METRES_PER_NM;
const SHORTEST_STAY_MS = 35 * MINUTE_MS;
const LONGEST_STAY_MS = 8 * HOUR_MS;
/** Each arrival meets at most so many departures, so that no one flight rules the figures. */
const MOST_PARTNERS = 4;

interface EndOfCase {
  readonly each: Case;
  readonly truth: Truth;
  readonly engine: string;
}

/**
 * Stops that never were, of real halves: an arrival joined to a departure from the same airport by another aircraft of
 * the same engine class, moved in time to follow after a stay of 35 min to 8 h.
 */
export function composedStops(cases: readonly Case[]): Case[] {
  const usable = cases.filter((each) => !each.composed);
  const arrivals = usable.flatMap((each) => endsOf(each, "landing"));
  const departures = usable.flatMap((each) => endsOf(each, "takeoff"));
  return arrivals.flatMap((arrival) =>
    departures
      .filter(
        ({ each, truth, engine }) =>
          each !== arrival.each &&
          truth.airport === arrival.truth.airport &&
          engine === arrival.engine,
      )
      .sort((a, b) => pairRank(arrival, a) - pairRank(arrival, b))
      .slice(0, MOST_PARTNERS)
      .map((departure) => joined(arrival, departure)),
  );
}

function pairRank(a: EndOfCase, b: EndOfCase): number {
  return seedOf(`${a.each.id} ${b.each.id}`);
}

function endsOf(each: Case, kind: Truth["kind"]): EndOfCase[] {
  const { track, truths } = each;
  return truths.flatMap((truth, at) => {
    if (truth.kind !== kind || !truth.airport) return [];
    // As far as the flight reaches: to the movement before a landing, or after a take-off.
    const beforeMs = truths[at - 1]?.timeMs ?? track.timeMs[0]!;
    const afterMs = truths[at + 1]?.timeMs ?? track.timeMs[track.length - 1]!;
    const heardMs = kind === "landing" ? truth.timeMs - beforeMs : afterMs - truth.timeMs;
    const [fromMs, toMs] = kind === "landing" ? [beforeMs, truth.timeMs] : [truth.timeMs, afterMs];
    if (heardMs < LEAST_TRACK_MS || !isHeardAway(track, truth, { fromMs, toMs })) return [];
    // An unknown type is nearly always an airliner in these files.
    const engine = findType(statedType(track) ?? "")?.engineClass ?? "jet";
    return [{ each, truth, engine }];
  });
}

function isHeardAway(track: Track, { airport }: Truth, { fromMs, toMs }: TimeInterval): boolean {
  const { length, timeMs, latDeg, lonDeg } = track;
  for (let i = 0; i < length; i++) {
    if (timeMs[i]! < fromMs || timeMs[i]! > toMs) continue;
    const awayM = sphereDistanceM(latDeg[i]!, lonDeg[i]!, airport!.latDeg, airport!.lonDeg);
    if (awayM >= LEAST_AWAY_M) return true;
  }
  return false;
}

function joined(arrival: EndOfCase, departure: EndOfCase): Case {
  const id = `${arrival.each.id} + ${departure.each.id}`;
  const random = seededRandom(seedOf(`stay ${id}`));
  const stayMs = SHORTEST_STAY_MS + random() ** 2 * (LONGEST_STAY_MS - SHORTEST_STAY_MS);
  const shiftMs = Math.round(arrival.truth.timeMs + stayMs - departure.truth.timeMs);
  const track = joinTracks(arrival.each.track, departure.each.track, {
    shiftMs,
    untilMs: arrival.truth.timeMs + stayMs / 2,
    fromMs: departure.truth.timeMs - stayMs / 2,
  });
  const earlier = arrival.each.truths.filter((t) => t.timeMs <= arrival.truth.timeMs);
  const later = departure.each.truths
    .filter((t) => t.timeMs >= departure.truth.timeMs)
    .map((t) => ({ ...t, timeMs: t.timeMs + shiftMs }));
  const shifted = departure.each.negatives.map((negative) => ({
    ...negative,
    fromMs: negative.fromMs + shiftMs,
    toMs: negative.toMs + shiftMs,
  }));
  return {
    ...arrival.each,
    id: `composed ${id}`,
    corpus: "composed",
    track,
    truths: [...earlier, ...later],
    negatives: [...arrival.each.negatives, ...shifted],
    complete: arrival.each.complete && departure.each.complete,
    special: arrival.each.special || departure.each.special,
    composed: `arrival of ${arrival.each.aircraftKey}, departure of ${departure.each.aircraftKey}, stay ${Math.round(stayMs / MINUTE_MS)} min`,
  };
}

/** Where two tracks are joined. */
export interface Joint {
  /** Added to the times of the second. */
  readonly shiftMs: number;
  /** The first counts until then, by its own clock; the second from then, by its own. */
  readonly untilMs: number;
  readonly fromMs: number;
}

/** The points of `a` up to a time, then those of `b` moved by `shiftMs`, all under the address of `a`. */
export function joinTracks(a: Track, b: Track, { shiftMs, untilMs, fromMs }: Joint): Track {
  const builder = new TrackBuilder(a.address);
  addPoints(builder, a, { shiftMs: 0, isKept: (timeMs) => timeMs <= untilMs });
  addPoints(builder, b, { shiftMs, isKept: (timeMs) => timeMs >= fromMs });
  return builder.build(a.sources.slice(0, 1));
}

function addPoints(
  builder: TrackBuilder,
  track: Track,
  { shiftMs, isKept }: { readonly shiftMs: number; readonly isKept: (timeMs: number) => boolean },
): void {
  for (let i = 0; i < track.length; i++) {
    if (!isKept(track.timeMs[i]!)) continue;
    const timeMs = track.timeMs[i]! + shiftMs;
    const ground = track.ground[i]!;
    const point = {
      timeMs,
      latDeg: track.latDeg[i]!,
      lonDeg: track.lonDeg[i]!,
      altitudeFt: track.altitudeFt[i],
      geometricAltitudeFt: track.geometricAltitudeFt[i],
      groundSpeedKt: track.groundSpeedKt[i],
      trackAngleDeg: track.trackAngleDeg[i],
      verticalRateFpm: track.verticalRateFpm[i],
      onGround: ground === GROUND_UNKNOWN ? undefined : ground === GROUND_YES,
      flags: track.flags[i],
      positionSource: POSITION_SOURCES[track.positionSource[i]!],
      callsign: callsignAt(track, i),
      row: track.sourceRow[i]!,
    };
    builder.add(point, 0);
  }
}
