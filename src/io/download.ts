import { WheelsdownError } from "../units/errors.js";
import { BrokenConnection, type HttpAnswer, type HttpClient } from "./http-client.js";

/** With so many new bytes a connection has done something, and failures are counted anew. chosen: test/io/download.test.ts */
const PROGRESS_BYTES = 1 << 20;

/** What is on the server is not what was begun: what is here already does not fit it. */
export class ChangedOnServer extends Error {}

/** What to download, and what is known of it. */
export interface DownloadRequest {
  readonly url: string;
  /** The first byte wanted; those before it are here already. */
  readonly fromByte: number;
  /** What was said when the download began. */
  readonly begun?: Validators | undefined;
  /** What a list says beside the server. */
  readonly listedBytes?: number | undefined;
  /** More is refused. */
  readonly maxByteCount: number;
}

/** What tells whether a file on a server is still the same. */
export interface Validators {
  readonly byteCount?: number | undefined;
  /** Only a strong one (RFC 9110, 8.8.3). */
  readonly etag?: string | undefined;
}

/** A file on a server, being read. */
export interface Download {
  /** undefined as long as nobody said */
  readonly byteCount: number | undefined;
  readonly etag: string | undefined;
  /**
   * The bytes from `fromByte` on, all of them, over as many connections as it takes.
   *
   * @throws WheelsdownError "io-failed" when the server fails too often, "input-invalid" when what it sends is refused
   * @throws ChangedOnServer
   */
  chunks(): AsyncGenerator<Uint8Array>;
}

/**
 * Begins to read a file on a server. A connection that breaks is made again with a range; a server that gives none
 * sends all again, and what is here already is passed over.
 *
 * @returns undefined when there is no such file
 * @throws as `Download.chunks`
 */
export async function openDownload(
  client: HttpClient,
  request: DownloadRequest,
): Promise<Download | undefined> {
  const reading = new Reading(client, request);
  return (await reading.ask()) ? reading : undefined;
}

class Reading implements Download {
  readonly #client: HttpClient;
  readonly #request: DownloadRequest;
  #validators: Validators;
  /** The next byte to hand out. */
  #offset: number;
  #answer: HttpAnswer | undefined;
  /** Bytes at the start of the answer that are here already. */
  #surplusBytes = 0;

  constructor(client: HttpClient, request: DownloadRequest) {
    this.#client = client;
    this.#request = request;
    this.#validators = request.begun ?? {};
    this.#offset = request.fromByte;
  }

  get byteCount(): number | undefined {
    return this.#validators.byteCount;
  }

  get etag(): string | undefined {
    return this.#validators.etag;
  }

  /** @returns false when there is no such file */
  async ask(): Promise<boolean> {
    const { url } = this.#request;
    const from = this.#offset;
    const answer = await this.#client.get(url, {
      "accept-encoding": "identity",
      ...(from > 0 && { range: `bytes=${from}-` }),
      ...(from > 0 && this.etag !== undefined && { "if-range": this.etag }),
    });
    if (answer.status === 404 || answer.status === 410) {
      answer.discard();
      return false;
    }
    try {
      refuseStrange(url, answer);
      const part = answer.status === 206 ? rangeOf(url, answer, from) : undefined;
      this.#surplusBytes = part ? 0 : from;
      this.#compare(part ? part.totalBytes : contentLength(answer), strongEtag(answer));
    } catch (error) {
      answer.discard();
      throw error;
    }
    this.#answer = answer;
    return true;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const { url, maxByteCount } = this.#request;
    let failureCount = 0;
    let failedAt = this.#offset;
    for (;;) {
      try {
        for await (const chunk of this.#freshChunks()) {
          this.#offset += chunk.length;
          if (this.#offset > maxByteCount) throw tooLarge(url, maxByteCount);
          yield chunk;
        }
        const { byteCount = this.#offset } = this.#validators;
        if (this.#offset === byteCount) {
          this.#validators = { ...this.#validators, byteCount };
          return;
        }
        throw new BrokenConnection(`the server stopped at ${this.#offset} of ${byteCount} bytes`);
      } catch (error) {
        if (!(error instanceof BrokenConnection)) throw error;
        if (this.#offset - failedAt >= PROGRESS_BYTES) failureCount = 0;
        failedAt = this.#offset;
        await this.#client.waitToRetry(url, error, failureCount++);
        if (!(await this.ask())) throw new ChangedOnServer(`${url} is gone`);
      }
    }
  }

  async *#freshChunks(): AsyncGenerator<Uint8Array> {
    const answer = this.#answer;
    if (!answer) throw new Error("a download is read once");
    this.#answer = undefined;
    for await (const chunk of answer.body) {
      const known = Math.min(this.#surplusBytes, chunk.length);
      this.#surplusBytes -= known;
      if (known < chunk.length) yield chunk.subarray(known);
    }
  }

  #compare(byteCount: number | undefined, etag: string | undefined): void {
    const { url, listedBytes, maxByteCount } = this.#request;
    const { byteCount: begunBytes, etag: begunEtag } = this.#validators;
    if (listedBytes !== undefined && byteCount !== undefined && listedBytes !== byteCount) {
      throw new WheelsdownError(
        "input-invalid",
        `${url}: the release lists ${listedBytes} bytes, the server says ${byteCount}; refused`,
      );
    }
    const otherSize =
      begunBytes !== undefined && byteCount !== undefined && begunBytes !== byteCount;
    const otherTag = begunEtag !== undefined && etag !== undefined && begunEtag !== etag;
    if (otherSize || otherTag) throw new ChangedOnServer(`${url} has changed on the server`);
    if ((byteCount ?? 0) > maxByteCount) throw tooLarge(url, maxByteCount);
    this.#validators = {
      byteCount: begunBytes ?? byteCount ?? listedBytes,
      etag: begunEtag ?? etag,
    };
  }
}

/** Answers that are no file. */
function refuseStrange(url: string, answer: HttpAnswer): void {
  const { status } = answer;
  if (status === 416) throw new ChangedOnServer(`${url} is shorter than what is here of it`);
  if (status !== 200 && status !== 206)
    throw new WheelsdownError("io-failed", `${url}: the server answers ${status}`);
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(answer.header("content-type") ?? ""))
    throw htmlInstead(url);
  const encoding = answer.header("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new WheelsdownError(
      "input-invalid",
      `${url}: sent as ${encoding} although asked for as it is; refused`,
    );
  }
}

/** The error for a web page where a file should be. */
export function htmlInstead(url: string): WheelsdownError {
  return new WheelsdownError(
    "input-invalid",
    `${url}: the server sends a web page (HTML) instead of the file; a login, a limit or a moved site: open the address in a browser`,
  );
}

function tooLarge(url: string, maxByteCount: number): WheelsdownError {
  return new WheelsdownError("input-invalid", `${url}: larger than ${maxByteCount} bytes; refused`);
}

/** What a partial answer says it is. */
function rangeOf(
  url: string,
  answer: HttpAnswer,
  fromByte: number,
): { readonly totalBytes: number | undefined } {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(answer.header("content-range") ?? "");
  if (!match || Number(match[1]) !== fromByte) {
    throw new WheelsdownError(
      "input-invalid",
      `${url}: the server sends another range than was asked for; refused`,
    );
  }
  return { totalBytes: match[3] === "*" ? undefined : Number(match[3]) };
}

function contentLength(answer: HttpAnswer): number | undefined {
  const text = answer.header("content-length") ?? "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function strongEtag(answer: HttpAnswer): string | undefined {
  const etag = answer.header("etag");
  return etag?.startsWith('"') ? etag : undefined;
}
