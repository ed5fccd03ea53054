import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport } from "../place/airport.js";
import { gapBetween } from "../track/contacts.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../units/quantity.js";
import { formatDuration, isoSeconds } from "../units/time.js";
import { appearedTakeoff, lostLanding } from "./air-edges.js";
import { buildMovement, placeName } from "./build.js";
import { rankGround, scoredIndex } from "./candidates.js";
import { type AirSpan, type End, readAppearance, readLoss } from "./ends.js";
import { judgeHole } from "./gap-stops.js";
import { type Edge, groundEdgeMovement } from "./ground-edges.js";
import type { Movement } from "./movement.js";
import { landingWhenLost, takeoffBeforeFound } from "./open-ends.js";
import { findPasses, touchAndGo } from "./passes.js";
import { findPhases, type Phase } from "./phases.js";
import type { Scene } from "./scene.js";
import { UNKNOWN_CRUISE_KT } from "./traits.js";
import { learnOffsets, type PressureOffset } from "./vertical.js";

/** A hole in the air longer than this is judged as a gap; lower down, where landings happen, sooner. */
const HOLE_MAX_MS = 5 * MINUTE_MS;
const LOW_HOLE_MAX_MS = 90_000;
const LOW_HOLE_FT = 3000;
/** On the ground for less time than this and never slow: wheels touched, it did not stop. chosen: docs/method.md */
const TOUCH_MAX_MS = 60_000;
const TOUCH_MIN_KT = 45;
/** Fields closer than this may be mistaken for each other; no flight between them is claimed. chosen: docs/method.md */
const OTHER_PLACE_M = 10 * METRES_PER_NM;
/** A field this much less likely than the best one still fits: standing on it is the stronger evidence. chosen: tests */
const SAME_PLACE_SHARE = 0.05;
/** Landing, taxi and take-off at a second field need at least this, beside the flight. chosen: docs/method.md */
const HOP_SPARE_MS = 20 * MINUTE_MS;

/**
 * Every movement a track shows: seen ones, and those that follow from how it was lost or came back.
 *
 * @param scene built from a clean track
 * @returns in time order
 */
export function detectMovements(scene: Scene): Movement[] {
  const phases = findPhases(scene);
  const offsets = learnOffsets(scene, phases);
  const first = phases.map((_, at) => readPhase(scene, phases, { at, offsets }));
  const visits = visitsOf(first.flat());
  if (visits.size === 0) return inOrder(first);
  const again = { ...scene, visits };
  const weighed = whereWeighed(scene, visits);
  return inOrder(
    first.map((found, at) => {
      const isSame =
        phases[at]!.kind === "ground"
          ? found.every(({ evidence }) => evidence === "seen")
          : !weighed.some((index) => index >= phases[at]!.start && index < phases[at]!.end);
      return isSame ? found : readPhase(again, phases, { at, offsets });
    }),
  );
}

/** Points around which one of the aircraft's own fields was weighed: knowing those fields changes nothing elsewhere. */
function whereWeighed(scene: Scene, visits: ReadonlyMap<Airport, number>): number[] {
  const indices: number[] = [];
  for (const [key, scored] of scene.scored)
    if (scored.some(({ field }) => visits.has(field.airport))) indices.push(scoredIndex(key));
  return indices;
}

function inOrder(found: readonly (readonly Movement[])[]): Movement[] {
  return found.flat().sort((a, b) => a.timeMs - b.timeMs || (a.kind < b.kind ? -1 : 1));
}

/** Fields where the aircraft was seen, or lost so low that there is no doubt: where it goes again. */
function visitsOf(movements: readonly Movement[]): Map<Airport, number> {
  const visits = new Map<Airport, number>();
  for (const { airport, evidence, evidenceClass, kind } of movements) {
    if (!airport || (kind !== "landing" && kind !== "takeoff")) continue;
    const sure = evidence === "seen" || evidenceClass === "G2" || evidenceClass === "G3";
    if (sure) visits.set(airport, (visits.get(airport) ?? 0) + 1);
  }
  return visits;
}

