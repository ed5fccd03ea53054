import { createHash } from "node:crypto";
import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { WheelsdownError } from "../units/errors.js";
import { hashFile } from "./hash-file.js";

/** Files up to this size are read in one go. chosen: a hundred times a usual trace, and no strain on any machine */
const WHOLE_BYTES_MAX = 32e6;

/** The bytes of one input as stored: a file, or a member of an archive. */
export interface InputBytes {
  /** What it is called in reports: the file's path, `ARCHIVE.tar!path/in/it` for a member, `-` for standard input. */
  readonly path: string;
  readonly byteCount: number;
  /** Where these very bytes lie as a file of their own, where they do. */
  readonly filePath?: string | undefined;
  /** All bytes, when they are in memory. */
  readonly whole: Buffer | undefined;
  /** True when it is known to go on beyond these bytes: the archive around it breaks off. */
  readonly isCutOff: boolean;
  /** The first bytes, up to `count`. */
  head(count: number): Promise<Uint8Array>;
  /** The last bytes, up to `count`. */
  tail(count: number): Promise<Uint8Array>;
  /** All bytes from the start; anew with each call. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Hash of all bytes, 64 hex digits. */
  sha256(): Promise<string>;
}

/** @param isCutOff see `InputBytes.isCutOff` */
export function memoryBytes(path: string, whole: Buffer, isCutOff = false): InputBytes {
  let sha256: string | undefined;
  return {
    path,
    whole,
    isCutOff,
    byteCount: whole.length,
    head: async (count) => whole.subarray(0, count),
    tail: async (count) => whole.subarray(Math.max(0, whole.length - count)),
    async *chunks() {
      if (whole.length > 0) yield whole;
    },
    async sha256() {
      sha256 ??= createHash("sha256").update(whole).digest("hex");
      return sha256;
    },
  };
}

/**
 * Opens a file: a small one is read at once, of a large one nothing is kept.
 *
 * @throws WheelsdownError "input-missing" when the file cannot be read
 */
export async function fileBytes(path: string): Promise<InputBytes> {
  const byteCount = withFile(path, (file) => fstatSync(file).size);
  if (byteCount <= WHOLE_BYTES_MAX)
    return {
      ...memoryBytes(path, readPart(path, { start: 0, count: byteCount })),
      filePath: path,
    };
  return {
    path,
    filePath: path,
    byteCount,
    whole: undefined,
    isCutOff: false,
    head: async (count) => readPart(path, { start: 0, count }),
    tail: async (count) => readPart(path, { start: Math.max(0, byteCount - count), count }),
    chunks: () => createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>,
    sha256: async () => (await hashFile(path)).sha256,
  };
}

/**
 * The first bytes of a file.
 *
 * @returns fewer than `count` where the file ends
 * @throws WheelsdownError "input-missing" when the file cannot be read
 */
export function readHead(path: string, count: number): Buffer {
  return readPart(path, { start: 0, count });
}

/** @returns fewer bytes than `count` where the file ends */
function readPart(
  path: string,
  { start, count }: { readonly start: number; readonly count: number },
): Buffer {
  return withFile(path, (file) => readFully(file, { start, count }));
}

/**
 * @param file open for reading
 * @returns fewer bytes than `count` where the file ends
 */
export function readFully(
  file: number,
  { start, count }: { readonly start: number; readonly count: number },
): Buffer {
  const buffer = Buffer.allocUnsafe(count);
  let length = 0;
  while (length < count) {
    const bytesRead = readSync(file, buffer, length, count - length, start + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** Waits for the disk: an input is wanted before anything else can go on, and each detour costs more than a trace. */
function withFile<T>(path: string, work: (file: number) => T): T {
  try {
    const file = openSync(path, "r");
    try {
      return work(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new WheelsdownError("input-missing", `cannot read ${path}`, { cause });
  }
}
