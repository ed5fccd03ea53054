import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import type { Address } from "../aircraft/address.js";

/** Gathered in memory before they go to the file. */
const SLAB_BYTES = 1 << 20;

/** Where an aircraft's movements lie in the file. */
interface Held {
  readonly start: number;
  readonly byteLength: number;
}

/**
 * Packed movements that wait until all points are in: some kilobytes for each aircraft, hundreds of megabytes for a day of
 * the world. They wait in a file, so that memory does not grow with the number of aircraft.
 */
export class HeldMovements {
  readonly #path: string;
  readonly #held = new Map<Address, Held>();
  readonly #slab = new Uint8Array(SLAB_BYTES);
  #file: number | undefined;
  /** Bytes in the file; those of the slab come behind them. */
  #written = 0;
  #used = 0;
  #isFull = false;

  /** @param path of the file, made with the first movements that do not fit in memory */
  constructor(path: string) {
    this.#path = path;
  }

  /** @returns undefined for an aircraft of which none are held: they have to be found again */
  get(address: Address): Uint8Array | undefined {
    const held = this.#held.get(address);
    if (!held) return undefined;
    const { start, byteLength } = held;
    if (start >= this.#written) {
      const at = start - this.#written;
      return this.#slab.subarray(at, at + byteLength);
    }
    const packed = new Uint8Array(byteLength);
    const count = readSync(this.#file!, packed, { position: start });
    return count === byteLength ? packed : undefined;
  }

  /** Keeps a copy, if there is room on the disk. */
  add(address: Address, packed: Uint8Array): void {
    const { byteLength } = packed;
    // Found again later, which takes longer and needs no room.
    if (byteLength > SLAB_BYTES || this.#isFull) return;
    if (this.#used + byteLength > SLAB_BYTES && !this.#flush()) return;
    this.#slab.set(packed, this.#used);
    this.#held.set(address, { start: this.#written + this.#used, byteLength });
    this.#used += byteLength;
  }

  /** Its place in the file stays taken. */
  drop(address: Address): void {
    this.#held.delete(address);
  }

  /** Removes the file. */
  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.#path, { force: true });
  }

  #flush(): boolean {
    try {
      this.#file ??= openSync(this.#path, "w+");
      for (let at = 0; at < this.#used; )
        at += writeSync(this.#file, this.#slab, at, this.#used - at, this.#written + at);
    } catch {
      // What is in the slab stays there; whether the disk is full for good the lake's own writing will tell.
      this.#isFull = true;
      return false;
    }
    this.#written += this.#used;
    this.#used = 0;
    return true;
  }
}
