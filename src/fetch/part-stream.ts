import { htmlInstead, openDownload } from "../io/download.js";
import { type HttpClient } from "../io/http-client.js";
import { ResumableHash } from "../io/resumable-hash.js";
import { WheelsdownError } from "../units/errors.js";
import { type AdsblolArchive, nextAssetName, type Release, type ReleaseAsset } from "./adsblol.js";
import type { PartRecord } from "./day-record.js";
import type { Checkpoint } from "./journal.js";

/** A part of a release is at most 2 GB (GitHub's limit); far beyond it something is wrong. chosen: test/fetch/archive-day.test.ts */
const PART_MAX_BYTES = 2 ** 34;
/** Zero bytes at the end of every tar archive (POSIX: two blocks). */
const END_MARK_BYTES = 1024;

/** The release itself is not there. */
export class NoRelease extends Error {}

/** What came is not what the release lists; all of it is to be thrown away. */
export class WrongBytes extends Error {}

interface Part {
  readonly asset: ReleaseAsset;
  byteCount: number | undefined;
  etag: string | undefined;
  sha256: string | undefined;
}

export interface PartStreamOptions {
  readonly client: HttpClient;
  readonly archive: AdsblolArchive;
  readonly release: Release;
  /** Where an earlier run stopped. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Called with the bytes received of all parts, and how many there are as far as is known. */
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
}

/** The parts of a release as one stream of bytes, hashed part by part; it can go on where an earlier run stopped. */
export class PartStream {
  readonly #options: PartStreamOptions;
  readonly #hash: ResumableHash;
  readonly #parts: Part[];
  /** Up to where bytes are in the hash. */
  #hashed: { part: number; offset: number };
  readonly #start: { readonly part: number; readonly offset: number };
  /** Bytes handed out, counted from the first part's first byte. */
  #doneBytes = 0;
  #tail: Uint8Array = new Uint8Array(0);

  private constructor(options: PartStreamOptions, hash: ResumableHash) {
    this.#options = options;
    this.#hash = hash;
    const { checkpoint, release } = options;
    this.#parts = release.assets.map((asset) => newPart(asset));
    for (const [i, known] of (checkpoint?.parts ?? []).entries()) {
      const part = this.#parts[i] ?? this.#guessNext();
      if (part) Object.assign(part, known);
    }
    this.#start = checkpoint?.position ?? { part: 0, offset: 0 };
    this.#hashed = { part: checkpoint?.hash.part ?? 0, offset: checkpoint?.hash.offset ?? 0 };
    this.#doneBytes = this.startBytes;
  }

  /** @returns undefined when the earlier run's hash cannot be taken up: then the day begins anew */
  static async create(options: PartStreamOptions): Promise<PartStream | undefined> {
    const hash = await ResumableHash.create();
    const { checkpoint } = options;
    if (checkpoint && !hash.load(checkpoint.hash.state)) return undefined;
    return new PartStream(options, hash);
  }

  /** Where it begins, counted from the first part's first byte. */
  get startBytes(): number {
    return this.#bytesBefore(this.#start.part) + this.#start.offset;
  }

  get doneBytes(): number {
    return this.#doneBytes;
  }

  /** True when the last bytes were those every tar archive ends with. */
  get hasEndMark(): boolean {
    return this.#tail.length === END_MARK_BYTES && this.#tail.every((byte) => byte === 0);
  }

  /**
   * The bytes, from the start.
   *
   * @throws WheelsdownError, ChangedOnServer, NoRelease, WrongBytes
   */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let i = this.#start.part; ; i++) {
      const part = this.#parts[i] ?? this.#guessNext();
      if (!part) return;
      const from = i === this.#start.part ? this.#start.offset : 0;
      // All of it was received before: a range that begins at its end would be refused.
      if (part.byteCount !== undefined && part.byteCount === from) this.#finishPart(i, part);
      else if (!(yield* this.#readPart(i, part, from))) return;
    }
  }

