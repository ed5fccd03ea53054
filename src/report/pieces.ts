/** Long texts in pieces: others may be heard between two of them, and nobody has to hold the whole. */

/** A text, piece by piece. */
export type Pieces = Iterable<string>;

/** Positions that make one piece. chosen: some milliseconds of work, below what is felt as a halt */
const SLICE_LENGTH = 2_000;

/** @returns the text as one */
export function wholeText(pieces: Pieces): string {
  return [...pieces].join("");
}

/** Texts with something between each two. */
export function* joined(texts: Iterable<Pieces>, between: string): Generator<string> {
  let isFirst = true;
  for (const text of texts) {
    if (!isFirst) yield between;
    isFirst = false;
    yield* text;
  }
}

/** Texts of some things, each made when it is wanted. */
export function* textsOf<T>(
  things: Iterable<T>,
  write: (thing: T) => Iterable<Pieces>,
): Generator<Pieces> {
  for (const thing of things) yield* write(thing);
}

/** The same text in pieces that are worth sending, `lengthMin` characters and more but for the last. */
export function* gathered(pieces: Pieces, lengthMin = 1 << 16): Generator<string> {
  let held = "";
  for (const piece of pieces) {
    held += piece;
    if (held.length < lengthMin) continue;
    yield held;
    held = "";
  }
  if (held !== "") yield held;
}

/** A stretch of indices in parts that are no longer than a piece is to be. */
export function* slicesOf<Stretch extends { readonly start: number; readonly end: number }>(
  stretch: Stretch,
): Generator<Stretch> {
  const { start, end } = stretch;
  for (let at = start; at < end; at += SLICE_LENGTH)
    yield { ...stretch, start: at, end: Math.min(end, at + SLICE_LENGTH) };
}

/**
 * JSON of something with long arrays in it, the text that `JSON.stringify` gives.
 *
 * @param make gives it with `place` where each of the arrays belongs
 * @param arrays in the order of their places, each in slices
 */
export function* jsonPieces(
  make: (place: string) => object,
  arrays: readonly Iterable<readonly unknown[]>[],
): Generator<string> {
  const [head = "", ...tails] = textsAround(make, arrays.length);
  yield head;
  for (const [at, slices] of arrays.entries()) {
    yield "[";
    let isFirst = true;
    for (const slice of slices) {
      if (slice.length === 0) continue;
      yield `${isFirst ? "" : ","}${JSON.stringify(slice).slice(1, -1)}`;
      isFirst = false;
    }
    yield `]${tails[at]!}`;
  }
}

/** The texts between the places. Names come from outside: one that looks like a place is told by its number too many. */
function textsAround(make: (place: string) => object, count: number): string[] {
  for (let trial = 0; ; trial++) {
    const place = `\u0000${trial}`;
    const texts = JSON.stringify(make(place)).split(JSON.stringify(place));
    if (texts.length === count + 1) return texts;
  }
}
