import { sphereDistanceM } from "../geo/sphere.js";
import { GROUND_NO, GROUND_YES } from "../track/track.js";
import { METRES_PER_NM, MINUTE_MS, metresFlown } from "../units/quantity.js";
import type { Scene } from "./scene.js";

/** A stretch of track on a surface or in the air: points `start` up to, not including, `end`. */
export interface Phase {
  readonly kind: "ground" | "air";
  readonly start: number;
  readonly end: number;
}

/** Low pressure makes the ground read up to 800 ft high (QNH 985); a slow helicopter of unknown type may be higher. */
const FIELD_LEVEL_MAX_FT = { aeroplane: 800, helicopter: 500, glider: 500 } as const;
/** An aircraft that says it is in the air has to be lower still to be disbelieved. */
const CONTRADICTED_LEVEL_MAX_FT = 500;
/** Ground reports between two altitudes like this are wrong flags. chosen: test/movement */
const NEIGHBOUR_HEIGHT_FT = 1000;
const NEIGHBOUR_MS = 60_000;
const FIELD_LEVEL_MIN_FT = -20_000;
const ON_FIELD_MAX_M = 1.0 * METRES_PER_NM;
/** Faster than any touchdown of an aircraft that is not the Space Shuttle (about 195 kt). */
const GROUND_FLAG_MAX_KT = 220;
/** Geometric altitude differs from altitude by at most about 350 ft of geoid. */
const GROUND_FLAG_MAX_HEIGHT_FT = 800;
const OTHER_PLACE_M = 2.5 * METRES_PER_NM;
const SHIP_MAX_KT = 40;
const FLYING_MIN_KT = { aeroplane: 50, helicopter: 15, glider: 25 } as const;
const CLIMB_MIN_FT = 150;
/** No circuit is flown faster; less air between two stretches of ground is flicker. chosen: test/movement */
const FLIGHT_MIN_MS = 30_000;
const AWAY_MIN_M = 3 * METRES_PER_NM;
const STAY_MIN_MS = 45_000;

/**
 * Cuts a track into ground and air. A ground flag is not proof and its absence no disproof: flag, speed, height and
 * place are fused per point, then stretches too short or too still to be a flight (or a stop) are taken into their
 * neighbours, so that flicker and lone airborne rows at a gate create nothing.
 */
export function findPhases(scene: Scene): Phase[] {
  const onGround = groundStates(scene);
  let phases = runsOf(scene, onGround);
  const judged = new WeakMap<Phase, Judged>();
  // Taking one phase into its neighbours may make the next one insignificant: smallest first, until none is left.
  for (;;) {
    const weakest = weakestPhase(scene, phases, judged);
    if (weakest < 0) return phases;
    phases = absorb(phases, weakest);
  }
}

function groundStates(scene: Scene): Uint8Array {
  const { track, speedKt, heightFt, fieldDistanceM, traits } = scene;
  const { length, ground } = track;
  const levelMaxFt = FIELD_LEVEL_MAX_FT[traits.kind];
  const onGround = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    if (ground[i] === GROUND_YES) {
      onGround[i] = flagIsBelievable(scene, i) ? 1 : 0;
      continue;
    }
    const slow = speedKt[i]! <= traits.groundSpeedMaxKt;
    const onField = fieldDistanceM[i]! <= ON_FIELD_MAX_M;
    // A height of thousands of feet below the field is the 0 that some feeds send for "on the ground".
    const level =
      Number.isNaN(heightFt[i]!) ||
      (heightFt[i]! < (ground[i] === GROUND_NO ? CONTRADICTED_LEVEL_MAX_FT : levelMaxFt) &&
        heightFt[i]! > FIELD_LEVEL_MIN_FT);
    onGround[i] = slow && onField && level ? 1 : 0;
  }
  return onGround;
}

