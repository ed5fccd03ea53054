import { sphereDistanceM } from "../geo/sphere.js";
import { METRES_PER_NM } from "../units/quantity.js";
import { appearedTakeoff, lostLanding } from "./air-edges.js";
import { type AirSpan, type End, readAppearance, readLoss } from "./ends.js";
import { isAtWork, isTour } from "./manner.js";
import type { Movement } from "./movement.js";
import type { Scene } from "./scene.js";

/** Of an aircraft at work, lost for good, little more is known than that it came down, or went up. chosen: docs/method.md */
const AT_WORK_PROBABILITY = 0.5;
/** As likely as not a tour went on, and ended at a field that is not near. chosen: docs/method.md, how it flew */
const TOUR_ELSEWHERE = 0.5;
/** A tour that was first heard this near to a field may well have begun there. chosen: docs/method.md, how it flew */
const HOME_M = 20 * METRES_PER_NM;

/** The take-off an aircraft was coming from when it was first heard, if that can be told. */
export function takeoffBeforeFound(scene: Scene, span: AirSpan): Movement[] {
  const appearance = readAppearance(scene, span);
  if (!appearance?.alone) return [];
  const end = isAtWork(scene, span, "found")
    ? { ...appearance, probability: AT_WORK_PROBABILITY }
    : appearance;
  return [appearedTakeoff(scene, end, Number.NEGATIVE_INFINITY)];
}

/**
 * The landing an aircraft was heading for when it was last heard, if that can be told.
 *
 * @param sinceStop from the first point in the air since it last was on the ground, or seems to have been
 */
export function landingWhenLost(scene: Scene, span: AirSpan, sinceStop: AirSpan): Movement[] {
  const loss = readLoss(scene, span);
  if (!loss?.alone) return [];
  const end = { ...loss, ...whileOut(scene, { span, sinceStop, loss }) };
  return [lostLanding(scene, end, Number.POSITIVE_INFINITY)];
}

interface Lost {
  readonly span: AirSpan;
  readonly sinceStop: AirSpan;
  readonly loss: End;
}

function whileOut(scene: Scene, { span, sinceStop, loss }: Lost): Partial<End> {
  const touring = !loss.near && isTour(scene, sinceStop) && !isHome(scene, sinceStop, loss);
  if (touring) return { probability: AT_WORK_PROBABILITY, elsewhere: TOUR_ELSEWHERE, onTour: true };
  return isAtWork(scene, span, "lost") ? { probability: AT_WORK_PROBABILITY } : {};
}

/** A tour ends where it began: at a field where the aircraft was seen, or near to where it was first heard. */
function isHome(scene: Scene, { start }: AirSpan, { ranked }: End): boolean {
  const { airport } = ranked[0]!.field;
  if (scene.visits.has(airport)) return true;
  const { latDeg, lonDeg } = scene.track;
  return sphereDistanceM(latDeg[start]!, lonDeg[start]!, airport.latDeg, airport.lonDeg) <= HOME_M;
}
