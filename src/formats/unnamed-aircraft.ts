import { type Address, parseAddress } from "../aircraft/address.js";
import { wrongPosition } from "../track/plausible.js";
import type { Point } from "../track/track.js";
import type { ReaderSink } from "./reader.js";

/** chosen: 0.01 degree is 1 km, wider than what sites round positions to. */
const PLACE_DIGITS = 2;

/**
 * Makes up an address for a track whose export does not say which aircraft it is of: a "~" one, which names no
 * airframe. It is made of the first position, so that the same track downloaded twice is one track.
 *
 * Two of 24 bits may meet by chance: among 100 such tracks once in 3,400 cases.
 */
function unnamedAddress(first: FirstPosition): Address {
  return addressOfText(positionText(first));
}

/** Where and when a track begins. */
export interface FirstPosition {
  readonly timeMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** @returns what an address is made up of where nothing but a track's first position is known */
export function positionText(first: FirstPosition): string {
  const second = Math.floor(first.timeMs / 1000);
  const place = `${first.latDeg.toFixed(PLACE_DIGITS)},${first.lonDeg.toFixed(PLACE_DIGITS)}`;
  return `${second},${place}`;
}

/**
 * Makes up an address out of a text, the same for the same text: a "~" one, which names no airframe.
 *
 * @param text what is known instead of an address, such as a registration
 */
export function addressOfText(text: string): Address {
  const hash = fnv1a(text);
  const folded = ((hash >>> 24) ^ hash) & 0xffffff;
  // Neither all zeros nor all ones is an address.
  const value = folded === 0 || folded === 0xffffff ? 1 : folded;
  return parseAddress(`~${value.toString(16).padStart(6, "0")}`)!;
}

/** 32 bits. Source: IETF draft-eastlake-fnv, FNV-1a. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Names the track of an export that does not: the address comes with the first position that can be one, and the user is
 * told of it then.
 *
 * @param said what the export does say of the aircraft, "callsign RSD123"; asked once
 */
export function unnamedTrack(
  sink: ReaderSink,
  said: () => string | undefined,
): (point: Point) => Address {
  let address: Address | undefined;
  return (point) => {
    if (address !== undefined) return address;
    const made = unnamedAddress(point);
    // What the sink will refuse names no track.
    if (wrongPosition(point)) return made;
    address = made;
    const words = said();
    sink.issue({
      kind: "aircraft-unnamed",
      row: -1,
      detail: `the export gives no aircraft address${words === undefined ? "" : ` (it says ${words})`}; its track is listed as ${address}`,
    });
    return address;
  };
}