/** The movements of one phase: a stretch on the ground has those at its two ends. */
function readPhase(
  scene: Scene,
  phases: readonly Phase[],
  { at, offsets }: { readonly at: number; readonly offsets: readonly PressureOffset[] },
): Movement[] {
  const phase = phases[at]!;
  const before = phases[at - 1];
  const after = phases[at + 1];
  if (phase.kind === "air") return airMovements(scene, { phase, before, after, offsets });
  if (isTouch(scene, phase, { before, after }))
    return [touchAndGo(scene, phase, rankGround(scene, phase.start, phase.end))];
  const edge = (kind: Edge["kind"], air: Phase) =>
    edgeMovements(scene, { kind, air, ground: phase, offsets });
  return [
    ...(before?.kind === "air" ? edge("landing", before) : []),
    ...(before?.kind === "ground" ? unseenLeg(scene, before, phase) : []),
    ...(after?.kind === "air" ? edge("takeoff", after) : []),
  ];
}

/**
 * The movement between air and ground. After a long silence the air side may speak of another field than the one the
 * aircraft stands on: then it was at both, and flew between them unseen.
 */
function edgeMovements(scene: Scene, edge: Edge): Movement[] {
  const atGround = groundEdgeMovement(scene, edge);
  if (atGround.evidence === "seen" || !atGround.airport) return [atGround];
  const span = { start: edge.air.start, end: edge.air.end, offsets: edge.offsets };
  const landing = edge.kind === "landing";
  const end = landing ? readLoss(scene, span) : readAppearance(scene, span);
  if (!end?.alone) return [atGround];
  // A loss thousands of feet up fits many fields: standing on one of them, days later, does not make it that one.
  if (!end.near) return [atGround];
  if (fitsPlace(end, atGround.airport)) return [atSamePlace(scene, { edge, end, atGround })];
  const elsewhere = landing
    ? lostLanding(scene, end, atGround.timeToMs)
    : appearedTakeoff(scene, end, atGround.timeFromMs);
  const { airport } = end.ranked[0]!.field;
  const apartM = sphereDistanceM(
    airport.latDeg,
    airport.lonDeg,
    atGround.airport.latDeg,
    atGround.airport.lonDeg,
  );
  if (apartM < OTHER_PLACE_M) return [atGround];
  return unseenHop(scene, { end, elsewhere, atGround, apartM });
}

/**
 * Two places with a flight between them that nobody heard. Its length splits the silence: times are estimates that keep
 * the order of events.
 */
function unseenHop(
  scene: Scene,
  hop: {
    readonly end: End;
    readonly elsewhere: Movement;
    readonly atGround: Movement;
    readonly apartM: number;
  },
): Movement[] {
  const { end, elsewhere, atGround } = hop;
  const landing = atGround.kind === "landing";
  const fromMs = landing ? elsewhere.timeMs : atGround.timeFromMs;
  const toMs = landing ? atGround.timeToMs : elsewhere.timeMs;
  const heard = {
    fromMs: landing ? elsewhere.timeFromMs : fromMs,
    toMs: landing ? toMs : elsewhere.timeToMs,
  };
  const flightMs = Math.min(
    toMs - fromMs,
    (hop.apartM / METRES_PER_NM / cruiseKtOf(scene)) * HOUR_MS,
  );
  // A diversion, or a wrong candidate, looks the same when there was hardly time to stop and go on.
  if (toMs - fromMs - flightMs < HOP_SPARE_MS) return [atGround];
  const departureMs = Math.round(fromMs + (toMs - fromMs - flightMs) / 2);
  const arrivalMs = Math.round(departureMs + flightMs);
  const away = unseenCounterpart(scene, {
    end,
    ...heard,
    timeMs: landing ? departureMs : arrivalMs,
  });
  const here = {
    ...atGround,
    timeMs: landing ? arrivalMs : departureMs,
    timeFromMs: Math.min(atGround.timeFromMs, fromMs),
    timeToMs: Math.max(atGround.timeToMs, toMs),
  };
  return landing ? [elsewhere, away, here] : [here, away, elsewhere];
}

