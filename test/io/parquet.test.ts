import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { ReadingTerms } from "../../src/formats/terms.js";
import { fileBytes, memoryBytes } from "../../src/io/input-bytes.js";
import { ParquetInput } from "../../src/io/parquet-input.js";
import { type ReadInput, readBytes, readInput, unpackedHead } from "../../src/io/read-input.js";
import { TrackCollector } from "../../src/track/collector.js";
import type { Track } from "../../src/track/track.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { putParquet, statesSql } from "../support/parquet.js";

const root = mkdtempSync(join(tmpdir(), "wheelsdown it's [a] parquet* "));
after(() => rmSync(root, { recursive: true, force: true }));

const place = (name: string) => join(root, name);

/** @returns the table in CSV that a file becomes */
async function tableOf(select: string, options?: string): Promise<string> {
  const path = place("table.parquet");
  await putParquet(path, select, options);
  const parquet = await ParquetInput.open(await fileBytes(path), undefined);
  const chunks: Uint8Array[] = [];
  for await (const chunk of parquet.chunks()) chunks.push(chunk);
  parquet.close();
  return Buffer.concat(chunks).toString();
}

interface Read {
  readonly input: ReadInput;
  readonly tracks: readonly Track[];
}

async function read(path: string, terms: ReadingTerms = {}): Promise<Read> {
  const collector = new TrackCollector();
  const input = await readInput(path, collector, terms);
  if ("reason" in input) assert.fail(input.reason);
  return { input, tracks: collector.take() };
}

async function errorOf(path: string, terms: ReadingTerms = {}): Promise<string> {
  try {
    const input = await readInput(path, new TrackCollector(), terms);
    assert.ok("reason" in input, "it was read");
    return input.reason;
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    assert.ok(error.message.startsWith(`${path}: `), error.message);
    return error.message.slice(path.length + 2);
  }
}

/** Temporary folders of this program that are there now. */
const temporary = () => readdirSync(tmpdir()).filter((name) => /^wheelsdown-[^-]{6}$/.test(name));

test("each type becomes the text that says the same", async () => {
  const table =
    await tableOf(`SELECT true AS bool, 170141183460469231731687303715884105727::UHUGEINT::VARCHAR AS big,
    9223372036854775807 AS long, 1.50::DECIMAL(9, 2) AS "dec", 'a,"b"' || chr(10) || 'c' AS txt, NULL::INTEGER AS nothing,
    TIMESTAMP '2019-01-23 12:01:00.123456' AS naive, TIMESTAMPTZ '2019-01-23 13:01:00.5+01' AS zoned,
    '2019-01-23 12:01:00.123456789'::TIMESTAMP_NS AS ns, '2019-01-23 12:01:00.123'::TIMESTAMP_MS AS ms,
    DATE '2019-01-23' AS "day", TIME '12:01:00.5' AS clock, 'x'::ENUM ('x', 'y') AS word, '' AS empty,
    '0.1'::FLOAT AS single, 0.1::DOUBLE AS double, 7700::DOUBLE AS whole, 'nan'::DOUBLE AS nan, 1e22::DOUBLE AS large`);
  const [names, cells, end] = table.split("\n");
  assert.equal(
    names,
    "bool,big,long,dec,txt,nothing,naive,zoned,ns,ms,day,clock,word,empty,single,double,whole,nan,large",
  );
  assert.equal(
    cells,
    "true,170141183460469231731687303715884105727,9223372036854775807,1.50," +
      '"a,""b"" c",,2019-01-23T12:01:00.123456,2019-01-23T12:01:00.5Z,2019-01-23T12:01:00.123456789,' +
      "2019-01-23T12:01:00.123,2019-01-23,12:01:00.5,x,,0.1,0.1,7700,,1e+22",
  );
  assert.equal(end, "");
});

test("every double comes back to the bit", async () => {
  const values = Array.from({ length: 3000 }, (_, i) => Math.sin(i * 7919) * 10 ** ((i % 40) - 20));
  const table = await tableOf(
    `SELECT unnest([${values.map((value) => value.toExponential(17)).join(", ")}])::DOUBLE AS value`,
  );
  const [, ...lines] = table.trimEnd().split("\n");
  assert.deepEqual(lines.map(Number), values);
});

test("names that hold what parts cells stand in quotes, and columns that no cell can hold are told", async () => {
  const path = place("odd.parquet");
  await putParquet(
    path,
    `SELECT 1 AS "a,b", 2 AS "say ""x""", 3 AS "semi;colon", {'x': 1} AS deep, [1] AS list, 'b'::BLOB AS bytes`,
  );
  const parquet = await ParquetInput.open(await fileBytes(path), undefined);
  const head = Buffer.from(await parquet.head()).toString();
  assert.equal(head, '"a,b","say ""x""","semi;colon"\n1,2,3\n');
  assert.equal(
    parquet.leftOutText(true),
    "deep (STRUCT(x INTEGER)), list (INTEGER[]), bytes (BLOB)",
  );
});

