import { positionSourceCode } from "../track/builder.js";
import { emptyPointBlock, grownPointBlock, type PointBlock } from "../track/point-block.js";
import { FLAG_ALTITUDE_GEOMETRIC, GROUND_NO, GROUND_UNKNOWN, GROUND_YES } from "../track/track.js";
import {
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isSame,
  OPEN_BRACKET,
  QUOTE,
  scanNumbers,
  skipNull,
  skipSpace,
  skipString,
} from "./json-bytes.js";
import {
  type DetailScan,
  newDetailScan,
  scanDetail,
  startDetails,
  textBetween,
} from "./readsb-detail.js";
import { readTraceHeader, type TraceHeader } from "./readsb-header.js";
import { scanUsualMotion, scanUsualPlace, scanUsualWhole } from "./readsb-usual.js";

// The fast way through a readsb trace: rows are read from the bytes, number by number, into columns. It knows rows as
// readsb writes them and nothing else. At the first surprise it gives up and the whole document goes to `JSON.parse`
// (readsb-json.ts), so what comes out is what `JSON.parse` gives, for any bytes. test/formats/readsb-scan.test.ts
// compares the two ways.

/** A trace read the fast way; the block is good until the next trace is scanned. */
export interface ScannedTrace {
  readonly header: TraceHeader;
  readonly points: PointBlock;
}

/** The first rows of a trace begin within this many bytes. */
const HEADER_BYTES_MAX = 65_536;
const FIRST_CAPACITY = 2_048;
/** A larger block is not kept for the next document. */
const KEPT_CAPACITY = 65_536;
const TRACE = [...'"trace"'].map((letter) => letter.charCodeAt(0));
const GROUND = [...'"ground"'].map((letter) => letter.charCodeAt(0));

interface Scan {
  bytes: Uint8Array;
  view: DataView;
  block: PointBlock;
  row: number;
  readonly detail: DetailScan;
  /** The last text of column 9, which most rows repeat, with the commas around it. */
  sourceStart: number;
  sourceLength: number;
  sourceCode: number;
  /** What holds from row `carriedStart` on, as of this revision of `detail`; rows before that have it in their columns. */
  carriedStart: number;
  putRevision: number;
  squawk: number;
  nic: number;
  nacP: number;
  sil: number;
}

/** Reused from document to document: a scan is over before anything else runs. */
const scratch: Scan = {
  bytes: new Uint8Array(0),
  view: new DataView(new ArrayBuffer(0)),
  block: emptyPointBlock(0),
  row: 0,
  detail: newDetailScan(),
  sourceStart: 0,
  sourceLength: 0,
  sourceCode: 0,
  carriedStart: 0,
  putRevision: -1,
  squawk: 0,
  nic: 0,
  nacP: 0,
  sil: 0,
};

/**
 * @param document all its bytes
 * @returns undefined when `JSON.parse` has to read it: its form is not known here, or it is damaged
 */
export function scanTrace(document: Uint8Array): ScannedTrace | undefined {
  // Node's own kind of byte array under its general kind, so that the loops meet one kind only.
  const bytes = new Uint8Array(document.buffer, document.byteOffset, document.byteLength);
  const start = findRows(bytes);
  if (start < 0) return undefined;
  scratch.bytes = bytes;
  if (scratch.block.timeMs.length === 0) scratch.block = emptyPointBlock(FIRST_CAPACITY);
  scratch.block.callsigns.length = 1;
  scratch.row = 0;
  scratch.sourceLength = 0;
  scratch.carriedStart = 0;
  scratch.putRevision = -1;
  startDetails(scratch.detail, bytes);
  scratch.view = scratch.detail.view;
  const end = scanRows(scratch, start);
  const header = end < 0 ? undefined : headerAround(bytes, start, end);
  const points = scratch.block;
  fillCarried(scratch, scratch.row);
  // Neither the document nor a large block is held on to.
  scratch.bytes = new Uint8Array(0);
  startDetails(scratch.detail, scratch.bytes);
  scratch.view = scratch.detail.view;
  if (points.timeMs.length > KEPT_CAPACITY) scratch.block = emptyPointBlock(0);
  if (!header) return undefined;
  points.length = scratch.row;
  for (let i = 0; i < points.length; i++) points.sourceRow[i] = i;
  const { baseMs } = header;
  const { timeMs, length } = points;
  for (let i = 0; i < length; i++) timeMs[i] = Math.round(baseMs + timeMs[i]! * 1000);
  return { header, points };
}

