import { createHash, type Hash } from "node:crypto";
import { describeUnreadable, detectReader, SNIFF_BYTES } from "../formats/detect.js";
import type { ReadContext, Reader } from "../formats/reader.js";
import { formatText, type ReadingTerms } from "../formats/terms.js";
import type { InputReport, InputSink } from "../track/collector.js";
import { WheelsdownError } from "../units/errors.js";
import { utcDay } from "../units/time.js";
import { fileBytes, type InputBytes, memoryBytes } from "./input-bytes.js";
import { STDIN } from "./list-inputs.js";
import { Peekable } from "./peekable.js";
import { releaseMemory } from "./release-memory.js";
import {
  gunzipWhole,
  isWholeGzip,
  PACKING_BYTES,
  type Packing,
  packingOf,
  unpackChunks,
} from "./unpack.js";

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
  if (packingOf(head) !== "none" || detectReader(head, input.path, options)) return undefined;
  return describeUnreadable(head, options?.terms);
}

/** @returns the first bytes of an input, unpacked, as far as a reader is told by; empty for what cannot be unpacked */
export async function unpackedHead(input: InputBytes): Promise<Uint8Array> {
  const packing = packingOf(await input.head(PACKING_BYTES));
  if (packing === "none") return await input.head(SNIFF_BYTES);
  const unpacked = new Peekable(unpackChunks(packing, input.chunks(), () => undefined));
  const head = await unpacked.peek(SNIFF_BYTES);
  await unpacked.close();
  return head;
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
  const { terms = {} } = options;
  const bytes = new HashedBytes(input);
  const packing = packingOf(await input.head(PACKING_BYTES));
  let damage: string | undefined;
  const plain = packing === "gzip" && input.whole ? gunzipWhole(input.whole) : undefined;
  const unpacked = new Peekable(
    plain
      ? memoryBytes(path, plain).chunks()
      : unpackChunks(packing, bytes.chunks(), (code) => {
          damage = code;
        }),
  );
  const start = await unpacked.peek(SNIFF_BYTES).catch((error) => {
    throw inputError(path, error);
  });
  const reader = detectReader(start, path, options);
  if (!reader) {
    await unpacked.close();
    const broken = damage !== undefined && start.length === 0;
    return { path, reason: broken ? damaged(packing, damage!) : describeUnreadable(start, terms) };
  }
  const sink = collector.begin(path, formatText(reader, terms, path));
  await readWith(reader, { unpacked, sink, context: { name: path, terms } });
  if (plain) releaseMemory([plain.buffer]);
  const { sha256, byteCount } = await bytes.finish();
  if (damage) {
    sink.issue({ kind: `damaged-${packing}`, row: -1, detail: damaged(packing, damage) });
  } else if (packing === "gzip" && !plain && !(await isGzipWhole(input, unpacked.byteCount))) {
    sink.issue({
      kind: "truncated-gzip",
      row: -1,
      detail: "the compressed file breaks off; download it again",
    });
  }
  if (input.isCutOff) {
    sink.issue({
      kind: "truncated-archive",
      row: -1,
      detail: "the archive breaks off inside this member; download it again",
    });
  }
  return checkDate({ ...sink.finish(sha256), path, sha256, byteCount, complete: true }, sink);
}

/** The size a gzip says it unpacks to (RFC 1952, ISIZE, modulo 4 GiB) tells at once, when it is right. */
async function isGzipWhole(input: InputBytes, unpackedBytes: number): Promise<boolean> {
  const mark = input.byteCount < 18 ? -1 : Buffer.from(await input.tail(4)).readUInt32LE(0);
  return unpackedBytes % 2 ** 32 === mark || (await isWholeGzip(input));
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

function damaged(packing: Packing, code: string): string {
  return `a damaged ${packing} (${code}); download it again`;
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
