import { createSHA256, type IHasher } from "hash-wasm";

/**
 * A SHA-256 that can be written down half way and taken up by another process, which Node's own cannot: a download of
 * gigabytes is hashed once however often it breaks off.
 */
export class ResumableHash {
  readonly #hasher: IHasher;

  private constructor(hasher: IHasher) {
    this.#hasher = hasher;
  }

  static async create(): Promise<ResumableHash> {
    return new ResumableHash((await createSHA256()).init());
  }

  update(bytes: Uint8Array): void {
    this.#hasher.update(bytes);
  }

  /** @returns the hash of what was added, as hex digits; the next bytes begin a new one */
  finish(): string {
    const sha256 = this.#hasher.digest("hex");
    this.#hasher.init();
    return sha256;
  }

  /** The hash so far, for `load`. */
  save(): string {
    return Buffer.from(this.#hasher.save()).toString("base64");
  }

  /** @returns false when `state` was not saved by this version of the library: the hash is empty then */
  load(state: string): boolean {
    try {
      this.#hasher.load(Buffer.from(state, "base64"));
      return true;
    } catch {
      this.#hasher.init();
      return false;
    }
  }
}
