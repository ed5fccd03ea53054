import { WheelsdownError } from "../units/errors.js";
import { CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./json-bytes.js";
import type { ReaderSink } from "./reader.js";
import { utf8Chunks } from "./utf16.js";

/**
 * Gathers an input into one text. Readers that parse whole documents use this; the limit keeps a bomb from filling
 * the memory (V8 ends texts at 536 million characters).
 *
 * @throws WheelsdownError "input-invalid" over `limitBytes`
 */
export async function wholeText(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limitBytes: number,
): Promise<string> {
  const held: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of utf8Chunks(chunks)) {
    held.push(chunk);
    byteCount += chunk.length;
    if (byteCount > limitBytes) throw tooLarge(limitBytes);
  }
  // At once: a decoder that waits for more is several times slower.
  const text = new TextDecoder().decode(joined(held, byteCount)).replace(/^\uFEFF/, "");
  // A computer that lost its power leaves zeros at a file's end.
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

/**
 * Looks at the first byte of a text behind white space and a byte order mark.
 *
 * @returns that byte, undefined where there is none, and all chunks again, in UTF-8
 */
export async function firstByteOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ readonly byte: number | undefined; readonly chunks: AsyncIterable<Uint8Array> }> {
  const held: Uint8Array[] = [];
  const source = utf8Chunks(chunks);
  let byte: number | undefined;
  while (byte === undefined) {
    const next = await source.next();
    if (next.done) break;
    // Whoever sends chunks may use their memory again.
    held.push(new Uint8Array(next.value));
    byte = next.value.find((one) => !SKIPPED_BYTES.has(one));
  }
  return { byte, chunks: heldThenRest(held, source) };
}

/** White space, and the three bytes of the mark, of which none begins a text. */
const SKIPPED_BYTES: ReadonlySet<number> = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf]);

/** @returns the error for an input that is larger than any of its format */
export function tooLarge(limitBytes: number): WheelsdownError {
  return new WheelsdownError(
    "input-invalid",
    `larger than ${Math.round(limitBytes / 1e6)} MB unpacked, which no file of this format is; split it`,
  );
}

const BACKSLASH = 92;

/** An input as one piece, or, when it is larger than wanted, as it came. */
export interface WholeBytes {
  /** Empty when there is a `rest`. */
  readonly bytes: Uint8Array;
  /** All chunks, those read already first. */
  readonly rest: AsyncIterable<Uint8Array> | undefined;
}

/** Gathers an input into one piece of bytes, up to `limitBytes`. */
export async function wholeBytes(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limitBytes: number,
): Promise<WholeBytes> {
  const held: Uint8Array[] = [];
  let byteCount = 0;
  const source =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  for (;;) {
    const next = await source.next();
    if (next.done) break;
    held.push(next.value);
    byteCount += next.value.length;
    if (byteCount > limitBytes)
      return { bytes: new Uint8Array(0), rest: heldThenRest(held, source) };
  }
  return { bytes: joined(held, byteCount), rest: undefined };
}

function joined(pieces: readonly Uint8Array[], byteCount: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const bytes = new Uint8Array(byteCount);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function* heldThenRest(
  held: Uint8Array[],
  source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* held.splice(0);
  for (;;) {
    const next = await source.next();
    if (next.done) return;
    yield next.value;
  }
}

/** A JSON document, or as much of it as arrived. */
export interface SalvagedJson {
  readonly value: unknown;
  /** True when the document broke off or is damaged: only the rows before that are in `value`. */
  readonly truncated: boolean;
}

/**
 * Parses JSON; a document that breaks off, or is damaged, is cut back to its last whole row before that and closed.
 *
 * @param rowEnd what closes a row: "]" for arrays of arrays, "}" for arrays of objects
 * @param closing what closes the document after a row
 * @returns undefined when not even one row can be saved
 */
function parseOrSalvage(
  text: string,
  rowEnd: "]" | "}",
  closing: string,
): SalvagedJson | undefined {
  try {
    return { value: JSON.parse(text), truncated: false };
  } catch {
    return isTooDeep(text) ? undefined : salvage(text, rowEnd, closing);
  }
}

/** How a document of rows is closed, and what a row is called. */
export interface JsonRows {
  /** What closes a row: "]" for arrays of arrays, "}" for arrays of objects. */
  readonly rowEnd: "]" | "}";
  /** What closes the document after a row. */
  readonly closing: string;
  readonly one: string;
  readonly many: string;
}

/**
 * Parses a document of rows, or as much of it as can be saved, which is then an issue.
 *
 * @throws WheelsdownError "input-invalid" when not even one row can be
 */
export function savedJson(
  text: string,
  { rowEnd, closing, one, many }: JsonRows,
  sink: Pick<ReaderSink, "issue">,
): SalvagedJson {
  const parsed = parseOrSalvage(text, rowEnd, closing);
  if (!parsed) {
    throw new WheelsdownError(
      "input-invalid",
      `not valid JSON and no whole ${one} before the break; download it again`,
    );
  }
  if (parsed.truncated) {
    sink.issue({
      kind: "truncated",
      row: -1,
      detail: `the file breaks off or is damaged; ${many} before that were read`,
    });
  }
  return parsed;
}

/** chosen: the deepest document that is read nests nine deep; each try at a deeper one costs seconds. */
const SALVAGE_DEPTH_MAX = 64;

/** True for a text whose brackets, outside of its texts in quotes, nest deeper than any document that can be saved. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) i += code === BACKSLASH ? 1 : 0;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (++depth > SALVAGE_DEPTH_MAX) return true;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
  }
  return false;
}

function salvage(text: string, rowEnd: "]" | "}", closing: string): SalvagedJson | undefined {
  // Broken off just behind the last row, only the brackets are missing.
  for (let have = 0; have < closing.length; have++) {
    const value = parseOrUndefined(text + closing.slice(have));
    if (value !== undefined) return { value, truncated: true };
  }
  // A comma after the bracket tells a row's end from the end of something inside a row.
  const separator = new RegExp(`\\${rowEnd}\\s*,\\s*(?=[[{])`, "g");
  const ends: number[] = [];
  for (const match of text.matchAll(separator)) ends.push(match.index + 1);
  // Up to the damage every row's end closes a valid document, behind it none does: halving finds the last good one.
  let value: unknown;
  let low = 0;
  let high = ends.length;
  while (low < high) {
    // Most files break off at their end: look there first.
    const middle = high === ends.length && low === 0 ? high - 1 : Math.floor((low + high) / 2);
    const parsed = parseOrUndefined(text.slice(0, ends[middle]) + closing);
    if (parsed === undefined) high = middle;
    else {
      value = parsed;
      low = middle + 1;
    }
  }
  return value === undefined ? undefined : { value, truncated: true };
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** @returns the number, or undefined for null, text and anything else that is not one */
export function numberOrUndefined(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** @returns the trimmed text, or undefined when empty or not text */
export function textOrUndefined(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  // Zeros pad a text to its length in some programs, and end it early in others.
  const trimmed = (value.includes("\0") ? value.replaceAll("\0", "") : value).trim();
  return trimmed === "" ? undefined : trimmed;
}

/** @returns "7700" as 7700; undefined for anything but four octal digits */
export function parseSquawk(value: unknown): number | undefined {
  const text = typeof value === "number" ? String(value).padStart(4, "0") : value;
  if (typeof text !== "string" || text.length !== 4) return undefined;
  let squawk = 0;
  for (let i = 0; i < 4; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 7)) return undefined;
    squawk = squawk * 10 + digit;
  }
  return squawk;
}
