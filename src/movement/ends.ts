import { METRES_PER_NM } from "../units/quantity.js";
import { type Ranked, rankApproach, rankDeparture } from "./candidates.js";
import type { EvidenceClass } from "./movement.js";
import type { Scene } from "./scene.js";
import {
  cameDown,
  isClimbingAfter,
  isDescendingBefore,
  offsetAt,
  type PressureOffset,
} from "./vertical.js";

/**
 * Starting probabilities that an aircraft lost like this landed, by class. They are priors from the method, not
 * calibrated figures. Source: docs/method.md, table of evidence classes.
 */
const LOSS_PROBABILITY = { G2: 0.97, G3: 0.95, G4: 0.85, G5: 0.5, GAP: 0.5 } as const;
const APPEARANCE_PROBABILITY = 0.97;

const G2_HEIGHT_FT = 300;
const G2_DISTANCE_M = 2 * METRES_PER_NM;
const G3_HEIGHT_FT = 1500;
const G3_DISTANCE_M = 6 * METRES_PER_NM;
const G4_HEIGHT_FT = 5000;
const G4_DISTANCE_M = 25 * METRES_PER_NM;
const G5_HEIGHT_FT = 15_000;
const G5_DISTANCE_M = 60 * METRES_PER_NM;
const G7_HEIGHT_FT = 6000;
const G7_DISTANCE_M = 20 * METRES_PER_NM;
/** Level this low and this near after coming down from far above: between two steps of an approach. */
const LEVEL_HEIGHT_FT = 4000;
const LEVEL_DISTANCE_M = 12 * METRES_PER_NM;
const LEVEL_PROBABILITY = 0.8;
/** Higher or farther than G7 and still climbing: it came up somewhere around, which says little by itself. */
const CLIMB_HEIGHT_FT = 20_000;

/** A low aircraft is near its field: 12 NM, and a nautical mile more for each 200 ft, up to 70 NM. chosen: docs/method.md */
export function searchRadiusM(scene: Scene, index: number): number {
  const heightFt = scene.heightFt[index]!;
  const overFt = Number.isNaN(heightFt) ? scene.track.altitudeFt[index]! : heightFt;
  return Math.min(70, 12 + Math.max(0, overFt) / 200) * METRES_PER_NM;
}

/** What one side of a gap says: how the aircraft was lost, or how it came back, and which fields fit. */
export interface End {
  readonly evidenceClass: EvidenceClass;
  /** Strong enough to speak for a landing or take-off without the other side. */
  readonly alone: boolean;
  /** Neither descending nor climbing when lost. */
  readonly level: boolean;
  /** Height above the likeliest field, ft. */
  readonly heightFt: number;
  readonly probability: number;
  readonly ranked: readonly Ranked[];
  readonly index: number;
}

export interface AirSpan {
  /** First and last point of the stretch in the air that the end belongs to. */
  readonly start: number;
  readonly end: number;
  readonly offsets: readonly PressureOffset[];
}

/**
 * Reads the loss of an aircraft at the last point of a stretch in the air.
 *
 * @returns undefined when the loss says nothing: in cruise, level, climbing, or with no field in reach
 */
export function readLoss(scene: Scene, span: AirSpan): End | undefined {
  const index = span.end - 1;
  if (Number.isNaN(scene.track.altitudeFt[index]!)) return undefined;
  const offsetFt = offsetAt(scene, span.offsets, index) ?? 0;
  if (!mayBeLoss(scene, span, offsetFt)) return undefined;
  const ranked = rankApproach(scene, index, { radiusM: searchRadiusM(scene, index), offsetFt });
  const evidenceClass = lossClass(scene, span, ranked[0]);
  if (!evidenceClass) return undefined;
  const level = !isDescendingBefore(scene, index, span.start);
  return {
    evidenceClass,
    alone: evidenceClass !== "G5" && evidenceClass !== "GAP",
    heightFt: ranked[0]!.heightFt,
    probability:
      evidenceClass === "G4" && level ? LEVEL_PROBABILITY : LOSS_PROBABILITY[evidenceClass],
    level,
    ranked,
    index,
  };
}

/**
 * Whether `lossClass` could find a class, were the likeliest field the highest there is. Most losses are in cruise;
 * ranking fields for them is what reading ends would cost most.
 */
function mayBeLoss(scene: Scene, span: AirSpan, offsetFt: number): boolean {
  const index = span.end - 1;
  const overFt = leastHeightFt(scene, index, offsetFt);
  if (isDescendingBefore(scene, index, span.start)) return overFt < G5_HEIGHT_FT;
  return overFt < LEVEL_HEIGHT_FT && !isClimbingNow(scene, index);
}

/** Height above the highest field of the table: above every other one it is more. */
function leastHeightFt(scene: Scene, index: number, offsetFt: number): number {
  return scene.track.altitudeFt[index]! + offsetFt - scene.airports.highestFt;
}

function lossClass(
  scene: Scene,
  span: AirSpan,
  top: Ranked | undefined,
): keyof typeof LOSS_PROBABILITY | undefined {
  if (!top) return undefined;
  const index = span.end - 1;
  const { heightFt, distanceM, aligned } = top;
  const descending = isDescendingBefore(scene, index, span.start);
  const low = heightFt < G2_HEIGHT_FT && distanceM < G2_DISTANCE_M;
  // So low and so near it was landing even if the last rates were lost; but an aircraft that just took off was not.
  if (low && aligned && !isClimbingNow(scene, index)) return "G2";
  if (!descending) {
    if (isClimbingNow(scene, index)) return undefined;
    if (!(heightFt < LEVEL_HEIGHT_FT && distanceM < LEVEL_DISTANCE_M)) return undefined;
    // Low and level without having come down is how surveys and patrols fly: it tells where, not that it landed.
    return cameDown(scene, index, span.start) ? "G4" : "GAP";
  }
  if (heightFt < G3_HEIGHT_FT && distanceM < G3_DISTANCE_M && aligned) return "G3";
  if (heightFt < G4_HEIGHT_FT && distanceM < G4_DISTANCE_M) return "G4";
  return heightFt < G5_HEIGHT_FT && distanceM < G5_DISTANCE_M ? "G5" : undefined;
}

function isClimbingNow(scene: Scene, index: number): boolean {
  return scene.track.verticalRateFpm[index]! > 200;
}

/**
 * Reads how an aircraft came back at the first point of a stretch in the air.
 *
 * @returns undefined when it did not come up from a field: not climbing, too high, or no field near
 */
export function readAppearance(scene: Scene, span: AirSpan): End | undefined {
  const index = span.start;
  if (Number.isNaN(scene.track.altitudeFt[index]!)) return undefined;
  if (!isClimbingAfter(scene, index, span.end)) return undefined;
  const offsetFt = offsetAt(scene, span.offsets, index) ?? 0;
  if (!(leastHeightFt(scene, index, offsetFt) <= CLIMB_HEIGHT_FT)) return undefined;
  const ranked = rankDeparture(scene, index, { radiusM: searchRadiusM(scene, index), offsetFt });
  const top = ranked[0];
  if (!top || !(top.heightFt <= CLIMB_HEIGHT_FT)) return undefined;
  const alone = top.heightFt <= G7_HEIGHT_FT && top.distanceM <= G7_DISTANCE_M;
  return {
    evidenceClass: alone ? "G7" : "GAP",
    alone,
    level: false,
    heightFt: top.heightFt,
    probability: APPEARANCE_PROBABILITY,
    ranked,
    index,
  };
}
