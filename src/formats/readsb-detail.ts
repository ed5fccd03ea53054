import { integrityCode, positionSourceCode, UNKNOWN_INTEGRITY } from "../track/builder.js";
import {
  CLOSE_BRACE,
  COLON,
  COMMA,
  OPEN_BRACE,
  QUOTE,
  sameLength,
  scanNumber,
  skipString,
  skipValue,
} from "./json-bytes.js";
import { parseSquawk, textOrUndefined } from "./text.js";

// The object in column 8 of a trace row. It takes more than half of a trace's bytes, and most of them are those of the
// object before: bytes that are the same up to a member's end hold the same member, valid and read already. So an object
// is compared with the one before it, a word at a time, and only values that differ are read. Where the members themselves
// differ the object is read from its start, member by member.

const FLIGHT = 1;
const SQUAWK = 2;
const NIC = 4;
const NAC_P = 8;
const SIL = 16;
const ALT_GEOM = 32;
const TYPE = 64;
/** More members than any version of readsb writes; objects with more are left to `JSON.parse`. */
const MEMBERS_MAX = 128;
/** Members of the last object: where each starts, and with one entry more where the object ends. */
interface Members {
  count: number;
  readonly starts: Int32Array;
  /** Bytes of each name with its quotes. */
  readonly nameLengths: Int32Array;
  /** The bit of each name that matters, 0 for others. */
  readonly names: Uint8Array;
}

/** What the objects of one document said so far. */
export interface DetailScan {
  bytes: Uint8Array;
  view: DataView;
  /** Sent now and then, and held until the next. */
  callsign: string;
  squawk: number;
  nic: number;
  nacP: number;
  sil: number;
  /** Raised whenever one of these was read anew. */
  revision: number;
  /** Of the last object alone: geometric altitude, NaN when it has none, and its source, 0 when none. */
  readonly geometricAltitudeFt: Float64Array;
  positionSource: number;
  readonly members: Members;
}

const NO_BYTES = new Uint8Array(0);

/** @returns a scan at no document; see `startDetails` */
export function newDetailScan(): DetailScan {
  return {
    bytes: NO_BYTES,
    view: new DataView(NO_BYTES.buffer),
    callsign: "",
    squawk: -1,
    nic: UNKNOWN_INTEGRITY,
    nacP: UNKNOWN_INTEGRITY,
    sil: UNKNOWN_INTEGRITY,
    geometricAltitudeFt: new Float64Array([Number.NaN]),
    positionSource: 0,
    revision: 0,
    members: {
      count: 0,
      starts: new Int32Array(MEMBERS_MAX + 1),
      nameLengths: new Int32Array(MEMBERS_MAX),
      names: new Uint8Array(MEMBERS_MAX),
    },
  };
}

/** Forgets everything and starts another document. */
export function startDetails(scan: DetailScan, bytes: Uint8Array): void {
  scan.bytes = bytes;
  scan.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  scan.callsign = "";
  scan.squawk = -1;
  scan.nic = UNKNOWN_INTEGRITY;
  scan.nacP = UNKNOWN_INTEGRITY;
  scan.sil = UNKNOWN_INTEGRITY;
  scan.geometricAltitudeFt[0] = Number.NaN;
  scan.positionSource = 0;
  scan.revision = 0;
  scan.members.count = 0;
}

/** @returns the place behind the object, or -1 when `JSON.parse` has to read the document */
export function scanDetail(scan: DetailScan, start: number): number {
  if (scan.bytes[start] !== OPEN_BRACE) return -1;
  if (scan.members.count > 0) {
    const end = scanLikeBefore(scan, start + 1);
    if (end !== OTHER_MEMBERS) return end;
  }
  return scanMembers(scan, start + 1);
}

/** The object has not the members of the one before. */
const OTHER_MEMBERS = -2;

/** Reads the values that differ from those of the object before. What the others say holds already. */
function scanLikeBefore(scan: DetailScan, start: number): number {
  const { bytes, view, members } = scan;
  const { count, starts, nameLengths } = members;
  const endBefore = starts[count]!;
  let at = start;
  let member = 0;
  for (;;) {
    const before = starts[member]!;
    const most = Math.min(endBefore - before, bytes.length - at);
    const same = sameLength(view, at, before, most);
    const sameEnd = before + same;
    const shift = at - before;
    let next = starts[member]!;
    // Places are moved on to this object member by member; those behind are still of the object before.
    while (member < count && starts[member + 1]! <= sameEnd) {
      starts[member] = next + shift;
      next = starts[++member]!;
    }
    at = next + shift;
    if (member === count) {
      starts[count] = at;
      return at;
    }
    // The colon has to be the same too: with it the names end alike.
    const nameLength = nameLengths[member]!;
    if (sameEnd - next <= nameLength) return OTHER_MEMBERS;
    starts[member] = at;
    at = scanValue(scan, members.names[member]!, at + nameLength + 1);
    if (at < 0) return -1;
    member++;
    const byte = bytes[at++];
    if (byte === COMMA && member < count) continue;
    if (byte !== CLOSE_BRACE || member !== count) return OTHER_MEMBERS;
    starts[count] = at;
    return at;
  }
}

