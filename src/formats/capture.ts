import { WheelsdownError } from "../units/errors.js";
import { emptyFrame, FrameListener } from "./mode-s-frames.js";
import type { ReadContext, ReaderSink } from "./reader.js";
import { marksMlat, ReceiverClock } from "./receiver-clock.js";
import { type ClockKind, startMsInName, startMsOf, type TermName } from "./terms.js";

/** What a user may have to say of any capture whose frames have a receiver's counter and no date. */
export const CAPTURE_TERMS: readonly TermName[] = ["start", "receiver", "clock"];

/** Positions that found no partner before a whole capture without any is told as the wrong clock. chosen: a few seconds of one aircraft */
const UNPAIRED_MANY = 20;

/**
 * Puts the frames of one capture in time and hands them to a listener. Made by readers of formats that give a receiver's
 * counter for each frame.
 */
export class Capture {
  readonly #sink: CountingSink;
  readonly #listener: FrameListener;
  readonly #context: ReadContext | undefined;
  readonly #startMs: number;
  /** Used again for each frame. */
  readonly #frame = emptyFrame();
  #clock: ReceiverClock | undefined;
  #kind: ClockKind;

  /** @throws WheelsdownError "input-invalid" when nobody says when the capture begins */
  constructor(sink: ReaderSink, context: ReadContext | undefined) {
    this.#context = context;
    this.#startMs = startOf(context);
    this.#kind = context?.terms.clock ?? "12mhz";
    this.#sink = new CountingSink(sink);
    this.#listener = new FrameListener(this.#sink.sink, context?.terms.receiver);
  }

  /** The capture says by which clock it counts; what its user said goes first. Without effect after the first frame. */
  clockIs(kind: ClockKind): void {
    if (this.#context?.terms.clock === undefined && !this.#clock) this.#kind = kind;
  }

  /** A frame that says nothing here but when it came: it may be the first one. */
  tick(counter: number): void {
    this.#readMs(counter);
  }

  /** @param counter see receiver-clock.ts */
  frame(bytes: Uint8Array, counter: number, row: number): void {
    const frame = this.#frame;
    frame.timeMs = this.#readMs(counter);
    if (Number.isNaN(frame.timeMs)) {
      this.#sink.sink.issue({
        kind: "time-unknown",
        row,
        detail: "the receiver's counter is empty, damaged, or began anew",
      });
      return;
    }
    frame.bytes = bytes;
    frame.row = row;
    frame.isMlat = marksMlat(counter);
    this.#listener.take(frame);
  }

  #readMs(counter: number): number {
    this.#clock ??= new ReceiverClock(this.#kind, this.#startMs);
    return this.#clock.readMs(counter);
  }

  /** @throws WheelsdownError "input-invalid" when time seems to run at another pace */
  end(): void {
    const { pointCount, unpairedCount } = this.#sink;
    if (pointCount > 0 || unpairedCount < UNPAIRED_MANY) return;
    const other = this.#kind === "gps" ? "12mhz" : "gps";
    throw new WheelsdownError(
      "input-invalid",
      `${unpairedCount} positions and no two that belong together: its clock may be another one; give --clock ${other}`,
    );
  }
}

/** @throws WheelsdownError "input-invalid" */
function startOf(context: ReadContext | undefined): number {
  const startMs = context && startMsOf(context.terms, context.name);
  if (startMs !== undefined) return startMs;
  const named = context && startMsInName(context.name);
  const advice =
    context?.terms.start === "name"
      ? "its name tells none either; give --start with the UTC time of its first message"
      : named === undefined
        ? "give --start with the UTC time of its first message, such as --start 2018-03-01T12:00Z"
        : `its name says ${new Date(named).toISOString()}: if that is UTC and when it begins, give --start name`;
  throw new WheelsdownError(
    "input-invalid",
    `a capture of receiver messages without date, which nobody can place in time; ${advice}`,
  );
}

/** Counts on the way what tells that a clock is wrong. */
class CountingSink {
  readonly sink: ReaderSink;
  pointCount = 0;
  unpairedCount = 0;

  constructor(sink: ReaderSink) {
    this.sink = {
      row: () => sink.row(),
      rows: (count) => sink.rows(count),
      identity: (address, stated) => sink.identity(address, stated),
      simulated: () => sink.simulated(),
      fellBack: () => sink.fellBack(),
      point: (address, point) => {
        this.pointCount++;
        sink.point(address, point);
      },
      points: (address, block) => {
        this.pointCount += block.length;
        sink.points(address, block);
      },
      issue: (issue) => {
        if (issue.kind === "position-unpaired") this.unpairedCount++;
        sink.issue(issue);
      },
    };
  }
}
