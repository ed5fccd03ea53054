import { METRES_PER_NM } from "../units/quantity.js";
import { type Ranked, rankApproach, rankDeparture } from "./candidates.js";
import type { EvidenceClass } from "./movement.js";
import type { Scene } from "./scene.js";
import {
  cameDown,
  hasFewRates,
  isClimbingAfter,
  isDescendingBefore,
  offsetAt,
  type PressureOffset,
  wentUp,
} from "./vertical.js";

/**
 * Starting probabilities that an aircraft lost like this landed, by class. They are priors from the method, not
 * calibrated figures. Source: docs/method.md, table of evidence classes.
 */
const LOSS_PROBABILITY = { G2: 0.97, G3: 0.95, G4: 0.85, G5: 0.8, GAP: 0.5 } as const;
const APPEARANCE_PROBABILITY = { G7: 0.97, G8: 0.9, GAP: 0.5 } as const;

const G2_HEIGHT_FT = 300;
const G2_DISTANCE_M = 2 * METRES_PER_NM;
/** So near to a runway it need not be in line with it: it may be turning off. chosen: docs/method.md */
const OVER_FIELD_M = 0.3 * METRES_PER_NM;
const G3_HEIGHT_FT = 1500;
const G3_DISTANCE_M = 6 * METRES_PER_NM;
/** Where one rate is enough: on final, or just off the ground. chosen: docs/method.md, classes G5 and G8 */
const FEW_RATES_HEIGHT_FT = 2000;
const G4_HEIGHT_FT = 4000;
const G4_DISTANCE_M = 25 * METRES_PER_NM;
const G5_HEIGHT_FT = 15_000;
const G5_DISTANCE_M = 60 * METRES_PER_NM;
const G7_HEIGHT_FT = 4000;
const G7_DISTANCE_M = 20 * METRES_PER_NM;
/** Level this low and this near after coming down from far above: between two steps of an approach. */
const LEVEL_HEIGHT_FT = 4000;
const LEVEL_DISTANCE_M = 12 * METRES_PER_NM;
const LEVEL_PROBABILITY = 0.8;
/** Level higher than that after coming down as far: in a hold, or between two steps of a descent. */
const HOLD_HEIGHT_FT = 10_000;
const HOLD_PROBABILITY = 0.65;
/** Climbs are steeper and straighter than descents: from higher up they still point back to their field. */
const G8_HEIGHT_FT = 20_000;
/** Descents and climbs of less are changes of level, not arrivals and departures. chosen: docs/method.md, classes G5 and G8 */
const CHANGE_MIN_FT = 3000;
const HOLD_CHANGE_FT = 5000;

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
  /** So low and near that it speaks for a place too, against what the other side says. */
  readonly near: boolean;
  /** Neither descending nor climbing when lost. */
  readonly level: boolean;
  /** Height above the likeliest field, ft. */
  readonly heightFt: number;
  readonly probability: number;
  readonly ranked: readonly Ranked[];
  /** Class of the side of a gap that tells the place, where that is the other one. */
  readonly placeClass?: EvidenceClass | undefined;
  /** Share of the probability that it was elsewhere, where none of the ranked fields needs to be meant; 0 when left out. */
  readonly elsewhere?: number;
  /** Lost on a way flown for its own sake, see `isTour`. */
  readonly onTour?: boolean;
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
  const loss = lossClass(scene, span, ranked[0]);
  if (!loss) return undefined;
  const { evidenceClass, probability } = loss;
  const near = evidenceClass !== "G5" && evidenceClass !== "GAP";
  return {
    evidenceClass,
    alone: near || loss.arriving === true,
    near,
    heightFt: ranked[0]!.heightFt,
    probability: probability ?? LOSS_PROBABILITY[evidenceClass],
    level: !isDescendingBefore(scene, index, span.start),
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
  return overFt < HOLD_HEIGHT_FT && !isClimbingNow(scene, index);
}

/** Height above the highest field in reach: above every other one it is more. */
function leastHeightFt({ track, airports }: Scene, index: number, offsetFt: number): number {
  const here = { latDeg: track.latDeg[index]!, lonDeg: track.lonDeg[index]! };
  return track.altitudeFt[index]! + offsetFt - airports.highestNear(here);
}

interface LossClass {
  readonly evidenceClass: keyof typeof LOSS_PROBABILITY;
  /** Where it is not the usual one of the class. */
  readonly probability?: number;
  /** It came down so far that it was on its way to land, not changing its level. */
  readonly arriving?: boolean;
}

