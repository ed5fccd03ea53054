import { normalLonDeg, sphereDistanceM } from "../geo/sphere.js";
import { GROUND_UNKNOWN, GROUND_YES, POSITION_SOURCES, type Track } from "../track/track.js";
import { HOUR_MS, MINUTE_MS, MPS_PER_KT, SECOND_MS } from "../units/quantity.js";
import { bandAt, cellAt, cellBounds, GROUND_BAND } from "./cell.js";
import type { GroundReference } from "./ground-reference.js";
import { type GrowingRow, type HeardGrid, PASS_UNIT, type RowPlace } from "./heard-grid.js";

/** Heard again within this time an aircraft was heard all the time. Archives keep a point every 60 to 100 s. */
export const HEARD_AGAIN_MS = 2 * MINUTE_MS;
/** Over a hole this short an airborne aircraft stayed where it was heard: no stop fits in. */
const SHORT_HOLE_MS = 5 * MINUTE_MS;
/** An aircraft went on if it made at least this share of its speed at the hole's edges. chosen: allows bends and wind. */
const WENT_ON_SHARE = 0.7;
/** Taken for aircraft that send no speed, kt: faster than this over a long hole is a passage. */
const UNKNOWN_SPEED_KT = 150;
const LONGEST_HOLE_MS = 10 * HOUR_MS;
/** A fast jet makes half a cell's width in this time. */
const STEP_MS = 2 * MINUTE_MS;
/** A surface report higher than any airport is a wrong flag. Highest: Daocheng Yading, 14,472 ft. */
const GROUND_MAX_FT = 16_000;
const ROLLING_MAX_KT = 30;

/** Which of SOURCE_CLASSES a position source belongs to, by its index in POSITION_SOURCES. */
const CLASS_OF_SOURCE = Uint8Array.from(POSITION_SOURCES, (source) => {
  if (source === "adsb_icao" || source === "adsb_icao_nt" || source === "adsb_other") return 0;
  return source === "mlat" ? 1 : 2;
});

/** @returns the index in SOURCE_CLASSES of a point's position */
export function sourceClassAt(track: Track, index: number): number {
  return CLASS_OF_SOURCE[track.positionSource[index]!] ?? 2;
}

/** @returns true on the surface: by its flag, or where no flag came by standing still */
export function isOnGround(track: Track, index: number): boolean {
  const flag = track.ground[index]!;
  if (track.altitudeFt[index]! > GROUND_MAX_FT) return false;
  return flag === GROUND_YES || (flag === GROUND_UNKNOWN && isSlow(track, index));
}

function isSlow({ groundSpeedKt }: Track, index: number): boolean {
  return groundSpeedKt[index]! < ROLLING_MAX_KT;
}

/** @returns pressure altitude, or the geometric one where there is no other, ft; NaN when neither is known */
export function levelFt(track: Track, index: number): number {
  const altitudeFt = track.altitudeFt[index]!;
  return Number.isNaN(altitudeFt) ? track.geometricAltitudeFt[index]! : altitudeFt;
}

/** Where the last point lay, so that the next one in the same cell, layer and hour costs a few comparisons. */
interface Box {
  southDeg: number;
  northDeg: number;
  westDeg: number;
  eastDeg: number;
  elevationFt: number;
  cell: number;
  band: number;
  hourFromMs: number;
  row: GrowingRow | undefined;
}

/** One aircraft's points as time heard and time passed unheard, added to a grid. */
export class Listener {
  constructor(
    readonly grid: HeardGrid,
    readonly ground: GroundReference,
  ) {}

  /**
   * @param aircraft a number of its own for each aircraft, so that each is counted once
   * @returns points that could not be placed because they have no height
   */
  add(track: Track, aircraft: number): number {
    const { length, timeMs, positionSource } = track;
    const box = emptyBox();
    let unplaced = 0;
    for (let i = 0; i < length; i++) {
      const row = this.#rowAt(track, i, box);
      if (!row) {
        unplaced++;
        continue;
      }
      if (row.heardFor !== aircraft) countHeard(row, aircraft);
      if (i + 1 === length) break;
      const holeMs = Math.round(timeMs[i + 1]! - timeMs[i]!);
      if (holeMs <= HEARD_AGAIN_MS) row.heardMs[CLASS_OF_SOURCE[positionSource[i]!]!]! += holeMs;
      else this.#addHole(track, i, aircraft);
    }
    return unplaced;
  }

