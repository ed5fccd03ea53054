import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PAGE } from "./fake-server.js";

const skip = existsSync(`${PAGE}manifest.json`) ? false : "the page was not built";

/** Scripts with nothing of ours: the map's library and its worker. */
const MAPLIBRE = /^assets\/maplibre/;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  /** Among them the scripts of workers. */
  readonly assets?: readonly string[];
}

interface ScreenSize {
  /** What is loaded when the screen is opened, besides what comes with every screen. */
  readonly opens: readonly string[];
  /** A little more than was reached: these ceilings only fall. */
  readonly maxBytes: number;
}

const MAP = "page/map/map-parts.ts";
const SCREENS: Readonly<Record<string, ScreenSize>> = {
  start: { opens: ["page/screens/start.tsx"], maxBytes: 34_800 },
  "aircraft, with map": { opens: ["page/screens/of-aircraft.ts", MAP], maxBytes: 58_800 },
  "places, landings and gaps, with map": {
    opens: ["page/screens/of-places.ts", MAP],
    maxBytes: 56_500,
  },
  "areas, with map": { opens: ["page/screens/area.tsx", MAP], maxBytes: 59_000 },
  "dossier and method": { opens: ["page/screens/of-documents.ts"], maxBytes: 38_000 },
};
const ALL_MAX_BYTES = 87_000;

function readChunks(): Readonly<Record<string, Chunk>> {
  return JSON.parse(readFileSync(`${PAGE}manifest.json`, "utf8"));
}

/** The chunk that the page begins with, by its name in the manifest. */
function entryOf(chunks: Readonly<Record<string, Chunk>>): string {
  const html = readFileSync(`${PAGE}index.html`, "utf8");
  const [, file] = /<script type="module"[^>]* src="\/([^"]+)"/.exec(html) ?? [];
  const found = Object.keys(chunks).find((name) => chunks[name]!.file === file);
  assert.ok(found !== undefined, `${file} is in the manifest`);
  return found;
}

/** Files of some chunks with all that they load, at once or later; of the entry, which opens every screen, at once. */
function filesOf(chunks: Readonly<Record<string, Chunk>>, names: readonly string[]): string[] {
  const entry = entryOf(chunks);
  const files = new Set<string>();
  const seen = new Set<string>();
  const waiting = [entry, ...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const { file, imports = [], dynamicImports = [], assets = [] } = chunks[name]!;
    for (const each of [file, ...assets]) if (each.endsWith(".js")) files.add(each);
    waiting.push(...imports, ...(name === entry ? [] : dynamicImports));
  }
  return [...files].filter((file) => !MAPLIBRE.test(file)).sort();
}

/** As the page's build packs them, and the server sends them to whoever takes no brotli. */
function packedBytes(files: readonly string[]): number {
  const each = files.map((file) => gzipSync(readFileSync(`${PAGE}${file}`), { level: 9 }).length);
  return each.reduce((sum, bytes) => sum + bytes, 0);
}

test("every screen, with all it can ever load but MapLibre, is below 60 kB packed", {
  skip,
}, (t) => {
  const chunks = readChunks();
  const opened = Object.values(SCREENS).flatMap(({ opens }) => opens);
  assert.deepEqual(
    [...chunks[entryOf(chunks)]!.dynamicImports!].sort(),
    [...new Set(opened)].sort(),
    "what the entry opens is counted with a screen",
  );
  for (const [screen, { opens, maxBytes }] of Object.entries(SCREENS)) {
    const files = filesOf(chunks, opens);
    const bytes = packedBytes(files);
    t.diagnostic(`${screen}: ${(bytes / 1000).toFixed(1)} kB in ${files.length} scripts`);
    assert.ok(bytes > 10_000, "the page's own scripts are counted");
    assert.ok(maxBytes < 60_000 && bytes <= maxBytes, `${screen}: ${bytes} bytes`);
  }
});

test("the first screen loads nothing that draws a map", { skip }, () => {
  const chunks = readChunks();
  assert.ok(!filesOf(chunks, SCREENS["start"]!.opens).includes(chunks[MAP]!.file));
});

test("all scripts but MapLibre's, as if every screen were opened, are counted too", {
  skip,
}, (t) => {
  const scripts = readdirSync(`${PAGE}assets`).flatMap((name) =>
    name.endsWith(".js") ? [`assets/${name}`] : [],
  );
  const own = scripts.filter((name) => !MAPLIBRE.test(name));
  const bytes = packedBytes(own);
  t.diagnostic(`${own.length} scripts, ${(bytes / 1000).toFixed(1)} kB`);
  // The library and its worker; whatever else is as large as a library belongs in a file of its own.
  assert.equal(scripts.length - own.length, 2);
  for (const name of own)
    assert.ok(readFileSync(`${PAGE}${name}`).length < 150_000, `${name} holds a library`);
  const opened = Object.values(SCREENS).flatMap(({ opens }) => opens);
  assert.deepEqual(filesOf(readChunks(), opened), own.sort());
  assert.ok(bytes <= ALL_MAX_BYTES, `${bytes} bytes`);
});