test("state vectors are the same from Parquet in any codec as from the CSV they hold", async () => {
  const csv = place("states.csv");
  writeFileSync(csv, await tableOf(statesSql(5000)));
  const wanted = (await read(csv)).tracks[0]!;
  assert.equal(wanted.length, 5000);
  for (const options of [
    "COMPRESSION uncompressed",
    "COMPRESSION snappy, ROW_GROUP_SIZE 2048",
    "COMPRESSION zstd, PARQUET_VERSION v2",
    "COMPRESSION gzip, DICTIONARY_SIZE_LIMIT 1",
    "COMPRESSION brotli",
    "COMPRESSION lz4_raw",
  ]) {
    const path = place("states.parquet");
    await putParquet(path, statesSql(5000), options);
    const { input, tracks } = await read(path);
    assert.equal(input.format, "opensky-states");
    assert.deepEqual([input.rowCount, input.keptCount], [5000, 5000]);
    const bytes = readFileSync(path);
    assert.equal(input.byteCount, bytes.length);
    assert.equal(input.sha256, createHash("sha256").update(bytes).digest("hex"));
    const { sources: _, ...columns } = tracks[0]!;
    const { sources: __, ...others } = wanted;
    assert.deepEqual(columns, others, options);
  }
});

test("rows are those of the Parquet file, from 0, also behind bad ones", async () => {
  const path = place("bad-rows.parquet");
  await putParquet(
    path,
    `SELECT * EXCLUDE (latitude), CASE WHEN second("timestamp") % 10 = 0 THEN NULL ELSE latitude END AS latitude
     FROM (${statesSql(10)})`,
  );
  const { input, tracks } = await read(path);
  assert.deepEqual([...tracks[0]!.sourceRow], [1, 3, 5, 7, 9]);
  assert.deepEqual(input.issues.counts, { "row-without-position": 5 });
});

const seenAt = (time: string) =>
  `SELECT ${time} AS seen, '4ca7b3' AS hex, 10.5 AS lat, -67.1 AS lon, 1000 AS alt_ft`;

test("times with a zone are UTC; of those without one a table's user has to say it", async () => {
  const map = "time=seen,lat=lat,lon=lon,alt=alt_ft,hex=hex";
  const zoned = place("zoned.parquet");
  await putParquet(zoned, seenAt("TIMESTAMPTZ '2019-01-23 13:01:00+01'"));
  assert.equal((await read(zoned, { map })).tracks[0]!.timeMs[0], Date.UTC(2019, 0, 23, 12, 1));
  const naive = place("naive.parquet");
  await putParquet(naive, seenAt("TIMESTAMP '2019-01-23 13:01:00'"));
  assert.match(await errorOf(naive, { map }), /its times name no zone .* give --tz/);
  const there = await read(naive, { map, timeZone: "Europe/Paris" });
  assert.equal(there.tracks[0]!.timeMs[0], Date.UTC(2019, 0, 23, 12, 1));
  assert.equal(there.input.format, `table --map ${map} --tz Europe/Paris`);
  assert.match(
    await errorOf(naive),
    /^in Parquet, a table of no kind that is known; it looks like --map/,
  );
});

test("epochs count in seconds, milliseconds, microseconds or nanoseconds, by size", async () => {
  const path = place("epoch.parquet");
  for (const [factor, type] of [
    [1, "DOUBLE"],
    [1e3, "BIGINT"],
    [1e6, "BIGINT"],
    [1e9, "HUGEINT"],
    [1e9, "BIGINT"],
  ] as const) {
    const time = `(1548244860::HUGEINT * ${factor})::${type}`;
    await putParquet(path, `SELECT ${time} AS "time", '4ca7b3' AS icao24, 1.5 AS lat, 2.5 AS lon`);
    assert.equal((await read(path)).tracks[0]!.timeMs[0], 1_548_244_860_000, `${factor} ${type}`);
  }
});

test("addresses that are numbers and times of 32 bits are refused", async () => {
  const path = place("numbers.parquet");
  const rest = "1.5 AS lat, 2.5 AS lon";
  await putParquet(path, `SELECT 394600 AS icao24, 1548244860 AS "time", ${rest}`);
  assert.match(await errorOf(path), /^its column "icao24" has addresses as numbers \(INTEGER\)/);
  await putParquet(path, `SELECT 394600 AS who, 1548244860 AS "time", ${rest}`);
  const map = "time=time,lat=lat,lon=lon,hex=#1";
  assert.match(await errorOf(path, { map }), /^its column "who" has addresses as numbers/);
  await putParquet(path, `SELECT '394600' AS icao24, 1548244860::FLOAT AS "time", ${rest}`);
  assert.match(await errorOf(path), /^its column "time" has times as fractions of 32 bits/);
});

