import { WheelsdownError } from "../units/errors.js";
import { CAPTURE_TERMS, Capture } from "./capture.js";
import type { ReadContext, Reader, ReaderSink, SniffBid } from "./reader.js";
import { counterOf } from "./receiver-clock.js";

// One frame; every byte 0x1a after the type is sent twice:
//
//   0x1a   type   counter 6 bytes   signal 1 byte   message
//
//   type   message
//   "1"    Mode A/C, 2 bytes: no address, passed over
//   "2"    Mode S short, 7 bytes
//   "3"    Mode S long, 14 bytes
//   "4"    state of the receiver, 14 bytes; bit 0x10 of the first: the counter is a GPS time
//
// The counter is in receiver-clock.ts.

const ESCAPE = 0x1a;
const HEAD_BYTES = 7;
const MESSAGE_BYTES: Readonly<Record<number, number>> = { 0x31: 2, 0x32: 7, 0x33: 14, 0x34: 14 };
const STATUS = 0x34;
const MODE_AC = 0x31;
const GPS_BIT = 0x10;

/** Reads captures in the Beast's binary form, as receivers send it on port 30005. */
export const beastReader: Reader = {
  id: "beast",
  title: "Beast binary capture",
  terms: CAPTURE_TERMS,
  sniff,
  read,
};

/** Bytes looked at. chosen: some hundred frames */
const SNIFF_BYTES = 2048;
/** Frames that must be whole for a certain bid, and how many of each broken one. chosen: by chance 6 in 10^10 */
const SNIFF_FRAMES = 3;
const WHOLE_PER_BROKEN = 4;

function sniff(head: Uint8Array): SniffBid {
  // A capture may begin inside a frame, and a small file may hold fewer frames.
  const start = frameStart(head);
  if (start < 0) return 0;
  const counts = { whole: 0, broken: 0 };
  const splitter = new BeastSplitter({
    frame: () => {
      counts.whole++;
    },
    broken: () => {
      counts.broken++;
    },
  });
  splitter.push(head.subarray(start, start + SNIFF_BYTES));
  if (counts.broken * WHOLE_PER_BROKEN > counts.whole) return 0;
  return counts.whole >= SNIFF_FRAMES ? 3 : counts.whole > 0 ? 2 : 0;
}

/** Longest frame, every byte of it doubled. */
const FRAME_BYTES_MAX = 2 + 2 * (HEAD_BYTES + 14);

function frameStart(head: Uint8Array): number {
  for (let at = 0; at < Math.min(head.length - 1, FRAME_BYTES_MAX); at++) {
    const isDoubled = at > 0 && head[at - 1] === ESCAPE;
    const isType = MESSAGE_BYTES[head[at + 1]!] !== undefined;
    if (head[at] === ESCAPE && isType && !isDoubled) return at;
  }
  return -1;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
  context?: ReadContext,
): Promise<void> {
  let capture: Capture | undefined;
  let row = 0;
  const splitter = new BeastSplitter({
    frame(type, frame) {
      capture ??= new Capture(sink, context);
      sink.row();
      const index = row++;
      if (type === STATUS && frame[HEAD_BYTES]! & GPS_BIT) capture.clockIs("gps");
      if (type === STATUS) return;
      if (type === MODE_AC) capture.tick(counterOf(frame, 0));
      else capture.frame(frame.subarray(HEAD_BYTES), counterOf(frame, 0), index);
    },
    broken(detail) {
      sink.row();
      sink.issue({ kind: "frame-malformed", row: row++, detail });
    },
  });
  for await (const chunk of chunks) splitter.push(chunk);
  if (splitter.isInside)
    sink.issue({
      kind: "truncated",
      row: -1,
      detail: "the capture breaks off inside a message; what came before was read",
    });
  if (row === 0) throw new WheelsdownError("input-invalid", "no whole message in it");
  capture?.end();
}

interface FrameTaker {
  /** @param frame counter, signal and message, valid until the call returns */
  frame(type: number, frame: Uint8Array): void;
  broken(detail: string): void;
}

/** Cuts a stream into frames, wherever its chunks end. */
class BeastSplitter {
  readonly #taker: FrameTaker;
  readonly #frame = new Uint8Array(HEAD_BYTES + 14);
  #type = 0;
  #filled = 0;
  #wanted = 0;
  #isEscaped = false;
  #isLost = false;

  constructor(taker: FrameTaker) {
    this.#taker = taker;
  }

  /** True when bytes of a frame that has not ended were taken. */
  get isInside(): boolean {
    return this.#wanted > 0 || this.#isEscaped;
  }

  push(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#isEscaped) {
        this.#isEscaped = false;
        if (byte === ESCAPE) this.#take(byte);
        else this.#begin(byte);
      } else if (byte === ESCAPE) this.#isEscaped = true;
      else this.#take(byte);
    }
  }

  #begin(type: number): void {
    if (this.#wanted > 0) this.#taker.broken("a message that ends before its length");
    this.#isLost = false;
    this.#type = type;
    this.#filled = 0;
    const messageBytes = MESSAGE_BYTES[type];
    this.#wanted = messageBytes === undefined ? 0 : HEAD_BYTES + messageBytes;
    if (messageBytes === undefined) this.#lose(`a message of unknown type 0x${type.toString(16)}`);
  }

  #take(byte: number): void {
    if (this.#wanted === 0) {
      this.#lose("bytes between messages");
      return;
    }
    this.#frame[this.#filled++] = byte;
    if (this.#filled < this.#wanted) return;
    const frame = this.#frame.subarray(0, this.#wanted);
    this.#wanted = 0;
    this.#taker.frame(this.#type, frame);
  }

  /** However many bytes are passed over, it is one row. */
  #lose(detail: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#taker.broken(detail);
  }
}
