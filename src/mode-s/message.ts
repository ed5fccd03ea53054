import { bitsOf } from "./bits.js";
import { altitudeFtFromCode, callsignFromCodes, squawkFromCode } from "./codes.js";
import { type ExtendedSquitter, readExtendedSquitter } from "./extended-squitter.js";
import { parityRest } from "./parity.js";

// First 5 bits: downlink format DF. Then, by format (bits from 1):
//
//   DF 0        VS 6                                   AC 20-32              AP 33-56
//   DF 4, 20    FS 6-8     DR, UM                      AC 20-32  (MB 33-88)  AP, last 24
//   DF 5, 21    FS 6-8     DR, UM                      ID 20-32  (MB 33-88)  AP, last 24
//   DF 11       CA 6-8     AA 9-32                                           PI 33-56
//   DF 16       VS 6                                   AC 20-32   MV 33-88   AP 89-112
//   DF 17       CA 6-8     AA 9-32                                ME 33-88   PI 89-112
//   DF 18       CF 6-8     AA 9-32                                ME 33-88   PI 89-112
//
// AP is the parity with the address laid over it: an address so read proves nothing until it was heard in clear.

/** What kind of address a message was sent under, in the words of `POSITION_SOURCES`. */
export type AddressKind =
  | "mode_s"
  | "adsb_icao"
  | "adsb_icao_nt"
  | "adsb_other"
  | "tisb_icao"
  | "tisb_other"
  | "tisb_trackfile"
  | "adsr_icao"
  | "adsr_other";

/** How far the parity vouches for a message. */
export type Proof =
  /** Undamaged, address in clear. */
  | "whole"
  /** Undamaged if an aircraft with this address is about: the address, or an interrogator's code, lies over the parity. */
  | "by-address";

/** One Mode S reply or squitter. Unknown numbers are NaN. */
export interface ModeSMessage {
  /** DF, 0 to 24. */
  readonly downlinkFormat: number;
  /** 24 bits. */
  readonly addressValue: number;
  readonly addressKind: AddressKind;
  readonly proof: Proof;
  /**
   * True and false where the transponder knows, undefined where it may only guess. "Airborne" in DF 0, 4, 5, 16, 20 and 21
   * is what a transponder without a switch on its wheels says always, and counts as unknown.
   */
  readonly isOnGround: boolean | undefined;
  /** Pressure altitude, 25- or 100-foot steps. */
  readonly altitudeFt: number;
  /** Four octal digits read in decimal; -1 unknown. */
  readonly squawk: number;
  readonly extended: ExtendedSquitter | undefined;
  /**
   * Of DF 20 and 21 whose content looks like register 20, the callsign. Replies do not say which register they hold, so one in
   * some ten thousand is something else: too many to print.
   */
  readonly likelyCallsign: string | undefined;
}

/** Why bytes are no message that can be used. */
export type Unusable =
  /** Neither 7 nor 14 bytes, or not as many as its format has. */
  | "length-wrong"
  /** A format without an address, or one that is not in use. */
  | "format-unknown"
  | "parity-failed";

/**
 * Takes a message apart.
 *
 * @param bytes 7 or 14
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.3 to 3.1.2.8.
 */
export function readMessage(bytes: Uint8Array): ModeSMessage | Unusable {
  const { length } = bytes;
  if (length !== 7 && length !== 14) return "length-wrong";
  const format = bytes[0]! >> 3;
  const isLong = format >= 16;
  if (isLong !== (length === 14)) return "length-wrong";
  switch (format) {
    case 0:
    case 4:
    case 5:
    case 16:
    case 20:
    case 21:
      return readReply(bytes, format);
    case 11:
      return readAllCall(bytes);
    case 17:
    case 18:
      return readSquitter(bytes, format);
    default:
      return "format-unknown";
  }
}

