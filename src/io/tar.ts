import type { Header, HeaderData } from "tar";

const BLOCK_BYTES = 512;
/** How much of what is behind the end mark is looked at in one go. */
const REST_BYTES = 65_536;
/** Extended headers hold names; a longer one is damage, or meant to fill the memory. chosen: far above any path */
const EXTENSION_BYTES_MAX = 1 << 20;
const FILE_TYPES: ReadonlySet<string> = new Set(["File", "OldFile", "ContiguousFile"]);

/** Where a tar comes from, read once from its start on. */
export interface TarSource {
  /** @returns the next bytes; fewer than `count` only at the end */
  read(count: number): Promise<Buffer>;
  /** @returns how many bytes were passed over; fewer than `count` only at the end */
  skip(count: number): Promise<number>;
}

/** One file in a tar. */
export interface TarEntry {
  readonly name: string;
  /** Where its bytes start in the unpacked tar. */
  readonly start: number;
  readonly size: number;
  /** Where in the unpacked tar the next header starts: reading can go on there. */
  readonly end: number;
}

/** True when a block may be the header of a tar: its check sum is a number. Cheap, and rules out texts. */
export function mayBeTar(block: Uint8Array): boolean {
  if (block.length < BLOCK_BYTES || block[0] === 0) return false;
  // Checksum field: six octal digits, a zero byte and a space, in some order.
  for (let at = 148; at < 156; at++) {
    const byte = block[at]!;
    if (byte !== 0 && byte !== 32 && !(byte >= 48 && byte <= 55)) return false;
  }
  return true;
}

/** @returns whether a tar starts with this block */
export async function isTar(block: Uint8Array): Promise<boolean> {
  if (!mayBeTar(block)) return false;
  const tar = await import("tar");
  const header = new tar.Header(Buffer.from(block), 0);
  return header.cksumValid && Boolean(header.path);
}

/**
 * Walks the files of a tar in their order. Names in extended headers (pax, GNU) are taken; folders, links and devices are
 * passed over. Nothing is unpacked anywhere.
 */
export class TarWalk {
  readonly #source: TarSource;
  #at: number;
  /** Bytes of the last file that nobody has read, and of the padding behind. */
  #left = 0;
  #padding = 0;
  #globalExtension: HeaderData | undefined;
  /** Why it ends before its end mark; undefined while, or when, all is well. */
  broken: string | undefined;

  /** @param start where in the tar the source starts: 0, or the `end` of a file */
  constructor(source: TarSource, start = 0) {
    this.#source = source;
    this.#at = start;
  }

