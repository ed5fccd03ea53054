// Runs the compiled tests. `node --test` on Node 20 takes files, not patterns, so they are listed here.
// Usage: npm test [-- part-of-a-file-name ...]
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../dist/test/", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".test.js"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort()
  .map((name) => join(root, name));
if (files.length === 0) {
  console.error("no test file matches; run `npm run build` first");
  process.exitCode = 1;
} else {
  const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...files], {
    stdio: "inherit",
    env: { ...process.env, NO_COLOR: "1" },
  });
  process.exitCode = run.status ?? 1;
}
