import { EnvHttpProxyAgent, request } from "undici";
import { WheelsdownError } from "../units/errors.js";
import { formatDuration } from "../units/time.js";
import { VERSION } from "./version.js";

/** Redirects followed for one request. chosen: GitHub needs 1, a mirror 2 or 3; test/io/http-client.test.ts */
const REDIRECT_MAX = 5;
/** The longest wait between two tries of ours. chosen: test/io/http-client.test.ts */
const BACKOFF_MAX_MS = 60_000;
/** A server that asks for more is told about instead of waited for. chosen: test/io/http-client.test.ts */
const RETRY_AFTER_MAX_MS = 600_000;
/** How often a wait looks whether the user wants to stop. */
const WAIT_STEP_MS = 100;
/** Answers that may be different in a moment (RFC 9110, RFC 6585). */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** How requests are made: slowly, a limited number of times, and never more than a limit of bytes. */
export interface HttpOptions {
  /** Between the starts of two requests, and the first wait after a failure, which doubles from there on. */
  readonly pauseMs: number;
  /** How often in a row a failed request is made again. */
  readonly retryCount: number;
  /** A connection that is silent for so long is given up. */
  readonly silenceMaxMs: number;
  /** Bytes of all bodies together. */
  readonly maxBytes: number;
  readonly onNote: (text: string) => void;
  /** Throws when the user wants to stop. */
  readonly checkInterrupt: () => void;
}

/** An answer whose body is as the server sent it: nothing is unpacked. Read the body or discard it. */
export interface HttpAnswer {
  readonly status: number;
  /** @returns undefined when the header is not there */
  header(name: string): string | undefined;
  /** @throws BrokenConnection when it breaks off */
  readonly body: AsyncIterable<Uint8Array>;
  discard(): void;
}

type HttpHeaders = Readonly<Record<string, string>>;

interface RequestWords {
  readonly method: "GET" | "HEAD";
  readonly headers: HttpHeaders;
}

/** A connection that failed in a way that may pass. */
export class BrokenConnection extends Error {
  /** What the server asked to wait for, NaN when it did not. */
  readonly waitMs: number;

  constructor(
    message: string,
    options: { readonly waitMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.waitMs = options.waitMs ?? Number.NaN;
  }
}

/** Asks servers for things: one request at a time, politely, over http and https only. Honours HTTPS_PROXY. */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #dispatcher: EnvHttpProxyAgent;
  #nextRequestMs = 0;
  #receivedBytes = 0;
  #wasAnswered = false;
  /** Hosts that asked to be left alone for long, and what they said: they are not asked again. */
  readonly #closed = new Map<string, string>();

