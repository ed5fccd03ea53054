import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MAIN } from "./run.js";

const FOLDER = dirname(MAIN);

test("whatever the bundled program looks for beside itself is there", () => {
  const missing: string[] = [];
  let count = 0;
  for (const name of readdirSync(FOLDER)) {
    const url = new URL(name, pathToFileURL(`${FOLDER}/`));
    for (const [, path = ""] of readFileSync(url, "utf8").matchAll(
      // What the bundler makes of `import.meta.url`.
      /new URL\(\s*"([^"]+)",\s*require\("url"\)\.pathToFileURL\(__filename\)\.href\s*\)/g,
    )) {
      count++;
      if (!existsSync(fileURLToPath(new URL(path, url)))) missing.push(`${name}: ${path}`);
    }
  }
  assert.deepEqual(missing, []);
  assert.ok(count >= 4, `only ${count} were found`);
});

test("the licence of every package whose code is bundled lies beside it, with its text", () => {
  const text = readFileSync(`${FOLDER}/../LICENSES.txt`, "utf8");
  const [, ...licences] = text.split(/\n\n-{80}\n\n|with their licences\.\n\n/);
  assert.ok(licences.length > 10);
  for (const licence of licences) {
    assert.match(
      licence,
      /^\S+ \d+\.\d+\.\S+ \((MIT|ISC|BlueOak-1\.0\.0|CC0-1\.0|BSD-3-Clause)\)\n/,
    );
    assert.ok(licence.length > 500, licence);
  }
});