  /** @returns undefined at the end, see `broken` */
  async next(): Promise<TarEntry | undefined> {
    const tar = await import("tar");
    let extension: HeaderData | undefined;
    let zeroBlockCount = 0;
    for (;;) {
      if (!(await this.#passRest())) return this.#endBroken("breaks off inside a file");
      const block = await this.#source.read(BLOCK_BYTES);
      const start = this.#at + block.length;
      if (block.length < BLOCK_BYTES)
        // Some writers leave the second of the two empty blocks out that end a tar.
        return zeroBlockCount > 0 ? undefined : this.#endBroken("breaks off without its end mark");
      const header = headerOf(tar.Header, block, {
        extension,
        globalExtension: this.#globalExtension,
      });
      this.#at = start;
      if (header?.nullBlock && ++zeroBlockCount === 2) return await this.#endMarked();
      if (header?.nullBlock) continue;
      if (!header?.cksumValid || header.size === undefined || zeroBlockCount > 0)
        return this.#endBroken(`is damaged at byte ${start - BLOCK_BYTES}`);
      this.#left = header.size;
      this.#padding = (BLOCK_BYTES - (header.size % BLOCK_BYTES)) % BLOCK_BYTES;
      const { type } = header;
      if (FILE_TYPES.has(type)) return this.#entry(header.path, start, header.size);
      if (!EXTENSION_TYPES.has(type)) {
        // What an extended header says is of the next file, folder or link, whichever it is.
        extension = undefined;
        continue;
      }
      if (header.size > EXTENSION_BYTES_MAX)
        return this.#endBroken(`is damaged at byte ${start - BLOCK_BYTES}`);
      const text = (await this.body()).toString();
      if (type === "GlobalExtendedHeader")
        this.#globalExtension = tar.Pax.parse(text, this.#globalExtension, true);
      else if (type === "ExtendedHeader") extension = tar.Pax.parse(text, extension, false);
      else if (LONG_NAME_TYPES.has(type))
        extension = { ...extension, path: text.replace(/\0.*/s, "") };
    }
  }

  /** The bytes of the file `next` gave last, once; fewer than its size when the tar breaks off in it. */
  async body(): Promise<Buffer> {
    const bytes = await this.#source.read(this.#left);
    this.#at += bytes.length;
    this.#left -= bytes.length;
    return bytes;
  }

  async #passRest(): Promise<boolean> {
    const rest = this.#left + this.#padding;
    this.#left = 0;
    this.#padding = 0;
    if (rest === 0) return true;
    const passed = await this.#source.skip(rest);
    this.#at += passed;
    return passed === rest;
  }

  #entry(name = "", start: number, size: number): TarEntry {
    return { name, start, size, end: start + size + this.#padding };
  }

  /** Reads to the end of the source: what is damaged or left behind the end mark is told, too. */
  async #endMarked(): Promise<undefined> {
    for (;;) {
      const rest = await this.#source.read(REST_BYTES);
      if (rest.some((byte) => byte !== 0)) return this.#endBroken("goes on behind its end mark");
      if (rest.length < REST_BYTES) return undefined;
    }
  }

  #endBroken(reason: string): undefined {
    this.broken = reason;
    return undefined;
  }
}

const LONG_NAME_TYPES: ReadonlySet<string> = new Set(["NextFileHasLongPath", "OldGnuLongPath"]);
const EXTENSION_TYPES: ReadonlySet<string> = new Set([
  ...LONG_NAME_TYPES,
  "NextFileHasLongLinkpath",
  "ExtendedHeader",
  "OldExtendedHeader",
  "GlobalExtendedHeader",
]);

function headerOf(
  HeaderOfTar: typeof Header,
  block: Buffer,
  names: {
    readonly extension: HeaderData | undefined;
    readonly globalExtension: HeaderData | undefined;
  },
): Header | undefined {
  try {
    return new HeaderOfTar(block, 0, names.extension, names.globalExtension);
  } catch {
    // A number too large for any file: damage.
    return undefined;
  }
}

/** A tar that arrives in chunks, compressed or through a pipe. */
export function streamSource(chunks: AsyncIterable<Uint8Array>): TarSource & {
  close(): Promise<void>;
} {
  const source = chunks[Symbol.asyncIterator]();
  let held: Uint8Array = Buffer.alloc(0);
  const refill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await source.next();
      if (next.done) return false;
      held = next.value;
    }
    return true;
  };
  const pass = async (count: number, take: (part: Uint8Array) => void): Promise<number> => {
    let passed = 0;
    while (passed < count && (await refill())) {
      const part = held.subarray(0, count - passed);
      held = held.subarray(part.length);
      passed += part.length;
      take(part);
    }
    return passed;
  };
  return {
    async read(count) {
      const parts: Uint8Array[] = [];
      await pass(count, (part) => parts.push(part));
      return Buffer.concat(parts);
    },
    skip: (count) => pass(count, () => {}),
    async close() {
      await source.return?.();
    },
  };
}

/** Reads any part of a tar on disk. */
export interface TarFile {
  readonly byteCount: number;
  /** @returns fewer bytes than `count` where the file ends */
  readAt(start: number, count: number): Buffer;
}

/** A tar on disk: what is passed over is not read. */
export function fileSource(file: TarFile): TarSource {
  let at = 0;
  return {
    async read(count) {
      const bytes = file.readAt(at, count);
      at += bytes.length;
      return bytes;
    },
    async skip(count) {
      const passed = Math.min(count, Math.max(0, file.byteCount - at));
      at += passed;
      return passed;
    },
  };
}
