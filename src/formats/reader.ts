import type { Address } from "../aircraft/address.js";
import type { PointBlock } from "../track/point-block.js";
import type { Point, StatedIdentity } from "../track/track.js";
import type { ReadingTerms, TermName } from "./terms.js";

/** How sure a reader is that an input is its own: the highest bid reads it. */
export type SniffBid = 0 | 1 | 2 | 3;

/** What is known of an input beside its bytes. */
export interface ReadContext {
  /** Its name: never proof of anything, but it may help to say what is missing. */
  readonly name: string;
  readonly terms: ReadingTerms;
}

/**
 * Reads one public format. A reader gets plain bytes (already unpacked) and reports what it finds to a sink; it keeps
 * no points itself, does no I/O and knows nothing of inference.
 */
export interface Reader {
  readonly id: string;
  /** What a person calls the format. */
  readonly title: string;
  /**
   * @param head the first bytes of the unpacked input, up to 64 kB
   * @param name the file's name, a hint and never proof
   * @returns 0 not mine, 1 could be, 2 likely, 3 certain
   */
  sniff(head: Uint8Array, name: string): SniffBid;
  /** What the format leaves open and its user may have to say. Left out: it says all itself. */
  readonly terms?: readonly TermName[];
  /**
   * Reads a whole input. A bad row is counted with `sink.issue` and skipped.
   *
   * @param context left out, nothing is known of the input but its bytes
   * @throws WheelsdownError "input-invalid" when nothing can be made of the input at all, or when it needs a term that was
   *   not given; points handed over before stay valid, so that a file cut off in the middle still gives its first half
   */
  read(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    sink: ReaderSink,
    context?: ReadContext,
  ): Promise<void>;
}

/** Takes what a reader finds. */
export interface ReaderSink {
  /** Rows met, kept or not: call once for each row of the input. */
  row(): void;
  /** The same as `row` called `count` times. */
  rows(count: number): void;
  /** What the input says of an aircraft; later words win over earlier ones. */
  identity(address: Address, stated: StatedIdentity): void;
  /** The input says of itself that it was simulated. */
  simulated(): void;
  /** The sink keeps nothing of the point: the reader may use the object again. */
  point(address: Address, point: Point): void;
  /**
   * The same as `point` called for each point of a block, in order. The sink may change the block and keeps nothing of
   * it, so the reader can use it again.
   */
  points(address: Address, block: PointBlock): void;
  /** The reader's fast way met what it does not know; the slow way reads this input, to the same result. */
  fellBack(): void;
  issue(issue: RowIssue): void;
}

/** One row that was skipped, or read with a loss. */
export interface RowIssue {
  /** Groups issues in counts: "latitude-out-of-range". */
  readonly kind: string;
  /** Row inside the input, from 0; -1 when it concerns the whole input. */
  readonly row: number;
  readonly detail: string;
}
