import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Everything that building and packing needs; `dist` is left out, because the tests run from it. */
const SOURCES =
  /^(src|accuracy|web|test|bench|scripts|types|docs|package.*\.json|tsconfig.*\.json|LICENSE|NOTICE|[A-Z]+\.md)$/;
/** What a reader downloads. chosen: a fifth more than it is with the page's map, to notice data that slipped in */
const TARBALL_MAX_BYTES = 4e6;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

function shell(command: string, words: readonly string[], cwd: string) {
  return spawnSync(command, words, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
    timeout: 300_000,
    env: {
      ...process.env,
      npm_config_update_notifier: "false",
      // Under `npm test` the repository's own settings reach this npm, and with them no script would run.
      npm_config_ignore_scripts: "false",
    },
  });
}

/** Packs a copy of the repository: packing cleans and builds `dist`, from which this very test runs. */
function pack(folder: string): Packed {
  const copy = join(folder, "copy");
  mkdirSync(copy);
  for (const name of readdirSync(ROOT))
    if (SOURCES.test(name)) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"), "junction");
  const { status, stdout, stderr } = shell(
    "npm",
    ["pack", "--json", "--pack-destination", folder],
    copy,
  );
  assert.equal(status, 0, stderr);
  // Before it npm prints what the build prints.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as Packed[];
  return packed!;
}

test("the package holds what is needed to run and nothing else, and works in an empty folder", async (context) => {
  const folder = temporaryFolder();
  const packed = pack(folder);
  const paths = packed.files.map(({ path }) => path);
  for (const name of ["README.md", "LICENSE", "NOTICE"])
    if (existsSync(join(ROOT, name))) assert.ok(paths.includes(name), name);
  assert.ok(paths.includes("dist/web/dossier.js"), "the dossier's script");
  assert.ok(paths.includes("dist/page/index.html"), "the page");
  // A server compresses nothing for the machine it runs on.
  assert.ok(!paths.some((path) => /\.(br|gz)$/.test(path)));
  // Maps would name sources that the reader does not have.
  const needless = /(^|\/)(test|bench|node_modules)\/|(?<!\.d)\.tsx?$|\.map$|\.tsbuildinfo$/;
  assert.deepEqual(
    paths.filter((path) => needless.test(path)),
    [],
  );
  assert.equal(
    packed.files.find(({ path }) => path === "dist/program/cli/main.js")!.mode & 0o111,
    0o111,
  );
  assert.ok(packed.size < TARBALL_MAX_BYTES, `${packed.size} bytes`);
  context.diagnostic(`${packed.filename}: ${packed.size} bytes, ${paths.length} files`);

  const home = join(folder, "reader");
  mkdirSync(home);
  put(home, "package.json", '{"private": true, "type": "module"}');
  const tarball = join(folder, packed.filename);
  const flags = ["--prefer-offline", "--no-audit", "--no-fund"];
  const installed = shell("npm", ["install", ...flags, tarball], home);
  if (installed.status !== 0) {
    if (process.env["CI"]) assert.fail(installed.stderr);
    return context.skip(`npm cannot install here: ${installed.stderr.split("\n")[0]}`);
  }
  put(home, "trace.json", landingTrace());
  const movements = shell("npx", ["--no", "wheelsdown", "movements", "trace.json"], home);
  assert.equal(movements.status, 0, movements.stderr);
  assert.match(movements.stdout, /landing +SVMI /);
  const demo = shell("npx", ["--no", "wheelsdown", "demo", "--quiet"], home);
  assert.equal(demo.status, 0, demo.stderr);
  assert.ok(statSync(join(home, "wheelsdown-demo/dossier-havana/dossier.html")).size > 100_000);
  put(
    home,
    "use.js",
    'import * as all from "wheelsdown"; console.log(Object.keys(all).join(" "));',
  );
  const used = shell(process.execPath, ["use.js"], home);
  assert.equal(used.status, 0, used.stderr);
  assert.match(used.stdout, /\w+/);
});
