/** Cells longer than this are not held. chosen: callsigns, addresses and names of types are all far shorter */
const HELD_BYTES_MAX = 64;

/**
 * What was made of a cell, beside its bytes: rows of one aircraft follow one another and say much of the same again, which is
 * quicker to see than to read.
 */
export class HeldCell<T> {
  readonly #bytes = new Uint8Array(HELD_BYTES_MAX);
  #count = -1;
  /** Of the cell that is held. */
  value: T;

  /** @param value before there is a cell */
  constructor(value: T) {
    this.value = value;
  }

  /** @returns whether these are the bytes that `value` was made of */
  isSame(bytes: Uint8Array, start: number, end: number): boolean {
    const held = this.#bytes;
    const count = end - start;
    if (count !== this.#count) return false;
    for (let i = 0; i < count; i++) if (bytes[start + i] !== held[i]) return false;
    return true;
  }

  /** @returns `value`, which is held from now on if its cell is short enough */
  hold(bytes: Uint8Array, start: number, end: number, value: T): T {
    const count = end - start;
    this.#count = count > HELD_BYTES_MAX ? -1 : count;
    if (count <= HELD_BYTES_MAX) this.#bytes.set(bytes.subarray(start, end));
    this.value = value;
    return value;
  }
}
