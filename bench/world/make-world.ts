import {
  createWriteStream,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Header } from "tar";
import type { Airport } from "../../src/place/airport.js";
import { utcDay } from "../../src/units/time.js";
import { type AircraftDay, aircraftDay, worldAddresses } from "./aircraft-day.js";
import { makeTemplates, templateCount, WORLD_DAY_MS } from "./templates.js";
import { traceText } from "./trace-text.js";

/** What a made archive holds. */
export interface WorldFacts {
  readonly aircraftCount: number;
  readonly seed: number;
  readonly templateCount: number;
  readonly pointCount: number;
  readonly groundPointCount: number;
  /** Points by the word readsb has for their source. */
  readonly sourceCounts: Readonly<Record<string, number>>;
  /** Points of a file: the least, tenths of all files from 10 % to 90 %, the most. */
  readonly pointDeciles: readonly number[];
  /** Holes of more than ten minutes. */
  readonly holeCount: number;
  readonly jsonByteCount: number;
  /** All gzip files together, without what the tar adds. */
  readonly gzipByteCount: number;
  readonly tarByteCount: number;
}

/** Which world is wanted. */
export interface WorldWish {
  readonly aircraftCount: number;
  readonly seed: number;
}

/** Raised whenever the same wish would give other bytes, so that a kept archive is made anew. */
const WORLD_VERSION = 2;
/** Chosen: level 9 takes half as long again for 1.2 % less (measured on 60 files of a world). */
const GZIP_LEVEL = 6;
/** Packed in other threads while the next texts are made; a bound on memory. */
const PACKING_MAX = 4;
const HOLE_MS = 600_000;
const gzipBytes = promisify(gzip);

/** Where a world's archive lies in a work folder; facts lie beside it under the same name with `.json`. */
export function worldPath(folder: string, { aircraftCount, seed }: WorldWish): string {
  return `${folder}/world-v${WORLD_VERSION}-${aircraftCount}-${seed}.tar`;
}

/** @returns the facts of a world made before with the same wish; undefined when there is none */
export function keptWorld(folder: string, wish: WorldWish): WorldFacts | undefined {
  const path = worldPath(folder, wish);
  if (!existsSync(path) || !existsSync(`${path}.json`)) return undefined;
  return JSON.parse(readFileSync(`${path}.json`, "utf8")) as WorldFacts;
}

/**
 * Writes an archive of one day: a tar of gzip trace files, each saying that it is simulated. Never more than a few files
 * are held in memory. Same wish, same airports and same zlib: same bytes.
 *
 * @param onFile called after each file
 */
export async function makeWorld(
  folder: string,
  wish: WorldWish,
  options: { readonly airports: readonly Airport[]; readonly onFile?: () => void },
): Promise<WorldFacts> {
  const path = worldPath(folder, wish);
  const count = templateCount(wish.aircraftCount);
  const templates = makeTemplates(options.airports, count, wish.seed);
  const tally = new Tally();
  const files = packedFiles({ wish, templates, tally, onFile: options.onFile });
  await pipeline(tarOf(files), createWriteStream(`${path}.part`));
  const facts = tally.facts(wish, { templateCount: templates.length, path: `${path}.part` });
  writeFileSync(`${path}.json`, `${JSON.stringify(facts, null, 2)}\n`);
  renameSync(`${path}.part`, path);
  return facts;
}

/** The files of a world in order of address, some of them packed ahead of time. */
async function* packedFiles({
  wish,
  templates,
  tally,
  onFile,
}: {
  readonly wish: WorldWish;
  readonly templates: ReturnType<typeof makeTemplates>;
  readonly tally: Tally;
  readonly onFile: (() => void) | undefined;
}): AsyncGenerator<PackedFile> {
  const packing: Promise<PackedFile>[] = [];
  const first = async () => {
    const file = await packing.shift()!;
    tally.gzipByteCount += file.bytes.length;
    onFile?.();
    return file;
  };
  for (const digits of worldAddresses(wish.aircraftCount, wish.seed)) {
    const day = aircraftDay(digits, templates, wish.seed);
    const text = traceText(day);
    tally.add(day, text.length);
    packing.push(packFile(day.address, text));
    if (packing.length >= PACKING_MAX) yield await first();
  }
  while (packing.length > 0) yield await first();
}

interface PackedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

async function packFile(address: string, text: string): Promise<PackedFile> {
  const day = utcDay(WORLD_DAY_MS).replaceAll("-", "/");
  const name = `${day}/traces/${address.slice(-2)}/trace_full_${address}.json`;
  return { name, bytes: await gzipBytes(text, { level: GZIP_LEVEL }) };
}

const BLOCK_BYTES = 512;

/** A fixed time and no owner: the archive depends on its wish alone. */
async function* tarOf(files: AsyncIterable<PackedFile>): AsyncGenerator<Buffer> {
  for await (const { name, bytes } of files) {
    const mtime = new Date(WORLD_DAY_MS);
    const header = new Header({ path: name, mode: 0o644, size: bytes.length, mtime });
    header.type = "0";
    const block = Buffer.alloc(BLOCK_BYTES);
    header.encode(block, 0);
    yield block;
    yield bytes;
    yield Buffer.alloc((BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES);
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

class Tally {
  gzipByteCount = 0;
  #jsonByteCount = 0;
  #groundPointCount = 0;
  #holeCount = 0;
  readonly #sourceCounts: Record<string, number> = {};
  readonly #pointCounts: number[] = [];

  add({ rows, source }: AircraftDay, jsonByteCount: number): void {
    this.#jsonByteCount += jsonByteCount;
    this.#pointCounts.push(rows.length);
    this.#sourceCounts[source] = (this.#sourceCounts[source] ?? 0) + rows.length;
    for (let i = 0; i < rows.length; i++) {
      if (rows[i]!.onGround) this.#groundPointCount++;
      if (i > 0 && rows[i]!.timeMs - rows[i - 1]!.timeMs > HOLE_MS) this.#holeCount++;
    }
  }

  facts(
    wish: WorldWish,
    made: { readonly templateCount: number; readonly path: string },
  ): WorldFacts {
    const sorted = this.#pointCounts.sort((a, b) => a - b);
    const deciles = Array.from(
      { length: 11 },
      (_, tenth) => sorted[Math.min(sorted.length - 1, Math.floor((tenth * sorted.length) / 10))]!,
    );
    return {
      ...{ aircraftCount: wish.aircraftCount, seed: wish.seed },
      templateCount: made.templateCount,
      pointCount: sorted.reduce((sum, count) => sum + count, 0),
      groundPointCount: this.#groundPointCount,
      sourceCounts: this.#sourceCounts,
      pointDeciles: deciles,
      holeCount: this.#holeCount,
      jsonByteCount: this.#jsonByteCount,
      gzipByteCount: this.gzipByteCount,
      tarByteCount: statSync(made.path).size,
    };
  }
}
