import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ANSWERS } from "./answers.js";
import { othersBytes } from "./fixture-others.js";

/** Where the build puts the page. */
export const PAGE = fileURLToPath(new URL("../../../dist/page/", import.meta.url));

const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; connect-src 'self'";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

function answer(path: string): { status: number; type: string; body: string | Buffer } {
  if (path === "/api/positions.bin")
    return { status: 200, type: "application/vnd.wheelsdown.positions", body: othersBytes() };
  if (path.startsWith("/api/")) {
    const found = ANSWERS[path];
    const problem = {
      schema: "wheelsdown/problem/1",
      status: 404,
      code: "not-found",
      detail: path,
    };
    return {
      status: found === undefined ? 404 : 200,
      type: "application/json",
      body: JSON.stringify(found ?? problem),
    };
  }
  const file = join(PAGE, path);
  const shown = extname(path) !== "" && existsSync(file) ? file : join(PAGE, "index.html");
  return {
    status: 200,
    type: TYPES[extname(shown)] ?? "application/octet-stream",
    body: readFileSync(shown),
  };
}

/** The built page with the fixture's answers behind it, under the policy of the real server. */
export async function startFakeServer(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const { status, type, body } = answer(pathname);
    response.writeHead(status, { "content-type": type, "content-security-policy": POLICY });
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