/** True when the field the aircraft stands on is among those its approach or climb fits. */
function fitsPlace(end: End, airport: Airport): boolean {
  const top = end.ranked[0]?.weight ?? 0;
  const here = end.ranked.find(({ field }) => field.airport === airport);
  return here !== undefined && here.weight >= SAME_PLACE_SHARE * top;
}

/** Lost on approach to a field and next heard standing on it: it landed there. chosen: docs/method.md */
const SAME_PLACE_PROBABILITY = 0.99;

/** Lost on approach to the field it later stands on (or appearing from the one it stood on): the time is known. */
function atSamePlace(
  scene: Scene,
  { edge, end, atGround }: { readonly edge: Edge; readonly end: End; readonly atGround: Movement },
): Movement {
  const landing = edge.kind === "landing";
  const here = end.ranked.find(({ field }) => field.airport === atGround.airport)!;
  const sure = {
    ...end,
    probability: SAME_PLACE_PROBABILITY,
    ranked: [{ ...here, weight: 1 }],
  };
  const movement = landing
    ? lostLanding(scene, sure, atGround.timeToMs)
    : appearedTakeoff(scene, sure, atGround.timeFromMs);
  const groundMs = landing ? atGround.timeToMs : atGround.timeFromMs;
  return {
    ...movement,
    basis: `${movement.basis}; ${landing ? "next" : "last"} heard on the ground there at ${isoSeconds(groundMs)}`,
    exhibits: [...movement.exhibits, ...atGround.exhibits],
  };
}

/** The take-off after a lost approach, or the landing before an appearance, that nobody saw. */
function unseenCounterpart(
  scene: Scene,
  side: {
    readonly end: End;
    readonly fromMs: number;
    readonly toMs: number;
    readonly timeMs: number;
  },
): Movement {
  const { end, fromMs, toMs } = side;
  const landed = end.evidenceClass !== "G7";
  const edgeIndex = landed ? end.index + 1 : end.index - 1;
  return buildMovement(scene, {
    kind: landed ? "takeoff" : "landing",
    evidence: "inferred",
    evidenceClass: "GAP",
    probability: end.probability,
    timeFromMs: fromMs,
    timeToMs: toMs,
    timeMs: side.timeMs,
    ranked: end.ranked,
    placeClass: end.evidenceClass,
    index: end.index,
    exhibitStart: Math.min(end.index, edgeIndex) - 2,
    exhibitEnd: Math.max(end.index, edgeIndex) + 3,
    basis: (airport) =>
      `${landed ? "left" : "came to"} ${placeName(airport)} between ${isoSeconds(fromMs)} and ${isoSeconds(toMs)}, not heard for ${formatDuration(toMs - fromMs)}`,
  });
}

interface Neighbours {
  readonly before: Phase | undefined;
  readonly after: Phase | undefined;
}

function isTouch(scene: Scene, phase: Phase, { before, after }: Neighbours): boolean {
  if (before?.kind !== "air" || after?.kind !== "air") return false;
  const { timeMs } = scene.track;
  if (timeMs[after.start]! - timeMs[before.end - 1]! > TOUCH_MAX_MS + 2 * 30_000) return false;
  if (timeMs[phase.end - 1]! - timeMs[phase.start]! > TOUCH_MAX_MS) return false;
  for (let i = phase.start; i < phase.end; i++)
    if (!(scene.speedKt[i]! >= TOUCH_MIN_KT)) return false;
  return true;
}

interface AirCase extends Neighbours {
  readonly phase: Phase;
  readonly offsets: readonly PressureOffset[];
}

