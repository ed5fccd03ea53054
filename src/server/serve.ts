/** The server: one process on this machine's own address, which answers questions to one lake. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Lake, openLake } from "../lake/lake.js";
import { startEngine } from "../lake/started-engine.js";
import { type ShowingOptions, showingAt } from "../query/withhold.js";
import { loadReference } from "../reference/reference.js";
import { WheelsdownError } from "../units/errors.js";
import { aircraftIndex } from "./aircraft-index.js";
import { baseMap } from "./answers/basemap.js";
import { lakeSummary } from "./answers/lake.js";
import type { Answer, Asking, Served } from "./asking.js";
import { dossierShelf } from "./dossier-shelf.js";
import type { QueueName } from "./endpoints.js";
import { checkRequest, HEADERS_MAX_BYTES } from "./guard.js";
import { onceForState } from "./once-for-state.js";
import { MEDIA_TYPES, openApi } from "./openapi.js";
import { isPagePath, NO_PAGE_HTML, type PageFiles, pageFiles } from "./page-files.js";
import { checkQuery, readQuery } from "./parameters.js";
import { problem, RequestError } from "./problem.js";
import {
  breath,
  bugText,
  type Sendable,
  sendBytes,
  sendDownload,
  sendProblem,
  sendText,
  setPagePolicy,
  setSafetyHeaders,
} from "./reply.js";
import { pathParts, type Route, routeOf } from "./route.js";
import { type Turns, turns } from "./turns.js";

/** Only this machine: what the lake holds is its owner's. */
const HOST = "127.0.0.1";
/** A browser opens six connections to a site. chosen: some browsers and some programs */
const CONNECTIONS_MAX = 100;
/** Headers come in one piece from this machine; who sends them drop by drop holds a connection. chosen */
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;
const IDLE_MS = 5_000;
const CHECK_MS = 1_000;
/** Of each queue. Two questions at once keep both DuckDB and this thread busy; more would only share the memory. chosen */
const RUNNING_MAX = 2;
const WAITING_MAX = 30;
/** Answers that are being sent may end; then they are cut off. */
const GRACE_MS = 2_000;

/** What is served, and where. */
export interface ServeOptions extends ShowingOptions {
  /** Folder of the lake. */
  readonly lake: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Lines for the person who started it. */
  readonly onNote: (text: string) => void;
  /** Folder of the built page; the program's own when left out. */
  readonly pageFolder?: string;
  /** How long a reader of an answer may take nothing; 20 s when left out. */
  readonly slowReaderMs?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** "http://127.0.0.1:8787/" */
  readonly url: string;
  /** Takes no more questions, ends the running ones, closes the lake. */
  close(): Promise<void>;
}

interface Context {
  readonly served: Served;
  readonly page: PageFiles;
  readonly map: ReturnType<typeof baseMap>;
  readonly turns: Readonly<Record<QueueName, Turns>>;
  readonly options: ServeOptions;
  /** Of the requests that are being answered; aborted when the asker goes or the server stops. */
  readonly open: Set<AbortController>;
  port: number;
}

