import assert from "node:assert/strict";
import { test } from "node:test";
import { avrReader } from "../../src/formats/avr.js";
import { beastReader } from "../../src/formats/beast.js";
import { timedHexReader } from "../../src/formats/timed-hex.js";
import type { Point } from "../../src/track/track.js";
import type { TimedFrame } from "../support/mode-s-frames.js";
import { holdsContract, type MessageCase, POINTS, plain, readText } from "./contract.js";
import {
  captureFrames,
  RAW_CONTEXT,
  spoiled,
  writeAvr,
  writeBeast,
  writeTimedHex,
} from "./raw-documents.js";

/** Of each point a callsign, a velocity, a squawk and a position; of the first also its other half. */
const FRAME_COUNT = 4 * POINTS.length + 1;
const FIRST_HALF = { "position-unpaired": 1 };

const messages = (write: (frames: readonly TimedFrame[]) => string | Uint8Array) => ({
  write: (address: string, points: readonly Point[]) => write(captureFrames(address, points)),
  writeWithBadRow: (address: string, points: readonly Point[]) =>
    write(captureFrames(address, points, (frame) => [spoiled(frame)])),
});

const HOSTILE = [
  "@000000000000;",
  "@".repeat(9000),
  `@${"f".repeat(12)}${"0".repeat(28)};\n@${"f".repeat(40)};`,
  `*${"8d".repeat(14)};\n`.repeat(3),
  `1e308,${"8d".repeat(14)}\n9999999999999,${"8d".repeat(14)}\n`,
  `1548286867,${"0".repeat(14)}\n1548286867,${"f".repeat(28)}\n`,
  `\u001a1\u001a3${"\u001a".repeat(99)}`,
  `\u001a3${"\u0000".repeat(21)}`.repeat(4),
];

/** Ends of frames in Beast, unescaped again. */
function beastIsWhole(bytes: Uint8Array, cut: number): boolean {
  let at = 0;
  while (at < cut) {
    const length = bytes[at + 1] === 0x31 ? 9 : bytes[at + 1] === 0x32 ? 14 : 21;
    at += 2;
    for (let i = 0; i < length; i++) at += bytes[at] === 0x1a ? 2 : 1;
  }
  return at === cut;
}

const endsLine =
  (isEnd: (line: string) => boolean): MessageCase["isWhole"] =>
  (bytes, cut) => {
    const text = new TextDecoder().decode(bytes.subarray(0, cut));
    const line = text.slice(text.lastIndexOf("\n") + 1);
    return line === "" || isEnd(line);
  };

holdsContract({
  reader: beastReader,
  name: "capture.bin",
  context: RAW_CONTEXT,
  plainLetters: true,
  notes: FIRST_HALF,
  // The Mode A/C reply with which it begins is one more.
  messages: { rowCount: FRAME_COUNT + 1, isWhole: beastIsWhole },
  ...messages(writeBeast),
  hostile: HOSTILE,
});

holdsContract({
  reader: avrReader,
  name: "capture.avr",
  context: RAW_CONTEXT,
  plainLetters: true,
  notes: FIRST_HALF,
  messages: {
    rowCount: FRAME_COUNT + 1,
    isWhole: endsLine((line) => line.endsWith(";")),
  },
  ...messages(writeAvr),
  hostile: HOSTILE,
});

holdsContract({
  reader: timedHexReader,
  name: "capture.csv",
  context: RAW_CONTEXT,
  plainLetters: true,
  notes: FIRST_HALF,
  messages: {
    rowCount: FRAME_COUNT,
    // A squawk has 14 digits, everything else here 28.
    isWhole: endsLine((line) => /,(?:2.{13}|8.{27})$/.test(line)),
  },
  ...messages(writeTimedHex),
  hostile: HOSTILE,
});

test("three forms of one capture give the same track", async () => {
  const frames = captureFrames("4243a2", POINTS);
  const [beast, avr, hex] = await Promise.all([
    readText(beastReader, writeBeast(frames), undefined, RAW_CONTEXT),
    readText(avrReader, writeAvr(frames), undefined, RAW_CONTEXT),
    readText(timedHexReader, writeTimedHex(frames), undefined, RAW_CONTEXT),
  ]);
  for (const { tracks } of [avr!, hex!]) {
    assert.deepEqual(plain(tracks[0]!), plain(beast!.tracks[0]!));
    assert.deepEqual([...tracks[0]!.squawk], [...beast!.tracks[0]!.squawk]);
    assert.deepEqual([...tracks[0]!.ground], [...beast!.tracks[0]!.ground]);
  }
  assert.equal(beast!.tracks[0]!.squawk[0], 7700);
});

test("a capture without a date asks for its beginning, and says what its name tells", async () => {
  const bytes = writeBeast(captureFrames("4243a2", POINTS));
  const read = (name: string) => readText(beastReader, bytes, undefined, { name, terms: {} });
  const plainName = await read("capture.bin");
  assert.equal(plainName.error?.code, "input-invalid");
  assert.match(plainName.error!.message, /--start 2018-03-01T12:00Z/);
  assert.deepEqual(plainName.tracks, []);
  const dated = await read("capture-20190123_231107.bin");
  assert.match(dated.error!.message, /2019-01-23T23:11:07.000Z.*--start name/);
});

test("a capture takes its beginning from its name where it is told to", async () => {
  const bytes = writeBeast(captureFrames("4243a2", POINTS));
  const context = { name: "day/capture-20190123_231107.bin", terms: { start: "name" as const } };
  const { tracks } = await readText(beastReader, bytes, undefined, context);
  assert.equal(tracks[0]!.timeMs[0], POINTS[0]!.timeMs);
  const unnamed = { ...context, name: "capture.bin" };
  const { error } = await readText(beastReader, bytes, undefined, unnamed);
  assert.match(error!.message, /its name tells none/);
});

test("AVR lines without times are refused, and say what to record instead", async () => {
  const text = writeAvr(captureFrames("4243a2", POINTS)).replaceAll(/@.{12}/g, "*");
  assert.ok(avrReader.sniff(new TextEncoder().encode(text), "x") > 0);
  const { error, tracks } = await readText(avrReader, text, undefined, RAW_CONTEXT);
  assert.match(error!.message, /without times/);
  assert.deepEqual(tracks, []);
});
