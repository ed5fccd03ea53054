import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { IsoTimes, plainNumber } from "../../src/formats/byte-cells.js";
import { cutCsv, eachCsvRow } from "../../src/formats/csv-rows.js";
import { delimiterOf } from "../../src/formats/csv-table.js";
import { detectReader } from "../../src/formats/detect.js";
import { openSkyReader } from "../../src/formats/opensky.js";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import { tableReader } from "../../src/formats/table.js";
import { parseUtc } from "../../src/units/time.js";
import { POINTS, readText } from "./contract.js";
import { writeTrace } from "./documents.js";
import { TABLE_MAP, writeTable } from "./table-documents.js";

const encoder = new TextEncoder();
const CONTEXT = { name: "x", terms: { map: TABLE_MAP } };

interface Cut {
  readonly rows: string[][];
  /** Number of the line in which each row starts. */
  readonly lines: number[];
  readonly malformed: number[];
}

function takerOf(cut: Cut) {
  return {
    delimiterOf,
    row: (row: { cells(): string[]; row: number }) => {
      cut.rows.push(row.cells());
      cut.lines.push(row.row);
    },
    malformed: (row: number) => {
      cut.malformed.push(row);
    },
  };
}

function cutText(text: string): Cut {
  const cut: Cut = { rows: [], lines: [], malformed: [] };
  cutCsv([encoder.encode(text)], takerOf(cut));
  return cut;
}

async function cutInPieces(text: string, size: number): Promise<Cut> {
  const cut: Cut = { rows: [], lines: [], malformed: [] };
  const bytes = encoder.encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.slice(i * size, (i + 1) * size),
  );
  await eachCsvRow(pieces, takerOf(cut));
  return cut;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** In quotes only where they are needed. */
function bare(text: string): string {
  return /[",\n]|^\s/.test(text) ? quoted(text) : text;
}

function isKept(row: readonly string[]): boolean {
  return row.join("").trim() !== "";
}

function tableWith(inside: string): string {
  return `a,b\n1,"${inside}"\n2,w\n`;
}

/** Two digits. */
function part(max: number): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, "0"));
}

test("any table is cut as a library for CSV cuts it, in whatever pieces it comes", async () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", "1", ".", "é", ",", '"', "\n", " "),
    maxLength: 6,
  });
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 6,
  });
  const lineEnd = fc.constantFrom("\n", "\r\n");
  await fc.assert(
    fc.asyncProperty(rows, lineEnd, fc.integer({ min: 1, max: 9 }), async (cells, end, size) => {
      const text = ["a,b,c", ...cells.map((row) => row.map(bare).join(","))].join(end) + end;
      const expected = (parse(text, { recordDelimiter: end }) as string[][]).filter(isKept);
      const whole = cutText(text);
      assert.deepEqual(whole.rows.filter(isKept), expected);
      assert.deepEqual(await cutInPieces(text, size), whole);
    }),
    { seed: 1944 },
  );
});

test("a table of any size gives the same rows however it is cut, with quotes and line ends in cells", async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) =>
    i % 7 === 0 ? `${i},"two\nlines, ""${i}""",x` : `${i},plain text of a cell,${i * 2}`,
  );
  const text = `n,text,m\n${lines.join("\n")}\n`;
  const whole = cutText(text);
  assert.equal(whole.rows.length, lines.length + 1);
  for (const size of [65_536, 100_003]) {
    const cut = await cutInPieces(text, size);
    assert.equal(JSON.stringify(cut), JSON.stringify(whole));
  }
});

test("a row that goes over several lines bears the number of the one where it starts", () => {
  const { rows, lines } = cutText('a,b\n1,"x\ny\nz"\n2,w\n');
  assert.deepEqual(rows, [
    ["a", "b"],
    ["1", "x\ny\nz"],
    ["2", "w"],
  ]);
  assert.deepEqual(lines, [0, 1, 4]);
});

test("a quote that is never closed costs its own line and no other", () => {
  const cut = cutText('a,b\n1,"x\n2,w\n3,v\n');
  assert.deepEqual(cut.rows, [
    ["a", "b"],
    ["2", "w"],
    ["3", "v"],
  ]);
  assert.deepEqual(cut.malformed, [1]);
});

test("a cell of 64 lines is one, of 65 or more than 64 kB none", () => {
  assert.equal(cutText(tableWith(`${"x\n".repeat(63)}x`)).rows.length, 3);
  assert.deepEqual(cutText(tableWith("x\n".repeat(64))).malformed[0], 1);
  assert.equal(cutText(tableWith("x".repeat(65_000))).rows.length, 3);
  assert.deepEqual(cutText(tableWith("x".repeat(66_000))).malformed, [1]);
});

