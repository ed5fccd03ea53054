/** Chunks of which the first bytes can be looked at before they are read. */
export class Peekable {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #held: Uint8Array[] = [];
  /** Bytes handed out by `chunks`. */
  byteCount = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** @returns the first bytes without losing them; fewer than wanted only when there are no more */
  async peek(wantedBytes: number): Promise<Uint8Array> {
    let heldBytes = 0;
    while (heldBytes < wantedBytes) {
      const next = await this.#source.next();
      if (next.done) break;
      this.#held.push(next.value);
      heldBytes += next.value.length;
    }
    const [first] = this.#held;
    const held = this.#held.length === 1 ? first! : Buffer.concat(this.#held);
    return held.subarray(0, wantedBytes);
  }

  /** All bytes, those looked at first. Whoever stops reading closes the source. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
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
    } finally {
      await this.close();
    }
  }

  /** For a source that was looked at and is not read. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