  constructor(options: HttpOptions) {
    this.#options = options;
    const { silenceMaxMs } = options;
    this.#dispatcher = new EnvHttpProxyAgent({
      headersTimeout: silenceMaxMs,
      bodyTimeout: silenceMaxMs,
      connect: { timeout: silenceMaxMs },
    });
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** True once the limit of bytes is reached: no more can be received. */
  get isSpent(): boolean {
    return this.#receivedBytes > this.#options.maxBytes;
  }

  /** False as long as no server answered anything. */
  get wasAnswered(): boolean {
    return this.#wasAnswered;
  }

  /**
   * Asks until there is an answer that will not change by asking again.
   *
   * @throws WheelsdownError "io-failed" when there is none, "input-invalid" for a redirect that is not followed
   */
  async get(url: string, headers: HttpHeaders = {}): Promise<HttpAnswer> {
    return await this.#ask(url, { method: "GET", headers });
  }

  /** As `get` without asking again, for what one can do without. @throws BrokenConnection too */
  async getOnce(url: string): Promise<HttpAnswer> {
    return await this.#askOnce(url, { method: "GET", headers: {} });
  }

  /**
   * @returns false only when the server says that there is no such thing
   * @throws as `get`, and WheelsdownError "io-failed" when the server says neither yes nor no
   */
  async exists(url: string): Promise<boolean> {
    const isThere = await this.#headSays(url);
    if (isThere !== undefined) return isThere;
    // A server that does not answer this kind of question has not said no: the first byte is asked for.
    const answer = await this.#ask(url, { method: "GET", headers: { range: "bytes=0-0" } });
    answer.discard();
    const isHad = existenceOf(answer.status);
    if (isHad !== undefined) return isHad;
    throw new WheelsdownError("io-failed", `${url}: the server answers ${answer.status}`);
  }

  /** @returns undefined when the answer to HEAD is neither yes nor no */
  async #headSays(url: string): Promise<boolean | undefined> {
    try {
      return existenceOf((await this.#askOnce(url, { method: "HEAD", headers: {} })).status);
    } catch (error) {
      if (!(error instanceof BrokenConnection)) throw error;
      if (!Number.isNaN(error.waitMs)) await this.waitToRetry(url, error, 0);
      return undefined;
    }
  }

  async #ask(url: string, words: RequestWords): Promise<HttpAnswer> {
    for (let failureCount = 0; ; failureCount++) {
      try {
        return await this.#askOnce(url, words);
      } catch (error) {
        if (!(error instanceof BrokenConnection)) throw error;
        await this.waitToRetry(url, error, failureCount);
      }
    }
  }

  /**
   * Waits before a request is made again, longer each time, and as long as the server asks within bounds.
   *
   * @param failureCount how often it was made again already
   * @throws WheelsdownError "io-failed" when it was often enough
   */
  async waitToRetry(url: string, failure: BrokenConnection, failureCount: number): Promise<void> {
    const { retryCount, pauseMs, onNote } = this.#options;
    const { host } = new URL(url);
    if (failure.waitMs > RETRY_AFTER_MAX_MS) {
      const asked = `${host} asks to come back in ${formatDuration(failure.waitMs)}; run the same command again then`;
      this.#closed.set(host, asked);
      throw new WheelsdownError("io-failed", asked);
    }
    if (failureCount >= retryCount) {
      throw new WheelsdownError(
        "io-failed",
        `${url}: ${failure.message}; asked ${failureCount + 1} times; run the same command again to go on`,
        { cause: failure },
      );
    }
    const backoffMs = Math.min(pauseMs * 2 ** failureCount, BACKOFF_MAX_MS);
    const waitMs = Number.isNaN(failure.waitMs) ? backoffMs : Math.max(failure.waitMs, backoffMs);
    onNote(
      `${host}: ${failure.message}; try ${failureCount + 2} of ${retryCount + 1} in ${formatDuration(waitMs)}`,
    );
    await this.#wait(waitMs);
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #askOnce(url: string, words: RequestWords): Promise<HttpAnswer> {
    const closed = this.#closed.get(new URL(url).host);
    if (closed !== undefined) throw new WheelsdownError("io-failed", closed);
    await this.#wait(this.#nextRequestMs - performance.now());
    this.#nextRequestMs = performance.now() + this.#options.pauseMs;
    let at = new URL(url);
    for (let hop = 0; hop <= REDIRECT_MAX; hop++) {
      const answer = await this.#send(at, words);
      const next = redirectOf(answer, at);
      if (!next) {
        if (!PASSING.has(answer.status)) return answer;
        answer.discard();
        throw new BrokenConnection(`the server answers ${answer.status}`, {
          waitMs: retryAfterMs(answer.header("retry-after")),
        });
      }
      answer.discard();
      at = next;
    }
    throw new WheelsdownError("input-invalid", `${url}: more than ${REDIRECT_MAX} redirects`);
  }

  async #send(url: URL, { method, headers }: RequestWords): Promise<HttpAnswer> {
    try {
      const answer = await request(url, {
        dispatcher: this.#dispatcher,
        method,
        headers: { "user-agent": `wheelsdown/${VERSION}`, ...headers },
      });
      this.#wasAnswered = true;
      // An error after the body was discarded concerns nobody, and unheard it would end the program.
      answer.body.on("error", () => undefined);
      return {
        status: answer.statusCode,
        header: (name) => answer.headers[name]?.toString(),
        body: this.#counted(answer.body),
        discard: () => void answer.body.destroy(),
      };
    } catch (error) {
      throw passingOrFinal(error, url);
    }
  }

  async *#counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { maxBytes, checkInterrupt } = this.#options;
    try {
      for await (const chunk of body) {
        checkInterrupt();
        this.#receivedBytes += chunk.length;
        if (this.isSpent) {
          throw new WheelsdownError(
            "io-failed",
            `more than ${maxBytes} bytes (--max-bytes) would be received; run the same command again to go on`,
          );
        }
        yield chunk;
      }
    } catch (error) {
      throw passingOrFinal(error);
    }
  }

  async #wait(waitMs: number): Promise<void> {
    const endMs = performance.now() + waitMs;
    for (;;) {
      this.#options.checkInterrupt();
      const restMs = endMs - performance.now();
      if (!(restMs > 0)) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(restMs, WAIT_STEP_MS)));
    }
  }
}

/**
 * Reads an address to ask.
 *
 * @param what "--base", for the message
 * @throws WheelsdownError "usage" unless it is http or https, without a password
 */
export function parseHttpUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new WheelsdownError("usage", `${what} ${text} is no http:// or https:// address`);
  // Addresses are written into the provenance, which people pass on.
  if (url.username || url.password)
    throw new WheelsdownError("usage", `${what} holds a user name or password; leave them out`);
  return url;
}

/** @returns undefined for an answer that says neither yes nor no, as of a server that does not know the method */
function existenceOf(status: number): boolean | undefined {
  // An empty file has no first byte to ask for (416), and is there (RFC 9110, 15.5.17).
  if ((status >= 200 && status < 300) || status === 416) return true;
  return status === 404 || status === 410 ? false : undefined;
}

/** @returns where an answer sends us, undefined when it is no redirect */
function redirectOf(answer: HttpAnswer, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  const location = answer.header("location") ?? "";
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isHttp =
    to?.protocol === "https:" || (to?.protocol === "http:" && from.protocol === "http:");
  if (to && location !== "" && isHttp) return to;
  answer.discard();
  throw new WheelsdownError(
    "input-invalid",
    `${from.href}: redirected to "${location}", which is not followed: only to https, or from http to http`,
  );
}

/** @returns NaN when there is none; seconds or a date (RFC 9110, 10.2.3) */
function retryAfterMs(text: string | undefined): number {
  if (text === undefined) return Number.NaN;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  // The one place where the machine's clock counts: a date to wait for means nothing without it.
  return Math.max(0, Date.parse(text) - Date.now());
}

/** A certificate does not get better by asking again; what names no code is a bug of ours and passes as it is. */
function passingOrFinal(error: unknown, url?: URL): unknown {
  if (error instanceof WheelsdownError || error instanceof BrokenConnection) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (typeof code !== "string") return error;
  const where = url ? `${url.host}: ` : "";
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return new WheelsdownError("io-failed", `${where}no secure connection (${code})`, {
      cause: error,
    });
  }
  return new BrokenConnection(`the connection failed (${code}${message ? `: ${message}` : ""})`, {
    cause: error,
  });
}