function readReply(bytes: Uint8Array, format: number): ModeSMessage {
  const code = bitsOf(bytes, 20, 13);
  const isIdentity = format === 5 || format === 21;
  const isAirToAir = format === 0 || format === 16;
  // VS: 1 on the ground. FS: 1 and 3 on the ground, 2 in the air with an alert, 4 and 5 either (3.1.2.6.5.1, 3.1.2.8.2.1).
  const status = isAirToAir ? bitsOf(bytes, 6, 1) : bitsOf(bytes, 6, 3);
  const isOnGround = status === 1 || (!isAirToAir && status === 3);
  return {
    downlinkFormat: format,
    addressValue: parityRest(bytes),
    addressKind: "mode_s",
    proof: "by-address",
    isOnGround: isOnGround ? true : undefined,
    altitudeFt: isIdentity ? Number.NaN : altitudeFtFromCode(code),
    squawk: isIdentity ? squawkFromCode(code) : -1,
    extended: undefined,
    likelyCallsign: format >= 20 ? register20Callsign(bytes) : undefined,
  };
}

/** Register 20: its number in 33-40, eight characters in 41-88 (ICAO Doc 9871, register 20). */
function register20Callsign(bytes: Uint8Array): string | undefined {
  if (bytes[4] !== 0x20) return undefined;
  return callsignFromCodes((place) => bitsOf(bytes, 41 + 6 * place, 6)) || undefined;
}

/** Interrogator codes reach up to this (Annex 10, Vol. IV, 3.1.2.3.3.2: CL and IC, 7 bits). */
const INTERROGATOR_MAX = 0x7f;

function readAllCall(bytes: Uint8Array): ModeSMessage | Unusable {
  const rest = parityRest(bytes);
  if (rest > INTERROGATOR_MAX) return "parity-failed";
  return {
    downlinkFormat: 11,
    addressValue: bitsOf(bytes, 9, 24),
    addressKind: "mode_s",
    proof: rest === 0 ? "whole" : "by-address",
    isOnGround: groundOfCapability(bitsOf(bytes, 6, 3)),
    altitudeFt: Number.NaN,
    squawk: -1,
    extended: undefined,
    likelyCallsign: undefined,
  };
}

function readSquitter(bytes: Uint8Array, format: number): ModeSMessage | Unusable {
  if (parityRest(bytes) !== 0) return "parity-failed";
  const subtype = bitsOf(bytes, 6, 3);
  const extended = readExtendedSquitter(bytes);
  const addressKind = format === 17 ? "adsb_icao" : addressKindOf(subtype, extended);
  if (!addressKind) return "format-unknown";
  return {
    downlinkFormat: format,
    addressValue: bitsOf(bytes, 9, 24),
    addressKind,
    proof: "whole",
    isOnGround:
      extended.kind === "surface-position"
        ? true
        : format === 17
          ? groundOfCapability(subtype)
          : undefined,
    altitudeFt: extended.kind === "airborne-position" ? extended.pressureAltitudeFt : Number.NaN,
    squawk: extended.kind === "emergency" ? extended.squawk : -1,
    extended,
    likelyCallsign: undefined,
  };
}

/** CA 4 on the ground, 5 airborne, others do not say (Annex 10, Vol. IV, 3.1.2.5.2.2.1). */
function groundOfCapability(capability: number): boolean | undefined {
  return capability === 4 ? true : capability === 5 ? false : undefined;
}

/**
 * By the control field CF, and where that leaves it open by the flag IMF, which says that the address is no ICAO one.
 *
 * @returns undefined for formats in which ME is of another kind (coarse TIS-B, management messages)
 *
 * Source: ICAO Annex 10, Vol. IV, 3.1.2.8.7.2; RTCA DO-260B, 2.2.17.2 (TIS-B) and 2.2.18 (ADS-R).
 */
function addressKindOf(control: number, extended: ExtendedSquitter): AddressKind | undefined {
  const isOther = extended.isOtherAddress;
  switch (control) {
    case 0:
      return "adsb_icao_nt";
    case 1:
      return "adsb_other";
    case 2:
      return isOther ? "tisb_trackfile" : "tisb_icao";
    case 5:
      return "tisb_other";
    case 6:
      return isOther ? "adsr_other" : "adsr_icao";
    default:
      return undefined;
  }
}

/** @returns true for addresses that name no airframe */
export function isOtherAddress(kind: AddressKind): boolean {
  return (
    kind === "adsb_other" ||
    kind === "tisb_other" ||
    kind === "tisb_trackfile" ||
    kind === "adsr_other"
  );
}
