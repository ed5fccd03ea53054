import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

/** One file of a site. */
export interface SiteFile {
  readonly content: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as it came, and its number for that path, from 1. */
export interface Asking {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingMessage["headers"];
  readonly count: number;
}

export interface SiteOptions {
  /** Answers instead of the site; true when it did. */
  readonly disturb?: (asking: Asking, response: ServerResponse) => boolean;
  /** False for a server that knows no ranges. */
  readonly hasRanges?: boolean;
  /** Called with the bytes of bodies sent so far. */
  readonly onSent?: (sentBytes: number) => void;
}

const PIECE_BYTES = 64 << 10;

/** A small web server on this machine, for one test file. */
export class Site {
  readonly files = new Map<string, SiteFile>();
  readonly askings: Asking[] = [];
  options: SiteOptions = {};
  base = "";
  sentBytes = 0;

  put(path: string, content: Uint8Array | string, headers: Record<string, string> = {}): void {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    this.files.set(path, { content: bytes, headers });
  }

  /** Forgets what was asked and how to disturb. */
  reset(options: SiteOptions = {}): void {
    this.askings.length = 0;
    this.sentBytes = 0;
    this.options = options;
  }

  /** @returns the asked paths, the last part of each */
  get askedNames(): string[] {
    return this.askings.map(({ path }) => path.split("/").at(-1) ?? "");
  }

  static async start(): Promise<Site> {
    const site = new Site();
    const server = createServer((request, response) => void site.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    site.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    return site;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => undefined);
    const { url: path = "", method = "", headers } = request;
    const count = this.askings.filter((one) => one.path === path).length + 1;
    const asking = { path, method, headers, count };
    this.askings.push(asking);
    if (this.options.disturb?.(asking, response)) return;
    const file = this.files.get(path);
    if (!file) return void response.writeHead(404).end("nothing here");
    const { content } = file;
    const etag = file.headers?.["etag"];
    const ifRange = headers["if-range"];
    const range = /^bytes=(\d+)-$/.exec(headers.range ?? "");
    const from =
      range && this.options.hasRanges !== false && (ifRange === undefined || ifRange === etag)
        ? Number(range[1])
        : 0;
    const size = content.length;
    if (from >= size && from > 0) return void response.writeHead(416).end();
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": size - from,
      ...(from > 0 && { "content-range": `bytes ${from}-${size - 1}/${size}` }),
      ...file.headers,
    });
    if (method === "HEAD") return void response.end();
    await this.#send(response, content.subarray(from));
  }

  async #send(response: ServerResponse, content: Uint8Array): Promise<void> {
    for (let at = 0; at < content.length && !response.destroyed; at += PIECE_BYTES) {
      const piece = content.subarray(at, at + PIECE_BYTES);
      this.sentBytes += piece.length;
      this.options.onSent?.(this.sentBytes);
      if (!response.write(piece)) {
        await new Promise<void>((resolve) => {
          const go = () => {
            response.off("drain", go).off("close", go);
            resolve();
          };
          response.on("drain", go).on("close", go);
        });
      }
    }
    response.end();
  }
}

/** Sends so many bytes of a body that was said to be longer, and hangs up. */
export function breakOff(response: ServerResponse, content: Uint8Array, sayBytes: number): true {
  response.writeHead(200, { "content-length": sayBytes });
  response.write(content, () => response.destroy());
  return true;
}
