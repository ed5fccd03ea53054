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
// object before: a stretch that is the same up to a member's end holds the same members, valid and read already. So an
// object is compared with the one before it, a word at a time, and only members that differ are read.

const FLIGHT = 1;
const SQUAWK = 2;
const NIC = 4;
const NAC_P = 8;
const SIL = 16;
const ALT_GEOM = 32;
const TYPE = 64;
/** More members than any version of readsb writes; objects with more are left to `JSON.parse`. */
const MEMBERS_MAX = 128;
/** How far on in the object before a member of the same name is looked for. */
const LOOK_AHEAD = 6;

/** Members of one object: where each starts, and with a last entry where the object ends. */
interface Members {
  count: number;
  readonly starts: Int32Array;
  /** Place behind each name's closing quote. */
  readonly nameEnds: Int32Array;
  /** Names that matter among the members before this one, as bits; the last entry: among all. */
  readonly seen: Uint8Array;
}

function emptyMembers(): Members {
  return {
    count: 0,
    starts: new Int32Array(MEMBERS_MAX + 1),
    nameEnds: new Int32Array(MEMBERS_MAX + 1),
    seen: new Uint8Array(MEMBERS_MAX + 1),
  };
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
  /** Of the last object alone: geometric altitude, NaN when it has none, and its source, 0 when none. */
  readonly geometricAltitudeFt: Float64Array;
  positionSource: number;
  members: Members;
  before: Members;
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
    members: emptyMembers(),
    before: emptyMembers(),
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
  scan.before.count = 0;
  scan.members.count = 0;
}

/** @returns the place behind the object, or -1 when `JSON.parse` has to read the document */
export function scanDetail(scan: DetailScan, start: number): number {
  const { bytes, before: members, members: before } = scan;
  if (bytes[start] !== OPEN_BRACE) return -1;
  scan.members = members;
  scan.before = before;
  members.count = 0;
  members.seen[0] = 0;
  const end = bytes[start + 1] === CLOSE_BRACE ? start + 2 : scanMembers(scan, start + 1);
  members.starts[members.count] = end;
  const seen = members.seen[members.count]!;
  if ((seen & ALT_GEOM) === 0) scan.geometricAltitudeFt[0] = Number.NaN;
  if ((seen & TYPE) === 0) scan.positionSource = 0;
  return end;
}

function scanMembers(scan: DetailScan, start: number): number {
  const { bytes, members, before } = scan;
  let at = start;
  // The member of the object before that this one is compared with.
  let other = 0;
  for (;;) {
    const next = other < before.count ? takeSame(scan, at, other) : other;
    if (next < 0) return -1;
    at += next > other ? before.starts[next]! - before.starts[other]! : 0;
    if (next > other && next === before.count) return at;
    other = next;
    if (members.count === MEMBERS_MAX) return -1;
    const nameEnd = skipString(bytes, at);
    if (bytes[nameEnd] !== COLON) return -1;
    other = afterSameName(scan, { start: at, nameEnd, from: other });
    at = scanMember(scan, at, nameEnd);
    const byte = bytes[at];
    at++;
    if (byte === CLOSE_BRACE) return at;
    if (byte !== COMMA) return -1;
  }
}

/**
 * Takes over members that are the same, byte for byte, as those of the object before. What they say holds already.
 *
 * @param from member of the object before to start comparing at
 * @returns its first member that is not the same; -1 when a name that matters occurs twice
 */
function takeSame({ view, members, before }: DetailScan, at: number, from: number): number {
  const first = before.starts[from]!;
  const same = sameLength(view, at, first, before.starts[before.count]! - first);
  const shift = at - first;
  let next = from;
  while (next < before.count && before.starts[next + 1]! - first <= same) next++;
  if (next === from) return from;
  let { count } = members;
  if (count + next - from > MEMBERS_MAX) return -1;
  const seenHere = members.seen[count]!;
  const seenBefore = before.seen[from]!;
  // No name that matters occurs twice in an object, so the bits of a stretch are those that its end has more.
  if ((seenHere & (before.seen[next]! ^ seenBefore)) !== 0) return -1;
  for (let i = from; i < next; i++) {
    members.starts[count] = before.starts[i]! + shift;
    members.nameEnds[count] = before.nameEnds[i]! + shift;
    members.seen[++count] = seenHere | (before.seen[i + 1]! ^ seenBefore);
  }
  members.count = count;
  return next;
}

/** @returns the member behind the one of this name in the object before; `from` when none near it has the name */
function afterSameName(
  { view, before }: DetailScan,
  { start, nameEnd, from }: { readonly start: number; readonly nameEnd: number; from: number },
): number {
  const length = nameEnd - start;
  const end = Math.min(before.count, from + LOOK_AHEAD);
  for (let i = from; i < end; i++) {
    const otherStart = before.starts[i]!;
    if (before.nameEnds[i]! - otherStart !== length) continue;
    if (sameLength(view, start, otherStart, length) === length) return i + 1;
  }
  return from;
}

/** Reads one member that is not the same as before. @returns the place behind its value, or -1 */
function scanMember(scan: DetailScan, start: number, nameEnd: number): number {
  const { bytes, members } = scan;
  const { count } = members;
  const name = nameBit(bytes, start + 1, nameEnd - 1);
  const seen = members.seen[count]!;
  if ((seen & name) !== 0) return -1;
  members.starts[count] = start;
  members.nameEnds[count] = nameEnd;
  members.seen[count + 1] = seen | name;
  members.count = count + 1;
  if (name === 0) return skipValue(bytes, nameEnd + 1);
  return bytes[nameEnd + 1] === QUOTE
    ? takeText(scan, name, nameEnd + 1)
    : takeNumber(scan, name, nameEnd + 1);
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
  if (name === SQUAWK) scan.squawk = parseSquawk(value) ?? scan.squawk;
  else if (name === NIC) scan.nic = integrityCode(value);
  else if (name === NAC_P) scan.nacP = integrityCode(value);
  else if (name === SIL) scan.sil = integrityCode(value);
}