/** @returns the place of the first `[` behind `"trace":`, or -1 */
function findRows(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, HEADER_BYTES_MAX);
  for (let at = bytes.indexOf(QUOTE); at >= 0 && at < end; at = bytes.indexOf(QUOTE, at + 1)) {
    if (!startsWith(bytes, at, TRACE)) continue;
    const colon = skipSpace(bytes, at + TRACE.length);
    if (bytes[colon] !== COLON) continue;
    const open = skipSpace(bytes, colon + 1);
    return bytes[open] === OPEN_BRACKET ? open : -1;
  }
  return -1;
}

function startsWith(bytes: Uint8Array, start: number, text: readonly number[]): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}

const opening = new TextDecoder();
// Behind the rows a byte order mark is no mark, and no JSON.
const closing = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * What stands before and behind the rows. A number is put in their place, and once more another: when `trace` is both,
 * the rows are what `JSON.parse` would give under that name, be there nested or repeated names or none.
 */
function headerAround(bytes: Uint8Array, start: number, end: number): TraceHeader | undefined {
  const before = opening.decode(bytes.subarray(0, start)).replace(/^\uFEFF/, "");
  const behind = closing.decode(bytes.subarray(end));
  try {
    const object = JSON.parse(`${before}1${behind}`) as Record<string, unknown>;
    const again = JSON.parse(`${before}2${behind}`) as Record<string, unknown>;
    return object["trace"] === 1 && again["trace"] === 2 ? readTraceHeader(object) : undefined;
  } catch {
    // No JSON, or no aircraft: the other way says what is wrong.
    return undefined;
  }
}

