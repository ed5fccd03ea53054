import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ReadContext, Reader } from "../../src/formats/reader.js";
import { type InputReport, TrackCollector } from "../../src/track/collector.js";
import type { Point, Track } from "../../src/track/track.js";
import { WheelsdownError } from "../../src/units/errors.js";

/** What a format must bring to be held to the contract. */
export interface ReaderCase {
  readonly reader: Reader;
  /** What a file of the format is usually called. */
  readonly name: string;
  /** True for tables of lines: cut between two lines, or in a line's last cell, nobody can tell. */
  readonly lines?: boolean;
  /** What is known of the documents beside their bytes. */
  readonly context?: ReadContext;
  /** What is otherwise in formats of messages, several of which make one point. */
  readonly messages?: MessageCase;
  /** Letters beyond those of a callsign cannot be written. */
  readonly plainLetters?: boolean;
  /** A small valid document that says these points of one aircraft, one row for each. */
  write(address: string, points: readonly Point[]): string | Uint8Array;
  /** Documents of this format, or nearly, that are wrong in a hostile way. */
  readonly hostile: readonly string[];
  /** A valid document of `points` with one bad row put in the middle. */
  writeWithBadRow(address: string, points: readonly Point[]): string | Uint8Array;
  /** What the format has no place for. */
  readonly loses?: readonly ("altitudeFt" | "groundSpeedKt" | "verticalRateFpm" | "callsign")[];
  /** True when the format names no aircraft: every track gets a made-up "~" address. */
  readonly namesNoAircraft?: boolean;
  /** Issues that every valid input of the format has, by kind. */
  readonly notes?: Readonly<Record<string, number>>;
}

/** How a document of messages differs from one of rows. */
export interface MessageCase {
  /** Messages of the document that says POINTS. */
  readonly rowCount: number;
  /** Whether a document cut off here ends with a whole message. */
  isWhole(bytes: Uint8Array, cut: number): boolean;
}

/** What came of reading: a report, or the error a user would see. */
export interface Outcome {
  readonly report: InputReport | undefined;
  readonly error: WheelsdownError | undefined;
  readonly tracks: readonly Track[];
}

const encoder = new TextEncoder();

/** Any error but a WheelsdownError is a crash and is thrown on. */
export async function readText(
  reader: Reader,
  text: string | Uint8Array,
  chunkSize = Infinity,
  context?: ReadContext,
) {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  const collector = new TrackCollector();
  const sink = collector.begin("input", reader.id);
  let error: WheelsdownError | undefined;
  try {
    await reader.read(chunksOf(bytes, chunkSize), sink, context);
  } catch (caught) {
    if (!(caught instanceof WheelsdownError)) throw caught;
    error = caught;
  }
  const report = sink.finish("00".repeat(32));
  return { report, error, tracks: collector.take() };
}

