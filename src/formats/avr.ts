import { WheelsdownError } from "../units/errors.js";
import { eachLine, hexNumber, hexRun, type LineSpan, lineText, readHex } from "./byte-lines.js";
import { CAPTURE_TERMS, Capture } from "./capture.js";
import type { ReadContext, Reader, ReaderSink, SniffBid } from "./reader.js";
import { counterOf } from "./receiver-clock.js";

// One message a line, in hex digits, ended by ";". By its first letter:
//
//   *   message                                            no time: cannot be placed
//   @   counter 12 digits, message                         also % for @
//   <   counter 12 digits, signal 2 digits, message
//
// A message has 14 or 28 digits; 4 are Mode A/C. The counter is in receiver-clock.ts.

const STAR = 0x2a;
const AT = 0x40;
const PERCENT = 0x25;
const LESS = 0x3c;
const SEMICOLON = 0x3b;
const COUNTER_DIGITS = 12;
const MODE_AC_DIGITS = 4;

/** Reads AVR text as receivers send it on port 30002, if it has times. */
export const avrReader: Reader = {
  id: "avr",
  title: "AVR text capture",
  terms: CAPTURE_TERMS,
  sniff,
  read,
};

const LINE =
  /^(?:\*(?:[0-9a-f]{4}|[0-9a-f]{14}|[0-9a-f]{28})|[@%][0-9a-f]{12}(?:[0-9a-f]{4}|[0-9a-f]{14}|[0-9a-f]{28})|<[0-9a-f]{14}(?:[0-9a-f]{4}|[0-9a-f]{14}|[0-9a-f]{28}));$/i;
const SNIFF_LINES = 5;

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder("latin1")
    .decode(head.subarray(0, 1024))
    .replace(/^\u00ef\u00bb\u00bf/, "");
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > 1) lines.pop();
  const good = lines.slice(0, SNIFF_LINES).filter((line) => LINE.test(line.trim())).length;
  if (good === 0) return 0;
  return good === Math.min(lines.length, SNIFF_LINES) ? 3 : 2;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
  context?: ReadContext,
): Promise<void> {
  const reading = new AvrReading(sink, context);
  await eachLine(chunks, {
    line: (bytes, span) => reading.line(bytes, span),
    tooLong: () => reading.malformed("a line that is too long"),
  });
  reading.end();
}

class AvrReading {
  readonly #sink: ReaderSink;
  readonly #context: ReadContext | undefined;
  readonly #counter = new Uint8Array(6);
  readonly #short = new Uint8Array(7);
  readonly #long = new Uint8Array(14);
  #capture: Capture | undefined;
  #row = 0;
  #untimedCount = 0;
  #messageCount = 0;

  constructor(sink: ReaderSink, context: ReadContext | undefined) {
    this.#sink = sink;
    this.#context = context;
  }

  line(bytes: Uint8Array, span: LineSpan): void {
    const { start, end } = span;
    if (this.#usual(bytes, span)) return;
    if (start === end || isBlank(bytes, span)) return;
    const mark = bytes[start]!;
    const headDigits = mark === LESS ? COUNTER_DIGITS + 2 : mark === STAR ? 0 : COUNTER_DIGITS;
    const digits = hexRun(bytes, start + 1, end) - headDigits;
    const isMark = mark === STAR || mark === AT || mark === PERCENT || mark === LESS;
    const isLength = digits === MODE_AC_DIGITS || digits === 14 || digits === 28;
    const last = start + 1 + headDigits + digits;
    // Beyond the line's end lie bytes of other lines.
    const isWhole = last < end && bytes[last] === SEMICOLON;
    if (!isMark || !isLength || !isWhole) {
      if (!span.isEnded) this.#sink.issue(CUT_OFF);
      else this.malformed(`"${lineText(bytes, span)}" is no AVR line`);
      return;
    }
    this.#sink.row();
    const row = this.#row++;
    this.#messageCount++;
    if (mark === STAR) {
      this.#untimedCount++;
      this.#sink.issue({ kind: "time-missing", row, detail: "a message without a time" });
    } else this.#frame(bytes, { start, headDigits, digits, row });
  }

  /** Reads a line with a counter and a Mode S message, and nothing beside. @returns false for any other */
  #usual(bytes: Uint8Array, { start, end }: LineSpan): boolean {
    const digits = end - start - 2 - COUNTER_DIGITS;
    const mark = bytes[start];
    if ((mark !== AT && mark !== PERCENT) || bytes[end - 1] !== SEMICOLON) return false;
    const message = digits === 28 ? this.#long : digits === 14 ? this.#short : undefined;
    if (!message) return false;
    const messageStart = start + 1 + COUNTER_DIGITS;
    const counter = hexNumber(bytes, start + 1, messageStart);
    if (counter < 0 || !readHex(bytes, messageStart, message)) return false;
    this.#sink.row();
    this.#messageCount++;
    this.#capture ??= new Capture(this.#sink, this.#context);
    this.#capture.frame(message, counter, this.#row++);
    return true;
  }

  #frame(
    bytes: Uint8Array,
    at: {
      readonly start: number;
      readonly headDigits: number;
      readonly digits: number;
      readonly row: number;
    },
  ): void {
    this.#capture ??= new Capture(this.#sink, this.#context);
    readHex(bytes, at.start + 1, this.#counter);
    const counter = counterOf(this.#counter, 0);
    if (at.digits === MODE_AC_DIGITS) return this.#capture.tick(counter);
    const message = at.digits === 28 ? this.#long : this.#short;
    readHex(bytes, at.start + 1 + at.headDigits, message);
    this.#capture.frame(message, counter, at.row);
  }

  malformed(detail: string): void {
    this.#sink.row();
    this.#sink.issue({ kind: "row-malformed", row: this.#row++, detail });
  }

  end(): void {
    if (this.#untimedCount > 0 && this.#untimedCount === this.#messageCount)
      throw new WheelsdownError(
        "input-invalid",
        "AVR lines without times (*...;): neither when they were received nor which of them belong together can be known; " +
          "record with times (@...; or Beast), or put the seconds since 1970 before each line",
      );
    this.#capture?.end();
  }
}

const CUT_OFF = {
  kind: "truncated",
  row: -1,
  detail: "the last line breaks off; lines before it were read",
} as const;

function isBlank(bytes: Uint8Array, { start, end }: LineSpan): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! > 32) return false;
  return true;
}
