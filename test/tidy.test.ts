import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// Data walks down this list; a folder imports itself and folders above it, never one below.
const FOLDERS = [
  "units",
  "geo",
  "aircraft",
  "place",
  "track",
  "mode-s",
  "formats",
  "coverage",
  "movement",
  "journey",
  "claim",
  "report",
  "api",
  "sim",
  // Node from here on.
  "io",
  "fetch",
  "reference",
  "pool",
  "lake",
  "query",
  "server",
  "cli",
];
const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 60;

function sourceFiles(folder: string): string[] {
  const root = join(ROOT, folder);
  return readdirSync(root, { recursive: true })
    .map((name) => join(root, String(name)))
    .filter((path) => /\.tsx?$/.test(path) && statSync(path).isFile());
}

function folderOf(path: string): string {
  const parts = relative(join(ROOT, "src"), path).split(/[\\/]/);
  return parts.length > 1 ? parts[0]! : "";
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => match[1]!);
}

test("every folder under src is in the list of folders", () => {
  const found = readdirSync(join(ROOT, "src")).filter((name) =>
    statSync(join(ROOT, "src", name)).isDirectory(),
  );
  assert.deepEqual(
    found.filter((name) => !FOLDERS.includes(name)),
    [],
  );
});

test("imports point up the list of folders, never down", () => {
  const wrong: string[] = [];
  for (const path of sourceFiles("src")) {
    const here = folderOf(path);
    if (here === "") continue;
    for (const target of importsOf(readFileSync(path, "utf8"))) {
      const there = folderOf(join(path, "..", target));
      if (FOLDERS.indexOf(there) > FOLDERS.indexOf(here))
        wrong.push(`${relative(ROOT, path)} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("the page imports only units, geo and api", () => {
  const wrong: string[] = [];
  for (const path of sourceFiles("web")) {
    for (const target of importsOf(readFileSync(path, "utf8"))) {
      const there = relative(ROOT, join(path, "..", target));
      if (there.startsWith("src") && !/^src[\\/](units|geo|api)[\\/]/.test(there))
        wrong.push(`${path}: ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("files and functions fit their limits", () => {
  const wrong: string[] = [];
  for (const path of [...sourceFiles("src"), ...sourceFiles("web")]) {
    const lines = readFileSync(path, "utf8").split("\n");
    if (lines.length > MAX_FILE_LINES + 1)
      wrong.push(`${relative(ROOT, path)}: ${lines.length} lines`);
    let start = -1;
    lines.forEach((line, index) => {
      if (/^(export )?(async )?function\*? /.test(line)) start = index;
      if (line === "}" && start >= 0) {
        const length = index - start + 1;
        if (length > MAX_FUNCTION_LINES)
          wrong.push(`${relative(ROOT, path)}:${start + 1}: ${length} lines`);
        start = -1;
      }
    });
  }
  assert.deepEqual(wrong, []);
});

test("quantities carry their unit at the end of their name", () => {
  // Bare names of quantities; with a unit (`altitudeFt`) they do not match.
  const bare =
    /\b(?:readonly\s+)?(altitude|elevation|heading|groundSpeed|verticalRate|distance|latitude|longitude|duration|timestamp)\??:\s*number\b/;
  const wrong: string[] = [];
  for (const path of sourceFiles("src")) {
    readFileSync(path, "utf8")
      .split("\n")
      .forEach((line, index) => {
        if (bare.test(line)) wrong.push(`${relative(ROOT, path)}:${index + 1}: ${line.trim()}`);
      });
  }
  assert.deepEqual(wrong, []);
});

test("no file uses a word that names nothing", () => {
  const vague = /(?:^|[-/\\])(?:utils?|helpers?|managers?|infos?|misc|common)(?:[-./\\]|$)/;
  const names = [...sourceFiles("src"), ...sourceFiles("web"), ...sourceFiles("test")].map((path) =>
    relative(ROOT, path),
  );
  assert.deepEqual(
    names.filter((name) => vague.test(name)),
    [],
  );
});