test("a row of a megabyte is counted and passed over, in one piece or in many", async () => {
  const text = `a,b\n1,${"x".repeat(1_100_000)}\n2,w\n`;
  const expected = [
    ["a", "b"],
    ["2", "w"],
  ];
  assert.deepEqual(cutText(text).rows, expected);
  const cut = await cutInPieces(text, 60_000);
  assert.deepEqual(cut.rows, expected);
  assert.deepEqual(cut.malformed, [1]);
});

test("lines that end with a return alone are lines", () => {
  assert.deepEqual(cutText("a,b\r1,2\r").rows, [
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("remarks of several lines, Windows line ends and 16 bits a letter change no track", async () => {
  const plain = writeTable("4243a2", POINTS);
  const expected = (await readText(tableReader, plain, Infinity, CONTEXT)).tracks;
  const noted = plain.replaceAll(/,x$/gm, ',"a remark,\nof ""three""\nlines"');
  assert.notEqual(noted, plain);
  for (const text of [noted, noted.replaceAll("\n", "\r\n"), `\uFEFF${noted}`])
    for (const size of [1, 7, Infinity]) {
      const { report, tracks } = await readText(tableReader, text, size, CONTEXT);
      assert.deepEqual(report.issues.counts, {});
      assert.deepEqual({ ...tracks[0], sourceRow: 0 }, { ...expected[0], sourceRow: 0 });
      assert.deepEqual(
        [...tracks[0]!.sourceRow],
        POINTS.map((_, i) => 3 * i),
      );
    }
  const wide = Buffer.from(`\uFEFF${noted}`, "utf16le");
  for (const bytes of [wide, Buffer.from(wide).swap16()]) {
    assert.equal(detectReader(bytes, "x", { terms: CONTEXT.terms }), tableReader);
    const { report, tracks } = await readText(tableReader, bytes, 7, CONTEXT);
    assert.deepEqual(report.issues.counts, {});
    assert.deepEqual({ ...tracks[0], sourceRow: 0 }, { ...expected[0], sourceRow: 0 });
  }
});

test("a header in quotes may hold line ends", async () => {
  const text = `"When","Who","Y (north)\nof the equator","X"\n1548286867,4243a2,23.5,-82\n`;
  const map = 'time=When,hex=Who,lat="Y (north)\nof the equator",lon=X';
  const context = { name: "x", terms: { map } };
  assert.equal(detectReader(encoder.encode(text), "x", { terms: { map } }), tableReader);
  const { report } = await readText(tableReader, text, 5, context);
  assert.equal(report.keptCount, 1);
  assert.equal(report.rowCount, 1);
});

test("OpenSky's tables may have remarks of several lines too", async () => {
  const text =
    'time,icao24,lat,lon,note\n1548286867,4243a2,23.5,-82,"two\nlines"\n1548286868,4243a2,23.5,-82,\n';
  const { report, tracks } = await readText(openSkyReader, text, 3);
  assert.deepEqual(report.issues.counts, {});
  assert.deepEqual([...tracks[0]!.sourceRow], [0, 2]);
});

/** Numbers as texts: short, long, of no number of digits that any double has, and what is none. */
const NUMBER_TEXTS = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: -180, max: 180, noNaN: true }).map(String),
  fc.tuple(fc.integer(), fc.nat(22)).map(([value, places]) => value.toFixed(places)),
  fc
    .tuple(fc.constantFrom("", "-"), digits(1), digits(0), fc.constantFrom("", "."))
    .map(([sign, whole, behind, point]) => `${sign}${whole}${point}${point === "" ? "" : behind}`),
  fc.string({ unit: fc.constantFrom("-", ".", "0", "1", "9", "e", "+", " ") }),
);

function digits(minLength: number) {
  return fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength: 19 });
}

test("a plain number is read exactly as Number reads it, or not at all", () => {
  let readCount = 0;
  fc.assert(
    fc.property(NUMBER_TEXTS, (text) => {
      const bytes = encoder.encode(`x${text}x`);
      const value = plainNumber(bytes, 1, bytes.length - 1);
      if (Number.isNaN(value)) return;
      readCount++;
      assert.ok(Object.is(value, Number(text)), `${text}: ${value}`);
    }),
    { seed: 1944, numRuns: 4000 },
  );
  assert.ok(readCount > 1000, `${readCount}`);
});