/**
 * Opens a lake and answers questions to it.
 *
 * @throws WheelsdownError "input-missing" when there is no lake, "usage" when the port is taken
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const started = await startEngine(options.lake);
  const lake = await openLake(options.lake, { started });
  try {
    return await listenWith(lake, options);
  } catch (error) {
    await lake.close();
    throw error;
  }
}

async function listenWith(lake: Lake, options: ServeOptions): Promise<RunningServer> {
  const reference = await loadReference({ onProgress: options.onNote });
  const context: Context = {
    served: {
      lake,
      lakeName: options.lake,
      reference,
      dossiers: dossierShelf(),
      index: aircraftIndex(lake),
      summary: onceForState(lake, lakeSummary),
      // The one place where the server reads the clock: for each question anew, as it runs for days.
      showing: () => showingAt(Date.now(), options, "serve"),
    },
    page: pageFiles(options.pageFolder),
    map: baseMap(reference.airports),
    turns: {
      aircraft: turns({ running: RUNNING_MAX, waiting: WAITING_MAX }),
      places: turns({ running: RUNNING_MAX, waiting: WAITING_MAX }),
    },
    options,
    open: new Set(),
    port: options.port,
  };
  const running = new Set<Promise<void>>();
  const server = httpServer((request, response) => {
    const answered = answer(request, response, context);
    running.add(answered);
    void answered.finally(() => running.delete(answered));
  });
  await listen(server, options.port);
  context.port = (server.address() as AddressInfo).port;
  return {
    port: context.port,
    url: `http://${HOST}:${context.port}/`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.race([closed, wait(GRACE_MS)]);
      for (const one of context.open) one.abort();
      server.closeAllConnections();
      await Promise.all([closed, ...running]);
      await lake.close();
    },
  };
}

function httpServer(
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const server = createServer(
    {
      maxHeaderSize: HEADERS_MAX_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: CHECK_MS,
      requireHostHeader: false,
      insecureHTTPParser: false,
    },
    onRequest,
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on("clientError", refuse);
  // A second protocol on the connection, or a tunnel: neither is spoken here.
  server.on("upgrade", (_request, socket) => socket.destroy());
  server.on("connect", (_request, socket) => socket.destroy());
  return server;
}

const CLIENT_ERRORS: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large", "the headers are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "the request took too long to arrive"],
};

/** What is no HTTP gets one short answer, and the connection is over. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  // Behind an answer that was sent on this connection, a second one would be taken for something else's.
  if (!socket.writable || socket.bytesWritten > 0 || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const [status, reason, detail] = CLIENT_ERRORS[error.code ?? ""] ?? [
    400,
    "Bad Request",
    "this is no HTTP request",
  ];
  const body = JSON.stringify(problem(status, "usage", detail));
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE" || error.code === "EACCES";
      const cure = "give another with --port, or --port 0 for any that is free";
      reject(
        isTaken
          ? new WheelsdownError("usage", `port ${port} is not to be had (${error.code}): ${cure}`)
          : error,
      );
    });
    server.listen({ host: HOST, port, exclusive: true }, resolve);
  });
}

function wait(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs).unref();
  });
}

/** Answers one request; whatever goes wrong becomes an answer too. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const gone = new AbortController();
  context.open.add(gone);
  response.on("close", () => gone.abort());
  response.on("error", () => gone.abort());
  setSafetyHeaders(response);
  try {
    checkRequest(request, context.port);
    await answerWell(request, response, { context, signal: gone.signal });
  } catch (error) {
    const bug = bugText(error);
    if (bug !== undefined)
      context.options.onNote(`this is a bug of wheelsdown, please report it: ${bug}`);
    if (!gone.signal.aborted) sendProblem(response, error);
  } finally {
    context.open.delete(gone);
    // What a stranger may still send on this connection is read away, so that it can be used again.
    request.resume();
  }
}

interface Answering {
  readonly context: Context;
  readonly signal: AbortSignal;
}

async function answerWell(
  request: IncomingMessage,
  response: ServerResponse,
  answering: Answering,
): Promise<void> {
  const { context, signal } = answering;
  const url = request.url!;
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? "" : url.slice(mark + 1);
  if (path.includes("#"))
    throw new RequestError(400, "usage", 'the address holds a "#": leave it out');
  const file = context.page.byPath.get(path);
  if (file) {
    const cache = file.isImmutable ? "immutable" : "ask-again";
    await sendBytes(request, response, { file, cache }, signal);
    return;
  }
  const parts = pathParts(path);
  if (parts[1] !== "api") {
    await sendPage(request, response, { parts, ...answering });
    return;
  }
  if (path === "/api/openapi.json") {
    await sendText(
      response,
      { type: MEDIA_TYPES.json, text: JSON.stringify(openApi()) },
      { signal },
    );
    return;
  }
  const route = routeOf(parts);
  const values = checkQuery(route.endpoint.query, readQuery(query));
  const asking: Asking = { ...route, served: context.served, values, signal };
  await ask(request, response, { route, asking, context });
}

async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  { parts, context, signal }: Answering & { readonly parts: readonly string[] },
): Promise<void> {
  if (!isPagePath(parts)) {
    // Who opens it in a browser reads the page's own words; a file of the page that is missing is no such navigation.
    if (!/\btext\/html\b/.test(request.headers.accept ?? ""))
      throw new RequestError(404, "not-found", "there is no such page; / is the first one");
    response.statusCode = 404;
  }
  const { index } = context.page;
  if (index) await sendBytes(request, response, { file: index, cache: "never" }, signal);
  else
    await sendText(response, { type: "text/html; charset=utf-8", text: NO_PAGE_HTML }, { signal });
}

/** Asks the lake when it is this question's turn, and sends what it answers. */
async function ask(
  request: IncomingMessage,
  response: ServerResponse,
  {
    route,
    asking,
    context,
  }: { readonly route: Route; readonly asking: Asking; readonly context: Context },
): Promise<void> {
  const { endpoint, format } = route;
  const { signal } = asking;
  const { queue } = endpoint;
  const end = queue === "none" ? undefined : await context.turns[queue].take(signal);
  try {
    const found = await endpoint.ask(asking);
    if (found.kind === "kept") {
      const cache = asking.values["v"] === undefined ? "ask-again" : "immutable";
      await sendBytes(request, response, { file: await context.map(found.key), cache }, signal);
      return;
    }
    await breath();
    const { slowReaderMs: slowMs } = context.options;
    const sending = { signal, ...(slowMs !== undefined && { slowMs }) };
    if (found.kind === "download") {
      end?.();
      await sendDownload(response, { type: MEDIA_TYPES[format], ...found }, sending);
      return;
    }
    if (found.kind === "page") setPagePolicy(response, found.policy);
    // A text that is whole needs no more of the lake: its reader may be slow without keeping others waiting.
    const text = textOf(found);
    if (typeof text === "string") end?.();
    await sendText(response, { type: MEDIA_TYPES[format], text }, sending);
  } finally {
    end?.();
  }
}

function textOf(found: Exclude<Answer, { readonly kind: "kept" | "download" }>): Sendable {
  if (found.kind === "bytes") return found.bytes;
  return found.kind === "json" ? `${JSON.stringify(found.value)}\n` : found.text;
}
