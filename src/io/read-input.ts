import { createHash, type Hash } from "node:crypto";
import { describeUnreadable, detectReader, SNIFF_BYTES } from "../formats/detect.js";
import { FILE_OF_LAKE, LAKE_NAMES } from "../formats/own-positions.js";
import type { ReadContext, Reader } from "../formats/reader.js";
import { formatText, type ReadingTerms } from "../formats/terms.js";
import type { InputReport, InputSink } from "../track/collector.js";
import { WheelsdownError } from "../units/errors.js";
import { utcDay } from "../units/time.js";
import { fileBytes, type InputBytes } from "./input-bytes.js";
import { STDIN } from "./list-inputs.js";
import { checkColumnTypes } from "./parquet-columns.js";
import type { ParquetInput } from "./parquet-input.js";
import { namesOfParquet, startsAsParquet } from "./parquet-mark.js";
import { Peekable } from "./peekable.js";
import { packingOf } from "./unpack.js";
import { UnpackedBytes } from "./unpacked-bytes.js";

/** An input that was read, with the hash of its bytes as found on disk. */
export interface ReadInput extends InputReport {
  readonly path: string;
  readonly sha256: string;
  readonly byteCount: number;
  /** False when the input broke off: it is partial, and what it does not show proves nothing. */
  readonly complete: boolean;
}

/** An input of no format that is read. */
export interface UnknownInput {
  readonly path: string;
  readonly reason: string;
}

/** What takes an input's points: a collector of tracks, or what only counts them. */
export interface InputTaker {
  /** @param format as `formatText` writes it */
  begin(file: string, format: string): InputSink;
}

/** How an input came to be read. */
export interface ReadOptions {
  /** The user named it itself; it was not found in a folder or an archive. */
  readonly named?: boolean;
  /** What its user says of it because it does not say it itself. */
  readonly terms?: ReadingTerms;
}

/**
 * A cheap first look, so that a folder full of other things costs little.
 *
 * @returns why nobody reads this input; undefined when somebody does, or when only unpacking it would tell
 */
export async function whyUnread(
  input: InputBytes,
  options?: ReadOptions,
): Promise<string | undefined> {
  const head = await input.head(SNIFF_BYTES);
  if (head.length === 0 && input.path === STDIN) return "nothing came on standard input";
  const form = formOf(head);
  if (form === "parquet" && (await namesOfParquet(input, ...LAKE_NAMES))) return FILE_OF_LAKE;
  if (form !== null || detectReader(head, input.path, options)) return undefined;
  return describeUnreadable(head, options?.terms);
}

/**
 * What has to be undone before an input is bytes of a format.
 *
 * @param head the first bytes, four or more where there are so many
 * @returns null when nothing has
 */
export function formOf(head: Uint8Array): "gzip" | "zstd" | "parquet" | null {
  if (startsAsParquet(head)) return "parquet";
  const packing = packingOf(head);
  return packing === "none" ? null : packing;
}

/**
 * @returns the first bytes of an input, unpacked, as far as a reader is told by; of Parquet the first lines of its table in
 *   CSV; empty for what cannot be unpacked
 * @throws WheelsdownError "input-invalid" on Parquet that is damaged
 */
export async function unpackedHead(input: InputBytes): Promise<Uint8Array> {
  const unpacked = await UnpackedBytes.of(input);
  let parquet: ParquetInput | undefined;
  try {
    const head = await unpacked.chunks.peek(SNIFF_BYTES);
    if (!startsAsParquet(head)) return head;
    parquet = await unpacked.openParquet();
    return (await parquet.head()).subarray(0, SNIFF_BYTES);
  } finally {
    parquet?.close();
    await unpacked.chunks.close();
  }
}

/**
 * Reads one file into a collector, unpacking gzip and zstd by content and not by name, hashing on the way.
 *
 * @param terms what its user says of it because it does not say it itself
 * @returns what was read, or why nobody reads it
 * @throws WheelsdownError "input-invalid" when the content is of a known format but nothing can be made of it,
 *   "input-missing" when the file cannot be read, "io-failed" when reading breaks off
 */
export async function readInput(
  path: string,
  collector: InputTaker,
  terms: ReadingTerms = {},
): Promise<ReadInput | UnknownInput> {
  return await readBytes(await fileBytes(path), collector, { named: true, terms });
}

/** `readInput` for what is open already: a file, or a member of an archive. */
export async function readBytes(
  input: InputBytes,
  collector: InputTaker,
  options: ReadOptions = {},
): Promise<ReadInput | UnknownInput> {
  const { path } = input;
  const bytes = new HashedBytes(input);
  const unpacked = await UnpackedBytes.of(input, bytes.chunks());
  const start = await unpacked.chunks.peek(SNIFF_BYTES).catch((error) => {
    throw inputError(path, error);
  });
  const reading = { path, collector, options };
  const read = startsAsParquet(start)
    ? await readParquet(unpacked, reading)
    : await readPlain(unpacked.chunks, start, reading);
  if ("reason" in read) {
    await unpacked.chunks.close();
    return start.length === 0 ? { path, reason: unpacked.damageText ?? read.reason } : read;
  }
  unpacked.release();
  const { sink } = read;
  const { sha256, byteCount } = await bytes.finish();
  await unpacked.tellDamage(sink);
  if (input.isCutOff) {
    sink.issue({
      kind: "truncated-archive",
      row: -1,
      detail: "the archive breaks off inside this member; download it again",
    });
  }
  return checkDate({ ...sink.finish(sha256), path, sha256, byteCount, complete: true }, sink);
}

