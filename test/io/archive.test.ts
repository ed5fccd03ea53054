import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { type Archive, findArchives, listMembers, streamMembers } from "../../src/io/archive.js";
import type { InputBytes } from "../../src/io/input-bytes.js";
import { type ReadInput, readBytes, readInput } from "../../src/io/read-input.js";
import { missingPart } from "../../src/io/tar-parts.js";
import { seededRandom } from "../../src/sim/random.js";
import { TrackCollector } from "../../src/track/collector.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { POINTS } from "../formats/contract.js";
import { writeTrace } from "../formats/documents.js";
import { tarEntry, tarOf } from "../support/tar.js";
import { storedZstd } from "../support/zstd.js";

let root = "";

before(async () => {
  root = await mkdtemp(join(tmpdir(), "wheelsdown-tar-"));
});

after(async () => {
  await rm(root, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const HEXES = ["4243a2", "4ca7b3", "~2a4f11"];
const MEMBERS = HEXES.map((hex) => ({
  name: `./2019/01/23/traces/${hex.slice(-2)}/trace_full_${hex}.json`,
  content: gzipSync(writeTrace(hex, POINTS)),
}));
const TAR = tarOf([{ name: "./README.txt", content: "nothing to read\n" }, ...MEMBERS]);

async function put(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

interface Unpacked {
  readonly inputs: readonly InputBytes[];
  readonly broken: string | undefined;
  readonly refused: readonly string[];
}

/** Everything in an archive, by whichever way it is read. */
async function unpack(archive: Archive): Promise<Unpacked> {
  const refused: string[] = [];
  if (archive.isOpen) {
    const { members, broken } = await listMembers(archive);
    const inputs: InputBytes[] = [];
    for (const member of members) {
      try {
        inputs.push(await member.open());
      } catch (error) {
        refused.push((error as Error).message);
      }
    }
    return { inputs, broken, refused };
  }
  const inputs: InputBytes[] = [];
  let broken: string | undefined;
  for await (const member of streamMembers(archive)) {
    if ("input" in member) inputs.push(member.input);
    else if ("refused" in member) refused.push(member.refused.message);
    else broken = member.broken;
  }
  return { inputs, broken, refused };
}

async function archiveAt(...paths: string[]): Promise<Archive> {
  const { archives, unreadable } = await findArchives(paths.map((path) => ({ path, named: true })));
  assert.deepEqual(unreadable, []);
  assert.equal(archives.length, 1);
  return archives[0]!;
}

async function readAll(unpacked: Unpacked): Promise<ReadInput[]> {
  const reports: ReadInput[] = [];
  for (const input of unpacked.inputs) {
    const read = await readBytes(input, new TrackCollector()).catch((error: unknown) => {
      // Of a member that was cut there may be too little for a single row.
      assert.ok(error instanceof WheelsdownError && error.code === "input-invalid", String(error));
    });
    if (read && "sha256" in read) reports.push(read);
  }
  return reports;
}

/** Zstandard as another program writes it. */
async function zstdOf(bytes: Buffer): Promise<Buffer> {
  const path = join(root, "packed.zst").replaceAll("'", "''");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT '${bytes.toString()}') TO '${path}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u0001', COMPRESSION zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
  return await readFile(join(root, "packed.zst"));
}

test("members of a tar are inputs: named by archive and path, hashed as stored, read as the files are", async () => {
  const path = await put("day.tar", TAR);
  const reports = await readAll(await unpack(await archiveAt(path)));
  assert.deepEqual(
    reports.map((report) => [report.path, report.sha256, report.keptCount, report.complete]),
    MEMBERS.map(({ name, content }) => [
      `${path}!${name.slice(2)}`,
      sha256(content),
      POINTS.length,
      true,
    ]),
  );
  const file = (await readInput(
    await put("one.json", MEMBERS[0]!.content),
    new TrackCollector(),
  )) as ReadInput;
  const { path: _, file: __, ...rest } = file;
  const { path: ___, file: ____, ...member } = reports[0]!;
  assert.deepEqual(member, rest);
});

test("a tar compressed with gzip or zstd, under any name, has the same members", async () => {
  const plain = await readAll(await unpack(await archiveAt(await put("day.tar", TAR))));
  for (const [name, content] of [
    ["day.tar.gz", gzipSync(TAR)],
    ["day.bin", gzipSync(TAR)],
    ["day", TAR],
    ["day.tar.zst", storedZstd(TAR)],
  ] as const) {
    const path = await put(name, content);
    const reports = await readAll(await unpack(await archiveAt(path)));
    assert.deepEqual(
      reports.map((report) => ({ ...report, path: report.path.replace(path, "") })),
      plain.map((report) => ({
        ...report,
        path: report.path.replace(join(root, "day.tar"), ""),
        file: report.file.replace(join(root, "day.tar"), path),
      })),
    );
  }
});

test("parts are joined in the order of their names, whatever the order they are given in", async () => {
  const cuts = [0, 700, 1500, 1501, TAR.length];
  for (const [suffixes, packed] of [
    [["aa", "ab", "ac", "ad"], TAR],
    [["00", "01", "02", "03"], TAR],
    [["001", "002", "003", "004"], gzipSync(TAR)],
  ] as const) {
    const paths: string[] = [];
    for (const [i, suffix] of suffixes.entries())
      paths.push(
        await put(
          `parts-${suffix.length}${suffix[0]}/x.tar.${suffix}`,
          packed.subarray(cuts[i]!, i === 3 ? undefined : cuts[i + 1]!),
        ),
      );
    for (const given of [
      paths,
      [...paths].reverse(),
      [paths[2]!, paths[0]!, paths[3]!, paths[1]!],
    ]) {
      const archive = await archiveAt(...given);
      assert.equal(archive.path, paths[0]!.replace(/\.\w+$/, ""));
      const reports = await readAll(await unpack(archive));
      assert.deepEqual(
        reports.map((report) => report.sha256),
        MEMBERS.map(({ content }) => sha256(content)),
      );
    }
  }
});

test("a missing part is named; nothing is read across the hole", async () => {
  const paths = [await put("hole/x.tar.aa", TAR.subarray(0, 512)), await put("hole/x.tar.ac", TAR)];
  const { archives, unreadable } = await findArchives(paths.map((path) => ({ path, named: true })));
  assert.deepEqual(archives, []);
  assert.match(unreadable[0]!.reason, /part .*x\.tar\.ab is missing/);
  for (const [parts, missing] of [
    [["ab"], "aa"],
    [["aa", "ac"], "ab"],
    [["az", "ba", ..."abcdefghijklmnopqrstuvwxy"].map((part) => part.padStart(2, "a")), undefined],
    [["01", "02"], undefined],
    [["00", "02"], "01"],
    [["02"], "00"],
    [["09", "10", "01", "02", "03", "04", "05", "06", "07", "08"], undefined],
  ] as const)
    assert.equal(missingPart(parts), missing, String(parts));
});

test("names longer than a header holds come whole, by either extension", async () => {
  const long = `${"folder/".repeat(40)}trace_full_4243a2.json`;
  const content = Buffer.from(writeTrace("4243a2", POINTS));
  const record = ` path=${long}\n`;
  const length = record.length + String(record.length + 3).length;
  for (const [type, text] of [
    ["L", `${long}\0`],
    ["x", `${length}${record}`],
  ] as const) {
    const tar = [...tarEntry("long", Buffer.from(text), type), ...tarEntry("short.json", content)];
    const path = await put(
      `long-${type}.tar`,
      Buffer.concat([...tar, ...tarEntry("next.json", content), Buffer.alloc(1024)]),
    );
    const { inputs, broken } = await unpack(await archiveAt(path));
    assert.equal(broken, undefined);
    assert.deepEqual(
      inputs.map((input) => input.path),
      [`${path}!${long}`, `${path}!next.json`],
    );
  }
});

test("folders in a tar are no inputs, and an empty member is an empty input", async () => {
  const tar = Buffer.concat([
    ...tarEntry("traces/", Buffer.alloc(0), "5"),
    ...tarEntry("empty", Buffer.alloc(0)),
    Buffer.alloc(1024),
  ]);
  const { inputs, broken } = await unpack(await archiveAt(await put("folders.tar", tar)));
  assert.deepEqual(
    inputs.map(({ byteCount }) => byteCount),
    [0],
  );
  assert.equal(broken, undefined);
});

test("an archive cut off anywhere keeps what came before, says so, and marks the member it was cut in", async () => {
  const ends = MEMBERS.map(({ content }) => TAR.indexOf(content) + content.length);
  for (let cut = 513; cut < TAR.length - 1024; cut += 97) {
    for (const [name, content] of [
      ["cut.tar", TAR.subarray(0, cut)],
      ["cut.tar.gz", gzipSync(TAR.subarray(0, cut))],
    ] as const) {
      const unpacked = await unpack(await archiveAt(await put(name, content)));
      assert.match(unpacked.broken ?? "", /breaks off/, `${name} at ${cut}`);
      const complete = (await readAll(unpacked)).filter((report) => report.complete);
      const expected = MEMBERS.filter((_, i) => ends[i]! <= cut);
      assert.deepEqual(
        complete.map((report) => report.sha256),
        expected.map((member) => sha256(member.content)),
        `${name} at ${cut}`,
      );
    }
  }
});

test("a compressed archive that breaks off or is damaged keeps what came before and says so", async () => {
  const random = seededRandom(7);
  const noise = () => Buffer.from(Uint8Array.from({ length: 400_000 }, () => random() * 256));
  const packed = gzipSync(
    tarOf([
      MEMBERS[0]!,
      { name: "noise", content: noise() },
      MEMBERS[1]!,
      { name: "more", content: noise() },
      MEMBERS[2]!,
    ]),
  );
  const damaged = Buffer.from(packed);
  const at = Math.floor(packed.length * 0.8);
  damaged.fill(0xff, at, at + 400);
  for (const content of [packed.subarray(0, at), damaged]) {
    const unpacked = await unpack(await archiveAt(await put("bad.tar.gz", content)));
    assert.match(unpacked.broken ?? "", /breaks off|damaged/);
    assert.equal((await readAll(unpacked)).length, 2);
  }
});

test("a member that says it is larger than any is refused, and the ones before it are read", async () => {
  const [header] = tarEntry("huge.json", Buffer.alloc(0));
  header!.write("77777777777", 124);
  header!.write("        ", 148);
  let sum = 0;
  for (const byte of header!) sum += byte;
  header!.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const tar = Buffer.concat([TAR.subarray(0, TAR.length - 1024), header!, Buffer.alloc(4096)]);
  for (const [name, content] of [
    ["huge.tar", tar],
    ["huge.tar.gz", gzipSync(tar)],
  ] as const) {
    const unpacked = await unpack(await archiveAt(await put(name, content)));
    assert.equal((await readAll(unpacked)).length, MEMBERS.length);
    assert.match(unpacked.refused[0]!, /huge.json: 8590 MB, larger than any member/);
    assert.match(unpacked.broken!, /breaks off/);
  }
});

test("any bytes of a tar changed crash nothing", async () => {
  const change = fc.tuple(fc.nat(TAR.length - 1), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const bytes = Buffer.from(TAR);
      for (const [at, value] of changes) bytes[at] = value;
      const path = await put("changed.tar", bytes);
      const { archives } = await findArchives([{ path, named: true }]);
      for (const archive of archives) {
        for (const input of (await unpack(archive)).inputs) {
          await readBytes(input, new TrackCollector()).catch((error: unknown) =>
            assert.ok(error instanceof WheelsdownError, String(error)),
          );
        }
      }
    }),
    { seed: 1944, numRuns: 200 },
  );
});

test("a file compressed with zstd is read as one with gzip; cut off, it gives its first rows", async () => {
  const many = Array.from({ length: 4000 }, (_, i) => ({
    ...POINTS[0]!,
    timeMs: POINTS[0]!.timeMs + i * 5000,
    latDeg: 20 + ((i * 7919) % 4001) / 4096,
    row: i,
  }));
  const text = Buffer.from(writeTrace("4243a2", many));
  const packed = await zstdOf(text);
  assert.ok(packed.length < text.length / 2);
  const whole = await readBytesOf("trace.json", packed);
  assert.equal(whole.keptCount, many.length);
  assert.equal(whole.complete, true);
  assert.equal(whole.sha256, sha256(packed));
  const cut = await readBytesOf("cut.json", storedZstd(text).subarray(0, text.length * 0.6));
  assert.equal(cut.complete, false);
  assert.ok(
    cut.keptCount > many.length * 0.2 && cut.keptCount < many.length,
    String(cut.keptCount),
  );
  const damaged = storedZstd(text);
  damaged[200_000] = damaged[200_007]! ^ 0xff;
  assert.ok((await readBytesOf("damaged.json", damaged)).keptCount > 0);
});

async function readBytesOf(name: string, content: Buffer): Promise<ReadInput> {
  const read = await readInput(await put(name, content), new TrackCollector());
  if (!("sha256" in read)) assert.fail(read.reason);
  return read;
}
