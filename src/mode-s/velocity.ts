import { meBitsOf } from "./bits.js";

// Velocity, ME with type code 19; bits from 1:
//
//   subtype 6-8: 1 over ground, 2 the same supersonic (steps of 4 kt), 3 airspeed, 4 the same supersonic
//   intent change or IMF 9, NACv 11-13
//   subtypes 1, 2:  west 14, east-west + 1 15-24, south 25, north-south + 1 26-35
//   subtypes 3, 4:  heading known 14, heading 15-24 in 360/1024, true airspeed 25, airspeed + 1 26-35
//   rate barometric 36, down 37, rate + 1 38-46 in 64 ft/min
//   geometric below barometric 49, difference + 1 50-56 in 25 ft
//
// Zero in a number means that it is unknown.

/** What a velocity message says. Unknown is NaN. */
export interface Velocity {
  /** Of subtypes 1 and 2. */
  readonly groundSpeedKt: number;
  readonly trackAngleDeg: number;
  /** Of subtypes 3 and 4. True or magnetic, which the message does not say. */
  readonly headingDeg: number;
  readonly airspeedKt: number;
  readonly isTrueAirspeed: boolean;
  readonly verticalRateFpm: number;
  readonly isRateGeometric: boolean;
  /** Geometric altitude less pressure altitude. */
  readonly geometricDifferenceFt: number;
}

/** @returns a velocity of which nothing is known */
export function unknownVelocity(): Writable<Velocity> {
  return {
    groundSpeedKt: Number.NaN,
    trackAngleDeg: Number.NaN,
    headingDeg: Number.NaN,
    airspeedKt: Number.NaN,
    isTrueAirspeed: false,
    verticalRateFpm: Number.NaN,
    isRateGeometric: false,
    geometricDifferenceFt: Number.NaN,
  };
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/**
 * @param bytes the whole message
 * @returns undefined for subtypes that are not in use
 *
 * Source: ICAO Doc 9871, appendix C (register 09); RTCA DO-260B, 2.2.3.2.6.
 */
export function readVelocity(bytes: Uint8Array): Velocity | undefined {
  const velocity = unknownVelocity();
  return readVelocityInto(bytes, velocity) ? velocity : undefined;
}

/**
 * The same into an object that is there already: velocities are a third of all that is sent.
 *
 * @returns false for subtypes that are not in use; then `into` is as it was
 */
export function readVelocityInto(bytes: Uint8Array, into: Writable<Velocity>): boolean {
  const subtype = meBitsOf(bytes, 6, 3);
  if (subtype < 1 || subtype > 4) return false;
  const stepKt = subtype % 2 === 0 ? 4 : 1;
  const isOverGround = subtype <= 2;
  const eastKt = signed(meBitsOf(bytes, 14, 1), meBitsOf(bytes, 15, 10), stepKt);
  const northKt = signed(meBitsOf(bytes, 25, 1), meBitsOf(bytes, 26, 10), stepKt);
  const groundSpeedKt = isOverGround ? Math.sqrt(eastKt * eastKt + northKt * northKt) : Number.NaN;
  into.groundSpeedKt = groundSpeedKt;
  // Without motion there is no direction.
  into.trackAngleDeg = groundSpeedKt > 0 ? angleDeg(eastKt, northKt) : Number.NaN;
  into.headingDeg =
    !isOverGround && meBitsOf(bytes, 14, 1) === 1
      ? (meBitsOf(bytes, 15, 10) * 360) / 1024
      : Number.NaN;
  into.airspeedKt = isOverGround ? Number.NaN : Math.abs(northKt);
  into.isTrueAirspeed = !isOverGround && meBitsOf(bytes, 25, 1) === 1;
  into.verticalRateFpm = signed(meBitsOf(bytes, 37, 1), meBitsOf(bytes, 38, 9), 64);
  into.isRateGeometric = meBitsOf(bytes, 36, 1) === 0;
  into.geometricDifferenceFt = signed(meBitsOf(bytes, 49, 1), meBitsOf(bytes, 50, 7), 25);
  return true;
}

/** 0 to 360, from true north. */
function angleDeg(east: number, north: number): number {
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

function signed(sign: number, sent: number, step: number): number {
  if (sent === 0) return Number.NaN;
  const size = (sent - 1) * step;
  return sign === 1 && size > 0 ? -size : size;
}
