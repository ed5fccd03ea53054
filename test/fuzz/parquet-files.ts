import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { fileBytes } from "../../src/io/input-bytes.js";
import { readBytes } from "../../src/io/read-input.js";
import { type RandomSource, seededRandom } from "../../src/sim/random.js";
import { TrackCollector } from "../../src/track/collector.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { mutated } from "./mutate.js";

const ROW_COUNT = 300;
/** A small table of state vectors with columns of every kind that DuckDB writes. */
const TABLE = `SELECT
  TIMESTAMPTZ '2019-01-23 12:00:00+00' + i * INTERVAL 5 SECOND AS "timestamp",
  CASE WHEN i % 2 = 0 THEN '4ca7b3' ELSE '4243a2' END AS icao24,
  50 + i / 1000 AS latitude, 5 + i / 997 AS longitude,
  (i * 25)::INTEGER AS altitude, (400 + i % 7)::FLOAT AS groundspeed, (i % 360)::DOUBLE AS track,
  CASE WHEN i % 3 = 0 THEN NULL ELSE (i % 64) * 64 END::SMALLINT AS vertical_rate,
  'TST' || i AS callsign, i % 11 = 0 AS onground, (i * 1.25)::DECIMAL(9, 2) AS geoaltitude,
  {'a': i, 'b': [i, NULL]} AS nested, [i::VARCHAR] AS list, 'x'::BLOB AS raw, DATE '2019-01-23' AS "day",
  TIME '12:00:00' AS clock, TIMESTAMP_NS '2019-01-23 12:00:00.123456789' AS ns, i::HUGEINT AS huge
  FROM range(${ROW_COUNT}) t(i)`;

const FORMS = [
  "COMPRESSION uncompressed",
  "COMPRESSION snappy",
  "COMPRESSION gzip",
  "COMPRESSION zstd, PARQUET_VERSION v2",
  "COMPRESSION lz4_raw, ROW_GROUP_SIZE 2048",
  "COMPRESSION brotli",
  "COMPRESSION uncompressed, PARQUET_VERSION v2",
  "COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1",
];

/** @returns whole Parquet files of one table, in every codec and form that DuckDB writes */
async function makeParquetFiles(): Promise<Buffer[]> {
  const folder = mkdtempSync(join(tmpdir(), "wheelsdown-fuzz-"));
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  try {
    const files: Buffer[] = [];
    for (const form of FORMS) {
      const path = join(folder, "x.parquet");
      await connection.run(`COPY (${TABLE}) TO '${path}' (FORMAT parquet, ${form})`);
      files.push(readFileSync(path));
    }
    return files;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

/** The damaged file that a seed and an index stand for. */
function parquetInputOf(files: readonly Buffer[], seed: number, index: number): Buffer {
  const random = seededRandom(seed * 2_654_435 + index);
  // Seeds that are neighbours give alike numbers at first.
  for (let i = 0; i < 8; i++) random();
  const file = files[Math.floor(random() * files.length)]!;
  if (random() < 0.01) return file;
  // Most in its values, a third in what describes them, some in how long that is; the marks stay, without which nobody looks.
  const footerAt = file.length - file.readUInt32LE(file.length - 8) - 8;
  const [start, end] =
    random() < 0.65
      ? [4, footerAt]
      : random() < 0.9
        ? [footerAt, file.length - 8]
        : [file.length - 8, file.length - (random() < 0.2 ? 0 : 4)];
  const middle = damaged(file.subarray(start, end), random);
  return Buffer.concat([file.subarray(0, start), middle, file.subarray(end)]);
}

function damaged(bytes: Uint8Array, random: RandomSource): Uint8Array {
  // What makes it longer or shorter moves all that lies behind.
  if (random() < 0.2) return mutated(new Uint8Array(bytes), random);
  const copy = Buffer.from(bytes);
  const count = 1 + Math.floor(random() * random() * 8);
  for (let i = 0; i < count; i++) {
    const at = Math.floor(random() * copy.length);
    copy[at] = random() < 0.5 ? copy[at]! ^ (1 << Math.floor(random() * 8)) : random() * 256;
  }
  return copy;
}

/** What came of one file. */
interface TriedParquet {
  readonly keptCount: number;
  /** The error a user would see. */
  readonly refused: string | undefined;
}

/** Reads one file as the program does. @throws what is no answer to a bad file */
async function tryParquet(bytes: Uint8Array, path: string): Promise<TriedParquet> {
  writeFileSync(path, bytes);
  const collector = new TrackCollector();
  try {
    const read = await readBytes(await fileBytes(path), collector, { named: true });
    if ("reason" in read) return { keptCount: 0, refused: read.reason };
    assert.ok(read.keptCount <= read.rowCount);
    return { keptCount: read.keptCount, refused: undefined };
  } catch (error) {
    if (!(error instanceof WheelsdownError) || error.code !== "input-invalid") throw error;
    assert.ok(error.message.startsWith(`${path}: `), error.message);
    // What is refused leaves nothing behind.
    assert.equal(collector.pointCount, 0, error.message);
    return { keptCount: 0, refused: error.message };
  }
}

/** Which damaged files: `inputCount` of them from `first` on. */
export interface FuzzedFiles {
  readonly seed: number;
  readonly first: number;
  readonly inputCount: number;
}

/** What came of all. */
export interface FuzzedSums {
  readonly kept: number;
  readonly read: number;
  readonly refused: number;
  /** Of those that were refused: they ended the process that read them. */
  readonly ended: number;
  readonly slowestMs: number;
}

/** @throws what is no answer to a bad file, with the command that reads it again */
export async function sumsOfDamaged({ seed, first, inputCount }: FuzzedFiles): Promise<FuzzedSums> {
  const folder = mkdtempSync(join(tmpdir(), "wheelsdown-fuzz-"));
  const path = join(folder, "x.parquet");
  const sums = { kept: 0, read: 0, refused: 0, ended: 0, slowestMs: 0 };
  try {
    const files = await makeParquetFiles();
    for (const file of files) assert.equal((await tryParquet(file, path)).keptCount, ROW_COUNT);
    for (let index = first; index < first + inputCount; index++) {
      const startMs = performance.now();
      const { keptCount, refused } = await tryParquet(
        parquetInputOf(files, seed, index),
        path,
      ).catch((cause: unknown) => {
        const again = `npm run fuzz -- --reader parquet --seed ${seed} --first ${index} --inputs 1`;
        throw new Error(`${String(cause)}\nagain: ${again}`, { cause });
      });
      sums.slowestMs = Math.max(sums.slowestMs, performance.now() - startMs);
      sums.kept += keptCount;
      if (refused === undefined) sums.read++;
      else sums.refused++;
      if (refused?.includes("ended the process")) sums.ended++;
    }
    return sums;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `sumsOfDamaged` for a person. @returns false when one of them was not answered as it has to be */
export async function fuzzParquet(asked: FuzzedFiles): Promise<boolean> {
  try {
    const { kept, read, refused, ended, slowestMs } = await sumsOfDamaged(asked);
    console.log(
      `parquet: ${asked.inputCount} inputs, ${kept} points kept of ${read}, ${refused} refused, of which ${ended} ended the ` +
        `process that read them; the slowest took ${Math.round(slowestMs)} ms`,
    );
    return true;
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}
