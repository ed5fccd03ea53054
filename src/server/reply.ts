import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import type { KeptBytes } from "./answers/basemap.js";
import type { PageFile } from "./page-files.js";
import { isBug, problemOf, RequestError } from "./problem.js";

/**
 * On every answer. `style-src` allows inline styles because the map library sets them on its elements; nothing is loaded
 * from another place, and no other place may show an answer or read it.
 */
const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

/**
 * For a page that is a document of its own: its own policy and no other, shown in no frame but this server's own page, and
 * without an origin: whatever stands in it can ask this server for nothing. A document without an origin may not also ask
 * for a group of windows of its own (HTML, 7.1.3), so that header goes.
 *
 * @param policy that the page carries in itself
 */
export function setPagePolicy(response: ServerResponse, policy: string): void {
  const whole = `${policy}; frame-ancestors 'self'; sandbox allow-scripts`;
  response.setHeader("content-security-policy", whole);
  response.removeHeader("cross-origin-opener-policy");
}

/** A reader that takes nothing for so long is gone. */
const SLOW_READER_MS = 20_000;
/** Written at once; the next piece waits until it is taken. */
const PIECE_CHARACTERS = 1 << 16;
const IMMUTABLE = "public, max-age=31536000, immutable";

/** Sets what every answer carries. */
export function setSafetyHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(SAFETY_HEADERS)) response.setHeader(name, value);
}

/** What is sent piece by piece. */
export type Sendable = string | AsyncIterable<string | Uint8Array>;

/**
 * Sends text or bytes piece by piece, no faster than they are read.
 *
 * @param signal ends it when the reader is gone
 * @param slowMs how long a reader may take nothing
 */
export async function sendText(
  response: ServerResponse,
  { type, text }: { readonly type: string; readonly text: Sendable },
  { signal, slowMs = SLOW_READER_MS }: { readonly signal: AbortSignal; readonly slowMs?: number },
): Promise<void> {
  response.setHeader("content-type", type);
  response.setHeader("cache-control", "no-store");
  if (response.req.method === "HEAD") {
    response.end();
    return;
  }
  for await (const whole of typeof text === "string" ? [text] : text) {
    for (let at = 0; at < whole.length; at += PIECE_CHARACTERS) {
      // A cut connection tells so later than this loop would ask again.
      if (signal.aborted || response.destroyed) return;
      const isTaken = response.write(pieceAt(whole, at));
      if (!isTaken) await taken(response, slowMs, signal);
    }
  }
  response.end();
  await finished(response, slowMs, signal);
}

/** Pieces must not cut a pair of surrogates: each half alone would be written as U+FFFD. */
function pieceAt(whole: string | Uint8Array, at: number): string | Uint8Array {
  if (typeof whole !== "string") return whole.subarray(at, at + PIECE_CHARACTERS);
  const isLow = (index: number) => (whole.charCodeAt(index) & 0xfc00) === 0xdc00;
  const from = at > 0 && isLow(at) ? at + 1 : at;
  const end = at + PIECE_CHARACTERS;
  return whole.slice(from, end < whole.length && isLow(end) ? end + 1 : end);
}

async function taken(response: ServerResponse, slowMs: number, signal: AbortSignal): Promise<void> {
  await eventOrEnd(response, "drain", { slowMs, signal });
}

async function finished(
  response: ServerResponse,
  slowMs: number,
  signal: AbortSignal,
): Promise<void> {
  if (!response.writableFinished) await eventOrEnd(response, "finish", { slowMs, signal });
}

/** Waits for an event; a reader that is too slow is cut off. */
async function eventOrEnd(
  response: ServerResponse,
  event: "drain" | "finish",
  { slowMs, signal }: { readonly slowMs: number; readonly signal: AbortSignal },
): Promise<void> {
  if (signal.aborted || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(limit);
      response.off(event, end);
      response.off("close", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const limit = setTimeout(() => {
      response.destroy();
      end();
    }, slowMs);
    response.once(event, end);
    response.once("close", end);
    signal.addEventListener("abort", end, { once: true });
  });
}

/** Sends bytes that a browser puts on disk under a name. */
export async function sendDownload(
  response: ServerResponse,
  {
    type,
    bytes,
    name,
  }: { readonly type: string; readonly bytes: Uint8Array; readonly name: string },
  { signal, slowMs = SLOW_READER_MS }: { readonly signal: AbortSignal; readonly slowMs?: number },
): Promise<void> {
  response.setHeader("content-type", type);
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-disposition", `attachment; filename="${name}"`);
  response.setHeader("content-length", bytes.byteLength);
  if (response.req.method === "HEAD") {
    response.end();
    return;
  }
  for (let at = 0; at < bytes.byteLength; at += PIECE_CHARACTERS) {
    if (signal.aborted || response.destroyed) return;
    const isTaken = response.write(bytes.subarray(at, at + PIECE_CHARACTERS));
    if (!isTaken) await taken(response, slowMs, signal);
  }
  response.end();
  await finished(response, slowMs, signal);
}

/** Sends bytes that a browser may keep, compressed as it takes them. */
export async function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  {
    file,
    cache,
  }: {
    readonly file: PageFile | KeptBytes;
    readonly cache: "immutable" | "ask-again" | "never";
  },
  signal: AbortSignal,
): Promise<void> {
  const { type, etag, plain, br, gzip } = file;
  response.setHeader("content-type", type);
  response.setHeader("vary", "accept-encoding");
  const control = { immutable: IMMUTABLE, "ask-again": "no-cache", never: "no-store" };
  response.setHeader("cache-control", control[cache]);
  if (cache !== "never") response.setHeader("etag", etag);
  if (cache !== "never" && request.headers["if-none-match"]?.split(/,\s*/).includes(etag)) {
    response.writeHead(304).end();
    return;
  }
  const accepted = encodingsOf(request);
  const [encoding, bytes] =
    br && accepted.has("br")
      ? ["br", br]
      : gzip && accepted.has("gzip")
        ? ["gzip", gzip]
        : ["", plain];
  if (encoding !== "") response.setHeader("content-encoding", encoding);
  response.setHeader("content-length", bytes.byteLength);
  response.end(request.method === "HEAD" ? undefined : bytes);
  // All of it is a few megabytes, which this machine takes at once.
  await finished(response, SLOW_READER_MS, signal);
}

function encodingsOf(request: IncomingMessage): ReadonlySet<string> {
  const words = String(request.headers["accept-encoding"] ?? "").split(",");
  const named = words.map((word) => word.trim().split(/\s*;\s*/));
  return new Set(named.filter(([, q]) => !/^q=0(\.0*)?$/.test(q ?? "")).map(([name]) => name!));
}

/** Sends what went wrong; an answer that has begun can only break off, so that nobody takes it for whole. */
export function sendProblem(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = problemOf(error);
  if (error instanceof RequestError)
    for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  response.removeHeader("etag");
  response.setHeader("content-type", "application/problem+json; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  const text = JSON.stringify(body);
  response.setHeader("content-length", Buffer.byteLength(text));
  response.statusCode = body.status;
  response.end(response.req.method === "HEAD" ? undefined : text);
}

/** @returns a line for the log when an error is a bug of ours */
export function bugText(error: unknown): string | undefined {
  return isBug(error) ? String((error as Error)?.stack ?? error) : undefined;
}

/** A long text: others are heard between its pieces. */
export async function* withBreaths(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await breath();
  }
}

/** Lets other requests be heard between the making of an answer and its sending. */
export async function breath(): Promise<void> {
  await setImmediate();
}