function flagIsBelievable(scene: Scene, i: number): boolean {
  const { track, speedKt, heightFt } = scene;
  if (speedKt[i]! > GROUND_FLAG_MAX_KT) return false;
  const elevationFt = scene.fieldAt(i)?.airport.elevationFt ?? Number.NaN;
  if (track.geometricAltitudeFt[i]! - elevationFt > GROUND_FLAG_MAX_HEIGHT_FT) return false;
  if (heightFt[i]! > GROUND_FLAG_MAX_HEIGHT_FT && speedKt[i]! > 100) return false;
  return !(isHighBeside(scene, i, -1) && isHighBeside(scene, i, 1));
}

/** True when the nearest report without the flag, on one side and soon, was far above the field. */
function isHighBeside({ track, heightFt, speedKt }: Scene, i: number, step: 1 | -1): boolean {
  for (let k = i + step; k >= 0 && k < track.length; k += step) {
    if (Math.abs(track.timeMs[k]! - track.timeMs[i]!) > NEIGHBOUR_MS) return false;
    if (track.ground[k] === GROUND_YES || Number.isNaN(heightFt[k]!)) continue;
    return heightFt[k]! > NEIGHBOUR_HEIGHT_FT && speedKt[k]! > FLYING_MIN_KT.aeroplane;
  }
  return false;
}

function runsOf(scene: Scene, onGround: Uint8Array): Phase[] {
  const phases: Phase[] = [];
  let start = 0;
  for (let i = 1; i <= onGround.length; i++) {
    if (i < onGround.length && onGround[i] === onGround[i - 1] && !movedUnseen(scene, onGround, i))
      continue;
    phases.push({ kind: onGround[start] ? "ground" : "air", start, end: i });
    start = i;
  }
  return onGround.length === 0 ? [] : phases;
}

/** On the ground here, later on the ground elsewhere: it flew in between and nobody heard it. */
function movedUnseen(scene: Scene, onGround: Uint8Array, i: number): boolean {
  if (!onGround[i]) return false;
  const { timeMs, latDeg, lonDeg, ground } = scene.track;
  if (timeMs[i]! - timeMs[i - 1]! < 2 * MINUTE_MS) return false;
  if (!scene.fieldAt(i) || !scene.fieldAt(i - 1)) {
    // Away from fields the "ground" may be a deck, and sail; but not from here to another continent.
    const flagged = ground[i] === GROUND_YES && ground[i - 1] === GROUND_YES;
    const sailedM = metresFlown(SHIP_MAX_KT, timeMs[i]! - timeMs[i - 1]!);
    const apartM = sphereDistanceM(latDeg[i - 1]!, lonDeg[i - 1]!, latDeg[i]!, lonDeg[i]!);
    return flagged && apartM > OTHER_PLACE_M + sailedM;
  }
  return sphereDistanceM(latDeg[i - 1]!, lonDeg[i - 1]!, latDeg[i]!, lonDeg[i]!) > OTHER_PLACE_M;
}

/** A judgement holds as long as the neighbours stay the same ones: tracks may have thousands of phases. */
interface Judged {
  readonly before: Phase | undefined;
  readonly after: Phase | undefined;
  readonly significant: boolean;
}

/** @returns the shortest phase that is no phase of its own, -1 when all are */
function weakestPhase(
  scene: Scene,
  phases: readonly Phase[],
  judged: WeakMap<Phase, Judged>,
): number {
  let weakest = -1;
  phases.forEach((phase, at) => {
    if (phases.length === 1) return;
    let known = judged.get(phase);
    if (!known || known.before !== phases[at - 1] || known.after !== phases[at + 1]) {
      known = {
        before: phases[at - 1],
        after: phases[at + 1],
        significant: isSignificant(scene, phases, at),
      };
      judged.set(phase, known);
    }
    if (known.significant) return;
    if (weakest < 0 || phase.end - phase.start < phases[weakest]!.end - phases[weakest]!.start)
      weakest = at;
  });
  return weakest;
}