/** What happens inside one stretch of air, and at its ends where no ground was heard. */
function airMovements(scene: Scene, { phase, before, after, offsets }: AirCase): Movement[] {
  const spans = spansOf(scene, phase, offsets);
  const movements: Movement[] = [];
  let start = phase.start;
  let lastStop = phase.start;
  spans.forEach((span, at) => {
    const next = spans[at + 1];
    const stop = next
      ? judgeHole(scene, {
          before: span,
          after: next,
          gapBefore: at > 0,
          gapAfter: at + 2 < spans.length,
        })
      : [];
    movements.push(...stop);
    if (stop.length > 0) lastStop = span.end;
    // A pass may fall into a short silence, a stop may not be taken for one: passes are looked for between stops.
    if (next && stop.length === 0) return;
    movements.push(...findPasses(scene, { start, end: span.end, offsets }));
    start = span.end;
  });
  if (!before) movements.push(...takeoffBeforeFound(scene, spans[0]!));
  const sinceStop = { start: lastStop, end: phase.end, offsets };
  if (!after) movements.push(...landingWhenLost(scene, spans.at(-1)!, sinceStop));
  return movements;
}

function spansOf(scene: Scene, phase: Phase, offsets: readonly PressureOffset[]): AirSpan[] {
  const { timeMs } = scene.track;
  const spans: AirSpan[] = [];
  let start = phase.start;
  for (let i = phase.start + 1; i < phase.end; i++) {
    const holeMs = timeMs[i]! - timeMs[i - 1]!;
    const low = scene.heightFt[i]! < LOW_HOLE_FT && scene.heightFt[i - 1]! < LOW_HOLE_FT;
    if (holeMs <= (low ? LOW_HOLE_MAX_MS : HOLE_MAX_MS)) continue;
    spans.push({ start, end: i, offsets });
    start = i;
  }
  spans.push({ start, end: phase.end, offsets });
  return spans;
}

function cruiseKtOf({ traits }: Scene): number {
  return Number.isFinite(traits.cruiseKt) ? traits.cruiseKt : UNKNOWN_CRUISE_KT;
}

/** On the ground at one place, next heard on the ground at another: it flew, and nobody heard any of it. */
function unseenLeg(scene: Scene, from: Phase, to: Phase): Movement[] {
  const gap = gapBetween(scene.track, from.end - 1, to.start);
  const flightMs = Math.min(
    gap.durationMs,
    (gap.distanceM / METRES_PER_NM / cruiseKtOf(scene)) * HOUR_MS + 15 * MINUTE_MS,
  );
  const departureMs = gap.fromMs + (gap.durationMs - flightMs) / 2;
  const shared = {
    evidence: "inferred" as const,
    evidenceClass: "G7" as const,
    timeFromMs: gap.fromMs,
    timeToMs: gap.toMs,
    exhibitStart: gap.lastIndex - 2,
    exhibitEnd: gap.nextIndex + 3,
  };
  const fromRanked = rankGround(scene, Math.max(from.start, from.end - 5), from.end);
  const toRanked = rankGround(scene, to.start, Math.min(to.end, to.start + 5));
  const silence = `not heard for ${formatDuration(gap.durationMs)}`;
  return [
    buildMovement(scene, {
      ...shared,
      kind: "takeoff",
      probability: 0.97,
      timeMs: departureMs,
      ranked: fromRanked,
      offAirport: fromRanked.length === 0,
      index: gap.lastIndex,
      basis: (airport) =>
        `last heard on the ground at ${placeName(airport)} at ${isoSeconds(gap.fromMs)}, then ${silence}, then on the ground elsewhere`,
    }),
    buildMovement(scene, {
      ...shared,
      kind: "landing",
      probability: 0.99,
      timeMs: departureMs + flightMs,
      ranked: toRanked,
      offAirport: toRanked.length === 0,
      index: gap.nextIndex,
      basis: (airport) =>
        `heard on the ground at ${placeName(airport)} from ${isoSeconds(gap.toMs)}; before that ${silence}, and then on the ground elsewhere`,
    }),
  ];
}