/** @returns the place behind the list's `]`, or -1 */
function scanRows(scan: Scan, start: number): number {
  const { bytes } = scan;
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === CLOSE_BRACKET) return at + 1;
  for (;;) {
    if (scan.row === scan.block.timeMs.length) scan.block = grownPointBlock(scan.block);
    at = scanRow(scan, at);
    if (at < 0) return -1;
    scan.row++;
    if (bytes[at] !== COMMA) at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

// Where `scanNumbers` puts columns 0 to 2, 4 to 7 and 10 to 13. The altitude may be a word and is read by itself.
const place = new Float64Array(3);
const motion = new Float64Array(4);
const later = new Float64Array(4);
const altitude = new Float64Array(1);
/** In a cell that was not read: no number in a trace is infinite. */
const NO_CELL = Number.POSITIVE_INFINITY;

/** @returns the place behind the row's `]`, or -1 */
function scanRow(scan: Scan, start: number): number {
  const { bytes, block, row } = scan;
  if (bytes[start] !== OPEN_BRACKET) return -1;
  let at = scanUsualPlace(bytes, start + 1, block, row);
  if (bytes[at] === COMMA) at = scanUsualMotion(bytes, at + 1, block, row);
  if (bytes[at] === COMMA) return scanLaterColumns(scan, at);
  return scanUnusualRow(scan, start);
}

/** The same for a row with fewer columns, or with numbers as others print them. */
function scanUnusualRow(scan: Scan, start: number): number {
  const { bytes, block, row } = scan;
  place[0] = place[1] = place[2] = motion[3] = Number.NaN;
  motion[2] = NO_CELL;
  let at = scanNumbers(bytes, start + 1, place, 0);
  if (bytes[at] !== COMMA) return -1;
  let ground = GROUND_NO;
  if (bytes[at + 1] === QUOTE) {
    if (!startsWith(bytes, at + 1, GROUND)) return -1;
    ground = GROUND_YES;
    at += 1 + GROUND.length;
    altitude[0] = Number.NaN;
  } else {
    at = scanNumbers(bytes, at + 1, altitude, 0);
    if (Number.isNaN(altitude[0]!)) ground = GROUND_UNKNOWN;
  }
  if (bytes[at] !== COMMA) return -1;
  at = scanNumbers(bytes, at + 1, motion, 0);
  // Positions that are null, and rows of fewer than seven columns, are told by the other way.
  if (at < 0 || Number.isNaN(place[0]! + place[1]! + place[2]!) || motion[2] === NO_CELL) return -1;
  block.timeMs[row] = place[0]!;
  block.latDeg[row] = place[1]!;
  block.lonDeg[row] = place[2]!;
  block.altitudeFt[row] = altitude[0]!;
  block.ground[row] = ground;
  block.groundSpeedKt[row] = motion[0]!;
  // On the ground the column holds the true heading, which may differ from the direction of movement.
  block.trackAngleDeg[row] = ground === GROUND_YES ? Number.NaN : motion[1]!;
  // NaN becomes 0 here, as null does.
  block.flags[row] = motion[2]! & 15;
  block.verticalRateFpm[row] = motion[3]!;
  return scanLaterColumns(scan, at);
}

/** Columns 8 on: seven, nine and fourteen columns occur. @returns the place behind the row's `]`, or -1 */
function scanLaterColumns(scan: Scan, start: number): number {
  const { bytes, block, row, detail } = scan;
  const { geometricAltitudeFt } = block;
  geometricAltitudeFt[row] = Number.NaN;
  let source = -1;
  let hasDetail = false;
  let at = start;
  if (bytes[at] === COMMA) {
    const end = skipNull(bytes, at + 1);
    hasDetail = end < 0;
    at = hasDetail ? scanDetail(detail, at + 1) : end;
  }
  if (isSourceBefore(scan, at)) {
    at += scan.sourceLength - 1;
    source = scan.sourceCode;
  } else if (bytes[at] === COMMA) {
    const begin = at;
    at = skipNull(bytes, begin + 1);
    if (at < 0) {
      at = skipString(bytes, begin + 1);
      if (at < 0) return -1;
      source = positionSourceCode(textBetween(bytes, begin + 1, at));
      if (bytes[at] === COMMA) keepSource(scan, { start: begin, end: at + 1, code: source });
    }
  }
  if (bytes[at] === COMMA) {
    const end = scanUsualWhole(bytes, at + 1, geometricAltitudeFt, row);
    if (end >= 0 && isThreeNulls(scan, end)) at = end + THREE_NULLS_BYTES;
    else {
      at = scanNumbers(bytes, at + 1, later, 0);
      geometricAltitudeFt[row] = later[0]!;
    }
  }
  if (bytes[at] !== CLOSE_BRACKET) return -1;
  if (Number.isNaN(geometricAltitudeFt[row]!)) {
    if (hasDetail) geometricAltitudeFt[row] = detail.geometricAltitudeFt[0]!;
    if (
      Number.isNaN(geometricAltitudeFt[row]!) &&
      (block.flags[row]! & FLAG_ALTITUDE_GEOMETRIC) !== 0
    )
      geometricAltitudeFt[row] = block.altitudeFt[row]!;
  }
  if (source < 0) source = hasDetail ? detail.positionSource : 0;
  block.positionSource[row] = source;
  if (detail.revision !== scan.putRevision) putCarried(scan, row);
  return at + 1;
}

/** What `isSame` can compare. */
const SOURCE_BYTES_MIN = 8;

/** @param text where column 9 stands with the commas around it */
function keepSource(
  scan: Scan,
  text: { readonly start: number; readonly end: number; readonly code: number },
): void {
  if (text.end - text.start < SOURCE_BYTES_MIN) return;
  scan.sourceStart = text.start;
  scan.sourceLength = text.end - text.start;
  scan.sourceCode = text.code;
}

/** True when the column that starts here is what was kept, from comma to comma. */
function isSourceBefore({ bytes, view, sourceStart, sourceLength }: Scan, at: number): boolean {
  return (
    sourceLength > 0 &&
    at >= 0 &&
    at + sourceLength <= bytes.length &&
    isSame(view, at, sourceStart, sourceLength)
  );
}

/** How most rows end, `,null,null,null]`: no geometric rate, airspeed or roll. Two words of eight bytes. */
const NULLS = new DataView(
  Uint8Array.from(",null,null,null]", (letter) => letter.charCodeAt(0)).buffer,
);
const NULLS_FIRST = NULLS.getFloat64(0, true);
const NULLS_SECOND = NULLS.getFloat64(8, true);
/** Without the bracket. */
const THREE_NULLS_BYTES = 15;

function isThreeNulls({ bytes, view }: Scan, at: number): boolean {
  return (
    at + 16 <= bytes.length &&
    view.getFloat64(at, true) === NULLS_FIRST &&
    view.getFloat64(at + 8, true) === NULLS_SECOND
  );
}

/** What is held from row to row changes seldom: its columns are filled stretch by stretch, up to `end`. */
function fillCarried(scan: Scan, end: number): void {
  const { block, carriedStart: start } = scan;
  block.callsignIndex.fill(block.callsigns.length - 1, start, end);
  block.squawk.fill(scan.squawk, start, end);
  block.nic.fill(scan.nic, start, end);
  block.nacP.fill(scan.nacP, start, end);
  block.sil.fill(scan.sil, start, end);
  scan.carriedStart = end;
}

function putCarried(scan: Scan, row: number): void {
  const { detail } = scan;
  const { callsigns } = scan.block;
  scan.putRevision = detail.revision;
  fillCarried(scan, row);
  if (callsigns[callsigns.length - 1] !== detail.callsign) callsigns.push(detail.callsign);
  scan.squawk = detail.squawk;
  scan.nic = detail.nic;
  scan.nacP = detail.nacP;
  scan.sil = detail.sil;
}
