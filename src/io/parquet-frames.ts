// What the process that reads Parquet and the one that asks it say to each other.
//
//   question   one line of JSON on its standard input
//   answer     frames on its standard output, one after the other:
//
//   byte 0     1..4    from 5
//   kind       length  content: JSON in UTF-8, of "rows" lines of a table in CSV
//              u32 LE
//
// An answer is "heading", any number of "rows", and "end"; or, at any place, "failed" as the last frame of all: what DuckDB
// is like after that is not known, and the process ends.

/** What is asked of one file. */
export interface ParquetQuestion {
  /** From the root of the file system. */
  readonly path: string;
  /** Only so many first rows, unchecked; left out, all of them, once all are known to be readable. */
  readonly rowsMax?: number;
  /** A folder that is removed if whoever asked ends without doing so. */
  readonly temporaryFolder?: string | undefined;
}

/** A column by the name that DuckDB has for it, and its type as DuckDB writes it. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/** What a file holds. */
export interface ParquetHeading {
  /** Columns of the table, in the order of the file. */
  readonly columns: readonly ParquetColumn[];
  /** Columns that no line of text can hold. */
  readonly leftOut: readonly ParquetColumn[];
  /** Names that several columns have, in upper or lower case; DuckDB calls the second NAME_1. */
  readonly sharedNames: readonly string[];
  /** Rows by the file's own count; those that come are counted too. */
  readonly rowCount: number;
}

/** Why there is no answer: something is wrong with the file, with this machine's DuckDB, or with us. */
export interface ParquetFailure {
  readonly kind: "file" | "engine" | "bug";
  readonly message: string;
}

export type ParquetFrame =
  | { readonly kind: "heading"; readonly heading: ParquetHeading }
  | { readonly kind: "rows"; readonly text: Uint8Array }
  | { readonly kind: "end" }
  | { readonly kind: "failed"; readonly failure: ParquetFailure };

const KINDS = ["heading", "rows", "end", "failed"] as const;
const HEAD_BYTES = 5;

/** @returns the bytes of a frame */
export function frameBytes(frame: ParquetFrame): Buffer {
  const content = contentOf(frame);
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + content.length);
  bytes[0] = KINDS.indexOf(frame.kind);
  bytes.writeUInt32LE(content.length, 1);
  bytes.set(content, HEAD_BYTES);
  return bytes;
}

function contentOf(frame: ParquetFrame): Uint8Array {
  if (frame.kind === "rows") return frame.text;
  if (frame.kind === "end") return new Uint8Array(0);
  return Buffer.from(JSON.stringify(frame.kind === "heading" ? frame.heading : frame.failure));
}

/** Puts frames together out of chunks of any size. */
export class FrameReader {
  #held = Buffer.alloc(0);

  /** @returns the frames that are whole with this chunk */
  take(chunk: Uint8Array): ParquetFrame[] {
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    const frames: ParquetFrame[] = [];
    for (;;) {
      if (this.#held.length < HEAD_BYTES) return frames;
      const end = HEAD_BYTES + this.#held.readUInt32LE(1);
      if (this.#held.length < end) return frames;
      frames.push(frameOf(this.#held[0]!, this.#held.subarray(HEAD_BYTES, end)));
      this.#held = this.#held.subarray(end);
    }
  }
}

/** @throws Error for a kind there is none of: something else wrote on this pipe */
function frameOf(number: number, content: Buffer): ParquetFrame {
  const kind = KINDS[number];
  if (kind === "rows") return { kind, text: content };
  if (kind === "end") return { kind };
  if (kind === undefined) throw new Error(`no frame of kind ${number}`);
  const value: unknown = JSON.parse(content.toString());
  return kind === "heading"
    ? { kind, heading: value as ParquetHeading }
    : { kind, failure: value as ParquetFailure };
}
