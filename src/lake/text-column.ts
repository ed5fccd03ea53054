import type { DuckDBVector } from "@duckdb/node-api";

/** Bytes of a text in DuckDB's columns: its length and, up to 12 bytes, itself, else where it lies. Source: its string_t. */
const TEXT_BYTES = 16;

/**
 * Hands each row of a column of texts to `put`, as what `numberOf` made of its text. Rows that are the same as the row
 * before are not decoded again: most are, and decoding takes longer than everything else of a row. The package keeps
 * the bytes private in its types; where they are not found, every row is decoded.
 *
 * @param range `to` exclusive
 */
export function eachText(
  vector: DuckDBVector,
  { from, to }: { readonly from: number; readonly to: number },
  numberOf: (text: string) => number,
  put: (row: number, number: number) => void,
): void {
  const { dataView } = vector as unknown as { readonly dataView?: DataView };
  const words = dataView && wordsOf(dataView);
  let before = 0;
  for (let row = from; row < to; row++) {
    if (row === from || !words || !isAsBefore(words, row))
      before = numberOf(String(vector.getItem(row)));
    put(row, before);
  }
}

function wordsOf({ buffer, byteOffset, byteLength }: DataView): Uint32Array | undefined {
  return byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, byteLength / 4) : undefined;
}

/** Same length and same bytes, or the same place in the chunk: nothing moves there while it is read. */
function isAsBefore(words: Uint32Array, row: number): boolean {
  const at = (row * TEXT_BYTES) / 4;
  return (
    words[at] === words[at - 4] &&
    words[at + 1] === words[at - 3] &&
    words[at + 2] === words[at - 2] &&
    words[at + 3] === words[at - 1]
  );
}