function* chunksOf(bytes: Uint8Array, size: number): Iterable<Uint8Array> {
  if (size === Infinity) yield bytes;
  else for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const START_MS = Date.parse("2019-01-23T23:41:07Z");

/** Points with everything both formats can say, across midnight. */
export const POINTS: readonly Point[] = Array.from({ length: 12 }, (_, i) => ({
  timeMs: START_MS + i * 300_000,
  latDeg: 23 + i / 64,
  lonDeg: -82.5 + i / 32,
  altitudeFt: 10_000 - i * 500,
  groundSpeedKt: 250 - i * 10,
  trackAngleDeg: 90 + i,
  verticalRateFpm: -640,
  onGround: false,
  callsign: "RSD123",
  squawk: 7700,
  row: i,
}));

/** The contract: what every reader does with any input, good, broken or hostile. */
export function holdsContract(format: ReaderCase): void {
  const valid = format.write("4243a2", POINTS);
  const bench: Bench = {
    format,
    valid,
    validBytes: bytesOf(valid),
    read: (text, chunkSize) => readText(format.reader, text, chunkSize, format.context),
    expected: POINTS.map((point) => comparable(point, format)),
    title: (what) => `${format.reader.id}, ${format.name}: ${what}`,
  };
  readsValidInput(bench);
  survivesDamage(bench);
  survivesHostility(bench);
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? encoder.encode(text) : text;
}

interface Bench {
  readonly format: ReaderCase;
  readonly valid: string | Uint8Array;
  readonly validBytes: Uint8Array;
  /** POINTS, as near as the format can say them. */
  readonly expected: readonly Record<string, unknown>[];
  read(text: string | Uint8Array, chunkSize?: number): ReturnType<typeof readText>;
  title(what: string): string;
}

function readsValidInput({ format, valid, validBytes, expected, read, title }: Bench): void {
  const { reader, messages, notes = {} } = format;

  test(title("a valid input gives every row, and no issue"), async () => {
    const { report, error, tracks } = await read(valid);
    assert.equal(error, undefined);
    assert.equal(report.rowCount, messages?.rowCount ?? POINTS.length);
    assert.equal(report.keptCount, POINTS.length);
    assert.deepEqual(report.issues.counts, notes);
    assert.deepEqual(
      plain(tracks[0]!).map((point) => comparable(point as unknown as Point, format)),
      expected,
    );
  });

  test(title("it is sure of its own format, by content and not by name"), () => {
    assert.ok(reader.sniff(validBytes, format.name) >= 2);
    assert.ok(reader.sniff(validBytes, "download(1).txt") >= 2);
    assert.equal(reader.sniff(encoder.encode("<!doctype html><html>"), format.name), 0);
    assert.equal(reader.sniff(new Uint8Array(0), "x"), 0);
    assert.equal(
      reader.sniff(
        Uint8Array.from({ length: 999 }, (_, i) => i % 256),
        "x",
      ),
      0,
    );
  });

  test(title("the size of chunks changes nothing"), async () => {
    const whole = await read(valid);
    for (const size of [1, 7, 4096]) {
      const { report, tracks } = await read(valid, size);
      assert.deepEqual(report, whole.report);
      assert.deepEqual(tracks, whole.tracks);
    }
  });

  if (typeof valid === "string") readsAnyText({ format, valid, read, title });
}

function readsAnyText({
  format,
  valid,
  read,
  title,
}: Pick<Bench, "format" | "read" | "title"> & { readonly valid: string }): void {
  const { reader, write } = format;

  if (!format.plainLetters && !format.loses?.includes("callsign"))
    test(title("letters of several bytes survive being cut between chunks"), async () => {
      const accented = write("4243a2", [{ ...POINTS[0]!, callsign: "ÅÉ€" }]);
      const { tracks } = await read(accented, 1);
      assert.ok(tracks[0]!.callsigns.includes("ÅÉ€"));
    });

  test(title("a byte order mark and Windows line ends change nothing"), async () => {
    const whole = await read(valid);
    const windows = `\uFEFF${valid.replaceAll("\n", "\r\n")}`;
    assert.ok(reader.sniff(encoder.encode(windows), format.name) >= 2);
    for (const size of [1, Infinity])
      assert.deepEqual((await read(windows, size)).tracks, whole.tracks);
  });
}

function survivesDamage(bench: Bench): void {
  const { format, validBytes, read, title } = bench;

  test(
    title("an input cut off anywhere gives its first rows and says so, or a clear error"),
    async () => {
      for (let cut = 1; cut < validBytes.length; cut += 50) await cutOff(bench, cut);
    },
  );

  test(title("an input cut off in its last row never gives a row that was not there"), async () => {
    for (let cut = validBytes.length - 120; cut < validBytes.length; cut++)
      await cutOff(bench, cut);
  });

  test(
    title("one damaged byte in the middle costs what follows and not what came before"),
    async () => {
      const damaged = validBytes.slice();
      damaged.set([0, 34, 0], Math.floor(damaged.length / 2));
      const { tracks } = await read(damaged);
      assert.ok((tracks[0]?.length ?? 0) >= 3);
    },
  );

  test(title("a bad row is counted and skipped"), async () => {
    const { report, error } = await read(format.writeWithBadRow("4243a2", POINTS));
    assert.equal(error, undefined);
    assert.equal(report.keptCount, POINTS.length);
    assert.equal(report.rowCount, (format.messages?.rowCount ?? POINTS.length) + 1);
    assert.equal(issueCount(report, format), 1);
  });

  test(title("an empty input gives no point and no crash"), async () => {
    for (const text of ["", "\uFEFF", "\n", "  \r\n "]) {
      const { tracks } = await read(text);
      assert.deepEqual(tracks, []);
    }
  });
}

/** What messages can say was bounded by those who made their codes. */
function refusesNonsense({ format, read, title }: Bench): void {
  const { write } = format;
  test(title("values that cannot be are counted and never kept"), async () => {
    const wrong: Partial<Point>[] = [
      { latDeg: 412 },
      { lonDeg: -1000 },
      { latDeg: 1e308 },
      { timeMs: 1e308 },
      { timeMs: -5_000_000 },
    ];
    for (const rest of wrong) {
      const { report } = await read(write("4243a2", [{ ...POINTS[0]!, ...rest }]));
      assert.equal(report.keptCount, 0, JSON.stringify(rest));
      assert.equal(issueCount(report, format), 1, JSON.stringify(rest));
    }
    if (format.loses?.includes("altitudeFt")) return;
    const high = await read(write("4243a2", [{ ...POINTS[0]!, altitudeFt: 1e30 }]));
    assert.equal(high.report.keptCount, 1);
    assert.ok(Number.isNaN(high.tracks[0]!.altitudeFt[0]!));
  });
}

function survivesHostility(bench: Bench): void {
  const { format, validBytes, read, title } = bench;
  const { reader, write } = format;
  if (!format.messages) refusesNonsense(bench);

  test(title("hostile documents end in points or in a clear error"), async () => {
    const texts = [...format.hostile, "null", "[]", "{}", "5", '"x"', "[[[[[[", "{".repeat(9999)];
    for (const text of [...texts, "<!doctype html><html><body>Just a moment...</body></html>"]) {
      const { error, tracks } = await read(text);
      assert.ok(error === undefined || error.message.length > 10);
      for (const track of tracks) {
        assert.ok(track.latDeg.every((latDeg) => Math.abs(latDeg) <= 90));
        assert.ok(track.timeMs.every((timeMs) => Number.isFinite(timeMs)));
      }
    }
  });

  test(title("an address that is no ICAO one keeps its mark"), async () => {
    const { tracks } = await read(write("~2a4f11", POINTS));
    if (format.namesNoAircraft) assert.match(tracks[0]!.address, /^~[0-9a-f]{6}$/);
    else assert.equal(tracks[0]!.address, "~2a4f11");
  });

  test(title("any bytes changed anywhere crash nothing"), async () => {
    const change = fc.tuple(fc.nat(validBytes.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = validBytes.slice();
        for (const [at, value] of changes) bytes[at] = value;
        await read(bytes);
        reader.sniff(bytes, format.name);
      }),
      { seed: 1944, numRuns: 300 },
    );
  });
}

