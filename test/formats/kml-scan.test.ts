import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import sax from "sax";
import { KmlScan } from "../../src/formats/kml-scan.js";

interface Told {
  readonly events: readonly string[];
  readonly damage: string | undefined;
}

/** What the library alone makes of a document. */
function toldByLibrary(text: string): Told {
  const parser = sax.parser(true);
  const open: { name: string; text: string }[] = [];
  const events: string[] = [];
  let damage: string | undefined;
  const add = (piece: string): void => {
    const last = open.at(-1);
    if (last && damage === undefined) last.text += piece;
  };
  Object.assign(parser, {
    onerror: (error: Error) => {
      damage ??= error.message.split("\n")[0]!.toLowerCase();
    },
    onopentag: ({ name }: { readonly name: string }) => {
      if (damage !== undefined) return;
      open.push({ name, text: "" });
      events.push(`<${name}`);
    },
    ontext: add,
    oncdata: add,
    onclosetag: () => {
      if (damage !== undefined) return;
      const { name, text: inside } = open.pop()!;
      events.push(`>${name} ${JSON.stringify(inside.trim())} in ${open.at(-1)?.name ?? ""}`);
    },
  });
  parser.write(text);
  if (damage === undefined) parser.close();
  return { events, damage };
}

function toldInPieces(text: string, pieceLength: number): Told {
  const events: string[] = [];
  const scan = new KmlScan({
    open: (name) => events.push(`<${name}`),
    close: (name, inside, parent) => events.push(`>${name} ${JSON.stringify(inside)} in ${parent}`),
  });
  for (let at = 0; at < text.length; at += pieceLength)
    scan.write(text.slice(at, at + pieceLength));
  scan.end();
  return { events, damage: scan.damage };
}

const PIECES = [
  "<when>2019-01-23T23:41:07Z</when>",
  "<gx:coord>1 2 3</gx:coord>",
  "<Placemark>",
  "<Placemark >",
  "<when >x</when>",
  "<when  >",
  "</Placemark>",
  "<Point>",
  "</Point>",
  '<Style id="a>b">',
  "</Style>",
  "</Style >",
  "<Icon/>",
  "<![CDATA[<b>x</b> & ]] > ]]]>",
  "<![CDATA[",
  "]]>",
  "<!-- <Placemark> -->",
  "<!--",
  "-->",
  "<?note <Point> ?>",
  " text ",
  "\n  ",
  "&amp;",
  "&lt;when&gt;",
  "&",
  "&nothing;",
  "<",
  ">",
  "</",
  "<1>",
  "<script>",
  "</script>",
  "\0",
  "✈",
];

test("a document is told as the library alone tells it, whole or in pieces, and so is what is wrong with it", () => {
  const document = fc
    .array(fc.constantFrom(...PIECES), { maxLength: 14 })
    .map((pieces) => `<?xml version="1.0"?><kml xmlns="x"><Document>${pieces.join("")}`);
  const ends = fc.constantFrom("</Document></kml>", "</Document></kml>\n<x>", "</Document>", "");
  let wholeCount = 0;
  fc.assert(
    fc.property(document, ends, fc.integer({ min: 1, max: 40 }), (start, end, pieceLength) => {
      const text = `${start}${end}`;
      const expected = toldByLibrary(text);
      if (expected.damage === undefined) wholeCount++;
      assert.deepEqual(toldInPieces(text, text.length), expected, text);
      assert.deepEqual(toldInPieces(text, pieceLength), expected, text);
    }),
    { seed: 1944, numRuns: 4000 },
  );
  assert.ok(wholeCount > 100, `${wholeCount}`);
});

test("what stands behind the outermost element is told as the library alone tells it, whole or in pieces", () => {
  const inside = "<Document><name>a</name>\n<Point><when>b</when></Point></Document>";
  for (const text of [
    `<name>x</name>\n<kml>${inside}</kml>`,
    `<kml>${inside}</kml><kml>${inside}</kml>`,
    `<kml>${inside}</kml>\n<kml><Document/></kml>`,
    `<kml>${inside}</kml> text`,
  ])
    for (const pieceLength of [text.length, 1, 5, 17])
      assert.deepEqual(toldInPieces(text, pieceLength), toldByLibrary(text), text);
});
