import { sphereDistanceM } from "../geo/sphere.js";
import { HOLE_MAX_MS } from "../track/contacts.js";
import type { Track } from "../track/track.js";
import { METRES_PER_NM, MINUTE_MS, MPS_PER_KT, SECOND_MS } from "../units/quantity.js";
import { isOnGround } from "./listen.js";

/** A stretch of a track in the air without a stop, or on the ground at one place. Both points belong to it. */
export interface Spell {
  readonly onGround: boolean;
  readonly first: number;
  readonly last: number;
}

/** A surface stay at one field; further away it is another field, and a flight between went unheard. */
const SAME_FIELD_M = 5 * METRES_PER_NM;
/** Shorter surface stays are touch-and-goes and wrong flags. */
const STAY_MIN_MS = 3 * MINUTE_MS;
/**
 * A hole that leaves this much time beside flying on slowly holds a stop: 20 min and 150 kt. An aircraft that circles
 * unheard for so long is taken for one that stopped. chosen: docs/coverage.md, "Stops"
 */
const SPARE_MS = 20 * MINUTE_MS;
const SLOW_KT = 150;

/** Cuts a track into spells: at the ground, and in holes that hold a stop. In order of time. */
export function findSpells(track: Track): Spell[] {
  const spells: Spell[] = [];
  let first = 0;
  for (let i = 1; i <= track.length; i++) {
    if (i < track.length && !isCut(track, i - 1, i)) continue;
    spells.push({ onGround: isOnGround(track, first), first, last: i - 1 });
    first = i;
  }
  return withoutTouches(track, track.length === 0 ? [] : spells);
}

function isCut(track: Track, before: number, after: number): boolean {
  const onGround = isOnGround(track, before);
  if (onGround !== isOnGround(track, after)) return true;
  const holeMs = track.timeMs[after]! - track.timeMs[before]!;
  if (holeMs <= HOLE_MAX_MS) return false;
  const { latDeg, lonDeg } = track;
  const distanceM = sphereDistanceM(
    latDeg[before]!,
    lonDeg[before]!,
    latDeg[after]!,
    lonDeg[after]!,
  );
  if (onGround) return distanceM > SAME_FIELD_M;
  return holeMs > SPARE_MS + (distanceM / (SLOW_KT * MPS_PER_KT)) * SECOND_MS;
}

/** Takes surface stays too short for a stop out, and joins the flight on either side. */
function withoutTouches(track: Track, spells: readonly Spell[]): Spell[] {
  const kept: Spell[] = [];
  for (const spell of spells) {
    const before = kept.at(-1);
    const touch = kept.at(-2);
    const isTouch =
      before?.onGround &&
      touch !== undefined &&
      !touch.onGround &&
      !spell.onGround &&
      track.timeMs[spell.first]! - track.timeMs[touch.last]! < STAY_MIN_MS;
    if (isTouch) {
      kept.splice(-2, 2, { onGround: false, first: touch.first, last: spell.last });
    } else kept.push(spell);
  }
  return kept;
}
