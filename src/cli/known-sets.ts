const HASH_BYTES = 32;

/**
 * Hashes as one sorted piece of shared memory: any number of threads look things up in it without copies of their own.
 *
 * @param sha256s 64 hex digits each, in any order
 */
export function hashesOf(sha256s: Iterable<string>): Uint8Array {
  const sorted = [...sha256s].sort();
  const hashes = new Uint8Array(new SharedArrayBuffer(sorted.length * HASH_BYTES));
  for (const [index, sha256] of sorted.entries())
    hashes.set(Buffer.from(sha256, "hex"), index * HASH_BYTES);
  return hashes;
}

/** @returns whether a hash is in a piece `hashesOf` made */
export function hasHash(hashes: Uint8Array, sha256: string): boolean {
  if (hashes.length === 0) return false;
  const wanted = Buffer.from(sha256, "hex");
  const all = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length);
  let low = 0;
  let high = hashes.length / HASH_BYTES;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = middle * HASH_BYTES;
    const order = all.compare(wanted, 0, HASH_BYTES, start, start + HASH_BYTES);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

/** Whole numbers as one sorted piece of shared memory. */
export function numbersOf(numbers: readonly number[]): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(numbers.length * 4));
  shared.set(numbers);
  return shared.sort();
}

/** @returns whether a number is in a piece `numbersOf` made */
export function hasNumber(numbers: Int32Array, wanted: number): boolean {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = numbers[middle]!;
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle;
  }
  return false;
}