test("of two columns with one name none is chosen", async () => {
  const path = place("same.parquet");
  const select = `SELECT '4ca7b3' AS icao24, 1.5 AS lat, 2.5 AS lon, 3.5 AS xAt, 1548244860 AS "time", {'lat': 1} AS deep`;
  await putParquet(path, select, "COMPRESSION uncompressed");
  const text = readFileSync(path).toString("latin1").replaceAll("xAt", "lAt");
  writeFileSync(path, text, "latin1");
  assert.match(
    await errorOf(path),
    /^it has several columns called "lat"; say with --map by number/,
  );
  const map = "time=time,lat=lat,lon=lon,hex=icao24";
  assert.match(await errorOf(path, { map }), /several columns called "lat"/);
  const { tracks } = await read(path, { map: map.replace("=lat", "=#4") });
  assert.equal(tracks[0]!.latDeg[0], 3.5);
});

test("in gzip or in memory it is read by way of a temporary file, which is gone afterwards", async () => {
  const before = temporary();
  const path = place("inner.parquet");
  await putParquet(path, statesSql(100));
  const bytes = readFileSync(path);
  const packed = place("outer.gz");
  writeFileSync(packed, gzipSync(bytes));
  const { input } = await read(packed);
  assert.equal(input.keptCount, 100);
  assert.equal(input.sha256, createHash("sha256").update(readFileSync(packed)).digest("hex"));
  const member = memoryBytes("a.tar!b", bytes);
  const found = await readBytes(member, new TrackCollector());
  assert.ok("sha256" in found && found.keptCount === 100);
  assert.match(Buffer.from(await unpackedHead(member)).toString(), /^timestamp,icao24,latitude/);
  const broken = readFileSync(packed).subarray(0, 700);
  writeFileSync(packed, broken);
  assert.match(await errorOf(packed), /Parquet file that breaks off/);
  assert.deepEqual(temporary(), before);
});

test("what is damaged anywhere gives nothing, and says what it is", async () => {
  const path = place("damaged.parquet");
  await putParquet(path, statesSql(5000), "COMPRESSION snappy, ROW_GROUP_SIZE 2048");
  const whole = readFileSync(path);
  const damages: readonly (readonly [string, (bytes: Buffer) => Buffer, RegExp])[] = [
    ["cut", (bytes) => bytes.subarray(0, 9000), /^a Parquet file that breaks off/],
    ["nothing behind the mark", (bytes) => bytes.subarray(0, 4), /cannot be read/],
    [
      "a wrong length of what describes it",
      (bytes) => {
        bytes.writeUInt32LE(0x7fff_fff0, bytes.length - 8);
        return bytes;
      },
      /cannot be read .*Footer length/,
    ],
    ["values overwritten", (bytes) => bytes.fill(0x55, 4, 400), /cannot be read/],
    [
      "values of the last row group overwritten",
      (bytes) => {
        const end = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
        return bytes.fill(0x55, end - 3000, end - 1000);
      },
      /cannot be read/,
    ],
  ];
  for (const [what, damage, expected] of damages) {
    writeFileSync(path, damage(Buffer.from(whole)));
    const collector = new TrackCollector();
    await assert.rejects(readInput(path, collector), (error: WheelsdownError) => {
      assert.equal(error.code, "input-invalid", what);
      assert.match(error.message.slice(path.length + 2), /^a Parquet file that/, what);
      assert.match(error.message.slice(path.length + 2), expected, what);
      return true;
    });
    assert.equal(collector.pointCount, 0, what);
  }
  writeFileSync(path, whole);
  assert.equal((await read(path)).input.keptCount, 5000);
});

test("a file of more rows or columns than any table of positions has is refused before it is read", async () => {
  const path = place("bomb.parquet");
  const one = `SELECT '4ca7b3' AS icao24, 1.5 AS lat, 2.5 AS lon, 1548244860 AS "time"`;
  await putParquet(path, `${one} FROM range(26000000)`, "COMPRESSION zstd");
  assert.ok(readFileSync(path).length < 1e6);
  assert.match(await errorOf(path), /has 26 million rows; of one file 25 million are read/);
  const columns = Array.from({ length: 1001 }, (_, i) => `${i} AS c${i}`);
  await putParquet(path, `SELECT ${columns.join(", ")}`);
  assert.match(await errorOf(path), /has 1001 columns/);
});

test("the file is the only one that its reader can open, whatever its name", async () => {
  for (const name of [
    "q?.parquet",
    "[ab]*.parquet",
    "it's {x,y}.parquet",
    "day=2019-01-23 %41.parquet",
  ]) {
    const path = place(name);
    await putParquet(place("plain.parquet"), statesSql(3));
    writeFileSync(path, readFileSync(place("plain.parquet")));
    assert.equal((await read(path)).input.keptCount, 3, name);
  }
});