  /** @param end where to go on, counted from the first part's first byte */
  checkpoint(end: number): Pick<Checkpoint, "position" | "hash" | "parts"> {
    let offset = end;
    let part = 0;
    while (part < this.#hashed.part && offset >= (this.#parts[part]?.byteCount ?? Infinity))
      offset -= this.#parts[part++]?.byteCount ?? 0;
    return {
      position: { part, offset },
      hash: { ...this.#hashed, state: this.#hash.save() },
      parts: this.#parts
        .slice(0, this.#hashed.part + 1)
        .map(({ byteCount, etag, sha256 }) => ({ byteCount, etag, sha256 })),
    };
  }

  /** The parts that were read to their end. */
  records(): PartRecord[] {
    const { archive, release } = this.#options;
    return this.#parts.flatMap(({ asset, byteCount, sha256 }) => {
      if (byteCount === undefined || sha256 === undefined) return [];
      const url = archive.urlOf(release, asset.name);
      const { byteCount: listedByteCount = null, sha256: listedSha256 = null } = asset;
      return [{ url, byteCount, sha256, listedByteCount, listedSha256 }];
    });
  }

  /** @returns false when there is no such part, which ends a release whose parts no list names */
  async *#readPart(i: number, part: Part, from: number): AsyncGenerator<Uint8Array, boolean> {
    const { client, archive, release } = this.#options;
    const url = archive.urlOf(release, part.asset.name);
    const download = await openDownload(client, {
      url,
      fromByte: from,
      begun: part,
      listedBytes: part.asset.byteCount,
      maxByteCount: PART_MAX_BYTES,
    });
    if (!download) {
      if (!release.isListed && i > 0) {
        this.#parts.splice(i);
        return false;
      }
      if (i === 0 && from === 0) throw new NoRelease(url);
      throw new WheelsdownError("input-missing", `${url} is listed and not there (404)`);
    }
    part.byteCount = download.byteCount;
    part.etag = download.etag;
    this.#tellProgress();
    let at = from;
    for await (const chunk of download.chunks()) {
      if (this.#doneBytes === 0 && chunk[0] === 0x3c) throw htmlInstead(url);
      this.#take(chunk, i, at);
      at += chunk.length;
      yield chunk;
    }
    part.byteCount = at;
    this.#finishPart(i, part);
    return true;
  }

  #finishPart(i: number, part: Part): void {
    part.sha256 ??= this.#hash.finish();
    if (i >= this.#hashed.part) this.#hashed = { part: i + 1, offset: 0 };
    checkPart(part);
  }

  #take(chunk: Uint8Array, part: number, at: number): void {
    const { part: hashedPart, offset } = this.#hashed;
    const known = part < hashedPart ? chunk.length : part === hashedPart ? offset - at : 0;
    if (known < chunk.length) {
      this.#hash.update(known > 0 ? chunk.subarray(known) : chunk);
      this.#hashed = { part, offset: at + chunk.length };
    }
    this.#doneBytes += chunk.length;
    this.#tail =
      chunk.length >= END_MARK_BYTES
        ? chunk.slice(-END_MARK_BYTES)
        : Buffer.concat([this.#tail, chunk]).subarray(-END_MARK_BYTES);
    this.#tellProgress();
  }

  #tellProgress(): void {
    const { release, onProgress } = this.#options;
    const total = this.#parts.reduce(
      (sum, { byteCount, asset }) => sum + (byteCount ?? asset.byteCount ?? 0),
      0,
    );
    onProgress(this.#doneBytes, release.assets.length > 0 ? total : 0);
  }

  #bytesBefore(part: number): number {
    return this.#parts.slice(0, part).reduce((sum, { byteCount }) => sum + (byteCount ?? 0), 0);
  }

  /** Without a list the next part is the one whose name comes next. */
  #guessNext(): Part | undefined {
    const last = this.#parts.at(-1)?.asset.name;
    const name = last === undefined ? undefined : nextAssetName(last);
    if (this.#options.release.isListed || name === undefined) return undefined;
    const part = newPart({ name });
    this.#parts.push(part);
    return part;
  }
}

function newPart(asset: ReleaseAsset): Part {
  return { asset, byteCount: undefined, etag: undefined, sha256: undefined };
}

function checkPart({ asset, byteCount, sha256 }: Part): void {
  const { name } = asset;
  if (asset.byteCount !== undefined && asset.byteCount !== byteCount)
    throw new WrongBytes(`${name}: ${byteCount} bytes came, the release lists ${asset.byteCount}`);
  if (asset.sha256 !== undefined && asset.sha256 !== sha256)
    throw new WrongBytes(`${name}: what came has not the SHA-256 that the release lists`);
}
