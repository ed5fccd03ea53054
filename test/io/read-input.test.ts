import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type ReadInput, readInput, type UnknownInput } from "../../src/io/read-input.js";
import { TrackCollector } from "../../src/track/collector.js";
import type { Point } from "../../src/track/track.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { POINTS } from "../formats/contract.js";
import { writeTrace } from "../formats/documents.js";

let root = "";

before(async () => {
  root = await mkdtemp(join(tmpdir(), "wheelsdown-io-"));
});

after(async () => {
  await rm(root, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const TRACE = writeTrace("4243a2", POINTS);

/** Long enough for several chunks, packed and unpacked. */
const LONG: readonly Point[] = Array.from({ length: 20_000 }, (_, i) => ({
  ...POINTS[0]!,
  timeMs: POINTS[0]!.timeMs + i * 3000,
  latDeg: 20 + ((i * 7919) % 20_011) / 20_011,
  row: i,
}));

async function put(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function read(path: string): Promise<{ input: ReadInput | UnknownInput; count: number }> {
  const collector = new TrackCollector();
  const input = await readInput(path, collector);
  return { input, count: collector.pointCount };
}

function archivePath(day: string): string {
  return join("globe_history", day, "traces", "a2", "trace_full_4243a2.json");
}

/** @throws when nobody reads the content */
async function readKnown(name: string, content: Uint8Array | string): Promise<ReadInput> {
  const { input } = await read(await put(name, content));
  if (!("sha256" in input)) assert.fail(`${name}: ${input.reason}`);
  return input;
}

async function errorOf(path: string): Promise<WheelsdownError> {
  try {
    await read(path);
  } catch (error) {
    assert.ok(error instanceof WheelsdownError, String(error));
    return error;
  }
  return assert.fail("no error");
}

test("gzip is known by its content, whatever the name", async () => {
  for (const name of ["packed.json", "packed.gz", "packed"]) {
    const input = await readKnown(name, gzipSync(TRACE));
    assert.equal(input.keptCount, POINTS.length);
    assert.equal(input.complete, true);
  }
  const plain = await readKnown("plain.json.gz", TRACE);
  assert.equal(plain.keptCount, POINTS.length);
});

test("the hash and the size are those of the bytes on disk, packed or not", async () => {
  for (const bytes of [Buffer.from(TRACE), gzipSync(TRACE), gzipSync(writeTrace("4243a2", LONG))]) {
    const input = await readKnown("hash.json", bytes);
    assert.equal(input.sha256, sha256(bytes));
    assert.equal(input.byteCount, bytes.length);
  }
});

test("the track carries the hash of the file it came from", async () => {
  const collector = new TrackCollector();
  await readInput(await put("carried.json", gzipSync(TRACE)), collector);
  assert.equal(collector.take()[0]!.sources[0]!.inputSha256, sha256(gzipSync(TRACE)));
});

test("a gzip that breaks off keeps its first rows and is incomplete", async () => {
  const packed = gzipSync(writeTrace("4243a2", LONG));
  for (const share of [0.3, 0.6, 0.95]) {
    const cut = packed.subarray(0, Math.floor(packed.length * share));
    const input = await readKnown("cut.json", cut);
    assert.ok(input.keptCount > LONG.length * (share - 0.25), `${input.keptCount} at ${share}`);
    assert.ok(input.keptCount < LONG.length);
    assert.equal(input.complete, false);
    assert.equal(input.sha256, sha256(cut));
  }
});

test("a gzip that lacks only its last bytes has every row and is incomplete", async () => {
  const packed = gzipSync(TRACE);
  for (const missing of [1, 4, 8]) {
    const input = await readKnown("tail.json", packed.subarray(0, packed.length - missing));
    assert.equal(input.keptCount, POINTS.length);
    assert.equal(input.complete, false);
  }
});

test("a gzip of several members is complete", async () => {
  const half = Math.floor(TRACE.length / 2);
  const members = Buffer.concat([gzipSync(TRACE.slice(0, half)), gzipSync(TRACE.slice(half))]);
  const input = await readKnown("members.json", members);
  assert.equal(input.keptCount, POINTS.length);
  assert.equal(input.complete, true);
  assert.equal(input.sha256, sha256(members));
});

test("bytes behind the end of a gzip change nothing but the hash", async () => {
  const padded = Buffer.concat([gzipSync(TRACE), Buffer.alloc(512)]);
  const input = await readKnown("padded.json", padded);
  assert.equal(input.keptCount, POINTS.length);
  assert.equal(input.complete, true);
  assert.equal(input.sha256, sha256(padded));
});

test("a gzip whose check sum is wrong is never complete, and is called damaged", async () => {
  for (const text of [TRACE, writeTrace("4243a2", LONG)]) {
    const packed = gzipSync(text);
    packed[packed.length - 6] = packed[packed.length - 6]! ^ 0xff;
    const { input } = await read(await put("checksum.json", packed));
    if ("sha256" in input) assert.equal(input.complete, false);
    else assert.match(input.reason, /damaged gzip/);
  }
});

test("a gzip damaged in its middle gives the rows before that and is incomplete", async () => {
  const packed = gzipSync(writeTrace("4243a2", LONG));
  for (const share of [0.5, 0.9]) {
    const damaged = Buffer.from(packed);
    const at = Math.floor(packed.length * share);
    for (let i = at; i < at + 64; i++) damaged[i] = 0xff;
    const input = await readKnown("damaged.json", damaged);
    assert.equal(input.complete, false);
    assert.equal(input.sha256, sha256(damaged));
    assert.ok(input.keptCount > 100 && input.keptCount < LONG.length, `${input.keptCount} rows`);
  }
});

test("a gzip damaged at its start is called damaged and not empty", async () => {
  const packed = gzipSync(TRACE);
  for (let i = 12; i < 60; i++) packed[i] = 0xff;
  const { input } = await read(await put("start.json", packed));
  assert.ok("reason" in input);
  assert.match(input.reason, /damaged gzip/);
});

test("a plain file that breaks off is incomplete", async () => {
  const input = await readKnown("short.json", TRACE.slice(0, TRACE.length / 2));
  assert.equal(input.complete, false);
  assert.ok(input.keptCount > 0);
});

test("an empty file is told to be empty, packed or not", async () => {
  for (const content of ["", gzipSync("")]) {
    const { input, count } = await read(await put("empty.json", content));
    assert.ok("reason" in input);
    assert.match(input.reason, /empty/);
    assert.equal(count, 0);
  }
});

test("two bytes of a gzip and nothing else are no crash", async () => {
  const { input } = await read(await put("stub.json", Buffer.from([0x1f, 0x8b])));
  assert.ok("reason" in input);
});

test("what nobody reads is named with its reason", async () => {
  const { input } = await read(await put("page.json", "<!doctype html><html>Sign in</html>"));
  assert.ok("reason" in input);
  assert.match(input.reason, /HTML/);
});

test("a missing file, and a folder in a file's place, are missing inputs", async () => {
  assert.equal((await errorOf(join(root, "nowhere.json"))).code, "input-missing");
  assert.equal((await errorOf(root)).code, "input-missing");
});

test("an error names the file it is about", async () => {
  const path = await put("bad-header.json", '{"icao":"zzz","timestamp":1,"trace":[]}');
  const error = await errorOf(path);
  assert.equal(error.code, "input-invalid");
  assert.ok(error.message.startsWith(`${path}: `));
});

test("a folder of another date is told, and the rows are right", async () => {
  const wrong = await readKnown(archivePath("2018/08/20"), TRACE);
  assert.equal(wrong.issues.counts["folder-date-differs"], 1);
  assert.equal(wrong.complete, true);
  // The points cross midnight: both days are right.
  for (const day of ["2019/01/23", "2019/01/24"]) {
    const right = await readKnown(archivePath(day), TRACE);
    assert.deepEqual(right.issues.counts, {});
  }
});

test("the same bytes give the same report, whatever they are read after", async () => {
  const path = await put("again.json", gzipSync(writeTrace("4243a2", LONG)));
  const collector = new TrackCollector();
  const first = await readInput(path, collector);
  assert.deepEqual(await readInput(path, collector), first);
});