interface Reading {
  readonly path: string;
  readonly collector: InputTaker;
  readonly options: ReadOptions;
}

/** What took the rows of an input that was read to its end. */
interface ReadSink {
  readonly sink: InputSink;
}

async function readPlain(
  chunks: Peekable,
  start: Uint8Array,
  { path, collector, options }: Reading,
): Promise<ReadSink | UnknownInput> {
  const { terms = {} } = options;
  const reader = detectReader(start, path, options);
  if (!reader) return { path, reason: describeUnreadable(start, terms) };
  const sink = collector.begin(path, formatText(reader, terms, path));
  await readWith(reader, { unpacked: chunks, sink, context: { name: path, terms } });
  return { sink };
}

/** Reads a Parquet file as the table in CSV that it holds. */
async function readParquet(
  unpacked: UnpackedBytes,
  reading: Reading,
): Promise<ReadSink | UnknownInput> {
  const { path, options } = reading;
  let parquet: ParquetInput | undefined;
  let table: Peekable | undefined;
  let start: Uint8Array;
  try {
    parquet = await unpacked.openParquet();
    table = new Peekable(parquet.chunks());
    start = await table.peek(SNIFF_BYTES);
    const reader = detectReader(start, path, options);
    if (reader)
      checkColumnTypes(parquet.heading, reader.id === "table" ? options.terms?.map : undefined);
  } catch (error) {
    await table?.close();
    parquet?.close();
    throw inputError(path, error);
  }
  try {
    const read = await readPlain(table, start, reading);
    const leftOut = parquet.leftOutText(!("reason" in read));
    if ("reason" in read) {
      const more = leftOut === undefined ? "" : `; columns that no table can have: ${leftOut}`;
      return { path, reason: `in Parquet, ${read.reason}${more}` };
    }
    if (leftOut !== undefined)
      read.sink.issue({ kind: "columns-left-out", row: -1, detail: leftOut });
    return read;
  } finally {
    await table.close();
    parquet.close();
  }
}

async function readWith(
  reader: Reader,
  { unpacked, sink, context }: { unpacked: Peekable; sink: InputSink; context: ReadContext },
): Promise<void> {
  try {
    await reader.read(unpacked.chunks(), sink, context);
  } catch (error) {
    await unpacked.close();
    throw inputError(context.name, error);
  }
}

/** Errors a user can act on get the file's name; a bug of ours passes as it is. */
function inputError(path: string, error: unknown): unknown {
  if (error instanceof WheelsdownError) {
    return new WheelsdownError(error.code, `${path}: ${error.message}`, { cause: error });
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new WheelsdownError("io-failed", `${path}: reading broke off (${code})`, { cause: error });
}

/** Issues that mean that something is missing at the end. */
const PARTIAL = [
  "truncated",
  "truncated-gzip",
  "truncated-archive",
  "damaged-gzip",
  "damaged-zstd",
] as const;

/** An archive's folder says a day; the rows decide, and a difference is told. */
function checkDate(report: ReadInput, sink: InputSink): ReadInput {
  const named = /(\d{4})[/\\](\d{2})[/\\](\d{2})[/\\]traces[/\\]/.exec(report.path);
  if (named && Number.isFinite(report.firstMs)) {
    const day = `${named[1]}-${named[2]}-${named[3]}`;
    if (day !== utcDay(report.firstMs) && day !== utcDay(report.lastMs)) {
      sink.issue({
        kind: "folder-date-differs",
        row: -1,
        detail: `the folder says ${day}, the rows ${utcDay(report.firstMs)}; the rows are right`,
      });
    }
  }
  const counts = report.issues.counts;
  return {
    ...report,
    complete: PARTIAL.every((kind) => counts[kind] === undefined),
  };
}

/** Passes an input's bytes on and hashes all of them, also those nobody asked for. */
class HashedBytes {
  readonly #input: InputBytes;
  readonly #hash: Hash = createHash("sha256");
  #byteCount = 0;
  #source: AsyncIterator<Uint8Array> | undefined;

  constructor(input: InputBytes) {
    this.#input = input;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    this.#source ??= this.#input.chunks()[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.#source.next();
      if (next.done) return;
      if (!this.#input.whole) this.#hash.update(next.value);
      this.#byteCount += next.value.length;
      yield next.value;
    }
  }

  async finish(): Promise<{ sha256: string; byteCount: number }> {
    // A gunzip stream stops at the end of its data; what follows still belongs to the file's hash.
    const { whole, byteCount } = this.#input;
    if (whole) return { sha256: await this.#input.sha256(), byteCount };
    for await (const _ of this.chunks());
    return { sha256: this.#hash.digest("hex"), byteCount: this.#byteCount };
  }
}
