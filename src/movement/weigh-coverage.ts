import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport } from "../place/airport.js";
import { HOUR_MS, METRES_PER_NM } from "../units/quantity.js";
import { DOUBT_MARK, placeName } from "./build.js";
import { entitledAirport } from "./candidates.js";
import type { Candidate, Movement, SeenThere } from "./movement.js";

/** Which landing or take-off, had it been, would have been seen with what probability. */
export interface SeenQuestion {
  readonly airport: Airport;
  readonly fromMs: number;
  readonly toMs: number;
}

/** How often landings and take-offs are seen, as measured from the traffic of an archive. */
export interface SeenShares {
  /** Names the measurement: the same one gives the same answers. */
  readonly measurement: string;
  /** @returns probability that one there, then, would have been seen, 0..1; NaN when nothing was measured */
  seenShare(question: SeenQuestion): number;
}

/**
 * A field keeps at least this share of its weight, however well it is heard: an aircraft whose own signal failed, or that
 * a site leaves out, is silent at every field alike, and one such silence explains both ends of a stop. So silence at a
 * field moves the odds by ten at most. chosen: docs/coverage.md, "What silence does to a list of fields"
 */
export const MISSED_MIN = 0.1;
/**
 * Last or first heard this near to a candidate, climbing or coming down, an aircraft was heard at the field, low: there
 * is no silence to weigh. Coverage takes points this near for the field's own.
 */
const HEARD_AT_M = 3 * METRES_PER_NM;
/** Fields less likely than this, before, are weighed like the others and left out of the sentence. */
const TOLD_MIN_PROBABILITY = 0.02;
const TOLD_MAX = 3;
/** Where stops are seen less often than not, seeing none is what one expects. */
const SELDOM_SEEN_MAX = 0.5;

/**
 * Weighs what silence means: each candidate of an inferred landing or take-off times the probability that it would not
 * have been seen there. A field of which nothing is known, and "none of the listed", count as the mean of the known
 * ones, so they keep their probability to the digit: coverage moves probability only between fields where it was
 * measured, and never from a field that is well heard to one that nobody measured. Landing and take-off of one stop are
 * weighed with one table. That it happened at all is left alone (docs/coverage.md says why).
 *
 * @param movements of one aircraft, in order of time, all of them: a stop is weighed as a whole
 * @returns as many, in the same order; what was seen, and whatever coverage says nothing of, is the same object
 */
export function weighCoverage(movements: readonly Movement[], shares: SeenShares): Movement[] {
  const weighed = [...movements];
  for (const ends of stopsOf(movements)) {
    if (!ends.every((at) => isSilent(movements[at]!))) continue;
    const table = seenTable(
      ends.map((at) => movements[at]!),
      shares,
    );
    const [first] = ends.map((at) => movements[at]!);
    const what = ends.length > 1 ? "stop" : first!.kind === "landing" ? "landing" : "take-off";
    const { measurement } = shares;
    for (const at of ends) weighed[at] = weighOne(movements[at]!, table, { what, measurement });
    const names = new Set(ends.map((at) => weighed[at]!.airport));
    // One stop is one place: where its ends now speak for two, it is neither.
    if (names.size > 1 && !names.has(undefined))
      for (const at of ends) weighed[at] = unnamed(weighed[at]!);
  }
  return weighed;
}

function unnamed(movement: Movement): Movement {
  const basis = withSaid(movement.basis, "arrival and departure point to different fields");
  return { ...movement, airport: undefined, runway: undefined, basis };
}

/** @returns true when coverage could change what is said of any of these movements */
export function asksForCoverage(movements: readonly Movement[]): boolean {
  return movements.some(isSilent);
}

/** The two ends of each stop, or the one that is known, as places in the list. */
function stopsOf(movements: readonly Movement[]): number[][] {
  const stops: number[][] = [];
  movements.forEach((movement, at) => {
    if (movement.kind !== "landing" && movement.kind !== "takeoff") return;
    const open = stops.at(-1);
    const landing = open?.length === 1 ? movements[open[0]!]! : undefined;
    if (landing?.kind === "landing" && movement.kind === "takeoff" && isOneStop(landing, movement))
      open!.push(at);
    else stops.push([at]);
  });
  return stops;
}

/** Longer than this between its ends, another leg may lie inside, and receivers may have changed. chosen: docs/coverage.md */
export const WEIGHED_STOP_MAX_MS = 4 * HOUR_MS;

function isOneStop(landing: Movement, takeoff: Movement): boolean {
  if (takeoff.timeToMs - landing.timeFromMs > WEIGHED_STOP_MAX_MS) return false;
  if (landing.airport && takeoff.airport) return landing.airport === takeoff.airport;
  return takeoff.candidates.some(({ airport }) =>
    landing.candidates.some((candidate) => candidate.airport === airport),
  );
}

