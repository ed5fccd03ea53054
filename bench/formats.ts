// What reading text formats costs beside cutting the same bytes into lines, in one run.
//
//   npm run bench:formats [-- PATH...]     files of any format; without any, seeded simulated ones of each
//
// Two ways of cutting lines are timed: Node's own (`readline`, which gives a program its lines as they come), and decoding each
// chunk and splitting it at line ends, the least that can be done with text. Beside JSON stands `JSON.parse` of the same bytes,
// for documents line by line where they are recordings: how much of a reader's time is parsing.
//
// Each format is timed in a process of its own, as a command meets it: what the compiler makes of code that all readers share
// depends on which ones ran before.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { avrReader } from "../src/formats/avr.js";
import { beastReader } from "../src/formats/beast.js";
import { ASKED_READERS, detectReader, READERS, SNIFF_BYTES } from "../src/formats/detect.js";
import type { Reader } from "../src/formats/reader.js";
import { sbsReader } from "../src/formats/sbs.js";
import { timedHexReader } from "../src/formats/timed-hex.js";
import { InputSink } from "../src/track/collector.js";
import { CAPTURE_START_MS } from "../test/formats/raw-documents.js";
import { rawRecordings } from "./raw-recordings.js";
import { TEXT_RECORDINGS, textRecording } from "./text-recordings.js";

const ROUNDS = 7;
const WANTED_BYTES = 20e6;
const CHUNK_BYTES = 1 << 16;
/** Text readers are to be no slower than this, as a share of the speed of Node's own cutting into lines. */
const GOAL = 0.5;
const TERMS = { timeZone: "Europe/Moscow", start: CAPTURE_START_MS };

interface Material {
  readonly name: string;
  readonly reader: Reader;
  readonly bytes: Buffer;
  readonly map?: string | undefined;
  /** How often it is read in one round: small files cannot be timed, and two documents in a row are none. */
  readonly times?: number;
}

function simulatedMaterial(name: string): Material {
  const recording = TEXT_RECORDINGS.find((one) => one.name === name);
  if (recording) {
    const reader = [...READERS, ...ASKED_READERS].find(({ id }) => id === recording.readerId)!;
    return { name, reader, bytes: textRecording(recording, WANTED_BYTES), map: recording.map };
  }
  const raw = RAW.find((one) => one.name === name)!;
  return { name, reader: raw.reader, bytes: raw.bytesOf(rawRecordings(WANTED_BYTES)) };
}

const RAW: readonly {
  readonly name: string;
  readonly reader: Reader;
  readonly bytesOf: (recordings: ReturnType<typeof rawRecordings>) => Buffer;
}[] = [
  { name: "SBS", reader: sbsReader, bytesOf: ({ sbs }) => sbs },
  { name: "AVR", reader: avrReader, bytesOf: ({ avr }) => avr },
  { name: "hex with times", reader: timedHexReader, bytesOf: ({ hex }) => hex },
  { name: "Beast", reader: beastReader, bytesOf: ({ beast }) => beast },
];

function fileMaterial(path: string): Material {
  const read = readFileSync(path);
  const plain = read[0] === 0x1f ? gunzipSync(read) : read;
  const reader = detectReader(plain.subarray(0, SNIFF_BYTES), path);
  if (!reader) throw new Error(`${path}: no reader`);
  return { name: path, reader, bytes: plain, times: Math.ceil(WANTED_BYTES / plain.length) };
}

function* chunksOf(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

let consumed = 0;
let pointCount = 0;

async function readAll({ reader, bytes, map }: Material): Promise<void> {
  // Points are made and checked; keeping them in columns is the same for every format.
  const sink = new InputSink("x", reader.id, {
    point: () => {
      pointCount++;
      return true;
    },
    points: (_address, _source, block) => {
      pointCount += block.length;
      return true;
    },
  });
  await reader.read(chunksOf(bytes), sink, { name: "x", terms: { ...TERMS, map } });
}

async function cutByNode({ bytes }: Material): Promise<void> {
  const input = Readable.from(chunksOf(bytes));
  for await (const line of createInterface({ input, crlfDelay: Infinity })) consumed += line.length;
}

async function splitText({ bytes }: Material): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for (const chunk of chunksOf(bytes)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) consumed += line.length;
  }
}

