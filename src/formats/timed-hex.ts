import { eachLine, hexDigit, hexRun, type LineSpan, lineText, readHex } from "./byte-lines.js";
import { emptyFrame, FrameListener } from "./mode-s-frames.js";
import type { ReadContext, Reader, ReaderSink, SniffBid } from "./reader.js";

// One message a line: the moment it was received, and the message in 14 or 28 hex digits. What stands behind is passed over.
//
//   1457996400,"8D406B909945DE10000405999BE4","406B90",19
//   1753827785.8086092,8DADA5265851E6616376C2EB4463
//   1522782148136 *8d4249b5582903ab812c967242e2;
//
// Times are seconds since 1970 UTC, or milliseconds when they are 10^11 or more. Between time and message: commas, semicolons,
// white space, a quote, and the "*" of AVR.

/** Reads tables of time and Mode S message, as decoders' sample files and research have them. */
export const timedHexReader: Reader = {
  id: "timed-hex",
  title: "Mode S messages in hex with times",
  terms: ["receiver"],
  sniff,
  read,
};

const LINE = /^"?\d{9,13}(?:\.\d+)?"?[,;\s]+"?\*?(?:[0-9a-f]{28}|[0-9a-f]{14})(?![0-9a-z])/i;
const SNIFF_LINES = 5;

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder("latin1")
    .decode(head.subarray(0, 2048))
    .replace(/^\u00ef\u00bb\u00bf/, "");
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > 1) lines.pop();
  const first = lines.slice(0, SNIFF_LINES);
  const good = first.filter((line) => LINE.test(line)).length;
  if (good === 0) return 0;
  // The first line may name the columns.
  return good >= first.length - 1 ? 3 : 2;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
  context?: ReadContext,
): Promise<void> {
  const reading = new TimedHexReading(sink, context);
  await eachLine(chunks, {
    line: (bytes, span) => reading.line(bytes, span),
    tooLong: () => reading.malformed("a line that is too long"),
  });
}

const MILLISECONDS_FROM = 1e11;

class TimedHexReading {
  readonly #sink: ReaderSink;
  readonly #listener: FrameListener;
  readonly #short = new Uint8Array(7);
  readonly #long = new Uint8Array(14);
  /** Used again for each message. */
  readonly #frame = emptyFrame();
  #row = 0;

  constructor(sink: ReaderSink, context: ReadContext | undefined) {
    this.#sink = sink;
    this.#listener = new FrameListener(sink, context?.terms.receiver);
  }

  line(bytes: Uint8Array, span: LineSpan): void {
    const { end } = span;
    let at = afterBetween(bytes, span.start, end);
    if (at === end) return;
    const timeStart = at;
    while (at < end && isOfNumber(bytes[at]!)) at++;
    const time = decimalOf(bytes, timeStart, at);
    const messageStart = afterBetween(bytes, at, end);
    const first = messageStart < end ? hexDigit(bytes[messageStart]!) : -1;
    const wanted = first >= 8 ? this.#long : this.#short;
    const wantedEnd = messageStart + 2 * wanted.length;
    // Nearly all lines: a number, one or more separators, a message of the length that its first digit says.
    if (
      first >= 0 &&
      messageStart > at &&
      wantedEnd <= end &&
      endsWord(bytes, wantedEnd, end) &&
      !Number.isNaN(time) &&
      readHex(bytes, messageStart, wanted)
    )
      return this.#take(wanted, time);
    const digits = hexRun(bytes, messageStart, end);
    const isMessage = digits === 14 || digits === 28;
    if (
      Number.isNaN(time) ||
      messageStart === at ||
      !isMessage ||
      (!span.isEnded && digits < digitsOf(bytes[messageStart]!)) ||
      !endsWord(bytes, messageStart + digits, end)
    ) {
      if (!span.isEnded) this.#sink.issue(CUT_OFF);
      else if (this.#row > 0 || !isHeader(bytes, span))
        this.malformed(`"${lineText(bytes, span)}" is no time with a message`);
      return;
    }
    const message = digits === 28 ? this.#long : this.#short;
    readHex(bytes, messageStart, message);
    this.#take(message, time);
  }

  #take(message: Uint8Array, time: number): void {
    this.#sink.row();
    const timeMs = Math.round(time >= MILLISECONDS_FROM ? time : time * 1000);
    const frame = this.#frame;
    frame.bytes = message;
    frame.timeMs = timeMs;
    frame.row = this.#row++;
    this.#listener.take(frame);
  }

  malformed(detail: string): void {
    this.#sink.row();
    this.#sink.issue({ kind: "row-malformed", row: this.#row++, detail });
  }
}

/** By the first bit of the downlink format (ICAO Annex 10, Vol. IV, 3.1.2.3.2.1). */
function digitsOf(firstDigit: number): number {
  return hexDigit(firstDigit) >= 8 ? 28 : 14;
}

const CUT_OFF = {
  kind: "truncated",
  row: -1,
  detail: "the last line breaks off; lines before it were read",
} as const;

function isHeader(bytes: Uint8Array, span: LineSpan): boolean {
  return /^"?(time|timestamp|ts|epoch)\b/i.test(lineText(bytes, span));
}

/** The place after separators, quotes and stars. */
function afterBetween(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBetween(bytes[at]!)) at++;
  return at;
}

/** White space, comma, semicolon, quote, star. */
function isBetween(byte: number): boolean {
  return byte <= 32 || byte === 44 || byte === 59 || byte === 34 || byte === 42;
}

function endsWord(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || isBetween(bytes[at]!);
}

function isOfNumber(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || byte === 46;
}

/** @returns NaN for what is no plain decimal number */
function decimalOf(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  let part = 0;
  let scale = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === 46) {
      if (scale > 0) return Number.NaN;
      scale = 1;
    } else if (scale === 0) whole = whole * 10 + byte - 48;
    // Beyond a millionth of a second no clock is right.
    else if (scale < 1e6) {
      part = part * 10 + byte - 48;
      scale *= 10;
    }
  }
  return end === start ? Number.NaN : whole + (scale > 0 ? part / scale : 0);
}
