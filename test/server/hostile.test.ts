import assert from "node:assert/strict";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { served } from "./served.js";

const server = served();

function open(): Socket {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => undefined);
  return socket;
}

/** Sends bytes as they are. @returns all that comes back until the connection ends, or for some seconds */
async function raw(text: string, waitMs = 5_000): Promise<string> {
  const socket = open();
  let got = "";
  socket.setEncoding("latin1").on("data", (piece: string) => (got += piece));
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.write(text, "latin1");
  await Promise.race([ended, wait(waitMs)]);
  socket.destroy();
  return got;
}

const host = () => `host: 127.0.0.1:${server.port}\r\n`;
const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

/** A request by words. @returns the statuses of what is answered */
async function ask(line: string, headers = host(), body = ""): Promise<number[]> {
  return statuses(await raw(`${line} HTTP/1.1\r\n${headers}connection: close\r\n\r\n${body}`));
}

async function assertAlive(): Promise<void> {
  const { status } = await server.get("/api/lake");
  assert.equal(status, 200);
}

test("no path leads to a file that is not the page's", async () => {
  const paths = [
    "/assets/..%2f..%2fpackage.json",
    "/assets/../../package.json",
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/package.json",
    "/..%5c..%5cpackage.json",
    "/assets/%252e%252e/package.json",
    "//etc/passwd",
    "/assets//etc/passwd",
    "/assets/x%00.js",
    "/index.html%00",
    "/C:/windows/win.ini",
    "file:///etc/passwd",
    "/package.json",
    "/api/aircraft/..%2f..%2fx",
    "/api/aircraft/%00",
    "/api/airport/%F0%9F%9B%A9",
    "/api/airport/%ff",
    "/api/airport/__proto__",
    "/api/constructor",
    "/api/./lake",
    "*",
    "http://127.0.0.1/api/lake",
  ];
  for (const path of paths) {
    const text = await raw(`GET ${path} HTTP/1.1\r\n${host()}connection: close\r\n\r\n`);
    const [status = 0] = statuses(text);
    assert.ok(status === 400 || status === 404, `${path}: ${text.slice(0, 200)}`);
    assert.doesNotMatch(text, /root:|dependencies|\[fonts\]/, path);
  }
  await assertAlive();
});

test("only the server's own name is answered, and no other site's page", async () => {
  const ours = ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"];
  for (const name of ours)
    assert.deepEqual(await ask("GET /api/lake", `host: ${name}:${server.port}\r\n`), [200], name);
  const others = ["evil.example", "127.0.0.1", `evil.example:${server.port}`, "127.0.0.1:1", ""];
  for (const name of others)
    assert.deepEqual(await ask("GET /api/lake", `host: ${name}\r\n`), [421], name);
  assert.deepEqual(await ask("GET /api/lake", ""), [421], "no host at all");
  const twice = await ask("GET /api/lake", `${host()}host: evil.example\r\n`);
  assert.deepEqual(twice, [400], "two hosts");
  const foreign = (mode: string, site: string) =>
    ask("GET /api/lake", `${host()}sec-fetch-site: ${site}\r\nsec-fetch-mode: ${mode}\r\n`);
  assert.deepEqual(await foreign("no-cors", "cross-site"), [403]);
  assert.deepEqual(await foreign("cors", "same-site"), [403]);
  assert.deepEqual(await foreign("navigate", "cross-site"), [200], "a link may lead here");
  assert.deepEqual(await foreign("cors", "same-origin"), [200]);
});

test("nothing is written and nothing is sent to it: only GET and HEAD, without a body", async () => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
    assert.deepEqual(await ask(`${method} /api/lake`), [405], method);
  assert.deepEqual(await ask("CONNECT 127.0.0.1:22"), []);
  assert.equal((await ask("NONSENSE /api/lake"))[0], 400);
  const head = await raw(`HEAD /api/lake HTTP/1.1\r\n${host()}connection: close\r\n\r\n`);
  assert.deepEqual(statuses(head), [200]);
  assert.ok(head.endsWith("\r\n\r\n"), "no body");
  assert.deepEqual(await ask("GET /api/lake", `${host()}content-length: 5\r\n`, "hello"), [400]);
  const upgrade = `${host()}connection: upgrade\r\nupgrade: websocket\r\n`;
  assert.deepEqual(await ask("GET /api/lake", upgrade), []);
});

