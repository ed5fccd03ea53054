/**
 * Positions of many aircraft as bytes: `application/vnd.wheelsdown.positions`. A stream of blocks, each a multiple of
 * four bytes, all numbers little-endian:
 *
 * | block | bytes | what |
 * |---|---|---|
 * | each | 0 u32 | 1 head, 2 aircraft, 3 end |
 * | | 4 u32 | bytes of this block, these eight included |
 * | head | 8 u32 | version, 1 |
 * | | 12 u32 | 1 when the lake holds anything simulated |
 * | | 16 f64, 24 f64 | first and last millisecond of the period, since 1970 UTC |
 * | | 32 u32 | positions received in and right around the area, at most; a guide for readers' room |
 * | | 36 u32 | so many are sent at most |
 * | aircraft | 8 u32 | address; bit 24 is set for one that is no ICAO address |
 * | | 12 u32 | 1 when anything of it is simulated |
 * | | 16 u32, 20 u32 | its positions inside; how many of them follow |
 * | | 24 u32 | stretches: a line may be drawn along each, and between none |
 * | | 28 u16, 30 u16 | bytes of its registration and of its type, UTF-8, which follow, filled up to four bytes |
 * | | u32 each | positions of each stretch |
 * | | u32 each | time of each position, ms after the first of the period |
 * | | i32 each, i32 each | latitude, longitude, millionths of a degree |
 * | | i16 each | pressure altitude in steps of 10 ft; -32768 unknown, -32767 on the ground; filled up to four bytes |
 * | end | 8 u32, 12 u32 | positions inside, and how many were sent |
 * | | 16 u32, 20 u32 | aircraft sent; aircraft left out because the ends of their stretches alone were too many |
 * | | 24 u32 | positions set aside as repeats and jumps |
 *
 * Without an end block the answer broke off. Altitudes that are geometric are left unknown.
 */

/** What the stream begins with. */
export interface PositionsHead {
  readonly kind: "head";
  readonly simulated: boolean;
  readonly fromMs: number;
  readonly toMs: number;
  readonly receivedMax: number;
  readonly sentMax: number;
}

/** One aircraft's positions. */
export interface PositionsBlock {
  readonly kind: "aircraft";
  /** "4ca7b3"; "~4ca7b3" for what is no ICAO address. */
  readonly hex: string;
  readonly registration: string;
  readonly type: string;
  readonly simulated: boolean;
  /** Before thinning. */
  readonly heardCount: number;
  /** Positions of each stretch; their sum is the length of the columns. */
  readonly runLengths: Uint32Array;
  /** After the first millisecond of the period. */
  readonly timeMs: Uint32Array;
  readonly latE6: Int32Array;
  readonly lonE6: Int32Array;
  /** Tens of feet, or one of the two marks below. */
  readonly altitude: Int16Array;
}

/** What the stream ends with. */
export interface PositionsEnd {
  readonly kind: "end";
  readonly heardCount: number;
  readonly sentCount: number;
  readonly aircraftCount: number;
  readonly leftOutCount: number;
  readonly setAsideCount: number;
}

/** One block of the stream. */
export type PositionsPart = PositionsHead | PositionsBlock | PositionsEnd;

/** Marks in the altitude column, and what one step of it is. */
export const ALTITUDE_UNKNOWN = -32_768;
export const ALTITUDE_GROUND = -32_767;
export const ALTITUDE_STEP_FT = 10;

const HEAD_BYTES = 40;
const AIRCRAFT_BYTES = 32;
const END_BYTES = 28;
const VERSION = 1;
const NOT_ICAO = 1 << 24;

/** @returns the bytes of one block. @throws RangeError when columns are not as long as the stretches say */
export function encodePositions(part: PositionsPart): Uint8Array<ArrayBuffer> {
  if (part.kind === "aircraft") return encodeAircraft(part);
  const numbers =
    part.kind === "head"
      ? [VERSION, part.simulated ? 1 : 0]
      : [part.heardCount, part.sentCount, part.aircraftCount, part.leftOutCount];
  const byteCount = part.kind === "head" ? HEAD_BYTES : END_BYTES;
  const view = newBlock(part.kind === "head" ? 1 : 3, byteCount);
  for (const [at, value] of numbers.entries()) view.setUint32(8 + 4 * at, value, true);
  if (part.kind === "end") view.setUint32(24, part.setAsideCount, true);
  else {
    view.setFloat64(16, part.fromMs, true);
    view.setFloat64(24, part.toMs, true);
    view.setUint32(32, part.receivedMax, true);
    view.setUint32(36, part.sentMax, true);
  }
  return new Uint8Array(view.buffer);
}