function lossClass(scene: Scene, span: AirSpan, top: Ranked | undefined): LossClass | undefined {
  if (!top) return undefined;
  const index = span.end - 1;
  const { heightFt, distanceM, aligned } = top;
  const low = heightFt < G2_HEIGHT_FT && distanceM < G2_DISTANCE_M;
  const descending = isDescendingBefore(scene, index, span.start);
  // So low and so near it was landing even if the last rates were lost; but an aircraft that just took off was not, and
  // one that flies level across the field was not either.
  const landing = aligned !== undefined || (distanceM < OVER_FIELD_M && descending);
  if (low && landing && !isClimbingNow(scene, index)) return { evidenceClass: "G2" };
  if (!descending) return levelClass(scene, span, top);
  if (heightFt < G3_HEIGHT_FT && distanceM < G3_DISTANCE_M && aligned)
    return { evidenceClass: "G3" };
  if (saysLittle(scene, top, { index, limit: span.start, step: -1 }))
    return { evidenceClass: "GAP" };
  if (heightFt < G4_HEIGHT_FT && distanceM < G4_DISTANCE_M) return { evidenceClass: "G4" };
  // An unknown height fails the comparison: then nothing is claimed.
  if (!(heightFt < G5_HEIGHT_FT && distanceM < G5_DISTANCE_M)) return undefined;
  return { evidenceClass: "G5", arriving: isArriving(scene, span, CHANGE_MIN_FT) };
}

/** A rate or two, far from any field: enough to weigh beside the other side of a gap, too little for a claim. */
function saysLittle(
  scene: Scene,
  { heightFt, distanceM }: Ranked,
  edge: { readonly index: number; readonly limit: number; readonly step: 1 | -1 },
): boolean {
  if (heightFt < FEW_RATES_HEIGHT_FT && distanceM < G3_DISTANCE_M) return false;
  return hasFewRates(scene, edge);
}

/** Neither descending nor climbing: between two steps of an approach, or flying level for its own reasons. */
function levelClass(
  scene: Scene,
  span: AirSpan,
  { heightFt, distanceM }: Ranked,
): LossClass | undefined {
  const index = span.end - 1;
  if (isClimbingNow(scene, index)) return undefined;
  const arriving = isArriving(scene, span, HOLD_CHANGE_FT);
  if (heightFt < LEVEL_HEIGHT_FT && distanceM < LEVEL_DISTANCE_M) {
    // Low and level without having come down is how surveys and patrols fly: it tells where, not that it landed.
    if (!cameDown(scene, { index, first: span.start, byFt: HOLD_CHANGE_FT }))
      return { evidenceClass: "GAP" };
    return { evidenceClass: "G4", probability: LEVEL_PROBABILITY };
  }
  if (!arriving || !(heightFt < HOLD_HEIGHT_FT && distanceM < G5_DISTANCE_M)) return undefined;
  return { evidenceClass: "G5", probability: HOLD_PROBABILITY, arriving };
}

/** Gliders and helicopters go up and down all day: for them a descent says little. */
function isArriving(scene: Scene, span: AirSpan, byFt: number): boolean {
  if (scene.traits.kind !== "aeroplane") return false;
  return cameDown(scene, { index: span.end - 1, first: span.start, byFt });
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
  if (!(leastHeightFt(scene, index, offsetFt) <= G8_HEIGHT_FT)) return undefined;
  const ranked = rankDeparture(scene, index, { radiusM: searchRadiusM(scene, index), offsetFt });
  const top = ranked[0];
  if (!top || !(top.heightFt <= G8_HEIGHT_FT)) return undefined;
  const little = saysLittle(scene, top, { index, limit: span.end - 1, step: 1 });
  const near = !little && top.heightFt <= G7_HEIGHT_FT && top.distanceM <= G7_DISTANCE_M;
  const departing = !little && isDeparting(scene, span, top);
  const evidenceClass = near ? "G7" : departing ? "G8" : "GAP";
  return {
    evidenceClass,
    alone: evidenceClass !== "GAP",
    near,
    level: false,
    heightFt: top.heightFt,
    probability: APPEARANCE_PROBABILITY[evidenceClass],
    ranked,
    index,
  };
}

/** Found so high that it might be changing its level, but it goes on climbing as after a take-off. */
function isDeparting(scene: Scene, span: AirSpan, { distanceM }: Ranked): boolean {
  if (scene.traits.kind !== "aeroplane" || distanceM >= G5_DISTANCE_M) return false;
  return wentUp(scene, { index: span.start, end: span.end, byFt: CHANGE_MIN_FT });
}
