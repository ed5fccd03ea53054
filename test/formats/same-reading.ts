import assert from "node:assert/strict";
import { readTraceJson } from "../../src/formats/readsb-json.js";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import { wholeText } from "../../src/formats/text.js";
import { type InputReport, type InputSink, TrackCollector } from "../../src/track/collector.js";
import type { Track } from "../../src/track/track.js";
import { WheelsdownError } from "../../src/units/errors.js";

interface Reading {
  readonly report: InputReport;
  readonly error: string | undefined;
  readonly tracks: readonly Track[];
}

async function readingOf(read: (sink: InputSink) => Promise<void>): Promise<Reading> {
  const collector = new TrackCollector();
  const sink = collector.begin("input", "readsb-trace");
  let error: string | undefined;
  try {
    await read(sink);
  } catch (caught) {
    if (!(caught instanceof WheelsdownError)) throw caught;
    error = `${caught.code}: ${caught.message}`;
  }
  return { error, report: sink.finish("00".repeat(32)), tracks: collector.take() };
}

/**
 * Reads a document by the reader and by `JSON.parse` alone; both must give the same points, identities, issues, counts
 * and error.
 *
 * @returns whether the reader fell back, so that a test can tell that its documents were scanned at all
 */
export async function assertSameReading(bytes: Uint8Array): Promise<{ fellBack: boolean }> {
  const scanned = await readingOf((sink) => readsbTraceReader.read([bytes], sink));
  const parsed = await readingOf(async (sink) =>
    readTraceJson(await wholeText([bytes], 1e9), sink),
  );
  const { fellBack } = scanned.report;
  const alike =
    scanned.error === parsed.error &&
    // As text, so that the order of counts and issues counts too.
    JSON.stringify({ ...scanned.report, fellBack: false }) === JSON.stringify(parsed.report) &&
    scanned.tracks.length === parsed.tracks.length &&
    scanned.tracks.every((track, i) => sameTrack(track, parsed.tracks[i]!));
  // Slow, and names what differs.
  if (!alike)
    assert.deepEqual({ ...scanned, report: { ...scanned.report, fellBack: false } }, parsed);
  assert.ok(alike, new TextDecoder().decode(bytes));
  return { fellBack };
}

function sameTrack(a: Track, b: Track): boolean {
  return (Object.keys(b) as (keyof Track)[]).every((name) => {
    const [one, other] = [a[name], b[name]];
    if (!ArrayBuffer.isView(one) || !ArrayBuffer.isView(other))
      return JSON.stringify(one) === JSON.stringify(other);
    const [ones, others] = [one as Float64Array, other as Float64Array];
    return ones.length === others.length && ones.every((value, i) => Object.is(value, others[i]));
  });
}
