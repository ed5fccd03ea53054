/** chosen: a line of any format read by lines is some hundred bytes, a snapshot of the world on one line 10 MB. */
const LINE_BYTES_MAX = 64e6;

/** One line of an input without its end. */
export interface Line {
  /** Undefined when it is longer than can be held: its bytes were passed over. */
  readonly text: string | undefined;
  /** True for a last line without a line end: it may have been cut. */
  readonly isOpen: boolean;
}

/**
 * Cuts an input into lines ("\n" or "\r\n"), holding one at a time: a line without end costs no more memory than
 * `limitBytes`. A byte order mark at the start is left out.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limitBytes: number = LINE_BYTES_MAX,
): AsyncGenerator<Line> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let tooLong = false;
  let isFirst = true;
  const hold = (piece: Uint8Array): void => {
    heldBytes += piece.length;
    if (heldBytes > limitBytes) {
      tooLong = true;
      held = [];
    } else if (piece.length > 0) held.push(piece);
  };
  const take = (isOpen: boolean): Line => {
    const text = tooLong ? undefined : textOf(held, isFirst);
    held = [];
    heldBytes = 0;
    tooLong = false;
    isFirst = false;
    return { text, isOpen };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      hold(chunk.subarray(start, end));
      start = end + 1;
      yield take(false);
    }
    // Whoever sends chunks may use their memory again.
    if (start < chunk.length) hold(new Uint8Array(chunk.subarray(start)));
  }
  if (heldBytes > 0) yield take(true);
}

const LINE_FEED = 10;

function textOf(pieces: readonly Uint8Array[], isFirst: boolean): string {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  for (const piece of pieces) text += decoder.decode(piece, { stream: true });
  text += decoder.decode();
  if (isFirst) text = text.replace(/^\uFEFF/, "");
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}
