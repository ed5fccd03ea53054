import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryFolder } from "./run.js";

const folder = temporaryFolder();

/** Runs a command that needs nothing but its code, with a cache of its own. */
async function listFleets(cache: string): Promise<string> {
  const { code, stdout, stderr } = await run(["fleet", "list"], {
    env: { WHEELSDOWN_CACHE: cache },
  });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
  return stdout;
}

/** Every file below a folder. */
function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("compiled code is kept for the user alone, and damage to it changes no answer", async (context) => {
  if (process.env["NODE_DISABLE_COMPILE_CACHE"] || process.env["NODE_V8_COVERAGE"])
    return context.skip("the environment asks for code that is compiled anew");
  const cache = join(folder, "cache");
  const answer = await listFleets(cache);
  const kept = join(cache, "code");
  const files = filesBelow(kept);
  assert.ok(files.length > 0);
  if (process.platform !== "win32") assert.equal(statSync(kept).mode & 0o077, 0);
  assert.equal(await listFleets(cache), answer);
  const written = files.map((path) => readFileSync(path));
  for (const [i, path] of files.entries()) {
    for (const place of [0.01, 0.5, 0.99]) {
      const damaged = Buffer.from(written[i]!);
      damaged[Math.floor(damaged.length * place)]! ^= 1;
      writeFileSync(path, damaged);
      assert.equal(await listFleets(cache), answer);
    }
    writeFileSync(path, written[i]!.subarray(0, 1000));
    assert.equal(await listFleets(cache), answer);
    if (files.length > 1) break;
    // What was damaged is written anew.
    assert.ok(readFileSync(path).length > 1000);
  }
});

test("code is not taken from a folder that others may write to, or that cannot be made", async (context) => {
  if (process.platform === "win32") return context.skip("there are no such modes on Windows");
  const shared = join(folder, "shared");
  mkdirSync(join(shared, "code"), { recursive: true });
  chmodSync(join(shared, "code"), 0o777);
  const answer = await listFleets(shared);
  assert.deepEqual(filesBelow(shared), []);
  const file = join(folder, "file");
  writeFileSync(file, "");
  assert.equal(await listFleets(join(file, "below")), answer);
});
