import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PAGE } from "./fake-server.js";

const skip = existsSync(`${PAGE}manifest.json`) ? false : "the page was not built";

/** Scripts with nothing of ours: the map's library and its worker. */
const MAPLIBRE = /^maplibre/;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

function gzipBytes(file: string): number {
  return gzipSync(readFileSync(`${PAGE}${file}`), { level: 9 }).length;
}

/** Scripts that are loaded before anything is shown: the entry, and what it imports without being asked. */
function firstFiles(): Set<string> {
  const chunks = JSON.parse(readFileSync(`${PAGE}manifest.json`, "utf8")) as Record<string, Chunk>;
  const files = new Set<string>();
  const waiting = Object.values(chunks).filter(({ isEntry }) => isEntry === true);
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    for (const name of chunk.imports ?? []) waiting.push(chunks[name]!);
  }
  return files;
}

test("the scripts of the first screen stay below 50 kB packed, and hold no map", { skip }, (t) => {
  const files = [...firstFiles()];
  const bytes = files.reduce((sum, file) => sum + gzipBytes(file), 0);
  t.diagnostic(`${files.length} scripts, ${(bytes / 1000).toFixed(1)} kB`);
  assert.ok(files.length > 0 && bytes > 10_000, "the page's own scripts are counted");
  assert.equal(
    files.some((file) => file.includes("maplibre")),
    false,
  );
  assert.ok(bytes <= 50_000, `${bytes} bytes`);
});

test("all scripts but MapLibre's stay below 95 kB packed, whatever is opened", { skip }, (t) => {
  const scripts = readdirSync(`${PAGE}assets`).filter((name) => name.endsWith(".js"));
  const own = scripts.filter((name) => !MAPLIBRE.test(name));
  const bytes = own.reduce((sum, name) => sum + gzipBytes(`assets/${name}`), 0);
  t.diagnostic(`${own.length} scripts, ${(bytes / 1000).toFixed(1)} kB`);
  // The library and its worker; whatever else is as large as a library belongs in a file of its own.
  assert.equal(scripts.length - own.length, 2);
  for (const name of own)
    assert.ok(readFileSync(`${PAGE}assets/${name}`).length < 150_000, `${name} holds a library`);
  assert.ok(bytes <= 95_000, `${bytes} bytes`);
});
