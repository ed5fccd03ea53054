import { bitsOf } from "./bits.js";

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

/**
 * @param me 7 bytes
 * @returns undefined for subtypes that are not in use
 *
 * Source: ICAO Doc 9871, appendix C (register 09); RTCA DO-260B, 2.2.3.2.6.
 */
export function readVelocity(me: Uint8Array): Velocity | undefined {
  const subtype = bitsOf(me, 6, 3);
  if (subtype < 1 || subtype > 4) return undefined;
  const stepKt = subtype % 2 === 0 ? 4 : 1;
  const motion = subtype <= 2 ? overGround(me, stepKt) : throughAir(me, stepKt);
  return {
    ...motion,
    verticalRateFpm: signed(bitsOf(me, 37, 1), bitsOf(me, 38, 9), 64),
    isRateGeometric: bitsOf(me, 36, 1) === 0,
    geometricDifferenceFt: signed(bitsOf(me, 49, 1), bitsOf(me, 50, 7), 25),
  };
}

type Motion = Pick<
  Velocity,
  "groundSpeedKt" | "trackAngleDeg" | "headingDeg" | "airspeedKt" | "isTrueAirspeed"
>;

function overGround(me: Uint8Array, stepKt: number): Motion {
  const eastKt = signed(bitsOf(me, 14, 1), bitsOf(me, 15, 10), stepKt);
  const northKt = signed(bitsOf(me, 25, 1), bitsOf(me, 26, 10), stepKt);
  const groundSpeedKt = Math.sqrt(eastKt * eastKt + northKt * northKt);
  const angleDeg = (Math.atan2(eastKt, northKt) * 180) / Math.PI;
  return {
    groundSpeedKt,
    // Without motion there is no direction.
    trackAngleDeg: groundSpeedKt > 0 ? (angleDeg + 360) % 360 : Number.NaN,
    headingDeg: Number.NaN,
    airspeedKt: Number.NaN,
    isTrueAirspeed: false,
  };
}

function throughAir(me: Uint8Array, stepKt: number): Motion {
  const isHeadingKnown = bitsOf(me, 14, 1) === 1;
  return {
    groundSpeedKt: Number.NaN,
    trackAngleDeg: Number.NaN,
    headingDeg: isHeadingKnown ? (bitsOf(me, 15, 10) * 360) / 1024 : Number.NaN,
    airspeedKt: signed(0, bitsOf(me, 26, 10), stepKt),
    isTrueAirspeed: bitsOf(me, 25, 1) === 1,
  };
}

function signed(sign: number, sent: number, step: number): number {
  if (sent === 0) return Number.NaN;
  const size = (sent - 1) * step;
  return sign === 1 && size > 0 ? -size : size;
}
