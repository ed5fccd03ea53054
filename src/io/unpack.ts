import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import { Decompress } from "fzstd";
import type { InputBytes } from "./input-bytes.js";

/** How an input is compressed, by its first bytes and never by its name. */
export type Packing = "gzip" | "zstd" | "none";

/** How many first bytes `packingOf` looks at. */
export const PACKING_BYTES = 4;

/** @param head the first bytes, four or more where there are so many */
export function packingOf(head: Uint8Array): Packing {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return "zstd";
  return "none";
}

/** Called when compressed bytes are damaged or break off, with the decompressor's word for it. */
export type DamageListener = (code: string) => void;

/**
 * Unpacks while reading. Damage ends the bytes too, and is told: what came before it is good.
 *
 * @throws WheelsdownError "input-invalid" on zstd that asks for more memory than it may have
 */
export function unpackChunks(
  packing: Packing,
  chunks: AsyncIterable<Uint8Array>,
  onDamage: DamageListener,
): AsyncIterable<Uint8Array> {
  if (packing === "gzip") return gunzip(chunks, onDamage);
  return packing === "zstd" ? unzstd(chunks, onDamage) : chunks;
}

/** With a sync flush at the end a file that breaks off still gives all that was packed before the break. */
async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: DamageListener,
): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1 << 18 });
  let failure: unknown;
  const done = pipeline(chunks, unzip, { end: true }).catch((error: unknown) => {
    failure = error;
  });
  try {
    for await (const chunk of unzip) yield chunk as Buffer;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    // What fails below may reach us as an early end of the stream: then the cause says more.
    if (!code.startsWith("Z_")) throw failure ?? error;
    onDamage(code);
  }
  await done;
}

/** So little is unpacked at a time that what comes of it, at most 32,000 times as much, fits memory. */
const ZSTD_STEP_BYTES = 4096;

async function* unzstd(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: DamageListener,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const unzip = new Decompress((chunk) => ready.push(chunk));
  const step = (part: Uint8Array, isLast: boolean): boolean => {
    try {
      unzip.push(part, isLast);
      return true;
    } catch (error) {
      onDamage(`zstd: ${(error as Error).message}`);
      return false;
    }
  };
  let good = true;
  for await (const chunk of chunks) {
    for (let at = 0; good && at < chunk.length; at += ZSTD_STEP_BYTES) {
      good = step(chunk.subarray(at, at + ZSTD_STEP_BYTES), false);
      yield* ready;
      ready = [];
    }
    if (!good) return;
  }
  if (good) step(new Uint8Array(0), true);
  yield* ready;
}

/** Larger outputs are unpacked as a stream, so that they can be refused on the way. */
const WHOLE_OUTPUT_MAX = 64e6;

/**
 * Unpacks a gzip in memory at once, several times as fast as a stream.
 *
 * @returns undefined when it is large, damaged or cut off: the stream says which and gives what there is
 */
export function gunzipWhole(packed: Buffer): Buffer | undefined {
  // RFC 1952: the last four bytes are the unpacked size, modulo 4 GiB and of the last member only. A hint, no proof.
  const sizeHint = packed.length < 18 ? 0 : packed.readUInt32LE(packed.length - 4);
  if (sizeHint > WHOLE_OUTPUT_MAX) return undefined;
  try {
    return gunzipSync(packed, {
      chunkSize: Math.max(1024, sizeHint + 64),
      maxOutputLength: WHOLE_OUTPUT_MAX,
    });
  } catch {
    return undefined;
  }
}

/** True when a gzip unpacks strictly to its end. The size mark counts only the last of several members. */
export async function isWholeGzip(input: InputBytes): Promise<boolean> {
  try {
    const unzip = Readable.from(input.chunks()).pipe(createGunzip());
    for await (const _ of unzip);
    return true;
  } catch {
    return false;
  }
}

/** @returns all chunks as one, undefined when they come to more than `limitBytes`: then no more of them are read */
export async function gather(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Buffer | undefined> {
  const held: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of chunks) {
    byteCount += chunk.length;
    if (byteCount > limitBytes) return undefined;
    held.push(chunk);
  }
  return Buffer.concat(held);
}
