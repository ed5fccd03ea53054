/** Which received positions a question asks for: by altitude, speed and direction. */

import { GROUND_YES, type Track } from "../track/track.js";

/** Both ends included; an end that is left open is infinite. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
}

/** What one position must be, all at once. */
export interface PositionFilter {
  /** Pressure altitude as received, ft. On the ground it is below every limit, unknown it is in no range. */
  readonly altitudeFt?: NumberRange | undefined;
  /** Over ground, kt; unknown is in no range. */
  readonly speedKt?: NumberRange | undefined;
  /** Direction over ground, clockwise from `least` to `most`, so that 350 to 20 holds north; unknown is in no range. */
  readonly trackAngleDeg?: NumberRange | undefined;
}

/** Whether a filter leaves nothing out. */
export function isEmptyFilter(filter: PositionFilter): boolean {
  return Object.values(filter).every((range) => range === undefined);
}

/** @returns true when some position from `start` to before `end` is as the filter asks, in all it asks */
export function someFits(
  track: Track,
  { start, end }: { readonly start: number; readonly end: number },
  { altitudeFt, speedKt, trackAngleDeg }: PositionFilter,
): boolean {
  for (let i = start; i < end; i++) {
    if (altitudeFt) {
      const isOnGround = track.ground[i] === GROUND_YES;
      const isFitting = isOnGround
        ? altitudeFt.least === Number.NEGATIVE_INFINITY
        : holds(altitudeFt, track.altitudeFt[i]!);
      if (!isFitting) continue;
    }
    if (speedKt && !holds(speedKt, track.groundSpeedKt[i]!)) continue;
    if (trackAngleDeg && !holdsAngle(trackAngleDeg, track.trackAngleDeg[i]!)) continue;
    return true;
  }
  return false;
}

/** NaN fails both comparisons. */
function holds({ least, most }: NumberRange, value: number): boolean {
  return value >= least && value <= most;
}

function holdsAngle({ least, most }: NumberRange, angleDeg: number): boolean {
  const fromDeg = (((angleDeg - least) % 360) + 360) % 360;
  const spanDeg = most - least === 360 ? 360 : (((most - least) % 360) + 360) % 360;
  return fromDeg <= spanDeg;
}