test("a request that two readers would cut in two ways is refused", async () => {
  const inner = `GET /api/method HTTP/1.1\r\n${host()}\r\n`;
  const both = `${host()}content-length: 4\r\ntransfer-encoding: chunked\r\n`;
  const tricks = [
    [`GET /api/lake HTTP/1.1\r\n${both}\r\n0\r\n\r\n${inner}`, "both lengths"],
    [
      `GET /api/lake HTTP/1.1\r\n${host()}content-length: 4\r\ncontent-length: 0\r\n\r\n${inner}`,
      "two lengths",
    ],
    [
      `GET /api/lake HTTP/1.1\r\n${host()}transfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      "chunks",
    ],
    [
      `GET /api/lake HTTP/1.1\r\n${host()}transfer-encoding: xchunked\r\n\r\n${inner}`,
      "unknown coding",
    ],
    [
      `GET /api/lake HTTP/1.1\r\n${host()}content-length: +${inner.length}\r\n\r\n${inner}`,
      "a sign",
    ],
    [`GET /api/lake HTTP/1.1\r\n${host()}x: a\r\n b: folded\r\n\r\n`, "a folded line"],
    [`GET /api/lake HTTP/1.1\r\n${host()}x : a\r\n\r\n`, "a space before the colon"],
    [`GET /api/lake HTTP/1.1\n${host()}\n`, "bare line feeds"],
    [`GET /api/lake HTTP/1.1\r\n${host()}x: a\nb: c\r\n\r\n`, "a bare line feed in a header"],
    [`GET /api/lake HTTP/1.1\r\n${host()}x: a\0b\r\n\r\n`, "a NUL in a header"],
    [`GET /api/la\tke HTTP/1.1\r\n${host()}\r\n`, "a tab in the path"],
    ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "TLS"],
    ["GET /api/lake\r\n\r\n", "HTTP 0.9"],
  ] as const;
  for (const [text, what] of tricks) {
    const got = statuses(await raw(text, 1_000));
    assert.ok(got.length <= 1, `${what}: answered ${got.length} times`);
    assert.ok(got.length === 0 || got[0]! >= 400, `${what}: ${got[0]}`);
  }
  // RFC 9112, 3: a reader may take several spaces for one; nothing can hide behind them.
  const spaces = `GET  /api/lake  HTTP/1.1\r\n${host()}connection: close\r\n\r\n`;
  assert.deepEqual(statuses(await raw(spaces)), [200]);
  await assertAlive();
});

test("what is far too large is told so at once", async () => {
  assert.deepEqual(await ask(`GET /api/search?q=${"a".repeat(9_000)}`), [414]);
  assert.deepEqual(await ask(`GET /api/search?q=${"a".repeat(20_000)}`), [431]);
  assert.deepEqual(await ask("GET /api/lake", `${host()}x: ${"a".repeat(20_000)}\r\n`), [431]);
  const many = Array.from({ length: 3_000 }, (_, i) => `x${i}: 1\r\n`).join("");
  assert.deepEqual(await ask("GET /api/lake", host() + many), [431]);
  const parameters = Array.from({ length: 1_000 }, (_, i) => `a${i}=1`).join("&");
  assert.deepEqual(await ask(`GET /api/lake?${parameters}`), [400]);
  assert.deepEqual(await ask(`GET /${"a/".repeat(3_000)}`), [404]);
  await assertAlive();
});

test("many requests in one breath are answered in their order", async () => {
  const paths = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? "/api/lake" : "/x"));
  const text = paths.map((path) => `GET ${path} HTTP/1.1\r\n${host()}\r\n`).join("");
  const got = statuses(await raw(text, 2_000));
  assert.deepEqual(
    got,
    paths.map((path) => (path === "/x" ? 404 : 200)),
  );
});

test("who sends drop by drop is cut off, while others are answered", async () => {
  const slow = open();
  let got = "";
  slow.setEncoding("latin1").on("data", (piece: string) => (got += piece));
  const ended = new Promise<void>((resolve) => slow.once("close", () => resolve()));
  slow.write(`GET /api/lake HTTP/1.1\r\n${host()}`);
  const startMs = performance.now();
  const drops = setInterval(() => slow.write("x: 1\r\n"), 500);
  await wait(500);
  await assertAlive();
  await ended;
  clearInterval(drops);
  assert.ok(performance.now() - startMs < 10_000);
  assert.match(got, /^HTTP\/1\.1 408/);
});

test("more connections than are taken do no harm", async () => {
  const sockets = Array.from({ length: 300 }, open);
  await wait(500);
  const openCount = sockets.filter((socket) => !socket.destroyed && socket.readyState === "open");
  assert.ok(openCount.length <= 110, `${openCount.length} connections are held`);
  for (const socket of sockets) socket.destroy();
  await wait(200);
  await assertAlive();
});

/** Asks and goes before the answer is there. */
async function askAndLeave(path: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const asked = request({ host: "127.0.0.1", port: server.port, path }, (response) => {
      response.resume().on("close", resolve);
    });
    asked.on("error", () => resolve());
    asked.on("close", () => resolve());
    asked.end();
    setTimeout(() => asked.destroy(), 5 + Math.random() * 40);
  });
}

test("too many questions at once are sent away with a word, the others are answered", async () => {
  const asked = Array.from({ length: 80 }, () => server.get("/api/country/VE?to=2019-01-24"));
  const got = await Promise.all(asked);
  const answered = got.filter(({ status }) => status === 200);
  const busy = got.filter(({ status }) => status === 503);
  assert.equal(answered.length + busy.length, 80);
  assert.ok(answered.length >= 32, String(answered.length));
  assert.ok(busy.length > 0);
  assert.equal(busy[0]!.headers.get("retry-after"), "5");
  assert.match(busy[0]!.text, /"code":"busy".*ask again in some seconds/);
});

/** Questions whose askers leave, and some nonsense. */
async function round(): Promise<void> {
  for (const path of [
    "/api/country/VE?to=2019-01-24",
    "/api/landings.csv?in=VE",
    "/api/area.jsonl?in=VE&also=SVMI",
  ])
    await Promise.all(Array.from({ length: 20 }, () => askAndLeave(path)));
  await ask("GET /%00");
  await raw("\x16\x03\x01", 50);
  await assertAlive();
}

test("after all of it the server answers as before, and its memory stays", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heapMb = async () => {
    await wait(200);
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  await round();
  await round();
  const beforeMb = await heapMb();
  for (let i = 0; i < 5; i++) await round();
  const grownMb = (await heapMb()) - beforeMb;
  assert.ok(grownMb < 8, `grew by ${grownMb.toFixed(1)} MB in 5 rounds`);
  const again = await server.json("/api/landings?in=VE");
  assert.equal(again.total, 4);
});