/** An end of a stop that nobody heard at the field: inferred, and not lost (or found) low over it. */
function isSilent(movement: Movement): boolean {
  const { evidence, evidenceClass, kind, offAirport, candidates } = movement;
  if (evidence !== "inferred" || offAirport || candidates.length === 0) return false;
  if (kind !== "landing" && kind !== "takeoff") return false;
  // Lost below 1,500 ft in line with a runway: what coverage itself counts as seen.
  if (evidenceClass === "G2" || evidenceClass === "G3") return false;
  if (evidenceClass === "GAP") return true;
  const { latDeg, lonDeg } = movement;
  return !candidates.some(
    ({ airport }) => sphereDistanceM(latDeg, lonDeg, airport.latDeg, airport.lonDeg) < HEARD_AT_M,
  );
}

/** Probability of being seen, by field; fields of which nothing is known are missing. */
type SeenTable = ReadonlyMap<Airport, number>;

/**
 * One table for both ends of a stop. Whether one end was missed says nearly all about the other (the same receivers,
 * the same transponder), so the rarer miss counts once and the other not at all: no silence is counted twice.
 */
function seenTable(ends: readonly Movement[], shares: SeenShares): SeenTable {
  const table = new Map<Airport, number>();
  for (const { candidates, timeFromMs, timeToMs } of ends) {
    for (const { airport } of candidates) {
      const share = shares.seenShare({ airport, fromMs: timeFromMs, toMs: timeToMs });
      if (Number.isNaN(share)) continue;
      table.set(airport, Math.max(share, table.get(airport) ?? 0));
    }
  }
  return table;
}

/** @returns the factor of a field's weight; NaN where nothing is known */
function missedAt(table: SeenTable, airport: Airport): number {
  return Math.max(MISSED_MIN, 1 - (table.get(airport) ?? Number.NaN));
}

interface Asked {
  /** What nobody saw: both ends of a stop, or the one end that is known. */
  readonly what: "stop" | "landing" | "take-off";
  readonly measurement: string;
}

function weighOne(movement: Movement, table: SeenTable, { what, measurement }: Asked): Movement {
  const { candidates } = movement;
  const known = candidates.filter(({ airport }) => table.has(airport));
  if (known.length === 0) return movement;
  const weighed = weighCandidates(candidates, table);
  const airport = entitledAirport(weighed);
  const seen = known.map((one) => {
    const seenProbability = table.get(one.airport)!;
    return { airport: one.airport, seenProbability, before: one.probability };
  });
  return {
    ...movement,
    candidates: weighed,
    airport,
    // A runway was read from the way to one field: it is no other field's.
    runway: airport && airport === movement.airport ? movement.runway : undefined,
    coverage: { measurement, seen },
    basis: withSaid(movement.basis, sentence(movement, { airport, seen, what })),
  };
}

/** Adds to a sentence; doubts about the whole track stay at its end. */
export function withSaid(basis: string, said: string): string {
  const doubtAt = basis.indexOf(DOUBT_MARK);
  const end = doubtAt < 0 ? basis.length : doubtAt;
  return `${basis.slice(0, end)}; ${said}${basis.slice(end)}`;
}

/** Bayes, with the mean of the known fields for all others: their sum stays, and so does "none of the listed". */
function weighCandidates(candidates: readonly Candidate[], table: SeenTable): Candidate[] {
  let before = 0;
  let after = 0;
  for (const { airport, probability } of candidates) {
    if (!table.has(airport)) continue;
    before += probability;
    after += probability * missedAt(table, airport);
  }
  const scale = after > 0 ? before / after : 1;
  return candidates
    .map((candidate) => {
      if (!table.has(candidate.airport)) return candidate;
      const probability = candidate.probability * missedAt(table, candidate.airport) * scale;
      return { ...candidate, probability: Math.min(1, probability) };
    })
    .sort((a, b) => b.probability - a.probability);
}

/** "a landing at EGKK then would have been seen with probability 0.97, at EGLC with 0.42, and none was; ..." */
function sentence(
  movement: Movement,
  {
    airport,
    seen,
    what,
  }: Pick<Asked, "what"> & {
    readonly airport: Airport | undefined;
    readonly seen: readonly SeenThere[];
  },
): string {
  const told = seen.filter(({ before }) => before >= TOLD_MIN_PROBABILITY).slice(0, TOLD_MAX);
  const [first, ...others] = told.length > 0 ? told : seen.slice(0, 1);
  const at = others.map((one) => `, at ${one.airport.ident} with ${seenText(one)}`).join("");
  const coming = what === "stop" ? ", coming or going," : "";
  const seldom = told.every(({ seenProbability }) => seenProbability < SELDOM_SEEN_MAX);
  const end = seldom ? " only, so that seeing none says little" : ", and none was";
  const said = `a ${what} at ${first!.airport.ident} then would have been seen${coming} with probability ${seenText(first!)}${at}${end}`;
  if (airport === movement.airport) return said;
  if (airport) return `${said}; with that, ${placeName(airport)}`;
  return `${said}; with that, ${placeName(undefined)}`;
}

/** Two decimals; what rounds to certainty is written as the last step before it. */
function seenText({ seenProbability }: SeenThere): string {
  return Math.min(0.99, Math.max(0.01, seenProbability)).toFixed(2);
}
