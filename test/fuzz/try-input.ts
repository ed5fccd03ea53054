import assert from "node:assert/strict";
import type { ReadContext, Reader } from "../../src/formats/reader.js";
import { type RandomSource, seededRandom } from "../../src/sim/random.js";
import { type InputReport, TrackCollector } from "../../src/track/collector.js";
import type { Track } from "../../src/track/track.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { CAPTURE_START_MS } from "../formats/raw-documents.js";
import { TABLE_MAP } from "../formats/table-documents.js";
import { documentFor } from "./documents.js";
import { mutated } from "./mutate.js";

/** Everything a user may say, so that no reader refuses for want of it. */
const CONTEXT: ReadContext = {
  name: "input",
  terms: {
    map: TABLE_MAP,
    start: CAPTURE_START_MS,
    timeZone: "Europe/Moscow",
    receiver: { latDeg: 59.7, lonDeg: 30.3 },
  },
};
/** A small input that takes longer hangs, as far as its user is concerned. */
const SLOW_MS = 2000;
/** Formats in which a row that gives no position need not be wrong. */
const OF_MESSAGES = new Set(["beast", "avr", "timed-hex", "sbs"]);

/** What came of one input. */
export interface TriedInput {
  readonly keptCount: number;
  readonly issueCount: number;
  readonly isRefused: boolean;
}

/** The input that a seed and an index stand for; each is made on its own, so that any can be made again. */
export function inputOf(readerId: string, seed: number, index: number): Uint8Array {
  return mutatedOf(readerId, seededRandom(seed * 2_654_435 + index));
}

function mutatedOf(readerId: string, random: RandomSource): Uint8Array {
  const document = documentFor(readerId, random);
  // Some as they are: a check that refuses good input is no good either.
  return random() < 0.02 ? document : mutated(document, random);
}

/**
 * Reads one input twice, in different pieces, and holds what comes out against what no reader may do: crash, hang, keep
 * nonsense, lose a row without counting it, or depend on how its bytes were cut.
 *
 * @throws AssertionError, or whatever the reader threw
 */
export async function tryInput(reader: Reader, bytes: Uint8Array): Promise<TriedInput> {
  const { tookMs, ...tried } = await triedOnce(reader, bytes);
  if (tookMs < SLOW_MS) return tried;
  // A busy machine may have stopped us: what hangs does so again.
  const again = await triedOnce(reader, bytes);
  assert.ok(again.tookMs < SLOW_MS, `took ${tookMs} ms, and ${again.tookMs} ms when tried again`);
  return tried;
}

async function triedOnce(
  reader: Reader,
  bytes: Uint8Array,
): Promise<TriedInput & { readonly tookMs: number }> {
  const startMs = performance.now();
  reader.sniff(bytes, "input");
  const whole = await readingOf(reader, bytes, bytes.length || 1);
  const cut = await readingOf(reader, bytes, pieceSize(bytes.length));
  const tookMs = performance.now() - startMs;
  assert.equal(cut.error, whole.error);
  // As text and as bytes first: asking the slow way is for those that differ.
  if (JSON.stringify(cut.report) !== JSON.stringify(whole.report))
    assert.deepEqual({ ...cut.report, fellBack: false }, { ...whole.report, fellBack: false });
  const isSame = cut.tracks.every((track, i) => sameBytes(track, whole.tracks[i]));
  if (!isSame || cut.tracks.length !== whole.tracks.length)
    assert.deepEqual(cut.tracks, whole.tracks);
  const { rowCount, keptCount, issues } = whole.report;
  const issueCount = Object.values(issues.counts).reduce((sum, count) => sum + count, 0);
  // A table's rows bear the numbers of lines, of which one row may take several.
  const lineCount = bytes.reduce((count, byte) => count + (byte === 10 || byte === 13 ? 1 : 0), 1);
  // A heatmap's bear those of its records of 16 bytes, of which some are no positions.
  const placeCount = reader.id === "readsb-heatmap" ? bytes.length / 16 : lineCount;
  for (const track of whole.tracks) checkTrack(track, Math.max(rowCount, placeCount));
  assert.ok(keptCount <= rowCount, `${keptCount} points of ${rowCount} rows`);
  const isSilent = OF_MESSAGES.has(reader.id) || whole.error !== undefined;
  assert.ok(
    isSilent || keptCount + issueCount >= rowCount,
    `rows ${rowCount}, kept ${keptCount}, issues ${issueCount}`,
  );
  return { keptCount, issueCount, isRefused: whole.error !== undefined, tookMs };
}

