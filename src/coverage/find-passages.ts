import { findType } from "../aircraft/types/index.js";
import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport, AirportKind, AirportTable } from "../place/airport.js";
import type { Track } from "../track/track.js";
import { DAY_MS, METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import { SOURCE_CLASSES } from "./heard-grid.js";
import { isOnGround, levelFt, sourceClassAt } from "./listen.js";
import { isSeen, type Passage } from "./passage.js";
import { findSpells, type Spell } from "./spells.js";

/** Heard within this of an airport and below this height above it is heard near it. chosen: a descent's last 10 min */
const NEAR_M = 30 * METRES_PER_NM;
export const NEAR_FT = 10_000;
/** A surface point belongs to an airport within this distance of its reference point. */
const SURFACE_M = 3 * METRES_PER_NM;
/** On the ground this soon after being heard in the air, the landing itself was heard. */
const ROLL_MS = 15 * MINUTE_MS;
/** Stops between contacts further apart measure the holes of the archive more than its receivers. chosen: a week */
const STOP_MAX_MS = 7 * DAY_MS;
/** Going down or up: 400 ft in three minutes, or 300 ft/min as sent. Source: docs/coverage.md, "Stops". */
const TREND_MS = 3 * MINUTE_MS;
const TREND_FT = 400;
const TREND_FPM = 300;
const RATES_WANTED = 5;
const RATES_MIN = 3;
/** A flight that ends in a descent below this and within this of an airport arrived there, though it is no trial. */
const LAST_SEEN_FT = 5000;
const LAST_SEEN_M = 15 * METRES_PER_NM;

const FIELDS_LOOKED_AT = 30;
/**
 * How much nearer than a large airport a field of this kind must be to be meant, metres, and per foot of height: the
 * higher an aircraft is lost, the less its nearest strip means. chosen: docs/coverage.md
 */
const HANDICAP_M: Readonly<Partial<Record<AirportKind, number>>> = {
  large: 0,
  medium: 100,
  small: 400,
};
const USED_KINDS: ReadonlySet<AirportKind> = new Set(Object.keys(HANDICAP_M) as AirportKind[]);
const SMALL_FIELD_M_PER_FT = 4;

type Kind = Passage["kind"];

interface Looking {
  readonly track: Track;
  readonly airports: AirportTable;
}

/**
 * The arrivals and departures of a track, heard, or known to have taken place from their other side. Helicopters and
 * gliders are left out: where they come down is no matter of airports.
 */
export function findPassages(track: Track, airports: AirportTable): Passage[] {
  if (!usesAirports(track)) return [];
  const look = { track, airports };
  const spells = findSpells(track);
  return spells.flatMap((spell, at) => {
    const before = spells[at - 1];
    const after = spells[at + 1];
    if (spell.onGround) return groundStop(look, spell, { before, after });
    return [
      ...(before
        ? before.onGround
          ? []
          : airStop(look, before, spell)
        : open(look, spell, "departure")),
      ...(after ? [] : open(look, spell, "arrival")),
    ];
  });
}

function usesAirports(track: Track): boolean {
  const source = track.sources.findLast(({ stated }) => stated.typeDesignator);
  const engineClass = findType(source?.stated.typeDesignator ?? "")?.engineClass;
  return engineClass !== "helicopter" && engineClass !== "glider";
}

/** A stop during which the aircraft was heard on the ground. */
function groundStop(
  { track, airports }: Looking,
  stay: Spell,
  { before, after }: { readonly before: Spell | undefined; readonly after: Spell | undefined },
): Passage[] {
  const airport = airportAt(track, airports, stay.first);
  if (!airport) return [];
  const { timeMs } = track;
  const rolledIn =
    !!before && !before.onGround && timeMs[stay.first]! - timeMs[before.last]! <= ROLL_MS;
  const rolledOut =
    !!after && !after.onGround && timeMs[after.first]! - timeMs[stay.last]! <= ROLL_MS;
  const arrival =
    before && passageAt(track, airport, rolledIn ? stay.first : before.last, "arrival");
  const departure =
    after && passageAt(track, airport, rolledOut ? stay.last : after.first, "departure");
  const sides = {
    arrival: before && within(arrival!, timeMs[before.last]!, timeMs[stay.first]!),
    departure: after && within(departure!, timeMs[stay.last]!, timeMs[after.first]!),
  };
  // Heard only while standing, neither rolling in nor rolling out: both sides are known to have taken place.
  return asTrials(sides, !rolledIn && !rolledOut);
}

/** A stop inside a hole: lost near an airport or heard again near one, with more time between than flying on takes. */
function airStop({ track, airports }: Looking, before: Spell, after: Spell): Passage[] {
  const { timeMs } = track;
  const end = isGoing(track, before, "arrival") ? before.last : -1;
  const start = isGoing(track, after, "departure") ? after.first : -1;
  const airport = airportBelow(track, airports, [end, start]);
  if (!airport) return [];
  const fromMs = timeMs[before.last]!;
  const toMs = timeMs[after.first]!;
  const side = (index: number, other: number, kind: Kind): Passage => {
    if (index >= 0) return within(passageAt(track, airport, index, kind), fromMs, toMs);
    const unheard = { ...passageAt(track, airport, other, kind), followedToFt: Number.NaN };
    return within(unheard, fromMs, toMs);
  };
  const sides = { arrival: side(end, start, "arrival"), departure: side(start, end, "departure") };
  return asTrials(sides, false);
}

/** The track begins or ends near an airport, climbing or descending. */
function open({ track, airports }: Looking, spell: Spell, kind: Kind): Passage[] {
  if (!isGoing(track, spell, kind)) return [];
  const index = kind === "arrival" ? spell.last : spell.first;
  const airport = airportBelow(track, airports, [index]);
  if (!airport) return [];
  const passage = passageAt(track, airport, index, kind);
  const isClose = distanceM(track, index, airport) <= LAST_SEEN_M;
  return isClose && passage.followedToFt <= LAST_SEEN_FT ? [passage] : [];
}

/** Each side is a trial when the other one tells that the stop took place; a side that nothing tells of is none. */
function asTrials(
  {
    arrival,
    departure,
  }: { readonly arrival: Passage | undefined; readonly departure: Passage | undefined },
  isKnown: boolean,
): Passage[] {
  const isShort = !!arrival && !!departure && departure.toMs - arrival.fromMs <= STOP_MAX_MS;
  const found: Passage[] = [];
  const witnessed = (side: Passage, other: Passage | undefined): Passage => ({
    ...side,
    isTrial: isShort && (isKnown || isHeard(other)),
    isPlaced: isShort && (isKnown || (other !== undefined && isSeen(other))),
  });
  if (arrival) found.push(witnessed(arrival, departure));
  if (departure) found.push(witnessed(departure, arrival));
  return found.filter((passage) => passage.isTrial || isHeard(passage));
}

function isHeard(passage: Passage | undefined): boolean {
  return !!passage && !Number.isNaN(passage.followedToFt);
}

/** A passage that was not heard lies somewhere between the two contacts around it. */
function within(passage: Passage, fromMs: number, toMs: number): Passage {
  return isHeard(passage)
    ? passage
    : { ...passage, fromMs: Math.round(fromMs), toMs: Math.round(toMs) };
}

function passageAt(track: Track, airport: Airport, index: number, kind: Kind): Passage {
  // Whole milliseconds, so that what is stored and read again is the same.
  const timeMs = Math.round(track.timeMs[index]!);
  return {
    airport: airport.ident,
    kind,
    fromMs: timeMs,
    toMs: timeMs,
    followedToFt: heightNear(track, airport, index),
    isTrial: false,
    isPlaced: false,
    sourceClass: SOURCE_CLASSES[sourceClassAt(track, index)]!,
  };
}

/** @returns whole feet above the airport, 0 on its ground; NaN when the point is not near it */
function heightNear(track: Track, airport: Airport, index: number): number {
  const awayM = distanceM(track, index, airport);
  if (isOnGround(track, index)) return awayM <= SURFACE_M ? 0 : Number.NaN;
  const heightFt = heightAbove(track, airport, index);
  if (!(awayM <= NEAR_M && heightFt <= NEAR_FT)) return Number.NaN;
  // Pressure makes some heights negative; in the air it is never quite the ground.
  return Math.max(1, Math.round(heightFt));
}

function heightAbove(track: Track, { elevationFt }: Airport, index: number): number {
  return levelFt(track, index) - (Number.isNaN(elevationFt) ? 0 : elevationFt);
}

function distanceM(track: Track, index: number, { latDeg, lonDeg }: Airport): number {
  return sphereDistanceM(track.latDeg[index]!, track.lonDeg[index]!, latDeg, lonDeg);
}

function airportAt(track: Track, airports: AirportTable, index: number): Airport | undefined {
  return nearest({ track, airports }, index, { radiusM: SURFACE_M, heightFt: 0 });
}

/** The airport that the lower of some edges tells; an index below 0 is no edge. */
function airportBelow(
  track: Track,
  airports: AirportTable,
  indices: readonly number[],
): Airport | undefined {
  let best: Airport | undefined;
  let bestFt = NEAR_FT;
  for (const index of indices) {
    if (index < 0) continue;
    const heightFt = levelFt(track, index);
    const airport = nearest({ track, airports }, index, { radiusM: NEAR_M, heightFt });
    if (!airport) continue;
    const aboveFt = heightAbove(track, airport, index);
    if (aboveFt > bestFt) continue;
    best = airport;
    bestFt = aboveFt;
  }
  return best;
}

function nearest(
  { track, airports }: Looking,
  index: number,
  { radiusM, heightFt }: { readonly radiusM: number; readonly heightFt: number },
): Airport | undefined {
  const place = { latDeg: track.latDeg[index]!, lonDeg: track.lonDeg[index]! };
  let best: Airport | undefined;
  let bestM = Number.POSITIVE_INFINITY;
  for (const airport of airports.near(place, {
    radiusM,
    limit: FIELDS_LOOKED_AT,
    kinds: USED_KINDS,
  })) {
    const aboveFt = heightFt > 0 ? Math.max(0, heightAbove(track, airport, index)) : 0;
    const handicapM =
      (HANDICAP_M[airport.kind] ?? 0) +
      (airport.kind === "small" ? SMALL_FIELD_M_PER_FT * aboveFt : 0);
    const scoreM = distanceM(track, index, airport) + handicapM;
    if (scoreM < bestM) {
      best = airport;
      bestM = scoreM;
    }
  }
  return best;
}

/** True when a spell ends in a descent, or begins with a climb. */
function isGoing(track: Track, spell: Spell, kind: Kind): boolean {
  const sign = kind === "arrival" ? -1 : 1;
  const edge = sign < 0 ? spell.last : spell.first;
  let rateSum = 0;
  let rateCount = 0;
  for (let i = edge; i >= spell.first && i <= spell.last; i += sign) {
    if (Math.abs(track.timeMs[i]! - track.timeMs[edge]!) > TREND_MS) break;
    // Away from the edge the aircraft was higher, on either side.
    if (levelFt(track, i) - levelFt(track, edge) >= TREND_FT) return true;
    if (rateCount < RATES_WANTED && !Number.isNaN(track.verticalRateFpm[i]!)) {
      rateSum += track.verticalRateFpm[i]!;
      rateCount++;
    }
  }
  return rateCount >= RATES_MIN && (sign * rateSum) / rateCount >= TREND_FPM;
}
