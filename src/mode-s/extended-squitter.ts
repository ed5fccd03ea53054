import { meBitsOf } from "./bits.js";
import { altitudeFtFromShortCode, callsignFromCodes, squawkFromCode } from "./codes.js";
import type { CprPosition } from "./cpr.js";
import { readOperationalStatus, readTargetState, type StatedQuality } from "./quality.js";
import { readVelocity, type Velocity } from "./velocity.js";

// ME, the 56 bits an extended squitter carries; bits from 1, the type code TC in 1-5:
//
//   TC 1-4      category 6-8, callsign 8 x 6 bits 9-56
//   TC 5-8      surface: movement 6-12, direction known 13, direction 14-20, T or IMF 21, odd 22, latitude 23-39, longitude 40-56
//   TC 9-18     airborne: status 6-7, NIC supplement B or IMF 8, pressure altitude 9-20, T 21, odd 22, latitude, longitude
//   TC 20-22    the same with the geometric altitude
//   TC 19       velocity, see velocity.ts
//   TC 28       subtype 6-8; of subtype 1: emergency 9-11, squawk 12-24
//   TC 29, 31   see quality.ts
//
// Source: ICAO Doc 9871, appendix A and C (registers 05 to 09, 61, 62, 65); RTCA DO-260B, 2.2.3.2.

/** Where ME begins. */
const ME_BYTE = 4;

/** A position of the surface or the air, not yet decoded. */
interface SentPosition {
  readonly cpr: CprPosition;
  readonly typeCode: number;
}

interface OtherAddress {
  /** IMF: the address is no ICAO one. Means that in TIS-B and ADS-R only; elsewhere the bit says something else. */
  readonly isOtherAddress: boolean;
}

export interface Identification extends OtherAddress {
  readonly kind: "identification";
  /** "" when empty; undefined when it holds what cannot be a callsign. */
  readonly callsign: string | undefined;
  /** "A3": set and number of the emitter category. */
  readonly category: string;
}

export interface SurfacePosition extends OtherAddress, SentPosition {
  readonly kind: "surface-position";
  /** The middle of the step that was sent; NaN unknown. */
  readonly groundSpeedKt: number;
  /** Direction over ground or heading, which of them the message does not tell; NaN unknown. */
  readonly directionDeg: number;
}

export interface AirbornePosition extends OtherAddress, SentPosition {
  readonly kind: "airborne-position";
  /** NaN when unknown, or when the other altitude was sent. */
  readonly pressureAltitudeFt: number;
  readonly geometricAltitudeFt: number;
  /** NIC supplement B, in version 2 (DO-260B, 2.2.3.2.3.3). */
  readonly nicSupplementB: boolean;
}

export interface VelocityMessage extends OtherAddress {
  readonly kind: "velocity";
  readonly velocity: Velocity;
}

export interface Emergency extends OtherAddress {
  readonly kind: "emergency";
  readonly squawk: number;
}

export interface QualityMessage extends OtherAddress {
  readonly kind: "quality";
  readonly quality: StatedQuality;
}

export interface OtherSquitter extends OtherAddress {
  readonly kind: "other";
}

export type ExtendedSquitter =
  | Identification
  | SurfacePosition
  | AirbornePosition
  | VelocityMessage
  | Emergency
  | QualityMessage
  | OtherSquitter;

/** @param bytes the whole message, 14 bytes */
export function readExtendedSquitter(bytes: Uint8Array): ExtendedSquitter {
  const typeCode = bytes[ME_BYTE]! >> 3;
  if (typeCode >= 1 && typeCode <= 4) return readIdentification(bytes, typeCode);
  if (typeCode >= 5 && typeCode <= 8) return readSurface(bytes, typeCode);
  if ((typeCode >= 9 && typeCode <= 18) || (typeCode >= 20 && typeCode <= 22))
    return readAirborne(bytes, typeCode);
  const subtype = bytes[ME_BYTE]! & 7;
  if (typeCode === 19) {
    const velocity = readVelocity(bytes);
    const isOtherAddress = meBitsOf(bytes, 9, 1) === 1;
    return velocity ? { kind: "velocity", isOtherAddress, velocity } : other(isOtherAddress);
  }
  if (typeCode === 28 && subtype === 1) {
    const squawk = squawkFromCode(meBitsOf(bytes, 12, 13));
    return { kind: "emergency", isOtherAddress: false, squawk };
  }
  // Subtype in 6-7; 0 is the form of version 1, whose fields lie elsewhere.
  if (typeCode === 29 && subtype >> 1 === 1)
    return {
      kind: "quality",
      isOtherAddress: meBitsOf(bytes, 51, 1) === 1,
      quality: readTargetState(bytes),
    };
  if (typeCode === 31 && subtype <= 1)
    return {
      kind: "quality",
      isOtherAddress: meBitsOf(bytes, 56, 1) === 1,
      quality: readOperationalStatus(bytes),
    };
  return other(false);
}

