import assert from "node:assert/strict";
import { test } from "node:test";
import { DamagedTar, readTar } from "../../src/io/tar-members.js";
import { tarOf } from "../fetch/archive.js";

// A name of more than 100 characters is written as a header of its own before the member.
const LONG = `${"far/".repeat(40)}trace.json`;
const MEMBERS = new Map([
  ["one", Buffer.from("1")],
  ["empty", Buffer.alloc(0)],
  [LONG, Buffer.alloc(1500, 3)],
  ["block", Buffer.alloc(512, 4)],
  ["last", Buffer.alloc(100_000, 5)],
]);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Names and contents from a tar, and where each ends. */
async function readAll(chunks: AsyncIterable<Uint8Array>) {
  const found: { name: string; content: Buffer; endOffset: number }[] = [];
  let error: unknown;
  try {
    for await (const { name, body, endOffset } of readTar(chunks)) {
      const content: Uint8Array[] = [];
      for await (const chunk of body) content.push(chunk);
      found.push({ name, content: Buffer.concat(content), endOffset });
    }
  } catch (caught) {
    error = caught;
  }
  return { found, error };
}

test("members come as they were put in, however the bytes arrive", async () => {
  const tar = await tarOf(MEMBERS);
  for (const size of [1, 511, 512, 4096, tar.length]) {
    const { found, error } = await readAll(inPieces(tar, size));
    assert.equal(error, undefined);
    assert.deepEqual(new Map(found.map(({ name, content }) => [name, content])), MEMBERS);
  }
});

test("reading can go on at the end of any member", async () => {
  const tar = await tarOf(MEMBERS);
  const { found } = await readAll(inPieces(tar, 4096));
  for (const [i, { endOffset }] of found.entries()) {
    const rest = await readAll(inPieces(tar.subarray(endOffset), 4096));
    assert.deepEqual(
      rest.found.map(({ name }) => name),
      found.slice(i + 1).map(({ name }) => name),
    );
  }
});

test("members that nobody reads are passed over", async () => {
  const names: string[] = [];
  for await (const { name, isFile } of readTar(inPieces(await tarOf(MEMBERS), 1000)))
    if (isFile) names.push(name);
  assert.deepEqual(names, [...MEMBERS.keys()]);
});

test("an archive that breaks off gives the members before the break, then says so", async () => {
  const tar = await tarOf(MEMBERS);
  const { found, error } = await readAll(inPieces(tar.subarray(0, 20_000), 4096));
  assert.ok(error instanceof DamagedTar);
  assert.equal(found.length, 4);
  const text = await readAll(inPieces(Buffer.from("no tar ".repeat(200)), 100));
  assert.ok(text.error instanceof DamagedTar);
});

test("errors of the source and of the one who reads come through as they are", async () => {
  const tar = await tarOf(MEMBERS);
  const { error } = await readAll(
    (async function* () {
      yield tar.subarray(0, 3000);
      throw new TypeError("the line is dead");
    })(),
  );
  assert.ok(error instanceof TypeError);
  await assert.rejects(async () => {
    for await (const { body } of readTar(inPieces(tar, 512)))
      for await (const _ of body) throw new TypeError("enough");
  }, /enough/);
  await assert.rejects(async () => {
    for await (const { body } of readTar(inPieces(tar, 512))) for await (const _ of body) break;
  }, /half read/);
});
