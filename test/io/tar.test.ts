import assert from "node:assert/strict";
import { test } from "node:test";
import { streamSource, TarWalk } from "../../src/io/tar.js";
import { tarEntry } from "../support/tar.js";

// A name that no header holds is written as a member of its own before the one it names.
const LONG = `${"far/".repeat(80)}trace.json`;
const MEMBERS = new Map([
  ["one", Buffer.from("1")],
  ["empty", Buffer.alloc(0)],
  [LONG, Buffer.alloc(1500, 3)],
  ["block", Buffer.alloc(512, 4)],
  ["last", Buffer.alloc(100_000, 5)],
]);
const TAR = Buffer.concat([
  ...[...MEMBERS].flatMap(([name, content]) =>
    name === LONG
      ? [...tarEntry("long", Buffer.from(`${LONG}\0`), "L"), ...tarEntry("short", content)]
      : tarEntry(name, content),
  ),
  Buffer.alloc(10_240),
]);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Names, whole contents and ends of a tar's files, and what is wrong with it. */
async function readAll(chunks: AsyncIterable<Uint8Array>, start = 0) {
  const walk = new TarWalk(streamSource(chunks), start);
  const found: { name: string; content: Buffer; end: number }[] = [];
  for (let entry = await walk.next(); entry; entry = await walk.next()) {
    const content = await walk.body();
    if (content.length === entry.size) found.push({ name: entry.name, content, end: entry.end });
  }
  return { found, broken: walk.broken };
}

test("members come as they were put in, however the bytes arrive", async () => {
  for (const size of [1, 511, 512, 4096, TAR.length]) {
    const { found, broken } = await readAll(inPieces(TAR, size));
    assert.equal(broken, undefined);
    assert.deepEqual(new Map(found.map(({ name, content }) => [name, content])), MEMBERS);
  }
});

test("reading can go on at the end of any member", async () => {
  const { found } = await readAll(inPieces(TAR, 4096));
  for (const [i, { end }] of found.entries()) {
    const rest = await readAll(inPieces(TAR.subarray(end), 4096), end);
    assert.deepEqual(rest, { found: found.slice(i + 1), broken: undefined });
  }
});

test("members that nobody reads, or reads twice, are passed over", async () => {
  const walk = new TarWalk(streamSource(inPieces(TAR, 1000)));
  const names: string[] = [];
  for (let entry = await walk.next(); entry; entry = await walk.next()) {
    names.push(entry.name);
    if (entry.name === "block") assert.equal((await walk.body()).length, 512);
    if (entry.name === "block") assert.equal((await walk.body()).length, 0);
  }
  assert.deepEqual(names, [...MEMBERS.keys()]);
  assert.equal(walk.broken, undefined);
});

test("an archive that breaks off gives the members before the break, then says so", async () => {
  const { found, broken } = await readAll(inPieces(TAR.subarray(0, 20_000), 4096));
  assert.equal(broken, "breaks off inside a file");
  assert.equal(found.length, 4);
  const text = await readAll(inPieces(Buffer.from("no tar ".repeat(200)), 100));
  assert.equal(text.broken, "is damaged at byte 0");
});

test("the place of a damage is told within the whole, wherever reading began", async () => {
  const { end } = (await readAll(inPieces(TAR, 4096))).found[3]!;
  const damaged = Buffer.from(TAR);
  damaged.fill(7, end + 140, end + 160);
  for (const start of [0, 1024]) {
    const { broken } = await readAll(inPieces(damaged.subarray(start), 4096), start);
    assert.equal(broken, `is damaged at byte ${end}`);
  }
});

test("what stands behind the end mark is not passed over in silence", async () => {
  const { found, broken } = await readAll(inPieces(Buffer.concat([TAR, TAR]), 4096));
  assert.equal(found.length, MEMBERS.size);
  assert.equal(broken, "goes on behind its end mark");
});

test("errors of the source come through as they are; what came before them is read", async () => {
  const names: string[] = [];
  const walk = new TarWalk(
    streamSource(
      (async function* () {
        yield TAR.subarray(0, 2000);
        throw new TypeError("the line is dead");
      })(),
    ),
  );
  await assert.rejects(async () => {
    for (let entry = await walk.next(); entry; entry = await walk.next()) names.push(entry.name);
  }, TypeError);
  assert.deepEqual(names, ["one", "empty"]);
});

test("closing a source before its end closes what it reads from", async () => {
  let isClosed = false;
  const source = streamSource(
    (async function* () {
      try {
        yield* inPieces(TAR, 512);
      } finally {
        isClosed = true;
      }
    })(),
  );
  assert.equal((await new TarWalk(source).next())?.name, "one");
  await source.close();
  assert.ok(isClosed);
});