function newBlock(kind: number, byteCount: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(byteCount));
  view.setUint32(0, kind, true);
  view.setUint32(4, byteCount, true);
  return view;
}

function padded(byteCount: number): number {
  return (byteCount + 3) & ~3;
}

function encodeAircraft(block: PositionsBlock): Uint8Array<ArrayBuffer> {
  const { hex, runLengths, timeMs, latE6, lonE6, altitude } = block;
  const count = runLengths.reduce((sum, length) => sum + length, 0);
  if ([timeMs, latE6, lonE6, altitude].some(({ length }) => length !== count))
    throw new RangeError(`${count} positions in stretches, ${timeMs.length} in columns`);
  const registration = asciiBytes(block.registration);
  const type = asciiBytes(block.type);
  const textBytes = padded(registration.length + type.length);
  const columns = AIRCRAFT_BYTES + textBytes + 4 * runLengths.length;
  const view = newBlock(2, columns + 12 * count + padded(2 * count));
  const isIcao = !hex.startsWith("~");
  view.setUint32(
    8,
    Number.parseInt(isIcao ? hex : hex.slice(1), 16) + (isIcao ? 0 : NOT_ICAO),
    true,
  );
  const numbers = [block.simulated ? 1 : 0, block.heardCount, count, runLengths.length];
  for (const [at, value] of numbers.entries()) view.setUint32(12 + 4 * at, value, true);
  view.setUint16(28, registration.length, true);
  view.setUint16(30, type.length, true);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(registration, AIRCRAFT_BYTES);
  bytes.set(type, AIRCRAFT_BYTES + registration.length);
  let at = AIRCRAFT_BYTES + textBytes;
  for (const length of runLengths) {
    view.setUint32(at, length, true);
    at += 4;
  }
  for (let i = 0; i < count; i++) {
    view.setUint32(at + 4 * i, timeMs[i]!, true);
    view.setInt32(at + 4 * (count + i), latE6[i]!, true);
    view.setInt32(at + 4 * (2 * count + i), lonE6[i]!, true);
    view.setInt16(at + 12 * count + 2 * i, altitude[i]!, true);
  }
  return bytes;
}

/** chosen: no registration and no type is longer */
const TEXT_MAX = 40;

/** Registrations and types are ASCII; whatever else an input says becomes "?". */
function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text.slice(0, TEXT_MAX), (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 32 && code < 127 ? code : 63;
  });
}

/** Takes bytes as they come, and gives whole blocks. */
export interface PositionsReader {
  /** @throws Error when the bytes are no such stream */
  push(bytes: Uint8Array): PositionsPart[];
  /** Whether the end block was there and nothing is left over. */
  isWhole(): boolean;
}

/** chosen: one aircraft with every position that may be sent */
const BLOCK_MAX_BYTES = 1 << 26;

/** @returns a reader of one stream */
export function positionsReader(): PositionsReader {
  let pieces: Uint8Array[] = [];
  let heldBytes = 0;
  let wantedBytes = 8;
  let state: "begin" | "inside" | "end" = "begin";
  const keep = (part: PositionsPart) => {
    if ((part.kind === "head") !== (state === "begin") || state === "end") throw broken();
    state = part.kind === "end" ? "end" : "inside";
    return part;
  };
  return {
    push(bytes) {
      pieces.push(bytes);
      heldBytes += bytes.length;
      // A block that is not whole yet is not copied again with each piece that comes.
      if (heldBytes < wantedBytes) return [];
      const held = pieces.length === 1 ? bytes : joined(pieces, heldBytes);
      const { parts, rest, nextBytes } = takeBlocks(held);
      pieces = rest.length === 0 ? [] : [rest];
      heldBytes = rest.length;
      wantedBytes = nextBytes;
      return parts.map(keep);
    },
    isWhole: () => state === "end" && heldBytes === 0,
  };
}

