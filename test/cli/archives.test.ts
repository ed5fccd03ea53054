import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { contentOf } from "../lake/temporary-folder.js";
import { type TarMember, tarOf } from "../support/tar.js";
import { zipOf } from "../support/zip.js";
import { storedZstd } from "../support/zstd.js";
import { jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put, putArchive } from "./trace.js";

const AIRCRAFT = 12;
const folder = temporaryFolder();
const options = { cwd: folder };

let members: TarMember[] = [];

before(() => {
  putArchive(join(folder, "day"), AIRCRAFT);
  const root = join(folder, "day");
  members = readdirSync(root, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(root, name)).isFile())
    .map((name) => ({ name: name.replaceAll("\\", "/"), content: readFileSync(join(root, name)) }));
  put(folder, "day.tar", tarOf(members));
  put(folder, "day.tar.gz", gzipSync(tarOf(members)));
  put(folder, "day.zip", zipOf(members));
});

/** What a command says, with the names of inputs as a folder gives them. */
async function saysOf(words: readonly string[], stdin?: Uint8Array): Promise<string> {
  const said = await runWell(words, stdin ? { ...options, stdin } : options);
  return said.replaceAll(/(day\.(?:tar(?:\.gz)?|zip)|-)!/g, "day/");
}

test("movements of a ZIP are those of its files, and it cannot come from a pipe", async () => {
  const words = ["movements", "--json", "--gaps", "--integrity"];
  assert.equal(await saysOf([...words, "day.zip"]), await runWell([...words, "day"], options));
  const { code, stderr } = await run(["movements", "-"], {
    ...options,
    stdin: readFileSync(join(folder, "day.zip")),
  });
  assert.equal(code, 65);
  assert.match(stderr, /a ZIP archive in an archive or from a pipe, .*unpack it/);
});

test("a lake that holds a ZIP passes over the same files in a folder", async () => {
  const lake = join(folder, "lake-of-zip");
  await runWell(["ingest", "--lake", lake, "--quiet", "day.zip"], options);
  const again = await run(["ingest", "--lake", lake, "day"], options);
  assert.match(again.stderr, new RegExp(`${AIRCRAFT} .*already`));
  assert.match(await runWell(["lake", "inputs", "--json", "--lake", lake], options), /day\.zip!/);
});

test("movements of a tar, plain, compressed, in parts or from a pipe, are those of its files", async () => {
  const words = ["movements", "--json", "--gaps", "--integrity"];
  const expected = await runWell([...words, "day"], options);
  assert.equal(jsonLines(expected).length, 2 * AIRCRAFT);
  const tar = readFileSync(join(folder, "day.tar"));
  put(folder, "parts/day.tar.ab", tar.subarray(5000));
  put(folder, "parts/day.tar.aa", tar.subarray(0, 5000));
  assert.equal(await saysOf([...words, "day.tar"]), expected);
  assert.equal(await saysOf([...words, "day.tar.gz"]), expected);
  assert.equal((await saysOf([...words, "parts"])).replaceAll("parts/", ""), expected);
  assert.equal(await saysOf([...words, "-"], tar), expected);
  assert.equal(await saysOf([...words, "-"], gzipSync(tar)), expected);
});

