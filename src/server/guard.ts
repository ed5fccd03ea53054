import type { IncomingMessage } from "node:http";
import { RequestError } from "./problem.js";

/** chosen: a list of a thousand addresses fits */
export const URL_MAX = 8_000;
/** Of all headers of a request together. */
export const HEADERS_MAX_BYTES = 16_000;

/**
 * Lets a request pass that a browser on this machine, or a program, means for us: read-only, without a body, to our own
 * name. Another name means that a page from elsewhere has made its own name point here (DNS rebinding); a page of another
 * site may link to us, but make us work for it unseen it may not.
 *
 * @param port that we listen on
 * @throws RequestError
 */
export function checkRequest(request: IncomingMessage, port: number): void {
  const { method, url = "", headers } = request;
  if (method !== "GET" && method !== "HEAD")
    throw new RequestError(
      405,
      "read-only",
      `${shown(method)} is not answered: only GET and HEAD are`,
      {
        allow: "GET, HEAD",
      },
    );
  if (url.length > URL_MAX)
    throw new RequestError(
      414,
      "too-large",
      `the address is longer than ${URL_MAX} characters: ask for less at once`,
    );
  if (!url.startsWith("/") || url.startsWith("//"))
    throw new RequestError(400, "usage", "the address is none of ours: it begins with one slash");
  const length = headers["content-length"];
  if (headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0"))
    throw new RequestError(400, "usage", "a question has no body: leave it out", {
      connection: "close",
    });
  const hosts = request.rawHeaders.filter((word, at) => at % 2 === 0 && /^host$/i.test(word));
  if (hosts.length > 1)
    throw new RequestError(400, "usage", 'the header "host" is given twice: give it once', {
      connection: "close",
    });
  checkHost(headers.host, port);
  const site = headers["sec-fetch-site"];
  const isForeign = site !== undefined && site !== "same-origin" && site !== "none";
  // In a frame of another site's page it would be work unseen, even if nothing of the answer is shown.
  const isFramed = ["iframe", "frame", "embed", "object"].includes(
    String(headers["sec-fetch-dest"]),
  );
  if (isForeign && (isFramed || headers["sec-fetch-mode"] !== "navigate"))
    throw new RequestError(
      403,
      "foreign",
      "another site's page asks: only this server's own page and programs may",
    );
}

function checkHost(host: string | undefined, port: number): void {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  const ours = names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  if (host !== undefined && ours.includes(host.toLowerCase())) return;
  throw new RequestError(
    421,
    "wrong-host",
    `the header "host" names another server: ask http://127.0.0.1:${port}`,
    { connection: "close" },
  );
}

function shown(word: string | undefined): string {
  return (word ?? "").slice(0, 20);
}