/** Of a document at once, or of each line where lines are documents. */
async function parseJson({ bytes }: Material): Promise<void> {
  const text = new TextDecoder().decode(bytes);
  const documents = isWholeJson(text) ? [text] : text.split("\n");
  for (const document of documents)
    if (document !== "") consumed += Object.keys(JSON.parse(document) as object).length;
}

/** A recording begins with an object on a line of its own, and another one follows. */
function isWholeJson(text: string): boolean {
  return !/^\{[^\n]*\}\r?\n\{/.test(text);
}

function isJson({ bytes }: Material): boolean {
  return /^\s*[{[]/.test(bytes.toString("latin1", 0, 64));
}

type Way = (material: Material) => Promise<void>;

/** Time of the processor: a busy machine does not change it much. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** @returns the best and the middle time of each way, milliseconds; ways take turns, so that all meet the same disturbances */
async function timesOf(
  material: Material,
  ways: readonly Way[],
): Promise<{ minMs: number; medianMs: number }[]> {
  const times = ways.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, way] of ways.entries()) {
      const startMs = cpuMs();
      for (let time = 0; time < (material.times ?? 1); time++) await way(material);
      // The first round warms up.
      if (round > 0) times[i]!.push(cpuMs() - startMs);
    }
  return times.map((list) => {
    list.sort((a, b) => a - b);
    return { minMs: list[0]!, medianMs: list[list.length >> 1]! };
  });
}

const mbPerS = (byteCount: number, ms: number) => `${(byteCount / 1e3 / ms).toFixed(0)} MB/s`;

async function measure(material: Material): Promise<void> {
  const { name, reader } = material;
  const byteCount = material.bytes.length * (material.times ?? 1);
  const isText = reader !== beastReader;
  const ways = isText ? [readAll, cutByNode, splitText] : [readAll];
  const [read, node, split, parse] = await timesOf(
    material,
    isJson(material) ? [...ways, parseJson] : ways,
  );
  if (pointCount === 0) throw new Error("nothing was read");
  const speed = `${name}: ${(byteCount / 1e6).toFixed(0)} MB, reader ${mbPerS(byteCount, read!.minMs)} (median ${mbPerS(byteCount, read!.medianMs)})`;
  if (!node || !split) return console.log(speed);
  const ratio = node.minMs / read!.minMs;
  console.log(
    `${speed}; lines by readline ${mbPerS(byteCount, node.minMs)}: ${ratio.toFixed(2)} times that, goal ${GOAL}` +
      `${ratio < GOAL ? ", MISSED" : ""}; by split ${mbPerS(byteCount, split.minMs)}: ${(split.minMs / read!.minMs).toFixed(2)}` +
      (parse
        ? `; JSON.parse ${mbPerS(byteCount, parse.minMs)}: ${(parse.minMs / read!.minMs).toFixed(2)}`
        : ""),
  );
}

const { values, positionals } = parseArgs({
  options: { simulated: { type: "string" }, file: { type: "string" } },
  allowPositionals: true,
});
if (values.simulated !== undefined) await measure(simulatedMaterial(values.simulated));
else if (values.file !== undefined) await measure(fileMaterial(values.file));
else {
  const names = [...RAW, ...TEXT_RECORDINGS].map(({ name }) => ["--simulated", name]);
  const files = positionals.map((path) => ["--file", path]);
  for (const words of files.length > 0 ? files : names) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...words], {
      stdio: "inherit",
    });
    if (status !== 0) process.exitCode = 1;
  }
}