function isSignificant(scene: Scene, phases: readonly Phase[], at: number): boolean {
  const phase = phases[at]!;
  const before = phases[at - 1];
  const after = phases[at + 1];
  if (phase.kind === "air") {
    return !isBrief(scene, before, after) && isFlight(scene, phase, before ?? after);
  }
  // A stretch of ground between two of air is a stop, or a touch; both count. It is flicker only when the air on one
  // side never climbed, and then that air goes first.
  const flickers = before?.kind === "air" && after?.kind === "air" && phase.end - phase.start === 1;
  return (
    !flickers ||
    scene.speedKt[phase.start]! < FLYING_MIN_KT.aeroplane ||
    stayMs(scene, phases, at) >= STAY_MIN_MS
  );
}

function isBrief({ track }: Scene, before: Phase | undefined, after: Phase | undefined): boolean {
  if (!before || !after) return false;
  return track.timeMs[after.start]! - track.timeMs[before.end - 1]! < FLIGHT_MIN_MS;
}

function stayMs(scene: Scene, phases: readonly Phase[], at: number): number {
  const phase = phases[at]!;
  const { timeMs } = scene.track;
  const after = phases[at + 1];
  return (after ? timeMs[after.start]! : timeMs[phase.end - 1]!) - timeMs[phase.start]!;
}

/** A flight moves at flying speed, and climbs off the ground it came from or goes somewhere else. */
function isFlight(scene: Scene, phase: Phase, neighbour: Phase | undefined): boolean {
  const { track, speedKt, heightFt, traits } = scene;
  const minKt = FLYING_MIN_KT[traits.kind];
  const anchor = neighbour
    ? neighbour.start < phase.start
      ? neighbour.end - 1
      : neighbour.start
    : phase.start;
  if (goesAway(scene, phase, anchor)) return true;
  const levelFt = neighbour ? groundLevelFt(scene, neighbour) : Number.NaN;
  let fast = 0;
  let riseFt = Number.NEGATIVE_INFINITY;
  for (let i = phase.start; i < phase.end; i++) {
    if (speedKt[i]! >= minKt) fast++;
    const overFt = Number.isNaN(levelFt) ? heightFt[i]! : track.altitudeFt[i]! - levelFt;
    if (overFt > riseFt) riseFt = overFt;
  }
  return fast > 0 && riseFt >= CLIMB_MIN_FT;
}

/** Most flights do, and soon: asked first, it spares reading the rest of them. */
function goesAway({ track }: Scene, { start, end }: Phase, anchor: number): boolean {
  const { latDeg, lonDeg } = track;
  const fromLatDeg = latDeg[anchor]!;
  const fromLonDeg = lonDeg[anchor]!;
  for (let i = start; i < end; i++) {
    if (sphereDistanceM(fromLatDeg, fromLonDeg, latDeg[i]!, lonDeg[i]!) >= AWAY_MIN_M) return true;
  }
  return false;
}

/** @returns pressure altitude of the ground a phase stands on; NaN when it was never sent, or sent as a bare 0 */
function groundLevelFt(scene: Scene, phase: Phase): number {
  const { altitudeFt } = scene.track;
  const known: number[] = [];
  for (let i = phase.start; i < phase.end; i++) {
    if (!Number.isNaN(altitudeFt[i]!) && altitudeFt[i] !== 0) known.push(altitudeFt[i]!);
  }
  // The median: single altitudes of 36,000 ft are sent by aircraft standing at a gate.
  return known.length > 0 ? known.sort((x, y) => x - y)[Math.floor(known.length / 2)]! : Number.NaN;
}

function absorb(phases: readonly Phase[], at: number): Phase[] {
  const merged: Phase[] = [];
  phases.forEach((phase, index) => {
    const kind = index === at ? (phase.kind === "air" ? "ground" : "air") : phase.kind;
    const last = merged.at(-1);
    if (last && last.kind === kind && (index === at || index === at + 1)) {
      merged[merged.length - 1] = { ...last, end: phase.end };
    } else merged.push(index === at ? { ...phase, kind } : phase);
  });
  return merged;
}
