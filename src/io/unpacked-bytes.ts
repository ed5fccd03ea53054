import type { InputSink } from "../track/collector.js";
import { type InputBytes, memoryBytes } from "./input-bytes.js";
import type { ParquetInput } from "./parquet-input.js";
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

/** What is inside an input's gzip or zstd, if it has one, and what is wrong with that. */
export class UnpackedBytes {
  readonly chunks: Peekable;
  readonly #input: InputBytes;
  readonly #packing: Packing;
  readonly #plain: Buffer | undefined;
  #damage: string | undefined;

  private constructor(input: InputBytes, packing: Packing, chunks?: AsyncIterable<Uint8Array>) {
    this.#input = input;
    this.#packing = packing;
    // Of an input that is only looked at, not all is unpacked.
    const isAtOnce = packing === "gzip" && chunks !== undefined;
    this.#plain = isAtOnce && input.whole ? gunzipWhole(input.whole) : undefined;
    this.chunks = new Peekable(
      this.#plain
        ? memoryBytes(input.path, this.#plain).chunks()
        : unpackChunks(packing, chunks ?? input.chunks(), (code) => {
            this.#damage = code;
          }),
    );
  }

  /** @param chunks the input's bytes as stored; left out where only the first are wanted */
  static async of(input: InputBytes, chunks?: AsyncIterable<Uint8Array>): Promise<UnpackedBytes> {
    return new UnpackedBytes(input, packingOf(await input.head(PACKING_BYTES)), chunks);
  }

  /** Why there may be less than there was; undefined when nothing is damaged as far as it was unpacked. */
  get damageText(): string | undefined {
    if (this.#damage === undefined) return undefined;
    return `a damaged ${this.#packing} (${this.#damage}); download it again`;
  }

  /** Opens what begins as Parquet. @throws WheelsdownError as `ParquetInput.open` does */
  async openParquet(): Promise<ParquetInput> {
    // Loaded by those who meet Parquet: what starts processes is not needed by others.
    const { ParquetInput } = await import("./parquet-input.js");
    const plain = this.#packing === "none" ? undefined : this.chunks.chunks();
    return await ParquetInput.open(this.#input, plain);
  }

  /** Lets go of what was unpacked. */
  release(): void {
    if (this.#plain) releaseMemory([this.#plain.buffer]);
  }

  /** Tells, when all is read, whether something is missing. */
  async tellDamage(sink: InputSink): Promise<void> {
    const { damageText } = this;
    if (damageText !== undefined) {
      sink.issue({ kind: `damaged-${this.#packing}`, row: -1, detail: damageText });
    } else if (this.#packing === "gzip" && !this.#plain && !(await this.#isGzipWhole())) {
      sink.issue({
        kind: "truncated-gzip",
        row: -1,
        detail: "the compressed file breaks off; download it again",
      });
    }
  }

  /** The size a gzip says it unpacks to (RFC 1952, ISIZE, modulo 4 GiB) tells at once, when it is right. */
  async #isGzipWhole(): Promise<boolean> {
    const input = this.#input;
    const mark = input.byteCount < 18 ? -1 : Buffer.from(await input.tail(4)).readUInt32LE(0);
    return this.chunks.byteCount % 2 ** 32 === mark || (await isWholeGzip(input));
  }
}
