import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { after, test } from "node:test";
import { HttpClient, type HttpOptions, parseHttpUrl } from "../../src/io/http-client.js";
import { type Asking, Site } from "../fetch/site.js";

const site = await Site.start();
const notes: string[] = [];

function clientWith(options: Partial<HttpOptions> = {}): HttpClient {
  const client = new HttpClient({
    pauseMs: 0,
    retryCount: 3,
    silenceMaxMs: 5000,
    maxBytes: Infinity,
    onNote: (text) => notes.push(text),
    checkInterrupt: () => undefined,
    ...options,
  });
  after(() => client.close());
  return client;
}

async function textOf(client: HttpClient, path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await client.get(site.base + path)).body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test("redirects are followed, up to five", async () => {
  site.put("/end", "here");
  site.reset({
    disturb({ path }, response) {
      const left = Number(/^\/hop(\d+)$/.exec(path)?.[1]);
      if (Number.isNaN(left)) return false;
      response
        .writeHead(302, { location: left > 1 ? `/hop${left - 1}` : `${site.base}/end` })
        .end();
      return true;
    },
  });
  assert.equal(await textOf(clientWith(), "/hop5"), "here");
  await assert.rejects(textOf(clientWith(), "/hop6"), { message: /more than 5 redirects/ });
});

test("a redirect to anything but http or https is refused", async () => {
  for (const location of ["file:///etc/passwd", "ftp://example.org/", "data:,x", ""]) {
    site.reset({ disturb: (_, response) => (response.writeHead(302, { location }).end(), true) });
    await assert.rejects(textOf(clientWith(), "/"), {
      code: "input-invalid",
      message: /redirected/,
    });
    assert.equal(site.askings.length, 1);
  }
});

test("a busy server is asked again, and not for ever", async () => {
  site.put("/file", "content");
  site.reset({
    disturb: ({ count }, response) =>
      count <= 3 && (count === 1 ? response.destroy() : response.writeHead(503).end(), true),
  });
  assert.equal(await textOf(clientWith(), "/file"), "content");
  assert.equal(site.askings.length, 4);
  site.reset({ disturb: (_, response) => (response.writeHead(500).end(), true) });
  await assert.rejects(textOf(clientWith(), "/file"), {
    code: "io-failed",
    message: /asked 4 times/,
  });
  assert.equal(site.askings.length, 4);
});

test("a refused HEAD says nothing of what is there: the first byte is asked for", async () => {
  site.put("/there", "content");
  for (const status of [400, 403, 405, 500, 501, 503]) {
    const refuseHead = ({ method }: Asking, response: ServerResponse) =>
      method === "HEAD" && (response.writeHead(status).end(), true);
    site.reset({ disturb: refuseHead });
    assert.equal(await clientWith().exists(site.base + "/there"), true, String(status));
    assert.equal(await clientWith().exists(site.base + "/not-there"), false, String(status));
    site.reset({ disturb: (_, response) => (response.writeHead(status).end(), true) });
    await assert.rejects(clientWith({ retryCount: 0 }).exists(site.base + "/there"), {
      code: "io-failed",
      message: new RegExp(`the server answers ${status}`),
    });
  }
});

test("a server that asks to wait is waited for, unless it asks for too long", async () => {
  site.reset({
    disturb: ({ count }, response) =>
      count === 1 && (response.writeHead(429, { "retry-after": "1" }).end(), true),
  });
  const startMs = performance.now();
  assert.equal(await textOf(clientWith(), "/file"), "content");
  assert.ok(performance.now() - startMs >= 1000);
  assert.match(notes.at(-1) ?? "", /answers 429; try 2 of 4 in 1 s/);

  const client = clientWith();
  site.reset({
    disturb: (_, response) => (response.writeHead(429, { "retry-after": "7200" }).end(), true),
  });
  await assert.rejects(textOf(client, "/file"), { message: /come back in 2 h/ });
  await assert.rejects(textOf(client, "/other"), { message: /come back in 2 h/ });
  assert.equal(site.askings.length, 1, "it is left alone from then on");
});

test("requests keep their distance, and waits after failures grow", async () => {
  const client = clientWith({ pauseMs: 100 });
  site.reset();
  const startMs = performance.now();
  for (let i = 0; i < 3; i++) await textOf(client, "/file");
  assert.ok(performance.now() - startMs >= 200);
  site.reset({ disturb: (_, response) => (response.writeHead(503).end(), true) });
  notes.length = 0;
  const failingMs = performance.now();
  await assert.rejects(textOf(clientWith({ pauseMs: 50 }), "/file"));
  assert.ok(performance.now() - failingMs >= 50 + 100 + 200);
  assert.equal(notes.length, 3);
});

test("a silent server is given up", async () => {
  site.reset({ disturb: () => true });
  const client = clientWith({ silenceMaxMs: 100, retryCount: 0 });
  await assert.rejects(textOf(client, "/file"), { code: "io-failed", message: /TIMEOUT/ });
});

test("no more bytes are taken than allowed", async () => {
  site.put("/large", Buffer.alloc(3_000_000));
  site.reset();
  const client = clientWith({ maxBytes: 1_000_000 });
  await assert.rejects(textOf(client, "/large"), { message: /--max-bytes/ });
  assert.ok(client.isSpent);
});

test("waiting ends when the user wants to stop", async () => {
  site.reset({ disturb: (_, response) => (response.writeHead(503).end(), true) });
  let isStopping = false;
  const client = clientWith({
    pauseMs: 60_000,
    onNote: () => (isStopping = true),
    checkInterrupt() {
      if (isStopping) throw new Error("stop");
    },
  });
  const startMs = performance.now();
  await assert.rejects(textOf(client, "/file"), /stop/);
  assert.ok(performance.now() - startMs < 5000);
});

test("addresses to ask are http or https, without a password", () => {
  assert.equal(parseHttpUrl("https://example.org/a", "--base").host, "example.org");
  for (const text of ["example.org", "file:///x", "javascript:1", "https://a:b@example.org"])
    assert.throws(() => parseHttpUrl(text, "--base"), { code: "usage" });
});