function other(isOtherAddress: boolean): OtherSquitter {
  return { kind: "other", isOtherAddress };
}

function readIdentification(bytes: Uint8Array, typeCode: number): Identification {
  // Type code 4 is set A, 1 is set D (DO-260B, 2.2.3.2.5.2).
  const set = "DCBA"[typeCode - 1]!;
  return {
    kind: "identification",
    isOtherAddress: false,
    callsign: callsignFromCodes((place) => meBitsOf(bytes, 9 + 6 * place, 6)),
    category: `${set}${bytes[ME_BYTE]! & 7}`,
  };
}

function readSurface(bytes: Uint8Array, typeCode: number): SurfacePosition {
  const isDirectionKnown = meBitsOf(bytes, 13, 1) === 1;
  return {
    kind: "surface-position",
    isOtherAddress: meBitsOf(bytes, 21, 1) === 1,
    typeCode,
    groundSpeedKt: groundSpeedKtOfMovement(meBitsOf(bytes, 6, 7)),
    directionDeg: isDirectionKnown ? (meBitsOf(bytes, 14, 7) * 360) / 128 : Number.NaN,
    cpr: readCpr(bytes, true),
  };
}

function readAirborne(bytes: Uint8Array, typeCode: number): AirbornePosition {
  const code = meBitsOf(bytes, 9, 12);
  const isGeometric = typeCode >= 20;
  return {
    kind: "airborne-position",
    isOtherAddress: meBitsOf(bytes, 8, 1) === 1,
    typeCode,
    pressureAltitudeFt: isGeometric ? Number.NaN : altitudeFtFromShortCode(code),
    // DO-260B, 2.2.3.2.3.4.2: coded as the pressure altitude is.
    geometricAltitudeFt: isGeometric ? altitudeFtFromShortCode(code) : Number.NaN,
    nicSupplementB: meBitsOf(bytes, 8, 1) === 1,
    cpr: readCpr(bytes, false),
  };
}

function readCpr(bytes: Uint8Array, isSurface: boolean): CprPosition {
  const isOdd = meBitsOf(bytes, 22, 1) === 1;
  return { isOdd, isSurface, latCpr: meBitsOf(bytes, 23, 17), lonCpr: meBitsOf(bytes, 40, 17) };
}

/**
 * Speed on the ground.
 *
 * @param movement 0 to 127
 * @returns 0 when stopped, else the middle of the step; 175 for "175 or more"; NaN unknown or not in use
 *
 * Source: ICAO Doc 9871, appendix C (register 06); RTCA DO-260B, 2.2.3.2.4.2.
 */
export function groundSpeedKtOfMovement(movement: number): number {
  if (movement === 1) return 0;
  if (movement === 124) return 175;
  for (const { first, end, fromKt, stepKt } of MOVEMENT_RANGES)
    if (movement >= first && movement < end) return fromKt + (movement - first + 0.5) * stepKt;
  return Number.NaN;
}

const MOVEMENT_RANGES = [
  { first: 2, end: 9, fromKt: 0.125, stepKt: 0.875 / 7 },
  { first: 9, end: 13, fromKt: 1, stepKt: 0.25 },
  { first: 13, end: 39, fromKt: 2, stepKt: 0.5 },
  { first: 39, end: 94, fromKt: 15, stepKt: 1 },
  { first: 94, end: 109, fromKt: 70, stepKt: 2 },
  { first: 109, end: 124, fromKt: 100, stepKt: 5 },
] as const;
