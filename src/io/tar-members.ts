import { type Extract, extract, type Header } from "tar-stream";

/** One member of a tar archive. */
export interface TarMember {
  /** As written in the archive: never a place to write to. */
  readonly name: string;
  readonly isFile: boolean;
  readonly byteCount: number;
  /** Where, from the first byte that was given, the next member begins. */
  readonly endOffset: number;
  /** Its bytes, to be read whole or not at all; what is not read is passed over. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What is no tar archive, or breaks off in the middle of a member. */
export class DamagedTar extends Error {}

type Source = Extract extends AsyncIterable<infer Entry> ? Entry : never;

/** Members begin and end at multiples of it (POSIX ustar). */
const BLOCK_BYTES = 512;

/**
 * Reads the members of a tar archive one after the other, whatever its size.
 *
 * @throws DamagedTar, after the members before the damage
 * @throws whatever `chunks` throws
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  // Each chunk is used up before the next is asked for: what came is not lost to an error that comes after it.
  const unpack = extract({ highWaterMark: 1 });
  let failure: { readonly error: unknown } | undefined;
  const feeding = feed(chunks, unpack).catch((error: unknown) => {
    failure = { error };
    unpack.destroy(error as Error);
  });
  try {
    for await (const entry of unpack) {
      yield memberOf(entry, () => failure?.error);
      // The library would wait for ever for what comes after a body that was left in the middle.
      if (unpack.destroying && !failure)
        failure = { error: new Error("a body was left half read") };
      if (failure) break;
      entry.resume();
    }
  } catch (error) {
    // The library's own errors are about the archive; those of the source pass as they are.
    failure ??= { error: damaged(error) };
  } finally {
    unpack.destroy();
    await feeding;
  }
  if (failure) throw failure.error;
}

async function feed(chunks: AsyncIterable<Uint8Array>, unpack: Extract): Promise<void> {
  for await (const chunk of chunks) {
    if (unpack.destroyed) return;
    if (!unpack.write(chunk)) await drained(unpack);
  }
  unpack.end(undefined);
}

/** A stream that is destroyed while it is full never drains: then its end is waited for. */
async function drained(unpack: Extract): Promise<void> {
  if (unpack.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      unpack.off("drain", done);
      unpack.off("close", done);
      resolve();
    };
    unpack.on("drain", done);
    unpack.on("close", done);
  });
}

function memberOf(entry: Source, failure: () => unknown): TarMember {
  const {
    name,
    type,
    size = 0,
    byteOffset,
  } = entry.header as Header & {
    /** Where the member's content begins; the library's types leave it out. */
    readonly byteOffset: number;
  };
  return {
    name,
    isFile: type === "file" || type === "contiguous-file",
    byteCount: size,
    endOffset: byteOffset + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES,
    body: bodyOf(entry, failure),
  };
}

async function* bodyOf(entry: Source, failure: () => unknown): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of entry as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw failure() ?? damaged(error);
  }
}

function damaged(error: unknown): DamagedTar {
  if (error instanceof DamagedTar) return error;
  return new DamagedTar((error as Error).message, { cause: error });
}
