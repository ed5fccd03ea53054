import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ChangedOnServer, type DownloadRequest, openDownload } from "../../src/io/download.js";
import { HttpClient } from "../../src/io/http-client.js";
import { ResumableHash } from "../../src/io/resumable-hash.js";
import { breakOff, Site } from "../fetch/site.js";

const site = await Site.start();
const CONTENT = Buffer.from(Array.from({ length: 700_000 }, (_, i) => (i * 7 + (i >> 8)) & 255));
site.put("/file", CONTENT, { etag: '"one"' });
const client = new HttpClient({
  pauseMs: 0,
  retryCount: 2,
  silenceMaxMs: 300,
  maxBytes: Infinity,
  onNote: () => undefined,
  checkInterrupt: () => undefined,
});
after(() => client.close());

async function download(
  request: Partial<DownloadRequest> = {},
  path = "/file",
): Promise<Buffer | undefined> {
  const url = site.base + path;
  const opened = await openDownload(client, { url, fromByte: 0, maxByteCount: 1e9, ...request });
  if (!opened) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of opened.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Two connections that end too soon, the second further on. */
function breaks(hasRanges: boolean): void {
  site.reset({
    hasRanges,
    disturb({ count, headers }, response) {
      if (count > 2) return false;
      const from = hasRanges ? Number(/\d+/.exec(headers.range ?? "0")?.[0]) : 0;
      if (from === 0)
        return breakOff(response, CONTENT.subarray(0, count * 50_000), CONTENT.length);
      response.writeHead(206, {
        "content-range": `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}`,
        "content-length": CONTENT.length - from,
      });
      response.write(CONTENT.subarray(from, from + 1000), () => response.destroy());
      return true;
    },
  });
}

test("a connection that breaks is made again where it broke", async () => {
  breaks(true);
  assert.deepEqual(await download(), CONTENT);
  assert.equal(site.askings[1]?.headers.range, "bytes=50000-");
  assert.equal(site.askings.length, 3);
});

test("where no ranges are given, what is here already is passed over", async () => {
  breaks(false);
  assert.deepEqual(await download(), CONTENT);
  assert.equal(site.askings.length, 3);
});

test("a download goes on from any byte", async () => {
  for (const hasRanges of [true, false]) {
    site.reset({ hasRanges });
    const begun = { byteCount: CONTENT.length, etag: '"one"' };
    for (const fromByte of [1, 65_536, CONTENT.length - 1])
      assert.deepEqual(await download({ fromByte, begun }), CONTENT.subarray(fromByte));
  }
});

test("a server that says more than it sends is given up after a few tries", async () => {
  site.reset({
    hasRanges: false,
    disturb: (_, response) => breakOff(response, CONTENT.subarray(0, 9000), 10_000),
  });
  await assert.rejects(download(), { code: "io-failed", message: /asked 3 times/ });
});

test("a connection that breaks again and again is put up with as long as it gets on", async () => {
  const large = Buffer.alloc(6 << 20, 7);
  site.put("/large", large);
  site.reset({
    disturb({ count, headers }, response) {
      if (count > 4) return false;
      const from = Number(/\d+/.exec(headers.range ?? "0")?.[0]);
      response.writeHead(from > 0 ? 206 : 200, {
        "content-length": large.length - from,
        ...(from > 0 && { "content-range": `bytes ${from}-${large.length - 1}/${large.length}` }),
      });
      response.write(large.subarray(from, from + 1.2 * 2 ** 20), () => response.destroy());
      return true;
    },
  });
  assert.deepEqual(await download({}, "/large"), large);
  assert.equal(site.askings.length, 5, "more often than a server that sends nothing is asked");
});

test("a server that falls silent in the middle is left and asked again", async () => {
  site.reset({
    disturb({ count }, response) {
      if (count > 1) return false;
      response.writeHead(200, { "content-length": CONTENT.length, etag: '"one"' });
      response.write(CONTENT.subarray(0, 1000));
      return true;
    },
  });
  assert.deepEqual(await download(), CONTENT);
});

test("a server that does not say how long a file is may send it all the same", async () => {
  site.reset({
    disturb(_, response) {
      response.writeHead(200).write(CONTENT.subarray(0, 5));
      response.end(CONTENT.subarray(5));
      return true;
    },
  });
  assert.deepEqual(await download(), CONTENT);
});

test("a size that is not the listed one is refused", async () => {
  site.reset();
  await assert.rejects(download({ listedBytes: 5 }), {
    code: "input-invalid",
    message: /lists 5 bytes, the server says 700000/,
  });
  await assert.rejects(download({ maxByteCount: 1000 }), { message: /larger than 1000/ });
});

test("a file that changed meanwhile is not continued", async () => {
  site.reset();
  const changed = (etag: string, byteCount: number) =>
    download({ fromByte: 5, begun: { etag, byteCount } });
  await assert.rejects(changed('"two"', CONTENT.length), ChangedOnServer);
  await assert.rejects(changed('"one"', 99), ChangedOnServer);
  await assert.rejects(download({ fromByte: 800_000, begun: {} }), ChangedOnServer);
});

test("what is not there is told apart from what is refused", async () => {
  site.reset();
  assert.equal(await download({}, "/nothing"), undefined);
  site.put("/page", "<html>", { "content-type": "text/html; charset=utf-8" });
  await assert.rejects(download({}, "/page"), { code: "input-invalid", message: /web page/ });
  site.put("/packed", CONTENT, { "content-encoding": "gzip" });
  await assert.rejects(download({}, "/packed"), { message: /sent as gzip/ });
  site.reset({ disturb: (_, response) => (response.writeHead(403).end(), true) });
  await assert.rejects(download(), { code: "io-failed", message: /answers 403/ });
  site.reset({
    disturb(_, response) {
      response.writeHead(206, { "content-range": "bytes 0-9/10", "content-length": 10 });
      response.end("0123456789");
      return true;
    },
  });
  await assert.rejects(download({ fromByte: 3 }), { message: /another range/ });
});

test("a hash that was put down goes on to the same end", async () => {
  const whole = await ResumableHash.create();
  whole.update(CONTENT);
  const first = await ResumableHash.create();
  first.update(CONTENT.subarray(0, 12_345));
  const second = await ResumableHash.create();
  assert.ok(second.load(first.save()));
  second.update(CONTENT.subarray(12_345));
  assert.equal(second.finish(), whole.finish());
  assert.equal(second.load("bm9uc2Vuc2U="), false);
});