/** Reads every member of an object. */
function scanMembers(scan: DetailScan, start: number): number {
  const { bytes, members } = scan;
  let seen = 0;
  let count = 0;
  let at = start;
  members.count = 0;
  if (bytes[at] === CLOSE_BRACE) at++;
  else {
    for (;;) {
      const nameEnd = skipString(bytes, at);
      if (bytes[nameEnd] !== COLON || count === MEMBERS_MAX) return -1;
      const name = nameBit(bytes, at + 1, nameEnd - 1);
      // Of a name that occurs twice `JSON.parse` takes the last: its business.
      if ((seen & name) !== 0) return -1;
      seen |= name;
      members.starts[count] = at;
      members.nameLengths[count] = nameEnd - at;
      members.names[count++] = name;
      at = scanValue(scan, name, nameEnd + 1);
      const byte = bytes[at++];
      if (byte === CLOSE_BRACE) break;
      if (byte !== COMMA) return -1;
    }
  }
  members.count = count;
  members.starts[count] = at;
  if ((seen & ALT_GEOM) === 0) scan.geometricAltitudeFt[0] = Number.NaN;
  if ((seen & TYPE) === 0) scan.positionSource = 0;
  return at;
}

/** Reads a member's value. @returns the place behind it, or -1 */
function scanValue(scan: DetailScan, name: number, start: number): number {
  const { bytes } = scan;
  if (name === 0) return skipValue(bytes, start);
  return bytes[start] === QUOTE ? takeText(scan, name, start) : takeNumber(scan, name, start);
}

const NAMES: readonly (readonly [string, number])[] = [
  ["flight", FLIGHT],
  ["squawk", SQUAWK],
  ["nic", NIC],
  ["nac_p", NAC_P],
  ["sil", SIL],
  ["alt_geom", ALT_GEOM],
  ["type", TYPE],
];
const NAME_BYTES = NAMES.map(([name]) => new TextEncoder().encode(name));
const NAME_BITS = Uint8Array.from(NAMES, ([, bit]) => bit);

/** @returns the bit of a name that matters, 0 for any other */
function nameBit(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start]!;
  for (let i = 0; i < NAME_BYTES.length; i++) {
    const name = NAME_BYTES[i]!;
    if (name.length !== length || name[0] !== first) continue;
    let at = 1;
    while (at < length && name[at] === bytes[start + at]) at++;
    if (at === length) return NAME_BITS[i]!;
  }
  return 0;
}

// A byte order mark inside the document is a letter like any other.
const letters = new TextDecoder("utf-8", { ignoreBOM: true });

/** @returns the text between a string's quotes */
export function textBetween(bytes: Uint8Array, start: number, end: number): string {
  return letters.decode(bytes.subarray(start + 1, end - 1));
}

function takeText(scan: DetailScan, name: number, start: number): number {
  const end = skipString(scan.bytes, start);
  if (end < 0) return -1;
  const text = textBetween(scan.bytes, start, end);
  scan.revision++;
  if (name === FLIGHT) scan.callsign = textOrUndefined(text) ?? scan.callsign;
  else if (name === SQUAWK) scan.squawk = parseSquawk(text) ?? scan.squawk;
  else if (name === TYPE) scan.positionSource = positionSourceCode(text);
  else if (name === ALT_GEOM) scan.geometricAltitudeFt[0] = Number.NaN;
  return end;
}

const number = new Float64Array(1);

function takeNumber(scan: DetailScan, name: number, start: number): number {
  number[0] = Number.NaN;
  let end = scanNumber(scan.bytes, start, number, 0);
  // Null, true, a list: no number, and the last one holds.
  if (end < 0) end = skipValue(scan.bytes, start);
  const value = number[0]!;
  if (name === ALT_GEOM) scan.geometricAltitudeFt[0] = value;
  else if (name === TYPE) scan.positionSource = 0;
  else if (!Number.isNaN(value)) takeCarried(scan, name, value);
  return end;
}

function takeCarried(scan: DetailScan, name: number, value: number): void {
  scan.revision++;
  if (name === SQUAWK) scan.squawk = parseSquawk(value) ?? scan.squawk;
  else if (name === NIC) scan.nic = integrityCode(value);
  else if (name === NAC_P) scan.nacP = integrityCode(value);
  else if (name === SIL) scan.sil = integrityCode(value);
}