/**
 * Pieces of a few bytes cut everything everywhere, and waiting for each took half the time of an input: one input in four is cut
 * so, the others into some ten pieces.
 */
function pieceSize(length: number): number {
  return length % 4 === 0 ? 1 + (length % 13) : 14 + (length % 241);
}

function sameBytes(track: Track, other: Track | undefined): boolean {
  return (Object.keys(track) as (keyof Track)[]).every((name) => {
    const [one, two] = [track[name], other?.[name]];
    if (!ArrayBuffer.isView(one)) return JSON.stringify(one) === JSON.stringify(two);
    return ArrayBuffer.isView(two) && Buffer.compare(bytesOf(one), bytesOf(two)) === 0;
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

interface Reading {
  readonly report: InputReport;
  readonly error: string | undefined;
  readonly tracks: readonly Track[];
}

async function readingOf(reader: Reader, bytes: Uint8Array, chunkSize: number): Promise<Reading> {
  const collector = new TrackCollector();
  const sink = collector.begin("input", reader.id);
  let error: string | undefined;
  try {
    await reader.read(chunksOf(bytes, chunkSize), sink, CONTEXT);
  } catch (caught) {
    if (!(caught instanceof WheelsdownError)) throw caught;
    error = `${caught.code}: ${caught.message}`;
  }
  return { report: sink.finish("00".repeat(32)), error, tracks: collector.take() };
}

function* chunksOf(bytes: Uint8Array, size: number): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const FROM_MS = Date.UTC(1990, 0, 1);
const TO_MS = Date.UTC(2100, 0, 1);

function checkTrack(track: Track, rowCount: number): void {
  assert.match(track.address, /^~?[0-9a-f]{6}$/);
  for (let i = 0; i < track.length; i++) {
    const values = {
      timeMs: track.timeMs[i]!,
      latDeg: track.latDeg[i]!,
      lonDeg: track.lonDeg[i]!,
      altitudeFt: track.altitudeFt[i]!,
      geometricAltitudeFt: track.geometricAltitudeFt[i]!,
      groundSpeedKt: track.groundSpeedKt[i]!,
      verticalRateFpm: track.verticalRateFpm[i]!,
      trackAngleDeg: track.trackAngleDeg[i]!,
      squawk: track.squawk[i]!,
      sourceRow: track.sourceRow[i]!,
    };
    const isFine =
      isWithin(values.timeMs, FROM_MS, TO_MS) &&
      isWithin(values.latDeg, -90, 90) &&
      isWithin(values.lonDeg, -180, 180) &&
      isUnknownOr(values.altitudeFt, -2000, 126_700) &&
      isUnknownOr(values.geometricAltitudeFt, -2000, 126_700) &&
      isUnknownOr(values.groundSpeedKt, 0, 2500) &&
      isUnknownOr(values.verticalRateFpm, -60_000, 60_000) &&
      isUnknownOr(values.trackAngleDeg, -360, 360) &&
      isWithin(values.squawk, -1, 7777) &&
      values.sourceRow < rowCount;
    assert.ok(isFine, `${track.address}, of ${rowCount} rows: ${JSON.stringify(values)}`);
  }
}

function isWithin(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}

function isUnknownOr(value: number, from: number, to: number): boolean {
  return Number.isNaN(value) || isWithin(value, from, to);
}