function broken(): Error {
  return new Error("the answer is no list of positions");
}

function joined(pieces: readonly Uint8Array[], byteCount: number): Uint8Array {
  const whole = new Uint8Array(byteCount);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** @returns the whole blocks at the beginning of some bytes, what is left, and how many bytes the next one takes */
function takeBlocks(held: Uint8Array): {
  readonly parts: PositionsPart[];
  readonly rest: Uint8Array;
  readonly nextBytes: number;
} {
  const parts: PositionsPart[] = [];
  let at = 0;
  let nextBytes = 8;
  while (held.length - at >= 8) {
    const view = new DataView(held.buffer, held.byteOffset + at, held.length - at);
    nextBytes = view.getUint32(4, true);
    if (nextBytes < 8 || nextBytes % 4 !== 0 || nextBytes > BLOCK_MAX_BYTES) throw broken();
    if (nextBytes > held.length - at) break;
    parts.push(decodePart(new DataView(view.buffer, view.byteOffset, nextBytes)));
    at += nextBytes;
    nextBytes = 8;
  }
  return { parts, rest: held.subarray(at), nextBytes };
}

function decodePart(view: DataView): PositionsPart {
  const kind = view.getUint32(0, true);
  const number = (at: number) => view.getUint32(at, true);
  if (kind === 1 && view.byteLength === HEAD_BYTES && number(8) === VERSION)
    return {
      kind: "head",
      simulated: number(12) === 1,
      fromMs: view.getFloat64(16, true),
      toMs: view.getFloat64(24, true),
      receivedMax: number(32),
      sentMax: number(36),
    };
  if (kind === 3 && view.byteLength === END_BYTES)
    return {
      kind: "end",
      heardCount: number(8),
      sentCount: number(12),
      aircraftCount: number(16),
      leftOutCount: number(20),
      setAsideCount: number(24),
    };
  if (kind === 2 && view.byteLength >= AIRCRAFT_BYTES) return decodeAircraft(view);
  throw broken();
}

function decodeAircraft(view: DataView): PositionsBlock {
  const number = (at: number) => view.getUint32(at, true);
  const [count, runCount] = [number(20), number(24)];
  const [registrationBytes, typeBytes] = [view.getUint16(28, true), view.getUint16(30, true)];
  const runsAt = AIRCRAFT_BYTES + padded(registrationBytes + typeBytes);
  const at = runsAt + 4 * runCount;
  if (at + 12 * count + padded(2 * count) !== view.byteLength) throw broken();
  const runLengths = Uint32Array.from({ length: runCount }, (_, i) => number(runsAt + 4 * i));
  if (runLengths.reduce((sum, length) => sum + length, 0) !== count) throw broken();
  const timeMs = new Uint32Array(count);
  const latE6 = new Int32Array(count);
  const lonE6 = new Int32Array(count);
  const altitude = new Int16Array(count);
  for (let i = 0; i < count; i++) {
    timeMs[i] = view.getUint32(at + 4 * i, true);
    latE6[i] = view.getInt32(at + 4 * (count + i), true);
    lonE6[i] = view.getInt32(at + 4 * (2 * count + i), true);
    altitude[i] = view.getInt16(at + 12 * count + 2 * i, true);
  }
  const address = number(8);
  const hex = (address & 0xffffff).toString(16).padStart(6, "0");
  const text = (start: number, length: number) =>
    String.fromCharCode(
      ...new Uint8Array(view.buffer, view.byteOffset + AIRCRAFT_BYTES + start, length),
    );
  return {
    kind: "aircraft",
    hex: address & NOT_ICAO ? `~${hex}` : hex,
    registration: text(0, registrationBytes),
    type: text(registrationBytes, typeBytes),
    simulated: number(12) === 1,
    heardCount: number(16),
    runLengths,
    timeMs,
    latE6,
    lonE6,
    altitude,
  };
}
