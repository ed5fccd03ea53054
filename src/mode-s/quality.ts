import { meBitsOf } from "./bits.js";

// Operational status, ME with type code 31; bits from 1:
//
//   subtype 6-8: 0 airborne, 1 surface; capabilities 9-24, of the surface with NIC supplement C in 20
//   modes 25-40, version 41-43, NIC supplement A 44, NACp 45-48, GVA 49-50 (airborne), SIL 51-52, NIC baro 53 (airborne)
//
// Target state, ME with type code 29 and subtype 1 (of version 2):
//
//   FMS 9, altitude + 1 10-20 in 32 ft, QNH + 1 21-29 in 0.8 hPa over 800, heading known 30, heading 31-39 in 180/256
//   NACp 40-43, NIC baro 44, SIL 45-46

/** What an aircraft says of the quality of its position. Unknown is NaN. */
export interface StatedQuality {
  /** Version of the standard: 0, 1, 2. Target states in this form are of version 2. */
  readonly adsbVersion: number;
  readonly nacP: number;
  readonly sil: number;
  readonly nicSupplementA: boolean | undefined;
  readonly nicSupplementC: boolean | undefined;
  /** Altitude selected, in the autopilot or the flight management system. */
  readonly targetAltitudeFt: number;
  readonly targetHeadingDeg: number;
  readonly qnhHpa: number;
}

/**
 * @param bytes the whole message
 *
 * Source: ICAO Doc 9871, C.2.4.7 (register 65); RTCA DO-260B, 2.2.3.2.7.2.
 */
export function readOperationalStatus(bytes: Uint8Array): StatedQuality {
  const adsbVersion = meBitsOf(bytes, 41, 3);
  const isSurface = meBitsOf(bytes, 6, 3) === 1;
  // In version 0 these bits are not in use; what a version above 2 means by them is not known here.
  const isKnown = adsbVersion === 1 || adsbVersion === 2;
  return {
    adsbVersion,
    nacP: isKnown ? meBitsOf(bytes, 45, 4) : Number.NaN,
    sil: isKnown ? meBitsOf(bytes, 51, 2) : Number.NaN,
    nicSupplementA: isKnown ? meBitsOf(bytes, 44, 1) === 1 : undefined,
    nicSupplementC: adsbVersion === 2 && isSurface ? meBitsOf(bytes, 20, 1) === 1 : undefined,
    targetAltitudeFt: Number.NaN,
    targetHeadingDeg: Number.NaN,
    qnhHpa: Number.NaN,
  };
}

/**
 * @param bytes the whole message, subtype 1
 *
 * Source: ICAO Doc 9871, C.2.4.6 (register 62); RTCA DO-260B, 2.2.3.2.7.1.
 */
export function readTargetState(bytes: Uint8Array): StatedQuality {
  const altitude = meBitsOf(bytes, 10, 11);
  const setting = meBitsOf(bytes, 21, 9);
  const isHeadingKnown = meBitsOf(bytes, 30, 1) === 1;
  return {
    adsbVersion: 2,
    nacP: meBitsOf(bytes, 40, 4),
    sil: meBitsOf(bytes, 45, 2),
    nicSupplementA: undefined,
    nicSupplementC: undefined,
    targetAltitudeFt: altitude === 0 ? Number.NaN : (altitude - 1) * 32,
    targetHeadingDeg: isHeadingKnown ? (meBitsOf(bytes, 31, 9) * 180) / 256 : Number.NaN,
    qnhHpa: setting === 0 ? Number.NaN : 800 + (setting - 1) * 0.8,
  };
}

/** What was heard beside a position and bears on its integrity. */
export interface NicSupplements {
  readonly a: boolean | undefined;
  readonly b: boolean;
  readonly c: boolean | undefined;
  /** NaN: no operational status was heard yet. */
  readonly adsbVersion: number;
}

/**
 * Navigation integrity category of a position.
 *
 * @param typeCode 5 to 18 or 20 to 22
 * @returns 0 to 11; where a supplement is needed and was not heard, the lower of the two
 *
 * Source: RTCA DO-260B, 2.2.3.2.3 and 2.2.3.2.4 (type codes); for versions 0 and 1 its appendix N.
 */
export function nicOf(typeCode: number, { a, b, c, adsbVersion }: NicSupplements): number {
  const isVersion2 = adsbVersion === 2;
  // Version 1 has the one supplement, version 2 a second that must be set with it.
  const isBetter = a === true && (b || !isVersion2);
  switch (typeCode) {
    case 5:
    case 9:
    case 20:
      return 11;
    case 6:
    case 10:
    case 21:
      return 10;
    case 7:
      return a === true && c !== true ? 9 : 8;
    case 8:
      // Of version 2 only, and only when both were heard.
      return isVersion2 && c !== undefined ? (a ? (c ? 7 : 6) : c ? 6 : 0) : 0;
    case 11:
      return isBetter ? 9 : 8;
    case 16:
      return isBetter ? 3 : adsbVersion >= 1 ? 2 : 1;
    case 17:
      return 1;
    default:
      // 12 to 15 are 7 to 4; 18 and 22 say nothing of their integrity.
      return typeCode >= 12 && typeCode <= 15 ? 19 - typeCode : 0;
  }
}