test("a tar in zstd blocks larger than 64 KiB is read, from a file or a pipe, whole or cut off", async () => {
  const words = ["movements", "--json"];
  // What comes first cannot be packed smaller, so that the first block is as large as any.
  const noise = createHash("shake256", { outputLength: 300_000 }).update("noise").digest();
  const tar = tarOf([
    { name: "noise.bin", content: noise },
    ...members.slice(0, 6),
    { name: "more.bin", content: noise.subarray(1) },
    ...members.slice(6),
  ]);
  const packings = [storedZstd(tar)];
  const zstd = spawnSync("zstd", ["-q", "-c"], { input: tar, maxBuffer: 1 << 24 });
  if (zstd.status === 0) packings.push(zstd.stdout);
  const expected = (await runWell([...words, "day"], options)).replaceAll("day/", "");
  for (const packed of packings) {
    put(folder, "day.tar.zst", packed);
    const file = await runWell([...words, "day.tar.zst"], options);
    assert.equal(file.replaceAll("day.tar.zst!", ""), expected);
    const pipe = await runWell([...words, "-"], { ...options, stdin: packed });
    assert.equal(pipe.replaceAll("-!", ""), expected);
    const cut = await run([...words, "-"], {
      ...options,
      stdin: packed.subarray(0, packed.length - 5000),
    });
    assert.match(cut.stderr, /-: the archive is damaged \(zstd: /);
    const { length } = jsonLines(cut.stdout);
    assert.ok(length > 0 && length < AIRCRAFT, String(length));
  }
});

test("a trace from a pipe is read, packed or not", async () => {
  for (const trace of [Buffer.from(landingTrace()), gzipSync(landingTrace())]) {
    const [movement] = jsonLines(
      await runWell(["movements", "--json", "-"], { ...options, stdin: trace }),
    );
    assert.equal(movement!["kind"], "landing");
    assert.equal((movement!["exhibits"] as { file: string }[])[0]!.file, "-");
  }
  const { code, stderr } = await run(["movements", "-"], {
    ...options,
    stdin: Buffer.from("nothing"),
  });
  assert.equal(code, 65);
  assert.match(stderr, /-: not a format that is read/);
});

test("an aircraft in several compressed archives is one aircraft", async () => {
  const trace = JSON.parse(landingTrace()) as { trace: unknown[] };
  const half = trace.trace.length / 2;
  const parts = [trace.trace.slice(0, half), trace.trace.slice(half)];
  parts.forEach((rows, i) => {
    const content = gzipSync(JSON.stringify({ ...trace, trace: rows }));
    put(
      folder,
      `halves/${i}.tar.gz`,
      gzipSync(tarOf([{ name: "trace_full_4ca7b3.json", content }])),
    );
  });
  const said = await runWell(["movements", "halves"], options);
  assert.match(said, /301 positions in 1 contact/);
});

test("a tar is ingested once, in any form, and the files in it are known afterwards", async () => {
  const { stderr } = await run(["ingest", "day.tar", "--lake", "lake"], options);
  assert.match(stderr, /12 inputs added, 3612 positions of 12 aircraft\n$/);
  const first = contentOf(join(folder, "lake"));
  for (const again of ["day.tar", "day.tar.gz", "parts", "day"]) {
    const ran = await run(["ingest", again, "--lake", "lake"], options);
    assert.match(ran.stderr, /0 inputs added.*12 were there already/);
    assert.deepEqual(contentOf(join(folder, "lake")), first, again);
  }
  const inputs = await runWell(["lake", "inputs", "--lake", "lake"], options);
  assert.match(inputs, /day\.tar!2019\/01\/23\/traces\/00\/trace_full_140000\.json/);
});

test("a missing part is an error that names it, and other inputs are read", async () => {
  put(folder, "hole/day.tar.aa", readFileSync(join(folder, "day.tar")).subarray(0, 5000));
  put(folder, "hole/day.tar.ac", "x");
  put(folder, "hole/other.json", landingTrace());
  const { code, stdout, stderr } = await run(["movements", "--json", "hole"], options);
  assert.equal(code, 65);
  assert.match(stderr, /hole\/day\.tar: its part hole\/day\.tar\.ab is missing/);
  assert.equal(jsonLines(stdout).length, 1);
  const alone = await run(["movements", "hole/day.tar.ac"], options);
  assert.equal(alone.code, 65);
  assert.match(alone.stderr, /day\.tar\.aa is missing/);
});

test("a cut archive gives its whole members, is told, and its cut member is partial in the ledger", async () => {
  const tar = readFileSync(join(folder, "day.tar"));
  const last = tar.indexOf(members.at(-1)!.content);
  put(folder, "cut.tar", tar.subarray(0, last + members.at(-1)!.content.length - 300));
  const { code, stderr } = await run(["ingest", "cut.tar", "--lake", "cut"], options);
  assert.equal(code, 65);
  assert.match(stderr, /cut\.tar: the archive breaks off/);
  assert.match(stderr, /warning: not whole, .*: cut\.tar, cut\.tar!/);
  assert.match(stderr, /12 inputs added/);
  const inputs = await runWell(["lake", "inputs", "--lake", "cut"], options);
  assert.equal(inputs.match(/PARTIAL/g)?.length, 1);
});

test("bad members do not stop the others", async () => {
  const tar = tarOf([
    { name: "trace_full_4ca7b3.json", content: gzipSync(landingTrace()) },
    { name: "trace_full_4ca7b4.json", content: "{" },
    { name: "trace_full_4ca7b5.json", content: '{"icao":"zzzzzz","timestamp":1,"trace":[]}' },
    { name: "heatmap/00.bin.ttf", content: gzipSync(Buffer.alloc(999)) },
    { name: "trace_full_4ca7b6.json", content: landingTrace({ hex: "4ca7b6" }) },
  ]);
  for (const [name, content] of [
    ["bad.tar", tar],
    ["bad.tar.gz", gzipSync(tar)],
  ] as const) {
    put(folder, name, content);
    const { code, stdout, stderr } = await run(["movements", "--json", name], options);
    assert.equal(code, 65);
    assert.equal(jsonLines(stdout).length, 2);
    assert.match(stderr, /!trace_full_4ca7b5\.json: "icao" is "zzzzzz"/);
    assert.match(stderr, /2 files of no format that is read/);
  }
});

test("an ingest of a compressed archive, killed between two batches, ends with the same bytes", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  // Two batches of inputs: each a single row of the same aircraft.
  const rows = Array.from({ length: 6000 }, (_, i) => ({
    name: `row-${i}.json`,
    content: `{"icao":"4ca7b3","timestamp":${1548201600 + i * 60},"trace":[[0,10.5,${-67 + i / 9000},20000,400,90,0,0,null]]}`,
  }));
  put(folder, "rows.tar.gz", gzipSync(tarOf(rows)));
  await runWell(["ingest", "rows.tar.gz", "--lake", "undisturbed"], options);
  const manifest = join(folder, "killed/manifest.json");
  mkdirSync(join(folder, "killed"));
  const { signal } = await run(["ingest", "rows.tar.gz", "--lake", "killed"], {
    ...options,
    onStart: async (child) => {
      while (!hasChange(manifest) && child.exitCode === null) await sleep(2);
      child.kill("SIGKILL");
    },
  });
  assert.equal(signal, "SIGKILL");
  const { stderr } = await run(["ingest", "rows.tar.gz", "--lake", "killed"], options);
  assert.match(stderr, /1000 inputs added.*5000 were there already/);
  assert.deepEqual(contentOf(join(folder, "killed")), contentOf(join(folder, "undisturbed")));
});

/** True when at least one change of a lake is on disk. */
function hasChange(manifest: string): boolean {
  return existsSync(manifest) && /"generation": *[1-9]/.test(readFileSync(manifest, "utf8"));
}
