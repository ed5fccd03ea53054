import { utf8Chunks } from "./utf16.js";

const LINE_FEED = 10;
const RETURN = 13;
/** A line longer than this is none. chosen: fifty times the longest a receiver's program writes */
const LINE_BYTES_MAX = 8192;

/** Takes lines as bytes. */
export interface LineTaker {
  /**
   * One line, its end and a carriage return before it left out.
   *
   * @param bytes valid until the call returns, as is `span`
   */
  line(bytes: Uint8Array, span: LineSpan): void;
  /** A line that is too long to be one. */
  tooLong(): void;
}

/** Where a line lies; the object is used again for the next one. */
export interface LineSpan {
  start: number;
  /** After the last byte. */
  end: number;
  /** False for what comes after the last line end: it may be cut off. */
  isEnded: boolean;
}

/** Cuts chunks into lines without making texts of them. A byte order mark at the start is left out. */
export async function eachLine(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  taker: LineTaker,
): Promise<void> {
  const held = new Uint8Array(LINE_BYTES_MAX);
  const span: LineSpan = { start: 0, end: 0, isEnded: true };
  let heldCount = 0;
  let isTooLong = false;
  let isFirst = true;
  const give = (bytes: Uint8Array, from: number, to: number): void => {
    span.start = isFirst && startsWithMark(bytes, from, to) ? from + 3 : from;
    span.end = to > span.start && bytes[to - 1] === RETURN ? to - 1 : to;
    isFirst = false;
    taker.line(bytes, span);
  };
  const hold = (bytes: Uint8Array, from: number, to: number): void => {
    if (heldCount + to - from > LINE_BYTES_MAX) isTooLong = true;
    else {
      held.set(bytes.subarray(from, to), heldCount);
      heldCount += to - from;
    }
  };
  for await (const chunk of utf8Chunks(chunks)) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      if (end < 0) break;
      if (heldCount === 0 && !isTooLong) give(chunk, start, end);
      else {
        hold(chunk, start, end);
        if (isTooLong) taker.tooLong();
        else give(held, 0, heldCount);
        heldCount = 0;
        isTooLong = false;
      }
      start = end + 1;
    }
    if (start < chunk.length) hold(chunk, start, chunk.length);
  }
  if (isTooLong) taker.tooLong();
  else if (heldCount > 0) {
    span.isEnded = false;
    give(held, 0, heldCount);
  }
}

function startsWithMark(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf
  );
}

/** Value of each byte as a hex digit, -1 for what is none. */
const HEX_VALUES = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
});

/** @returns 0 to 15, -1 for what is no hex digit */
export function hexDigit(byte: number): number {
  return HEX_VALUES[byte]!;
}

/** @returns how many hex digits lie from `start` on, up to `end` */
export function hexRun(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && HEX_VALUES[bytes[at]!]! >= 0) at++;
  return at - start;
}

/**
 * Writes the bytes that pairs of hex digits say into `out`, which is as long as there are pairs.
 *
 * @returns false when one of them is no hex digit; then nothing in `out` means anything
 */
export function readHex(bytes: Uint8Array, start: number, out: Uint8Array): boolean {
  const { length } = out;
  let all = 0;
  for (let i = 0, at = start; i < length; i++, at += 2) {
    // What is no digit has all bits set, and with them that of the sign.
    const value = (HEX_VALUES[bytes[at]!]! << 4) | HEX_VALUES[bytes[at + 1]!]!;
    out[i] = value;
    all |= value;
  }
  return all >= 0;
}

/** @returns the number that up to 13 hex digits say; -1 when one of them is none */
export function hexNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let all = 0;
  for (let at = start; at < end; at++) {
    const digit = HEX_VALUES[bytes[at]!]!;
    all |= digit;
    value = value * 16 + digit;
  }
  return all >= 0 ? value : -1;
}

/** @returns a span as text of single bytes, for messages about it */
export function lineText(bytes: Uint8Array, { start, end }: LineSpan): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 80)));
}