test("a number in the middle between two doubles, or next to it, is the one that Number takes, or left to it", () => {
  let readCount = 0;
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 999, noNaN: true }),
      fc.integer({ min: -2, max: 2 }),
      (value, off) => {
        const text = middleAbove(value, off);
        const bytes = encoder.encode(text);
        const read = plainNumber(bytes, 0, bytes.length);
        if (Number.isNaN(read)) return;
        readCount++;
        assert.ok(Object.is(read, Number(text)), `${text}: ${read}`);
      },
    ),
    { seed: 1944, numRuns: 2000 },
  );
  assert.ok(readCount > 1000, `${readCount}`);
});

/** The first eighteen digits of the number between a double and the next above it, and so many more or fewer in the last. */
function middleAbove(value: number, off: number): string {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0]!;
  const exponent = Number((bits >> 52n) & 2047n) - 1075;
  // Twice the double, and one more half step: as a fraction with a power of two below.
  const doubled = 2n * ((bits & ((1n << 52n) - 1n)) | (1n << 52n)) + 1n;
  const places = 18 - String(Math.floor(value)).length;
  const scaled = ((doubled * 10n ** BigInt(places)) >> BigInt(1 - exponent)) + BigInt(off);
  const text = String(scaled);
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
}

test("the number of a cell that was read while it was cut is that of the cell", () => {
  const cells = fc.array(NUMBER_TEXTS, { minLength: 2, maxLength: 70 });
  fc.assert(
    fc.property(cells, fc.constantFrom("\n", "\r\n", ""), (texts, lineEnd) => {
      const numbers: number[] = [];
      cutCsv([encoder.encode(`x,y\nx,${texts.join(",")}${lineEnd}`)], {
        delimiterOf: () => ",",
        row: (row) => numbers.push(...texts.map((_, i) => row.plain(i + 1))),
        malformed: () => {},
      });
      const expected = texts.map((text) => {
        const bytes = encoder.encode(text);
        return plainNumber(bytes, 0, bytes.length);
      });
      assert.deepEqual(numbers.slice(texts.length), expected);
    }),
    { seed: 1944, numRuns: 1000 },
  );
});

test("a time in its usual form is read as other forms are, or not at all", () => {
  const text = fc
    .tuple(
      fc.constantFrom("2019", "2020", "1969", "0000", "20x9"),
      part(13),
      part(32),
      fc.constantFrom("T", " ", "x"),
      part(25),
      part(61),
      part(61),
      fc.constantFrom("", ".5", ".123456", "."),
      fc.constantFrom("", "Z", "+01:00"),
    )
    .map(
      ([year, month, day, between, hour, minute, second, fraction, zone]) =>
        `${year}-${month}-${day}${between}${hour}:${minute}:${second}${fraction}${zone}`,
    );
  const times = new IsoTimes();
  let readCount = 0;
  fc.assert(
    fc.property(text, (shown) => {
      const bytes = encoder.encode(shown);
      const timeMs = times.read(bytes, 0, bytes.length);
      if (Number.isNaN(timeMs)) return;
      readCount++;
      assert.equal(timeMs, parseUtc(shown), shown);
    }),
    { seed: 1944, numRuns: 2000 },
  );
  assert.ok(readCount > 200, `${readCount}`);
});

test("a row wider than its header is refused: decimal commas would place it elsewhere", async () => {
  const text =
    "time,icao24,lat,lon,callsign\n1548286867,4243a2,23,50,-82,40,RSD123\n1548286868,4243a2,23.5,-82,RSD123,,\n";
  const { report } = await readText(openSkyReader, text);
  assert.equal(report.keptCount, 1);
  assert.deepEqual(report.issues.first, [
    {
      kind: "row-malformed",
      row: 0,
      detail:
        "7 cells where the first line has 5: commas in numbers between commas, or in texts without quotes",
    },
  ]);
});

test("a document with zeros behind it, or of 16 bits a letter, is whole", async () => {
  const text = writeTrace("4243a2", POINTS);
  const expected = (await readText(readsbTraceReader, text)).tracks;
  const wide = Buffer.from(`\uFEFF${text}`, "utf16le");
  assert.equal(detectReader(wide, "x"), readsbTraceReader);
  for (const document of [`${text}${"\0".repeat(500)}`, wide]) {
    const { report, tracks } = await readText(readsbTraceReader, document, 100);
    assert.deepEqual(report.issues.counts, {});
    assert.deepEqual(tracks, expected);
  }
});