async function cutOff({ format, validBytes, expected, read }: Bench, cut: number): Promise<void> {
  const { report, error, tracks } = await read(validBytes.subarray(0, cut));
  const found = (tracks[0] ? plain(tracks[0]) : []).map((point) =>
    comparable(point as unknown as Point, format),
  );
  assert.deepEqual(found, expected.slice(0, found.length), `cut at ${cut} invented a row`);
  if (error) return;
  const told = report.issues.counts["truncated"] === 1;
  assert.ok(
    told || found.length === POINTS.length || isInvisible(format, validBytes, cut),
    `cut at ${cut} is not told`,
  );
}

/** Issues of an input but for those that every input of the format has. */
function issueCount({ issues }: InputReport, { notes = {} }: ReaderCase): number {
  let count = 0;
  for (const [kind, found] of Object.entries(issues.counts)) count += found - (notes[kind] ?? 0);
  return count;
}

function isInvisible({ lines, messages }: ReaderCase, bytes: Uint8Array, cut: number): boolean {
  if (messages) return messages.isWhole(bytes, cut);
  const restOfLine = new TextDecoder().decode(bytes.subarray(cut)).split("\n")[0]!;
  return lines === true && (bytes[cut - 1] === 10 || !restOfLine.includes(","));
}

/** A message gives a place to five metres, and a speed in two parts of whole knots. */
function comparable(point: Point, { messages, loses = [] }: ReaderCase): Record<string, unknown> {
  const { timeMs, latDeg, lonDeg, altitudeFt, groundSpeedKt, verticalRateFpm, callsign } = point;
  const said = { timeMs, latDeg, lonDeg, altitudeFt, groundSpeedKt, verticalRateFpm, callsign };
  for (const name of loses) Object.assign(said, { [name]: name === "callsign" ? "" : Number.NaN });
  if (!messages) return said;
  return {
    ...said,
    latDeg: latDeg.toFixed(3),
    lonDeg: lonDeg.toFixed(3),
    groundSpeedKt: Math.round(groundSpeedKt! / 4),
  };
}

/** A track as the points it was made of; speeds and altitudes rounded, as metric units leave a rest. */
export function plain(track: Track): Record<string, unknown>[] {
  return Array.from({ length: track.length }, (_, i) => ({
    timeMs: track.timeMs[i],
    latDeg: track.latDeg[i],
    lonDeg: track.lonDeg[i],
    altitudeFt: Math.round(track.altitudeFt[i]!),
    groundSpeedKt: Math.round(track.groundSpeedKt[i]!),
    verticalRateFpm: Math.round(track.verticalRateFpm[i]!),
    callsign: track.callsigns[track.callsignIndex[i]!],
  }));
}
