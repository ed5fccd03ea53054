import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describeUnreadable } from "../../src/formats/detect.js";
import { findArchives, listMembers } from "../../src/io/archive.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { zipOf } from "../support/zip.js";

let root = "";

before(async () => {
  root = await mkdtemp(join(tmpdir(), "wheelsdown-zip-"));
});

after(async () => {
  await rm(root, { recursive: true, force: true });
});

const TEXT = "time,lat,lon\n".repeat(400);
const FILES = [
  { name: "a/one.csv", content: TEXT },
  { name: "zwei-ü.csv", content: "2" },
];
const CENTRAL = Buffer.from("PK\x01\x02", "latin1");

/** @returns the ZIP with another number of two bytes in what its list says of the first file */
function withField(at: number, value: number): Buffer {
  const bytes = zipOf(FILES);
  bytes.writeUInt16LE(value, bytes.indexOf(CENTRAL) + at);
  return bytes;
}

/** @returns the ZIP with another size of its first file, bytes once unpacked */
function withSize(size: number): Buffer {
  const bytes = zipOf(FILES);
  bytes.writeUInt32LE(size, bytes.indexOf(CENTRAL) + 24);
  return bytes;
}

function says(bytes: string): string {
  return describeUnreadable(Buffer.from(bytes, "latin1"));
}

interface Opened {
  readonly texts: Readonly<Record<string, string>>;
  readonly refused: readonly string[];
  readonly broken: string | undefined;
}

let count = 0;

/** Everything in a ZIP as `movements` would open it. */
async function open(bytes: Uint8Array): Promise<Opened> {
  const path = join(root, `${count++}.zip`);
  await writeFile(path, bytes);
  const { archives, files } = await findArchives([{ path, named: true }]);
  assert.equal(files.length, 0);
  const { members, refused: listed, broken } = await listMembers(archives[0]!);
  const texts: Record<string, string> = {};
  const refused = listed.map((message) => message.slice(path.length + 1));
  for (const member of members) {
    const name = member.path.slice(path.length + 1);
    try {
      texts[name] = (await member.open()).whole!.toString();
    } catch (error) {
      if (!(error instanceof WheelsdownError)) throw error;
      refused.push(error.message.slice(path.length + 1));
    }
  }
  return { texts, refused, broken };
}

test("files in a ZIP come out as they went in, deflated or stored, under their names", async () => {
  const expected = Object.fromEntries(FILES.map(({ name, content }) => [name, content]));
  for (const level of [0, 6] as const) {
    const { texts, refused, broken } = await open(zipOf(FILES, level));
    assert.deepEqual(
      { texts, refused, broken },
      { texts: expected, refused: [], broken: undefined },
    );
  }
});

test("folders, hidden files and what macOS adds are passed over, and names that lead out are only names", async () => {
  const names = ["a/", ".x/b.csv", "a/.b.csv", "__MACOSX/a/._b.csv", "../../c.csv", "/d.csv"];
  const { texts } = await open(zipOf(names.map((name) => ({ name, content: "" }))));
  assert.deepEqual(Object.keys(texts).sort(), ["../../c.csv", "d.csv"]);
});

test("an encrypted file and an unknown method are refused with what to do, others are read", async () => {
  const encrypted = await open(withField(8, 1));
  assert.deepEqual(encrypted.refused, [
    "a/one.csv: is encrypted; unpack it with its password and give the file",
  ]);
  assert.deepEqual(Object.keys(encrypted.texts), ["zwei-ü.csv"]);
  const lzma = await open(withField(10, 14));
  assert.match(lzma.refused[0]!, /^a\/one\.csv: is packed in a way that is not read \(method 14\)/);
});

test("a damaged file is refused and the next is read", async () => {
  const bytes = zipOf(FILES, 0);
  bytes[bytes.indexOf(TEXT) + 7]! ^= 1;
  const { texts, refused } = await open(bytes);
  assert.match(refused[0]!, /^a\/one\.csv: damaged in its archive/);
  assert.deepEqual(Object.keys(texts), ["zwei-ü.csv"]);
});

test("a file that says it is smaller than what comes out, or too large, is refused unread", async () => {
  assert.match((await open(withSize(100))).refused[0]!, /damaged in its archive/);
  assert.match(
    (await open(withSize(2e9))).refused[0]!,
    /2000 MB, larger than any member that is read/,
  );
});

test("a ZIP that is cut off is refused as a whole, wherever it is cut", async () => {
  const whole = zipOf(FILES);
  for (const at of [40, whole.indexOf(CENTRAL) + 5, whole.length - 10])
    await assert.rejects(open(whole.subarray(0, at)), {
      code: "input-invalid",
      message: /without the list of its files.*download it again, whole/,
    });
});

test("whatever is changed in a ZIP, what is read is what its check sums say, or nothing", async () => {
  const whole = zipOf(FILES);
  const sums = new Set(FILES.map(({ content }) => crc32(content)));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 5), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (changes) => {
        const bytes = Buffer.from(whole);
        // The first four bytes make it a ZIP.
        for (const [at, value] of changes) bytes[at + 4] = value;
        const { texts } = await open(bytes).catch((error: unknown) => {
          if (!(error instanceof WheelsdownError)) throw error;
          return { texts: {} };
        });
        // A check sum may have been changed together with what it stands for, which these few bytes cannot hide.
        for (const text of Object.values(texts)) assert.ok(text === "" || sums.has(crc32(text)));
      },
    ),
    { seed: 1944, numRuns: 300 },
  );
});

test("a workbook, other archives and pictures are told by name, with what to do", async () => {
  const book = zipOf([{ name: "[Content_Types].xml", content: "<Types/>" }]);
  const path = join(root, "book.xlsx");
  await writeFile(path, book);
  assert.equal((await findArchives([{ path, named: true }])).files.length, 1);
  assert.match(describeUnreadable(book), /Excel workbook.*save its sheet as CSV/);
  const sheet = zipOf([{ name: "mimetype", content: "application/vnd.oasis.opendocument" }], 0);
  assert.match(describeUnreadable(sheet), /office document/);
  assert.match(says("7z\xbc\xaf\x27\x1c\0\x04"), /7z archive.*unpack it/);
  assert.match(says("Rar!\x1a\x07\x01\0"), /RAR archive/);
  assert.match(says("BZh91AY&SY"), /bzip2/);
  assert.match(says("\xfd7zXZ\0\0"), /xz/);
  assert.match(says("SQLite format 3\0\x10"), /SQLite database.*CSV/);
  assert.match(says("%PDF-1.7"), /PDF/);
  assert.match(says("\x89PNG\r\n"), /picture/);
  assert.match(says("\x01\x02\x03"), /binary data of a kind that is not read/);
});