  #rowAt(track: Track, i: number, box: Box): GrowingRow | undefined {
    const lat = track.latDeg[i]!;
    const lon = track.lonDeg[i]!;
    if (lat < box.southDeg || lat >= box.northDeg || lon < box.westDeg || lon >= box.eastDeg) {
      enterCell(box, this.ground, lat, lon);
    }
    if (box.cell < 0) return undefined;
    const band = isOnGround(track, i) ? GROUND_BAND : bandAt(levelFt(track, i) - box.elevationFt);
    if (band < 0) return undefined;
    const sinceMs = track.timeMs[i]! - box.hourFromMs;
    if (box.row && band === box.band && sinceMs >= 0 && sinceMs < HOUR_MS) return box.row;
    box.band = band;
    box.row = this.grid.row({ cell: box.cell, band, timeMs: track.timeMs[i]! });
    box.hourFromMs = box.row.hour * HOUR_MS;
    return box.row;
  }

  /** Between two points of an aircraft that went on it was somewhere in between, unheard. */
  #addHole(track: Track, i: number, aircraft: number): void {
    if (!wentOn(track, i)) return;
    const { timeMs, latDeg, lonDeg } = track;
    const holeMs = timeMs[i + 1]! - timeMs[i]!;
    const from = levelFt(track, i);
    const to = levelFt(track, i + 1);
    const stepCount = Math.max(1, Math.round(holeMs / STEP_MS));
    const stepMs = Math.round(holeMs / stepCount);
    const line = lineBetween(latDeg[i]!, lonDeg[i]!, latDeg[i + 1]!, lonDeg[i + 1]!);
    for (let step = 0; step < stepCount; step++) {
      const part = (step + 0.5) / stepCount;
      const place = line(part);
      const cell = cellAt(place.latDeg, place.lonDeg);
      const band = this.ground.bandAt(from + (to - from) * part, cell);
      if (band < 0) continue;
      const row = this.grid.row({ cell, band, timeMs: timeMs[i]! + part * holeMs });
      countUnheard(row, aircraft, stepMs);
    }
  }

  /** Adds a part of an approach or climb-out that was not heard. */
  addUnheard(place: RowPlace, { unheardMs, passes, aircraft }: UnheardPart): void {
    const row = this.grid.row(place);
    row.unheardMs += Math.round(unheardMs);
    // An aircraft that was heard in this very row is in the count already.
    if (row.countedFor !== aircraft) row.passes += Math.round(passes);
  }
}

/** What was not heard of one passage in one row. */
export interface UnheardPart {
  readonly unheardMs: number;
  /** How much of a passage it is, in PASS_UNIT. */
  readonly passes: number;
  readonly aircraft: number;
}

function emptyBox(): Box {
  return {
    southDeg: 1,
    northDeg: -1,
    westDeg: 1,
    eastDeg: -1,
    elevationFt: 0,
    cell: -1,
    band: -1,
    hourFromMs: 0,
    row: undefined,
  };
}

function enterCell(box: Box, ground: GroundReference, latDeg: number, lonDeg: number): void {
  box.cell = cellAt(latDeg, lonDeg);
  box.row = undefined;
  if (box.cell < 0) return;
  Object.assign(box, cellBounds(box.cell));
  box.elevationFt = ground.elevationFt(box.cell);
}

function countHeard(row: GrowingRow, aircraft: number): void {
  row.heardFor = aircraft;
  row.heardPasses += PASS_UNIT;
  if (row.countedFor === aircraft) return;
  row.countedFor = aircraft;
  row.passes += PASS_UNIT;
}

function countUnheard(row: GrowingRow, aircraft: number, unheardMs: number): void {
  row.unheardMs += unheardMs;
  if (row.countedFor === aircraft) return;
  row.countedFor = aircraft;
  row.passes += PASS_UNIT;
}

/** True when an aircraft was in the air all through a hole and made its way. */
function wentOn(track: Track, i: number): boolean {
  if (isOnGround(track, i) || isOnGround(track, i + 1)) return false;
  const { timeMs, latDeg, lonDeg, groundSpeedKt } = track;
  const holeMs = timeMs[i + 1]! - timeMs[i]!;
  if (holeMs <= SHORT_HOLE_MS) return true;
  if (holeMs > LONGEST_HOLE_MS) return false;
  const distanceM = sphereDistanceM(latDeg[i]!, lonDeg[i]!, latDeg[i + 1]!, lonDeg[i + 1]!);
  const averageKt = distanceM / (holeMs / SECOND_MS) / MPS_PER_KT;
  const sentKt = (groundSpeedKt[i]! + groundSpeedKt[i + 1]!) / 2;
  return averageKt >= WENT_ON_SHARE * (Number.isNaN(sentKt) ? UNKNOWN_SPEED_KT : sentKt);
}

/** The great circle between two places, by parts 0..1 of its length. Source: spherical interpolation, Shoemake 1985. */
function lineBetween(
  lat1Deg: number,
  lon1Deg: number,
  lat2Deg: number,
  lon2Deg: number,
): (part: number) => { latDeg: number; lonDeg: number } {
  const rad = Math.PI / 180;
  const a = vectorOf(lat1Deg * rad, lon1Deg * rad);
  const b = vectorOf(lat2Deg * rad, lon2Deg * rad);
  const dot = Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  const angle = Math.acos(dot);
  const sine = Math.sin(angle);
  return (part) => {
    // Over a few metres the angle is lost in rounding, and straight is round enough.
    const wa = sine < 1e-9 ? 1 - part : Math.sin((1 - part) * angle) / sine;
    const wb = sine < 1e-9 ? part : Math.sin(part * angle) / sine;
    const x = wa * a[0] + wb * b[0];
    const y = wa * a[1] + wb * b[1];
    const z = wa * a[2] + wb * b[2];
    return {
      latDeg: Math.atan2(z, Math.hypot(x, y)) / rad,
      lonDeg: normalLonDeg(Math.atan2(y, x) / rad),
    };
  };
}

function vectorOf(latRad: number, lonRad: number): readonly [number, number, number] {
  const cosLat = Math.cos(latRad);
  return [cosLat * Math.cos(lonRad), cosLat * Math.sin(lonRad), Math.sin(latRad)];
}
