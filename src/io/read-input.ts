import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip } from "node:zlib";
import { describeUnreadable, detectReader, SNIFF_BYTES } from "../formats/detect.js";
import type { Reader } from "../formats/reader.js";
import type { InputReport, InputSink, TrackCollector } from "../track/collector.js";
import { WheelsdownError } from "../units/errors.js";
import { utcDay } from "../units/time.js";

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

/**
 * A cheap first look, so that a folder full of other things costs one short read a file.
 *
 * @returns why nobody reads this file; undefined when somebody does, or when only unpacking it would tell
 * @throws WheelsdownError "input-missing" when the file cannot be read
 */
export async function whyUnread(path: string): Promise<string | undefined> {
  const head = await readHead(path, SNIFF_BYTES);
  return isGzip(head) || detectReader(head, path) ? undefined : describeUnreadable(head);
}

/**
 * Reads one file into a collector, unpacking gzip by content and not by name, hashing on the way.
 *
 * @returns what was read, or why nobody reads it
 * @throws WheelsdownError "input-invalid" when the content is of a known format but nothing can be made of it,
 *   "io-failed" when reading breaks off
 */
export async function readInput(
  path: string,
  collector: TrackCollector,
): Promise<ReadInput | UnknownInput> {
  const bytes = new HashedBytes(path);
  const head = await readHead(path, 2);
  let damage: string | undefined;
  const onDamage = (code: string) => {
    damage = code;
  };
  const unpacked = new Peekable(isGzip(head) ? gunzip(bytes, onDamage) : bytes.chunks());
  const start = await unpacked.peek(SNIFF_BYTES).catch((error) => {
    throw inputError(path, error);
  });
  const reader = detectReader(start, path);
  if (!reader) {
    await unpacked.close();
    const broken = damage !== undefined && start.length === 0;
    return { path, reason: broken ? damagedGzip(damage!) : describeUnreadable(start) };
  }
  const sink = collector.begin(path, reader.id);
  await readWith(reader, { unpacked, sink, path });
  const { sha256, byteCount } = await bytes.finish();
  if (damage) {
    sink.issue({ kind: "damaged-gzip", row: -1, detail: damagedGzip(damage) });
  } else if (
    isGzip(head) &&
    unpacked.byteCount % 2 ** 32 !== (await gzipSizeMark(path)) &&
    !(await isWholeGzip(path))
  ) {
    sink.issue({
      kind: "truncated-gzip",
      row: -1,
      detail: "the compressed file breaks off; download it again",
    });
  }
  return checkDate({ ...sink.finish(sha256), path, sha256, byteCount, complete: true }, sink);
}

async function readWith(
  reader: Reader,
  { unpacked, sink, path }: { unpacked: Peekable; sink: InputSink; path: string },
): Promise<void> {
  try {
    await reader.read(unpacked.chunks(), sink);
  } catch (error) {
    await unpacked.close();
    throw inputError(path, error);
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

function damagedGzip(code: string): string {
  return `a damaged gzip (${code}); download it again`;
}

/** Issues that mean that something is missing at the end. */
const PARTIAL = ["truncated", "truncated-gzip", "damaged-gzip"] as const;

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

/** Passes a file's bytes on and hashes all of them, also those nobody asked for. */
class HashedBytes {
  readonly #path: string;
  readonly #hash: Hash = createHash("sha256");
  #byteCount = 0;
  #source: AsyncIterator<Buffer> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    this.#source ??= createReadStream(this.#path, { highWaterMark: 1 << 18 })[
      Symbol.asyncIterator
    ]();
    for (;;) {
      const next = await this.#source.next();
      if (next.done) return;
      this.#hash.update(next.value);
      this.#byteCount += next.value.length;
      yield next.value;
    }
  }

  async finish(): Promise<{ sha256: string; byteCount: number }> {
    // A gunzip stream stops at the end of its data; what follows still belongs to the file's hash.
    for await (const _ of this.chunks());
    return { sha256: this.#hash.digest("hex"), byteCount: this.#byteCount };
  }
}

/** Hands out the first bytes for a look without losing them. */
class Peekable {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #held: Uint8Array[] = [];
  byteCount = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async peek(wantedBytes: number): Promise<Uint8Array> {
    let heldBytes = 0;
    while (heldBytes < wantedBytes) {
      const next = await this.#source.next();
      if (next.done) break;
      this.#held.push(next.value);
      heldBytes += next.value.length;
    }
    return Buffer.concat(this.#held).subarray(0, wantedBytes);
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (const chunk of this.#held.splice(0)) {
      this.byteCount += chunk.length;
      yield chunk;
    }
    for (;;) {
      const next = await this.#source.next();
      if (next.done) return;
      this.byteCount += next.value.length;
      yield next.value;
    }
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

async function readHead(path: string, wantedBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const buffer = Buffer.allocUnsafe(wantedBytes);
      const { bytesRead } = await file.read(buffer, 0, wantedBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new WheelsdownError("input-missing", `cannot read ${path}`, { cause });
  }
}

/**
 * With a sync flush at the end a file that breaks off still gives all that was packed before the break. Damage ends the
 * data too, and is told: what came before it is good.
 */
async function* gunzip(
  bytes: HashedBytes,
  onDamage: (code: string) => void,
): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1 << 18 });
  const done = pipeline(bytes.chunks(), unzip, { end: true }).catch(() => undefined);
  try {
    for await (const chunk of unzip) yield chunk as Buffer;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!code.startsWith("Z_")) throw error;
    onDamage(code);
  }
  await done;
}

/** The size a gzip file says it unpacks to, modulo 4 GiB (RFC 1952, ISIZE). */
async function gzipSizeMark(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size < 18) return -1;
    const buffer = Buffer.alloc(4);
    await file.read(buffer, 0, 4, size - 4);
    return buffer.readUInt32LE(0);
  } finally {
    await file.close();
  }
}

/** The size mark counts only the last of several members: unpack strictly to know. */
async function isWholeGzip(path: string): Promise<boolean> {
  try {
    const unzip = createReadStream(path).pipe(createGunzip());
    for await (const _ of unzip);
    return true;
  } catch {
    return false;
  }
}
