import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { type RunningServer, startServer } from "../../src/server/serve.js";
import { runWell, temporaryFolder } from "../cli/run.js";
import { landingTrace, put } from "../cli/trace.js";

const folder = temporaryFolder();
const INDEX = "<!doctype html><title>the page</title>";
const SCRIPT = "export const answer = 42;\n".repeat(100);
let server: RunningServer;

before(async () => {
  put(folder, "in/a.json", landingTrace({ simulated: true }));
  await runWell(["ingest", "in", "--lake", "lake"], { cwd: folder });
  put(folder, "page/index.html", INDEX);
  put(folder, "page/assets/main-1a2b.js", SCRIPT);
  put(folder, "page/assets/main-1a2b.js.br", brotliCompressSync(SCRIPT));
  put(folder, "page/assets/main-1a2b.js.gz", gzipSync(SCRIPT));
  put(folder, "page/assets/secret.exe", "no type that a page has");
  put(folder, "page/favicon.svg", "<svg/>");
  server = await startServer({
    lake: `${folder}/lake`,
    port: 0,
    onNote: () => undefined,
    pageFolder: `${folder}/page`,
  });
});
after(async () => await server.close());

async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(new URL(path, server.url), { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test("the page stands at all its addresses and is never kept", async () => {
  for (const path of ["/", "/map?ac=1", "/aircraft/4ca7b3", "/gap/4ca7b3-1", "/country/VE"]) {
    const { status, headers, text } = await get(path);
    assert.deepEqual([status, text], [200, INDEX], path);
    assert.equal(headers.get("cache-control"), "no-store");
  }
});

test("an address that is none shows the page, which says so, and is a 404 all the same", async () => {
  const { status, text } = await get("/nothing", { accept: "text/html" });
  assert.deepEqual([status, text], [404, INDEX]);
  assert.equal((await get("/nothing")).status, 404);
  assert.notEqual((await get("/nothing")).text, INDEX);
});

test("files named by their content are kept for ever, and come as they were compressed", async () => {
  for (const [accept, encoding] of [
    ["br, gzip", "br"],
    ["gzip", "gzip"],
    ["identity", null],
  ] as const) {
    const got = await get("/assets/main-1a2b.js", { "accept-encoding": accept });
    assert.equal(got.text, SCRIPT);
    assert.equal(got.headers.get("content-encoding"), encoding);
    assert.match(got.headers.get("content-type")!, /^text\/javascript/);
    assert.match(got.headers.get("cache-control")!, /immutable/);
    assert.equal(got.headers.get("vary"), "accept-encoding");
  }
  const icon = await get("/favicon.svg");
  assert.equal(icon.headers.get("cache-control"), "no-cache");
  const again = await get("/favicon.svg", { "if-none-match": icon.headers.get("etag")! });
  assert.equal(again.status, 304);
});

test("what is no file of the page is not there", async () => {
  const others = ["/assets/secret.exe", "/assets/main-1a2b.js.br", "/assets/", "/assets/none.js"];
  for (const path of others) assert.equal((await get(path)).status, 404, path);
});

async function total(): Promise<number> {
  const { text } = await get("/api/landings?in=VE");
  return (JSON.parse(text) as { total: number }).total;
}

async function named(): Promise<boolean> {
  return (await get("/api/search?q=RA-00001")).text.includes('"inLake":true');
}

test("what is ingested meanwhile is in the next answer", async () => {
  assert.deepEqual([await total(), await named()], [1, false]);
  const more = landingTrace({ hex: "140001", registration: "RA-00001", simulated: true });
  put(folder, "more/b.json", more);
  await runWell(["ingest", "more", "--lake", "lake"], { cwd: folder });
  assert.deepEqual([await total(), await named()], [2, true]);
});
