import type { Address } from "../aircraft/address.js";

/** Of one piece of memory that many aircraft's movements share. */
const SLAB_BYTES = 1 << 20;

interface Held {
  readonly slab: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Packed movements that wait until all points are in. They are copied together: a few kilobytes of each aircraft, kept for
 * an hour where its points lay, would leave holes in memory that nothing fits into.
 */
export class HeldMovements {
  readonly #byteMax: number;
  readonly #held = new Map<Address, Held>();
  #slab = new Uint8Array(0);
  #used = 0;
  #byteCount = 0;

  /** @param byteMax what is offered beyond it is not kept */
  constructor(byteMax: number) {
    this.#byteMax = byteMax;
  }

  get(address: Address): Uint8Array | undefined {
    const held = this.#held.get(address);
    return held?.slab.subarray(held.start, held.end);
  }

  /** Keeps a copy, if there is room. */
  add(address: Address, packed: Uint8Array): void {
    const { byteLength } = packed;
    if (this.#byteCount + byteLength > this.#byteMax) return;
    if (this.#used + byteLength > this.#slab.byteLength) {
      this.#slab = new Uint8Array(Math.max(SLAB_BYTES, byteLength));
      this.#used = 0;
    }
    this.#slab.set(packed, this.#used);
    this.#held.set(address, {
      slab: this.#slab,
      start: this.#used,
      end: this.#used + byteLength,
    });
    this.#used += byteLength;
    this.#byteCount += byteLength;
  }

  /** Its place in memory stays taken. */
  drop(address: Address): void {
    const held = this.#held.get(address);
    if (!held) return;
    this.#byteCount -= held.end - held.start;
    this.#held.delete(address);
  }
}
