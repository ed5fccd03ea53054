import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import type { Address } from "../aircraft/address.js";
import { WheelsdownError } from "../units/errors.js";
import { byAddress } from "./events-rows.js";
import type { MovementRow } from "./movement-row.js";
import { packRows } from "./packed-rows.js";
import { cellsOfMovement } from "./record-tables.js";
import { MOVEMENTS } from "./schema.js";

/** Gathered in memory before they go to the file. */
const SLAB_BYTES = 1 << 20;

/** Where an aircraft's movements lie. */
export interface HeldPlace {
  readonly start: number;
  readonly byteLength: number;
}

/** Packed movements of many aircraft (packed-rows.ts), of which any part can be read at any time. */
export interface MovementStore {
  /** @returns undefined for an aircraft of which none are held */
  placeOf(address: Address): HeldPlace | undefined;
  /** @returns the bytes, at a multiple of eight in their memory; good until the next call */
  read(place: HeldPlace): Uint8Array;
}

/** @returns the rows in the form in which they are handed over, wait and are written */
export function packMovements(rows: readonly MovementRow[]): Uint8Array<ArrayBuffer> {
  return packRows(MOVEMENTS, rows.map(cellsOfMovement));
}

/** @returns rows of some aircraft, in memory */
export function storeOfRows(rows: readonly MovementRow[]): MovementStore {
  const packed = [...byAddress(rows)].map(([address, of]) => [address, packMovements(of)] as const);
  const memory = new Uint8Array(packed.reduce((sum, [, { byteLength }]) => sum + byteLength, 0));
  const places = new Map<Address, HeldPlace>();
  let start = 0;
  for (const [address, bytes] of packed) {
    memory.set(bytes, start);
    places.set(address, { start, byteLength: bytes.byteLength });
    start += bytes.byteLength;
  }
  return {
    placeOf: (address) => places.get(address),
    read: ({ start: from, byteLength }) => memory.subarray(from, from + byteLength),
  };
}

/**
 * Movements that wait until all points are in: some kilobytes for each aircraft, hundreds of megabytes for a day of the
 * world. They wait in a file, so that memory does not grow with the number of aircraft.
 */
export class HeldMovements implements MovementStore {
  readonly #path: string;
  readonly #held = new Map<Address, HeldPlace>();
  readonly #slab = new Uint8Array(SLAB_BYTES);
  #file: number | undefined;
  /** Bytes in the file; those of the slab come behind them. */
  #written = 0;
  #used = 0;
  #scratch = new Uint8Array(0);

  /** @param path of the file, made with the first movements that do not fit in memory */
  constructor(path: string) {
    this.#path = path;
  }

  placeOf(address: Address): HeldPlace | undefined {
    return this.#held.get(address);
  }

  /** @throws WheelsdownError "io-failed" when the file cannot be read */
  read({ start, byteLength }: HeldPlace): Uint8Array {
    if (start >= this.#written) {
      const at = start - this.#written;
      return this.#slab.subarray(at, at + byteLength);
    }
    if (this.#scratch.length < byteLength) this.#scratch = new Uint8Array(2 * byteLength);
    for (let at = 0; at < byteLength; ) {
      const count = readSync(this.#file!, this.#scratch, at, byteLength - at, start + at);
      if (count === 0)
        throw new WheelsdownError("io-failed", `${this.#path} breaks off; run the ingest again`);
      at += count;
    }
    return this.#scratch.subarray(0, byteLength);
  }

  /**
   * Keeps a copy.
   *
   * @param packed as `packMovements` gives them
   * @throws WheelsdownError "io-failed" when there is no room on the disk
   */
  add(address: Address, packed: Uint8Array): void {
    const { byteLength } = packed;
    if (this.#used + byteLength > SLAB_BYTES) {
      this.#write(this.#slab.subarray(0, this.#used));
      this.#used = 0;
    }
    this.#held.set(address, { start: this.#written + this.#used, byteLength });
    if (byteLength > SLAB_BYTES) this.#write(packed);
    else {
      this.#slab.set(packed, this.#used);
      this.#used += byteLength;
    }
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

  #write(bytes: Uint8Array): void {
    try {
      this.#file ??= openSync(this.#path, "w+");
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.#file, bytes, at, bytes.length - at, this.#written + at);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      const message =
        `writing ${this.#path} failed (${code}); the lake keeps what is there, run the ingest again when the ` +
        "cause is removed";
      throw new WheelsdownError("io-failed", message, { cause });
    }
    this.#written += bytes.length;
  }
}
