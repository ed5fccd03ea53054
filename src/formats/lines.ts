import { utf8Chunks } from "./utf16.js";

/** chosen: a line of any format read by lines is some hundred bytes, a snapshot of the world on one line 10 MB. */
const LINE_BYTES_MAX = 64e6;
/** chosen: what a file is read in */
const BLOCK_BYTES_MAX = 65_536;
const LINE_FEED = 10;
const MARK = /^\uFEFF/;
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Takes one line of an input without its end.
 *
 * @param text undefined when it is longer than can be held: its bytes were passed over
 * @param isOpen true for a last line without a line end: it may have been cut
 */
export type TakeLine = (text: string | undefined, isOpen: boolean) => void;

/**
 * Cuts an input into lines ("\n" or "\r\n"), holding one at a time: a line without end costs no more memory than
 * `limitBytes`. A byte order mark at the start is left out.
 */
export async function eachTextLine(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  take: TakeLine,
  limitBytes: number = LINE_BYTES_MAX,
): Promise<void> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isFirst = true;
  const blockBytes = Math.min(BLOCK_BYTES_MAX, limitBytes);
  const give = (last: Uint8Array, isOpen: boolean): void => {
    const byteCount = heldBytes + last.length;
    const text = byteCount > limitBytes ? undefined : textOf(held, last);
    held = [];
    heldBytes = 0;
    take(isFirst ? text?.replace(MARK, "") : text, isOpen);
    isFirst = false;
  };
  for await (const chunk of utf8Chunks(chunks)) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      give(chunk.subarray(start, end), false);
      start = end + 1;
      // Behind that nothing is held: many lines become texts at once.
      const last = chunk.lastIndexOf(LINE_FEED, start + blockBytes);
      if (last > start) {
        for (const line of DECODER.decode(chunk.subarray(start, last)).split("\n"))
          take(withoutReturn(line), false);
        start = last + 1;
      }
    }
    if (start === chunk.length) continue;
    heldBytes += chunk.length - start;
    // Whoever sends chunks may use their memory again.
    if (heldBytes > limitBytes) held = [];
    else held.push(new Uint8Array(chunk.subarray(start)));
  }
  if (heldBytes > 0) give(new Uint8Array(0), true);
}

function textOf(held: readonly Uint8Array[], last: Uint8Array): string {
  const text = held.length === 0 ? DECODER.decode(last) : joinedText([...held, last]);
  return withoutReturn(text);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function joinedText(pieces: readonly Uint8Array[]): string {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return DECODER.decode(bytes);
}
