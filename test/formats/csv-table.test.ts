import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/browser/esm/sync";
import fc from "fast-check";
import { type TableRow, tableRows, tableRowsByPart } from "../../src/formats/csv-table.js";
import type { ReaderSink } from "../../src/formats/reader.js";

/** Counts rows that were left out, and issues by kind. */
function countingSink() {
  const counts: Record<string, number> = {};
  const count = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const sink = {
    row: () => count("row"),
    issue: ({ kind }: { readonly kind: string }) => count(kind),
  } as unknown as ReaderSink;
  return { sink, counts };
}

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function rowsByPart(text: string, size: number) {
  const { sink, counts } = countingSink();
  const rows: TableRow[] = [];
  for await (const part of tableRowsByPart(piecesOf(text, size), sink, () => undefined))
    rows.push(...part);
  return { rows, counts };
}

test("text without quotes is split as the parser of CSV splits it", () => {
  const word = fc.constantFrom(
    ..."a|B |1.5|;|\t|é|\uFEFF|__proto__|| ".split("|"),
    ",",
    ",",
    "\n",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 14 }), (words) => {
      // A whole last line: what breaks off is told apart elsewhere.
      const text = `x,a,__proto__\n${words.join("")}\n`;
      const wanted = parse(text, {
        columns: true,
        relax_column_count: true,
        skip_empty_lines: true,
      });
      const rows = tableRows(text, countingSink().sink, () => undefined);
      assert.equal(JSON.stringify(rows), JSON.stringify(wanted));
    }),
    { seed: 1944, numRuns: 2000 },
  );
});

test("a table of any size gives the same rows however it is cut, with quotes and line ends in cells", async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) =>
    i % 7 === 0 ? `${i},"two\nlines, ""${i}""",x` : `${i},plain text of a cell,${i * 2}`,
  );
  const text = `n,text,m\n${lines.join("\n")}\n`;
  assert.ok(text.length > 1.5 * 2 ** 20);
  const whole = tableRows(text, countingSink().sink, () => undefined);
  assert.equal(whole.length, lines.length);
  for (const size of [text.length, 65_537]) {
    const { rows, counts } = await rowsByPart(text, size);
    assert.equal(JSON.stringify(rows), JSON.stringify(whole));
    assert.deepEqual(counts, {});
  }
});

test("a quote that is never closed costs one part of a large table, not its memory", async () => {
  const lines = Array.from(
    { length: 400_000 },
    (_, i) => `${i},${i === 3 ? '"open' : "text"},a long enough cell at the end`,
  );
  const { rows } = await rowsByPart(`n,text,m\n${lines.join("\n")}\n`, 1 << 18);
  assert.ok(rows.length > 1000 && rows.length < lines.length, `${rows.length}`);
});

test("a line without an end is no table", async () => {
  const text = `a,b\n${"x".repeat(10_000_000)}`;
  await assert.rejects(rowsByPart(text, 1 << 20), /a line of it has no end/);
});
