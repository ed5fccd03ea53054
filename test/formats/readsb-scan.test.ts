import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { scanNumber } from "../../src/formats/json-bytes.js";
import { seededRandom } from "../../src/sim/random.js";
import { POINTS } from "./contract.js";
import { writeTrace } from "./documents.js";
import { randomTrace } from "./random-trace.js";
import { assertSameReading } from "./same-reading.js";

const encoder = new TextEncoder();
const SHARED = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

test("every real trace is read the same as by JSON.parse, and none falls back", async (context) => {
  if (!existsSync(SHARED)) return context.skip("no real traces beside the repository");
  const names = readdirSync(SHARED, { recursive: true }).map(String);
  const traces = names.filter((name) => /trace_(full|recent)_[^/\\]*\.json$/.test(name));
  assert.ok(traces.length >= 18, `${traces.length} traces`);
  for (const name of traces) {
    const stored = readFileSync(join(SHARED, name));
    const bytes = stored[0] === 0x1f ? gunzipSync(stored) : stored;
    assert.deepEqual(await assertSameReading(bytes), { fellBack: false }, name);
    // Damaged and cut real ones, too.
    const random = seededRandom(bytes.length);
    for (let i = 0; i < 20; i++) {
      const damaged = Uint8Array.from(
        bytes.subarray(0, random() < 0.3 ? random() * bytes.length : undefined),
      );
      damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      await assertSameReading(damaged);
    }
  }
});

test("generated traces are read the same as by JSON.parse; those in readsb's form do not fall back", async () => {
  const random = seededRandom(1944);
  let scannedCount = 0;
  const COUNT = 3000;
  for (let i = 0; i < COUNT; i++) {
    const { fellBack } = await assertSameReading(encoder.encode(randomTrace(random, 12)));
    if (!fellBack) scannedCount++;
  }
  assert.ok(scannedCount > COUNT * 0.45, `${scannedCount} of ${COUNT} were scanned`);
  assert.ok(scannedCount < COUNT * 0.9, `${scannedCount} of ${COUNT} were scanned`);
});

test("bytes changed, taken out, put in twice or cut off give the same as by JSON.parse", async () => {
  const change = fc.record({
    kind: fc.constantFrom("set", "cut", "drop", "repeat", "insert"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    text: fc.constantFrom(
      ...'",:[]{}-.e0123456789n\\ \n\u0000é'.split(""),
      "null",
      '"nic":1,',
      "\uFEFF",
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (seed, changes) => {
        let text = randomTrace(seededRandom(seed), 6);
        for (const { kind, at, length, text: put } of changes) {
          const start = Math.floor(at * text.length);
          const [head, tail] = [text.slice(0, start), text.slice(start)];
          if (kind === "set") text = head + put + tail.slice(put.length);
          else if (kind === "cut") text = head;
          else if (kind === "drop") text = head + tail.slice(length);
          else if (kind === "repeat") text = head + tail.slice(0, length) + tail;
          else text = head + put + tail;
        }
        await assertSameReading(encoder.encode(text));
      },
    ),
    { seed: 1944, numRuns: 2500 },
  );
});

test("any single byte of a trace changed gives the same as by JSON.parse", async () => {
  const bytes = encoder.encode(writeTrace("4243a2", POINTS.slice(0, 3)));
  for (let at = 0; at < bytes.length; at++) {
    for (const value of [0, 0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x5c, 0x5d, 0x7b, 0x7d, 0xc3, 0xff]) {
      const changed = bytes.slice();
      changed[at] = value;
      await assertSameReading(changed);
    }
  }
});

test("a number is the double that JSON.parse gives, however it is written", () => {
  const column = new Float64Array(1);
  const agrees = (text: string) => {
    const bytes = encoder.encode(`${text},`);
    const end = scanNumber(bytes, 0, column, 0);
    assert.equal(end, text.length, text);
    assert.ok(Object.is(column[0], JSON.parse(text)), text);
  };
  const texts = [
    "0",
    "-0",
    "-0.0",
    "0.1",
    "4.35",
    "123456789012345",
    "9007199254740993",
    "5e-324",
    "1e22",
  ];
  texts.push("0.000001", "-179.999999", "1.7976931348623157e308", "0.30000000000000004", "1E+5");
  for (const text of texts) agrees(text);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
      agrees(JSON.stringify(value)),
    ),
    { seed: 1944, numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(15), (digits, places) =>
      agrees((digits / 10 ** places).toFixed(places)),
    ),
    { seed: 1944, numRuns: 2000 },
  );
});

function numberEnd(text: string): number {
  return scanNumber(encoder.encode(text), 0, new Float64Array(1), 0);
}

test("what is no number, or none that is finite, is not taken for one", () => {
  for (const text of ["", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1e999", "NaN", "null"])
    assert.equal(numberEnd(text), -1, text);
  assert.equal(numberEnd("1".repeat(99)), -1);
  // The number ends at its zero; whoever called finds no delimiter there.
  assert.equal(numberEnd("0x1"), 1);
});

const row = (detail: string, source = "null") =>
  `[1,2,3,4,5,6,0,0,${detail},${source},null,null,null,null]`;
const document = (...rows: string[]) =>
  encoder.encode(`{"icao":"4243a2","timestamp":1548286867,"trace":[${rows.join(",")}]}`);

test("names that matter twice in one object, and escapes, fall back; what does not matter may repeat", async () => {
  const first = row('{"nic":8,"rc":1,"sil":3}');
  const cases: [string, boolean][] = [
    ['{"nic":8,"rc":1,"nic":3}', true],
    ['{"nic":8,"rc":1,"sil":3,"nic":8}', true],
    ['{"sil":3,"nic":8,"rc":1,"sil":3}', true],
    ['{"\\u006eic":8,"rc":1,"sil":3}', true],
    ['{"nic":8,"rc":1,"rc":2,"sil":3}', false],
    ['{"rc":1,"sil":3,"nic":8}', false],
    ['{"sil":3,"nic":8,"rc":1}', false],
    ["{}", false],
    ['{"nic":8,"rc":{"a":1},"sil":3}', true],
  ];
  for (const [detail, fellBack] of cases)
    for (const bytes of [document(first, row(detail)), document(row(detail), first, row(detail))])
      assert.deepEqual(await assertSameReading(bytes), { fellBack }, detail);
});

test("an object says nothing of altitude or source for the next one, however alike they are", async () => {
  const bytes = document(
    row('{"type":"mlat","alt_geom":3100,"nic":8}'),
    row("null"),
    row('{"nic":8}'),
    row('{"type":"mlat","nic":8}', '"adsb_icao"'),
    row('{"type":"mlat","alt_geom":3100,"nic":8}'),
    row('{"alt_geom":3100,"nic":8}'),
  );
  assert.deepEqual(await assertSameReading(bytes), { fellBack: false });
});

test("rows under another name, nested or repeated, are not the trace", async () => {
  const rows = `[${row("null")}]`;
  for (const [text, fellBack] of [
    [`{"icao":"4243a2","timestamp":1,"x":{"trace":${rows}},"trace":[]}`, true],
    [`{"icao":"4243a2","timestamp":1,"trace":${rows},"trace":[]}`, true],
    [`{"icao":"4243a2","timestamp":1,"trace":[],"x":{"trace":${rows}}}`, false],
    [`{"icao":"4243a2","timestamp":1,"trace":${rows},"\\u0074race":[]}`, true],
    [`{"trace":${rows},"icao":"4243a2","timestamp":1548286867,"simulated":true}`, false],
  ] as const)
    assert.deepEqual(await assertSameReading(encoder.encode(text)), { fellBack }, text);
});
